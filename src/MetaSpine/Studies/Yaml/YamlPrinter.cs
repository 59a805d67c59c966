using System.Globalization;
using System.Text;

namespace MetaSpine;

/// <summary>Writes nodes as YAML text: short mappings and lists on one line, longer ones as a block.</summary>
internal static class YamlPrinter
{
    private const int Width = 120;

    /// <summary>YAML reads keys of 1024 characters without a mark, as they are written and so with what stands for their signs.</summary>
    private const int LongestKey = 150;

    internal static string Print(YamlMap root)
    {
        var text = new StringBuilder();
        foreach (var entry in root.Entries)
            Entry(text, entry, 0);
        return text.ToString();
    }

    /// <summary>A node on one line: a value as it stands behind its key, lists and mappings between brackets.</summary>
    /// <param name="node">The node.</param>
    /// <param name="flow">Whether it is to stand between brackets itself, where more texts need quotes.</param>
    internal static string Inline(YamlNode node, bool flow = false) => node switch
    {
        YamlScalar scalar => Scalar(scalar, flow),
        YamlList list => $"[{string.Join(", ", list.Items.ConvertAll(i => Inline(i, flow: true)))}]",
        YamlMap map => $"{{{string.Join(", ", map.Entries.ConvertAll(e => $"{Key(e.Key)}: {Inline(e.Value, flow: true)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static void Entry(StringBuilder text, YamlEntry entry, int indent)
    {
        // A longer key has to say that it is one; no line that is short enough for brackets has such a key.
        text.Append(' ', indent).Append(entry.Key.Length > LongestKey ? $"? {Key(entry.Key)}\n{new string(' ', indent)}" : Key(entry.Key)).Append(':');
        // The top level is always spread out, so that a reviewer finds each part on lines of its own; what is empty would be read as nothing there.
        if (entry.Value is YamlScalar || IsEmpty(entry.Value) || (indent > 0 && Fits(entry, indent)))
        {
            text.Append(' ').Append(Inline(entry.Value)).Append('\n');
            return;
        }
        text.Append('\n');
        Block(text, entry.Value, indent + 2);
    }

    private static void Block(StringBuilder text, YamlNode node, int indent)
    {
        if (node is YamlMap map)
        {
            foreach (var entry in map.Entries)
                Entry(text, entry, indent);
            return;
        }
        foreach (var item in ((YamlList)node).Items)
            Item(text, item, indent);
    }

    private static void Item(StringBuilder text, YamlNode item, int indent)
    {
        var line = Inline(item);
        if (item is YamlScalar || IsEmpty(item) || indent + 2 + line.Length <= Width)
        {
            text.Append(' ', indent).Append("- ").Append(line).Append('\n');
            return;
        }
        // The first line of the block moves up beside its dash.
        var block = new StringBuilder();
        Block(block, item, indent + 2);
        text.Append(' ', indent).Append("- ").Append(block, indent + 2, block.Length - indent - 2);
    }

    private static bool Fits(YamlEntry entry, int indent) =>
        indent + entry.Key.Length + 2 + Inline(entry.Value).Length <= Width;

    private static bool IsEmpty(YamlNode node) => node is YamlMap { Entries.Count: 0 } or YamlList { Items.Count: 0 };

    // The key n stays bare: programs that read it as a boolean are gone, and reviewers write it so.
    internal static string Key(string key) => key == "n" ? key : Scalar(new(key, plain: false), flow: true);

    private static string Scalar(YamlScalar scalar, bool flow) =>
        scalar.Plain ? scalar.Text : IsSafe(scalar.Text, flow) ? scalar.Text : Quoted(scalar.Text);

    // Plain only where no YAML program, of version 1.1 or 1.2, could read it as anything but this text.
    private static bool IsSafe(string text, bool flow)
    {
        if (text.Length == 0 || !char.IsAsciiLetter(text[0]) || text[^1] is ' ' or ':' || YamlScalar.MeansNull(text) || IsWord(text))
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' or '\u00a0')
                return false;
            if ((c == ':' && (flow || text[i + 1] == ' ')) || (c == '#' && text[i - 1] == ' '))
                return false;
            if (flow && c is ',' or '[' or ']' or '{' or '}' or '"' or '\'' or '?' or '&' or '*')
                return false;
        }
        return true;
    }

    private static bool IsWord(string text) =>
        text.Length <= 5 && text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "nr" or "na" or "nan";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or (>= '\u007f' and <= '\u00a0') or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }
}
