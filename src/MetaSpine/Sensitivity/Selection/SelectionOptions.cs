namespace MetaSpine;

/// <summary>Which results selection favours.</summary>
public enum SelectionSide
{
    /// <summary>Large estimates: p-values are one-sided against the alternative that the effect is above the null value.</summary>
    Greater,

    /// <summary>Small estimates: one-sided p-values against the alternative that the effect is below the null value.</summary>
    Less,

    /// <summary>Estimates far from the null value on either side: two-sided p-values.</summary>
    Both,
}

/// <summary>How a selection model is fitted.</summary>
public sealed record SelectionOptions
{
    /// <summary>The defaults.</summary>
    public static SelectionOptions Default { get; } = new();

    /// <summary>
    /// Which results selection favours. <value>Default null: the side on which the pooled estimate lies, as authors and editors are thought to
    /// prefer results that agree with the rest; the result says which it was.</value>
    /// </summary>
    public SelectionSide? Side { get; init; }

    /// <summary>The level of the intervals. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether the profile-likelihood intervals are computed, which costs most of the time. <value>Default true.</value></summary>
    public bool Intervals { get; init; } = true;

    /// <summary>
    /// The largest selection parameter that is considered. <value>Default 100, as in metafor: a weight of 100 or a steepness of 100 is already
    /// beyond what any set of studies can tell from more.</value>
    /// </summary>
    public double LargestParameter { get; init; } = 100;
}
