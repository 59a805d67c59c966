namespace MetaSpine;

/// <summary>Whether analyses of the same studies say the same.</summary>
internal static class PooledAgreement
{
    /// <summary>
    /// Whether another analysis has the same side of no effect, and an interval that excludes it or does not, as that of all studies. For a measure without a value of no effect: an
    /// estimate inside the interval of all studies.
    /// </summary>
    public static bool Agrees(this IPooledEffect model, double estimate, Interval interval) => model.Effects.Measure.NullValue is { } none
        ? Math.Sign(estimate - none) == Math.Sign(model.Estimate - none) && interval.Contains(none) == model.Interval.Contains(none)
        : model.Interval.Contains(estimate);
}
