namespace MetaSpine;

/// <summary>The names of authors and editors in BibTeX: joined by "and", as "von Last, Jr, First" or "First von Last", groups in braces.</summary>
internal static class BibTexNames
{
    /// <summary>The names in a field, without the "others" at its end.</summary>
    public static IEnumerable<PersonName> Read(string text)
    {
        var parts = Split(text, isWords: true);
        return parts.Select(part => part.Trim()).Where(part => part.Length > 0 && !part.Equals("others", StringComparison.OrdinalIgnoreCase)).Select(Name).Where(name => name.Family.Length > 0);
    }

    /// <summary>The names as a field.</summary>
    public static string Write(IEnumerable<PersonName> names) => string.Join(" and ", names.Select(Write));

    private static PersonName Name(string text)
    {
        if (IsBraced(text))
        {
            return new(Decode(text)) { IsGroup = true };
        }

        var parts = Split(text, isWords: false);
        if (parts.Count == 1)
        {
            return InOrder(text);
        }

        // Many write "Last, First, Jr", which no rule of BibTeX allows.
        if (parts.Count == 3 && BibliographicText.Name($"x,{Decode(parts[1])},{Decode(parts[2])}").Suffix is { } last && last == Decode(parts[2]))
        {
            parts.Reverse(1, 2);
        }

        var given = Decode(string.Join(", ", parts.Skip(parts.Count > 2 ? 2 : 1).Select(part => part.Trim()).Where(part => part.Length > 0)));
        var suffix = parts.Count > 2 ? Decode(parts[1]) : "";
        return new(Decode(parts[0]), given.Length == 0 ? null : given) { Suffix = suffix.Length == 0 ? null : suffix };
    }

    /// <summary>"First von Last": the family name is the last word with the words in small letters before it.</summary>
    private static PersonName InOrder(string text)
    {
        var words = Words(text).ToList();
        if (words.Count == 1 || BibliographicText.Name(Decode(text)).IsGroup)
        {
            return new(Decode(text)) { IsGroup = words.Count > 1 };
        }

        var first = words.FindIndex(0, words.Count - 1, word => char.IsLower(Decode(word).FirstOrDefault(char.IsLetter)) && word[0] != '{');
        var family = first < 0 ? words.Count - 1 : first;
        return new(Decode(string.Join(' ', words.Skip(family))), family == 0 ? null : Decode(string.Join(' ', words.Take(family))));
    }

    private static string Write(PersonName name)
    {
        var family = Part(name.Family);
        return name.IsGroup ? $"{{{LatexText.Encode(name.Family)}}}"
            : name.Suffix is { } suffix ? $"{family}, {Part(suffix)}, {Part(name.Given ?? "")}"
            : name.Given is { } given ? $"{family}, {Part(given)}"
            : family.Contains(' ', StringComparison.Ordinal) || IsBraced(family) ? family + "," : family;
    }

    /// <summary>A part of a name, in braces where what is in it would part it.</summary>
    private static string Part(string text) =>
        text.Contains(',', StringComparison.Ordinal) || Split(text, isWords: true).Count > 1 || text.Equals("others", StringComparison.OrdinalIgnoreCase) ? $"{{{LatexText.Encode(text)}}}" : LatexText.Encode(text);

    private static string Decode(string text) => BibliographicText.Line(LatexText.Decode(text)) ?? "";

    /// <summary>Whether one pair of braces holds the whole.</summary>
    private static bool IsBraced(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0 && i < text.Length - 1)
            {
                return false;
            }
        }

        return text.Length > 1 && text[0] == '{' && text[1] != '\\';
    }

    /// <summary>The parts between commas, or between the words "and", outside of braces.</summary>
    private static List<string> Split(string text, bool isWords)
    {
        var (parts, start, depth) = (new List<string>(), 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            var length = depth != 0 ? 0 : isWords ? And(text, i) : text[i] == ',' ? 1 : 0;
            if (length > 0)
            {
                parts.Add(text[start..i]);
                start = i + length;
                i = start - (isWords ? 2 : 1);
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>The length of an "and" between white space; the space behind it may be that before the next.</summary>
    private static int And(string text, int at) =>
        at + 4 < text.Length && char.IsWhiteSpace(text[at]) && char.IsWhiteSpace(text[at + 4]) && text.AsSpan(at + 1, 3).Equals("and", StringComparison.OrdinalIgnoreCase) ? 4 : 0;

    private static IEnumerable<string> Words(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length || (depth == 0 && (char.IsWhiteSpace(text[i]) || text[i] == '~'));
            if (isEnd)
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
            else
            {
                depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            }
        }
    }
}
