using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>The R^2 of a regression, or its F test.</summary>
internal readonly record struct ExplainedVariance(double R2, double N, double Predictors) : IStudyRow<ExplainedVariance>
{
    private static readonly MeasureInput Mi = new("mi", "predictors in the regression");

    public static MeasureFamily Family { get; } = new("R^2 of a regression",
    [
        [new("r2i", "R^2"), Mi, Correlation.Ni],
        [new("fi", "F statistic of the regression"), Mi, Correlation.Ni],
        [new("pi", "p-value of the F test"), Mi, Correlation.Ni],
    ]);

    public static ExplainedVariance Read(RowReader row)
    {
        var (n, predictors) = PartialCorrelation.ReadDesign(row);
        return new ExplainedVariance(Read(row, predictors, n - predictors - 1), n, predictors);
    }

    public double Size => N;

    public double Rest => N - Predictors - 1;

    private static double Read(RowReader row, double df1, double df2) =>
        row.Has("r2i") ? row.Proportion("r2i")
        : row.Has("fi") ? row.Derived(Explained(row.NonNegative("fi"), df1, df2), "R^2 from F")
        : row.Has("pi") ? row.Derived(Explained(row.UpperF("pi", df1, df2), df1, df2), "R^2 from p")
        : row.Missing("r2i is missing, and neither fi nor pi in its place");

    private static double Explained(double f, double df1, double df2) => df1 * f / (df1 * f + df2);
}

/// <summary>The measures of explained variance.</summary>
internal static class ExplainedVarianceMeasures
{
    private const string Random = "Kendall & Stuart (1979), The Advanced Theory of Statistics, volume 2, 4th ed., section 27.33; z: Olkin & Finn (1995), Psychological Bulletin 118:155, doi:10.1037/0033-2909.118.1.155";

    private const string Fixed = "the normalised likelihood of the noncentral F distribution; Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., chapter 9";

    private static readonly Scale FisherZOfRoot = new("Fisher z of the root", share => Math.Atanh(Math.Sqrt(share)), z => z < 0 ? 0 : Square(Math.Tanh(z)));

    public static readonly Measure R2 = new MeasureOf<ExplainedVariance>(
        new("R2", "R^2", "R^2", Scale.Identity, null, Random),
        (s, _) => s.R2,
        [
            new(VarianceType.LS, (s, r2) => Simple(s, r2)),
            new(VarianceType.LS2, (s, r2) => Full(s, r2)),
            Averaged(VarianceType.AV, Simple),
            Averaged(VarianceType.AV2, Full),
        ]);

    public static readonly Measure ZR2 = new MeasureOf<ExplainedVariance>(
        new("ZR2", "Fisher's z of the multiple correlation", "R^2", FisherZOfRoot, null, Random),
        (s, _) => Math.Atanh(Math.Sqrt(s.R2)),
        [new(VarianceType.LS, (s, _) => 1 / s.N)]);

    public static readonly Measure R2F = new MeasureOf<ExplainedVariance>(
        new("R2F", "R^2 (fixed predictors)", "R^2", Scale.Identity, null, Fixed),
        (s, _) => s.R2,
        [new(VarianceType.LS, (s, _) => FixedPredictors.Variance(s))]);

    public static readonly Measure ZR2F = new MeasureOf<ExplainedVariance>(
        new("ZR2F", "Fisher's z of the multiple correlation (fixed predictors)", "R^2", FisherZOfRoot, null, Fixed),
        (s, _) => Math.Atanh(Math.Sqrt(s.R2)),
        [new(VarianceType.LS, (s, _) => FixedPredictors.VarianceOfZ(s))]);

    private static double Simple(ExplainedVariance s, double r2) => 4 * r2 * Square(1 - r2) / s.N;

    private static double Full(ExplainedVariance s, double r2) =>
        4 * r2 * Square(1 - r2) * Square(s.Rest) / ((s.N - 1) * (s.N + 1) * (s.N + 3));

    private static VarianceRule<ExplainedVariance> Averaged(VarianceType type, Func<ExplainedVariance, double, double> variance) => new(type, all =>
    {
        var mean = all.Mean((_, r2) => r2, s => s.N);
        return (s, _) => variance(s, mean);
    });
}
