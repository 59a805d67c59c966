using System.Globalization;

namespace MetaSpine;

/// <summary>The studies of a review that an analysis can use, their inputs as columns, and the reasons for the others.</summary>
internal sealed record AnalysisInputs(IReadOnlyList<Study> Studies, EffectData Data, IReadOnlyList<NotPooledStudy> NotPooled, IReadOnlyList<string> Notes)
    : IModerators
{
    public static AnalysisInputs Of(Review review, Analysis analysis, Measure measure, MedianMethod? medians)
    {
        var studies = new List<Study>();
        var values = new List<IReadOnlyList<double>>();
        var notPooled = new List<NotPooledStudy>();
        var assumptions = new List<(string Text, string Study)>();
        foreach (var study in review.Studies)
        {
            if (study.FindOutcome(analysis.Outcome) is not { } outcome)
            {
                continue;
            }

            if (analysis.Exclude.FirstOrDefault(exclusion => exclusion.Study == study.Id) is { } excluded)
            {
                notPooled.Add(new NotPooledStudy(study.Id, study.DisplayName, $"excluded by the analysis: {excluded.Reason}"));
                continue;
            }

            var (results, problem) = ResultSelection.Select(study, outcome, analysis, StudyInputs.ComparesArms(measure));
            var read = problem is null ? StudyInputs.Read(measure, results, medians) : ReadInputs.Missing(problem);
            if (read.Problem is not null)
            {
                notPooled.Add(new NotPooledStudy(study.Id, study.DisplayName, read.Problem));
                continue;
            }

            studies.Add(study);
            values.Add(read.Values);
            assumptions.AddRange(read.Assumptions.Select(text => (text, study.DisplayName)));
        }

        var columns = StudyInputs.Columns(measure);
        var data = new EffectData(Labels(studies));
        for (var column = 0; column < columns.Count; column++)
        {
            data = data.With(columns[column], [.. values.Select(row => row[column])]);
        }

        var notes = assumptions.GroupBy(item => item.Text, StringComparer.Ordinal).Select(group => $"{group.Key}: {string.Join(", ", group.Select(item => item.Study))}.");
        return new AnalysisInputs(studies, data, notPooled, [.. notes]);
    }

    public IReadOnlyList<string> Names => [.. Studies.SelectMany(study => study.Moderators.Select(moderator => moderator.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>A moderator as a predictor: numeric where every study that has it gives a number.</summary>
    public Predictor Predictor(string name)
    {
        if (IsYear(name))
        {
            return MetaSpine.Predictor.Numeric(name, [.. Studies.Select(study => study.Citation?.Year ?? double.NaN)]);
        }

        var values = Studies.Select(study => study.FindModerator(name) is { IsAbsent: false } moderator ? moderator : null).ToList();
        return values.All(value => value is null || value.Number is not null)
            ? MetaSpine.Predictor.Numeric(name, [.. values.Select(value => value?.Number ?? double.NaN)])
            : MetaSpine.Predictor.Categorical(name, [.. values.Select(value => value?.Text)]);
    }

    /// <summary>A moderator's categories, null where a study lacks it.</summary>
    public IReadOnlyList<string?> Categories(string name) => IsYear(name)
        ? [.. Studies.Select(study => study.Citation?.Year?.ToString(CultureInfo.InvariantCulture))]
        : [.. Studies.Select(study => study.FindModerator(name) is { IsAbsent: false } moderator ? moderator.Text : null)];

    /// <summary>Whether a name means the year of publication, which needs no moderator of its own.</summary>
    public bool IsYear(string name) => name == "year" && !Names.Contains(name);

    /// <summary>Names under which readers can tell the studies apart: where two have the same, with their ids.</summary>
    private static List<string> Labels(List<Study> studies)
    {
        var names = studies.ConvertAll(study => study.DisplayName);
        return studies.ConvertAll(study => names.Count(name => name == study.DisplayName) > 1 ? $"{study.DisplayName} ({study.Id})" : study.DisplayName);
    }
}
