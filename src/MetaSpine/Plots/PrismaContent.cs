using System.Globalization;

namespace MetaSpine;

/// <summary>A box of a flow diagram: its first line, which may be a heading (it then ends in a colon), and the lines below it.</summary>
internal sealed record PrismaBox(string First, IReadOnlyList<string> Parts)
{
    /// <summary>The lines with how deep they are indented: 0 to 2.</summary>
    public IEnumerable<(string Text, int Indent)> Lines =>
        Parts.Select(part => (part.Trim(), (First.EndsWith(':') ? 1 : 0) + (part.StartsWith(' ') ? 1 : 0))).Prepend((First, 0));
}

/// <summary>A step of a flow diagram in one arm: the box in the flow, and the box of what is left out.</summary>
internal sealed record PrismaStep(PrismaBox? Flow, PrismaBox? Out);

/// <summary>An arm: its header and its steps, in the same number for each arm.</summary>
internal sealed record PrismaArm(string Header, IReadOnlyList<PrismaStep> Steps)
{
    public bool HasOut => Steps.Any(step => step.Out is not null);
}

/// <summary>What a flow diagram says, before anything has a place. The drawing, the text and the Mermaid diagram all show this.</summary>
internal sealed class PrismaContent
{
    public static readonly IReadOnlyList<string> Stages = ["Identification", "Screening", "Screening", "Screening"];

    private readonly List<string> _sentences = [];

    public PrismaContent(PrismaCounts c)
    {
        var all = PrismaField.All.Select(field => field.Number?.Invoke(c)).Concat(PrismaField.All.SelectMany(field => field.Items?.Invoke(c) ?? []).Select(item => (int?)item.Count))
            .OfType<int>().ToList();
        if (all.Count == 0)
        {
            throw new ArgumentException("A flow diagram needs counts, and there are none.");
        }

        if (all.Any(count => count < 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"A count of a flow diagram is {all.Min()}: counts are not negative."));
        }

        var hasPrevious = c.PreviousStudies > 0 || c.PreviousReports > 0;
        Arms = [.. hasPrevious ? [Previous(c)] : Array.Empty<PrismaArm>(), Main(c), .. HasOther(c) ? [Other(c)] : Array.Empty<PrismaArm>()];
        MainIndex = hasPrevious ? 1 : 0;
        (string, int?)[] pooled = [("Studies in the meta-analysis", Above0(c.StudiesInMetaAnalysis)), ("Reports in the meta-analysis", Above0(c.ReportsInMetaAnalysis))];
        if (hasPrevious || (c.TotalStudies > 0 && c.NewStudies is { } added && added != c.TotalStudies))
        {
            Included = Box("New studies included in review", c.NewStudies, ("Reports of new included studies", Reported(c.NewReports, c.NewStudies)));
            Total = Box("Total studies included in review", c.TotalStudies, [("Reports of total included studies", Reported(c.TotalReports, c.TotalStudies)), .. pooled]);
        }
        else
        {
            Included = Box("Studies included in review", c.NewStudies ?? c.TotalStudies, [("Reports of included studies", Reported(c.NewReports ?? c.TotalReports, c.NewStudies ?? c.TotalStudies)), .. pooled]);
        }

        Description = string.Join(" ", _sentences);
    }

    /// <summary>The arms from left to right. Their four steps: identification, screening, retrieval, assessment.</summary>
    public IReadOnlyList<PrismaArm> Arms { get; }

    /// <summary>Which arm is that of databases and registers.</summary>
    public int MainIndex { get; }

    public PrismaBox? Included { get; }

    /// <summary>The box of all studies, where there are previous ones.</summary>
    public PrismaBox? Total { get; }

    public string Description { get; }

    private static bool HasOther(PrismaCounts c) =>
        Array.Exists([c.WebsiteRecords, c.OrganisationRecords, c.CitationRecords, c.OtherSought, c.OtherNotRetrieved, c.OtherAssessed], count => count > 0) || c.OtherReportsExcluded.Any(item => item.Count > 0);

    /// <summary>The template's 0 stands for a count that nobody filled in.</summary>
    private static int? Above0(int? count) => count > 0 ? count : null;

    private static int? Reported(int? reports, int? studies) => reports is 0 && studies > 0 ? null : reports;

    private PrismaArm Previous(PrismaCounts c) => new(
        "Previous studies",
        [new(Box("Studies included in previous version of review", c.PreviousStudies, ("Reports of these studies", Reported(c.PreviousReports, c.PreviousStudies))), null), new(null, null), new(null, null), new(null, null)]);

    private PrismaArm Main(PrismaCounts c)
    {
        string[] sources = [.. Group("Databases", c.DatabaseRecords, c.Databases), .. Group("Registers", c.RegisterRecords, c.Registers)];
        string[] removed = [.. Line("Duplicate records", c.Duplicates), .. Line("Records marked as ineligible by automation tools", c.RemovedByAutomation), .. Line("Records removed for other reasons", c.RemovedOtherwise)];
        return new PrismaArm("Identification of studies via databases and registers",
        [
            new(
                sources.Length == 0 ? null : Say("Records identified from databases and registers", Sum(c.DatabaseRecords, c.Databases) + Sum(c.RegisterRecords, c.Registers), "Records identified from:", sources),
                removed.Length == 0 ? null : Say("Records removed before screening", (long)(c.Duplicates ?? 0) + (c.RemovedByAutomation ?? 0) + (c.RemovedOtherwise ?? 0), "Records removed before screening:", removed)),
            new(Box("Records screened", c.Screened), Box("Records excluded", c.Excluded)),
            new(Box("Reports sought for retrieval", c.Sought), Box("Reports not retrieved", c.NotRetrieved)),
            new(Box("Reports assessed for eligibility", c.Assessed), Reasons(c.ReportsExcluded)),
        ]);
    }

    private PrismaArm Other(PrismaCounts c)
    {
        string[] sources = [.. Line("Websites", c.WebsiteRecords), .. Line("Organisations", c.OrganisationRecords), .. Line("Citation searching", c.CitationRecords)];
        return new PrismaArm("Identification of studies via other methods",
        [
            new(
                sources.Length == 0 ? null : Say("Records identified by other methods", (long)(c.WebsiteRecords ?? 0) + (c.OrganisationRecords ?? 0) + (c.CitationRecords ?? 0), "Records identified from:", sources),
                null),
            new(null, null),
            new(Box("Reports sought for retrieval", c.OtherSought), Box("Reports not retrieved", c.OtherNotRetrieved)),
            new(Box("Reports assessed for eligibility", c.OtherAssessed), Reasons(c.OtherReportsExcluded)),
        ]);
    }

    private PrismaBox? Reasons(ValueList<PrismaCount> reasons)
    {
        var total = reasons.Sum(reason => (long)reason.Count);
        if (reasons.Count == 0 || reasons is [{ Name: PrismaCount.NotNamed }])
        {
            return reasons.Count == 0 ? null : Box("Reports excluded", reasons[0].Count);
        }

        return Say("Reports excluded", total, $"Reports excluded ({N(total)}):", [.. reasons.Select(Part)]);
    }

    private PrismaBox Say(string what, long count, string heading, IReadOnlyList<string> parts)
    {
        _sentences.Add(FormattableString.Invariant($"{what}: {count} ({string.Join("; ", parts.Select(part => part.Trim()))})."));
        return new PrismaBox(heading, parts);
    }

    private PrismaBox? Box(string text, int? count, params (string Text, int? Count)[] others)
    {
        string[] lines = [.. Line(text, count), .. others.SelectMany(other => Line(other.Text, other.Count))];
        if (lines.Length == 0)
        {
            return null;
        }

        _sentences.AddRange(lines.Select(line => line + "."));
        return new PrismaBox(lines[0], lines[1..]);
    }

    private static long Sum(int? total, ValueList<PrismaCount> sources) => total ?? sources.Sum(source => (long)source.Count);

    /// <summary>A kind of source with its sum, and each source where they are several or the name says more.</summary>
    private static IEnumerable<string> Group(string kind, int? total, ValueList<PrismaCount> sources) =>
        total is null && sources.Count == 0 ? [] : [$"{kind} ({N(Sum(total, sources))})", .. sources.Where(source => sources.Count > 1 || source.Name != kind).Select(source => "   " + Part(source))];

    private static string[] Line(string text, int? count) => count is { } n ? [$"{text} ({N(n)})"] : [];

    private static string Part(PrismaCount item) => $"{item.Name} ({N(item.Count)})";

    /// <summary>"n = 1,902", which no line end parts.</summary>
    private static string N(long count) => "n\u00A0=\u00A0" + count.ToString("#,0", CultureInfo.InvariantCulture);
}
