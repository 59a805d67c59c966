namespace MetaSpine;

/// <summary>A piece of a YAML file: a scalar, a list or a mapping, with its place.</summary>
internal abstract class YamlNode(SourcePosition at)
{
    internal SourcePosition At { get; } = at;

    /// <summary>Where the node stands in the text, in characters from 0; a block's end lies behind the blank lines and comments that follow it.</summary>
    internal (int Start, int End) Span { get; init; }

    /// <summary>What an error message calls the node.</summary>
    internal abstract string Kind { get; }
}

/// <summary>A single value, always held as the text that stands in the file: no is no, and 25.0 is 25.0.</summary>
/// <param name="at">Where the scalar begins.</param>
/// <param name="text">Its text, without quotes.</param>
/// <param name="plain">Whether it stands without quotes.</param>
internal sealed class YamlScalar(SourcePosition at, string text, bool plain) : YamlNode(at)
{
    internal YamlScalar(string text, bool plain) : this(default, text, plain) { }

    internal string Text { get; } = text;

    internal bool Plain { get; } = plain;

    internal bool IsNull => Plain && MeansNull(Text);

    internal override string Kind => IsNull ? "nothing" : $"'{NumberText.Shorten(Text)}'";

    internal static bool MeansNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed class YamlList(SourcePosition at, List<YamlNode> items) : YamlNode(at)
{
    internal List<YamlNode> Items { get; } = items;

    internal override string Kind => "a list";
}

internal sealed class YamlMap(SourcePosition at, List<YamlEntry> entries) : YamlNode(at)
{
    internal List<YamlEntry> Entries { get; } = entries;

    internal override string Kind => "a mapping (key: value)";

    internal YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
            if (entry.Key == key)
                return entry;
        return null;
    }
}

internal sealed record YamlEntry(string Key, SourcePosition KeyAt, YamlNode Value)
{
    /// <summary>Where the key stands in the text, in characters from 0.</summary>
    internal int KeyStart { get; init; }
}
