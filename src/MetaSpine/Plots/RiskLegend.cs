namespace MetaSpine;

/// <summary>Says under a plot what the letters and the signs of the risk of bias mean.</summary>
internal sealed class RiskLegend(ForestTable table, PlotTheme theme, List<Mark> marks)
{
    private const double ItemGap = 14;

    private double _x;
    private double _y;

    private double LineHeight => 15 * theme.SmallSize / 11;

    /// <summary>Draws it from a height on between two sides; returns where it ends, null where there is nothing to explain.</summary>
    public double? Draw(double y, double left, double right)
    {
        var fields = table.Left.Concat(table.Right).ToList();
        var signs = fields.FindAll(field => field.Kind == ForestFieldKind.Sign);
        if (signs.Count == 0)
        {
            return null;
        }

        _y = y;
        var meanings = signs.FindAll(field => field.Meaning is not null).ConvertAll(field => (RiskLevel: (RiskLevel?)null, Text: $"{field.Heading[0]}: {field.Meaning}"));
        var used = table.Rows.Where(row => !row.IsWide).SelectMany(row => row.Cells.Where((_, index) => fields[index].Kind == ForestFieldKind.Sign))
            .Where(cell => cell.Length > 0).Select(cell => RiskSign.Level(cell[0])).ToHashSet();
        Flow(meanings, left, right);
        Flow(RiskSign.Legend.Where(item => used.Contains(item.Level)).Select(item => ((RiskLevel?)item.Level, item.Name)), left, right);
        return _y;
    }

    /// <summary>One item after the other, on as many lines as they take.</summary>
    private void Flow(IEnumerable<(RiskLevel? Level, string Text)> items, double left, double right)
    {
        _x = left;
        foreach (var (level, text) in items)
        {
            var sign = level is null ? 0 : 1.6 * theme.SmallSize;
            var lines = TextMetrics.Wrap(text, right - left - sign, theme.SmallSize);
            var width = sign + lines.Max(line => TextMetrics.Width(line, theme.SmallSize));
            if (_x > left && _x + width > right)
            {
                (_x, _y) = (left, _y + LineHeight);
            }

            if (level is { } known)
            {
                marks.AddRange(RiskSign.Draw(known, _x + 0.5 * theme.SmallSize, _y + LineHeight / 2, 0.5 * theme.SmallSize, theme));
            }

            for (var line = 0; line < lines.Count; line++)
            {
                _y += line > 0 ? LineHeight : 0;
                marks.Add(new TextMark(_x + sign, _y + LineHeight / 2 + 0.358 * theme.SmallSize, lines[line], theme.SmallSize, theme.Ink));
            }

            _x += width + ItemGap;
        }

        _y += _x > left ? LineHeight : 0;
    }
}
