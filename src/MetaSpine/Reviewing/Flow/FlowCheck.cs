using System.Globalization;

namespace MetaSpine;

/// <summary>Holds the counts of a flow diagram against the fifteen rules.</summary>
internal static class FlowCheck
{
    /// <summary>What became of each rule, in their order.</summary>
    public static ValueList<FlowFinding> Run(PrismaCounts counts)
    {
        var identities = FlowIdentity.Of(counts).ToDictionary(identity => identity.Rule);
        return FlowRule.All.Select(rule => Finding(rule, counts, identities)).Select(finding => Explained(finding, identities, counts)).ToValueList();
    }

    /// <summary>How many of the rules by which counts give another are broken.</summary>
    internal static int Broken(PrismaCounts counts)
    {
        var identities = FlowIdentity.Of(counts).ToDictionary(identity => identity.Rule);
        return identities.Keys.Count(rule => Finding(rule, counts, identities).Verdict == FlowVerdict.Error);
    }

    private static FlowFinding Explained(FlowFinding finding, Dictionary<FlowRule, FlowIdentity> identities, PrismaCounts counts) =>
        finding.Verdict == FlowVerdict.Error && identities.TryGetValue(finding.Rule, out var identity) && identity.IsKnown && FlowExplanation.Of(identity, counts) is { } explanation
            ? finding with { Sentence = $"{finding.Sentence} {explanation}" } : finding;

    /// <summary>"1,902".</summary>
    internal static string N(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static FlowFinding Finding(FlowRule rule, PrismaCounts c, Dictionary<FlowRule, FlowIdentity> identities)
    {
        if (rule == FlowRule.NewReports)
        {
            return NewReports(identities[rule], c);
        }

        return identities.TryGetValue(rule, out var identity) ? Equality(identity, c)
            : rule == FlowRule.Left ? AtMost(rule, "reports excluded", FlowIdentity.Total(c.ReportsExcluded), "reports assessed", c.Assessed, c.PositionOf("dbr_excluded"))
            : rule == FlowRule.OtherLeft ? AtMost(rule, "reports from other methods excluded", FlowIdentity.Total(c.OtherReportsExcluded), "reports from other methods assessed", c.OtherAssessed, c.PositionOf("other_excluded"))
            : rule == FlowRule.OtherSought ? OtherSought(c)
            : rule == FlowRule.StudyReports ? StudyReports(c)
            : rule == FlowRule.MetaAnalysis ? MetaAnalysis(c)
            : Counts(c);
    }

    private static FlowFinding Equality(FlowIdentity identity, PrismaCounts counts)
    {
        var (rule, result) = (identity.Rule, identity.Result);
        if (!identity.IsKnown)
        {
            return NotGiven(rule, result.Value is null ? result.Name : identity.Terms[0].Name);
        }

        var finding = new FlowFinding(rule, FlowVerdict.Holds, $"{Sum(identity)} {N(identity.Expected)}, the number of {result.Name}.")
        {
            Expected = identity.Expected, Found = result.Value, Position = counts.PositionOf(result.Field!.Key),
        };
        if (identity.Holds)
        {
            return finding;
        }

        var sentence = $"{Sum(identity)} {N(identity.Expected)}, but {N(result.Value!.Value)} {result.Name} are given, {N(Math.Abs(identity.Difference))} {(identity.Difference > 0 ? "more" : "fewer")}.";
        if (identity.Missing is { } missing)
        {
            return finding with { Verdict = FlowVerdict.Note, Sentence = $"{sentence} The difference would be {missing.Name}, of which no count is given." };
        }

        if (rule == FlowRule.TotalStudies || rule == FlowRule.TotalReports)
        {
            if (result.Value == 0)
            {
                return finding with { Verdict = FlowVerdict.Note, Sentence = $"{sentence} The total seems not to have been filled in." };
            }

            if (identity.Terms[1] is { Value: null } previous && identity.Difference > 0)
            {
                return finding with { Verdict = FlowVerdict.Warning, Sentence = $"{sentence} The difference would be {previous.Name}, of which no count is given." };
            }
        }

        return finding with { Verdict = FlowVerdict.Error, Sentence = sentence };
    }

    /// <summary>Many authors count studies where reports belong: where the studies balance and no reports are given, that is a note.</summary>
    private static FlowFinding NewReports(FlowIdentity identity, PrismaCounts c)
    {
        if (c.NewReports > 0 || c.NewStudies is not > 0 || identity.Terms[0].Value is null)
        {
            return Equality(identity, c);
        }

        var (left, studies) = (identity.Expected, (long)c.NewStudies.Value);
        var finding = new FlowFinding(
            identity.Rule, FlowVerdict.Note,
            studies == left
                ? $"{Sum(identity)} {N(left)}, which is the number of new studies; their reports are {(c.NewReports is null ? "not given" : "given as 0")}. If each study has one report, write {N(left)} for both."
                : $"{Sum(identity)} {N(left)}, and {N(studies)} new studies are included; their reports are {(c.NewReports is null ? "not given" : "given as 0")}.")
        {
            Expected = left, Found = c.NewReports, Position = c.PositionOf("new_reports"),
        };
        return studies <= left ? finding : identity with { Result = new("new studies included", studies) { Field = PrismaField.Find("new_studies") } } is var asStudies && asStudies.Missing is null
            ? Equality(asStudies, c)
            : finding;
    }

    private static FlowFinding OtherSought(PrismaCounts c)
    {
        (string Name, int? Value)[] sources = [("websites", c.WebsiteRecords), ("organisations", c.OrganisationRecords), ("citation searching", c.CitationRecords)];
        if (c.OtherSought is not { } sought || Array.TrueForAll(sources, source => source.Value is null))
        {
            return NotGiven(FlowRule.OtherSought, c.OtherSought is null ? "reports from other methods sought for retrieval" : "records from other methods");
        }

        var found = sources.Sum(source => (long)(source.Value ?? 0));
        var finding = new FlowFinding(FlowRule.OtherSought, FlowVerdict.Holds, $"All {N(found)} records from other methods were sought as reports.")
        {
            Expected = found, Found = sought, Position = c.PositionOf("other_sought_reports"),
        };
        return sought == found ? finding : sought < found
            ? finding with
            {
                Verdict = FlowVerdict.Warning,
                Sentence = $"{N(found)} records from other methods, but only {N(sought)} reports sought: {N(found - sought)} must have been screened out, for which the diagram has no box; the text should say so.",
            }
            : finding with { Verdict = FlowVerdict.Error, Sentence = $"{N(sought)} reports from other methods sought, but only {N(found)} records found ({string.Join(", ", sources.Where(source => source.Value > 0).Select(source => $"{source.Name} {N(source.Value!.Value)}"))}): {N(sought - found)} too many." };
    }

    private static FlowFinding StudyReports(PrismaCounts c) =>
        c is { NewReports: 0, NewStudies: > 0 } ? NotGiven(FlowRule.StudyReports, "reports of new included studies (they are 0)")
        : AtMost(FlowRule.StudyReports, "new studies", c.NewStudies, "reports of new studies", c.NewReports, c.PositionOf("new_reports"));

    private static FlowFinding MetaAnalysis(PrismaCounts c)
    {
        static long? Included(int? total, int? previous, int? added) => total > 0 ? total : added is null ? null : (long)added + (previous ?? 0);

        var studies = AtMost(
            FlowRule.MetaAnalysis, "studies in the meta-analysis", c.StudiesInMetaAnalysis, "studies in the review", Included(c.TotalStudies, c.PreviousStudies, c.NewStudies), c.PositionOf("total_studies_ma"));
        var reports = AtMost(
            FlowRule.MetaAnalysis, "reports in the meta-analysis", c.ReportsInMetaAnalysis, "reports in the review", Included(c.TotalReports, c.PreviousReports, c.NewReports is 0 ? null : c.NewReports), c.PositionOf("total_reports_ma"));
        FlowFinding[] both = [studies, reports];
        return Array.Find(both, finding => finding.Verdict == FlowVerdict.Error) ?? Array.Find(both, finding => finding.Verdict == FlowVerdict.Holds) ?? studies;
    }

    private static FlowFinding Counts(PrismaCounts c)
    {
        var negative = PrismaField.All.Where(field => field.Number?.Invoke(c) < 0 || field.Items?.Invoke(c).Any(item => item.Count < 0) == true).ToList();
        return negative.Count == 0
            ? new(FlowRule.Counts, FlowVerdict.Holds, "Every count that is given is a whole number and not negative.")
            : new(FlowRule.Counts, FlowVerdict.Error, $"A count is negative: {string.Join(", ", negative.Select(field => field.Name))}.") { Position = c.PositionOf(negative[0].Key) };
    }

    /// <summary>A rule that one count is no larger than another.</summary>
    private static FlowFinding AtMost(FlowRule rule, string name, long? found, string limitName, long? limit, SourcePosition position)
    {
        if (found is not { } count || limit is not { } most)
        {
            return NotGiven(rule, found is null ? name : limitName);
        }

        return new(rule, count <= most ? FlowVerdict.Holds : FlowVerdict.Error, count <= most ? $"{N(count)} {name}, of {N(most)} {limitName}." : $"{N(count)} {name}, but only {N(most)} {limitName}: {N(count - most)} too many.")
        {
            Expected = most, Found = count, Position = position,
        };
    }

    private static FlowFinding NotGiven(FlowRule rule, string name) => new(rule, FlowVerdict.NotChecked, $"Not checked: no count of {name}.");

    /// <summary>"records screened (1,873) less records excluded (1,840) are"; counts that are 0 or not given are left out.</summary>
    private static string Sum(FlowIdentity identity)
    {
        var text = "";
        foreach (var (index, term) in identity.Terms.Index())
        {
            if (term.Value is { } value && (value != 0 || index == 0))
            {
                text += $"{(text.Length == 0 ? "" : term.Sign < 0 ? " less " : " and ")}{term.Name} ({N(value)})";
            }
        }

        return Capital(text) + " give";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
