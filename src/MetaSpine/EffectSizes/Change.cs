using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>The columns of dependent groups.</summary>
internal static class ChangeInputs
{
    public static readonly MeasureInput M1i = new("m1i", "mean under the first condition, or after");
    public static readonly MeasureInput M2i = new("m2i", "mean under the second condition, or before");
    public static readonly MeasureInput Sd1i = new("sd1i", "standard deviation under the first condition");
    public static readonly MeasureInput Sd2i = new("sd2i", "standard deviation under the second condition");
    public static readonly MeasureInput Ni = new("ni", "participants or pairs");
    public static readonly MeasureInput Ri = new("ri", "correlation between both conditions");
    public static readonly MeasureInput Ti = new("ti", "t statistic of the paired test");
    public static readonly MeasureInput Fi = new("fi", "F statistic of the same test (1 numerator degree of freedom), with the sign of the change");
    public static readonly MeasureInput Pi = new("pi", "its two-sided p-value, with the sign of the change");

    /// <summary>How a change over its own standard deviation came from the paired test.</summary>
    public static string TestNote(RowReader row) =>
        row.Has("ti") ? "d from t: t / sqrt(n), the paired test"
        : row.Has("fi") ? "d from F: t is its root, with the sign given, and d = t / sqrt(n)"
        : "d from the two-sided p-value of a paired t test";
}

/// <summary>The same people, or matched ones, under two conditions.</summary>
internal readonly record struct Change(double M1, double M2, double Sd1, double Sd2, double N, double R) : IStudyRow<Change>, IStandardised
{
    public static MeasureFamily Family { get; } = new("means of dependent groups",
        [[ChangeInputs.M1i, ChangeInputs.M2i, ChangeInputs.Sd1i, ChangeInputs.Sd2i, ChangeInputs.Ni, ChangeInputs.Ri]]);

    public static Change Read(RowReader row) => new(
        row.Number("m1i"), row.Number("m2i"), row.NonNegative("sd1i"), row.NonNegative("sd2i"), row.SampleSize("ni"), row.Correlation("ri"));

    public double Size => N;

    public double Difference => M1 - M2;

    /// <summary>The variance of the differences within people, written without cancellation.</summary>
    public double ChangeVariance => Square(Sd1 - Sd2) + 2 * (1 - R) * Sd1 * Sd2;

    /// <summary>The mean of both variances.</summary>
    public double MeanVariance => (Sd1 * Sd1 + Sd2 * Sd2) / 2;

    /// <summary>The difference over the root of <see cref="MeanVariance"/>.</summary>
    public double Distance => Difference / Math.Sqrt(MeanVariance);

    /// <summary>Two standard deviations from one sample know the less, the more they are correlated.</summary>
    public double Freedom => 2 * (N - 1) / (1 + R * R);

    public double NullVariance => 2 * (1 - R) / N;

    public double SpreadSize => 2 * N / (1 + R * R);
}

/// <summary>
/// A change over the standard deviation of the first condition; from the paired test, the standard deviations taken as equal
/// (Dunlap et al. 1996, Psychological Methods 1:170, doi:10.1037/1082-989X.1.2.170).
/// </summary>
internal readonly record struct RawScaledChange(double Distance, double N, double R) : IStudyRow<RawScaledChange>, IStandardised
{
    private static readonly string[] Moments = ["m1i", "m2i", "sd1i"];

    public static MeasureFamily Family { get; } = new("means of dependent groups, first standard deviation, or their test",
    [
        [ChangeInputs.M1i, ChangeInputs.M2i, ChangeInputs.Sd1i, ChangeInputs.Ni, ChangeInputs.Ri],
        [new("di", "change over the first standard deviation, without correction"), ChangeInputs.Ni, ChangeInputs.Ri],
        [ChangeInputs.Ti, ChangeInputs.Ni, ChangeInputs.Ri],
        [ChangeInputs.Fi, ChangeInputs.Ni, ChangeInputs.Ri],
        [ChangeInputs.Pi, ChangeInputs.Ni, ChangeInputs.Ri],
    ]);

    public static RawScaledChange Read(RowReader row)
    {
        double n = row.SampleSize("ni"), r = row.Correlation("ri");
        return new RawScaledChange(ReadDistance(row, n, r), n, r);
    }

    public double Size => N;

    public double Freedom => N - 1;

    public double NullVariance => 2 * (1 - R) / N;

    public double SpreadSize => N;

    private static double ReadDistance(RowReader row, double n, double r) =>
        row.HasAll(Moments) ? (row.Number("m1i") - row.Number("m2i")) / row.NonNegative("sd1i")
        : row.Has("di") ? row.Derived(row.Number("di"), "the reported d was used")
        : Correlation.ReadTest(row, n - 1) is { } t
            ? row.Derived(t * Math.Sqrt(2 * (1 - r) / n), $"d from {Correlation.TestName(row)} of the paired test and the correlation, with equal standard deviations")
        : row.Missing("m1i, m2i and sd1i are not all there, and none of di, ti, fi, pi in their place");
}

/// <summary>A change over the standard deviation of the changes, from the moments of both conditions or from d, t, F or p.</summary>
internal readonly record struct ChangeScaledChange(double Distance, double N) : IStudyRow<ChangeScaledChange>, IStandardised
{
    private static readonly string[] Moments = ["m1i", "m2i", "sd1i", "sd2i", "ri"];

    public static MeasureFamily Family { get; } = new("means of dependent groups, or their test",
    [
        .. Change.Family.Alternatives,
        [new("di", "standardised mean change d, without correction"), ChangeInputs.Ni],
        [ChangeInputs.Ti, ChangeInputs.Ni],
        [ChangeInputs.Fi, ChangeInputs.Ni],
        [ChangeInputs.Pi, ChangeInputs.Ni],
    ]);

    public static ChangeScaledChange Read(RowReader row)
    {
        var n = row.SampleSize("ni");
        return new ChangeScaledChange(ReadDistance(row, n), n);
    }

    public double Size => N;

    public double Freedom => N - 1;

    public double NullVariance => 1 / N;

    public double SpreadSize => N;

    private static double ReadDistance(RowReader row, double n)
    {
        if (row.HasAll(Moments))
        {
            var change = Change.Read(row);
            return change.Difference / Math.Sqrt(change.ChangeVariance);
        }

        return row.Has("di") ? row.Derived(row.Number("di"), "the reported d was used")
            : Correlation.ReadTest(row, n - 1) is { } t ? row.Derived(t / Math.Sqrt(n), ChangeInputs.TestNote(row))
            : row.Missing("m1i, m2i, sd1i, sd2i and ri are not all there, and none of di, ti, fi, pi in their place");
    }
}

/// <summary>The standard deviations of dependent groups.</summary>
internal readonly record struct SpreadChange(double Sd1, double Sd2, double N, double R) : IStudyRow<SpreadChange>
{
    public static MeasureFamily Family { get; } = new("standard deviations of dependent groups",
        [[ChangeInputs.Sd1i, ChangeInputs.Sd2i, ChangeInputs.Ni, ChangeInputs.Ri]]);

    public static SpreadChange Read(RowReader row) =>
        new(row.NonNegative("sd1i"), row.NonNegative("sd2i"), row.SampleSize("ni"), row.Correlation("ri"));

    public double Size => N;
}
