using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Tells whether two names are of one journal: in full, abbreviated, by initials.</summary>
internal static partial class JournalNames
{
    private static readonly HashSet<string> Small = new(StringComparer.Ordinal)
    {
        "the", "of", "and", "for", "in", "on", "a", "an", "de", "la", "le", "les", "des", "du", "et", "der", "die", "das", "fur", "und", "del", "di", "e", "y", "da", "do",
    };

    /// <summary>The words of each name that a record gives its journal, without small words and what stands in brackets.</summary>
    public static string[][] Of(string? full, string? brief) =>
        [.. new[] { full, brief }.OfType<string>().SelectMany(name => name.Split(" = ")).Select(Words).Where(words => words.Length > 0).DistinctBy(words => string.Join(' ', words))];

    /// <summary>Whether any name of the one is a name of the other.</summary>
    public static bool AreSame(string[][] a, string[][] b) => a.Any(x => b.Any(y => IsSame(x, y)));

    /// <summary>The share of words that the best two names have in common, shortened words among them.</summary>
    public static double Similarity(string[][] a, string[][] b) => a.SelectMany(x => b.Select(y => Common(x, y))).DefaultIfEmpty(0).Max();

    private static bool IsSame(string[] a, string[] b) =>
        a.Length == b.Length ? Enumerable.Range(0, a.Length).All(i => IsShort(a[i], b[i])) : IsInitials(a, b) || IsInitials(b, a);

    private static double Common(string[] a, string[] b) => IsSame(a, b) ? 1 : 2.0 * Math.Min(a.Count(x => b.Any(y => IsShort(x, y))), b.Count(y => a.Any(x => IsShort(x, y)))) / (a.Length + b.Length);

    private static bool IsInitials(string[] one, string[] many) =>
        one.Length == 1 && many.Length > 2 && one[0].Length == many.Length && Enumerable.Range(0, many.Length).All(i => many[i][0] == one[0][i]);

    /// <summary>Whether one word is the other or shortens it: it begins alike, and its letters stand in the other in their order.</summary>
    private static bool IsShort(string a, string b)
    {
        var (brief, full) = a.Length <= b.Length ? (a, b) : (b, a);
        if (brief[0] != full[0])
        {
            return false;
        }

        var i = 0;
        foreach (var c in full)
        {
            i += i < brief.Length && brief[i] == c ? 1 : 0;
        }

        return i == brief.Length;
    }

    private static string[] Words(string name) =>
        [.. FoldedText.Words(Brackets().Replace(name, " ")).Replace("united states america", "usa", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Small.Contains(word))];

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]")]
    private static partial Regex Brackets();
}
