namespace MetaSpine;

/// <summary>
/// The counts of a PRISMA 2020 flow diagram (Page et al. 2021, BMJ 372:n71, doi:10.1136/bmj.n71). A record is a title or abstract in a database, a report a
/// document, a study an investigation. What is null is not shown; nothing is computed or corrected.
/// </summary>
public sealed record PrismaCounts
{
    /// <summary>Records found in each database. <value>Default: none.</value></summary>
    public IReadOnlyList<PrismaCount> Databases { get; init; } = [];

    /// <summary>Records found in each register. <value>Default: none.</value></summary>
    public IReadOnlyList<PrismaCount> Registers { get; init; } = [];

    /// <summary>Duplicates removed before screening.</summary>
    public int? Duplicates { get; init; }

    /// <summary>Records that automation tools marked as ineligible before screening.</summary>
    public int? RemovedByAutomation { get; init; }

    /// <summary>Records removed before screening for other reasons.</summary>
    public int? RemovedOtherwise { get; init; }

    /// <summary>Records screened.</summary>
    public int? Screened { get; init; }

    /// <summary>Records excluded by screening.</summary>
    public int? Excluded { get; init; }

    /// <summary>Reports sought for retrieval.</summary>
    public int? Sought { get; init; }

    /// <summary>Reports not retrieved.</summary>
    public int? NotRetrieved { get; init; }

    /// <summary>Reports assessed for eligibility.</summary>
    public int? Assessed { get; init; }

    /// <summary>Reports excluded, by reason. <value>Default: none.</value></summary>
    public IReadOnlyList<PrismaCount> ReportsExcluded { get; init; } = [];

    /// <summary>Records found by other methods: websites, organisations, citation searching. <value>Default: none; the arm is then left out.</value></summary>
    public IReadOnlyList<PrismaCount> OtherMethods { get; init; } = [];

    /// <summary>Reports from other methods sought for retrieval.</summary>
    public int? OtherSought { get; init; }

    /// <summary>Reports from other methods not retrieved.</summary>
    public int? OtherNotRetrieved { get; init; }

    /// <summary>Reports from other methods assessed for eligibility.</summary>
    public int? OtherAssessed { get; init; }

    /// <summary>Reports from other methods excluded, by reason. <value>Default: none.</value></summary>
    public IReadOnlyList<PrismaCount> OtherReportsExcluded { get; init; } = [];

    /// <summary>Studies in the previous version of the review; null leaves that arm out.</summary>
    public int? PreviousStudies { get; init; }

    /// <summary>Reports of those.</summary>
    public int? PreviousReports { get; init; }

    /// <summary>New studies included.</summary>
    public int? NewStudies { get; init; }

    /// <summary>Reports of those.</summary>
    public int? NewReports { get; init; }

    /// <summary>All studies included, where there is a previous version.</summary>
    public int? TotalStudies { get; init; }

    /// <summary>Reports of those.</summary>
    public int? TotalReports { get; init; }

    /// <summary>Studies in the meta-analysis.</summary>
    public int? StudiesInMetaAnalysis { get; init; }
}

/// <summary>A named count of a flow diagram: a source with its records, or a reason with its reports.</summary>
/// <param name="Name">The name.</param>
/// <param name="Count">How many; not negative.</param>
public readonly record struct PrismaCount(string Name, int Count);
