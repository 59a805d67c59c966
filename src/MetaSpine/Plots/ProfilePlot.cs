namespace MetaSpine;

/// <summary>
/// Draws profile likelihoods: how much less likely other values of tau^2, or of the pooled effect, make the data; what lies within 1.92 of the top is the
/// 95% interval (Hardy and Thompson 1996, Statistics in Medicine 15:619, doi:10.1002/(SICI)1097-0258(19960330)15:6&lt;619::AID-SIM188&gt;3.0.CO;2-A).
/// </summary>
public static class ProfilePlot
{
    /// <summary>Parts of the curve on either side of its top, the finer the nearer: where studies are few it falls steeply on one side and hardly on the other.</summary>
    private const int Steps = 80;

    /// <summary>The profile likelihood of a pooled result.</summary>
    /// <param name="result">The result, of at least two studies, pooled by ML or REML with inverse-variance weights.</param>
    /// <param name="options">What to show; <see cref="ProfilePlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is one study, or the method is not one of likelihood; the effect has a profile under ML only.</exception>
    public static Drawing Draw(PooledResult result, ProfilePlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= ProfilePlotOptions.Default;
        PlotText.Require(result, 2, "A profile plot", "one study tells nothing of tau^2");
        var isEffect = options.Parameter == ProfileParameter.Estimate;
        var method = result.Options.Method;
        if (result.Options is not { Weights: null, Weighted: true, FixedTau2: null } || method is not (PoolingMethod.ML or PoolingMethod.REML) || (isEffect && method != PoolingMethod.ML))
        {
            throw new ArgumentException(
                $"The profile likelihood of {(isEffect ? "the effect needs a result by ML" : "tau^2 needs a result by ML or REML")} with inverse-variance weights and an estimated tau^2; this one is by {MethodNames.Of(method).Code}. Pool again with that method.", nameof(result));
        }

        var (theme, measure, scale) = (options.Theme, result.Effects.Measure, new EffectScale(result.Effects.Measure));
        var profile = new LikelihoodCurve([.. result.Studies.Select(study => study.Effect.Estimate)], [.. result.Studies.Select(study => study.Effect.Variance)], method == PoolingMethod.REML);
        var drop = LikelihoodCurve.Drop(result.Options.Level);
        double Loss(double value) => (isEffect ? profile.AtEffect(value) : profile.AtTau2(value)) - (isEffect ? profile.AtEffect(result.Estimate) : profile.AtTau2(result.Tau2));
        var (best, start) = isEffect ? (result.Estimate, result.StandardError) : (result.Tau2, result.Tau2StandardError is > 0 and var error ? error : result.Studies.Average(study => study.Effect.Variance));
        var above = LikelihoodCurve.Bound(Loss, best, start, drop);
        var below = isEffect ? LikelihoodCurve.Bound(Loss, best, -start, drop) : Loss(0) > -drop ? 0 : LikelihoodCurve.Bound(Loss, best, -start, drop, least: 0);

        var (from, to) = (isEffect ? best - 1.35 * (best - below) : Math.Max(0, best - 1.6 * (best - below)), best + 1.35 * (above - best));
        var values = Enumerable.Range(-Steps, 2 * Steps + 1).Select(i => (double)i / Steps).Select(t => best + t * Math.Abs(t) * (t < 0 ? best - from : to - best)).Distinct().ToList();
        var level = PlotText.Percent(result.Options.Level);
        double Shown(double value) => isEffect ? scale.Shown(value) : value;
        var digits = PlotText.Digits(measure, Shown(above) - Shown(below));
        string Text(double value) => isEffect ? PlotNumbers.Fixed(Shown(value), digits) : PlotNumbers.Variance(value);
        var range = $"{level} interval: {Text(below)} to {Text(above)}";
        var curve = new Stroke(theme.Effect, 1.8);
        var estimate = new Stroke(theme.Pooled, 1.2);
        var cut = new Stroke(theme.Faint, 0.9, "4 3");
        var name = isEffect ? measure.ReadAs : "τ²";
        LegendEntry[] legend =
        [
            LegendEntry.Line(isEffect ? "Profile log-likelihood" : method == PoolingMethod.REML ? "Restricted log-likelihood" : "Log-likelihood", curve),
            LegendEntry.Line($"Estimate {Text(best)}", estimate),
            LegendEntry.Line(range, cut),
        ];
        var x = isEffect ? scale.Axis([from, to]) : new AxisSpec("Between-study variance τ²", from, to) { Exact = true };
        var frame = new PlotFrame(theme, options.Title, x, new AxisSpec("Log-likelihood below its maximum", Math.Max(values.Min(Loss), -2 * drop), 0), legend, [], 420, 320);
        frame.Level(-drop, cut, frame.Back);
        frame.Upright(Shown(best), estimate, frame.Back);
        foreach (var bound in new[] { below, above }.Where(bound => Loss(bound) < -0.9 * drop))
        {
            var (bx, by) = frame.At(Shown(bound), -drop);
            frame.Back.Add(new LineMark(bx, by, bx, frame.Area.Bottom, cut.Colour, cut.Width, cut.Dash));
        }

        frame.Curve(values.Select(value => (Shown(value), Loss(value))), curve);
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"Profile likelihood of {(isEffect ? "the " : "")}{name}",
            $"{PlotText.Count(result.StudyCount)}, {MethodNames.Of(method).Code}. The estimate of {(isEffect ? "the " : "")}{name} is {Text(best)}; {range}.");
    }
}

/// <summary>What a profile plot shows.</summary>
public sealed record ProfilePlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static ProfilePlotOptions Default { get; } = new();

    /// <summary>Whose likelihood is drawn. <value>Default: that of tau^2.</value></summary>
    public ProfileParameter Parameter { get; init; } = ProfileParameter.Tau2;
}

/// <summary>What a profile plot shows the likelihood of.</summary>
public enum ProfileParameter
{
    /// <summary>The between-study variance, under ML or REML.</summary>
    Tau2,

    /// <summary>The pooled effect, with tau^2 at its best for each value; under ML.</summary>
    Estimate,
}
