using System.Net;
using System.Text;

namespace MetaSpine;

/// <summary>What a report says, in order, before it takes a form.</summary>
internal sealed record Document(IReadOnlyList<Block> Blocks)
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
                Heading heading => Underlined(Wrap(heading.Text, width, ""), heading.Level > 3 ? '─' : '═'),
                Paragraph paragraph => Wrap(paragraph.Text, width, ""),
                Bullets bullets => $"{bullets.Title}\n{string.Concat(bullets.Items.Select(item => $"- {Wrap(item, width - 2, "  ")}"))}",
                TableBlock table => table.For(width).ToText(width),
                Picture picture => Wrap($"[{picture.Drawing.Title}: {picture.Name}.svg]", width, ""),
                FlowDiagram diagram => FlowText.Draw(diagram.Content, width),
                Code code => $"{code.Title}\n{string.Concat(code.Text.TrimEnd().Split('\n').Select(line => $"    {TextMetrics.Clean(line)}\n"))}",
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>Markdown (GitHub).</summary>
    public string ToMarkdown() => string.Join('\n', Blocks.Select(block => block switch
    {
        Heading heading => $"{new string('#', heading.Level)} {MarkdownTable.Escape(heading.Text)}\n",
        Paragraph paragraph => $"{MarkdownTable.Escape(paragraph.Text)}\n",
        Bullets bullets => $"**{MarkdownTable.Escape(bullets.Title)}**\n\n{string.Concat(bullets.Items.Select(item => $"- {MarkdownTable.Escape(item)}\n"))}",
        TableBlock table => table.Table.ToMarkdown(),
        Picture picture => $"![{MarkdownTable.Escape(picture.Drawing.Title)}]({picture.Name}.svg)\n",
        FlowDiagram diagram => $"```mermaid\n{FlowMermaid.Draw(diagram.Content)}```\n",
        Code code => $"{MarkdownTable.Escape(code.Title)}\n\n```{code.Language}\n{code.Text.TrimEnd()}\n```\n",
        _ => "",
    }));

    /// <summary>A self-contained piece of HTML.</summary>
    public string ToHtml() => $"<div>\n{Inner(1)}</div>\n";

    /// <summary>The same without an element around it.</summary>
    /// <param name="deeper">How much deeper its headings lie, in a page whose upper levels belong to others.</param>
    public string Inner(int deeper = 0) => string.Concat(Blocks.Select(block => block switch
    {
        Heading heading => FormattableString.Invariant($"<h{heading.Level + deeper}>{WebUtility.HtmlEncode(heading.Text)}</h{heading.Level + deeper}>\n"),
        Paragraph paragraph => $"<p>{HtmlText.Encode(paragraph.Text)}</p>\n",
        Bullets bullets => $"<p><strong>{WebUtility.HtmlEncode(bullets.Title)}</strong></p>\n<ul>\n{string.Concat(bullets.Items.Select(item => $"<li>{HtmlText.Encode(item)}</li>\n"))}</ul>\n",
        TableBlock table => table.Table.ToHtml(),
        Picture { LeaveOut.Count: > 0 } picture => LivePicture.Html(picture.Drawing, picture.LeaveOut),
        Picture picture => $"<figure{(picture.IsChart ? " data-chart" : "")}>\n{picture.Drawing.ToSvg()}</figure>\n",
        FlowDiagram diagram => $"<figure>\n{diagram.Drawing.ToSvg()}</figure>\n",
        Code code => $"<details>\n<summary>{WebUtility.HtmlEncode(code.Title)}</summary>\n<pre><code>{WebUtility.HtmlEncode(code.Text)}</code></pre>\n</details>\n",
        _ => "",
    }));

    private static string Underlined(string lines, char line) => $"{lines}{new string(line, lines.TrimEnd().Split('\n').Max(TextWidth.Of))}\n";

    private static string Wrap(string text, int width, string indent)
    {
        var wrapped = new StringBuilder();
        var line = 0;
        foreach (var word in Glued(TextMetrics.Clean(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
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
    private static string Glued(string text)
    {
        for (var at = text.IndexOf("F(", StringComparison.Ordinal); at >= 0; at = text.IndexOf("F(", at + 2, StringComparison.Ordinal))
        {
            var comma = text.IndexOf(", ", at, StringComparison.Ordinal);
            if (comma > at + 2 && text.AsSpan(at + 2, comma - at - 2).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                text = $"{text[..comma]},{Glue}{text[(comma + 2)..]}";
            }
        }

        return text.Replace(" = ", $"{Glue}={Glue}", StringComparison.Ordinal)
            .Replace(" < ", $"{Glue}<{Glue}", StringComparison.Ordinal)
            .Replace(" > ", $"{Glue}>{Glue}", StringComparison.Ordinal)
            .Replace("% CI ", $"%{Glue}CI ", StringComparison.Ordinal);
    }
}

/// <summary>One part of a document.</summary>
internal abstract record Block;

/// <summary>What the document is about, or a part of it: 1 is the level of a page, 2 that of a result.</summary>
internal sealed record Heading(string Text, int Level = 2) : Block;

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
internal sealed record TableBlock(Table Table) : Block
{
    /// <summary>What stands in its place where lines are too short for it; null where it is shortened as tables are.</summary>
    public Table? Narrow { get; init; }

    /// <summary>The one that fits a line.</summary>
    public Table For(int width) => Narrow is { } narrow && Table.ToText(int.MaxValue).Split('\n').Max(TextWidth.Of) > width ? narrow : Table;
}

/// <summary>A picture, by the name of its file without its ending.</summary>
internal sealed record Picture(string Name, Drawing Drawing) : Block
{
    /// <summary>What the results in it become without some of the studies, for a page whose picture answers to clicks; empty for a picture that does not.</summary>
    public IReadOnlyList<LeaveOutTable> LeaveOut { get; init; } = [];

    /// <summary>Whether it is points in a frame, which may be smaller on paper; rows of text may not.</summary>
    public bool IsChart { get; init; }
}

/// <summary>Code to be copied. Its lines must not begin with three backticks.</summary>
internal sealed record Code(string Title, string Language, string Text) : Block;

/// <summary>A flow diagram, which is drawn in characters in text, in Mermaid in Markdown, and as a picture in HTML.</summary>
internal sealed record FlowDiagram(PrismaContent Content, Drawing Drawing) : Block;
