using System.Text;
using System.Xml;

namespace MetaSpine;

/// <summary>An element of an .rm5 file.</summary>
internal sealed class Rm5Element(string name, SourcePosition position)
{
    private static readonly HashSet<string> Lines = ["P", "LI", "BR", "TR"];

    private Dictionary<string, string>? _attributes;
    private List<object>? _content;

    public string Name { get; } = name;

    public SourcePosition Position { get; } = position;

    public IEnumerable<Rm5Element> Children => _content?.OfType<Rm5Element>() ?? [];

    /// <summary>The text within the element and its descendants; paragraphs and list items are lines of their own.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            Append(text);
            return string.Join('\n', text.ToString().Split('\n')
                .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));
        }
    }

    /// <summary>An attribute; "" where it is absent.</summary>
    public string this[string attribute]
    {
        get => _attributes?.GetValueOrDefault(attribute, "") ?? "";
        set => (_attributes ??= new(StringComparer.Ordinal))[attribute] = value;
    }

    /// <summary>Adds a piece of text, or an element within, behind what is there already.</summary>
    public void Add(object part) => (_content ??= []).Add(part);

    public Rm5Element? Child(string name) => Children.FirstOrDefault(child => child.Name == name);

    public string TextOf(string child) => Child(child)?.Text ?? "";

    /// <summary>The element within that has this ID; null where there is none.</summary>
    public Rm5Element? Descendant(string id) => Children.Select(child => child["ID"] == id ? child : child.Descendant(id)).FirstOrDefault(found => found is not null);

    private void Append(StringBuilder text)
    {
        foreach (var part in _content ?? [])
        {
            if (part is Rm5Element child)
            {
                child.Append(text.Append(Lines.Contains(child.Name) ? '\n' : ' '));
                text.Append(Lines.Contains(child.Name) ? '\n' : ' ');
            }
            else
            {
                text.Append(((string)part).ReplaceLineEndings(" "));
            }
        }
    }
}

/// <summary>
/// Reads the parts of an .rm5 file that hold studies and data. The reader follows no document type, no entity and no address, and
/// gives up on elements nested deeper than RevMan ever writes.
/// </summary>
internal sealed class Rm5Document
{
    /// <summary>Ten times those of the longest review; more would fill the memory.</summary>
    private const int MostElements = 1_000_000;

    /// <summary>RevMan's own files have eleven levels; tables within texts a few more.</summary>
    private const int Deepest = 64;

    /// <summary>The parts without studies or data, which are most of a file.</summary>
    private static readonly HashSet<string> Skipped = ["MAIN_TEXT", "FIGURES", "FEEDBACK", "APPENDICES", "ADDITIONAL_TABLES", "SOF_TABLES", "EXTENSIONS"];

    private readonly XmlReader _reader;
    private readonly string _file;
    private int _count;

    private Rm5Document(XmlReader reader, string file) => (_reader, _file) = (reader, file);

    /// <summary>Whether the content is XML, in any encoding whose first character is one of ASCII.</summary>
    public static bool Fits(byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? bytes.AsSpan(2) : bytes;
        foreach (var one in start)
        {
            if (one is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0))
            {
                return one == (byte)'<';
            }
        }

        return false;
    }

    /// <exception cref="StudyFileException">The content is not well-formed XML, has a document type, or is nested too deep.</exception>
    public static Rm5Element Read(byte[] bytes, string file)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = BoundedBytes.LargestFile,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), settings);
            reader.MoveToContent();
            return new Rm5Document(reader, file).Element();
        }
        catch (XmlException e)
        {
            throw new StudyFileException([e.LineNumber > 0
                ? new(new(file, e.LineNumber, Math.Max(1, e.LinePosition)), Advice(e))
                : new(At(bytes, "<!DOCTYPE"u8, file), Advice(e))]);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new StudyFileException([new(new(file, 1, 1), $"the file's encoding cannot be read ({e.Message}); save it again from RevMan")]);
        }
    }

    /// <summary>Where bytes stand; the first place of the file where they do not.</summary>
    private static SourcePosition At(byte[] bytes, ReadOnlySpan<byte> sought, string file)
    {
        var before = bytes.AsSpan(0, Math.Max(0, bytes.AsSpan().IndexOf(sought)));
        return new(file, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    private static string Advice(XmlException error) => error.Message.Contains("DTD", StringComparison.Ordinal)
        ? "the file has a document type (DOCTYPE), which RevMan never writes and which is not followed: remove it"
        : error.Message.Contains("end of file", StringComparison.OrdinalIgnoreCase)
        ? $"the file ends too early: {Sentence(error)}; save it again from RevMan"
        : $"this is no XML that can be read: {Sentence(error)}";

    private static string Sentence(XmlException error)
    {
        var end = error.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (end < 0 ? error.Message : error.Message[..end]).TrimEnd('.');
    }

    private Rm5Element Element()
    {
        var place = (IXmlLineInfo)_reader;
        var element = new Rm5Element(_reader.LocalName, new(_file, place.LineNumber, place.LinePosition));
        if (_reader.Depth > Deepest || ++_count > MostElements)
        {
            throw new StudyFileException([new(element.Position, _count > MostElements
                ? "the file has more than a million elements: this is no review"
                : FormattableString.Invariant($"elements are nested more than {Deepest} deep, which RevMan never writes"))]);
        }

        while (_reader.MoveToNextAttribute())
        {
            element[_reader.LocalName] = _reader.Value;
        }

        _reader.MoveToElement();
        if (_reader.IsEmptyElement || Skipped.Contains(element.Name))
        {
            _reader.Skip();
            return element;
        }

        _reader.Read();
        while (_reader.NodeType != XmlNodeType.EndElement)
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                element.Add(Element());
                continue;
            }

            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                element.Add(_reader.Value);
            }

            _reader.Read();
        }

        _reader.Read();
        return element;
    }
}
