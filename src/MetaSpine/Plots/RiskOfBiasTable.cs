namespace MetaSpine;

/// <summary>The judgements of one tool as a table: a row for each judged study or result, a column for each domain or item, and the overall judgement.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Domains">The columns but for the overall judgement: in the tool's order, or in that of their first appearance where the tool is not known.</param>
/// <param name="Rows">The judgements.</param>
/// <param name="HasOverall">Whether any row has an overall judgement.</param>
internal sealed record RiskOfBiasTable(string Tool, IReadOnlyList<RiskColumn> Domains, IReadOnlyList<RiskRow> Rows, bool HasOverall)
{
    /// <exception cref="ArgumentException">There is no judgement, none with the tool or for the outcome asked for, or there are several tools and none is asked for.</exception>
    public static RiskOfBiasTable Of(IReadOnlyList<Study> studies, string? tool, string? outcome)
    {
        var all = studies.SelectMany(study => study.RiskOfBias.Select(judged => (Study: study, Judged: judged))).ToList();
        var tools = all.Select(item => item.Judged.Tool).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (tools.Count == 0)
        {
            throw new ArgumentException("No study has a judgement of its risk of bias: give it under 'risk_of_bias' in the study file.", nameof(studies));
        }

        if (tool is null && tools.Count > 1)
        {
            throw new ArgumentException($"The studies are judged with several tools ({string.Join(", ", tools)}), which ask different things: name one.", nameof(tool));
        }

        if (tool is not null && !tools.Contains(tool, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"No study is judged with '{tool}'{NearestName.Hint(tool, tools)}", nameof(tool));
        }

        var outcomes = all.Select(item => item.Judged.Outcome).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (outcome is not null && !outcomes.Contains(outcome, StringComparer.Ordinal))
        {
            throw new ArgumentException($"No judgement is about the outcome '{outcome}'{NearestName.Hint(outcome, outcomes)}", nameof(outcome));
        }

        // A judgement without an outcome is about the study as a whole, and so about every outcome.
        var kept = all.Where(item => string.Equals(item.Judged.Tool, tool ?? tools[0], StringComparison.OrdinalIgnoreCase)
            && (outcome is null || item.Judged.Outcome is null || item.Judged.Outcome == outcome)).ToList();
        var counts = new Dictionary<Study, int>(ReferenceEqualityComparer.Instance);
        foreach (var (study, _) in kept)
        {
            counts[study] = counts.GetValueOrDefault(study) + 1;
        }

        var rows = kept.ConvertAll(item =>
        {
            var several = counts[item.Study] > 1;
            string?[] parts = [several ? item.Judged.Outcome : null, several && item.Judged.Assessor is { } who ? who : null];
            var about = string.Join(", ", parts.OfType<string>());
            return new RiskRow(item.Study.Id, item.Study.DisplayName + (about.Length == 0 ? "" : $" ({about})"), RiskOfBiasAssessment.Of(item.Study, item.Judged));
        });
        var known = rows[0].Assessment.Tool;
        return new RiskOfBiasTable(
            known?.Name ?? kept[0].Judged.Tool,
            [.. Shown(known, rows)],
            rows,
            rows.Exists(row => row.Assessment.Overall.Effective is not null));
    }

    /// <summary>The tool's domains, or the items of a checklist, that any row says something of; of a tool that is not known whatever the files name.</summary>
    private static IEnumerable<RiskColumn> Shown(RiskOfBiasTool? tool, IReadOnlyList<RiskRow> rows)
    {
        bool IsUsed(RiskColumn column) => rows.Any(row => column.Level(row.Assessment) != RiskLevel.None);
        if (tool is { IsChecklist: true })
        {
            foreach (var item in tool.Domains.SelectMany(domain => domain.Questions))
            {
                yield return new RiskColumn(item.Code, PlotText.Capitalised(item.About), assessed => assessed.Answers.GetValueOrDefault(item.Code)?.Level ?? RiskLevel.None, assessed => assessed.Answers.GetValueOrDefault(item.Code)?.Word);
            }
        }

        foreach (var domain in tool is null or { IsChecklist: true } ? [] : tool.Domains)
        {
            var column = RiskColumn.Of(domain.Code, domain.Name);
            if (!domain.IsApplicability || IsUsed(column))
            {
                yield return column;
            }
        }

        foreach (var name in rows.SelectMany(row => row.Assessment.Domains).Select(domain => domain.Code).Where(code => tool?.FindDomain(code) is null).Distinct(StringComparer.Ordinal))
        {
            yield return RiskColumn.Of(name, null);
        }

        if (tool is null && rows.All(row => row.Assessment.Domains.Count == 0))
        {
            foreach (var name in rows.SelectMany(row => row.Assessment.Given.Answers).Select(answer => answer.Question).Distinct(StringComparer.Ordinal))
            {
                string? Answer(RiskOfBiasAssessment assessed) => assessed.Given.Answers.FirstOrDefault(answer => answer.Question == name)?.Text;
                yield return new RiskColumn(name, null, assessed => JudgementWords.Level(Answer(assessed)), Answer);
            }
        }
    }

    /// <summary>The headings of the columns that are shown, the overall judgement last.</summary>
    public IReadOnlyList<string> Columns => [.. Domains.Select(domain => domain.Heading), .. HasOverall ? ["Overall"] : Array.Empty<string>()];

    /// <summary>The columns by what they are about, for where there is room for words.</summary>
    public IReadOnlyList<string> Names => [.. Domains.Select(domain => domain.Name ?? domain.Heading), .. HasOverall ? ["Overall"] : Array.Empty<string>()];

    /// <summary>The levels that occur in the tool's words, in the order of the legend.</summary>
    public IReadOnlyList<(RiskLevel Level, string Name)> Legend =>
    [
        .. RiskSign.Legend.Where(entry => Rows.Any(row => Columns.Select((_, column) => Level(row, column)).Contains(entry.Level)))
            .Select(entry => (entry.Level, Words(entry.Level) is { Length: > 0 } words ? PlotText.Capitalised(words) : entry.Name)),
    ];

    /// <summary>What the tool calls a level: its judgement, or of a checklist its answer and what the whole is then called.</summary>
    private string Words(RiskLevel level)
    {
        var tool = Rows[0].Assessment.Tool;
        string? In(IReadOnlyList<RiskOfBiasWord> words) => words.FirstOrDefault(word => word.Level == level)?.Word;
        if (tool is null or { IsChecklist: false })
        {
            return tool is null ? "" : In(tool.Judgements) ?? "";
        }

        var answer = In(tool.Answers) switch { "2" => "full points", "1" => "some points", "0" => "no points", var word => word };
        var overall = HasOverall && In(tool.OverallJudgements) is { } whole ? $"overall {whole}" : null;
        return (answer, overall) switch
        {
            (null, _) => overall ?? "",
            (_, null) => answer,
            _ => $"{answer} ({overall})",
        };
    }

    /// <summary>A judgement by the place of its column in the tool's words; empty for none.</summary>
    public string Word(RiskRow row, int column) => column == Domains.Count ? row.Assessment.Overall.Effective ?? "" : Domains[column].Word(row.Assessment) ?? "";

    /// <summary>A judgement by the place of its column.</summary>
    public RiskLevel Level(RiskRow row, int column) => column == Domains.Count ? row.Assessment.Overall.Level : Domains[column].Level(row.Assessment);
}

/// <summary>A column of judgements.</summary>
/// <param name="Heading">The domain's code, or its name where it has no code.</param>
/// <param name="Name">What a code stands for.</param>
/// <param name="Level">Its judgement in an assessment.</param>
/// <param name="Word">The same in the tool's words; null for none.</param>
internal sealed record RiskColumn(string Heading, string? Name, Func<RiskOfBiasAssessment, RiskLevel> Level, Func<RiskOfBiasAssessment, string?> Word)
{
    /// <summary>A domain.</summary>
    public static RiskColumn Of(string code, string? name) => new(
        code, name, assessed => Find(assessed, code)?.Level ?? RiskLevel.None, assessed => Find(assessed, code)?.Effective);

    private static AssessedDomain? Find(RiskOfBiasAssessment assessed, string code) => assessed.Domains.FirstOrDefault(found => found.Code == code);
}

/// <summary>A row of judgements.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Label">Which study, and which of its outcomes and judges where it has several.</param>
/// <param name="Assessment">The assessment.</param>
internal sealed record RiskRow(string Study, string Label, RiskOfBiasAssessment Assessment);
