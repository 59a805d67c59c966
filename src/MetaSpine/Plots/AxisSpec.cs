namespace MetaSpine;

/// <summary>An axis before it has a place.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Lower">The least value to show.</param>
/// <param name="Upper">The greatest.</param>
internal sealed record AxisSpec(string Title, double Lower, double Upper)
{
    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool Log { get; init; }

    /// <summary>Whether it ends where the range does, rather than on the next round values.</summary>
    public bool Exact { get; init; }

    /// <summary>Whether its values are whole numbers, such as years, so that nothing between them is marked.</summary>
    public bool Whole { get; init; }

    /// <summary>What is marked along an axis that is exact; null where round numbers are.</summary>
    public IReadOnlyList<(double Value, string Label)>? Ticks { get; init; }

    /// <summary>Whether a vertical axis runs downwards.</summary>
    public bool Reversed { get; init; }

    /// <summary>The range of values with some room at its ends, as a part of the range.</summary>
    public static AxisSpec Around(string title, IEnumerable<double> values, bool log = false, double room = 0.04)
    {
        double lower = double.PositiveInfinity, upper = double.NegativeInfinity;
        foreach (var value in values.Where(double.IsFinite))
        {
            (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
        }

        if (!(lower <= upper))
        {
            (lower, upper) = (1, 1);
        }

        if (!(upper - lower > 1e-9 * Math.Abs(upper)))
        {
            return new(title, lower, upper) { Log = log };
        }

        var more = log ? Math.Pow(upper / lower, room) : (upper - lower) * room;
        return log ? new(title, lower / more, upper * more) { Log = true, Exact = true } : new(title, lower - more, upper + more) { Exact = true };
    }

    public Axis Place(double start, double end, double textSize, bool vertical)
    {
        (start, end) = Reversed ? (end, start) : (start, end);
        return Exact ? Axis.Exactly(Log, Lower, Upper, start, end, textSize, vertical, Whole, Ticks) : Axis.Covering(Log, Lower, Upper, start, end, textSize, vertical);
    }
}
