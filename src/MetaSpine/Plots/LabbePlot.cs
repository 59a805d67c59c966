namespace MetaSpine;

/// <summary>
/// Draws L'Abbé plots: the risk (or rate) under treatment against that under control, each study as large as its weight, with the line of no effect and the
/// curve of the pooled effect (L'Abbé, Detsky and O'Rourke 1987, Annals of Internal Medicine 107:224, doi:10.7326/0003-4819-107-2-224).
/// </summary>
public static class LabbePlot
{
    private const int Steps = 100;

    /// <summary>A risk above this shows the whole way to certainty; below, the axes end where the studies do.</summary>
    private const double High = 0.8;

    /// <summary>So that bubbles at no risk and at full risk do not lie on the axes.</summary>
    private const double Room = 0.06;

    /// <summary>The L'Abbé plot of a pooled result of OR, PETO, RR, RD, AS, IRR, IRD or IRSD.</summary>
    /// <param name="result">The result; its effect sizes bring the studies' counts along.</param>
    /// <param name="options">What to show; <see cref="LabbePlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The measure does not compare two risks or rates, or a study's counts are missing.</exception>
    public static Drawing Draw(PooledResult result, LabbePlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= LabbePlotOptions.Default;
        var (theme, measure) = (options.Theme, result.Effects.Measure);
        var treated = Treated(measure) ?? throw new ArgumentException(
            $"A L'Abbé plot compares the risks or rates of two groups, and {measure.Code} ({measure.Name}) does not; it is for OR, PETO, RR, RD, AS, IRR, IRD and IRSD.", nameof(result));
        foreach (var value in options.EqualEffects)
        {
            if (!double.IsFinite(measure.Scale.Forward(value)))
            {
                throw new ArgumentException($"{PlotNumbers.Short(value)} is not a possible {measure.ReadAs}; give effects on the scale that people read.", nameof(options));
            }
        }

        var isRate = measure.Code.StartsWith("IR", StringComparison.Ordinal);
        var points = result.Studies.Select(study => Groups(result, study.Row, isRate)).ToList();
        if (points.FindIndex(point => !double.IsFinite(point.Control + point.Treatment)) is >= 0 and var missing)
        {
            throw new ArgumentException($"The counts of {result.Studies[missing].Effect.Label} are missing: compute the effect sizes from counts, not from ready estimates.", nameof(result));
        }

        var most = points.Max(point => Math.Max(point.Control, point.Treatment));
        var top = !isRate && most > High ? 1 : most > 0 ? most : 1;
        var word = isRate ? "rate" : "risk";
        AxisSpec Along(string heading) => new($"{PlotText.Capitalised(word)} in the {heading} group", -Room * top, (1 + Room) * top) { Exact = true };
        var line = new Stroke(theme.Pooled, 1.6);
        string[] dashes = ["7 3", "2 2", "8 3 2 3", "8 3 2 3 2 3", "4 5", "1 4"];
        var equal = options.EqualEffects.Select((value, i) => (Value: measure.Scale.Forward(value), Stroke: new Stroke(theme.Palette[i % theme.Palette.Count], 1, dashes[i % dashes.Length]), Text: $"{PlotText.Capitalised(measure.ReadAs)} {PlotNumbers.Short(value)}")).ToList();
        LegendEntry[] legend =
        [
            LegendEntry.Symbol("Studies, larger with more weight", PointSymbol.Bubble(theme)),
            LegendEntry.Line("Pooled: " + PlotText.Pooled(result), line),
            LegendEntry.Area($"Its {PlotText.Percent(result.Options.Level)} confidence interval", theme.Pooled, 0.18, theme),
            LegendEntry.Line("No effect", new Stroke(theme.Faint, 0.9)),
            .. equal.Select(item => LegendEntry.Line(item.Text, item.Stroke)),
        ];
        var frame = new PlotFrame(theme, options.Title, Along(options.ControlHeading), Along(options.TreatmentHeading), legend, [], 380, 380);
        IEnumerable<(double, double)> Curve(double effect) =>
            Enumerable.Range(0, Steps + 1).Select(i => top * i / Steps).Select(control => (control, treated(control, effect)));
        frame.Region(Curve(result.Interval.Lower), Curve(result.Interval.Upper), theme.Pooled, 0.18);
        frame.Curve([(0, 0), (top, top)], new Stroke(theme.Faint, 0.9), frame.Back);
        foreach (var (value, stroke, _) in equal)
        {
            frame.Curve(Curve(value), stroke, frame.Back);
        }

        frame.Curve(Curve(result.Estimate), line, frame.Back);
        var z = NormalDistribution.UpperQuantile((1 - result.Options.Level) / 2);
        frame.Studies(
            result,
            i => frame.At(points[i].Control, points[i].Treatment),
            i => PlotFrame.BubbleRadius(result, i),
            _ => PointSymbol.Bubble(theme),
            PlotText.Named(result, options, i => Math.Abs(result.Studies[i].Effect.Estimate - result.Estimate) / (z * Math.Sqrt(result.Studies[i].Effect.Variance + result.Tau2))));
        var above = points.Count(point => point.Treatment > point.Control);
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"L'Abbé plot of the {measure.ReadAs}",
            $"{PlotText.Count(result.StudyCount)}, the {word} in the {options.TreatmentHeading} group against that in the {options.ControlHeading} group; it is higher in {PlotText.Count(above)}. Pooled {PlotText.Pooled(result)}.");
    }

    /// <summary>The treated group's risk or rate, by that of the controls and the effect on the analysis scale; null for other measures.</summary>
    private static Func<double, double, double>? Treated(Measure measure) => measure.Code switch
    {
        "OR" or "PETO" => (control, effect) => control * Math.Exp(effect) / (1 - control + control * Math.Exp(effect)),
        "RR" or "IRR" => (control, effect) => control * Math.Exp(effect),
        "RD" or "IRD" => (control, effect) => control + effect,
        "AS" => (control, effect) => Scale.Arcsine.Back(Scale.Arcsine.Forward(control) + effect),
        "IRSD" => (control, effect) => Scale.SquareRoot.Back(Math.Sqrt(control) + effect),
        _ => null,
    };

    private static (double Control, double Treatment) Groups(PooledResult result, int row, bool isRate)
    {
        double Input(string column) => result.Effects.Data.Value(column, row);
        double Total(string total, string events, string others) => double.IsNaN(Input(total)) ? Input(events) + Input(others) : Input(total);
        return isRate
            ? (Input("x2i") / Input("t2i"), Input("x1i") / Input("t1i"))
            : (Input("ci") / Total("n2i", "ci", "di"), Input("ai") / Total("n1i", "ai", "bi"));
    }
}

/// <summary>What a L'Abbé plot shows.</summary>
public sealed record LabbePlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static LabbePlotOptions Default { get; } = new();

    /// <summary>The name of the first group, on the vertical axis. <value>Default "treatment".</value></summary>
    public string TreatmentHeading { get; init; } = "treatment";

    /// <summary>The name of the second group, on the horizontal axis. <value>Default "control".</value></summary>
    public string ControlHeading { get; init; } = "control";

    /// <summary>Effects whose curves are drawn as well, on the scale that people read: 0.25, 0.5, 2 and 4 for an odds ratio. <value>Default: none but that of no effect.</value></summary>
    public IReadOnlyList<double> EqualEffects { get; init; } = [];
}
