namespace MetaSpine;

/// <summary>What is known of the retractions and corrections of studies, and for which of them it could be looked up.</summary>
/// <param name="Findings">Study by study; for each report its retraction first.</param>
/// <param name="Found">The studies of which a report is among the references.</param>
/// <param name="NotFound">The studies that have a number, but are not among the references: nothing is known of these.</param>
/// <param name="WithoutNumber">The studies none of whose reports has a PubMed number, a PubMed Central number or a DOI, so that they cannot be looked up.</param>
public sealed record NoticeReport(
    ValueList<NoticeFinding> Findings, ValueList<string> Found, ValueList<string> NotFound, ValueList<string> WithoutNumber);
