namespace MetaSpine;

/// <summary>How duplicates are found.</summary>
public sealed record DeduplicationOptions
{
    /// <summary>
    /// Whether versions of one Cochrane review or one preprint are duplicates. <value>Default <see langword="false"/>: each may hold other
    /// data, and a review has to say which one it used.</value>
    /// </summary>
    public bool MergeVersions { get; init; }

    /// <summary>How many processors may work at once. <value>Default all.</value> The result is the same for each number.</summary>
    public int? Processors { get; init; }
}
