using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>A partial correlation in a regression, or the test of its coefficient.</summary>
internal readonly record struct PartialCorrelation(double R, double N, double Predictors) : IStudyRow<PartialCorrelation>
{
    public static readonly MeasureInput Mi = new("mi", "predictors in the regression, the focal one included");

    public static MeasureFamily Family { get; } = new("partial correlation",
        [[new("ri", "partial correlation"), Mi, Correlation.Ni], [Correlation.Ti, Mi, Correlation.Ni], [Correlation.Fi, Mi, Correlation.Ni], [Correlation.Pi, Mi, Correlation.Ni]]);

    public static PartialCorrelation Read(RowReader row)
    {
        var (n, predictors) = ReadDesign(row);
        return new PartialCorrelation(Correlation.Read(row, n - predictors - 1), n, predictors);
    }

    public double Size => N;

    /// <summary>The sample size and the number of predictors, which must leave a degree of freedom.</summary>
    public static (double N, double Predictors) ReadDesign(RowReader row)
    {
        double n = row.SampleSize("ni"), predictors = row.AtLeast("mi", 1);
        row.Demand(!(n - predictors - 1 <= 0), "mi", predictors, FormattableString.Invariant($"leaves no degree of freedom with ni = {n}: ni - mi - 1 must be above 0"));
        return (n, predictors);
    }
}

/// <summary>A semi-partial correlation in a regression with its R^2, or the test of its coefficient.</summary>
internal readonly record struct SemiPartialCorrelation(double R, double N, double R2) : IStudyRow<SemiPartialCorrelation>
{
    private static readonly MeasureInput R2i = new("r2i", "R^2 of the regression");

    public static MeasureFamily Family { get; } = new("semi-partial correlation",
    [
        [new("ri", "semi-partial correlation"), PartialCorrelation.Mi, R2i, Correlation.Ni],
        [Correlation.Ti, PartialCorrelation.Mi, R2i, Correlation.Ni],
        [Correlation.Fi, PartialCorrelation.Mi, R2i, Correlation.Ni],
        [Correlation.Pi, PartialCorrelation.Mi, R2i, Correlation.Ni],
    ]);

    public static SemiPartialCorrelation Read(RowReader row)
    {
        var (n, predictors) = PartialCorrelation.ReadDesign(row);
        var square = row.Proportion("r2i");
        return new SemiPartialCorrelation(Read(row, n - predictors - 1, square), n, square);
    }

    public double Size => N;

    private static double Read(RowReader row, double freedom, double square) =>
        row.Has("ri") ? row.Correlation("ri")
        : Correlation.ReadTest(row, freedom) is { } t ? row.Derived(t * Math.Sqrt((1 - square) / freedom), $"r from {Correlation.TestName(row)} and R^2")
        : row.Missing("ri is missing, and none of ti, fi, pi in its place");
}

/// <summary>The measures of partial and semi-partial correlations.</summary>
internal static class PartialCorrelationMeasures
{
    private const string Partial = "Aloe & Thompson (2013), Journal of the Society for Social Work and Research 4:390, doi:10.5243/jsswr.2013.24";
    private const string SemiPartial = "Aloe & Becker (2012), Journal of Educational and Behavioral Statistics 37:278, doi:10.3102/1076998610396901";

    public static readonly Measure PCOR = new MeasureOf<PartialCorrelation>(
        new("PCOR", "partial correlation", "partial correlation", Scale.Identity, 0, Partial),
        (s, _) => s.R,
        [
            new(VarianceType.LS, LargeSample),
            new(VarianceType.AV, all =>
            {
                var mean = all.Mean((_, r) => r, s => s.N);
                return (s, _) => LargeSample(s, mean);
            }),
        ]);

    public static readonly Measure ZPCOR = new MeasureOf<PartialCorrelation>(
        new("ZPCOR", "Fisher's z of the partial correlation", "partial correlation", Scale.FisherZ, 0, Partial),
        (s, _) => Math.Atanh(s.R),
        [new(VarianceType.LS, (s, _) => 1 / (s.N - s.Predictors - 2))]);

    public static readonly Measure SPCOR = new MeasureOf<SemiPartialCorrelation>(
        new("SPCOR", "semi-partial correlation", "semi-partial correlation", Scale.Identity, 0, SemiPartial),
        (s, _) => s.R,
        [new(VarianceType.LS, Variance), Averaged(Variance)]);

    public static readonly Measure ZSPCOR = new MeasureOf<SemiPartialCorrelation>(
        new("ZSPCOR", "Fisher's z of the semi-partial correlation", "semi-partial correlation", Scale.FisherZ, 0, SemiPartial),
        (s, _) => Math.Atanh(s.R),
        [new(VarianceType.LS, (s, _) => Variance(s, s.R) / ZFactor(s)), Averaged((s, mean) => Variance(s, mean) / ZFactor(s))]);

    private static double LargeSample(PartialCorrelation s, double r) => Square((1 - r) * (1 + r)) / (s.N - s.Predictors);

    /// <summary>Aloe and Becker (2012): the share of variance without the focal predictor, and that left over.</summary>
    private static double Variance(SemiPartialCorrelation s, double r)
    {
        var others = s.R2 - r * r;
        return (others * (1 - others) + Square(1 - s.R2)) / s.N;
    }

    private static double ZFactor(SemiPartialCorrelation s) => Square((1 - s.R) * (1 + s.R));

    private static VarianceRule<SemiPartialCorrelation> Averaged(Func<SemiPartialCorrelation, double, double> variance) => new(VarianceType.AV, all =>
    {
        var mean = all.Mean(s => s.R, s => s.N);
        return (s, _) => variance(s, mean);
    });
}
