namespace MetaSpine;

/// <summary>
/// Draws bubble plots of meta-regressions: the effects against a moderator, each study as large as its weight, with the fitted line, its
/// confidence band and its prediction band (Thompson and Higgins 2002, Statistics in Medicine 21:1559, doi:10.1002/sim.1187).
/// </summary>
public static class BubblePlot
{
    private const int Steps = 80;

    /// <summary>So that bubbles at the ends do not lie on the axes.</summary>
    private const double BubbleRoom = 0.06;

    /// <summary>The bubble plot of a meta-regression.</summary>
    /// <param name="result">The meta-regression; it needs a moderator that is a number.</param>
    /// <param name="options">What to show; <see cref="BubblePlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The model has no such moderator, or more than one and none is named; or a value in the options does not fit the model.</exception>
    public static Drawing Draw(RegressionResult result, BubblePlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= BubblePlotOptions.Default;
        var (theme, terms) = (options.Theme, result.Design.Terms);
        var moderator = Moderator(terms, options);
        var others = Others(result, moderator, options);
        double At(PooledStudy study) => terms.Moderators[moderator].Number(study.Row);
        var (least, most) = (result.Studies.Min(At), result.Studies.Max(At));
        var predictions = Enumerable.Range(0, Steps + 1).Select(i => least + (most - least) * i / Steps)
            .Select(value => (X: value, Fit: result.Predict([(moderator, value), .. others]))).ToList();
        var isPredicted = options.ShowPredictionInterval && predictions[0].Fit.PredictionInterval is not null;

        var scale = new EffectScale(result.Effects.Measure);
        var x = AxisSpec.Around(options.ModeratorTitle ?? moderator, [least, most], room: BubbleRoom) with { Whole = result.Studies.All(study => double.IsInteger(At(study))) };
        var y = scale.Axis(Heights(result, predictions.ConvertAll(p => p.Fit), isPredicted), BubbleRoom);
        var line = new Stroke(theme.Pooled, 1.8);
        var edge = new Stroke(theme.Pooled, 1, "4 3");
        var level = PlotText.Percent(result.Options.Level);
        var at = others.Count == 0 ? "" : " at " + string.Join(", ", others.Select(other => $"{other.Name} = {Value(other.Value)}"));
        List<LegendEntry> legend =
        [
            LegendEntry.Symbol("Studies, larger with more weight", PointSymbol.Bubble(theme)),
            LegendEntry.Line("Fitted mean" + at, line),
            LegendEntry.Area($"{level} confidence band", theme.Pooled, 0.18, theme),
        ];
        if (isPredicted)
        {
            var isShown = predictions.Select(p => p.Fit.PredictionInterval!.Value).Any(band => scale.Shown(band.Lower) > y.Lower || scale.Shown(band.Upper) < y.Upper);
            legend.Add(LegendEntry.Line($"{level} prediction band{(isShown ? "" : ", beyond the axis")}", edge));
        }

        var frame = new PlotFrame(theme, options.Title, x, y, legend, []);
        if (result.Effects.Measure.NullValue is { } none && frame.Y.Covers(scale.Shown(none)))
        {
            frame.Level(scale.Shown(none), new Stroke(theme.Faint, 0.75), frame.Back);
        }

        IEnumerable<(double, double)> Line(Func<Prediction, double> value) => predictions.Select(p => (p.X, scale.Shown(value(p.Fit))));
        frame.Region(Line(p => p.Interval.Lower), Line(p => p.Interval.Upper), theme.Pooled, 0.18);
        if (isPredicted)
        {
            frame.Curve(Line(p => p.PredictionInterval!.Value.Lower), edge, frame.Back);
            frame.Curve(Line(p => p.PredictionInterval!.Value.Upper), edge, frame.Back);
        }

        frame.Studies(
            result,
            i => (frame.X.At(At(result.Studies[i])), frame.Y.At(scale.Shown(result.Studies[i].Effect.Estimate))),
            i => PlotFrame.BubbleRadius(result, i),
            _ => PointSymbol.Bubble(theme),
            PlotText.Named(result, options, i => Outlying(result, result.Studies[i])),
            () => frame.Curve(Line(p => p.Estimate), line));

        var slope = result.Coefficients.FirstOrDefault(coefficient => coefficient.Name == moderator);
        var description = $"{PlotText.Count(result.StudyCount)}, {result.Effects.Measure.ReadAs} against {moderator} from {PlotNumbers.Short(least)} to {PlotNumbers.Short(most)}{(at.Length == 0 ? "" : ", fitted" + at)}."
            + (slope is null ? "" : $" Slope {PlotNumbers.Short(Math.Round(slope.Estimate, 4))} [{PlotNumbers.Short(Math.Round(slope.Interval.Lower, 4))}, {PlotNumbers.Short(Math.Round(slope.Interval.Upper, 4))}] on the analysis scale, {PlotNumbers.P(slope.PValue)}.");
        return new Drawing(frame.Finish(), options.Title ?? $"Bubble plot of the {result.Effects.Measure.ReadAs} against {moderator}", description);
    }

    /// <summary>What the vertical axis covers: the effects, and the bands as far as they do not dwarf them.</summary>
    private static IEnumerable<double> Heights(RegressionResult result, List<Prediction> predictions, bool isPredicted)
    {
        var effects = result.Studies.Select(study => study.Effect.Estimate).ToList();
        var (least, most) = (effects.Min(), effects.Max());
        var reach = Math.Max(most - least, 1e-9 * Math.Abs(most)) / 2;
        var bounds = predictions.Select(p => p.Interval).Concat(isPredicted ? predictions.Select(p => p.PredictionInterval!.Value) : []);
        return effects.Concat(bounds.SelectMany(interval => new[] { interval.Lower, interval.Upper }).Select(bound => Math.Clamp(bound, least - reach, most + reach)));
    }

    /// <summary>The moderators of a model that are numbers: those that can be plotted.</summary>
    internal static IReadOnlyList<string> Plottable(RegressionResult result) => Numbers(result.Design.Terms);

    private static List<string> Numbers(DesignTerms terms) => [.. terms.Used.Where(name => terms.Moderators[name].IsNumeric)];

    private static string Moderator(DesignTerms terms, BubblePlotOptions options)
    {
        var numbers = Numbers(terms);
        if (options.Moderator is { } asked)
        {
            return numbers.Contains(asked, StringComparer.Ordinal)
                ? asked
                : throw new ArgumentException($"The model has no moderator '{asked}' that is a number{NearestName.Hint(asked, numbers)}", nameof(options));
        }

        return numbers.Count switch
        {
            1 => numbers[0],
            0 => throw new ArgumentException("A bubble plot needs a moderator that is a number, and the model has none; a forest plot by subgroups shows categories."),
            _ => throw new ArgumentException($"The model has several moderators that are numbers ({string.Join(", ", numbers)}); name the one to plot in {nameof(BubblePlotOptions)}.{nameof(BubblePlotOptions.Moderator)}.", nameof(options)),
        };
    }

    /// <summary>The other moderators' values: those given, otherwise the mean of numbers and the reference of categories.</summary>
    private static List<(string Name, ModeratorValue Value)> Others(RegressionResult result, string moderator, BubblePlotOptions options)
    {
        var terms = result.Design.Terms;
        var names = terms.Used.Where(name => name != moderator).ToList();
        if (options.At.Select(given => given.Name).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ArgumentException($"The model has no other moderator '{unknown}'{NearestName.Hint(unknown, names)}", nameof(options));
        }

        return names.ConvertAll(name =>
        {
            foreach (var (given, value) in options.At)
            {
                if (given == name)
                {
                    return (name, value);
                }
            }

            var predictor = terms.Moderators[name];
            return (name, predictor.IsNumeric ? result.Studies.Average(study => predictor.Number(study.Row)) : (terms.LevelsOf(name) ?? predictor.Levels)[0]);
        });
    }

    private static string Value(ModeratorValue value) => value.Category ?? PlotNumbers.Short(Math.Round(value.Number!.Value, 2));

    /// <summary>A study's residual in units of what 95% of them stay within.</summary>
    private static double Outlying(RegressionResult result, PooledStudy study)
    {
        var residual = study.Effect.Estimate;
        for (var column = 0; column < result.Coefficients.Count; column++)
        {
            residual -= result.Design[study.Row, column] * result.Coefficients[column].Estimate;
        }

        return Math.Abs(residual) / (NormalDistribution.UpperQuantile(0.025) * Math.Sqrt(study.Effect.Variance + result.Tau2));
    }
}

/// <summary>What a bubble plot shows.</summary>
public sealed record BubblePlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static BubblePlotOptions Default { get; } = new();

    /// <summary>The moderator on the horizontal axis. <value>Default null: the only one that is a number.</value></summary>
    public string? Moderator { get; init; }

    /// <summary>The title of the horizontal axis. <value>Default null: the moderator's name.</value></summary>
    public string? ModeratorTitle { get; init; }

    /// <summary>Values of the other moderators for the line and the bands. <value>Default: numbers at their mean over the studies, categories at their reference.</value></summary>
    public IReadOnlyList<(string Name, ModeratorValue Value)> At { get; init; } = [];

    /// <summary>Whether the prediction band is drawn where there is one. <value>Default true.</value></summary>
    public bool ShowPredictionInterval { get; init; } = true;
}
