using System.Globalization;

namespace MetaSpine;

/// <summary>What a pooled result is of, in words: studies, or effects in so many studies.</summary>
internal static class PooledCount
{
    /// <summary>"13 studies", "40 effects in 12 studies", "56 effects in 11 districts".</summary>
    public static string Of(IPooledEffect result) => result is MultilevelPooledResult dependent ? OfEffects(dependent) : Many(result.StudyCount, "study");

    /// <summary>"40 effects in 12 studies"; "40 effects" where each is alone in its group.</summary>
    public static string OfEffects(MultilevelResult result) => Groups(result) is var (name, count) ? $"{Many(result.StudyCount, "effect")} in {Many(count, name)}" : Many(result.StudyCount, "effect");

    /// <summary>The same for a narrow cell: "40 in 12 studies".</summary>
    public static string Short(IPooledEffect result) =>
        Number(result.StudyCount) + (result is MultilevelPooledResult dependent && Groups(dependent) is var (name, count) ? $" in {Many(count, name)}" : "");

    /// <summary>"1 study", "12 studies", "3 levels of lab_id".</summary>
    public static string Many(int count, string noun) => $"{Number(count)} {(Plural(noun) is not { } plural ? $"level{(count == 1 ? "" : "s")} of {noun}" : count == 1 ? noun : plural)}";

    /// <summary>The studies, where a term groups by them, or else the outermost groups; null where each effect has its own.</summary>
    public static (string Name, int Count)? Groups(MultilevelResult result)
    {
        var groupings = result.Random.SelectMany(term => Enumerable.Range(1, term.Grouping.Count).Select(depth => term.Grouping.Take(depth).ToList())).ToList();
        var asked = groupings.Find(levels => levels[^1].Equals("study", StringComparison.OrdinalIgnoreCase)) ?? groupings[0];
        var columns = asked.ConvertAll(name => result.Model.Groupings.First(column => column.Name == name));
        var count = result.Studies.Select(study => string.Join('\u001f', columns.Select(column => column.Category(study.Row)))).Distinct(StringComparer.Ordinal).Count();
        return count < result.StudyCount ? (asked[^1], count) : null;
    }

    /// <summary>Of a column's name that is one English word; null of others, such as lab_id.</summary>
    private static string? Plural(string noun) =>
        noun.Length < 3 || !noun.All(char.IsAsciiLetterLower) && !noun.Equals("study", StringComparison.OrdinalIgnoreCase) ? null
        : noun.EndsWith('y') && !"aeiou".Contains(noun[^2], StringComparison.Ordinal) ? noun[..^1] + "ies"
        : noun.EndsWith('s') || noun.EndsWith('x') || noun.EndsWith("ch", StringComparison.Ordinal) || noun.EndsWith("sh", StringComparison.Ordinal) ? noun + "es"
        : noun + "s";

    private static string Number(int count) => count.ToString("#,##0", CultureInfo.InvariantCulture);
}
