namespace MetaSpine;

/// <summary>Finds the known name that a mistyped one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The nearest known name; <see langword="null"/> where none is near enough to be meant.</summary>
    internal static string? Of(string typed, IEnumerable<string> known)
    {
        string? best = null;
        var folded = Fold(typed);
        var least = 1 + Math.Min(3, typed.Length / 3);
        if (typed.Length > 60)
            return null;
        foreach (var name in known)
        {
            // Each letter more is a change: names of files may be of megabytes, and their tables of distances of gigabytes.
            if (Math.Abs(name.Length - typed.Length) >= least)
                continue;
            var distance = Distance(folded, Fold(name));
            if (distance < least)
                (best, least) = (name, distance);
        }
        return best;
    }

    /// <summary>A sentence end: "; did you mean events?", or the list of what is known.</summary>
    internal static string Hint(string typed, ICollection<string> known) =>
        Of(typed, known) is { } near ? $"; did you mean {near}?"
        : known.Count is 0 or > 40 ? "" : $"; known here: {string.Join(", ", known)}";

    /// <summary>The same where it ends a sentence: a question needs no full stop.</summary>
    internal static string Ending(string typed, ICollection<string> known) => Hint(typed, known) is var hint && hint.EndsWith('?') ? hint : $"{hint}.";

    private static string Fold(string name) => name.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    // Optimal string alignment: insertions, deletions, replacements and swaps of neighbours each cost one.
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        return table[a.Length, b.Length];
    }
}
