namespace MetaSpine;

/// <summary>One group's mean.</summary>
internal readonly record struct Mean(double M, double Sd, double N) : IStudyRow<Mean>
{
    public static MeasureFamily Family { get; } = new("mean of one group",
        [[new("mi", "mean"), new("sdi", "standard deviation"), new("ni", "participants")]]);

    public static Mean Read(RowReader row) => new(row.Number("mi"), row.NonNegative("sdi"), row.AtLeastOne("ni"));

    public double Size => N;

    public bool HasZero => false;

    public bool HasDoubleZero => false;

    public Mean Plus(double add) => this;
}

/// <summary>Two independent groups' means.</summary>
internal readonly record struct TwoMeans(double M1, double Sd1, double N1, double M2, double Sd2, double N2) : IStudyRow<TwoMeans>
{
    public static MeasureFamily Family { get; } = new("means of two groups",
    [
        [
            new("m1i", "mean of the treatment group"), new("sd1i", "its standard deviation"), new("n1i", "its participants"),
            new("m2i", "mean of the control group"), new("sd2i", "its standard deviation"), new("n2i", "its participants"),
        ],
    ]);

    public static TwoMeans Read(RowReader row) => new(
        row.Number("m1i"), row.NonNegative("sd1i"), row.AtLeastOne("n1i"),
        row.Number("m2i"), row.NonNegative("sd2i"), row.AtLeastOne("n2i"));

    public double Size => N1 + N2;

    public double Freedom => N1 + N2 - 2;

    public double Difference => M1 - M2;

    public double PooledVariance => ((N1 - 1) * Sd1 * Sd1 + (N2 - 1) * Sd2 * Sd2) / Freedom;

    public double Cohen => Difference / Math.Sqrt(PooledVariance);

    /// <summary>The group's squared coefficient of variation, over its size: the log mean's variance.</summary>
    public double LogVariance1 => Square(Sd1 / M1) / N1;

    public double LogVariance2 => Square(Sd2 / M2) / N2;

    public bool HasZero => false;

    public bool HasDoubleZero => false;

    public TwoMeans Plus(double add) => this;

    private static double Square(double x) => x * x;
}

/// <summary>The measures of means.</summary>
internal static class MeanMeasures
{
    private const string Hedges = "Hedges (1981), Journal of Educational Statistics 6:107, doi:10.3102/10769986006002107; variances: Viechtbauer (2007), Journal of Educational and Behavioral Statistics 32:39, doi:10.3102/1076998606298034";

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
        ],
        correctsZeros: false);

    public static readonly Measure MD = new MeasureOf<TwoMeans>(
        new("MD", "mean difference", "mean difference", Scale.Identity, 0, "the standard error of a difference between independent means"),
        (g, _) => g.Difference,
        [
            new(VarianceType.LS, (g, _) => g.Sd1 * g.Sd1 / g.N1 + g.Sd2 * g.Sd2 / g.N2),
            new(VarianceType.HO, (g, _) => g.PooledVariance * (1 / g.N1 + 1 / g.N2)),
        ],
        correctsZeros: false);

    public static readonly Measure SMD = new MeasureOf<TwoMeans>(
        new("SMD", "standardised mean difference", "standardised mean difference", Scale.Identity, 0, Hedges),
        (g, correct) => (correct ? SmallSample.J(g.Freedom) : 1) * g.Cohen,
        [
            new(VarianceType.LS, (g, d) => LargeSample(g, d)),
            new(VarianceType.LS2, (g, _) => Square(SmallSample.J(g.Freedom)) * LargeSample(g, g.Cohen)),
            new(VarianceType.UB, (g, d) => 1 / g.N1 + 1 / g.N2 + (1 - (g.Freedom - 2) / (g.Freedom * Square(SmallSample.J(g.Freedom)))) * d * d),
            new(VarianceType.AV, all =>
            {
                var mean = all.Mean((_, d) => d, g => g.Size);
                return (g, _) => LargeSample(g, mean);
            }),
            new(VarianceType.H0, (g, _) => g.Freedom > 2
                ? Square(SmallSample.J(g.Freedom)) * (1 / g.N1 + 1 / g.N2) * g.Freedom / (g.Freedom - 2)
                : double.NaN),
        ],
        correctsZeros: false);

    public static readonly Measure ROM = new MeasureOf<TwoMeans>(
        new("ROM", "log ratio of means", "ratio of means", Scale.Log, 0, "Hedges, Gurevitch & Curtis (1999), Ecology 80:1150, doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2; correction: Lajeunesse (2015), Ecology 96:2056, doi:10.1890/14-2402.1"),
        (g, correct) => Math.Log(g.M1 / g.M2) + (correct ? (g.LogVariance1 - g.LogVariance2) / 2 : 0),
        [
            new(VarianceType.LS, (g, _) => g.LogVariance1 + g.LogVariance2),
            new(VarianceType.HO, (g, _) => g.PooledVariance * (1 / (g.N1 * g.M1 * g.M1) + 1 / (g.N2 * g.M2 * g.M2))),
            new(VarianceType.LS2, (g, _) => g.LogVariance1 + g.LogVariance2 + (Square(g.LogVariance1) + Square(g.LogVariance2)) / 2),
            new(VarianceType.AV, all =>
            {
                var cv1 = all.Mean(g => g.Sd1 / g.M1, g => g.N1);
                var cv2 = all.Mean(g => g.Sd2 / g.M2, g => g.N2);
                return (g, _) => cv1 * cv1 / g.N1 + cv2 * cv2 / g.N2;
            }),
        ],
        correctsZeros: false);

    private static double LargeSample(TwoMeans g, double d) => 1 / g.N1 + 1 / g.N2 + d * d / (2 * g.Size);

    private static double Square(double x) => x * x;
}
