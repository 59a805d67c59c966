namespace MetaSpine;

/// <summary>The formats that are known.</summary>
internal static class ReferenceCodecs
{
    /// <summary>One row per format, in the order in which a text is tried: the formats that are sure of themselves first.</summary>
    public static readonly IReadOnlyList<ReferenceCodec> All =
    [
        new(ReferenceFormat.PubMedXml, "pubmed-xml", "PubMed XML", [".xml"], PubMedXml.Begins, PubMedXml.Read, PubMedXmlWriter.Write)
        {
            LeavesOut =
            [
                nameof(Reference.Id), nameof(Reference.Urls), nameof(Reference.Database), nameof(Reference.AccessionNumber), nameof(Reference.Labels), nameof(Reference.Notes),
            ],
            KeptName = PubMedXml.KeptName,
        },
        new(ReferenceFormat.EndNoteXml, "endnote-xml", "EndNote XML", [".xml"], EndNoteXml.Begins, EndNoteXml.Read, EndNoteXmlWriter.Write) { KeptName = EndNoteXml.KeptName },
        new(ReferenceFormat.CslJson, "csl-json", "CSL-JSON", [".json"], CslJson.Begins, CslJson.Read, CslJsonWriter.Write) { KeptName = CslJson.KeptName },
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
        new(ReferenceFormat.BibTeX, "bibtex", "BibTeX", [".bib"], BibTex.Begins, BibTex.Read, BibTexWriter.Write) { KeptName = BibTex.KeptName },
    ];

    /// <summary>The row of a format.</summary>
    public static ReferenceCodec Of(ReferenceFormat format) =>
        All.FirstOrDefault(codec => codec.Format == format) ?? throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
}
