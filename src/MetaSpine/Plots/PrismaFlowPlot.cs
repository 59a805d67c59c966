using System.Globalization;

namespace MetaSpine;

/// <summary>Draws the PRISMA 2020 flow diagram: from the records found to the studies included, with what was left out at each step.</summary>
public static class PrismaFlowPlot
{
    /// <summary>The flow diagram of some counts; the arms of a previous version and of other methods are drawn where they have counts.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="options">What to show; <see cref="PrismaFlowPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">A count is negative, or there is none at all.</exception>
    public static Drawing Draw(PrismaCounts counts, PrismaFlowPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        options ??= PrismaFlowPlotOptions.Default;
        var content = new PrismaContent(counts);
        return new Drawing(new PrismaLayout(content, options).Draw(), options.Title ?? "PRISMA 2020 flow diagram", content.Description);
    }
}

/// <summary>What a flow diagram shows.</summary>
public sealed record PrismaFlowPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static PrismaFlowPlotOptions Default { get; } = new();
}

/// <summary>A box of a flow diagram: lines of text, the first of which may be a heading, and the rest indented where they list parts.</summary>
internal sealed record PrismaBox(string Heading, IReadOnlyList<string> Parts);

/// <summary>A step of a flow diagram in one arm: the box in the flow, and the box of what is left out.</summary>
internal sealed record PrismaStep(PrismaBox? Flow, PrismaBox? Out);

/// <summary>An arm: its header and its steps, in the same number for each arm.</summary>
internal sealed record PrismaArm(string Header, IReadOnlyList<PrismaStep> Steps)
{
    public bool HasOut => Steps.Any(step => step.Out is not null);
}

/// <summary>What a flow diagram says, before anything has a place.</summary>
internal sealed class PrismaContent
{
    private readonly List<string> _sentences = [];

    public PrismaContent(PrismaCounts c)
    {
        IReadOnlyList<PrismaCount>[] lists = [c.Databases, c.Registers, c.ReportsExcluded, c.OtherMethods, c.OtherReportsExcluded];
        int?[] numbers =
        [
            c.Duplicates, c.RemovedByAutomation, c.RemovedOtherwise, c.Screened, c.Excluded, c.Sought, c.NotRetrieved, c.Assessed, c.OtherSought, c.OtherNotRetrieved,
            c.OtherAssessed, c.PreviousStudies, c.PreviousReports, c.NewStudies, c.NewReports, c.TotalStudies, c.TotalReports, c.StudiesInMetaAnalysis,
        ];
        var all = lists.SelectMany(list => list).Select(item => (int?)item.Count).Concat(numbers).OfType<int>().ToList();
        if (all.Count == 0)
        {
            throw new ArgumentException("A flow diagram needs counts, and there are none.");
        }

        if (all.Any(count => count < 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"A count of a flow diagram is {all.Min()}: counts are not negative."));
        }

        Arms = [.. Previous(c), Main(c), .. Other(c)];
        MainIndex = c.PreviousStudies is null && c.PreviousReports is null ? 0 : 1;
        Included = Box("Studies included in review", c.NewStudies, ("Reports of included studies", c.NewReports), ("Studies in the meta-analysis", c.StudiesInMetaAnalysis));
        if (MainIndex == 1)
        {
            Included = Box("New studies included in review", c.NewStudies, ("Reports of new included studies", c.NewReports));
            Total = Box("Total studies included in review", c.TotalStudies, ("Reports of total included studies", c.TotalReports), ("Studies in the meta-analysis", c.StudiesInMetaAnalysis));
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

    private IEnumerable<PrismaArm> Previous(PrismaCounts c) =>
        c.PreviousStudies is null && c.PreviousReports is null
            ? []
            : [new PrismaArm("Previous studies", [new(Box("Studies included in previous version of review", c.PreviousStudies, ("Reports of these studies", c.PreviousReports)), null), new(null, null), new(null, null), new(null, null)])];

    private PrismaArm Main(PrismaCounts c)
    {
        var found = c.Databases.Concat(c.Registers).ToList();
        var identified = found.Count == 0 ? null : Say("Records identified from databases and registers", found.Sum(item => item.Count), "Records identified from:",
        [
            .. Group("Databases", c.Databases), .. Group("Registers", c.Registers),
        ]);
        string[] removed = [.. Line("Duplicate records", c.Duplicates), .. Line("Marked ineligible by automation tools", c.RemovedByAutomation), .. Line("Removed for other reasons", c.RemovedOtherwise)];
        var out1 = removed.Length == 0 ? null : Say("Records removed before screening", (c.Duplicates ?? 0) + (c.RemovedByAutomation ?? 0) + (c.RemovedOtherwise ?? 0), "Records removed before screening:", removed);
        return new PrismaArm("Identification of studies via databases and registers",
        [
            new(identified, out1),
            new(Box("Records screened", c.Screened), Box("Records excluded", c.Excluded)),
            new(Box("Reports sought for retrieval", c.Sought), Box("Reports not retrieved", c.NotRetrieved)),
            new(Box("Reports assessed for eligibility", c.Assessed), Reasons(c.ReportsExcluded)),
        ]);
    }

    private IEnumerable<PrismaArm> Other(PrismaCounts c) =>
        c.OtherMethods.Count == 0 && c.OtherSought is null && c.OtherAssessed is null
            ? []
            :
            [
                new PrismaArm("Identification of studies via other methods",
                [
                    new(c.OtherMethods.Count == 0 ? null : Say("Records identified by other methods", c.OtherMethods.Sum(item => item.Count), "Records identified from:", [.. c.OtherMethods.Select(Part)]), null),
                    new(null, null),
                    new(Box("Reports sought for retrieval", c.OtherSought), Box("Reports not retrieved", c.OtherNotRetrieved)),
                    new(Box("Reports assessed for eligibility", c.OtherAssessed), Reasons(c.OtherReportsExcluded)),
                ]),
            ];

    private PrismaBox? Reasons(IReadOnlyList<PrismaCount> reasons)
    {
        var total = reasons.Sum(reason => reason.Count);
        return reasons.Count == 0 ? null : Say("Reports excluded", total, $"Reports excluded ({N(total)}):", [.. reasons.Select(Part)]);
    }

    private PrismaBox Say(string what, int count, string heading, IReadOnlyList<string> parts)
    {
        _sentences.Add(FormattableString.Invariant($"{what}: {count} ({string.Join("; ", parts)})."));
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

    /// <summary>A kind of source with its sum, and each source where they are several or the name says more.</summary>
    private static IEnumerable<string> Group(string kind, IReadOnlyList<PrismaCount> sources) =>
        sources.Count == 0 ? [] : [$"{kind} ({N(sources.Sum(source => source.Count))})", .. sources.Where(source => sources.Count > 1 || source.Name != kind).Select(source => "   " + Part(source))];

    private static string[] Line(string text, int? count) => count is { } n ? [$"{text} ({N(n)})"] : [];

    private static string Part(PrismaCount item) => $"{item.Name} ({N(item.Count)})";

    /// <summary>"n = 1,902", which no line end parts.</summary>
    private static string N(int count) => "n\u00A0=\u00A0" + count.ToString("#,0", CultureInfo.InvariantCulture);
}
