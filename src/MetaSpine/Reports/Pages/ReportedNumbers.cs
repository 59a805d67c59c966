namespace MetaSpine;

/// <summary>What a study reports, as its file says it: every number in its own text, with where it stands in the paper.</summary>
internal static class ReportedNumbers
{
    private static readonly HashSet<string> Who = new(["group", "arm", "comparison", "timepoint"], StringComparer.Ordinal);

    /// <summary>One row for each result of the studies: study, outcome, of whom, numbers, source.</summary>
    public static Table Table(IEnumerable<Study> studies) => new(
        [new("Study"), new("Outcome"), new("Of"), new("Reported"), new("Source")],
        [.. studies.SelectMany(study => study.Outcomes.SelectMany(outcome => Rows(study, outcome)))]);

    private static IEnumerable<string[]> Rows(Study study, Outcome outcome)
    {
        if (Outcome.Shape.Write(outcome).Find("results")?.Value is not YamlList results)
        {
            yield break;
        }

        foreach (var result in results.Items.OfType<YamlMap>())
        {
            var numbers = result.Entries.Where(entry => !Who.Contains(entry.Key) && entry.Key is not ("source" or "notes"));
            yield return
            [
                study.DisplayName,
                outcome.Label ?? outcome.Id,
                string.Join(", ", result.Entries.Where(entry => Who.Contains(entry.Key)).Select(entry => Inline(entry.Value))),
                string.Join("; ", numbers.Select(Number)),
                string.Join("; ", numbers.Select(OwnSource).Prepend(result.Find("source") is { } source ? Inline(source.Value) : "").Where(text => text.Length > 0)),
            ];
        }
    }

    /// <summary>"events 24"; a number with a source of its own is a mapping with its value.</summary>
    private static string Number(YamlEntry entry) =>
        $"{entry.Key.Replace('_', ' ')} {(entry.Value is YamlMap map && map.Find("value") is { } value ? Inline(value.Value) : Inline(entry.Value))}";

    private static string OwnSource(YamlEntry entry) =>
        entry.Value is YamlMap map && map.Find("value") is not null && map.Find("source") is { } source ? $"{entry.Key.Replace('_', ' ')}: {Inline(source.Value)}" : "";

    private static string Inline(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Text,
        YamlList list => string.Join(list.Items.Any(item => item is YamlMap) ? "; " : " to ", list.Items.Select(Inline)),
        YamlMap map => string.Join(", ", map.Entries.Select(entry => entry.Key switch
        {
            "quote" => $"“{Inline(entry.Value)}”",
            "page" => $"p. {Inline(entry.Value)}",
            "where" or "how" or "kind" or "intervention" => Inline(entry.Value),
            "control" => $"against {Inline(entry.Value)}",
            _ => $"{entry.Key} {Inline(entry.Value)}",
        })),
        _ => "",
    };
}
