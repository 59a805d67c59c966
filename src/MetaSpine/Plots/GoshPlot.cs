namespace MetaSpine;

/// <summary>
/// Draws GOSH plots: the pooled effect and I^2 of every subset of the studies, the stronger the colour the more subsets, with the distribution of either beside its axis. Two
/// clouds show studies of two kinds (Olkin, Dahabreh and Trikalinos 2012, Research Synthesis Methods 3:214, doi:10.1002/jrsm.1053).
/// </summary>
public static class GoshPlot
{
    private const int Columns = 80, Rows = 50, Shades = 8;

    private const double Marginal = 52, MarginalGap = 5;

    /// <summary>A place has a stripe of this share of its height for the subsets with the highlighted study: both kinds are seen, whatever the colours.</summary>
    private const double Stripe = 0.5;

    /// <summary>The GOSH plot of all subsets, or of many random ones.</summary>
    /// <param name="result">What the subsets gave.</param>
    /// <param name="options">What to show; <see cref="GoshPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is no study of the name that is to be highlighted, or all subsets have the same estimate.</exception>
    public static Drawing Draw(GoshResult result, GoshPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= GoshPlotOptions.Default;
        var (theme, scale) = (options.Theme, new EffectScale(result.Measure));
        var study = Highlighted(result, options);
        if (!(result.Histogram.Upper > result.Histogram.Lower))
        {
            throw new ArgumentException("All studies have the same estimate, and so have all subsets: there is no cloud to draw.", nameof(result));
        }

        var window = GoshWindow.Of(result.Histogram, Columns, Rows);
        var parts = study is { } one && result.Points is { } points ? window.Split(points, one) : [window.Cells(result.Histogram)];
        string[] colours = parts.Count == 2 ? [theme.Pooled, theme.Effect] : [theme.Effect];
        var pooled = new Stroke(theme.Ink, 1.2, "4 3");

        List<LegendEntry> legend = [];
        if (study is { } marked)
        {
            legend.Add(new LegendEntry($"With {result.Studies[marked].Label}", (keyX, keyY) => [new BoxMark(new Box(keyX - 8, keyY - 2, keyX + 8, keyY + 2), theme.Pooled, 0.9)]));
            legend.Add(LegendEntry.Area("Without", theme.Effect, 0.75, theme));
        }

        legend.Add(LegendEntry.Line("All studies: " + PlotText.Pooled(result.Model), pooled));
        var which = FormattableString.Invariant($"{result.Subsets:N0} {(result.IsExhaustive ? "subsets" : "random subsets")} of {result.Studies.Count} studies");
        var x = new AxisSpec(scale.Title, scale.Shown(window.Lower), scale.Shown(window.Upper)) { Log = scale.Log, Exact = true };
        var frame = new PlotFrame(
            theme, options.Title, x, new AxisSpec("I² (%)", 0, 100) { Exact = true }, legend, [which + "; the stronger the colour of a place, the more of them it has."],
            above: Marginal + MarginalGap, beside: Marginal + MarginalGap);
        var most = parts.Max(part => part.Counts.Max());
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            Cloud(frame, window, parts[part], scale, colours[part], most, IsWith(part, parts) ? Stripe : 1);
        }

        if (result.Measure.NullValue is { } none)
        {
            frame.Upright(scale.Shown(none), new Stroke(theme.Faint, 0.75), frame.Back);
        }

        frame.Upright(scale.Shown(result.Model.Estimate), pooled);
        Marginals(frame, window, result, study, parts, colours, scale);
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"GOSH plot of the {result.Measure.ReadAs}",
            $"The pooled {result.Measure.ReadAs} and I² of {which}. {string.Join(' ', result.Notes)}");
    }

    /// <summary>The study whose subsets are told apart: the one asked for, else the one that splits them into clusters.</summary>
    private static int? Highlighted(GoshResult result, GoshPlotOptions options)
    {
        var labels = result.Studies.Select(study => study.Label).ToList();
        if (options.Highlight is { } asked)
        {
            var place = labels.IndexOf(asked);
            return place >= 0 ? place : throw new ArgumentException($"There is no study '{asked}' in the result{NearestName.Hint(asked, [.. labels.Distinct()])}", nameof(options));
        }

        var most = Enumerable.Range(0, labels.Count).MaxBy(i => result.Studies[i].Separation);
        return options.HighlightClusters && result.Studies[most].Separation > GoshNotes.Apart ? most : null;
    }

    /// <summary>Whether a part holds what is with the highlighted study: it stands before the part without.</summary>
    private static bool IsWith<T>(int part, IReadOnlyList<T> parts) => part == 0 && parts.Count == 2;

    /// <summary>The cells of a cloud, of their full height or a share of it; neighbours of one shade in a row are one mark.</summary>
    private static void Cloud(PlotFrame frame, GoshWindow window, GoshCells cells, EffectScale scale, string colour, long most, double share)
    {
        // Equal steps of the logarithm: a place with few subsets shows beside one with a thousand times as many.
        int Shade(long count) => count == 0 ? 0 : most == 1 ? Shades : 1 + (int)((Shades - 1) * Math.Log(count) / Math.Log(most) + 1e-9);
        for (var row = 0; row < window.Rows; row++)
        {
            var (top, bottom) = (frame.Y.At(window.I2(row + 1)), frame.Y.At(window.I2(row)));
            var trim = (1 - share) * (bottom - top) / 2;
            for (var column = 0; column < window.Columns;)
            {
                var (from, shade) = (column, Shade(cells[column, row]));
                while (column < window.Columns && Shade(cells[column, row]) == shade)
                {
                    column++;
                }

                if (shade > 0)
                {
                    var box = new Box(frame.X.At(scale.Shown(window.Estimate(from))), top + trim, frame.X.At(scale.Shown(window.Estimate(column))), bottom - trim);
                    frame.Back.Add(new BoxMark(box, colour, Math.Round(0.3 + 0.6 * shade / Shades, 2)));
                }
            }
        }
    }

    /// <summary>The distribution of the estimate above, of I^2 at the right.</summary>
    private static void Marginals(PlotFrame frame, GoshWindow window, GoshResult result, int? study, IReadOnlyList<GoshCells> parts, string[] colours, EffectScale scale)
    {
        // The estimates with a study are known even where the single subsets are not.
        var above = study is { } one
            ? (IReadOnlyList<long[]>)[window.Coarse(result.Studies[one].CountsWith), [.. window.Coarse(result.Histogram.ByEstimate()).Zip(window.Coarse(result.Studies[one].CountsWith), (all, with) => all - with)]]
            : [window.Coarse(result.Histogram.ByEstimate())];
        string[] shades = study is null ? colours : [frame.Theme.Pooled, frame.Theme.Effect];
        var highest = above.Max(counts => counts.Max());
        var floor = frame.Area.Top - MarginalGap;
        for (var part = above.Count - 1; part >= 0; part--)
        {
            var steps = new List<(double X, double Y)> { (frame.X.At(scale.Shown(window.Estimate(0))), floor) };
            for (var column = 0; column < window.Columns; column++)
            {
                var y = floor - Marginal * above[part][column] / highest;
                steps.Add((frame.X.At(scale.Shown(window.Estimate(column))), y));
                steps.Add((frame.X.At(scale.Shown(window.Estimate(column + 1))), y));
            }

            steps.Add((frame.X.At(scale.Shown(window.Estimate(window.Columns))), floor));
            frame.Front.Add(Outline(steps, shades[part], IsWith(part, above)));
        }

        var longest = parts.Max(part => part.ByRow().Max());
        var wall = frame.Area.Right + MarginalGap;
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            var counts = parts[part].ByRow();
            var steps = new List<(double X, double Y)> { (wall, frame.Y.At(window.I2(0))) };
            for (var row = 0; row < window.Rows; row++)
            {
                var end = wall + Marginal * counts[row] / longest;
                steps.Add((end, frame.Y.At(window.I2(row))));
                steps.Add((end, frame.Y.At(window.I2(row + 1))));
            }

            steps.Add((wall, frame.Y.At(window.I2(window.Rows))));
            frame.Front.Add(Outline(steps, colours[part], IsWith(part, parts)));
        }
    }

    /// <summary>A distribution: filled, or, in front of another, its outline.</summary>
    private static PolygonMark Outline(List<(double X, double Y)> steps, string colour, bool isWith) =>
        isWith ? new PolygonMark(steps, null, 1, new Stroke(colour, 1.4)) : new PolygonMark(steps, colour, 0.45, new Stroke(colour, 1));
}

/// <summary>What a GOSH plot shows.</summary>
public sealed record GoshPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static GoshPlotOptions Default { get; } = new();

    /// <summary>The name of a study: the subsets with it stand out from those without it. <value>Default null: one that splits the subsets into clusters, if any.</value></summary>
    public string? Highlight { get; init; }

    /// <summary>Whether a study that splits the subsets into clusters is highlighted where no other is asked for. <value>Default true.</value></summary>
    public bool HighlightClusters { get; init; } = true;
}
