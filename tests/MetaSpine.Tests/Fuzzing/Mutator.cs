using System.Text;

namespace MetaSpine.Tests;

/// <summary>Makes an input that is nearly sound, from sound ones: their parts deleted, doubled, moved, nested, exchanged and replaced by what does harm.</summary>
/// <param name="random">Where all chance comes from: the same seed and samples make the same input.</param>
/// <param name="samples">The sound texts.</param>
internal sealed class Mutator(Random random, IReadOnlyList<string> samples)
{
    private const int Longest = 100_000;

    private static readonly Structure.Finder[] Finders =
        [Structure.Number, Structure.Number, Structure.Token, Structure.Cell, Structure.Line, Structure.Block, Structure.Bracketed, Structure.Element];

    /// <summary>
    /// A text of one to five changes, and its bytes. Half of all have none but of numbers, so that much is read and goes on to be computed with; of the others some are in another encoding than
    /// UTF-8, or damaged byte by byte.
    /// </summary>
    /// <param name="isBinary">Whether each character is a byte.</param>
    public (string Text, byte[] Bytes) Input(bool isBinary)
    {
        var text = Pick(samples);
        var isMild = Chance(2);
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            text = isMild ? Renumbered(text) : Chance(6) ? Whole(text) : Changed(text, Pick(Finders));
            text = text.Length > Longest ? text[..Longest] : text;
        }

        return (text, isBinary ? Damaged(Encoding.Latin1.GetBytes(text)) : isMild ? Encoding.UTF8.GetBytes(text) : Damaged(Encoded(text)));
    }

    private string Renumbered(string text)
    {
        if (Chance(3))
        {
            return Swapped(text, Structure.Number);
        }

        return Structure.Number(text, random.Next(text.Length + 1)) is var (start, end) ? text[..start] + Pick(Chance(4) ? Harm.Numbers : Harm.Plausible) + text[end..] : text;
    }

    private byte[] Encoded(string text)
    {
        Encoding encoding = random.Next(24) switch { 0 => Encoding.Unicode, 1 => Encoding.BigEndianUnicode, 2 => Encoding.Latin1, _ => Encoding.UTF8 };
        return [.. Chance(12) ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }

    private byte[] Damaged(byte[] bytes)
    {
        for (var flips = Chance(12) && bytes.Length > 0 ? random.Next(1, 5) : 0; flips > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        var at = random.Next(bytes.Length + 1);
        return random.Next(20) switch { 0 => bytes[..at], 1 => [.. bytes[..at], .. Pick(Harm.Bytes), .. bytes[at..]], _ => bytes };
    }

    private string Changed(string text, Structure.Finder finder)
    {
        if (text.Length == 0 || finder(text, random.Next(text.Length)) is not var (start, end))
        {
            return text;
        }

        var (before, part, after) = (text[..start], text[start..end], text[end..]);
        var other = Pick(samples);
        return random.Next(9) switch
        {
            0 => before + after,
            1 => before + Repeated(part) + after,
            2 => Swapped(text, finder),
            3 => before + Nested(part, finder) + after,
            4 => finder(other, random.Next(other.Length)) is var (from, to) ? before + other[from..to] + after : text,
            5 => before + part[..random.Next(part.Length + 1)] + after,
            6 => before + Pick(Harm.Texts) + part + after,
            _ => before + Pick(finder == Structure.Number || Chance(2) ? Harm.Numbers : Harm.Texts) + after,
        };
    }

    private string Whole(string text)
    {
        var at = random.Next(text.Length + 1);
        var other = Pick(samples);
        return random.Next(8) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text[..at] + other[random.Next(other.Length)..],
            3 => text.Replace("\n", Pick(["\r", "\r\n", "\n\n", "\n\r", "\u2028", " "]), StringComparison.Ordinal),
            4 => text.Replace(Pick([',', ';', ':', '"', ' ', '-']), Pick([',', ';', '\t', '|', '\'', '\u00a0'])),
            5 => Chance(2) ? text.ToUpperInvariant() : text.ToLowerInvariant(),
            6 => text + text,
            _ => text[..at] + string.Concat(Enumerable.Repeat(Pick(Harm.Texts), random.Next(1, 40))) + text[at..],
        };
    }

    private string Repeated(string part) => string.Concat(Enumerable.Repeat(part, Math.Min(Chance(4) ? random.Next(2, 200) : 2, 1 + (20_000 / (part.Length + 1)))));

    /// <summary>Two parts change their places, unless one holds the other.</summary>
    private string Swapped(string text, Structure.Finder finder)
    {
        var (one, other) = (random.Next(text.Length + 1), random.Next(text.Length + 1));
        return finder(text, Math.Min(one, other)) is var (start, end) && finder(text, Math.Max(one, other)) is var (from, to) && end <= from
            ? text[..start] + text[from..to] + text[end..from] + text[start..end] + text[to..]
            : text;
    }

    /// <summary>The part within itself: a level deeper for the most part, sometimes very many.</summary>
    private string Nested(string part, Structure.Finder finder)
    {
        var depth = Chance(4) ? random.Next(2, 300) : 1;
        if (finder == Structure.Block || finder == Structure.Line)
        {
            return string.Concat(Enumerable.Range(0, Math.Min(depth, 60)).Select(level => $"{new string(' ', level)}x:\n")) + string.Concat(part.Split('\n').Select(line => $"{new string(' ', depth)}{line}\n"));
        }

        var (open, close) = part switch
        {
            ['{', ..] => ("{\"x\":", "}"),
            ['[', ..] => ("[", "]"),
            ['(', ..] => ("(", ")"),
            ['<', ..] => ("<x>", "</x>"),
            _ => Pick([("\"", "\""), ("'", "'"), ("{", "}"), ("(", ")"), ("-", "")]),
        };
        return string.Concat(Enumerable.Repeat(open, depth)) + part + string.Concat(Enumerable.Repeat(close, depth));
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
