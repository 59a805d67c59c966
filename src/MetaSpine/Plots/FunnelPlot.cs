namespace MetaSpine;

/// <summary>
/// Draws funnel plots: the studies' effects against their precision, where small studies scatter widely below and large ones narrowly above.
/// (Sterne and Egger 2001, Journal of Clinical Epidemiology 54:1046, doi:10.1016/S0895-4356(01)00377-8; with contours: Peters et al. 2008, Journal of Clinical Epidemiology 61:991, doi:10.1016/j.jclinepi.2007.11.010.)
/// </summary>
public static class FunnelPlot
{
    private const int Steps = 64;

    /// <summary>The p-values at which the contours change, from the middle outwards.</summary>
    private static readonly double[] ContourLevels = [0.1, 0.05, 0.01];

    /// <summary>The funnel plot of a result with the studies that trim and fill adds, drawn hollow, and the pooled effect with them.</summary>
    /// <param name="result">What trim and fill gives.</param>
    /// <param name="options">What else to show; its <see cref="FunnelPlotOptions.Filled"/> are replaced.</param>
    /// <exception cref="ArgumentException">As for the plot without them.</exception>
    public static Drawing Draw(TrimAndFillResult result, FunnelPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Draw(result.Original, (options ?? FunnelPlotOptions.Default) with
        {
            Filled = [.. result.Filled.Select(study => new FilledStudy(study.Estimate, study.StandardError))],
            WithFilled = result.Adjusted,
        });
    }

    /// <summary>The funnel plot of a pooled result.</summary>
    /// <param name="result">The result, of at least two studies.</param>
    /// <param name="options">What to show; <see cref="FunnelPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">
    /// There is one study, a study's size is unknown but on the axis, contours are asked for of a measure without a value of no effect, or an option is out of its range.
    /// </exception>
    public static Drawing Draw(PooledResult result, FunnelPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= FunnelPlotOptions.Default;
        PlotText.Require(result, 2, "A funnel plot", "one point shows no scatter");
        Check(result, options);
        var vertical = FunnelHeight.Of(options.Vertical);
        var (measure, theme) = (result.Effects.Measure, options.Theme);
        var scale = new EffectScale(measure);
        var heights = result.Studies.Select(study => vertical.Height(study.Effect)).ToList();
        if (heights.FindIndex(height => !double.IsFinite(height)) is >= 0 and var unknown)
        {
            throw new ArgumentException($"The size of {result.Studies[unknown].Effect.Label} is unknown, so it has no place on an axis of sample sizes; put the standard error on the axis.", nameof(options));
        }

        var filled = options.Filled.Select(point => (point.Estimate, Height: vertical.Height(point.StandardError))).ToList();
        var y = vertical.Axis([.. heights, .. filled.Select(point => point.Height)]);
        var spread = result.Studies.Select(study => study.Effect.StandardError).Concat(options.Filled.Select(point => point.StandardError)).Max();
        var z = NormalDistribution.UpperQuantile((1 - options.Level) / 2);
        double Half(double se) => z * Math.Sqrt(se * se + (options.IncludeHeterogeneity ? result.Tau2 : 0));
        var hasCone = vertical.StandardError is not null && !options.Contours;
        var centre = options.Contours ? measure.NullValue!.Value : result.Estimate;
        double[] reach = vertical.StandardError is null ? [centre] : [centre - Half(spread), centre + Half(spread)];
        var x = scale.Axis([.. result.Studies.Select(study => study.Effect.Estimate), .. filled.Select(point => point.Estimate), result.Estimate, .. reach]);

        var groups = options.Groups is null ? [] : result.Studies.Select(study => options.Groups[study.Row] ?? "not given").Distinct(StringComparer.Ordinal).ToList();
        PointSymbol Symbol(PooledStudy study) => groups.Count == 0 ? PointSymbol.Study(theme) : PointSymbol.Group(groups.IndexOf(options.Groups![study.Row] ?? "not given"), theme);
        var line = new Stroke(theme.Pooled, 1.2);
        var edge = new Stroke(theme.Faint, 1, "4 3");
        var imputed = new PointSymbol(0, theme.Effect, theme.Paper, IsHollow: true);
        var coneText = $"Pseudo {PlotText.Percent(options.Level)} confidence limits" + (options.IncludeHeterogeneity ? " with heterogeneity" : "");
        List<LegendEntry> legend = [.. groups.Select((group, index) => LegendEntry.Symbol(group, PointSymbol.Group(index, theme)))];
        if (filled.Count > 0 || options.WithFilled is not null)
        {
            legend.Add(LegendEntry.Symbol(FormattableString.Invariant($"Filled in ({filled.Count})"), imputed));
        }

        legend.Add(LegendEntry.Line("Pooled: " + PlotText.Pooled(result), line));
        var corrected = filled.Count > 0 ? options.WithFilled : null;
        var dashed = line with { Dash = "5 3" };
        if (corrected is not null)
        {
            legend.Add(LegendEntry.Line("With the filled in: " + PlotText.Pooled(corrected), dashed));
        }

        if (hasCone)
        {
            legend.Add(LegendEntry.Line(coneText, edge));
        }

        if (options.Contours)
        {
            string[] texts = ["p > 0.10", "0.05 < p ≤ 0.10", "0.01 < p ≤ 0.05", "p ≤ 0.01"];
            legend.AddRange(texts.Select((text, i) => LegendEntry.Area(text, i == 0 ? theme.Paper : theme.Contours[i - 1], 1, theme)));
        }

        var frame = new PlotFrame(theme, options.Title, x, y, legend, []);
        var levels = Enumerable.Range(0, Steps + 1).Select(i => frame.Y.Lower + (frame.Y.Upper - frame.Y.Lower) * i / Steps).ToList();
        IEnumerable<(double, double)> Edge(double side, Func<double, double> half) =>
            levels.Select(level => (scale.Shown(centre + side * half(vertical.StandardError!(level))), level));
        if (options.Contours)
        {
            frame.Back.Add(new BoxMark(frame.Area, theme.Contours[2]));
            for (var i = ContourLevels.Length - 1; i >= 0; i--)
            {
                var quantile = NormalDistribution.UpperQuantile(ContourLevels[i] / 2);
                frame.Region(Edge(-1, se => quantile * se), Edge(1, se => quantile * se), i == 0 ? theme.Paper : theme.Contours[i - 1]);
            }
        }

        if (hasCone)
        {
            frame.Region(Edge(-1, Half), Edge(1, Half), theme.Contours[2]);
            frame.Curve(Edge(-1, Half), edge, frame.Back);
            frame.Curve(Edge(1, Half), edge, frame.Back);
        }

        if (options.Contours)
        {
            frame.Upright(scale.Shown(centre), new Stroke(theme.Faint, 0.75), frame.Back);
        }

        frame.Upright(scale.Shown(result.Estimate), line, frame.Back);
        if (corrected is not null)
        {
            frame.Upright(scale.Shown(corrected.Estimate), dashed, frame.Back);
        }

        var radius = PlotFrame.PointRadius(result.StudyCount);
        foreach (var (estimate, height) in filled)
        {
            frame.Front.Add(imputed.At(frame.X.At(scale.Shown(estimate)), frame.Y.At(height), radius));
        }

        (double X, double Y) Place(int i) => (frame.X.At(scale.Shown(result.Studies[i].Effect.Estimate)), frame.Y.At(heights[i]));
        double Outlying(int i) => Math.Abs(result.Studies[i].Effect.Estimate - result.Estimate) / Half(result.Studies[i].Effect.StandardError);
        frame.Studies(result, Place, _ => radius, i => Symbol(result.Studies[i]), PlotText.Named(result, options, Outlying));

        var outside = Enumerable.Range(0, result.StudyCount).Count(i => Outlying(i) > 1);
        var description = $"{PlotText.Count(result.StudyCount)} by {vertical.Title.ToLowerInvariant()}. Pooled {PlotText.Pooled(result)}. "
            + $"{PlotText.Count(outside, "study lies", "studies lie")} outside the {coneText.ToLowerInvariant()}."
            + (filled.Count > 0 ? $" {PlotText.Count(filled.Count, "study is", "studies are")} filled in." + (corrected is null ? "" : $" With {(filled.Count == 1 ? "it" : "them")}, the pooled {PlotText.Pooled(corrected)}.") : "")
            + (result.StudyCount < 10 ? " With fewer than 10 studies, asymmetry cannot be told from chance." : "");
        return new Drawing(frame.Finish(), options.Title ?? $"Funnel plot of the {measure.ReadAs}", description);
    }

    private static void Check(PooledResult result, FunnelPlotOptions options)
    {
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The level must lie between 0 and 1, such as 0.95; it is {options.Level}."), nameof(options));
        }

        if (options.Contours && result.Effects.Measure.NullValue is null)
        {
            throw new ArgumentException($"{result.Effects.Measure.Code} has no value of no effect, so there are no p-values to draw contours of.", nameof(options));
        }

        if (options.Vertical >= FunnelAxis.SampleSize && (options.Contours || options.Filled.Count > 0))
        {
            throw new ArgumentException("Contours and filled-in studies are known by their standard errors; put the standard error, the variance or the precision on the axis.", nameof(options));
        }

        if (options.Filled.Any(point => !double.IsFinite(point.Estimate) || !(point.StandardError > 0) || !double.IsFinite(point.StandardError)))
        {
            throw new ArgumentException("A filled-in study needs a finite estimate and a standard error above 0.", nameof(options));
        }

        if (options.Groups is { } groups && groups.Count != result.Effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {groups.Count} groups for {result.Effects.Count} effect sizes; give one for each, in the same order."), nameof(options));
        }
    }
}
