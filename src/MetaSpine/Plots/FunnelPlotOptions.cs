namespace MetaSpine;

/// <summary>What a funnel plot shows.</summary>
public sealed record FunnelPlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static FunnelPlotOptions Default { get; } = new();

    /// <summary>What stands on the vertical axis. <value>Default: the standard error, downwards, where the funnel has straight sides (Sterne and Egger 2001).</value></summary>
    public FunnelAxis Vertical { get; init; } = FunnelAxis.StandardError;

    /// <summary>
    /// Whether the regions of p-values around no effect are shaded instead of the funnel around the pooled effect: missing studies in the
    /// regions without significance hint at publication bias. <value>Default false.</value>
    /// </summary>
    public bool Contours { get; init; }

    /// <summary>The level of the funnel's limits. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether the funnel's limits include tau^2. <value>Default false: they show what sampling alone would do.</value></summary>
    public bool IncludeHeterogeneity { get; init; }

    /// <summary>A group for each effect size, in order, which gets a symbol of its own; null in a place for unknown. <value>Default null: no groups.</value></summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>Studies that a method has filled in, drawn hollow. <value>Default: none.</value></summary>
    public IReadOnlyList<FilledStudy> Filled { get; init; } = [];

    /// <summary>The result with them, where a method gives it.</summary>
    internal PooledResult? WithFilled { get; init; }
}

/// <summary>A study that a method has filled in.</summary>
/// <param name="Estimate">Its estimate on the analysis scale.</param>
/// <param name="StandardError">Its standard error.</param>
public readonly record struct FilledStudy(double Estimate, double StandardError);

/// <summary>The vertical axis of a funnel plot; the most precise studies stand above.</summary>
public enum FunnelAxis
{
    /// <summary>The standard error.</summary>
    StandardError,

    /// <summary>The sampling variance.</summary>
    Variance,

    /// <summary>The precision: 1 over the standard error.</summary>
    Precision,

    /// <summary>1 over the sampling variance.</summary>
    InverseVariance,

    /// <summary>The number of participants.</summary>
    SampleSize,

    /// <summary>Its square root.</summary>
    SquareRootSampleSize,

    /// <summary>Its natural logarithm.</summary>
    LogSampleSize,

    /// <summary>1 over it.</summary>
    InverseSampleSize,

    /// <summary>1 over its square root.</summary>
    InverseSquareRootSampleSize,
}

/// <summary>How studies find their place on the vertical axis of a funnel plot.</summary>
/// <param name="Title">The title of the axis.</param>
/// <param name="Reversed">Whether small values stand above.</param>
/// <param name="OfError">The height that goes with a standard error; null where sizes are shown.</param>
/// <param name="StandardError">The standard error that goes with a height; null where there is none.</param>
/// <param name="OfSize">The height that goes with a number of participants; null where errors are shown.</param>
internal sealed record FunnelHeight(
    string Title, bool Reversed, Func<double, double>? OfError = null, Func<double, double>? StandardError = null, Func<double, double>? OfSize = null)
{
    public static FunnelHeight Of(FunnelAxis axis) => axis switch
    {
        FunnelAxis.StandardError => new("Standard error", true, se => se, y => y),
        FunnelAxis.Variance => new("Sampling variance", true, se => se * se, Math.Sqrt),
        FunnelAxis.Precision => new("Precision (1/standard error)", false, se => 1 / se, y => 1 / y),
        FunnelAxis.InverseVariance => new("1/sampling variance", false, se => 1 / (se * se), y => 1 / Math.Sqrt(y)),
        FunnelAxis.SampleSize => new("Sample size", false, OfSize: n => n),
        FunnelAxis.SquareRootSampleSize => new("Square root of the sample size", false, OfSize: Math.Sqrt),
        FunnelAxis.LogSampleSize => new("Logarithm of the sample size", false, OfSize: Math.Log),
        FunnelAxis.InverseSampleSize => new("1/sample size", true, OfSize: n => 1 / n),
        FunnelAxis.InverseSquareRootSampleSize => new("1/square root of the sample size", true, OfSize: n => 1 / Math.Sqrt(n)),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "There is no such axis of a funnel plot."),
    };

    public double Height(EffectSize effect) => OfSize?.Invoke(effect.Size) ?? Height(effect.StandardError);

    public double Height(double standardError) => OfError?.Invoke(standardError) ?? double.NaN;

    /// <summary>Errors start at 0, where the funnel has its tip; what grows with precision starts a little below the least.</summary>
    public AxisSpec Axis(IReadOnlyList<double> heights)
    {
        var (least, most) = (heights.Min(), heights.Max());
        var room = most > least ? 0.06 * (most - least) : 0.1 * Math.Abs(most);
        return Reversed
            ? new AxisSpec(Title, 0, 1.06 * most) { Exact = true, Reversed = true }
            : new AxisSpec(Title, Math.Max(least / 2, least - room), most + room) { Exact = true };
    }
}
