using System.Globalization;

namespace MetaSpine;

/// <summary>The median of a group with its range, its quartiles, or both, and the number of participants.</summary>
public sealed record FiveNumbers
{
    /// <summary>Fewer participants than these say nothing of a distribution; the formulas were derived for 5 and more.</summary>
    private const int FewestParticipants = 5;

    private FiveNumbers(double? minimum, double? firstQuartile, double median, double? thirdQuartile, double? maximum, int n)
    {
        (Minimum, FirstQuartile, Median, ThirdQuartile, Maximum, N) = (minimum, firstQuartile, median, thirdQuartile, maximum, n);
        Given.AtLeast(FewestParticipants, n, "number of participants", nameof(n));
        var (values, names) = (Values, Names);
        for (var i = 0; i < values.Length; i++)
        {
            Given.Finite(values[i], names[i], names[i]);
            if (i > 0 && values[i] < values[i - 1])
            {
                throw Given.Fault(names[i], $"The {names[i]} must not be below the {names[i - 1]}, but they are "
                    + $"{Given.Text(values[i])} and {Given.Text(values[i - 1])}.");
            }
        }

        if (values[^1] == values[0])
        {
            throw Given.Fault(names[^1], $"The {names[^1]} must be above the {names[0]} to show a spread, but both are {Given.Text(values[0])}.");
        }
    }

    /// <summary>The minimum; null where only quartiles are known.</summary>
    public double? Minimum { get; }

    /// <summary>The first quartile; null where only the range is known.</summary>
    public double? FirstQuartile { get; }

    /// <summary>The median.</summary>
    public double Median { get; }

    /// <summary>The third quartile; null where only the range is known.</summary>
    public double? ThirdQuartile { get; }

    /// <summary>The maximum; null where only quartiles are known.</summary>
    public double? Maximum { get; }

    /// <summary>The number of participants, at least 5.</summary>
    public int N { get; }

    /// <summary>The known ones of the five, in their order.</summary>
    internal double[] Values => !HasRange ? [FirstQuartile!.Value, Median, ThirdQuartile!.Value]
        : !HasQuartiles ? [Minimum!.Value, Median, Maximum!.Value]
        : [Minimum!.Value, FirstQuartile!.Value, Median, ThirdQuartile!.Value, Maximum!.Value];

    internal bool HasRange => Minimum is not null;

    internal bool HasQuartiles => FirstQuartile is not null;

    private string[] Names => !HasRange ? ["first quartile", "median", "third quartile"]
        : !HasQuartiles ? ["minimum", "median", "maximum"]
        : ["minimum", "first quartile", "median", "third quartile", "maximum"];

    /// <summary>A median with the range.</summary>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="median">The median.</param>
    /// <param name="maximum">The largest value.</param>
    /// <param name="n">The participants, at least 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers are not in order, show no spread, or are of fewer than 5 participants.</exception>
    public static FiveNumbers FromRange(double minimum, double median, double maximum, int n) => new(minimum, null, median, null, maximum, n);

    /// <summary>A median with the quartiles (the ends of the interquartile range).</summary>
    /// <param name="firstQuartile">The 25th percentile.</param>
    /// <param name="median">The median.</param>
    /// <param name="thirdQuartile">The 75th percentile.</param>
    /// <param name="n">The participants, at least 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers are not in order, show no spread, or are of fewer than 5 participants.</exception>
    public static FiveNumbers FromQuartiles(double firstQuartile, double median, double thirdQuartile, int n) =>
        new(null, firstQuartile, median, thirdQuartile, null, n);

    /// <summary>All five numbers.</summary>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="firstQuartile">The 25th percentile.</param>
    /// <param name="median">The median.</param>
    /// <param name="thirdQuartile">The 75th percentile.</param>
    /// <param name="maximum">The largest value.</param>
    /// <param name="n">The participants, at least 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers are not in order, show no spread, or are of fewer than 5 participants.</exception>
    public static FiveNumbers FromAll(double minimum, double firstQuartile, double median, double thirdQuartile, double maximum, int n) =>
        new(minimum, firstQuartile, median, thirdQuartile, maximum, n);

    /// <summary>The numbers of a result of a study file; null where it reports no median with quartiles or range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not in order, show no spread, or are of fewer than 5 participants.</exception>
    internal static FiveNumbers? Of(ContinuousResult result) =>
        (result.Median?.Value, result.N?.Value, result.Range?.Low?.Value, result.Range?.High?.Value,
            result.Iqr?.Low?.Value, result.Iqr?.High?.Value) switch
        {
            ({ } median, { } n, { } low, { } high, { } q1, { } q3) => FromAll(low, q1, median, q3, high, (int)n),
            ({ } median, { } n, { } low, { } high, _, _) => FromRange(low, median, high, (int)n),
            ({ } median, { } n, _, _, { } q1, { } q3) => FromQuartiles(q1, median, q3, (int)n),
            _ => null,
        };

    /// <summary>The same participants with each value transformed by an increasing function.</summary>
    internal FiveNumbers Select(Func<double, double> transform) => new(
        Minimum is { } min ? transform(min) : null, FirstQuartile is { } q1 ? transform(q1) : null, transform(Median),
        ThirdQuartile is { } q3 ? transform(q3) : null, Maximum is { } max ? transform(max) : null, N);

    internal void RequirePositive(string method)
    {
        if (Values is [<= 0 and var least, ..])
        {
            throw Given.Fault(Names[0], $"{method} needs values above 0, but the {Names[0]} is {Given.Text(least)}.");
        }
    }

    internal void RequireDistinct(string method)
    {
        var (values, names) = (Values, Names);
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] == values[i - 1])
            {
                throw Given.Fault(names[i], $"{method} needs a {names[i - 1]} below the {names[i]}, but both are {Given.Text(values[i])}.");
            }
        }
    }

    /// <summary>Returns the numbers and the participants.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", Array.ConvertAll(Values, Given.Text))} (n {N})");
}
