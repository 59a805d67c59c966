namespace MetaSpine;

/// <summary>Edits of a YAML text that leave its comments and its layout as they are, and the same changes of its tree, by which they are checked.</summary>
internal sealed class YamlEdits
{
    private const int Width = 120;

    private readonly string _text;
    private readonly YamlMap _root;
    private readonly string _newLine;
    private readonly Dictionary<YamlNode, int> _ends = [];
    private readonly List<(int Start, int End, string Text)> _edits = [];
    private readonly Dictionary<YamlNode, YamlNode> _current = [];
    private bool _canEdit = true;

    /// <summary>Begins to edit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="root">Its tree, which is changed.</param>
    internal YamlEdits(string text, YamlMap root)
    {
        (_text, _root, _newLine) = (text, root, text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        _ = MeasuredEnd(root);
    }

    /// <summary>The node as it can stand in any place of another file: what was plain there may need quotes here.</summary>
    internal static YamlNode Portable(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => new YamlScalar("null", plain: true),
        YamlScalar scalar => new YamlScalar(scalar.Text, scalar.Plain && IsBare(scalar.Text)),
        YamlList list => new YamlList(default, list.Items.ConvertAll(Portable)),
        YamlMap map => new YamlMap(default, map.Entries.ConvertAll(entry => new YamlEntry(entry.Key, default, Portable(entry.Value)))),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>The text after all edits; null where they cannot be made without writing the file anew.</summary>
    internal string? Apply()
    {
        var result = new System.Text.StringBuilder();
        var at = 0;
        foreach (var (start, end, inserted) in _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.End))
        {
            if (!_canEdit || start < at || end > _text.Length)
            {
                return null;
            }

            result.Append(_text, at, start - at).Append(inserted);
            at = end;
        }

        return _canEdit ? result.Append(_text, at, _text.Length - at).ToString() : null;
    }

    /// <summary>The text with a further part at its end.</summary>
    internal string? Apply(YamlMap end) => Apply() is { } edited ? edited.TrimEnd() + ("\n\n" + YamlPrinter.Print(end)).Replace("\n", _newLine, StringComparison.Ordinal) : null;

    /// <summary>Puts a value in the place of what the first file gives, or of nothing.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="kept">The value; null to leave the field out.</param>
    internal void Keep(NodeDifference difference, YamlNode? kept)
    {
        kept = kept is null ? null : Portable(kept);
        if (kept is null)
        {
            Remove(difference);
        }
        else if (difference.A is { } old)
        {
            Replace(difference, old, kept);
        }
        else if (difference.Host is YamlScalar number)
        {
            Wrap(number, kept);
        }
        else
        {
            Insert(difference.Host, difference.Key, kept);
        }
    }

    /// <summary>Adds an entry or an item at the end of a mapping or list.</summary>
    internal void Insert(YamlNode host, string? key, YamlNode value)
    {
        switch (host)
        {
            case YamlMap map when map.Entries.Find(entry => entry.Key == key) is { } empty:
                Edit(empty.Value.Span.Start, Math.Max(empty.Value.Span.Start, ContentEnd(empty.Value)), (empty.Value.Span.Start == empty.Value.Span.End ? " " : "") + YamlPrinter.Inline(value, IsFlow(map)));
                map.Entries[map.Entries.IndexOf(empty)] = empty with { Value = value };
                break;
            case YamlMap map:
                Insert(map, map.Entries.Count, $"{YamlPrinter.Key(key!)}: {YamlPrinter.Inline(value, IsFlow(map))}", () => Block(new YamlMap(default, [new(key!, default, value)])), map.Entries.Count == 0 ? 0 : Column(map.Entries[0].KeyStart));
                map.Entries.Add(new(key!, default, value));
                break;
            case YamlList list:
                Insert(list, list.Items.Count, (IsFlow(list) ? "" : "- ") + YamlPrinter.Inline(value, IsFlow(list)), () => BlockItem(value), list.Items.Count == 0 ? 0 : Column(Dash(list.Items[0])));
                list.Items.Add(value);
                break;
        }
    }

    private void Insert(YamlNode host, int count, string line, Func<string> block, int column)
    {
        if (IsFlow(host))
        {
            Edit(host.Span.End - 1, host.Span.End - 1, (count > 0 ? ", " : "") + line);
            return;
        }

        if (column < 0)
        {
            _canEdit = false;
            return;
        }

        var indent = new string(' ', column);
        var lines = column + line.Length <= Width ? line : block().TrimEnd('\n').Replace("\n", "\n" + indent, StringComparison.Ordinal);
        var end = LineEnd(ContentEnd(host));
        Edit(end, end, $"\n{indent}{lines}");
    }

    private void Replace(NodeDifference difference, YamlNode old, YamlNode kept)
    {
        Edit(old.Span.Start, ContentEnd(old), YamlPrinter.Inline(kept, IsFlow(difference.Host)));
        _current[old] = kept;
        Exchange(difference.Host, old, kept);
    }

    /// <summary>Gives a number that stands alone a source of its own.</summary>
    private void Wrap(YamlScalar number, YamlNode source)
    {
        Edit(number.Span.Start, number.Span.Start, "{value: ");
        Edit(ContentEnd(number), ContentEnd(number), $", source: {YamlPrinter.Inline(source, flow: true)}}}");
        var value = _current.GetValueOrDefault(number, number);
        ExchangeBelow(_root, value, new YamlMap(default, [new("value", default, value), new("source", default, source)]));
    }

    private void Remove(NodeDifference difference)
    {
        switch (difference.Host)
        {
            case YamlMap map:
                var at = map.Entries.FindIndex(entry => entry.Key == difference.Key);
                Cut(map, [.. map.Entries.Select(entry => (entry.KeyStart, entry.Value))], at);
                map.Entries.RemoveAt(at);
                break;
            case YamlList list:
                var index = list.Items.IndexOf(difference.A!);
                Cut(list, [.. list.Items.Select(item => (IsFlow(list) ? item.Span.Start : Dash(item), item))], index);
                list.Items.RemoveAt(index);
                break;
        }
    }

    private void Cut(YamlNode host, IReadOnlyList<(int Start, YamlNode Value)> parts, int index)
    {
        var (start, value) = parts[index];
        var end = ContentEnd(value);
        var lineStart = start < 0 ? 0 : _text.LastIndexOf('\n', Math.Max(0, start - 1)) + 1;
        if (start < 0 || start > _text.Length)
        {
            _canEdit = false;
        }
        else if (!IsFlow(host) && _text.AsSpan(lineStart, start - lineStart).IsWhiteSpace())
        {
            // With the line break before it, so that what is added behind it still has its place.
            var from = lineStart == 0 ? 0 : lineStart > 1 && _text[lineStart - 2] == '\r' ? lineStart - 2 : lineStart - 1;
            Edit(from, LineEnd(end), "");
        }
        else if (index + 1 < parts.Count)
        {
            Edit(start, parts[index + 1].Start, "");
        }
        else if (IsFlow(host))
        {
            Edit(index > 0 ? ContentEnd(parts[index - 1].Value) : start, end, "");
        }
        else
        {
            _canEdit = false;
        }
    }

    private static void Exchange(YamlNode host, YamlNode old, YamlNode kept)
    {
        if (host is YamlMap map)
        {
            var at = map.Entries.FindIndex(entry => ReferenceEquals(entry.Value, old));
            map.Entries[at] = map.Entries[at] with { Value = kept };
        }
        else if (host is YamlList list)
        {
            list.Items[list.Items.IndexOf(old)] = kept;
        }
    }

    private static bool ExchangeBelow(YamlNode host, YamlNode old, YamlNode kept)
    {
        IEnumerable<YamlNode> children = host is YamlMap map ? map.Entries.Select(entry => entry.Value) : host is YamlList list ? list.Items : [];
        foreach (var child in children.ToList())
        {
            if (ReferenceEquals(child, old))
            {
                Exchange(host, old, kept);
                return true;
            }

            if (ExchangeBelow(child, old, kept))
            {
                return true;
            }
        }

        return false;
    }

    private void Edit(int start, int end, string inserted) => _edits.Add((start, end, inserted.Replace("\n", _newLine, StringComparison.Ordinal)));

    private bool IsFlow(YamlNode node) => node.Span.Start < _text.Length && _text[node.Span.Start] is '{' or '[' && node is not YamlScalar;

    /// <summary>Where the node's last character stands in the text as it was, without the comments and blank lines behind it.</summary>
    private int ContentEnd(YamlNode node) => _ends.GetValueOrDefault(node, -1);

    private int MeasuredEnd(YamlNode node)
    {
        var ends = (node switch { YamlMap map => map.Entries.Select(entry => entry.Value), YamlList list => list.Items, _ => [] }).Select(MeasuredEnd).ToList();
        return _ends[node] = ends.Count > 0 && !IsFlow(node) ? ends[^1] : Trimmed(node.Span.End);
    }

    private int Trimmed(int end)
    {
        end = Math.Min(end, _text.Length);
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private int LineEnd(int at) => _text.IndexOf('\n', at) is >= 0 and var end ? (end > at && _text[end - 1] == '\r' ? end - 1 : end) : _text.Length;

    private int Column(int at) => at < 0 ? -1 : at - (at == 0 ? 0 : _text.LastIndexOf('\n', at - 1) + 1);

    /// <summary>The dash before an item of a block list; -1 where it stands on another line.</summary>
    private int Dash(YamlNode item)
    {
        var at = item.Span.Start - 1;
        while (at >= 0 && _text[at] == ' ')
        {
            at--;
        }

        return at >= 0 && _text[at] == '-' ? at : -1;
    }

    private static string Block(YamlMap map) => YamlPrinter.Print(map);

    private static string BlockItem(YamlNode item)
    {
        var lines = YamlPrinter.Print(new YamlMap(default, [new("x", default, new YamlList(default, [item]))])).TrimEnd('\n').Split('\n');
        return string.Join('\n', lines.Skip(1).Select(line => line[2..]));
    }

    private static bool IsBare(string text) => text.Length is > 0 and <= 40 && text.AsSpan().IndexOfAnyExcept(BareCharacters) < 0 && text.AsSpan().ContainsAnyInRange('0', 'z') && text[0] != '.';

    private static readonly System.Buffers.SearchValues<char> BareCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-");
}
