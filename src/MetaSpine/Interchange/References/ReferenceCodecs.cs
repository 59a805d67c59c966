namespace MetaSpine;

/// <summary>The formats that are known.</summary>
internal static class ReferenceCodecs
{
    /// <summary>One row per format, in the order in which a text is tried: the formats that are sure of themselves first.</summary>
    public static readonly IReadOnlyList<ReferenceCodec> All =
    [
        new(ReferenceFormat.WebOfScience, "wos", "Web of Science", [".ciw"], WebOfScience.Begins, WebOfScience.Read, WebOfScience.Write)
        {
            LeavesOut =
            [
                nameof(Reference.Id), nameof(Reference.Pmcid), nameof(Reference.Urls), nameof(Reference.Database), nameof(Reference.Notices), nameof(Reference.Labels),
                nameof(Reference.Notes),
            ],
        },
        new(ReferenceFormat.Medline, "medline", "MEDLINE", [".nbib"], MedlineReader.Begins, MedlineReader.Read, MedlineWriter.Write)
        {
            LeavesOut = [nameof(Reference.Id), nameof(Reference.Urls), nameof(Reference.Database), nameof(Reference.AccessionNumber)],
        },
        new(ReferenceFormat.Ris, "ris", "RIS", [".ris"], RisRecords.Begins, RisFields.Read, RisWriter.Write),
    ];

    /// <summary>The row of a format.</summary>
    public static ReferenceCodec Of(ReferenceFormat format) =>
        All.FirstOrDefault(codec => codec.Format == format) ?? throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
}
