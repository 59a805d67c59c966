namespace MetaSpine;

/// <summary>A correlation and the sample it comes from.</summary>
internal readonly record struct Correlation(double R, double N) : IStudyRow<Correlation>
{
    public static MeasureFamily Family { get; } = new("correlation",
        [[new("ri", "correlation coefficient"), new("ni", "participants")]]);

    public static Correlation Read(RowReader row) => new(row.Correlation("ri"), row.AtLeastOne("ni"));

    public double Size => N;

    public bool HasZero => false;

    public bool HasDoubleZero => false;

    public Correlation Plus(double add) => this;
}

/// <summary>The measures of correlations. With three participants or fewer there is no variance, and so no estimate.</summary>
internal static class CorrelationMeasures
{
    private const string Fisher = "Fisher (1921), Metron 1:3; variances: Schulze (2004), Meta-analysis: a comparison of approaches, Hogrefe";

    public static readonly Measure COR = new MeasureOf<Correlation>(
        new("COR", "correlation", "correlation", Scale.Identity, 0, Fisher),
        (s, _) => s.R,
        [
            new(VarianceType.LS, (s, r) => LargeSample(s, r)),
            new(VarianceType.AV, all =>
            {
                var mean = all.Mean(s => s.R, s => s.N);
                return (s, _) => LargeSample(s, mean);
            }),
            new(VarianceType.H0, (s, r) => s.N > 3 ? (1 - r * r) / (s.N - 2) : double.NaN),
        ],
        correctsZeros: false);

    public static readonly Measure ZCOR = new MeasureOf<Correlation>(
        new("ZCOR", "Fisher's z", "correlation", Scale.FisherZ, 0, Fisher),
        (s, _) => Math.Atanh(s.R),
        [new(VarianceType.LS, (s, _) => s.N > 3 ? 1 / (s.N - 3) : double.NaN)],
        correctsZeros: false);

    private static double LargeSample(Correlation s, double r) =>
        s.N > 3 ? (1 - r * r) * (1 - r * r) / (s.N - 1) : double.NaN;
}
