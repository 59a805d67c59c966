namespace MetaSpine;

/// <summary>Collects the findings of one study, each with its path, its place and its waiver.</summary>
internal sealed class IntegrityReport(Study study)
{
    internal Study Study { get; } = study;

    internal List<IntegrityFinding> Findings { get; } = [];

    /// <summary>Adds what a check of printed numbers found; nothing where they agree.</summary>
    internal void Add(NumberCheck check, string path, SourcePosition at, string? what)
    {
        if (!check.Agrees)
            Add(check.Rule, check.Severity, path, at, check.Reported, check.Computed, check.Admissible, what is null ? check.Sentence : $"{what}: {check.Sentence}");
    }

    internal void Add(
        string rule, IntegritySeverity severity, string path, SourcePosition at,
        string reported, string? computed, string? admissible, string sentence)
    {
        var waiver = Study.Integrity?.Waive.FirstOrDefault(w => w.Rule == rule && (w.Path is null || IsUnder(path, w.Path)));
        Findings.Add(new()
        {
            StudyId = Study.Id,
            Rule = rule,
            Severity = severity,
            Path = path,
            Position = at,
            Reported = reported,
            Computed = computed,
            Admissible = admissible,
            Sentence = sentence,
            WaivedBecause = waiver?.Reason,
        });
    }

    /// <summary>Notes each waiver for which nothing was found: the number was corrected, or the path is mistyped.</summary>
    internal void AddIdleWaivers()
    {
        var waivers = Study.Integrity?.Waive ?? [];
        for (var i = 0; i < waivers.Count; i++)
        {
            var waiver = waivers[i];
            if (!Findings.Exists(f => f.Rule == waiver.Rule && (waiver.Path is null || IsUnder(f.Path, waiver.Path))))
                Add(IntegrityRules.Waiver, IntegritySeverity.Note, $"integrity.waive[{i}]", waiver.Position, waiver.Rule, null, null,
                    $"the waiver of {waiver.Rule}{(waiver.Path is null ? "" : $" at {waiver.Path}")} has nothing to waive");
        }
    }

    private static bool IsUnder(string path, string start) =>
        path.StartsWith(start, StringComparison.Ordinal) && (path.Length == start.Length || path[start.Length] is '.' or '[');
}
