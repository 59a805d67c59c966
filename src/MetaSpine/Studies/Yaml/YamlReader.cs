using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MetaSpine;

/// <summary>Turns YAML text into nodes with places, from the parser's events.</summary>
/// <remarks>
/// Anchors and aliases are refused, so that no small file unfolds into a large one; depth is limited; duplicate keys and second documents
/// are faults. Scalars keep their text whatever YAML would make of it.
/// </remarks>
internal sealed class YamlReader
{
    internal const int DeepestNesting = 32;

    private readonly Reading _reading;
    private readonly Parser _parser;

    private YamlReader(string text, Reading reading) => (_reading, _parser) = (reading, new Parser(new StringReader(text)));

    /// <summary>The file's one document; <see langword="null"/> with a fault where there is none or it is not YAML.</summary>
    internal static YamlNode? Read(string text, Reading reading)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var zero)
        {
            var line = text.AsSpan(0, zero).Count('\n') + 1;
            reading.Fault(reading.At(line, zero - text.LastIndexOf('\n', zero)),
                "a NUL character stands here, so this is a binary file; expected YAML text");
            return null;
        }
        try
        {
            return new YamlReader(text, reading).Document();
        }
        catch (Refused)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser is a foreign body: whatever it throws on a strange text is a fault of the file, never a crash of the reader.
            var mark = (e as YamlException)?.Start ?? YamlDotNet.Core.Mark.Empty;
            reading.Fault(reading.At(Math.Max(1, mark.Line), Math.Max(1, mark.Column)), SyntaxMessage(text, (int)mark.Line, e));
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _reading.Fault(_reading.At(1, 1), "the file is empty; expected a study or a review");
            return null;
        }
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _reading.Fault(At(second), "a second YAML document begins here; a file holds one study or one review");
            return null;
        }
        return root;
    }

    private YamlNode Node(int depth)
    {
        var found = _parser.Consume<ParsingEvent>();
        var at = At(found);
        if (depth > DeepestNesting)
            throw Refuse(at, $"lists and mappings are nested more than {DeepestNesting} deep, which no study file needs");
        if (found is AnchorAlias alias)
            throw Refuse(at,
                $"'*{NumberText.Shorten(alias.Value.Value)}' is a YAML alias; study files do not use them: write the value out");
        if (found is NodeEvent { Anchor.IsEmpty: false } anchored)
            throw Refuse(at,
                $"'&{NumberText.Shorten(anchored.Anchor.Value)}' is a YAML anchor; study files do not use them: quote the text if it is one");
        if (found is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } tagged)
            throw Refuse(at,
                $"'{NumberText.Shorten(tagged.Tag.Value)}' is a YAML tag; study files do not use them: quote the text if it is one");
        return found switch
        {
            Scalar scalar => new YamlScalar(at, scalar.Value, scalar.Style == ScalarStyle.Plain) { Span = ((int)scalar.Start.Index, (int)scalar.End.Index) },
            SequenceStart list => List(at, list, depth),
            MappingStart map => Map(at, map, depth),
            _ => throw Refuse(at, "expected a value"),
        };
    }

    private YamlList List(SourcePosition at, SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.Accept<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new(at, items) { Span = Span(start, _parser.Consume<SequenceEnd>(), start.Style == SequenceStyle.Flow) };
    }

    private YamlMap Map(SourcePosition at, MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (!_parser.Accept<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlScalar { Text: var name })
                _reading.Fault(key.At, $"found {key.Kind} as a key, expected a word");
            else if (!seen.TryAdd(name, key.At))
                _reading.Fault(key.At, $"the key '{NumberText.Shorten(name)}' stands here and already on line {seen[name].Line}; keep one");
            else
                entries.Add(new(name, key.At, value) { KeyStart = key.Span.Start });
        }
        return new(at, entries) { Span = Span(start, _parser.Consume<MappingEnd>(), start.Style == MappingStyle.Flow) };
    }

    // The parser ends a list or mapping between brackets before its last bracket.
    private static (int Start, int End) Span(ParsingEvent start, ParsingEvent end, bool isFlow) => ((int)start.Start.Index, (int)end.End.Index + (isFlow ? 1 : 0));

    private SourcePosition At(ParsingEvent found) => _reading.At(found.Start.Line, found.Start.Column);

    private Refused Refuse(SourcePosition at, string message)
    {
        _reading.Fault(at, message);
        return new Refused();
    }

    private static string SyntaxMessage(string text, int line, Exception e)
    {
        var lines = text.Split('\n');
        var byTab = e.Message.Contains("tab", StringComparison.Ordinal);
        var tab = Array.FindIndex(lines, l => l.AsSpan(0, l.Length - l.AsSpan().TrimStart().Length).Contains('\t')) + 1;
        if (tab > 0 && (byTab || Math.Abs(tab - line) <= 1))
            return $"line {tab} is indented with a tab; YAML wants spaces";
        var detail = e is YamlException ? e.Message.TrimEnd('.') : "its structure cannot be followed";
        var hint = line >= 1 && line <= lines.Length && lines[line - 1].AsSpan().Count(": ") > 1
            ? "; a text that holds ': ' needs quotes" : "; quote texts that hold : # { } [ ] or begin with a special character";
        return $"this is not valid YAML ({detail}){hint}";
    }

    private sealed class Refused : Exception;
}
