namespace MetaSpine;

/// <summary>
/// Draws normal quantile plots of standardised residuals: studies from one normal distribution of effects lie near the diagonal
/// (Wang and Bushman 1998, Psychological Methods 3:46, doi:10.1037/1082-989X.3.1.46).
/// </summary>
public static class NormalQuantilePlot
{
    /// <summary>
    /// The normal quantile plot of a pooled result. The band holds each ordered residual with the given probability, exactly where residuals are independent:
    /// the i-th of k normal values has the probability scale of a beta distribution with i and k + 1 - i.
    /// </summary>
    /// <param name="result">The result, of at least three studies.</param>
    /// <param name="options">What to show; <see cref="NormalQuantilePlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There are fewer than three studies, or a name to show is that of none.</exception>
    public static Drawing Draw(PooledResult result, NormalQuantilePlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= NormalQuantilePlotOptions.Default;
        PlotText.Require(result, 3, "A normal quantile plot", "fewer show no distribution");
        var theme = options.Theme;
        var k = result.StudyCount;
        var residuals = Standardised(result);
        var order = Enumerable.Range(0, k).OrderBy(i => residuals[i]).ThenBy(i => i).ToList();
        var rank = new int[k];
        for (var i = 0; i < k; i++)
        {
            rank[order[i]] = i;
        }

        // Blom's positions for few values, Hazen's for many, as is usual.
        var offset = k <= 10 ? 0.375 : 0.5;
        var expected = Enumerable.Range(1, k).Select(i => NormalDistribution.Quantile((i - offset) / (k + 1 - 2 * offset))).ToList();
        var tail = (1 - result.Options.Level) / 2;
        var lower = Enumerable.Range(1, k).Select(i => NormalDistribution.Quantile(BetaDistribution.Quantile(tail, i, k + 1 - i))).ToList();
        var upper = Enumerable.Range(1, k).Select(i => -lower[k - i]).ToList();

        var band = $"{PlotText.Percent(result.Options.Level)} band, point by point";
        LegendEntry[] legend =
        [
            LegendEntry.Line("Normal distribution", new Stroke(theme.Pooled, 1.2)),
            LegendEntry.Area(band, theme.Contours[2], 1, theme),
        ];
        var frame = new PlotFrame(
            theme, options.Title,
            AxisSpec.Around("Quantiles of the standard normal distribution", expected),
            AxisSpec.Around("Standardised residuals", [.. residuals, .. lower, .. upper]),
            legend, [], 400, 360);
        frame.Region(expected.Zip(lower), expected.Zip(upper), theme.Contours[2]);
        frame.Curve([(frame.X.Lower, frame.X.Lower), (frame.X.Upper, frame.X.Upper)], new Stroke(theme.Pooled, 1.2), frame.Back);
        var radius = PlotFrame.PointRadius(k);
        double Outlying(int i) => residuals[i] < lower[rank[i]] || residuals[i] > upper[rank[i]] ? 1 + Math.Abs(residuals[i] - expected[rank[i]]) : 0;
        frame.Studies(result, i => frame.At(expected[rank[i]], residuals[i]), _ => radius, _ => PointSymbol.Study(theme), PlotText.Named(result, options, Outlying));
        var outside = Enumerable.Range(0, k).Count(i => Outlying(i) > 1);
        return new Drawing(
            frame.Finish(),
            options.Title ?? "Normal quantile plot of the standardised residuals",
            $"{PlotText.Count(k)}, residuals from the pooled {PlotText.Pooled(result)}. {PlotText.Count(outside, "study lies", "studies lie")} outside the {band}.");
    }

    /// <summary>
    /// The residuals over their standard errors: with the shares h of the weights, the variance of y_i - estimate is
    /// (v_i + tau^2)(1 - 2 h_i) + sum h_j^2 (v_j + tau^2).
    /// </summary>
    internal static double[] Standardised(PooledResult result)
    {
        double Total(PooledStudy study) => study.Effect.Variance + result.Tau2;
        var variance = result.Studies.Sum(study => study.Weight * study.Weight * Total(study));
        return [.. result.Studies.Select(study => (study.Effect.Estimate - result.Estimate) / Math.Sqrt(Total(study) * (1 - 2 * study.Weight) + variance))];
    }
}

/// <summary>What a normal quantile plot shows.</summary>
public sealed record NormalQuantilePlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static NormalQuantilePlotOptions Default { get; } = new();
}
