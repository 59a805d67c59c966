namespace MetaSpine;

/// <summary>An interval with its level of confidence (or of prediction).</summary>
/// <param name="Lower">The lower bound, on the same scale as the estimate that it belongs to.</param>
/// <param name="Upper">The upper bound.</param>
/// <param name="Level">The level as a proportion: 0.95 for a 95% interval.</param>
public readonly record struct Interval(double Lower, double Upper, double Level)
{
    /// <summary>Whether the value lies inside or on a bound.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;
}
