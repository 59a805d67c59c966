namespace MetaSpine;

/// <summary>The judgements of one tool as a table: a row for each judged study or result, a column for each domain, and the overall judgement.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Domains">The domains in the order of their first appearance.</param>
/// <param name="Rows">The judgements.</param>
/// <param name="HasOverall">Whether any row has an overall judgement.</param>
internal sealed record RiskOfBiasTable(string Tool, IReadOnlyList<string> Domains, IReadOnlyList<RiskRow> Rows, bool HasOverall)
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
        var rows = kept.ConvertAll(item =>
        {
            var several = kept.Count(other => ReferenceEquals(other.Study, item.Study)) > 1;
            string?[] parts = [several ? item.Judged.Outcome : null, several && item.Judged.Assessor is { } who ? who : null];
            var about = string.Join(", ", parts.OfType<string>());
            return new RiskRow(item.Study.Id, item.Study.DisplayName + (about.Length == 0 ? "" : $" ({about})"), item.Judged);
        });
        return new RiskOfBiasTable(
            kept[0].Judged.Tool,
            [.. kept.SelectMany(item => item.Judged.Domains).Select(domain => domain.Domain).Distinct(StringComparer.Ordinal)],
            rows,
            kept.Exists(item => item.Judged.Overall is not null));
    }

    /// <summary>The columns that are shown, the overall judgement last.</summary>
    public IReadOnlyList<string> Columns => HasOverall ? [.. Domains, "Overall"] : Domains;

    /// <summary>The levels that occur, in the order of the legend.</summary>
    public IReadOnlyList<(RiskLevel Level, string Name)> Legend =>
        [.. RiskSign.Legend.Where(entry => Rows.Any(row => Columns.Select((_, column) => Level(row, column)).Contains(entry.Level)))];

    /// <summary>A judgement by the place of its column.</summary>
    public RiskLevel Level(RiskRow row, int column) => RiskSign.Level(
        column == Domains.Count ? row.Judged.Overall : row.Judged.Domains.FirstOrDefault(domain => domain.Domain == Domains[column])?.Judgement);
}

/// <summary>A row of judgements.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Label">Which study, and which of its outcomes and judges where it has several.</param>
/// <param name="Judged">The judgement.</param>
internal sealed record RiskRow(string Study, string Label, RiskOfBias Judged);
