namespace MetaSpine;

/// <summary>One group: x of n with the event.</summary>
internal readonly record struct Proportion(double X, double Rest) : IStudyRow<Proportion>, ICounts<Proportion>
{
    private static readonly MeasureInput Xi = new("xi", "events");

    public static MeasureFamily Family { get; } = new("proportion of one group",
    [
        [Xi, new("ni", "participants")],
        [Xi, new("mi", "non-events")],
    ]);

    public static Proportion Read(RowReader row)
    {
        var x = row.NonNegative("xi");
        return new Proportion(x, row.Rest("mi", "xi", x, "ni"));
    }

    public double N => X + Rest;

    public double P => X / N;

    public double Size => N;

    public bool HasZero => X == 0 || Rest == 0;

    public bool HasDoubleZero => false;

    public Proportion Plus(double add, bool onlyEvents) => new(X + add, onlyEvents ? Rest : Rest + add);
}

/// <summary>The measures of single proportions.</summary>
internal static class ProportionMeasures
{
    private const string Single = "Schwarzer & Rücker (2022), Methods in Molecular Biology 2345:159, doi:10.1007/978-1-0716-1566-9_10";

    public static readonly Measure PR = new MeasureOf<Proportion>(
        new("PR", "proportion", "proportion", Scale.Identity, null, Single),
        (g, _) => g.P,
        [
            new(VarianceType.LS, (g, _) => g.P * (1 - g.P) / g.N),
            new(VarianceType.UB, (g, _) => g.P * (1 - g.P) / (g.N - 1)),
            Averaged((p, n) => p * (1 - p) / n),
        ],
        correctsZeros: true);

    public static readonly Measure PLN = new MeasureOf<Proportion>(
        new("PLN", "log proportion", "proportion", Scale.Log, null, Single),
        (g, _) => Math.Log(g.P),
        [
            new(VarianceType.LS, (g, _) => 1 / g.X - 1 / g.N),
            Averaged((p, n) => 1 / (p * n) - 1 / n),
        ],
        correctsZeros: true);

    public static readonly Measure PLO = new MeasureOf<Proportion>(
        new("PLO", "logit proportion", "proportion", Scale.Logit, null, Single),
        (g, _) => Math.Log(g.X / g.Rest),
        [
            new(VarianceType.LS, (g, _) => 1 / g.X + 1 / g.Rest),
            Averaged((p, n) => 1 / (p * n) + 1 / ((1 - p) * n)),
        ],
        correctsZeros: true);

    public static readonly Measure PRZ = new MeasureOf<Proportion>(
        new("PRZ", "probit proportion", "proportion", Scale.Probit, null, Single),
        (g, _) => NormalDistribution.Quantile(g.P),
        [new(VarianceType.LS, (g, _) => ProbitVariance(g.P, g.N))],
        correctsZeros: true);

    public static readonly Measure PAS = new MeasureOf<Proportion>(
        new("PAS", "arcsine square-root proportion", "proportion", Scale.Arcsine, null, Single),
        (g, _) => Math.Asin(Math.Sqrt(g.P)),
        [new(VarianceType.LS, (g, _) => 1 / (4 * g.N))]);

    public static readonly Measure PFT = new MeasureOf<Proportion>(
        new("PFT", "double arcsine proportion", "proportion", Scale.FreemanTukey, null, "Freeman & Tukey (1950), Annals of Mathematical Statistics 21:607, doi:10.1214/aoms/1177729756"),
        (g, _) => Scale.FreemanTukey.Forward(g.P, g.N),
        [new(VarianceType.LS, (g, _) => 1 / (4 * g.N + 2))]);

    /// <summary>The delta method for the probit of a proportion.</summary>
    public static double ProbitVariance(double p, double n)
    {
        var density = NormalDistribution.Density(NormalDistribution.Quantile(p));
        return p * (1 - p) / (n * density * density);
    }

    private static VarianceRule<Proportion> Averaged(Func<double, double, double> variance) => new(VarianceType.AV, all =>
    {
        var p = all.MeanOfAll(g => g.P, g => g.N);
        return (g, _) => variance(p, g.N);
    });
}
