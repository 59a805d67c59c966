using System.Globalization;
using System.Text;

namespace MetaSpine;

/// <summary>A review made from one of RevMan, and where each of RevMan's rows went.</summary>
/// <param name="Review">The review.</param>
/// <param name="Analyses">Its analyses with those that they were made of.</param>
internal sealed record ImportedReview(Review Review, IReadOnlyList<ImportedAnalysis> Analyses);

/// <summary>An analysis made from one of RevMan.</summary>
/// <param name="Source">RevMan's.</param>
/// <param name="Analysis">The review's.</param>
/// <param name="GivesTotal">Whether it pools what RevMan's total pools.</param>
/// <param name="GivesSubgroups">Whether its subgroups are RevMan's.</param>
/// <param name="Rows">RevMan's rows by study and group in the review.</param>
internal sealed record ImportedAnalysis(
    RevManAnalysis Source, Analysis Analysis, bool GivesTotal, bool GivesSubgroups, IReadOnlyDictionary<(string Study, string? Group), RevManRow> Rows);

/// <summary>
/// Makes a review of study files from one of RevMan: an outcome and an analysis for each of RevMan's analyses, so that the same outcome
/// in two comparisons stays two; a group for each subgroup, whose rows are pooled apart.
/// </summary>
internal sealed class RevManImport
{
    private readonly RevManReview _source;
    private readonly Slugs _studyIds = new(), _arms = new(), _groups = new(), _analysisIds = new();
    private readonly SortedDictionary<string, StudyParts> _studies;
    private readonly List<FileFault> _faults = [];

    private RevManImport(RevManReview source)
    {
        _source = source;
        _studies = new(Comparer<string>.Create((a, b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase) is var order and not 0 ? order : string.CompareOrdinal(a, b)));
    }

    /// <exception cref="StudyFileException">A row holds what cannot be, such as more events than participants; all faults in one go.</exception>
    public static ImportedReview Of(RevManReview source) => new RevManImport(source).Import();

    /// <summary>A year; null where the text is none.</summary>
    public static int? Year(string? text) => int.TryParse(text?.Trim().TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1500 and <= 2200 ? year : null;

    /// <summary>A DOI without a resolver's address; null where the text is none.</summary>
    public static string? Doi(string text) =>
        text.IndexOf("10.", StringComparison.Ordinal) is >= 0 and var start && text[start..] is var doi && Codecs.Doi.Allows(doi) ? doi : null;

    private ImportedReview Import()
    {
        foreach (var study in _source.Studies)
        {
            _studies.TryAdd(study.Name, new StudyParts(study));
        }

        foreach (var row in _source.Analyses.SelectMany(analysis => analysis.Rows))
        {
            if (row.Study.Length == 0)
            {
                _faults.Add(new(row.Position, "the row has no study"));
            }

            _studies.TryAdd(row.Study, new StudyParts(new RevManStudy { Name = row.Study }));
        }

        foreach (var twice in _source.Analyses.Where(analysis => analysis.Rows.Count > 0).GroupBy(analysis => analysis.Number, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _faults.Add(new(twice.Last().Rows[0].Position, $"analysis {twice.Key} stands here, and already at {twice.First().Rows[0].Position}: a review has one of each number"));
        }

        foreach (var (name, parts) in _studies)
        {
            parts.Id = _studyIds.Of(name);
        }

        var analyses = _source.Analyses.Where(analysis => analysis.Rows.Count > 0).SelectMany(Imported).ToList();
        if (_faults.Count > 0)
        {
            throw new StudyFileException([.. _faults.Distinct()]);
        }

        var empty = _source.Analyses.Where(analysis => analysis.Rows.Count == 0).Select(analysis => $"analysis {analysis.Number}, {analysis.Name}, has no study and is left out");
        var review = new Review
        {
            Title = _source.Title,
            Studies = [.. _studies.Values.Select(parts => parts.Study())],
            Outcomes = [.. analyses.Select(item => new ReviewOutcome { Id = item.Analysis.Outcome, Label = item.Source.Name }).DistinctBy(outcome => outcome.Id)],
            Analyses = [.. analyses.Select(item => item.Analysis)],
            Notes = string.Join('\n', _source.Notes.Concat(empty).Select(note => $"{char.ToUpperInvariant(note[0])}{note[1..]}.").Prepend($"Made from {Path.GetFileName(_source.File)} of Review Manager.")),
        };
        return new(review, analyses);
    }

    /// <summary>
    /// One analysis; two where RevMan pools other rows in all than in the subgroups (as RevMan Web does where a study has results of
    /// the whole beside those of its parts).
    /// </summary>
    private IEnumerable<ImportedAnalysis> Imported(RevManAnalysis source)
    {
        var id = _analysisIds.Of(source.Number);
        if (source.Rows.All(row => row.InTotal && row.InSubgroup))
        {
            yield return Imported(source, id, source.Rows, givesTotal: true, source.Subgroups.Count > 0);
            yield break;
        }

        if (source.Rows.Where(row => row.InTotal).ToList() is { Count: > 0 } inTotal)
        {
            yield return Imported(source, id, inTotal, givesTotal: true, givesSubgroups: false);
        }

        if (source.Rows.Where(row => row.InSubgroup).ToList() is { Count: > 0 } inSubgroups)
        {
            yield return Imported(source, _analysisIds.Of($"{source.Number}-subgroups"), inSubgroups, givesTotal: false, givesSubgroups: true);
        }
    }

    private ImportedAnalysis Imported(RevManAnalysis source, string id, IReadOnlyList<RevManRow> rows, bool givesTotal, bool givesSubgroups)
    {
        var (experimental, control) = Arms(source);
        var hasGroups = givesSubgroups || rows.GroupBy(row => row.Study, StringComparer.Ordinal).Any(group => group.Count() > 1);
        var (found, unusable) = (new Dictionary<(string, string?), RevManRow>(), new List<Exclusion>());
        var times = new Dictionary<(string, string), int>();
        var results = new RevManResults(source, experimental, control, _faults);
        foreach (var row in rows)
        {
            var parts = _studies[row.Study];
            string? group = null;
            if (hasGroups)
            {
                var name = row.Subgroup ?? "Row";
                var number = times[(parts.Id, name)] = times.GetValueOrDefault((parts.Id, name)) + 1;
                group = _groups.Of(number == 1 ? name : FormattableString.Invariant($"{name}, row {number}"));
                parts.Groups[group] = name;
            }

            found.TryAdd((parts.Id, group), row);
            parts.Arms.TryAdd(experimental.Id, experimental);
            parts.Arms.TryAdd(control.Id, control);
            parts.Add(id, source, results.Type, results.Of(row, group));
            if (results.WouldBeEstimated(row) && rows.Count(other => other.Study == row.Study) == 1)
            {
                unusable.Add(new Exclusion { Study = parts.Id, Reason = "RevMan holds its effect to be not estimable" });
            }
        }

        var analysis = RevManSettings.Of(source, id) with
        {
            Comparison = results.Type is OutcomeType.Dichotomous or OutcomeType.Continuous ? new Comparison { Intervention = experimental.Id, Control = control.Id } : null,
            Group = hasGroups ? Analysis.EachGroup : null,
            Subgroup = givesSubgroups ? Analysis.ByGroup : null,
            Exclude = [.. unusable],
        };
        return new(source, analysis, givesTotal, givesSubgroups, found);
    }

    private (StudyArm Experimental, StudyArm Control) Arms(RevManAnalysis source)
    {
        var (first, second) = (source.Experimental ?? "Experimental", source.Control ?? "Control");
        if (string.Equals(first, second, StringComparison.OrdinalIgnoreCase))
        {
            (first, second) = ($"{first} (experimental)", $"{second} (control)");
        }

        return (new() { Id = _arms.Of(first), Label = first, Role = ArmRole.Intervention }, new() { Id = _arms.Of(second), Label = second, Role = ArmRole.Control });
    }

    /// <summary>What is gathered for a study.</summary>
    private sealed class StudyParts(RevManStudy source)
    {
        private readonly List<(string Id, RevManAnalysis Source, OutcomeType Type, List<OutcomeResult> Results)> _outcomes = [];

        public string Id { get; set; } = "";

        public Dictionary<string, StudyArm> Arms { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Groups { get; } = new(StringComparer.Ordinal);

        public void Add(string outcome, RevManAnalysis analysis, OutcomeType type, IEnumerable<OutcomeResult> results)
        {
            if (_outcomes.Count == 0 || _outcomes[^1].Id != outcome)
            {
                _outcomes.Add((outcome, analysis, type, []));
            }

            _outcomes[^1].Results.AddRange(results);
        }

        public Study Study()
        {
            var notes = string.Join('\n', source.Characteristics.Select(part => $"{part.Name}: {part.Text}").Append(source.DataSource is { } kind ? $"{RevManWebFiles.Source}{kind}" : "").Where(text => text.Length > 0));
            var citation = source.Citation ?? new Citation();
            return new Study
            {
                Id = Id,
                Label = source.Name,
                Citation = citation with { Year = citation.Year ?? RevManImport.Year(source.Year) },
                Reports = source.Reports,
                Groups = [.. Groups.Select(group => new PatientGroup { Id = group.Key, Label = group.Value })],
                Arms = [.. Arms.Values.Select(arm => arm with { Role = Arms.Values.Count(other => other.Role == arm.Role) == 1 ? arm.Role : null })],
                Outcomes = [.. _outcomes.Select(outcome => new Outcome
                {
                    Id = outcome.Id,
                    Label = RevManSettings.Title(outcome.Source),
                    Type = outcome.Type,
                    Unit = outcome.Source.Unit,
                    Results = [.. outcome.Results],
                })],
                RiskOfBias = source.RiskOfBias.Count == 0 ? [] : [new RiskOfBias { Tool = "rob1", Domains = Domains() }],
                Notes = notes.Length == 0 ? null : notes,
            };
        }

        private ValueList<DomainJudgement> Domains()
        {
            var names = new Slugs('_');
            return [.. source.RiskOfBias.Select(item => new DomainJudgement { Domain = names.New(item.Domain), Judgement = item.Judgement, Justification = item.Support })];
        }
    }
}

/// <summary>Ids made of names: the same for the same name, another for every other.</summary>
/// <param name="between">What stands for whatever an id may not hold.</param>
internal sealed class Slugs(char between = '-')
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { Analysis.EachGroup };
    private readonly Dictionary<string, int> _last = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The id of a name.</summary>
    public string Of(string name) => _byName.TryGetValue(name, out var known) ? known : _byName[name] = New(name);

    /// <summary>An id that no other name has, nor the same name before.</summary>
    public string New(string name)
    {
        var text = new StringBuilder();
        foreach (var character in Decomposed(name))
        {
            if (char.IsAsciiLetterOrDigit(character) || (text.Length > 0 && character is '_' or '.' or '-'))
            {
                text.Append(character);
            }
            else if (text.Length > 0 && text[^1] != between && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                text.Append(between);
            }
        }

        var slug = text.ToString().Trim(between) is { Length: > 0 } fit ? fit : "unnamed";
        var unique = slug;
        while (!_taken.Add(unique))
        {
            _last[slug] = _last.GetValueOrDefault(slug, 1) + 1;
            unique = FormattableString.Invariant($"{slug}{between}{_last[slug]}");
        }

        return unique;
    }

    private static string Decomposed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Unicode keeps a few code points, U+FFFE among them, from being characters; a name with one has no normal form.
            return name;
        }
    }
}
