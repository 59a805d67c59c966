namespace MetaSpine.Tests;

/// <summary>What does harm where a reader does not expect it.</summary>
internal static class Harm
{
    /// <summary>Numbers that may well be, but seldom where they are put.</summary>
    public static readonly string[] Plausible = ["0", "1", "2", "3", "7", "12", "40", "100", "250", "1999", "0.01", "0.3", "0.5", "0.95", "1.5", "3.14", "-0.2", "-3", "1e6"];

    /// <summary>Numbers at the edges of what can be held or meant, and what looks like a number.</summary>
    public static readonly string[] Numbers =
    [
        "", "0", "-0", "1", "-1", "0.5", ".5", "5.", "+5", "1e308", "-1e308", "1e-320", "1e999", "1e50", "1e-50", "1e25", "1e-12", "1e15", "999999999", "2147483647", "2147483648", "-2147483649", "9007199254740993",
        "9223372036854775808", "18446744073709551616", "NaN", "nan", "Infinity", "-inf", "∞", "1,5", "1.234,5", "1,234", "1 000", "1_000", "1.5.2", "0x10", "1e", "--1", "−3", "１２", "٣", "1/2", "50%", "<0.001", ">5", "= 2",
        "nr", "na", "NA", "NR", ".", "-", "0.30000000000000004", "100", "1000000", "0.999999999999999999", "00012", "1e2147483648", "1e-99999", "12a", new('9', 400), "0." + new string('0', 400) + "1",
    ];

    /// <summary>Signs that some format gives a meaning to, and letters that are easily mistaken.</summary>
    public static readonly string[] Texts =
    [
        "\0", "\uFEFF", "\u2028", "\u0085", "\r", "\r\n", "\n", "\n\n", "\t", " ", "\v", "\f", "\e[31m", "\u00a0", "\u200b", "\u202E", "\uFFFE", "\uFFFD", "\uD800", "\uDC00", "🦴", "e\u0301", "İ", "ß", "ﬁ",
        "\"", "'", "\"\"", "\\", "\\\"", "\\u0000", "\\ud800", "`", "~", "{", "}", "[", "]", "(", ")", "<", ">", "</", "/>", "&", "*", "!", "|", "%", "@", "#", "$", "=", "^", "?", "::", ",", ",,,,", ";", ": ", "- ", "? ", "---\n", "...\n",
        "&a ", "*a", "<<: *a\n", "!!binary x", "!x ", "|\n", ">-\n", "%YAML 9.9\n---\n", "null", "true", "yes", "[]", "{}", "\"\":", "__proto__", "-1", "x", "X", "each", "study", "NaN",
        "<!DOCTYPE x [<!ENTITY e \"eeeeeeeeee\">]>", "&e;", "&#0;", "&#xD800;", "&#x110000;", "&amp;", "<![CDATA[", "]]>", "<!--", "-->", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>", "xmlns=\"q\"", "xmlns:a=\"\"", "<a:b>",
        "@string{a = a # a}", "@", "@comment{", "ER  - \n", "TY  - JOUR\n", "PMID- ", "PT J\n", "EF\n", "AU  - ", "../../x", "/etc/hosts", "*.yaml", "C:\\x", "%s{0}", "=1+1", "'; --", "sep=;\n",
        new('x', 20_000), new('9', 5_000), new('[', 2_000), new('{', 2_000), new('(', 2_000), new('"', 1_001), new('-', 3_000), new(' ', 5_000), new('\n', 3_000), new(',', 3_000),
    ];

    /// <summary>Bytes that are no UTF-8: ends without beginnings and beginnings without ends, letters written too long, halves of pairs, what lies beyond Unicode, and marks of other files.</summary>
    public static readonly byte[][] Bytes =
    [
        [0x80], [0xFF], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x9F], [0x00], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], "PK\u0003\u0004"u8.ToArray(), [0x1F, 0x8B], "\r"u8.ToArray(), "\n"u8.ToArray(),
    ];
}
