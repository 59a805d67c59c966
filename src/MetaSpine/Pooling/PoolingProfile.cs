namespace MetaSpine;

/// <summary>
/// The defaults of another program under one name, so that a published analysis can be matched first and improved next. A
/// profile sets the options of effect sizes and of pooling; options that are given besides it win.
/// </summary>
/// <param name="Code">The name that options and files use: <c>metafor</c>.</param>
/// <param name="Name">The program and version.</param>
/// <param name="Effects">How it computes effect sizes.</param>
/// <param name="Pooling">How it pools them.</param>
/// <param name="Remark">What it does that these options do not reach; empty where they reach all.</param>
public sealed record PoolingProfile(string Code, string Name, EffectSizeOptions Effects, PoolingOptions Pooling, string Remark)
{
    /// <summary>How it combines tables by Mantel-Haenszel.</summary>
    public StratifiedOptions Stratified { get; init; } = StratifiedOptions.Default;

    /// <summary>What differs for some measures, by their code; null where nothing does.</summary>
    internal Func<string, EffectSizeOptions?>? ByMeasure { get; init; }

    /// <summary>How it computes one measure: <see cref="Effects"/>, with what the program does differently for this one, such as its variance of SMD.</summary>
    public EffectSizeOptions EffectsFor(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return ByMeasure?.Invoke(measure.Code) ?? Effects;
    }
}

/// <summary>The profiles.</summary>
public static class PoolingProfiles
{
    private static readonly EffectSizeOptions WithoutDoubleZeros = new() { DropDoubleZero = true };

    /// <summary>Zeros corrected in Mantel-Haenszel's estimate too.</summary>
    private static readonly StratifiedOptions CorrectedTables = new() { CorrectEstimate = true, RiskDifferenceVariance = RiskDifferenceVariance.GreenlandRobins };

    /// <summary>Our recommendation, the defaults of this library.</summary>
    public static PoolingProfile Recommended { get; } = new("recommended", "MetaSpine", EffectSizeOptions.Default, PoolingOptions.Default, "");

    /// <summary>metafor: <c>rma()</c>, REML with z.</summary>
    public static PoolingProfile Metafor { get; } = new(
        "metafor", "R package metafor 5.1", EffectSizeOptions.Default, new PoolingOptions { Test = PoolingTest.Z }, "");

    /// <summary>
    /// meta: the random-effects result of <c>metagen()</c>, <c>metabin()</c> and the like, with the prediction interval of t(k - 1), I^2 from Q and the unbiased
    /// variance of SMD.
    /// </summary>
    public static PoolingProfile Meta { get; } = new(
        "meta", "R package meta 8", WithoutDoubleZeros,
        new PoolingOptions { Test = PoolingTest.Z, Prediction = PredictionMethod.T, I2From = HeterogeneityBasis.Q },
        "Its common-effect result of tables is that of Mantel-Haenszel (model mantel-haenszel).")
    {
        Stratified = CorrectedTables,
        ByMeasure = code => code switch
        {
            "SMD" => WithoutDoubleZeros with { Variance = VarianceType.UB },
            "RR" => WithoutDoubleZeros with { AddOnlyToEvents = true },
            _ => Difference(code),
        },
    };

    /// <summary>Review Manager since January 2025: REML, Hartung-Knapp, Q-profile, t(k - 1); effect sizes as in Review Manager 5.</summary>
    public static PoolingProfile Cochrane { get; } = new(
        "cochrane", "Review Manager since January 2025", WithoutDoubleZeros, new PoolingOptions { I2From = HeterogeneityBasis.Q }, "")
    {
        Stratified = CorrectedTables,
        ByMeasure = ReviewManager,
    };

    /// <summary>
    /// Review Manager 5: DerSimonian-Laird with z, where Q and tau^2 of tables are taken around the Mantel-Haenszel estimate (Deeks and Higgins 2010,
    /// Statistical algorithms in Review Manager 5). The method inverse variance that can be chosen there takes <see cref="QCentre.InverseVariance"/>.
    /// </summary>
    public static PoolingProfile RevMan5 { get; } = new(
        "revman5", "Review Manager 5", WithoutDoubleZeros,
        new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.Z, I2From = HeterogeneityBasis.Q, QAround = QCentre.MantelHaenszel },
        "It shows no prediction interval and no interval of τ².")
    {
        Stratified = CorrectedTables,
        ByMeasure = ReviewManager,
    };

    /// <summary>Stata: <c>meta esize</c> and <c>meta summarize</c>, REML with z and the prediction interval of t(k - 2); mean differences under equal variances.</summary>
    public static PoolingProfile Stata { get; } = new(
        "stata", "Stata 18 meta", EffectSizeOptions.Default, new PoolingOptions { Test = PoolingTest.Z, Prediction = PredictionMethod.Riley },
        "The variance of its Hedges' g could not be checked; that of Review Manager is taken.")
    {
        ByMeasure = code => code switch
        {
            "SMD" => HedgesApproximate(EffectSizeOptions.Default),
            "MD" => EffectSizeOptions.Default with { Variance = VarianceType.HO },
            "RD" or "PETO" => EffectSizeOptions.Default with { To = ZeroCellRule.None },
            _ => null,
        },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PoolingProfile> All { get; } = [Recommended, Metafor, Meta, Cochrane, RevMan5, Stata];

    /// <summary>Finds a profile by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static PoolingProfile Find(string code) =>
        All.FirstOrDefault(profile => string.Equals(profile.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no profile '{code}'{NearestName.Hint(code ?? "", [.. All.Select(profile => profile.Code)])}");

    /// <summary>Peto's odds ratio needs no correction of zeros, and gets none.</summary>
    private static EffectSizeOptions? ReviewManager(string code) => code switch
    {
        "SMD" => HedgesApproximate(WithoutDoubleZeros),
        "PETO" => WithoutDoubleZeros with { To = ZeroCellRule.None },
        _ => Difference(code),
    };

    private static EffectSizeOptions HedgesApproximate(EffectSizeOptions options) => options with { ApproximateCorrection = true, Variance = VarianceType.WT };

    /// <summary>A risk difference exists without events, and zeros are corrected in its variance alone.</summary>
    private static EffectSizeOptions? Difference(string code) => code == "RD" ? new() { AddInEstimate = false } : null;
}
