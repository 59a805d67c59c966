using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// Judgements of the risk of bias in words: a table of signs, every judgement beside what the tool's rules give, and what deserves a look.
/// </summary>
/// <example><code>
/// Console.WriteLine(RiskOfBiasReport.Of(review.Studies, new() { Tool = "rob2" }));
/// </code></example>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed record RiskOfBiasReport : Reportable
{
    private RiskOfBiasReport(RiskOfBiasTable table) => Table = table;

    /// <summary>The assessments, in the order of the studies.</summary>
    public IReadOnlyList<RiskOfBiasAssessment> Assessments => [.. Table.Rows.Select(row => row.Assessment)];

    /// <summary>What deserves a look, of all assessments.</summary>
    public IReadOnlyList<RiskOfBiasFinding> Findings => [.. Assessments.SelectMany(assessment => assessment.Findings)];

    private RiskOfBiasTable Table { get; }

    /// <summary>The judgements with one tool.</summary>
    /// <param name="studies">The studies; those without a judgement are left out.</param>
    /// <param name="tool">The tool; the only one where null.</param>
    /// <param name="outcome">The outcome whose judgements are shown, with those about the study as a whole; all where null.</param>
    /// <exception cref="ArgumentException">There is no judgement of the tool or outcome asked for, or there are several tools and none is asked for.</exception>
    public static RiskOfBiasReport Of(IReadOnlyList<Study> studies, string? tool = null, string? outcome = null)
    {
        ArgumentNullException.ThrowIfNull(studies);
        return new RiskOfBiasReport(RiskOfBiasTable.Of(studies, tool, outcome));
    }

    internal override ReportParts Parts => new(
        $"Risk of bias: {Table.Tool}",
        Blocks(),
        [],
        Grouped(isNote: true),
        Table.Rows[0].Assessment.Tool is { } tool ? [$"{tool.Name}, version {tool.Version}: {tool.Reference}.", .. tool.OverallRule is { } rule ? [$"Overall: {rule}"] : Array.Empty<string>()] : []);

    internal override Table Rows => new(
        [new("study"), new("outcome"), new("assessor"), new("domain"), new("name"), new("judgement"), new("algorithm"), new("justification"), new("score")],
        [.. Assessments.SelectMany(assessed => assessed.Domains.Append(assessed.Overall).Select(domain => (string[])
        [
            assessed.StudyId, assessed.Given.Outcome ?? "", assessed.Given.Assessor ?? "", domain.Code, domain.Name, domain.Judgement ?? "", domain.Algorithm ?? "", domain.Justification ?? "",
            ReferenceEquals(domain, assessed.Overall) ? assessed.Score ?? "" : "",
        ]))]);

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("tool", Table.Tool);
        writer.WriteStartArray("assessments");
        foreach (var assessed in Assessments)
        {
            WriteAssessment(writer, assessed);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private IEnumerable<Block> Blocks()
    {
        var hasScore = Assessments.Any(assessed => assessed.Score is not null);
        yield return new TableBlock(new Table(
            [new("Study"), .. Table.Columns.Select(column => new TableColumn(column)), .. hasScore ? [new TableColumn("Score")] : Array.Empty<TableColumn>()],
            [.. Table.Rows.Select(row => (string[])[row.Label, .. Table.Columns.Select((_, column) => Sign(row, column)), .. hasScore ? [row.Assessment.Score ?? ""] : Array.Empty<string>()])]));
        var isProposed = Assessments.Any(assessed => assessed.Domains.Append(assessed.Overall).Any(domain => domain is { Judgement: null, Algorithm: not null }));
        var isOther = Assessments.Any(assessed => assessed.Domains.Append(assessed.Overall).Any(domain => domain.Differs));
        yield return new Paragraph(string.Join(", ", Table.Legend.Select(entry => $"{Symbol(entry.Level)} {LowerFirst(entry.Name)}"))
            + (isProposed ? "; in brackets what the tool's rules propose where nobody judged" : "") + (isOther ? "; * judged otherwise than by the rules" : "") + ".");
        foreach (var list in Bullets.Of(("Columns", Table.Domains.Where(column => column.Name is not null).Select(column => $"{column.Heading}: {column.Name}"))).Concat(Remarks))
        {
            yield return list;
        }
    }

    /// <summary>Where people judged otherwise than the rules, with and without a reason, and what else deserves a look.</summary>
    internal IEnumerable<Block> Remarks => Bullets.Of(
        ("Judged otherwise than by the rules, with the reason", Assessments.SelectMany(Reasons)),
        ("Worth a correction or a reason", Grouped(isNote: false)));

    /// <summary>The findings, those that say the same of several studies in one line.</summary>
    private IEnumerable<string> Grouped(bool isNote)
    {
        const int Named = 5;
        return Findings.Where(finding => finding.Severity == IntegritySeverity.Note == isNote).GroupBy(finding => finding.What, StringComparer.Ordinal).Select(group =>
        {
            var studies = group.Select(finding => finding.Study).Distinct(StringComparer.Ordinal).ToList();
            var names = string.Join(", ", studies.Take(Named)) + (studies.Count > Named ? FormattableString.Invariant($" and {studies.Count - Named} more") : "");
            return $"{names}: {group.Key}";
        });
    }

    private static IEnumerable<string> Reasons(RiskOfBiasAssessment assessed) => assessed.Domains.Append(assessed.Overall)
        .Where(domain => domain.Differs && !string.IsNullOrWhiteSpace(domain.Justification))
        .Select(domain => $"{assessed.Study}, {domain.Code}: {domain.Judgement} in place of {domain.Algorithm}: {domain.Justification}");

    private string Sign(RiskRow row, int column)
    {
        var level = Table.Level(row, column);
        var domain = column == Table.Domains.Count ? row.Assessment.Overall : row.Assessment.Domains.FirstOrDefault(found => found.Code == Table.Domains[column].Heading);
        return level == RiskLevel.None ? "" : domain is { Judgement: null } ? $"({Symbol(level)})" : $"{Symbol(level)}{(domain is { Differs: true } ? "*" : "")}";
    }

    /// <summary>The symbols of the field's traffic lights.</summary>
    private static string Symbol(RiskLevel level) => level switch
    {
        RiskLevel.Low => "+",
        RiskLevel.Some => "-",
        RiskLevel.High => "x",
        RiskLevel.Critical => "!",
        RiskLevel.Unclear => "?",
        _ => "",
    };

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static void WriteAssessment(Utf8JsonWriter writer, RiskOfBiasAssessment assessed)
    {
        writer.WriteStartObject();
        writer.WriteString("study", assessed.StudyId);
        writer.WriteString("label", assessed.Study);
        writer.WriteString("tool", assessed.Given.Tool);
        writer.WriteString("outcome", assessed.Given.Outcome);
        writer.WriteString("assessor", assessed.Given.Assessor);
        writer.WriteStartArray("domains");
        foreach (var domain in assessed.Domains)
        {
            WriteDomain(writer, domain);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("overall");
        WriteDomain(writer, assessed.Overall);
        writer.WriteString("score", assessed.Score);
        writer.WriteStartArray("findings");
        foreach (var finding in assessed.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            writer.WriteString("sentence", finding.Sentence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDomain(Utf8JsonWriter writer, AssessedDomain domain)
    {
        writer.WriteStartObject();
        writer.WriteString("domain", domain.Code);
        writer.WriteString("judgement", domain.Judgement);
        writer.WriteString("algorithm", domain.Algorithm);
        writer.WriteString("justification", domain.Justification);
        writer.WriteString("level", domain.Level.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }
}
