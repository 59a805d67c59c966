namespace MetaSpine;

/// <summary>
/// A flow diagram and whether its counts can be right: the rules that must hold between the boxes of PRISMA 2020 (Page et al. 2021, BMJ 372:n71,
/// doi:10.1136/bmj.n71). A finding means that a diagram disagrees with itself, not that anyone erred.
/// </summary>
public sealed partial record PrismaFlow
{
    /// <summary>The counts.</summary>
    public required PrismaCounts Counts { get; init; }

    /// <summary>What became of each of the fifteen rules, in their order.</summary>
    public required ValueList<FlowFinding> Findings { get; init; }

    /// <summary>Where counts come from that were not given, such as "records screened: 1,918, from the decisions on titles and abstracts".</summary>
    public ValueList<string> Notes { get; init; } = [];

    /// <summary>Where counts that were given differ from those of the references and decisions; the given ones stand.</summary>
    public ValueList<string> Differences { get; init; } = [];

    /// <summary>Whether no rule is broken and no count differs from its source; warnings and notes do not count.</summary>
    public bool IsConsistent => Differences.Count == 0 && Findings.All(finding => finding.Verdict != FlowVerdict.Error);

    /// <summary>What should be looked at: errors, warnings and notes.</summary>
    public IEnumerable<FlowFinding> Problems => Findings.Where(finding => finding.Verdict >= FlowVerdict.Note);

    /// <summary>What became of one rule.</summary>
    /// <param name="code">Its number, <c>P4</c>, or its name, <c>sought</c>.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public FlowFinding this[string code] => Findings.FirstOrDefault(finding => string.Equals(finding.Rule.Code, code, StringComparison.OrdinalIgnoreCase) || finding.Rule.Name == code)
        ?? throw new ArgumentException($"There is no rule '{code}'{NearestName.Ending(code, [.. FlowRule.All.Select(rule => rule.Code)])}", nameof(code));

    /// <summary>Holds counts against the rules.</summary>
    /// <param name="counts">The counts, from a review file, from <see cref="PrismaTemplate"/> or made in code.</param>
    /// <example><code>
    /// var flow = PrismaFlow.Check(new() { Screened = 1873, Excluded = 1840, Sought = 35 });
    /// flow["P4"].Difference   // 2
    /// </code></example>
    public static PrismaFlow Check(PrismaCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new() { Counts = counts, Findings = FlowCheck.Run(counts) };
    }

    /// <summary>The flow of a review: its counts, and what they do not say from its searches and its decisions.</summary>
    /// <param name="review">The review.</param>
    /// <param name="references">The records that the searches found, before duplicates were removed; in place of the counts of the searches.</param>
    /// <exception cref="ArgumentException">A reviewer decided differently on a record at one step.</exception>
    public static PrismaFlow Of(Review review, IEnumerable<Reference>? references = null)
    {
        ArgumentNullException.ThrowIfNull(review);
        return Fill(review.Flow ?? new(), references, review.Screening.Count > 0 ? Screening.Of(review.Screening) : null, review.Searches);
    }

    /// <summary>Fills in what the references and the decisions tell and the counts do not, and holds all against the rules.</summary>
    /// <param name="given">The counts that are given; they stand, and <see cref="Differences"/> says where others would follow.</param>
    /// <param name="references">The records that the searches found, before duplicates were removed; they are counted by database, else by file.</param>
    /// <param name="screening">The decisions, brought together.</param>
    /// <example><code>
    /// var flow = PrismaFlow.Fill(new() { Duplicates = 29 }, screening: Screening.Of(decisions));
    /// </code></example>
    public static PrismaFlow Fill(PrismaCounts given, IEnumerable<Reference>? references = null, ScreeningResult? screening = null) => Fill(given, references, screening, []);

    private static PrismaFlow Fill(PrismaCounts given, IEnumerable<Reference>? references, ScreeningResult? screening, ValueList<LiteratureSearch> searches)
    {
        ArgumentNullException.ThrowIfNull(given);
        var filling = new FlowFilling(given);
        if (references is not null)
        {
            filling.From(references);
        }
        else
        {
            filling.From(searches);
        }

        if (screening is not null)
        {
            filling.From(screening);
        }

        return Check(filling.Counts) with { Notes = filling.Notes.ToValueList(), Differences = filling.Differences.ToValueList() };
    }
}
