namespace MetaSpine;

/// <summary>Draws a flow diagram in characters: arms side by side where the width allows it, else one below the other.</summary>
internal sealed class FlowText
{
    private const int Gap = 4, NarrowestColumn = 24, WidestBox = 46, NarrowestLine = 44;

    private readonly PrismaContent _content;
    private readonly int _boxWidth;
    private readonly int[][] _groups;
    private readonly List<string[]> _lines = [];
    private readonly int _width;

    private FlowText(PrismaContent content, int width)
    {
        _content = content;
        width = Math.Max(NarrowestLine, width);
        int[] all = [.. Enumerable.Range(0, content.Arms.Count)];
        int[][][] ways =
        [
            [all],
            [.. all[..content.MainIndex].Select(arm => (int[])[arm]), all[content.MainIndex..]],
            [.. all.Where(arm => arm != content.MainIndex).Select(arm => (int[])[arm]), [content.MainIndex]],
        ];
        _groups = Array.Find(ways, way => BoxWidth(way, width) >= NarrowestColumn) ?? ways[^1];
        _boxWidth = Math.Min(WidestBox, BoxWidth(_groups, width));
        _width = _groups.Max(Columns) * (_boxWidth + Gap) - Gap;
    }

    /// <summary>The diagram; its lines have at most so many characters, and at least 44.</summary>
    public static string Draw(PrismaContent content, int width) => new FlowText(content, width).Draw();

    private string Draw()
    {
        foreach (var group in _groups[..^1])
        {
            var last = Arms(group);
            foreach (var arm in group.Where(arm => last[arm] is not null))
            {
                var joins = arm > _content.MainIndex || _content.Total is null ? _content.Included : _content.Total;
                Write(Centre(0), _lines.Count, "│");
                Write(0, _lines.Count, $"to: {joins?.Lines.First().Text.Replace('\u00a0', ' ')}");
                Write(0, _lines.Count, " ");
            }
        }

        Included(Arms(_groups[^1]));
        return string.Concat(_lines.Select(line => string.Concat(line).TrimEnd() + "\n"));
    }

    /// <summary>Draws these arms beside one another; returns the line on which each one's last box ends.</summary>
    private int?[] Arms(int[] shown)
    {
        var arms = shown.Select(index => _content.Arms[index]).ToList();
        var left = Array.ConvertAll(shown, arm => Left(shown, arm));

        var headers = arms.ConvertAll(arm => Wrapped(arm.Header, 0, Columns(arm) * (_boxWidth + Gap) - Gap - 4));
        var top = _lines.Count;
        for (var i = 0; i < arms.Count; i++)
        {
            Box(left[i], top, Columns(arms[i]) * (_boxWidth + Gap) - Gap, headers.Max(lines => lines.Count) + 2, headers[i], "┏━┓┃┗┛", isCentred: true);
        }

        var last = new int?[_content.Arms.Count];
        var stage = "";
        for (var row = 0; row < PrismaContent.Stages.Count; row++)
        {
            var boxes = arms.SelectMany(arm => new[] { arm.Steps[row].Flow, arm.Steps[row].Out }).OfType<PrismaBox>().ToList();
            if (boxes.Count == 0)
            {
                continue;
            }

            top = Begin(PrismaContent.Stages[row], ref stage);
            var height = boxes.Max(box => Lines(box).Count) + 2;
            for (var i = 0; i < arms.Count; i++)
            {
                Step(arms[i].Steps[row], left[i], top, height, ref last[shown[i]]);
            }
        }

        return last;
    }

    private void Step(PrismaStep step, int left, int top, int height, ref int? last)
    {
        if (step.Flow is { } flow)
        {
            Box(left, top, _boxWidth, height, Lines(flow), "┌─┐│└┘");
            Down(Centre(left), last, top);
            last = top + height - 1;
        }

        if (step.Out is { } beside)
        {
            var right = left + _boxWidth + Gap;
            Box(right, top, _boxWidth, height, Lines(beside), "┌─┐│└┘");
            if (step.Flow is not null)
            {
                Write(right - Gap, top + height / 2, new string('─', Gap - 1) + "▶");
            }
        }
    }

    /// <summary>The boxes of what is included, which the other arms join from their sides.</summary>
    private void Included(int?[] last)
    {
        var main = Left(_groups[^1], _content.MainIndex);
        var (above, stage) = (last[_content.MainIndex], "");
        foreach (var (box, joins) in new[] { (_content.Included, _content.MainIndex + 1), (_content.Total, 0) })
        {
            if (box is null)
            {
                continue;
            }

            var top = Begin("Included", ref stage);
            var height = Lines(box).Count + 2;
            Box(main, top, _boxWidth, height, Lines(box), "┌─┐│└┘");
            Down(Centre(main), above, top);
            above = top + height - 1;
            if (joins != _content.MainIndex && joins < last.Length && last[joins] is { } from)
            {
                Join(joins, main, from, top + height / 2);
            }
        }
    }

    private void Join(int arm, int main, int from, int line)
    {
        var centre = Centre(Left(_groups[^1], arm));
        for (var y = from + 1; y < line; y++)
        {
            Write(centre, y, "│");
        }

        if (arm > _content.MainIndex)
        {
            Write(main + _boxWidth, line, "◀" + new string('─', centre - main - _boxWidth - 1) + "┘");
        }
        else
        {
            Write(centre, line, "└" + new string('─', main - centre - 2) + "▶");
        }
    }

    /// <summary>Leaves room for arrows, and names the stage where one begins; returns the next row's first line.</summary>
    private int Begin(string next, ref string stage)
    {
        Write(0, _lines.Count, " ");
        if (next != stage)
        {
            Write(0, _lines.Count, $"{next} ".PadRight(_width, '╌'));
            Write(0, _lines.Count, " ");
        }

        stage = next;
        return _lines.Count;
    }

    private void Down(int x, int? from, int to)
    {
        for (var y = (from ?? to) + 1; y < to; y++)
        {
            if (_lines[y][x] is " " or "╌")
            {
                Write(x, y, y == to - 1 ? "▼" : "│");
            }
        }
    }

    private void Box(int x, int y, int width, int height, List<string> lines, string border, bool isCentred = false)
    {
        Write(x, y, border[0] + new string(border[1], width - 2) + border[2]);
        for (var line = 0; line < height - 2; line++)
        {
            var text = line < lines.Count ? lines[line] : "";
            var before = isCentred ? (width - 4 - TextWidth.Of(text)) / 2 : 0;
            Write(x, y + 1 + line, $"{border[3]} {new string(' ', before)}{text}{new string(' ', width - 4 - before - TextWidth.Of(text))} {border[3]}");
        }

        Write(x, y + height - 1, border[4] + new string(border[1], width - 2) + border[5]);
    }

    private List<string> Lines(PrismaBox box) => [.. box.Lines.SelectMany(line => Wrapped(line.Text, 2 * line.Indent, _boxWidth - 4))];

    /// <summary>The text in lines of that many characters; a word that is longer is broken.</summary>
    private static List<string> Wrapped(string text, int indent, int width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in TextMetrics.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word.Replace('\u00a0', ' '), width - indent)))
        {
            if (line.Length > 0 && TextWidth.Of(line) + 1 + TextWidth.Of(word) > width - indent)
            {
                lines.Add(line);
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        lines.Add(line);
        return lines.ConvertAll(done => new string(' ', indent) + done);
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        var elements = new System.Globalization.StringInfo(word);
        for (var start = 0; start < elements.LengthInTextElements; start += width)
        {
            yield return elements.SubstringByTextElements(start, Math.Min(width, elements.LengthInTextElements - start));
        }
    }

    private static int Columns(PrismaArm arm) => arm.HasOut ? 2 : 1;

    private int Columns(int[] arms) => arms.Sum(arm => Columns(_content.Arms[arm]));

    private int BoxWidth(int[][] groups, int width) => groups.Max(Columns) is var columns ? (width - Gap * (columns - 1)) / columns : 0;

    /// <summary>Where an arm begins among those that stand beside it.</summary>
    private int Left(int[] beside, int arm) => Columns(beside[..Array.IndexOf(beside, arm)]) * (_boxWidth + Gap);

    private int Centre(int left) => left + _boxWidth / 2;

    private void Write(int x, int y, string text)
    {
        while (_lines.Count <= y)
        {
            var line = new string[_width];
            Array.Fill(line, " ");
            _lines.Add(line);
        }

        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(text);
        for (var at = x; elements.MoveNext() && at < _width; at++)
        {
            _lines[y][at] = elements.GetTextElement();
        }
    }
}
