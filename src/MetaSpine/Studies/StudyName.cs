namespace MetaSpine;

/// <summary>Names a study from its citation as reviewers do: Oda 2006; without authors, the journal and the year.</summary>
internal static class StudyName
{
    internal static string? From(Citation citation)
    {
        var who = citation.Authors.Count > 0 ? FamilyName(citation.Authors[0]) : citation.Journal;
        return who is null ? null : citation.Year is { } year ? $"{who} {year}" : who;
    }

    // "Oda I" and "Oda, I." are Oda; "van der Berg AB" keeps its particles; a group's name has no initials to drop.
    private static string FamilyName(string author)
    {
        var comma = author.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
            return author[..comma];
        var space = author.LastIndexOf(' ');
        return space > 0 && AreInitials(author.AsSpan(space + 1)) ? author[..space] : author;
    }

    private static bool AreInitials(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 4)
            return false;
        foreach (var c in word)
            if (!char.IsUpper(c) && c is not ('.' or '-'))
                return false;
        return true;
    }
}
