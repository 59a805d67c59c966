using System.Text.Json;

namespace MetaSpine;

/// <summary>A flow diagram and its rules in words, as a table and as JSON.</summary>
internal static class FlowReport
{
    public static ReportParts Parts(PrismaFlow flow) => new(
        "PRISMA 2020 flow diagram",
        Findings(flow, withDiagram: true),
        [],
        flow.Notes.Select(note => $"{PooledReport.Capital(note)}."),
        ["Layout and rules: PRISMA 2020; Page et al. 2021, BMJ 372:n71, doi:10.1136/bmj.n71."]);

    public static IEnumerable<Block> Findings(PrismaFlow flow, bool withDiagram)
    {
        if (withDiagram && HasCounts(flow.Counts))
        {
            yield return new FlowDiagram(new PrismaContent(flow.Counts), PrismaFlowPlot.Draw(flow.Counts));
        }

        yield return new Paragraph(Summary(flow));
        foreach (var block in Bullets.Of(
            ("Counts that contradict each other", Sentences(flow, FlowVerdict.Error)), ("To be looked at", Sentences(flow, FlowVerdict.Warning)), ("To be known", Sentences(flow, FlowVerdict.Note)),
            ("Counts that differ from references or decisions", flow.Differences.Select(difference => $"{PooledReport.Capital(difference)}."))))
        {
            yield return block;
        }

        if (flow.Findings.Any(finding => finding.Verdict != FlowVerdict.NotChecked))
        {
            yield return new TableBlock(Checked(flow));
        }
    }

    public static Table Exact(PrismaFlow flow) => new(
        [new("rule"), new("name"), new("verdict"), new("expected"), new("found"), new("difference"), new("sentence")],
        [.. flow.Findings.Select(finding => (string[])
        [
            finding.Rule.Code, finding.Rule.Name, Word(finding.Verdict), Readable.Exact(finding.Expected), Readable.Exact(finding.Found), Readable.Exact(finding.Difference), finding.Sentence,
        ])]);

    public static void Write(Utf8JsonWriter writer, PrismaFlow flow)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("counts");
        foreach (var field in PrismaField.All)
        {
            if (field.Number?.Invoke(flow.Counts) is { } number)
            {
                writer.WriteNumber(field.Key, number);
            }
            else if (field.Items?.Invoke(flow.Counts) is { Count: > 0 } items)
            {
                writer.WriteStartArray(field.Key);
                foreach (var item in items)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", item.Name);
                    writer.WriteNumber("count", item.Count);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }
        }

        writer.WriteEndObject();
        writer.WriteBoolean("consistent", flow.IsConsistent);
        writer.WriteStartArray("rules");
        foreach (var finding in flow.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", finding.Rule.Code);
            writer.WriteString("name", finding.Rule.Name);
            writer.WriteString("statement", finding.Rule.Statement);
            writer.WriteString("verdict", Word(finding.Verdict));
            writer.WriteFinite("expected", finding.Expected);
            writer.WriteFinite("found", finding.Found);
            writer.WriteFinite("difference", finding.Difference);
            writer.WriteString("sentence", finding.Sentence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Write(writer, "notes", flow.Notes);
        ResultJson.Write(writer, "differences", flow.Differences);
        writer.WriteEndObject();
    }

    internal static bool HasCounts(PrismaCounts counts) =>
        PrismaField.All.Any(field => field.Number?.Invoke(counts) is not null || field.Items?.Invoke(counts).Count > 0) && PrismaFlow.Check(counts)["P15"].Verdict == FlowVerdict.Holds;

    private static string Summary(PrismaFlow flow)
    {
        int Count(FlowVerdict verdict) => flow.Findings.Count(finding => finding.Verdict == verdict);
        var (broken, unchecked_) = (Count(FlowVerdict.Error), Count(FlowVerdict.NotChecked));
        var rules = FlowRule.All.Count - unchecked_;
        return (rules < 2 && broken == 0 ? "There are no counts that a rule could hold between."
            : broken == 0 ? FormattableString.Invariant($"No rule is broken: {rules} of {FlowRule.All.Count} could be checked{(unchecked_ == 0 ? "" : ", for the others counts are missing")}.")
            : FormattableString.Invariant($"Of the {rules} rules that could be checked, {broken} {(broken == 1 ? "is" : "are")} broken. That means that the diagram disagrees with itself, not that anyone erred."))
            + (flow.Differences.Count == 0 ? "" : FormattableString.Invariant($" {flow.Differences.Count} given {(flow.Differences.Count == 1 ? "count differs" : "counts differ")} from the references or decisions."));
    }

    private static Table Checked(PrismaFlow flow) => new(
        [new("Rule"), new("Expected", Alignment.Right), new("Found", Alignment.Right), new("Difference", Alignment.Right), new("Verdict")],
        [.. flow.Findings.Where(finding => finding.Verdict != FlowVerdict.NotChecked).Select(finding => (string[])
        [
            $"{finding.Rule.Code} {finding.Rule.Name.Replace('-', ' ')}",
            finding.Expected is { } expected ? (IsLimit(finding.Rule) ? "at most " : "") + FlowCheck.N(expected) : "",
            finding.Found is { } found ? FlowCheck.N(found) : "",
            finding.Difference is { } difference && !(IsLimit(finding.Rule) && difference <= 0) ? (difference > 0 ? "+" : "") + FlowCheck.N(difference) : "",
            Word(finding.Verdict),
        ])]);

    private static bool IsLimit(FlowRule rule) =>
        rule == FlowRule.Left || rule == FlowRule.OtherLeft || rule == FlowRule.StudyReports || rule == FlowRule.MetaAnalysis;

    private static IEnumerable<string> Sentences(PrismaFlow flow, FlowVerdict verdict) =>
        flow.Findings.Where(finding => finding.Verdict == verdict).Select(finding => $"{finding.Rule.Code}: {finding.Sentence}");

    private static string Word(FlowVerdict verdict) => verdict switch
    {
        FlowVerdict.Holds => "holds", FlowVerdict.NotChecked => "not checked", FlowVerdict.Note => "note", FlowVerdict.Warning => "warning", _ => "broken",
    };
}
