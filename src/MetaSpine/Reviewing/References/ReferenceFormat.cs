namespace MetaSpine;

/// <summary>The formats of bibliographic files.</summary>
public enum ReferenceFormat
{
    /// <summary>RIS (.ris), in the dialects of databases and reference managers.</summary>
    Ris,

    /// <summary>MEDLINE's tagged text (.nbib), as PubMed exports it.</summary>
    Medline,

    /// <summary>PubMed's XML (PubmedArticleSet).</summary>
    PubMedXml,

    /// <summary>EndNote's XML.</summary>
    EndNoteXml,

    /// <summary>BibTeX (.bib).</summary>
    BibTeX,

    /// <summary>CSL-JSON, and the nearly equal JSON of Crossref.</summary>
    CslJson,

    /// <summary>Web of Science's tagged text (.ciw).</summary>
    WebOfScience,
}
