namespace MetaSpine;

/// <summary>Intervals of a single study that need no large sample, for display beside the pooled result.</summary>
public static class SingleStudyIntervals
{
    /// <summary>
    /// The exact interval of a proportion: never covers less often than its level says (Clopper and Pearson 1934, Biometrika
    /// 26:404, doi:10.1093/biomet/26.4.404).
    /// </summary>
    /// <param name="events">Events, from 0 to <paramref name="total"/>.</param>
    /// <param name="total">Participants, above 0.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <returns>Bounds as proportions; 0 events begin at 0, nothing but events ends at 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The counts or the level are impossible.</exception>
    public static Interval ClopperPearson(double events, double total, double level = 0.95)
    {
        Require(events, total, level);
        var tail = (1 - level) / 2;
        return new Interval(
            events == 0 ? 0 : BetaDistribution.Quantile(tail, events, total - events + 1),
            events == total ? 1 : 1 - BetaDistribution.Quantile(tail, total - events, events + 1),
            level);
    }

    /// <summary>
    /// The score interval of a proportion: covers as often as its level says on average (Wilson 1927, Journal of the American
    /// Statistical Association 22:209, doi:10.1080/01621459.1927.10502953).
    /// </summary>
    /// <param name="events">Events, from 0 to <paramref name="total"/>.</param>
    /// <param name="total">Participants, above 0.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The counts or the level are impossible.</exception>
    public static Interval Wilson(double events, double total, double level = 0.95)
    {
        Require(events, total, level);
        var z = NormalDistribution.UpperQuantile((1 - level) / 2);
        var denominator = total + z * z;
        var centre = (events + z * z / 2) / denominator;
        var half = z / denominator * Math.Sqrt(events * (total - events) / total + z * z / 4);
        return new Interval(
            events == 0 ? 0 : centre - half,
            events == total ? 1 : centre + half,
            level);
    }

    /// <summary>
    /// The exact interval of a rate: events over person-time, the events taken as Poisson (Garwood 1936, Biometrika 28:437,
    /// doi:10.1093/biomet/28.3-4.437).
    /// </summary>
    /// <param name="events">Events, 0 or more.</param>
    /// <param name="time">Person-time, above 0.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The counts or the level are impossible.</exception>
    public static Interval Garwood(double events, double time, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(time);
        RequireLevel(level);
        var tail = (1 - level) / 2;
        return new Interval(
            events == 0 ? 0 : ChiSquared.Quantile(tail, 2 * events) / (2 * time),
            ChiSquared.UpperQuantile(tail, 2 * events + 2) / (2 * time),
            level);
    }

    private static void Require(double events, double total, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, total);
        RequireLevel(level);
    }

    private static void RequireLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie between 0 and 1, such as 0.95.");
        }
    }
}
