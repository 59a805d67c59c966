namespace MetaSpine;

/// <summary>
/// Draws p-curves: the share of the significant p-values in each hundredth below 0.05, against what is expected without an effect and with a power of 33%
/// (Simonsohn, Nelson and Simmons 2014, Journal of Experimental Psychology: General 143:534, doi:10.1037/a0033242).
/// </summary>
public static class PCurvePlot
{
    /// <summary>A little over 100%, so that there is room for that label too.</summary>
    private const double HighestShare = 105;

    /// <summary>The p-curve of an analysis.</summary>
    /// <param name="result">What <see cref="PCurve"/> gives.</param>
    /// <param name="options">What to show; <see cref="PCurvePlotOptions.Default"/> where null.</param>
    public static Drawing Draw(PCurveResult result, PCurvePlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= PCurvePlotOptions.Default;
        var theme = options.Theme;
        double[] observed = [.. result.Bins.Select(count => 100.0 * count / result.SignificantCount)];
        var (seen, flat, third) = (new Stroke(theme.Effect, 2), new Stroke(theme.Faint, 1.2, "6 4"), new Stroke(theme.Pooled, 1.2, "2 3"));
        List<LegendEntry> legend =
        [
            new($"Observed: {result.SignificantCount} significant of {PlotText.Count(result.StudyCount)}", (x, y) => [.. LegendEntry.Line("", seen).Key(x, y), PointSymbol.Study(theme).At(x, y, 4)]),
            LegendEntry.Line($"Expected without an effect; right skew: {P(result.RightSkew)}", flat),
            LegendEntry.Line($"Expected with 33% power; flatter than that: {P(result.Flatter)}", third),
        ];
        var frame = new PlotFrame(
            theme, options.Title,
            new AxisSpec("p-value (each point: the hundredth up to it)", .005, .055) { Exact = true },
            new AxisSpec("Share of the significant p-values (%)", 0, HighestShare) { Exact = true },
            legend,
            [$"Estimated power {PlotText.Percent(Math.Round(result.Power, 2))} ({PlotText.Percent(result.PowerInterval.Level)} interval {PlotText.Percent(Math.Round(result.PowerInterval.Lower, 2))} to {PlotText.Percent(Math.Round(result.PowerInterval.Upper, 2))})."]);
        frame.Curve(Points([20, 20, 20, 20, 20]), flat, frame.Back);
        frame.Curve(Points([.. PCurve.ExpectedShares(1.0 / 3).Select(share => 100 * share)]), third, frame.Back);
        frame.Curve(Points(observed), seen);
        var radius = PlotFrame.PointRadius(observed.Length);
        List<PointLabel> labels = [];
        foreach (var (p, share) in Points(observed))
        {
            var (x, y) = frame.At(p, share);
            frame.Front.Add(PointSymbol.Study(theme).At(x, y, radius));
            labels.Add(new PointLabel(x, y, radius, PlotNumbers.Short(Math.Round(share, MidpointRounding.AwayFromZero)) + "%"));
        }

        frame.Label(labels);
        return new Drawing(
            frame.Finish(),
            options.Title ?? "p-curve",
            $"{result.SignificantCount} significant p-values of {PlotText.Count(result.StudyCount)}; from below 0.01 to below 0.05 in steps of 0.01: {string.Join(", ", result.Bins)}. {result.Notes[0]}");
    }

    /// <summary>The p-value of a test, which no line break parts.</summary>
    private static string P(StoufferTest test) => PlotNumbers.P(test.PValue).Replace(' ', '\u00A0');

    private static IEnumerable<(double P, double Share)> Points(double[] shares) => shares.Select((share, i) => (.01 * (i + 1), share));
}

/// <summary>What a p-curve shows.</summary>
public sealed record PCurvePlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static PCurvePlotOptions Default { get; } = new();
}
