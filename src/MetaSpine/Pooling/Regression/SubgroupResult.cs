namespace MetaSpine;

/// <summary>A subgroup's result.</summary>
/// <param name="Name">The category.</param>
/// <param name="Result">Its pooled result.</param>
public sealed record SubgroupResult(string Name, IPooledEffect Result)
{
    /// <summary>The result by inverse variance; null for another model.</summary>
    public PooledResult? Pooled => Result as PooledResult;
}
