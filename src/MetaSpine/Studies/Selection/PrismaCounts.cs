namespace MetaSpine;

/// <summary>
/// The counts of a PRISMA 2020 flow diagram (Page et al. 2021, BMJ 372:n71, doi:10.1136/bmj.n71), under the names of the boxes of the PRISMA2020
/// template (Haddaway et al. 2022, Campbell Systematic Reviews 18:e1230, doi:10.1002/cl2.1230). A record is a title or abstract in a database, a report
/// a document, a study an investigation. What is <see langword="null"/> or empty is not given: it is not shown, and nothing is computed in its place.
/// </summary>
public sealed record PrismaCounts : FileRecord
{
    /// <summary>Studies in the previous version of the review.</summary>
    public int? PreviousStudies { get; init; }

    /// <summary>Reports of those.</summary>
    public int? PreviousReports { get; init; }

    /// <summary>Records found in all databases; where it is not given, the sum of <see cref="Databases"/> stands for it.</summary>
    public int? DatabaseRecords { get; init; }

    /// <summary>Records found in each database.</summary>
    public ValueList<PrismaCount> Databases { get; init; } = [];

    /// <summary>Records found in all registers; where it is not given, the sum of <see cref="Registers"/> stands for it.</summary>
    public int? RegisterRecords { get; init; }

    /// <summary>Records found in each register.</summary>
    public ValueList<PrismaCount> Registers { get; init; } = [];

    /// <summary>Records found on websites.</summary>
    public int? WebsiteRecords { get; init; }

    /// <summary>Records from organisations.</summary>
    public int? OrganisationRecords { get; init; }

    /// <summary>Records found by searching citations.</summary>
    public int? CitationRecords { get; init; }

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

    /// <summary>Reports excluded, by reason.</summary>
    public ValueList<PrismaCount> ReportsExcluded { get; init; } = [];

    /// <summary>Reports from other methods sought for retrieval.</summary>
    public int? OtherSought { get; init; }

    /// <summary>Reports from other methods not retrieved.</summary>
    public int? OtherNotRetrieved { get; init; }

    /// <summary>Reports from other methods assessed for eligibility.</summary>
    public int? OtherAssessed { get; init; }

    /// <summary>Reports from other methods excluded, by reason.</summary>
    public ValueList<PrismaCount> OtherReportsExcluded { get; init; } = [];

    /// <summary>New studies included.</summary>
    public int? NewStudies { get; init; }

    /// <summary>Reports of those.</summary>
    public int? NewReports { get; init; }

    /// <summary>All studies included, those of a previous version among them.</summary>
    public int? TotalStudies { get; init; }

    /// <summary>Reports of those.</summary>
    public int? TotalReports { get; init; }

    /// <summary>Studies in the meta-analysis.</summary>
    public int? StudiesInMetaAnalysis { get; init; }

    /// <summary>Reports of those.</summary>
    public int? ReportsInMetaAnalysis { get; init; }

    internal static readonly Shape<PrismaCounts> Shape = new(
        "PrismaCounts", "The counts of the PRISMA 2020 flow diagram.", () => new(), keys => PrismaField.All.Aggregate(keys, (added, field) => field.AddTo(added)));
}

/// <summary>A named count of a flow diagram: a source with its records, or a reason with its reports.</summary>
/// <param name="Name">The name; <see cref="NotNamed"/> where a file gives a number alone.</param>
/// <param name="Count">How many; not negative.</param>
public sealed record PrismaCount(string Name, int Count) : FileRecord
{
    /// <summary>What stands for a reason that was not given.</summary>
    public const string NotNamed = "reason not given";

    internal static readonly Shape<PrismaCount> Shape = new("PrismaCount", "A source or a reason with its count.", () => new("", 0), keys => keys
        .Required("name", "The source, or the reason.", Codecs.Text, c => c.Name, (c, v) => c with { Name = v })
        .Add(new ValueField<PrismaCount, int>("count", "How many records or reports.", Codecs.Records, c => c.Count, (c, v) => c with { Count = v }) { Required = true }));
}
