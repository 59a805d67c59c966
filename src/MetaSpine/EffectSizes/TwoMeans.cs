namespace MetaSpine;

/// <summary>Two independent groups' means.</summary>
internal readonly record struct TwoMeans(double M1, double Sd1, double N1, double M2, double Sd2, double N2) : IStudyRow<TwoMeans>, IStandardised
{
    public static readonly MeasureInput M1i = new("m1i", "mean of the treatment group");
    public static readonly MeasureInput Sd1i = new("sd1i", "standard deviation of the treatment group");
    public static readonly MeasureInput N1i = new("n1i", "participants in the treatment group");
    public static readonly MeasureInput M2i = new("m2i", "mean of the control group");
    public static readonly MeasureInput Sd2i = new("sd2i", "standard deviation of the control group");
    public static readonly MeasureInput N2i = new("n2i", "participants in the control group");

    public static MeasureFamily Family { get; } = new("means of two groups", [[M1i, Sd1i, N1i, M2i, Sd2i, N2i]]);

    public static TwoMeans Read(RowReader row) => new(
        row.Number("m1i"), row.NonNegative("sd1i"), row.SampleSize("n1i"),
        row.Number("m2i"), row.NonNegative("sd2i"), row.SampleSize("n2i"));

    public double Size => N1 + N2;

    public double Difference => M1 - M2;

    public double PooledVariance => ((N1 - 1) * Sd1 * Sd1 + (N2 - 1) * Sd2 * Sd2) / Freedom;

    /// <summary>The difference over the root of the mean of both variances.</summary>
    public double Distance => Difference / Math.Sqrt((Sd1 * Sd1 + Sd2 * Sd2) / 2);

    public double Freedom => N1 + N2 - 2;

    public double NullVariance => 1 / N1 + 1 / N2;

    public double SpreadSize => Size;

    /// <summary>The treatment group's part of the sum of both variances.</summary>
    public double Share => Sd1 * Sd1 / (Sd1 * Sd1 + Sd2 * Sd2);

    public double Cv1 => Sd1 / M1;

    public double Cv2 => Sd2 / M2;
}

/// <summary>Two groups' means, and the spread of the controls.</summary>
internal readonly record struct ControlScaledMeans(double Distance, double N1, double N2) : IStudyRow<ControlScaledMeans>, IStandardised
{
    private static readonly string[] Moments = ["m1i", "m2i", "sd2i"];

    public static MeasureFamily Family { get; } = new("means of two groups, standard deviation of the controls",
    [
        [TwoMeans.M1i, TwoMeans.N1i, TwoMeans.M2i, TwoMeans.Sd2i, TwoMeans.N2i],
        [new("di", "difference over the standard deviation of the controls (Glass's delta), without correction"), TwoMeans.N1i, TwoMeans.N2i],
    ]);

    public static ControlScaledMeans Read(RowReader row) => new(ReadDistance(row), row.AtLeast("n1i", 1), row.SampleSize("n2i"));

    public double Size => N1 + N2;

    public double Freedom => N2 - 1;

    public double NullVariance => 1 / N1 + 1 / N2;

    public double SpreadSize => N2;

    private static double ReadDistance(RowReader row) =>
        row.HasAll(Moments) ? (row.Number("m1i") - row.Number("m2i")) / row.NonNegative("sd2i")
        : row.Has("di") ? row.Derived(row.Number("di"), "the reported d was used")
        : row.Missing("m1i, m2i and sd2i are not all there, and di is not in their place");
}

/// <summary>Two groups' standard deviations.</summary>
internal readonly record struct TwoSpreads(double Sd1, double N1, double Sd2, double N2) : IStudyRow<TwoSpreads>
{
    public static MeasureFamily Family { get; } = new("standard deviations of two groups",
        [[TwoMeans.Sd1i, TwoMeans.N1i, TwoMeans.Sd2i, TwoMeans.N2i]]);

    public static TwoSpreads Read(RowReader row) =>
        new(row.NonNegative("sd1i"), row.SampleSize("n1i"), row.NonNegative("sd2i"), row.SampleSize("n2i"));

    public double Size => N1 + N2;
}
