using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// The page that asks whether a pooled result holds: without each study, without influential ones, as studies were added up, in all subsets, with outliers
/// allowed for; with less weight on small studies or corrected for them; under selection for publication; how much it would take to change it; and under other
/// choices of the analysis. Text, Markdown, HTML, JSON and CSV come as for every result.
/// </summary>
/// <example><code>
/// Console.WriteLine(SensitivityReport.Of(result));
/// </code></example>
public sealed partial record SensitivityReport
{
    private readonly bool _allTables;

    private SensitivityReport(SensitivityQuestion question, IReadOnlyList<SensitivityFinding> findings)
    {
        var options = question.Options;
        (Model, Title, Findings, _allTables) = (question.Model, options.Title, findings, options.AllTables || options.Only.Count > 0);
        Twin = findings.Any(finding => finding.IsByInverseVariance) ? question.Pooled : null;
    }

    /// <summary>The result that is questioned.</summary>
    public IPooledEffect Model { get; }

    /// <summary>What the analysis is called; null where it has no name.</summary>
    public string? Title { get; }

    /// <summary>The same studies pooled by inverse variance, where another model is questioned and something is asked of them; else null.</summary>
    internal PooledResult? Twin { get; }

    /// <summary>What each way of questioning it found, in the order of the page.</summary>
    public IReadOnlyList<SensitivityFinding> Findings { get; }

    /// <summary>Questions a result in every way that there is.</summary>
    /// <param name="result">A pooled result. Of Mantel-Haenszel's, Peto's and mixed models for counts studies are left out and added up; what is defined for inverse variances only is asked of the same studies pooled so, and marked.</param>
    /// <param name="options">How; <see cref="SensitivityOptions.Default"/> where null.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The page. What makes no sense for the result, or needs more studies, is on it with the reason.</returns>
    /// <exception cref="ArgumentException">An option is out of range, a study lacks the column or the cluster that is given, or studies are to be added up by a size that is not known.</exception>
    public static SensitivityReport Of(IPooledEffect result, SensitivityOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        options = (options ?? SensitivityOptions.Default).Validated();
        var question = new SensitivityQuestion(result, options, cancellation);
        var findings = new List<SensitivityFinding>();
        SensitivitySection[] sections = [.. SensitivitySection.All.Where(section => section.Belongs(question) && options.Asks(section.Name))];
        foreach (var section in sections)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.Add(section.Find(question));
            progress?.Report((double)findings.Count / sections.Length);
        }

        return new SensitivityReport(question, findings);
    }

    private ReportParts Page()
    {
        var name = Model.Natural.Name;
        List<Block> blocks = [new Paragraph($"With {(Model.StudyCount == 1 ? "the one study" : $"all {PooledCount.Of(Model)}")} the {name} is {SensitivityText.Estimate(Model, Model.Estimate, Model.Interval)}.")];
        blocks.AddRange(AboutTwin());
        blocks.AddRange(Bullets.Of(
            ("What holds", Verdicts(true)),
            ("What does not hold, or deserves a look", Verdicts(false)),
            ("What it would take to change it", Verdicts(null)),
            ("What cannot be asked here", Problems(Findings))));
        foreach (var group in Findings.Where(finding => finding.Result is not null).GroupBy(finding => finding.Group, StringComparer.Ordinal))
        {
            blocks.Add(new Heading(group.Key, 3));
            foreach (var finding in group)
            {
                var parts = finding.Result!.Parts;
                blocks.Add(new Heading(finding.Title + finding.Mark, 4));
                blocks.AddRange(finding.IsBrief && !_allTables ? parts.Findings.OfType<Paragraph>() : parts.Findings);
                blocks.AddRange(Bullets.Of(("Notes", parts.Notes.Distinct())));
            }
        }

        return new ReportParts(
            Title is null ? $"sensitivity of the {name}" : $"{Title}: sensitivity of the {name}", blocks, ModelText.LeftOut(Model.Excluded), [],
            SensitivityText.Sources(Model).Concat(Findings.SelectMany(finding => finding.Result?.Parts.Sources ?? [])));

        IEnumerable<string> Verdicts(bool? holds) => Findings.Where(finding => finding.Holds == holds && finding.Verdict is not null).Select(finding => finding.Verdict + finding.Mark);
    }

    /// <summary>What the mark means, where something is marked.</summary>
    internal IEnumerable<Block> AboutTwin() => Twin is { ModelDetail: var detail }
        ?
        [
            new Paragraph($"What is marked * is defined for pooling by inverse variance only, and asked of the same studies pooled so ({Twin.ModelName.ToLowerInvariant()}"
                + $"{(detail.Length == 0 ? "" : $", {detail}")}): {SensitivityText.Estimate(Model, Twin.Estimate, Twin.Interval)}."),
        ]
        : [];

    /// <summary>What cannot be asked, with the reason; questions that share one stand together.</summary>
    internal static IEnumerable<string> Problems(IEnumerable<SensitivityFinding> findings) =>
        findings.Where(finding => finding.Problem is not null).GroupBy(finding => finding.Problem!, StringComparer.Ordinal).Select(group =>
        {
            var titles = string.Join("; ", group.Select(finding => finding.Title)).Replace("?;", "?", StringComparison.Ordinal);
            return titles.EndsWith('?') ? $"{titles} {PooledReport.Capital(group.Key)}" : $"{titles}: {group.Key}";
        });

    /// <summary>The rows of all results, a number a row.</summary>
    private Table Long()
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var finding in Findings)
        {
            if (finding.Result?.Rows is not { } table)
            {
                continue;
            }

            foreach (var row in table.Rows)
            {
                for (var column = 1; column < row.Count; column++)
                {
                    if (row[column].Length > 0)
                    {
                        rows.Add([finding.Name, row[0], table.Columns[column].Heading, row[column]]);
                    }
                }
            }
        }

        return new Table([new("finding"), new("row"), new("quantity"), new("value")], rows);
    }

    private void WriteObject(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", Model.Effects.Measure.Code);
        writer.WriteString("title", Title);
        writer.WriteNumber(Model is MultilevelPooledResult ? "effectCount" : "studyCount", Model.StudyCount);
        writer.WriteFinite("estimate", Model.Estimate);
        ResultJson.Interval(writer, "interval", Model.Interval);
        ResultJson.Natural(writer, Model.Natural);
        writer.WriteStartArray("findings");
        foreach (var finding in Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("name", finding.Name);
            writer.WriteString("title", finding.Title);
            writer.WriteString("group", finding.Group);
            if (finding.Holds is { } holds)
            {
                writer.WriteBoolean("holds", holds);
            }
            else
            {
                writer.WriteNull("holds");
            }

            writer.WriteString("verdict", finding.Verdict);
            if (finding.IsByInverseVariance)
            {
                writer.WriteBoolean("isByInverseVariance", true);
            }

            writer.WriteString("problem", finding.Problem);
            if (finding.Result is { } result)
            {
                writer.WritePropertyName("result");
                result.Write(writer);
            }
            else
            {
                writer.WriteNull("result");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>What one way of questioning a result found.</summary>
/// <param name="Name">Its name for programs: "leave-one-out".</param>
/// <param name="Title">Its heading: "Without each study".</param>
/// <param name="Holds">Whether the result holds; null where that cannot be said.</param>
/// <param name="Verdict">The same in a sentence; or, where <paramref name="Holds"/> is null, how much it would take to change the result. Null where nothing short can be said.</param>
/// <param name="Result">The numbers; null where there is a problem.</param>
/// <param name="Problem">Why there are no numbers; null where there are.</param>
public sealed record SensitivityFinding(string Name, string Title, bool? Holds, string? Verdict, Reportable? Result, string? Problem)
{
    /// <summary>Under what the page puts it: "Small studies".</summary>
    public string Group { get; init; } = "";

    /// <summary>Whether it was asked of the same studies pooled by inverse variance, as it is not defined for the model of the result.</summary>
    public bool IsByInverseVariance { get; init; }

    /// <summary>What stands after its sentence where it was.</summary>
    internal string Mark => IsByInverseVariance ? " *" : "";

    /// <summary>Whether the page has its sentences only, unless all tables are asked for.</summary>
    internal bool IsBrief { get; init; }
}

/// <summary>How a result is questioned.</summary>
public sealed record SensitivityOptions
{
    /// <summary>The defaults.</summary>
    public static SensitivityOptions Default { get; } = new();

    /// <summary>What the analysis is called, for the heading. <value>Default: no name.</value></summary>
    public string? Title { get; init; }

    /// <summary>The order in which studies are added up. <value>Default: the most precise first, so that a drift shows what small studies add.</value></summary>
    public StudyOrder Order { get; init; } = StudyOrder.Precision;

    /// <summary>A column that orders them instead: a year, a date, any number or text of each effect size; the smallest first. <value>Default null: by <see cref="Order"/>.</value></summary>
    public Predictor? Column { get; init; }

    /// <summary>The cluster of each effect size (team, country, design), each of which is left out in turn. <value>Default null: none.</value></summary>
    public IReadOnlyList<string>? Clusters { get; init; }

    /// <summary>The correlation that sampling errors within <see cref="Clusters"/> are assumed to have; the page tries others. <value>Default null: none is assumed.</value></summary>
    public double? Rho { get; init; }

    /// <summary>A meta-regression of the same studies, to be questioned too. <value>Default null: none.</value></summary>
    public RegressionResult? Regression { get; init; }

    /// <summary>So many subsets are pooled: all of them where they are not more (15 studies), else random ones. <value>Default 2^15.</value></summary>
    public int Subsets { get; init; } = 1 << 15;

    /// <summary>
    /// The smallest effect that matters, on the scale that people read: a risk ratio of 0.8. Equivalence, the probability that a new study's effect is larger, and the
    /// trial sequential analysis need it; the multiverse counts who is beyond it. <value>Default null: these are not asked.</value>
    /// </summary>
    public double? SmallestEffect { get; init; }

    /// <summary>The choices of the multiverse. <value>Default null: those that the result leaves open, <see cref="MultiverseOptions.For(IPooledEffect)"/>.</value></summary>
    public MultiverseOptions? Multiverse { get; init; }

    /// <summary>Whether the page has every table; without, long ones are left to JSON, CSV and the results themselves. <value>Default false.</value></summary>
    public bool AllTables { get; init; }

    /// <summary>The names of the findings that are wanted (leave-one-out, multiverse), each with every table. <value>Default empty: all.</value></summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>What belongs to an analysis of a review or a table: its title, its clusters and its meta-regression.</summary>
    /// <param name="analysis">The analysis.</param>
    public static SensitivityOptions For(AnalysisResult analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return new SensitivityOptions
        {
            Title = analysis.Title,
            Clusters = analysis.Analysis.Cluster is { } cluster ? [.. analysis.Categories(cluster).Select(name => name ?? "")] : null,
            Rho = analysis.Multilevel is null ? null : analysis.Analysis.Rho,
            Regression = analysis.Regression,
            Multiverse = analysis.IsPooled ? MultiverseOptions.For(analysis) : null,
        };
    }

    internal bool Asks(string name) => Only.Count == 0 || Only.Contains(name, StringComparer.OrdinalIgnoreCase);

    internal SensitivityOptions Validated()
    {
        if (Subsets < 1 || !Enum.IsDefined(Order))
        {
            throw new ArgumentException(FormattableString.Invariant($"At least 1 subset is pooled, and studies are added up in an order that there is; the options say {Subsets} and {Order}."));
        }

        string[] known = [.. SensitivitySection.All.Select(section => section.Name)];
        return Only.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw new ArgumentException($"The page has no finding '{unknown}'{NearestName.Ending(unknown, known)}")
            : this;
    }
}
