using System.Text;

namespace MetaSpine;

/// <summary>A flow diagram in the language of Mermaid, which GitHub, GitLab and many editors draw in Markdown.</summary>
internal static class FlowMermaid
{
    public static string Draw(PrismaContent content)
    {
        var (text, arrows, aside) = (new StringBuilder("flowchart TD\n"), new List<string>(), new List<string>());
        var last = new string?[content.Arms.Count];
        for (var arm = 0; arm < content.Arms.Count; arm++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    subgraph arm{arm} [\"{Escape(content.Arms[arm].Header)}\"]\n");
            foreach (var (row, step) in content.Arms[arm].Steps.Index())
            {
                var (node, beside) = (FormattableString.Invariant($"flow{arm}{row}"), FormattableString.Invariant($"out{arm}{row}"));
                Node(text, "        ", node, step.Flow);
                if (step.Flow is not null)
                {
                    if (last[arm] is { } above)
                    {
                        arrows.Add($"{above} --> {node}");
                    }

                    last[arm] = node;
                }

                if (step is { Flow: not null, Out: not null })
                {
                    aside.Add($"{node} --> {beside}");
                }
            }

            // Mermaid places what it hears of first at the left: the flow, and then what is left out.
            foreach (var (row, step) in content.Arms[arm].Steps.Index())
            {
                Node(text, "        ", FormattableString.Invariant($"out{arm}{row}"), step.Out);
            }

            text.Append("    end\n");
        }

        Included(content, text, arrows, last);
        foreach (var arrow in arrows.Concat(aside))
        {
            text.Append("    ").Append(arrow).Append('\n');
        }

        return text.ToString();
    }

    private static void Included(PrismaContent content, StringBuilder text, List<string> arrows, string?[] last)
    {
        var above = last[content.MainIndex];
        foreach (var (box, node, joins) in new[] { (content.Included, "included", content.MainIndex + 1), (content.Total, "total", 0) })
        {
            if (box is null)
            {
                continue;
            }

            Node(text, "    ", node, box);
            if (above is not null)
            {
                arrows.Add($"{above} --> {node}");
            }

            if (joins != content.MainIndex && joins < last.Length && last[joins] is { } from)
            {
                arrows.Add($"{from} --> {node}");
            }

            above = node;
        }
    }

    private static void Node(StringBuilder text, string indent, string name, PrismaBox? box)
    {
        if (box is not null)
        {
            text.Append(indent).Append(name).Append("[\"").AppendJoin("<br/>", box.Lines.Select(line => Escape(line.Text))).Append("\"]\n");
        }
    }

    /// <summary>The text with what Mermaid, Markdown or HTML would obey in Mermaid's own escapes.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in TextMetrics.Clean(text))
        {
            escaped.Append(character is '"' or '#' or '<' or '>' or '&' or '`' or '\\' or '*' or '_'
                ? FormattableString.Invariant($"#{(int)character};") : character.ToString());
        }

        return escaped.ToString();
    }
}
