namespace MetaSpine;

/// <summary>Counts of a flow diagram from the references that were imported and the decisions that were made about them.</summary>
internal sealed class FlowFilling(PrismaCounts given)
{
    private readonly List<string> _notes = [];
    private readonly List<string> _differences = [];

    public PrismaCounts Counts { get; private set; } = given;

    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Records by the database that they come from, else by their file.</summary>
    public void From(IEnumerable<Reference> references)
    {
        var sources = references.GroupBy(reference => reference.Database ?? Path.GetFileName(reference.Position.File) ?? "source not given", StringComparer.OrdinalIgnoreCase)
            .Select(group => new PrismaCount(group.Key, group.Count())).ToValueList();
        Found(sources, "the references");
    }

    /// <summary>Records by the source that was searched; a search without a count leaves the sum unknown, and so all of them aside.</summary>
    public void From(IReadOnlyCollection<LiteratureSearch> searches)
    {
        if (searches.Count > 0 && searches.All(search => search.Records is not null))
        {
            Found(searches.GroupBy(search => search.Source).Select(group => new PrismaCount(group.Key, group.Sum(search => search.Records!.Value))).ToValueList(), "the searches");
        }
    }

    private void Found(ValueList<PrismaCount> sources, string from)
    {
        var total = sources.Sum(source => source.Count);
        if (Counts.DatabaseRecords is null && Counts.Databases.Count == 0)
        {
            Counts = Counts with { Databases = sources };
            _notes.Add($"records from databases: {FlowCheck.N(total)}, from {from}");
        }
        else
        {
            var registers = Counts.RegisterRecords ?? FlowIdentity.Total(Counts.Registers) ?? 0;
            Compare("records from databases and registers", (Counts.DatabaseRecords ?? FlowIdentity.Total(Counts.Databases) ?? 0) + registers, total, from);
        }
    }

    /// <summary>Records screened and excluded, reports assessed, excluded and included. Conflicts that are not settled are in no box.</summary>
    public void From(ScreeningResult screening)
    {
        if (screening[ScreeningStage.TitleAbstract] is { } titles)
        {
            const string Source = "the decisions on titles and abstracts";
            Number("records_screened", titles.Records.Count, Source);
            if (IsSettled(titles, Source))
            {
                Number("records_excluded", titles.Count(ScreeningVerdict.Exclude), Source);
                Number("dbr_sought_reports", titles.Records.Count - titles.Count(ScreeningVerdict.Exclude), Source);
            }
        }

        if (screening[ScreeningStage.FullText] is { } texts)
        {
            const string Source = "the decisions on full texts";
            Number("dbr_assessed", texts.Records.Count, Source);
            if (IsSettled(texts, Source))
            {
                Reasons(texts, Source);
                if (Counts.OtherAssessed is null or 0)
                {
                    Number("new_reports", texts.Count(ScreeningVerdict.Include), Source);
                }
            }
        }
    }

    private bool IsSettled(ScreeningStageResult stage, string source)
    {
        // Who cannot tell from a title sends the report on to be read; who cannot tell from the report has not decided.
        var open = stage.Count(null) + (stage.Stage == ScreeningStage.FullText ? stage.Count(ScreeningVerdict.Maybe) : 0);
        if (open > 0)
        {
            _notes.Add($"{source} leave {FlowCheck.N(open)} {(open == 1 ? "record" : "records")} open (conflicts, or maybe): what is excluded and what follows is not counted from them before these are settled");
        }

        return open == 0;
    }

    private void Reasons(ScreeningStageResult texts, string source)
    {
        var reasons = texts.Records.Where(record => record.Outcome == ScreeningVerdict.Exclude).GroupBy(record => record.Reason ?? PrismaCount.NotNamed)
            .Select(group => new PrismaCount(group.Key, group.Count())).ToValueList();
        var total = reasons.Sum(reason => reason.Count);
        if (Counts.ReportsExcluded.Count > 0)
        {
            Compare("reports excluded", FlowIdentity.Total(Counts.ReportsExcluded)!.Value, total, source);
        }
        else if (reasons.Count > 0)
        {
            Counts = Counts with { ReportsExcluded = reasons };
            _notes.Add($"reports excluded: {FlowCheck.N(total)}, from {source}");
        }
    }

    private void Number(string key, int value, string source)
    {
        var field = PrismaField.Find(key)!;
        if (field.Number!(Counts) is { } known)
        {
            Compare(field.Name, known, value, source);
            return;
        }

        Counts = field.With(Counts, value);
        _notes.Add($"{field.Name}: {FlowCheck.N(value)}, from {source}");
    }

    private void Compare(string name, long known, long counted, string source)
    {
        if (known != counted)
        {
            _differences.Add($"{name}: {FlowCheck.N(known)} is given, but {source} have {FlowCheck.N(counted)} ({FlowCheck.N(Math.Abs(counted - known))} {(counted > known ? "more" : "fewer")})");
        }
    }
}
