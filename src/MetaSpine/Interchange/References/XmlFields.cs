using System.Xml;
using System.Xml.Linq;

namespace MetaSpine;

/// <summary>A record of XML as fields, and fields as a record: each is an element with a path, or an attribute on the way to one.</summary>
/// <param name="containers">The elements that only hold fields.</param>
/// <param name="mixed">The elements that hold text among elements.</param>
/// <param name="order">The names of elements in the order in which they stand beside one another, <c>Book/Isbn</c> for one in one place; others stand behind them.</param>
internal sealed class XmlFields(IReadOnlySet<string> containers, IReadOnlySet<string> mixed, params string[] order)
{
    private readonly Dictionary<string, int> _rank = order.Select((name, i) => (name, i)).DistinctBy(item => item.name).ToDictionary(item => item.name, item => item.i, StringComparer.Ordinal);

    /// <summary>The record of a text of XML; null where it is broken.</summary>
    public XElement? Parse(string xml, SourcePosition position, ReferenceFaults? faults) => XmlTree.Parse(xml, position, faults, mixed);

    /// <summary>The fields of a record, in the order in which they are written: <c>titles/title</c>, <c>MedlineCitation@Status</c>.</summary>
    public List<RawField> Of(XElement record)
    {
        var fields = new List<RawField>();
        Add(record, "");
        return fields;

        void Add(XElement container, string path)
        {
            foreach (var element in Sorted(container))
            {
                var tag = path + element.Name.LocalName;
                if (!containers.Contains(element.Name.LocalName))
                {
                    fields.Add(new(tag, Raw(element)));
                    continue;
                }

                fields.AddRange(element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => new RawField($"{tag}@{attribute.Name.LocalName}", attribute.Value)));
                Add(element, tag + "/");
            }
        }
    }

    /// <summary>The text of a field: that of its element, with the element around it where there is more to it than text.</summary>
    public static string Raw(XElement element) => IsPlain(element) ? element.Value : element.ToString(SaveOptions.DisableFormatting);

    /// <summary>The record of fields.</summary>
    public XElement Record(string name, IEnumerable<RawField> fields)
    {
        var record = new XElement(name);
        var known = new Dictionary<string, XElement>(StringComparer.Ordinal) { [""] = record };
        foreach (var (tag, text) in fields)
        {
            var path = tag.Split('/');
            if (!Array.TrueForAll(path, part => XmlReader.IsName(part.Replace('@', '_')) && !part.Contains(':', StringComparison.Ordinal)))
            {
                continue;
            }

            var parent = Container(path, path.Length - 1);
            if (path[^1].Split('@') is [var holder, var attribute])
            {
                Container([.. path[..^1], holder], path.Length).SetAttributeValue(attribute, XmlText.Clean(text));
            }
            else
            {
                parent.Add(Element(path[^1], text));
            }
        }

        foreach (var container in record.DescendantsAndSelf().Where(element => element == record || containers.Contains(element.Name.LocalName)).ToList())
        {
            var children = Sorted(container);
            children.ForEach(element => element.Remove());
            container.Add(children);
        }

        return record;

        XElement Container(string[] path, int depth)
        {
            var key = string.Join('/', path.Take(depth));
            if (!known.TryGetValue(key, out var container))
            {
                container = new(path[depth - 1]);
                Container(path, depth - 1).Add(container);
                known[key] = container;
            }

            return container;
        }
    }

    private List<XElement> Sorted(XElement container) => [.. container.Elements().OrderBy(element =>
        _rank.TryGetValue($"{container.Name.LocalName}/{element.Name.LocalName}", out var rank) || _rank.TryGetValue(element.Name.LocalName, out rank) ? rank : int.MaxValue)];

    private XElement Element(string name, string text) =>
        text.StartsWith('<') && Parse(text, default, null) is { } element && element.Name.LocalName == name ? element : new(name, XmlText.Clean(text));

    private static bool IsPlain(XElement element) => !element.HasAttributes && !element.HasElements && !element.Value.StartsWith('<') && element.Name.Namespace == XNamespace.None;
}
