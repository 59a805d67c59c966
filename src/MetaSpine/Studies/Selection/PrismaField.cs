namespace MetaSpine;

/// <summary>
/// One count of a flow diagram. Review files, the PRISMA2020 template, the checks and their messages all take their names from this one list.
/// </summary>
/// <param name="Key">The name in review files and in the column <c>data</c> of the template.</param>
/// <param name="Name">What is counted, as a sentence can say it.</param>
/// <param name="Number">Reads a single number; null for a list.</param>
/// <param name="Items">Reads a list of named counts; null for a single number.</param>
internal sealed record PrismaField(string Key, string Name, Func<PrismaCounts, int?>? Number, Func<PrismaCounts, ValueList<PrismaCount>>? Items)
{
    /// <summary>All counts, in the order of the template.</summary>
    internal static readonly PrismaField[] All =
    [
        One("previous_studies", "studies in the previous version of the review", c => c.PreviousStudies, (c, v) => c with { PreviousStudies = v }),
        One("previous_reports", "reports of the previous studies", c => c.PreviousReports, (c, v) => c with { PreviousReports = v }),
        One("database_results", "records from databases", c => c.DatabaseRecords, (c, v) => c with { DatabaseRecords = v }),
        Many("database_specific_results", "records from each database", c => c.Databases, (c, v) => c with { Databases = v }),
        One("register_results", "records from registers", c => c.RegisterRecords, (c, v) => c with { RegisterRecords = v }),
        Many("register_specific_results", "records from each register", c => c.Registers, (c, v) => c with { Registers = v }),
        One("website_results", "records from websites", c => c.WebsiteRecords, (c, v) => c with { WebsiteRecords = v }),
        One("organisation_results", "records from organisations", c => c.OrganisationRecords, (c, v) => c with { OrganisationRecords = v }),
        One("citations_results", "records from citation searching", c => c.CitationRecords, (c, v) => c with { CitationRecords = v }),
        One("duplicates", "duplicate records", c => c.Duplicates, (c, v) => c with { Duplicates = v }),
        One("excluded_automatic", "records marked as ineligible by automation tools", c => c.RemovedByAutomation, (c, v) => c with { RemovedByAutomation = v }),
        One("excluded_other", "records removed for other reasons", c => c.RemovedOtherwise, (c, v) => c with { RemovedOtherwise = v }),
        One("records_screened", "records screened", c => c.Screened, (c, v) => c with { Screened = v }),
        One("records_excluded", "records excluded", c => c.Excluded, (c, v) => c with { Excluded = v }),
        One("dbr_sought_reports", "reports sought for retrieval", c => c.Sought, (c, v) => c with { Sought = v }),
        One("dbr_notretrieved_reports", "reports not retrieved", c => c.NotRetrieved, (c, v) => c with { NotRetrieved = v }),
        One("other_sought_reports", "reports from other methods sought for retrieval", c => c.OtherSought, (c, v) => c with { OtherSought = v }),
        One("other_notretrieved_reports", "reports from other methods not retrieved", c => c.OtherNotRetrieved, (c, v) => c with { OtherNotRetrieved = v }),
        One("dbr_assessed", "reports assessed for eligibility", c => c.Assessed, (c, v) => c with { Assessed = v }),
        Many("dbr_excluded", "reports excluded", c => c.ReportsExcluded, (c, v) => c with { ReportsExcluded = v }),
        One("other_assessed", "reports from other methods assessed for eligibility", c => c.OtherAssessed, (c, v) => c with { OtherAssessed = v }),
        Many("other_excluded", "reports from other methods excluded", c => c.OtherReportsExcluded, (c, v) => c with { OtherReportsExcluded = v }),
        One("new_studies", "new studies included", c => c.NewStudies, (c, v) => c with { NewStudies = v }),
        One("new_reports", "reports of new included studies", c => c.NewReports, (c, v) => c with { NewReports = v }),
        One("total_studies", "total studies included", c => c.TotalStudies, (c, v) => c with { TotalStudies = v }),
        One("total_reports", "reports of total included studies", c => c.TotalReports, (c, v) => c with { TotalReports = v }),
        One("total_studies_ma", "studies in the meta-analysis", c => c.StudiesInMetaAnalysis, (c, v) => c with { StudiesInMetaAnalysis = v }),
        One("total_reports_ma", "reports in the meta-analysis", c => c.ReportsInMetaAnalysis, (c, v) => c with { ReportsInMetaAnalysis = v }),
    ];

    private Func<PrismaCounts, int, PrismaCounts>? SetNumber { get; init; }

    private Func<PrismaCounts, ValueList<PrismaCount>, PrismaCounts>? SetItems { get; init; }

    private string Sentence => $"{char.ToUpperInvariant(Name[0])}{Name[1..]}{(Items is null ? "" : ", each with its name")}.";

    internal static PrismaField? Find(string key) => Array.Find(All, field => field.Key == key);

    internal PrismaCounts With(PrismaCounts counts, int number) => SetNumber!(counts, number);

    internal PrismaCounts With(PrismaCounts counts, ValueList<PrismaCount> items) => SetItems!(counts, items);

    internal Keys<PrismaCounts> AddTo(Keys<PrismaCounts> keys) => Number is { } number
        ? keys.Value(Key, Sentence, Codecs.Records, number, SetNumber!)
        : keys.List(Key, Sentence, PrismaCount.Shape, Items!, SetItems!);

    private static PrismaField One(string key, string name, Func<PrismaCounts, int?> get, Func<PrismaCounts, int, PrismaCounts> set) =>
        new(key, name, get, null) { SetNumber = set };

    private static PrismaField Many(
        string key, string name, Func<PrismaCounts, ValueList<PrismaCount>> get, Func<PrismaCounts, ValueList<PrismaCount>, PrismaCounts> set) =>
        new(key, name, null, get) { SetItems = set };
}
