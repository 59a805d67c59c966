using System.Globalization;

namespace MetaSpine;

/// <summary>The studies of a review that an analysis can use, their inputs as columns, and the reasons for the others.</summary>
internal sealed record AnalysisInputs(IReadOnlyList<Study> Studies, EffectData Data, IReadOnlyList<NotPooledStudy> NotPooled, IReadOnlyList<string> Notes)
    : IModerators
{
    public static AnalysisInputs Of(Review review, Analysis analysis, Measure measure, MedianMethod? medians)
    {
        var (studies, groups) = (new List<Study>(), new List<string?>());
        var values = new List<IReadOnlyList<double>>();
        var notPooled = new List<NotPooledStudy>();
        var assumptions = new List<(string Text, string Study)>();
        foreach (var study in review.Studies)
        {
            if (study.FindOutcome(analysis.Outcome) is not { } outcome)
            {
                continue;
            }

            if (analysis.Exclude.Select(exclusion => exclusion.ReasonFor(study, analysis.Outcome)).FirstOrDefault(reason => reason is not null) is { } reason)
            {
                notPooled.Add(new NotPooledStudy(study.Id, study.DisplayName, $"excluded by the analysis: {reason}"));
                continue;
            }

            foreach (var (group, part, chosen) in Parts(outcome, analysis))
            {
                var (results, problem) = ResultSelection.Select(study, part, chosen, StudyInputs.ComparesArms(measure));
                var read = problem is null ? StudyInputs.Read(measure, results, medians) : ReadInputs.Missing(problem);
                if (read.Problem is not null)
                {
                    notPooled.Add(new NotPooledStudy(study.Id, study.DisplayName, group is null ? read.Problem : $"{read.Problem} (group {group})"));
                    continue;
                }

                studies.Add(study);
                groups.Add(group);
                values.Add(read.Values);
                assumptions.AddRange(read.Assumptions.Select(text => (text, study.DisplayName)));
            }
        }

        var columns = StudyInputs.Columns(measure);
        var data = new EffectData(Labels(studies, groups));
        for (var column = 0; column < columns.Count; column++)
        {
            data = data.With(columns[column], [.. values.Select(row => row[column])]);
        }

        var notes = assumptions.GroupBy(item => item.Text, StringComparer.Ordinal).Select(group => $"{group.Key}: {string.Join(", ", group.Select(item => item.Study))}.");
        return new AnalysisInputs(studies, data, notPooled, [.. notes, .. JudgementNotes.Of(analysis, studies)])
        {
            Groups = analysis.Group == Analysis.EachGroup ? groups : null, Outcome = analysis.Outcome,
        };
    }

    /// <summary>The group of each row, where each that a study reports is a row of its own; null where it is not.</summary>
    public IReadOnlyList<string?>? Groups { get; private init; }

    /// <summary>The outcome, whose judgements of the risk of bias count.</summary>
    private string Outcome { get; init; } = "";

    public IReadOnlyList<string> Names => [.. Studies.SelectMany(study => study.Moderators.Select(moderator => moderator.Name)).Concat(OverallRisk.Names(Studies)).Distinct(StringComparer.Ordinal)];

    /// <summary>A moderator as a predictor: numeric where every study that has it gives a number.</summary>
    public Predictor Predictor(string name)
    {
        if (Own(name) is { } own)
        {
            return MetaSpine.Predictor.Categorical(name, own);
        }

        if (IsYear(name))
        {
            return MetaSpine.Predictor.Numeric(name, [.. Studies.Select(study => study.Citation?.Year ?? double.NaN)]);
        }

        if (IsRiskOfBias(name, out var tool))
        {
            return MetaSpine.Predictor.Categorical(name, [.. Judgements(tool)]);
        }

        var values = Studies.Select(study => study.FindModerator(name) is { IsAbsent: false } moderator ? moderator : null).ToList();
        return values.All(value => value is null || value.Number is not null)
            ? MetaSpine.Predictor.Numeric(name, [.. values.Select(value => value?.Number ?? double.NaN)])
            : MetaSpine.Predictor.Categorical(name, [.. values.Select(value => value?.Text)]);
    }

    /// <summary>A moderator's categories, null where a study lacks it.</summary>
    public IReadOnlyList<string?> Categories(string name) => Own(name) is { } own
        ? own
        : IsRiskOfBias(name, out var tool) ? [.. Judgements(tool)]
        : IsYear(name)
        ? [.. Studies.Select(study => study.Citation?.Year?.ToString(CultureInfo.InvariantCulture))]
        : [.. Studies.Select(study => study.FindModerator(name) is { IsAbsent: false } moderator ? moderator.Text : null)];

    public bool Has(string name) => Names.Contains(name) || IsYear(name) || Own(name) is not null;

    /// <summary>What a row is without a moderator that says it: its study, the group that it reports, and itself; null for another name.</summary>
    private IReadOnlyList<string?>? Own(string name) => name switch
    {
        Analysis.ByGroup when Groups is { } groups => [.. Studies.Zip(groups, (study, group) => study.FindGroup(group)?.Label ?? group)],
        Analysis.ByStudy when !Names.Contains(name) => [.. Studies.Select(study => study.Id)],
        Analysis.ByEffect when !Names.Contains(name) => [.. Enumerable.Range(1, Studies.Count).Select(row => row.ToString(CultureInfo.InvariantCulture))],
        _ => null,
    };

    /// <summary>Whether a name means the overall judgement of the risk of bias, which needs no moderator of its own.</summary>
    private bool IsRiskOfBias(string name, out string? tool) => OverallRisk.Is(name, out tool) && !Studies.Any(study => study.FindModerator(name) is not null);

    private IEnumerable<string?> Judgements(string? tool) => Studies.Select(study => OverallRisk.Of(study, Outcome, tool));

    /// <summary>Whether a name means the year of publication, which needs no moderator of its own.</summary>
    public bool IsYear(string name) => name == "year" && !Names.Contains(name);

    /// <summary>The whole outcome, or its results by group where each group is a row of its own.</summary>
    private static IEnumerable<(string? Group, Outcome Part, Analysis Analysis)> Parts(Outcome outcome, Analysis analysis) => analysis.Group != Analysis.EachGroup
        ? [(null, outcome, analysis)]
        : outcome.Results.GroupBy(result => result.Group ?? "", StringComparer.Ordinal)
            .Select(part => (part.First().Group, outcome with { Results = part.ToValueList() }, analysis with { Group = null }));

    /// <summary>Names under which readers can tell the rows apart: where two studies have the same, with their ids; where a study has several rows, with its group.</summary>
    private static List<string> Labels(List<Study> studies, List<string?> groups)
    {
        var names = studies.DistinctBy(study => study.Id).GroupBy(study => study.DisplayName, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var rows = studies.GroupBy(study => study.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return [.. studies.Zip(groups, (study, group) => (names[study.DisplayName] > 1 ? $"{study.DisplayName} ({study.Id})" : study.DisplayName)
            + (rows[study.Id] > 1 && group is not null ? $", {study.FindGroup(group)?.Label ?? group}" : ""))];
    }
}
