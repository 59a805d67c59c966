using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MetaSpine;

/// <summary>One record of XML as a tree of elements, of bounded depth.</summary>
internal static partial class XmlTree
{
    private const int Deepest = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false,
        IgnoreComments = true, IgnoreProcessingInstructions = true,
    };

    /// <summary>
    /// The tree of a record; null where it is broken, which is a fault. White space between elements is left out, but inside the
    /// elements that hold text among elements.
    /// </summary>
    /// <param name="xml">The record.</param>
    /// <param name="position">The place of its first character.</param>
    /// <param name="faults">Takes what is wrong; null where nobody asks.</param>
    /// <param name="mixed">The names of the elements that hold text among elements.</param>
    public static XElement? Parse(string xml, SourcePosition position, ReferenceFaults? faults, IReadOnlySet<string> mixed)
    {
        using var reader = XmlReader.Create(new StringReader(xml), Settings, Context());
        try
        {
            return Root(reader, mixed);
        }
        catch (XmlException error)
        {
            var message = Place().Replace(error.Message, "");
            var hint = message.Contains("entity", StringComparison.Ordinal) ? "; write the character itself in place of the entity" : "";
            faults?.Add(
                position with { Line = position.Line + Math.Max(error.LineNumber, 1) - 1, Column = error.LineNumber > 1 ? error.LinePosition : position.Column + Math.Max(error.LinePosition, 1) - 1 },
                $"the record is not well-formed XML: {message.TrimEnd('.', ' ')}{hint}. It was left out");
            return null;
        }
    }

    /// <summary>The text of an element and of all in it.</summary>
    public static string Text(XElement element) => element.HasElements ? string.Concat(element.DescendantNodes().OfType<XText>().Select(text => text.Value)) : element.Value;

    /// <summary>Writes the tree of a record without white space of its own; carriage returns stay ones when they are read.</summary>
    public static void Write(XElement record, TextWriter writer)
    {
        using var xml = XmlWriter.Create(writer, new() { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, NewLineHandling = NewLineHandling.Entitize });
        record.WriteTo(xml);
    }

    private static XElement? Root(XmlReader reader, IReadOnlySet<string> mixed)
    {
        XElement? root = null, parent = null;
        var mixedDepth = int.MaxValue;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth >= Deepest)
                    {
                        var info = (IXmlLineInfo)reader;
                        throw new XmlException(FormattableString.Invariant($"elements stand in one another more than {Deepest} deep"), null, info.LineNumber, info.LinePosition);
                    }

                    var (element, isEmpty) = (Element(reader), reader.IsEmptyElement);
                    root ??= element;
                    parent?.Add(element);
                    mixedDepth = mixed.Contains(element.Name.LocalName) ? Math.Min(mixedDepth, reader.Depth) : mixedDepth;
                    parent = isEmpty ? parent : element;
                    mixedDepth = isEmpty && mixedDepth == reader.Depth ? int.MaxValue : mixedDepth;
                    break;
                case XmlNodeType.EndElement:
                    mixedDepth = mixedDepth == reader.Depth ? int.MaxValue : mixedDepth;
                    parent = parent?.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    parent?.Add(XmlText.Clean(reader.Value));
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when mixedDepth < reader.Depth:
                    parent?.Add(reader.Value);
                    break;
            }
        }

        return root;
    }

    private static XElement Element(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            element.Add(new XAttribute(
                reader.Prefix.Length == 0 && reader.LocalName == "xmlns" ? XName.Get("xmlns") : XName.Get(reader.LocalName, reader.NamespaceURI), XmlText.Clean(reader.Value)));
        }

        reader.MoveToElement();
        return element;
    }

    /// <summary>The prefixes that the document types of publishers declare, so that records need not.</summary>
    private static XmlParserContext Context()
    {
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("mml", "http://www.w3.org/1998/Math/MathML");
        names.AddNamespace("xlink", "http://www.w3.org/1999/xlink");
        names.AddNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
        return new(names.NameTable, names, null, XmlSpace.None);
    }

    [GeneratedRegex(@"(?: on)? [Ll]ine \d+,? position \d+", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
