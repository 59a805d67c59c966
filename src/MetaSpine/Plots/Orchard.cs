namespace MetaSpine;

/// <summary>Gives the rows of an orchard plot their place, and their effects each its own.</summary>
/// <param name="trees">The rows.</param>
/// <param name="effects">The effect sizes that their effects are of.</param>
/// <param name="level">The level of the intervals.</param>
/// <param name="clusters">The cluster of each effect size; null where they are independent.</param>
/// <param name="moderator">What the rows are categories of; null for one row.</param>
/// <param name="options">The options.</param>
internal sealed class Orchard(IReadOnlyList<OrchardTree> trees, EffectSizes effects, double level, Predictor? clusters, string? moderator, OrchardPlotOptions options)
{
    private const double AreaWidth = 440;
    private const double LargestFruit = 8;

    /// <summary>Fruit are made smaller until they lie apart, but not smaller than this.</summary>
    private const double SmallestLargest = 1.8;

    /// <summary>A row is not lower than this.</summary>
    private const double LeastRoom = 56;

    private const double SmallestFruit = 1.2;
    private const double Step = 0.87;
    private const double Thickest = 6;
    private const double CentreRadius = 5.5;

    /// <summary>Between the edge and the names of the rows.</summary>
    private const double Indent = 6;

    private readonly PlotTheme _theme = options.Theme;
    private readonly EffectScale _scale = new(effects.Measure);

    private double LineHeight => 1.35 * _theme.TextSize;

    public Drawing Draw()
    {
        var names = trees.Select(Lines).ToList();
        var counted = Counted([.. trees.SelectMany(tree => tree.Rows)]);
        PlotFrame Frame(double height) => new(
            _theme, options.Title, Axis(), new AxisSpec(moderator is null ? clusters is null ? "Studies" : "Effects" : ForestColumns.Readable(moderator), 0, height) { Exact = true, Reversed = true, Ticks = [] },
            Legend(), [], AreaWidth, height);

        // Few rows share the height that many would take; all are as high as the fullest turns out to need.
        var room = Math.Clamp(300.0 / trees.Count, 64, 190);
        var (radius, offsets) = Fruit(Frame(room), room / 2);
        room = Math.Max(LeastRoom, 2 + 2 * trees.Zip(offsets).SelectMany(pair => pair.First.Rows.Zip(pair.Second, (row, offset) => Math.Abs(offset) + radius(row))).DefaultIfEmpty(0).Max());
        List<(double Top, double Middle)> places = [];
        var height = 0.0;
        foreach (var lines in names)
        {
            places.Add((height, height + 4 + lines.Count * LineHeight + room / 2));
            height += 6 + lines.Count * LineHeight + room;
        }

        var frame = Frame(height);
        for (var i = 0; i < trees.Count; i++)
        {
            var (top, middle) = (frame.Area.Top + places[i].Top, frame.Area.Top + places[i].Middle);
            if (effects.Measure.NullValue is { } none && frame.X.Covers(_scale.Shown(none)))
            {
                var x = frame.X.At(_scale.Shown(none));
                frame.Back.Add(new LineMark(x, middle - room / 2, x, middle + room / 2, _theme.Faint, 0.75));
            }

            for (var line = 0; line < names[i].Count; line++)
            {
                frame.Front.Add(new TextMark(frame.Area.Left + Indent, top + 4 + (line + 0.5) * LineHeight + 0.358 * _theme.TextSize, names[i][line], _theme.TextSize, _theme.Ink, Bold: moderator is not null));
            }

            foreach (var j in Enumerable.Range(0, trees[i].Rows.Count).OrderByDescending(j => radius(trees[i].Rows[j])).ThenBy(j => j))
            {
                var row = trees[i].Rows[j];
                frame.Front.Add(PointSymbol.Bubble(_theme).At(X(frame, row), middle + offsets[i][j], radius(row), PlotText.Key(effects, level, row, effects.Studies[row].Label)));
            }

            Trunk(frame, trees[i], middle);
        }

        var by = moderator is null ? "" : $" by {moderator}";
        return new Drawing(
            frame.Finish(), options.Title ?? $"Orchard plot of the {effects.Measure.ReadAs}{by}",
            $"{counted}, {effects.Measure.ReadAs}{by}. {string.Join(" ", trees.Select(tree => $"{Says(tree)}."))}");
    }

    /// <summary>What stands over a row: on one line, or its name first where that is too long.</summary>
    private List<string> Lines(OrchardTree tree)
    {
        List<string> Wrapped(string text) => TextMetrics.Wrap(text, AreaWidth - 2 * Indent, _theme.TextSize, bold: moderator is not null);
        return tree.Name.Length > 0 && Wrapped(Says(tree)).Count > 1 ? [.. Wrapped(tree.Name), .. Wrapped(Numbers(tree))] : Wrapped(Says(tree));
    }

    /// <summary>"Random: k = 7 (5 studies), 0.49 [0.34, 0.70]".</summary>
    private string Says(OrchardTree tree) => (tree.Name.Length == 0 ? "" : tree.Name + ": ") + Numbers(tree);

    private string Numbers(OrchardTree tree) =>
        $"k = {PlotNumbers.Short(tree.Rows.Count)}{(clusters is null ? "" : $" ({PooledCount.Many(ClustersOf(tree.Rows), clusters.Name)})")}, {PlotText.Numbers(effects.Measure, tree.Natural)}";

    private string Counted(IReadOnlyList<int> rows) => clusters is null
        ? PlotText.Count(rows.Count)
        : $"{PooledCount.Many(rows.Count, "effect")} in {PooledCount.Many(ClustersOf(rows), clusters.Name)}";

    private int ClustersOf(IReadOnlyList<int> rows) => rows.Select(clusters!.Category).Distinct(StringComparer.Ordinal).Count();

    /// <summary>All effects and means, and the intervals of the means as far as they do not dwarf them.</summary>
    private AxisSpec Axis() => _scale.Axis(
        [.. trees.SelectMany(tree => Shown(tree).Select(found => found.Interval).Append(tree.Interval).Select(interval => (tree.Estimate, interval.Lower, interval.Upper)))],
        [.. trees.SelectMany(tree => tree.Rows).Select(row => effects.Studies[row].Estimate), .. effects.Measure.NullValue is { } none ? new[] { none } : []]);

    private IReadOnlyList<(string What, Interval Interval)> Shown(OrchardTree tree) => options.ShowPredictionInterval ? tree.Predictions : [];

    private List<LegendEntry> Legend()
    {
        var percent = PlotText.Percent(level);
        var shown = Shown(trees[0]);
        return
        [
            LegendEntry.Symbol($"{(clusters is null ? "Studies" : "Effects")}, larger where more precise (1/SE)", PointSymbol.Bubble(_theme)),
            new($"Mean with {percent} confidence interval", (x, y) => [new LineMark(x - LegendEntry.KeyWidth / 2, y, x + LegendEntry.KeyWidth / 2, y, _theme.Pooled, Thickest), Centre(x, y)]),
            .. shown.Select((found, i) => LegendEntry.Line($"{percent} prediction interval{(found.What.Length == 0 ? "" : ", " + found.What)}", new Stroke(_theme.Pooled, Thickness(i, shown.Count)))),
        ];
    }

    /// <summary>The wider an interval, the thinner: the last of the predictions holds the others.</summary>
    private static double Thickness(int prediction, int count) => 1.4 * (count - prediction);

    private void Trunk(PlotFrame frame, OrchardTree tree, double y)
    {
        var shown = Shown(tree);
        for (var i = shown.Count - 1; i >= 0; i--)
        {
            frame.Front.Add(new LineMark(At(frame, shown[i].Interval.Lower), y, At(frame, shown[i].Interval.Upper), y, _theme.Pooled, Thickness(i, shown.Count)));
        }

        frame.Front.Add(new LineMark(At(frame, tree.Interval.Lower), y, At(frame, tree.Interval.Upper), y, _theme.Pooled, Thickest));
        frame.Front.Add(Centre(At(frame, tree.Estimate), y));
    }

    private CircleMark Centre(double x, double y) => new(x, y, CentreRadius - 1, _theme.Paper, 1, new Stroke(_theme.Pooled, 2));

    private double X(PlotFrame frame, int row) => At(frame, effects.Studies[row].Estimate);

    private double At(PlotFrame frame, double value) => frame.X.At(_scale.Shown(value));

    /// <summary>How large each effect is, its area being proportional to its precision, and how far from the middle of its row it lies.</summary>
    private (Func<int, double> Radius, List<double[]> Offsets) Fruit(PlotFrame frame, double room)
    {
        double Precision(int row) => 1 / effects.Studies[row].StandardError;
        var most = trees.SelectMany(tree => tree.Rows).Select(Precision).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var places = trees.Select(tree => tree.Rows.Select(row => X(frame, row)).ToList()).ToList();

        // The trunk hides no fruit: those beside the mean or its confidence interval lie above and below.
        double Clear(OrchardTree tree, double x, double radius) =>
            Math.Abs(x - At(frame, tree.Estimate)) < CentreRadius + radius ? CentreRadius + 1
            : x + radius > At(frame, tree.Interval.Lower) && x - radius < At(frame, tree.Interval.Upper) ? Thickest / 2 + 1 : 0;
        for (var largest = LargestFruit; ; largest *= Step)
        {
            var size = largest;
            double Radius(int row) => Math.Max(SmallestFruit, size * Math.Sqrt(Math.Min(1, Precision(row) / most)));
            var isLast = largest * Step < SmallestLargest;
            var offsets = new List<double[]>();
            for (var i = 0; i < trees.Count; i++)
            {
                List<double> radius = [.. trees[i].Rows.Select(Radius)];
                if ((FruitSwarm.Apart(places[i], radius, [.. places[i].Zip(radius, (x, r) => Clear(trees[i], x, r))], room) ?? (isLast ? FruitSwarm.Spread(places[i], radius, room) : null)) is not { } found)
                {
                    break;
                }

                offsets.Add(found);
            }

            if (offsets.Count == trees.Count)
            {
                return (Radius, offsets);
            }
        }
    }
}
