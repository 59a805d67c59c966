namespace MetaSpine;

/// <summary>How effects are shown along an axis: ratios by a logarithmic axis with ratios at its ticks, others on the analysis scale.</summary>
internal sealed class EffectScale(Measure measure)
{
    /// <summary>Beyond e^27 an axis shows no more.</summary>
    private const double Most = 27;

    public bool Log { get; } = measure.Scale == Scale.Log;

    public string Title => Log ? PlotText.Capitalised(measure.ReadAs) + " (log scale)" : PlotText.Capitalised(measure.Name);

    /// <summary>From the analysis scale to the values of the axis.</summary>
    public double Shown(double value) => Log ? Math.Exp(Math.Clamp(value, -Most, Most)) : value;

    /// <summary>An axis for effects on the analysis scale, with some room at its ends.</summary>
    public AxisSpec Axis(IEnumerable<double> values, double room = 0.04) => AxisSpec.Around(Title, values.Select(Shown), Log, room);

    /// <summary>An axis for intervals: all estimates, and each bound that does not reach out much further than they spread, or than half of the intervals are long.</summary>
    /// <param name="effects">Estimates and intervals on the analysis scale.</param>
    /// <param name="also">Values to cover besides.</param>
    public AxisSpec Axis(IReadOnlyList<(double Estimate, double Lower, double Upper)> effects, IEnumerable<double> also)
    {
        List<double> anchors = [.. effects.Select(effect => effect.Estimate).Concat(also).Where(double.IsFinite)];
        var lengths = effects.Select(effect => effect.Upper - effect.Lower).Where(double.IsFinite).Order().ToList();
        var (least, most) = (anchors.DefaultIfEmpty(0).Min(), anchors.DefaultIfEmpty(0).Max());
        var reach = Math.Max(most - least, lengths.Count == 0 ? 0 : lengths[lengths.Count / 2]);
        return Axis([least, most, .. effects.Select(effect => effect.Lower).Where(lower => lower >= least - reach), .. effects.Select(effect => effect.Upper).Where(upper => upper <= most + reach)]);
    }
}

/// <summary>What plots say about studies and results.</summary>
internal static class PlotText
{
    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Count(int count, string one = "study", string many = "studies") => FormattableString.Invariant($"{count} {(count == 1 ? one : many)}");

    public static string Percent(double level) => PlotNumbers.Short(Math.Round(100 * level, 6)) + "%";

    /// <summary>A weight as a share of all, in percent; a little one is not shown as none.</summary>
    public static string Weight(double share) => share is > 0 and < 0.0005 ? "<0.1%" : PlotNumbers.Fixed(100 * share, 1) + "%";

    /// <summary>The decimals of an effect with an interval of this width: ratios have at least two.</summary>
    public static int Digits(Measure measure, double width) => Math.Max(ForestAxis.IsRatio(measure) ? 2 : 0, PlotNumbers.DigitsFor(width));

    /// <summary>"risk ratio 0.49 [0.34, 0.70]".</summary>
    public static string Pooled(PooledResult result) => $"{result.Natural.Name} {Numbers(result.Effects.Measure, result.Natural)}";

    /// <summary>What shows when the pointer rests on a study's marks: its name, its estimate with interval, and its weight.</summary>
    public static StudyKey Key(ModelResult result, PooledStudy study)
    {
        double Back(double value) => result.Effects.Measure.Scale.Back(value, study.Effect.Size);
        var interval = study.Effect.Interval(result.Options.Level);
        var (lower, upper) = (Back(interval.Lower), Back(interval.Upper));
        return new StudyKey(
            study.Row, $"{study.Effect.Label}: {result.Effects.Measure.ReadAs} {Numbers(result.Effects.Measure, Back(study.Effect.Estimate), lower, upper)}, weight {Weight(study.Weight)}");
    }

    /// <summary>What shows when the pointer rests on the marks of an effect.</summary>
    public static StudyKey Key(EffectSizes effects, double level, int row, string label)
    {
        var (effect, measure) = (effects.Studies[row], effects.Measure);
        var interval = effect.Interval(level);
        double Back(double value) => measure.Scale.Back(value, effect.Size);
        return new StudyKey(row, $"{label}: {measure.ReadAs} {Numbers(measure, Back(effect.Estimate), Back(interval.Lower), Back(interval.Upper))}");
    }

    /// <summary>"0.49 [0.34, 0.70]".</summary>
    public static string Numbers(Measure measure, double estimate, double lower, double upper)
    {
        var digits = Digits(measure, upper - lower);
        return $"{PlotNumbers.Fixed(estimate, digits)} [{PlotNumbers.Fixed(lower, digits)}, {PlotNumbers.Fixed(upper, digits)}]";
    }

    /// <summary>A pooled estimate with its interval, as people read it.</summary>
    public static string Numbers(Measure measure, NaturalResult natural) => Numbers(measure, natural.Estimate, natural.Interval.Lower, natural.Interval.Upper);

    /// <summary>The prediction intervals of a result, each with what it is for.</summary>
    public static IReadOnlyList<(string What, Interval Interval)> Predictions(IPooledEffect result) =>
        result is MultilevelPooledResult multilevel && multilevel.PredictionIntervals() is { Count: > 0 } levels ? [.. levels.Select(level => (level.What, level.Interval))]
        : result.PredictionInterval is { } interval && double.IsFinite(interval.Upper - interval.Lower) ? [("", interval)] : [];

    /// <summary>Refuses to draw too few studies.</summary>
    public static void Require(ModelResult result, int least, string plot, string because)
    {
        if (result.StudyCount < least)
        {
            throw new ArgumentException(FormattableString.Invariant($"{plot} needs at least {least} studies, and the result has {result.StudyCount}: {because}."), nameof(result));
        }
    }

    /// <summary>
    /// The studies to name, as places among the studies of the result: those asked for, then those that stand out the most (how far is given by study;
    /// above 1 is out).
    /// </summary>
    /// <exception cref="ArgumentException">A name asked for is that of no study.</exception>
    public static IReadOnlyList<int> Named(ModelResult result, PointPlotOptions options, Func<int, double> outlying)
    {
        var labels = result.Studies.Select(study => study.Effect.Label).ToList();
        if (options.Labels.FirstOrDefault(label => !labels.Contains(label, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ArgumentException($"There is no study '{unknown}' in the result{NearestName.Hint(unknown, [.. labels.Distinct()])}", nameof(options));
        }

        var all = Enumerable.Range(0, labels.Count).ToList();
        var outliers = options.LabelOutliers
            ? all.Where(i => outlying(i) > 1).OrderByDescending(outlying).ThenBy(i => i).Take(PointLabels.MostOutliers)
            : [];
        return [.. all.Where(i => options.Labels.Contains(labels[i], StringComparer.Ordinal)).Concat(outliers).Distinct()];
    }
}
