using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>What a report says, in order, before it takes a form.</summary>
internal sealed partial record Document(IReadOnlyList<Block> Blocks)
{
    private const char Glue = '\u00A0';

    /// <summary>Plain text, its lines no longer than the width where words allow it.</summary>
    public string ToText(int width)
    {
        var text = new StringBuilder();
        foreach (var block in Blocks)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(block switch
            {
                Heading heading => Underlined(Wrap(heading.Text, width, "")),
                Paragraph paragraph => Wrap(paragraph.Text, width, ""),
                Bullets bullets => $"{bullets.Title}\n{string.Concat(bullets.Items.Select(item => $"- {Wrap(item, width - 2, "  ")}"))}",
                TableBlock table => table.Table.ToText(width),
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>Markdown (GitHub).</summary>
    public string ToMarkdown() => string.Join('\n', Blocks.Select(block => block switch
    {
        Heading heading => $"## {MarkdownTable.Escape(heading.Text)}\n",
        Paragraph paragraph => $"{MarkdownTable.Escape(paragraph.Text)}\n",
        Bullets bullets => $"**{MarkdownTable.Escape(bullets.Title)}**\n\n{string.Concat(bullets.Items.Select(item => $"- {MarkdownTable.Escape(item)}\n"))}",
        TableBlock table => table.Table.ToMarkdown(),
        _ => "",
    }));

    /// <summary>A self-contained piece of HTML.</summary>
    public string ToHtml() => $"<div>\n{string.Concat(Blocks.Select(block => block switch
    {
        Heading heading => $"<h3>{WebUtility.HtmlEncode(heading.Text)}</h3>\n",
        Paragraph paragraph => $"<p>{WebUtility.HtmlEncode(paragraph.Text)}</p>\n",
        Bullets bullets => $"<p><strong>{WebUtility.HtmlEncode(bullets.Title)}</strong></p>\n<ul>\n{string.Concat(bullets.Items.Select(item => $"<li>{WebUtility.HtmlEncode(item)}</li>\n"))}</ul>\n",
        TableBlock table => table.Table.ToHtml(),
        _ => "",
    }))}</div>\n";

    private static string Underlined(string lines) => $"{lines}{new string('═', lines.TrimEnd().Split('\n').Max(TextWidth.Of))}\n";

    private static string Wrap(string text, int width, string indent)
    {
        var wrapped = new StringBuilder();
        var line = 0;
        foreach (var word in Glued(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var length = TextWidth.Of(word);
            if (line > 0 && line + 1 + length > width)
            {
                wrapped.Append('\n').Append(indent);
                line = 0;
            }

            wrapped.Append(line == 0 ? "" : " ").Append(word);
            line += length + (line == 0 ? 0 : 1);
        }

        return wrapped.Append('\n').Replace(Glue, ' ').ToString();
    }

    /// <summary>Keeps "p = 0.002", "95% CI" and "F(1, 11)" on one line.</summary>
    private static string Glued(string text) => Degrees().Replace(text, match => match.Value.Replace(' ', Glue))
        .Replace(" = ", $"{Glue}={Glue}", StringComparison.Ordinal)
        .Replace(" < ", $"{Glue}<{Glue}", StringComparison.Ordinal)
        .Replace(" > ", $"{Glue}>{Glue}", StringComparison.Ordinal)
        .Replace("% CI ", $"%{Glue}CI ", StringComparison.Ordinal);

    [GeneratedRegex(@"F\(\d+, ")]
    private static partial Regex Degrees();
}

/// <summary>One part of a document.</summary>
internal abstract record Block;

/// <summary>What the document is about.</summary>
internal sealed record Heading(string Text) : Block;

/// <summary>Running text.</summary>
internal sealed record Paragraph(string Text) : Block;

/// <summary>A list with its title.</summary>
internal sealed record Bullets(string Title, IReadOnlyList<string> Items) : Block
{
    /// <summary>The lists that are not empty.</summary>
    public static IEnumerable<Block> Of(params IEnumerable<(string Title, IEnumerable<string> Items)> lists)
    {
        foreach (var (title, items) in lists)
        {
            var all = items.ToList();
            if (all.Count > 0)
            {
                yield return new Bullets(title, all);
            }
        }
    }
}

/// <summary>A table.</summary>
internal sealed record TableBlock(Table Table) : Block;
