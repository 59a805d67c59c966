namespace MetaSpine;

/// <summary>The names of the integrity checks, as reports and waivers write them.</summary>
public static class IntegrityRules
{
    /// <summary>A printed percentage that no rounding of its count gives.</summary>
    public const string Percent = "percent";

    /// <summary>Parts that do not add up to their whole.</summary>
    public const string PartSum = "part-sum";

    /// <summary>A subgroup or count that is larger than what it is part of.</summary>
    public const string SubgroupSize = "subgroup-size";

    /// <summary>Numbers in an impossible order: a median above the third quartile, survival that rises.</summary>
    public const string Ordering = "ordering";

    /// <summary>A waiver for which there is no finding (any more).</summary>
    public const string Waiver = "waiver";

    internal static readonly Choices<string> Codec = new("a rule",
        (Percent, Percent), (PartSum, PartSum), (SubgroupSize, SubgroupSize), (Ordering, Ordering));
}
