namespace MetaSpine;

/// <summary>The formats that are known.</summary>
internal static class ReferenceCodecs
{
    /// <summary>One row per format, in the order in which a text is tried: the formats that are sure of themselves first.</summary>
    public static readonly IReadOnlyList<ReferenceCodec> All =
    [
    ];

    /// <summary>The row of a format.</summary>
    public static ReferenceCodec Of(ReferenceFormat format) =>
        All.FirstOrDefault(codec => codec.Format == format) ?? throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
}
