namespace MetaSpine;

/// <summary>
/// Draws judgements of the risk of bias: the traffic lights of each study, and the summary of each domain (the two figures that Higgins et al. 2019,
/// Cochrane Handbook chapter 8, ask for). Every colour has a symbol, so that nobody needs colours to read them.
/// </summary>
public static class RiskOfBiasPlot
{
    private const double WidestLabel = 240;
    private const double WidestHeading = 150;
    private const double Radius = 8;
    private const double BarWidth = 380;
    private const double BarHeight = 18;

    /// <summary>The traffic-light plot: a row for each study, a column for each domain.</summary>
    /// <param name="studies">The studies; those without a judgement are left out.</param>
    /// <param name="options">What to show; <see cref="RiskOfBiasPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is no judgement of the tool or outcome asked for, or there are several tools and none is asked for.</exception>
    public static Drawing TrafficLights(IReadOnlyList<Study> studies, RiskOfBiasPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(studies);
        options ??= RiskOfBiasPlotOptions.Default;
        var (theme, table) = (options.Look, RiskOfBiasTable.Of(studies, options.Tool, options.Outcome));
        var line = 1.35 * theme.TextSize;
        var labels = table.Rows.Select(row => TextMetrics.Wrap(row.Label, WidestLabel, theme.TextSize)).ToList();
        var headings = table.Columns.Select((column, i) => TextMetrics.Wrap(column, WidestHeading, theme.TextSize, IsOverall(table, i))).ToList();
        double Width(string text, bool bold = false) => TextMetrics.Width(text, theme.TextSize, bold);
        var isTurned = headings.SelectMany(lines => lines).Any(text => Width(text, true) > 54);
        var headingHeight = isTurned ? headings.SelectMany(lines => lines).Max(text => Width(text, true)) + 8 : headings.Max(lines => lines.Count) * line + 4;
        double ColumnWidth(int column) => Math.Max(34, isTurned ? headings[column].Count * line + 10 : headings[column].Max(text => Width(text, true)) + 12);

        var left = theme.Margin + labels.SelectMany(lines => lines).Append("Study").Max(text => Width(text, true)) + 14;
        var centres = new List<double>();
        var right = left;
        for (var column = 0; column < headings.Count; column++)
        {
            right += IsOverall(table, column) ? 8 : 0;
            centres.Add(right + ColumnWidth(column) / 2);
            right += ColumnWidth(column);
        }

        var marks = new List<Mark>();
        var captions = table.Domains.Select(Caption).OfType<string>().Select(text => TextMetrics.Width(text, theme.SmallSize)).DefaultIfEmpty().Max();
        var width = Math.Max(right + theme.Margin, Math.Max(330, Math.Min(captions, 420) + 2 * theme.Margin));
        var top = Title(marks, options, theme, width);
        var body = top + headingHeight;
        var heights = labels.ConvertAll(lines => Math.Max(2 * Radius + 7, lines.Count * line + 7));
        var bottom = body + heights.Sum();
        if (table.HasOverall)
        {
            marks.Add(new BoxMark(new Box(centres[^1] - ColumnWidth(headings.Count - 1) / 2, body, right, bottom), theme.Band));
        }

        marks.Add(Text(theme, theme.Margin, body - 4 - line / 2, "Study", TextAnchor.Start, bold: true));
        for (var column = 0; column < headings.Count; column++)
        {
            for (var i = 0; i < headings[column].Count; i++)
            {
                var (text, bold) = (headings[column][i], IsOverall(table, column));
                marks.Add(isTurned
                    ? new TextMark(Baseline(theme, centres[column] + (i - (headings[column].Count - 1) / 2.0) * line), body - 6, text, theme.TextSize, theme.Ink, TextAnchor.Start, bold, Turned: true)
                    : Text(theme, centres[column], body - 4 - (headings[column].Count - i - 0.5) * line, text, TextAnchor.Middle, bold));
            }
        }

        marks.Add(new LineMark(theme.Margin, body, right, body, theme.Ink, 0.75));
        var y = body;
        for (var row = 0; row < labels.Count; row++)
        {
            var centre = y + heights[row] / 2;
            for (var i = 0; i < labels[row].Count; i++)
            {
                marks.Add(Text(theme, theme.Margin, centre + (i - (labels[row].Count - 1) / 2.0) * line, labels[row][i], TextAnchor.Start));
            }

            for (var column = 0; column < centres.Count; column++)
            {
                marks.AddRange(RiskSign.Draw(table.Level(table.Rows[row], column), centres[column], centre, Radius, theme));
            }

            y += heights[row];
        }

        marks.Add(new LineMark(theme.Margin, y, right, y, theme.Ink, 0.75));
        y = Captions(marks, table, theme, Legend(marks, table, theme, y + 10, width), width);
        var name = options.Title ?? $"Risk of bias by study ({table.Tool})";
        return new Drawing(new Scene(width, y + theme.Margin, theme.Paper, marks), name, Describe(table));
    }

    /// <summary>The summary plot: for each domain, the share of the studies at each level; weighted where the options give weights.</summary>
    /// <param name="studies">The studies; those without a judgement are left out.</param>
    /// <param name="options">What to show; <see cref="RiskOfBiasPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">As for the traffic lights; or a judged study has no weight, where weights are given.</exception>
    public static Drawing Summary(IReadOnlyList<Study> studies, RiskOfBiasPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(studies);
        options ??= RiskOfBiasPlotOptions.Default;
        var (theme, table) = (options.Look, RiskOfBiasTable.Of(studies, options.Tool, options.Outcome));
        var line = 1.35 * theme.TextSize;
        var labels = table.Names.Select((column, i) => TextMetrics.Wrap(column, WidestLabel, theme.TextSize, IsOverall(table, i))).ToList();
        var left = theme.Margin + labels.SelectMany(lines => lines).Max(text => TextMetrics.Width(text, theme.TextSize, bold: true)) + 10;
        var width = left + BarWidth + TextMetrics.Width("100%", theme.TextSize) / 2 + theme.Margin;
        var marks = new List<Mark>();
        var y = Title(marks, options, theme, width) + 4;
        for (var column = 0; column < labels.Count; column++)
        {
            y += IsOverall(table, column) ? 5 : 0;
            var height = Math.Max(BarHeight + 8, labels[column].Count * line + 6);
            var centre = y + height / 2;
            for (var i = 0; i < labels[column].Count; i++)
            {
                marks.Add(Text(theme, left - 10, centre + (i - (labels[column].Count - 1) / 2.0) * line, labels[column][i], TextAnchor.End, IsOverall(table, column)));
            }

            var from = left;
            foreach (var (level, share) in Shares(table, column, options))
            {
                var to = from + share * BarWidth;
                marks.Add(Bar(new Box(from, centre - BarHeight / 2, to, centre + BarHeight / 2), level, theme));
                if (to - from > 2 * Radius && level != RiskLevel.None)
                {
                    marks.AddRange(RiskSign.Draw(level, (from + to) / 2, centre, Radius, theme));
                }

                from = to;
            }

            y += height;
        }

        y += 4;
        marks.Add(new LineMark(left, y, left + BarWidth, y, theme.Ink, 0.75));
        for (var tick = 0; tick <= 4; tick++)
        {
            var x = left + BarWidth * tick / 4;
            marks.Add(new LineMark(x, y, x, y + 4, theme.Ink, 0.75));
            marks.Add(Text(theme, x, y + 4 + 0.65 * line, FormattableString.Invariant($"{25 * tick}%"), TextAnchor.Middle));
        }

        y += 4 + 1.3 * line;
        var of = options.Weights is null ? "Share of the studies" : "Share of the weight";
        marks.Add(Text(theme, left + BarWidth / 2, y + line / 2, of, TextAnchor.Middle));
        var hasGaps = Enumerable.Range(0, labels.Count).Any(column => Shares(table, column, options).Any(item => item.Level == RiskLevel.None));
        y = Legend(marks, table, theme, y + line + 8, width, hasGaps);
        var name = options.Title ?? $"Risk of bias by domain ({table.Tool})";
        return new Drawing(new Scene(width, y + theme.Margin, theme.Paper, marks), name, Describe(table));
    }

    /// <summary>The shares of the levels in a column, in the order of the legend, what is not judged last.</summary>
    internal static IReadOnlyList<(RiskLevel Level, double Share)> Shares(RiskOfBiasTable table, int column, RiskOfBiasPlotOptions options)
    {
        double Weight(RiskRow row) => options.Weights is null ? 1
            : options.Weights.TryGetValue(row.Study, out var weight) && weight >= 0 ? weight
            : throw new ArgumentException($"The study '{row.Study}' has no weight: give one of 0 or more for each judged study, by its id. A study that the analysis does not pool has none; leave it out of the summary.", nameof(options));

        // "Not applicable" takes no part; nothing written is a gap that a reader must see.
        var judged = table.Rows.Where(row => table.Level(row, column) != RiskLevel.None || table.Word(row, column).Length == 0).Select(row => (Level: table.Level(row, column), Weight: Weight(row))).ToList();
        var total = judged.Sum(item => item.Weight);
        return [.. RiskSign.Legend.Select(entry => entry.Level).Append(RiskLevel.None).Select(level => (level, judged.Where(item => item.Level == level).Sum(item => item.Weight) / total)).Where(item => item.Item2 > 0)];
    }

    private static BoxMark Bar(Box box, RiskLevel level, PlotTheme theme) => level == RiskLevel.None
        ? new(box, theme.Band, 1, new Stroke(theme.Faint, 0.75))
        : new(box, RiskSign.Colour(level, theme.Risk), 1, new Stroke(theme.Risk.Outline ?? theme.Paper, 0.75));

    private static bool IsOverall(RiskOfBiasTable table, int column) => column == table.Domains.Count;

    private static string Describe(RiskOfBiasTable table)
    {
        var counts = table.Names.Select((name, column) => $"{name}: " + string.Join(", ", table.Legend
            .Select(entry => (entry.Name, Count: table.Rows.Count(row => table.Level(row, column) == entry.Level)))
            .Where(entry => entry.Count > 0).Select(entry => FormattableString.Invariant($"{entry.Name.ToLowerInvariant()} {entry.Count}"))));
        return $"{PlotText.Count(table.Rows.Count, "judgement", "judgements")} with {table.Tool}. {string.Join(". ", counts)}.";
    }

    private static double Title(List<Mark> marks, PlotOptions options, PlotTheme theme, double width)
    {
        var y = theme.Margin;
        foreach (var text in options.Title is null ? [] : TextMetrics.Wrap(options.Title, width - 2 * theme.Margin, theme.TitleSize, bold: true))
        {
            marks.Add(new TextMark(theme.Margin, y + theme.TitleSize, text, theme.TitleSize, theme.Ink, Bold: true));
            y += 1.3 * theme.TitleSize;
        }

        return y + (options.Title is null ? 0 : 8);
    }

    /// <summary>The signs that occur and their meanings, in as many lines as it takes; returns where they end.</summary>
    private static double Legend(List<Mark> marks, RiskOfBiasTable table, PlotTheme theme, double y, double width, bool hasGaps = false)
    {
        var x = theme.Margin;
        foreach (var (level, name) in hasGaps ? table.Legend.Append((RiskLevel.None, "Not judged")) : table.Legend)
        {
            var needed = 2 * Radius + 6 + TextMetrics.Width(name, theme.TextSize);
            if (x > theme.Margin && x + needed > width - theme.Margin)
            {
                (x, y) = (theme.Margin, y + 2 * Radius + 6);
            }

            marks.AddRange(level == RiskLevel.None
                ? [Bar(new Box(x, y + 2, x + 2 * Radius, y + 2 * Radius - 2), level, theme)]
                : RiskSign.Draw(level, x + Radius, y + Radius, Radius, theme));
            marks.Add(Text(theme, x + 2 * Radius + 6, y + Radius, name, TextAnchor.Start));
            x += needed + 16;
        }

        return y + 2 * Radius;
    }

    /// <summary>What the codes of the domains stand for, one below the other; returns where they end.</summary>
    private static double Captions(List<Mark> marks, RiskOfBiasTable table, PlotTheme theme, double y, double width)
    {
        var line = 1.35 * theme.SmallSize;
        y += table.Domains.Any(column => column.Name is not null) ? 8 : 0;
        foreach (var text in table.Domains.Select(Caption).OfType<string>().SelectMany(text => TextMetrics.Wrap(text, width - 2 * theme.Margin, theme.SmallSize)))
        {
            marks.Add(new TextMark(theme.Margin, y + line / 2 + 0.358 * theme.SmallSize, text, theme.SmallSize, theme.Ink));
            y += line;
        }

        return y;
    }

    private static string? Caption(RiskColumn column) => column.Name is null ? null : $"{column.Heading}: {column.Name}";

    private static TextMark Text(PlotTheme theme, double x, double centre, string text, TextAnchor anchor, bool bold = false) =>
        new(x, Baseline(theme, centre), text, theme.TextSize, theme.Ink, anchor, bold);

    private static double Baseline(PlotTheme theme, double centre) => centre + 0.358 * theme.TextSize;
}

/// <summary>What a risk-of-bias plot shows.</summary>
public sealed record RiskOfBiasPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static RiskOfBiasPlotOptions Default { get; } = new();

    /// <summary>The tool whose judgements are shown, as the study files name it. <value>Default null: the only one.</value></summary>
    public string? Tool { get; init; }

    /// <summary>The outcome whose judgements are shown, with those about the study as a whole. <value>Default null: all.</value></summary>
    public string? Outcome { get; init; }

    /// <summary>The colours of the judgements: <see cref="RiskColours.Cochrane"/>, <see cref="RiskColours.ColourBlind"/> or others. <value>Default null: the theme's.</value></summary>
    public RiskColours? Colours { get; init; }

    internal PlotTheme Look => Colours is null ? Theme : Theme with { Risk = Colours };

    /// <summary>Weights for the summary, by the studies' ids; those of an analysis are its <see cref="RiskOfBiasAssessments.StudyWeights"/>. <value>Default null: every judgement counts the same.</value></summary>
    public IReadOnlyDictionary<string, double>? Weights { get; init; }
}
