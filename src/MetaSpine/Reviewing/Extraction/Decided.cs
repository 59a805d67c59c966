namespace MetaSpine;

/// <summary>The decisions on the differences of a comparison, by study and path; what is wrong with them as a whole is told at once.</summary>
internal sealed class Decided
{
    private readonly Dictionary<(string Study, string Path), ExtractionDecision> _decisions = [];
    private readonly Dictionary<(string Study, string Path), FieldDifference> _known;
    private readonly List<FileFault> _faults;

    internal Decided(ExtractionComparison comparison, IReadOnlyList<ExtractionDecision> decisions, List<FileFault> faults)
    {
        _faults = faults;
        _known = comparison.Differences.ToDictionary(difference => (difference.Study, difference.Path));
        var only = comparison.Studies is [var single] && comparison.Differences.All(difference => difference.Study == single) ? single : "";
        foreach (var given in decisions)
        {
            var key = (Study: given.Study.Length == 0 ? only : given.Study, given.Path);
            if (!_known.TryGetValue(key, out var difference))
            {
                var paths = comparison.Differences.Where(item => item.Study == key.Study).Select(item => item.Path).ToList();
                faults.Add(new(given.Position, $"the extractions do not differ in {Name(key.Study, given.Path)}{Nearest(given.Path, paths)}: compare them again and decide on that list"));
            }
            else if (!_decisions.TryAdd(key, given))
            {
                faults.Add(new(given.Position, $"{Name(key.Study, given.Path)} is decided here and already at {_decisions[key].Position}; keep one"));
            }
            else if (!Same(given.A, difference.A) || !Same(given.B, difference.B))
            {
                faults.Add(new(given.Position, $"{Name(key.Study, given.Path)} was decided on A {Shown(given.A)} and B {Shown(given.B)}, but the files give A {Shown(difference.A)} and B {Shown(difference.B)}: compare them again"));
            }
        }

        foreach (var difference in comparison.Differences)
        {
            Require(difference);
        }
    }

    /// <summary>The decision on a difference; null where there is none.</summary>
    internal ExtractionDecision? Of(string study, string path) =>
        _known.ContainsKey((study, path)) && _decisions.GetValueOrDefault((study, path)) is { } given && given.Kept.Trim().Length > 0 ? given : null;

    /// <summary>Paths are long and begin alike: the one that stays alike longest is meant, where that is half of it.</summary>
    private static string Nearest(string path, List<string> known) =>
        known.MaxBy(other => other.AsSpan().CommonPrefixLength(path)) is { } near && 2 * near.AsSpan().CommonPrefixLength(path) >= path.Length && path.Length > 0 ? $" (did you mean {near}?)" : "";

    private void Require(FieldDifference difference)
    {
        var given = _decisions.GetValueOrDefault((difference.Study, difference.Path));
        var name = Name(difference.Study, difference.Path);
        if (given is null || given.Kept.Trim().Length == 0)
        {
            if (difference.Kind != DifferenceKind.Form)
            {
                _faults.Add(new(given?.Position ?? (difference.A is null ? difference.AtB : difference.AtA),
                    $"{name} (A {Shown(difference.A)}, B {Shown(difference.B)}) is undecided: {(given is null ? "no row of the decisions is about it" : "write A, B or the value under 'kept'")}"));
            }
        }
        else if (string.IsNullOrWhiteSpace(given.Reason) && difference.Kind != DifferenceKind.Form)
        {
            _faults.Add(new(given.Position, $"{name} is decided without a reason: say why under 'reason'"));
        }
        else if (difference.Path.Length == 0 && !given.Kept.Trim().Equals(ExtractionComparison.FromA, StringComparison.OrdinalIgnoreCase) && !given.Kept.Trim().Equals(ExtractionComparison.FromB, StringComparison.OrdinalIgnoreCase))
        {
            _faults.Add(new(given.Position, $"the study '{difference.Study}' is in one extraction only: write A or B under 'kept', for whether it stays"));
        }
    }

    // A spreadsheet writes 25 where it read 25.0, and drops blanks.
    private static bool Same(string? written, string? found) => written is null || NodeComparison.Folded(written) == NodeComparison.Folded(found ?? "")
        || (found is not null && NumberText.Value(written.Trim()) is { } x && NumberText.Value(found.Trim()) is { } y && x.Equals(y));

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "nothing" : $"'{NumberText.Shorten(value)}'";

    private static string Name(string study, string path) => path.Length == 0 ? $"the study '{study}'" : $"'{study}', {path}";
}
