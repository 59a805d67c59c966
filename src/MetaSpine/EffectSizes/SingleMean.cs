namespace MetaSpine;

/// <summary>One group's mean.</summary>
internal readonly record struct Mean(double M, double Sd, double N) : IStudyRow<Mean>, IStandardised
{
    public static MeasureFamily Family { get; } = new("mean of one group",
        [[new("mi", "mean"), new("sdi", "standard deviation"), new("ni", "participants")]]);

    public static Mean Read(RowReader row) => new(row.Number("mi"), row.NonNegative("sdi"), row.SampleSize("ni"));

    public double Size => N;

    public double Distance => M / Sd;

    public double Freedom => N - 1;

    public double NullVariance => 1 / N;

    public double SpreadSize => N;
}

/// <summary>One group's standard deviation.</summary>
internal readonly record struct Spread(double Sd, double N) : IStudyRow<Spread>
{
    public static MeasureFamily Family { get; } = new("standard deviation of one group",
        [[new("sdi", "standard deviation"), new("ni", "participants")]]);

    public static Spread Read(RowReader row) => new(row.NonNegative("sdi"), row.SampleSize("ni"));

    public double Size => N;
}

/// <summary>The measures of one group's mean and spread.</summary>
internal static class SingleMeanMeasures
{
    private const string Variation = "Nakagawa et al. (2015), Methods in Ecology and Evolution 6:143, doi:10.1111/2041-210X.12309";

    public static readonly Measure MN = new MeasureOf<Mean>(
        new("MN", "mean", "mean", Scale.Identity, null, "the standard error of a mean"),
        (g, _) => g.M,
        [
            new(VarianceType.LS, (g, _) => g.Sd * g.Sd / g.N),
            new(VarianceType.HO, all =>
            {
                var pooled = all.Mean(g => g.Sd * g.Sd, g => g.N - 1);
                return (g, _) => pooled / g.N;
            }),
        ]);

    public static readonly Measure SMN = new MeasureOf<Mean>(
        new("SMN", "standardised mean", "standardised mean", Scale.Identity, null, "Hedges (1981), Journal of Educational Statistics 6:107, doi:10.3102/10769986006002107") { CorrectsBias = true },
        Standardised.Estimate,
        [Standardised.LargeSample<Mean>()]);

    public static readonly Measure MNLN = new MeasureOf<Mean>(
        new("MNLN", "log mean", "mean", Scale.Log, null, Variation),
        (g, _) => Math.Log(g.M),
        [new(VarianceType.LS, (g, _) => LogMeans.Variance(g.M, g.Sd, g.N))]);

    public static readonly Measure SDLN = new MeasureOf<Spread>(
        new("SDLN", "log standard deviation", "standard deviation", Scale.Log, null, Variation) { CorrectsBias = true },
        (g, o) => Math.Log(g.Sd) + (o.Correct ? LogMeans.SpreadBias(g.N) : 0),
        [new(VarianceType.LS, (g, _) => LogMeans.SpreadVariance(g.N))]);

    public static readonly Measure CVLN = new MeasureOf<Mean>(
        new("CVLN", "log coefficient of variation", "coefficient of variation", Scale.Log, null, Variation) { CorrectsBias = true },
        (g, o) => Math.Log(g.Sd / g.M) + (o.Correct ? LogMeans.SpreadBias(g.N) : 0),
        [new(VarianceType.LS, (g, _) => LogMeans.SpreadVariance(g.N) + LogMeans.Variance(g.M, g.Sd, g.N))]);
}
