using System.Text;

namespace MetaSpine;

/// <summary>Lays a table out as text.</summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const int NarrowestWords = 12;

    public static string Render(Table table, int width)
    {
        var cells = table.Columns.Select((column, i) => Align(column, [.. table.Rows.Select(row => TextMetrics.Clean(row[i]))])).ToList();
        var widths = table.Columns.Select((column, i) => cells[i].Append(column.Heading).Max(TextWidth.Of)).ToArray();
        Narrow(table, widths, width);

        var text = new StringBuilder();
        Line(text, table, widths, i => table.Columns[i].Heading);
        Rule(text, widths);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (row == table.Rows.Count - table.FooterRows && row > 0)
            {
                Rule(text, widths);
            }

            var wrapped = table.Columns.Select((column, i) => column.Wraps ? TextWidth.Wrap(cells[i][row], widths[i]) : [cells[i][row]]).ToList();
            for (var line = 0; line < wrapped.Max(lines => lines.Count); line++)
            {
                Line(text, table, widths, i => wrapped[i].ElementAtOrDefault(line) ?? "");
            }
        }

        return text.ToString();
    }

    /// <summary>Pads the cells of a decimal column so that, set flush right, their points line up; both ends of an interval on their own.</summary>
    private static string[] Align(TableColumn column, string[] cells)
    {
        if (column.Alignment != Alignment.DecimalPoint)
        {
            return cells;
        }

        var parts = Array.ConvertAll(cells, cell => cell.Split(" to ", 2));
        for (var part = 0; part < 2; part++)
        {
            var numbers = parts.Where(p => p.Length > part && p[part].Length > 0).ToList();
            var before = numbers.Select(p => Before(p[part])).DefaultIfEmpty().Max();
            var after = numbers.Select(p => p[part].Length - Before(p[part])).DefaultIfEmpty().Max();
            foreach (var p in numbers)
            {
                p[part] = (new string(' ', before - Before(p[part])) + p[part]).PadRight(before + after);
            }
        }

        return Array.ConvertAll(parts, p => string.Join(" to ", p));
    }

    /// <summary>How many characters stand before the decimal point: up to it, or all the digits where there is none.</summary>
    private static int Before(string number)
    {
        var end = 0;
        while (end < number.Length && number[end] != '.' && (end == 0 || !"%e ".Contains(number[end])))
        {
            end++;
        }

        return end;
    }

    private static void Narrow(Table table, int[] widths, int width)
    {
        var excess = widths.Sum() + Gap.Length * (widths.Length - 1) - width;
        while (excess > 0)
        {
            var widest = -1;
            for (var i = 0; i < widths.Length; i++)
            {
                if (table.Columns[i].Alignment == Alignment.Left && widths[i] > NarrowestWords && (widest < 0 || widths[i] > widths[widest]))
                {
                    widest = i;
                }
            }

            if (widest < 0)
            {
                return;
            }

            widths[widest]--;
            excess--;
        }
    }

    private static void Rule(StringBuilder text, int[] widths) => text.AppendJoin(Gap, widths.Select(width => new string('─', width))).Append('\n');

    private static void Line(StringBuilder text, Table table, int[] widths, Func<int, string> cell)
    {
        var start = text.Length;
        for (var i = 0; i < widths.Length; i++)
        {
            var shown = TextWidth.Shorten(cell(i), widths[i]);
            var padding = new string(' ', widths[i] - TextWidth.Of(shown));
            text.Append(i == 0 ? "" : Gap).Append(table.Columns[i].Alignment == Alignment.Left ? shown + padding : padding + shown);
        }

        while (text.Length > start && text[^1] == ' ')
        {
            text.Length--;
        }

        text.Append('\n');
    }
}
