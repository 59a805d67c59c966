namespace MetaSpine;

/// <summary>A row of the template.</summary>
internal sealed record TemplateRow(string Data, string Node, string Box, string Text)
{
    private const string None = "NA";

    public static readonly TemplateRow[] All =
    [
        new(None, "node4", "prevstud", "Previous studies"),
        new("previous_studies", "node5", "box1", "Studies included in previous version of review"),
        new("previous_reports", None, "box1", "Reports of studies included in previous version of review"),
        new(None, "node6", "newstud", "Identification of new studies via databases and registers"),
        new("database_results", "node7", "box2", "Databases"),
        new("database_specific_results", None, "box2", "Specific databases"),
        new("register_results", None, "box2", "Registers"),
        new("register_specific_results", None, "box2", "Specific registers"),
        new(None, "node16", "othstud", "Identification of new studies via other methods"),
        new("website_results", "node17", "box11", "Websites"),
        new("organisation_results", None, "box11", "Organisations"),
        new("citations_results", None, "box11", "Citation searching"),
        new("duplicates", "node8", "box3", "Duplicate records"),
        new("excluded_automatic", None, "box3", "Records marked as ineligible by automation tools"),
        new("excluded_other", None, "box3", "Records removed for other reasons"),
        new("records_screened", "node9", "box4", "Records screened"),
        new("records_excluded", "node10", "box5", "Records excluded"),
        new("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
        new("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
        new("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
        new("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
        new("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
        new("dbr_excluded", "node14", "box9", "Reports excluded"),
        new("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
        new("other_excluded", "node21", "box15", "Reports excluded"),
        new("new_studies", "node15", "box10", "New studies included in review"),
        new("new_reports", None, "box10", "Reports of new included studies"),
        new("total_studies", "node22", "box16", "Total studies included in review"),
        new("total_reports", None, "box16", "Reports of total included studies"),
        new("identification", "node1", "identification", "Identification"),
        new("screening", "node2", "screening", "Screening"),
        new("included", "node3", "included", "Included"),
        new("total_studies_ma", "node23", "box17", "Studies included in meta-analysis"),
        new("total_reports_ma", None, "box17", "Reports included in meta-analysis"),
    ];

    /// <summary>Whether a row of this name is in the template, or the name is that of a row without a count.</summary>
    public static bool IsKnown(string data) => TableNumber.IsMissing(data) || Array.Exists(All, row => row.Data == data);
}
