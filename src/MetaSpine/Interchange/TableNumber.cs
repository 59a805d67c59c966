using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>What the numbers of a column can be, which decides how doubtful marks are read.</summary>
internal enum NumberKind
{
    /// <summary>Any number: "1,234" may be 1234 or 1.234.</summary>
    Real,

    /// <summary>A count: "1,234" can only be 1234.</summary>
    Count,

    /// <summary>A proportion: "83%" is 0.83.</summary>
    Proportion,
}

/// <summary>Reads the numbers of a table as people write them; what can be read in two ways is a fault that says how to write it.</summary>
internal static partial class TableNumber
{
    private const int LongestText = 60;

    private static readonly string[] Missing =
        ["", ".", "..", "-", "--", "NA", "N/A", "#N/A", "N.A.", "NR", "N.R.", "NaN", "not reported", "not available"];

    /// <summary>Whether the cell says that nothing is reported.</summary>
    public static bool IsMissing(string text) => Missing.Contains(Plain(text), StringComparer.OrdinalIgnoreCase);

    /// <summary>The number; NaN where nothing is reported or, with a fault added, where it cannot be read.</summary>
    /// <param name="field">The cell.</param>
    /// <param name="what">The column and the study, for the message.</param>
    /// <param name="kind">What the column holds.</param>
    /// <param name="mark">The decimal mark: a point or a comma.</param>
    /// <param name="faults">Takes the fault.</param>
    public static double Read(CsvField field, string what, NumberKind kind, char mark, List<FileFault> faults)
    {
        if (IsMissing(field.Text))
        {
            return double.NaN;
        }

        var (value, problem) = Parse(field.Text, kind, mark);
        if (problem is not null)
        {
            faults.Add(new(field.Position, $"'{NumberText.Shorten(field.Text)}' {problem} ({what})"));
        }

        // A negative zero is a zero.
        return value + 0.0;
    }

    /// <summary>Whether the text was meant as a number, whatever its marks.</summary>
    public static bool LooksNumeric(string text) => Meant().IsMatch(Plain(text));

    /// <summary>A bound such as "&lt;0.001", which is not a number.</summary>
    public static bool IsBound(string text) => Plain(text) is ['<' or '>' or '≤' or '≥', ..];

    private static (double Value, string? Problem) Parse(string text, NumberKind kind, char mark)
    {
        var plain = text.Length > LongestText ? text : Plain(text);
        if (plain.EndsWith('%') && plain.Length <= LongestText)
        {
            var (percent, problem) = Parse(plain[..^1].TrimEnd(), NumberKind.Real, mark);
            return (problem, kind) switch
            {
                (not null, _) => (double.NaN, problem),
                (_, NumberKind.Proportion) => (percent / 100, null),
                (_, NumberKind.Count) => (double.NaN, "is a percentage, but a count is wanted: write the number of participants or events"),
                _ => (double.NaN, "is a percentage, but the column does not hold proportions: write the number without the percent sign, in the unit of the others"),
            };
        }

        if (Value(plain, kind, mark) is { } value)
        {
            return (value, null);
        }

        return (double.NaN, Advice(plain, kind, mark, mark == '.' ? ',' : '.'));
    }

    /// <summary>The number, where there is one way to read it.</summary>
    private static double? Value(string plain, NumberKind kind, char mark)
    {
        var other = mark == '.' ? ',' : '.';
        if (!plain.Contains(other) && !(kind == NumberKind.Count && MarksThousands(plain, mark)) && NumberText.Value(plain.Replace(mark, '.')) is { } value)
        {
            return value;
        }

        if (Grouped().Match(plain) is not { Success: true } groups)
        {
            return null;
        }

        var (separator, fraction) = (groups.Groups["sep"].Value[0], groups.Groups["mark"].Value);
        var isDoubtful = separator == other && fraction.Length == 0 && plain.IndexOf(separator) == plain.LastIndexOf(separator) && kind != NumberKind.Count;
        return separator == mark || (fraction.Length > 0 && fraction[0] != mark) || isDoubtful
            ? null
            : NumberText.Value(plain.Replace($"{separator}", "", StringComparison.Ordinal).Replace(mark, '.'));
    }

    /// <summary>Whether a decimal mark in a count may stand between thousands: "1.234" participants are hardly one and a quarter.</summary>
    private static bool MarksThousands(string plain, char mark) => Grouped().Match(plain) is { Success: true } groups && groups.Groups["sep"].Value[0] == mark;

    private static string Advice(string plain, NumberKind kind, char mark, char other)
    {
        if (plain.Length > LongestText)
        {
            return "is not a number; leave the cell empty where nothing is reported";
        }

        if (kind == NumberKind.Count && MarksThousands(plain, mark) && NumberText.Value(plain.Replace(mark, '.')) is not null)
        {
            return $"may be {plain.Replace($"{mark}", "", StringComparison.Ordinal)} or a fraction, and a count is wanted: write it without a mark for thousands, or a fraction with one more digit ({plain}0)"
                + (mark == '.' ? "; where the file has decimal commas, say so (--decimal ,)" : "");
        }

        if (Value(plain, NumberKind.Count, mark) is { } counted)
        {
            return $"may be {Text(counted, mark)} or {plain.Replace(other, mark)}: write it without a mark for thousands"
                + (mark == '.' ? ", or say that the file has decimal commas (--decimal ,)" : ", and with a decimal comma");
        }

        if (Value(plain, NumberKind.Real, other) is { } meant)
        {
            return mark == '.'
                ? $"is not a number: write {Text(meant, mark)}, or say that the file has decimal commas (--decimal ,)"
                : $"has a decimal point, but the file was said to have decimal commas: write {Text(meant, mark)}, or leave that out";
        }

        return IsBound(plain) ? "is a bound and not a number; leave the cell empty where nothing exact is reported"
            : NumberText.Problem(plain.Replace(mark, '.')) is { } told && told.Contains("too large", StringComparison.Ordinal) ? "is too large for a number"
            : Meant().IsMatch(plain) ? "is not a number that can be read in one way: write it without marks for thousands"
            : Leading().Match(plain) is { Success: true } number ? $"is not a number: write {number.Value} alone, and the rest in a column of its own"
            : "is not a number; leave the cell empty where nothing is reported";
    }

    private static string Text(double value, char mark) => value.ToString(CultureInfo.InvariantCulture).Replace('.', mark);

    /// <summary>With the minus sign and the spaces of the keyboard.</summary>
    private static string Plain(string text)
    {
        if (text.Length > LongestText)
        {
            return text;
        }

        Span<char> plain = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            plain[i] = text[i] switch
            {
                '\u2212' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\ufe63' or '\uff0d' => '-',
                '\u00a0' or '\u202f' or '\u2007' or '\u2009' => ' ',
                '\u2019' or '\u02bc' => '\'',
                var same => same,
            };
        }

        return plain.Trim().ToString();
    }

    /// <summary>Groups of three digits behind one to three that do not begin with a zero.</summary>
    [GeneratedRegex(@"^[+-]?[1-9][0-9]{0,2}(?<sep>[., '])[0-9]{3}(\k<sep>[0-9]{3})*((?<mark>[.,])[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?[0-9]+([.,][0-9]+)?(?=[^0-9.,])", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();

    [GeneratedRegex(@"^[+-]?[0-9][0-9., ']*%?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Meant();
}
