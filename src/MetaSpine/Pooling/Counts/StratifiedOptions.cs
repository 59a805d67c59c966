namespace MetaSpine;

/// <summary>How tables are combined by Mantel and Haenszel's method, Peto's, or exactly.</summary>
public sealed record StratifiedOptions
{
    /// <summary>The defaults.</summary>
    public static StratifiedOptions Default { get; } = new();

    /// <summary>The level of all intervals, as a proportion. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// Whether half an event is taken off the difference between observed and expected events in the Cochran-Mantel-Haenszel test.
    /// A difference of less than half an event counts as none. <value>Default true, as the test was published.</value>
    /// </summary>
    public bool Correct { get; init; } = true;

    /// <summary>
    /// Whether the correction of zeros in <see cref="EffectSizes"/> goes into the combined estimate of OR and RR as well, from which studies without an
    /// event (or with nothing but events) in both groups are then left out. <value>Default false: the estimate needs no correction, and is biased by
    /// it. Review Manager 5 and the R package meta correct.</value>
    /// </summary>
    public bool CorrectEstimate { get; init; }

    /// <summary>The variance of the Mantel-Haenszel risk difference. <value>Default Sato's, which holds for many small tables too.</value></summary>
    public RiskDifferenceVariance RiskDifferenceVariance { get; init; } = RiskDifferenceVariance.Sato;

    /// <summary>
    /// How the studies' own estimates are computed that Q, I^2 and H^2 are made of; the combined estimate never uses them.
    /// <value>Default: 1/2 to each count of a study with a zero, studies without an event in both groups left out of Q.</value>
    /// </summary>
    public EffectSizeOptions EffectSizes { get; init; } = new() { DropDoubleZero = true };

    internal StratifiedOptions Validated()
    {
        if (!(Level > 0 && Level < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The level must lie between 0 and 1, such as 0.95; it is {Level}."));
        }

        return this;
    }
}

/// <summary>The variance of a Mantel-Haenszel risk difference.</summary>
public enum RiskDifferenceVariance
{
    /// <summary>Sato (1989), Biometrics 45:1323.</summary>
    Sato,

    /// <summary>Greenland and Robins (1985), Biometrics 41:55, doi:10.2307/2530643: for large tables; what Review Manager 5 and the R package meta have.</summary>
    GreenlandRobins,
}
