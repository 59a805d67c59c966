using System.Text.Json;

namespace MetaSpine;

/// <summary>Duplicates and questions in words, as tables and as JSON.</summary>
internal static class DeduplicationReport
{
    private const int MostQuestions = 20;

    public static ReportParts Parts(DeduplicationResult result) => new("Duplicates", Findings(result), [], [], []);

    /// <summary>How well duplicates that were found agree with labels, in one sentence.</summary>
    public static string Sentence(DeduplicationAccuracy accuracy)
    {
        var (duplicates, others) = (accuracy.TruePositives + accuracy.Missed.Count, accuracy.TrueNegatives + accuracy.Wrong.Count);
        return $"Against the labels: {Share("sensitivity", accuracy.Sensitivity, accuracy.TruePositives, duplicates, "labelled record")}; {Share("specificity", accuracy.Specificity, accuracy.TrueNegatives, others, "other record")}.";

        static string Share(string name, double? share, int right, int all, string what) => share is { } value
            ? $"{name} {Readable.Fixed(value, 4)} ({Readable.Count(right)} of {Readable.Count(all)} {what}{(all == 1 ? "" : "s")})" : $"no {name}, as there is no {what}";
    }

    /// <summary>A row for each pair that was merged.</summary>
    public static Table Merges(DeduplicationResult result) => Pairs(
        result, [new("cluster", Alignment.Right), new("kept")],
        result.Clusters.SelectMany((cluster, i) => cluster.Merges.Select(pair => (pair, (string[])[Readable.Exact(i + 1), Where(result, cluster.Kept)]))));

    /// <summary>A row for each pair that a person has to look at.</summary>
    public static Table Questions(DeduplicationResult result) => Pairs(result, [], result.Questions.Select(pair => (pair, Array.Empty<string>())));

    public static void Write(Utf8JsonWriter writer, DeduplicationResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("records", result.References.Count);
        writer.WriteNumber("unique", result.Unique.Count);
        writer.WriteNumber("removed", result.Removed);
        writer.WriteStartArray("clusters");
        foreach (var cluster in result.Clusters)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("members");
            foreach (var member in cluster.Members)
            {
                writer.WriteNumberValue(member);
            }

            writer.WriteEndArray();
            writer.WriteNumber("kept", cluster.Kept);
            Write(writer, "merges", cluster.Merges);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, "questions", result.Questions);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<DuplicatePair> pairs)
    {
        writer.WriteStartArray(name);
        foreach (var pair in pairs)
        {
            writer.WriteStartObject();
            writer.WriteNumber("first", pair.First);
            writer.WriteNumber("second", pair.Second);
            writer.WriteString("rule", pair.Rule.Code);
            writer.WriteString("reason", pair.Rule.Meaning);
            foreach (var (field, value) in Fields(pair.Similarity))
            {
                writer.WriteFinite(field, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<Block> Findings(DeduplicationResult result)
    {
        yield return new Paragraph(
            $"{Counted(result.References.Count, "record")}: {Counted(result.Unique.Count, "report")}. {Counted(result.Clusters.Count, "report")} {(result.Clusters.Count == 1 ? "has" : "have")} more than one record; "
            + $"{Counted(result.Removed, "record")} {(result.Removed == 1 ? "was" : "were")} merged into others. {(result.Questions.Count == 0 ? "Nothing is left to ask." : $"{Counted(result.Questions.Count, "pair")} {(result.Questions.Count == 1 ? "needs" : "need")} a person; none of these was merged.")}");
        if (result.Clusters.Count > 0)
        {
            yield return new TableBlock(Rules("Merged because", "Pairs", result.Clusters.SelectMany(cluster => cluster.Merges)));
        }

        if (result.Questions.Count > 0)
        {
            yield return new TableBlock(Rules("To be asked because", "Pairs", result.Questions));
            yield return new Bullets(
                result.Questions.Count > MostQuestions ? FormattableString.Invariant($"The first {MostQuestions} pairs to look at") : "Pairs to look at",
                [.. result.Questions.Take(MostQuestions).Select(pair => $"{Where(result, pair.First)} and {Where(result, pair.Second)}: {pair.Rule.Meaning}. {Brief(result.References[pair.First])}")]);
        }
    }

    private static Table Rules(string heading, string count, IEnumerable<DuplicatePair> pairs)
    {
        var order = DuplicateRule.All.Select((rule, i) => (rule, i)).ToDictionary(item => item.rule, item => item.i);
        return new([new(heading), new(count, Alignment.Right)], [.. pairs.GroupBy(pair => pair.Rule).OrderBy(group => order[group.Key]).Select(group => (string[])[group.Key.Meaning, Readable.Count(group.Count())])]);
    }

    private static Table Pairs(DeduplicationResult result, IEnumerable<TableColumn> before, IEnumerable<(DuplicatePair Pair, string[] Before)> pairs)
    {
        var fields = new[] { "title", "authors", "journal", "year", "volume", "issue", "pages", "doi", "pmid" };
        return new(
            [.. before, new("first"), new("first_id"), new("second"), new("second_id"), new("rule"), new("reason"), new("first_record"), new("second_record"), .. fields.Select(field => new TableColumn(field, Alignment.DecimalPoint))],
            [.. pairs.Select(item => (string[])
            [
                .. item.Before, Where(result, item.Pair.First), result.References[item.Pair.First].Id ?? "", Where(result, item.Pair.Second), result.References[item.Pair.Second].Id ?? "", item.Pair.Rule.Code, item.Pair.Rule.Meaning, Brief(result.References[item.Pair.First]), Brief(result.References[item.Pair.Second]),
                .. Fields(item.Pair.Similarity).Select(field => field.Value is { } value ? Readable.Exact(Math.Round(value, 3)) : ""),
            ])]);
    }

    private static IEnumerable<(string Name, double? Value)> Fields(FieldSimilarity similarity) =>
    [
        ("title", similarity.Title), ("authors", similarity.Authors), ("journal", similarity.Journal), ("year", similarity.Year), ("volume", similarity.Volume), ("issue", similarity.Issue),
        ("pages", similarity.Pages), ("doi", similarity.Doi), ("pmid", similarity.Pmid),
    ];

    /// <summary>Where a record stands: its place in its file, or in the list that was given.</summary>
    private static string Where(DeduplicationResult result, int place) =>
        result.References[place].Position is { File: not null } position ? position.ToString() : FormattableString.Invariant($"record {place + 1}");

    private static string Brief(Reference reference)
    {
        var place = string.Join(':', new[] { reference.Volume, reference.Pages }.OfType<string>());
        return string.Join(". ", new[]
        {
            reference.Authors.Count == 0 ? null : reference.Authors[0] + (reference.Authors.Count > 1 ? " et al" : ""), reference.Title?.TrimEnd('.') ?? "(no title)",
            string.Join(' ', new[] { reference.Container, FormattableString.Invariant($"{reference.Year}"), place }.Where(text => !string.IsNullOrEmpty(text))), reference.Doi is { } doi ? "doi:" + doi : null,
        }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private static string Counted(int count, string noun) => $"{Readable.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
