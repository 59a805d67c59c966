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
public sealed record PoolingProfile(string Code, string Name, EffectSizeOptions Effects, PoolingOptions Pooling, string Remark);

/// <summary>The profiles.</summary>
public static class PoolingProfiles
{
    private static readonly EffectSizeOptions WithoutDoubleZeros = new() { DropDoubleZero = true };

    /// <summary>Our recommendation, the defaults of this library.</summary>
    public static PoolingProfile Recommended { get; } = new("recommended", "MetaSpine", EffectSizeOptions.Default, PoolingOptions.Default, "");

    /// <summary>metafor: <c>rma()</c>, REML with z.</summary>
    public static PoolingProfile Metafor { get; } = new(
        "metafor", "R package metafor 5.1", EffectSizeOptions.Default, new PoolingOptions { Test = PoolingTest.Z }, "");

    /// <summary>meta: the random-effects result of <c>metagen()</c>, <c>metabin()</c> and the like, with the prediction interval of t(k - 1) and I^2 from Q.</summary>
    public static PoolingProfile Meta { get; } = new(
        "meta", "R package meta 8", WithoutDoubleZeros,
        new PoolingOptions { Test = PoolingTest.Z, Prediction = PredictionMethod.T, I2From = HeterogeneityBasis.Q },
        "Its common-effect result of tables is that of Mantel-Haenszel.");

    /// <summary>Review Manager since January 2025: REML, Hartung-Knapp, Q-profile, t(k - 1).</summary>
    public static PoolingProfile Cochrane { get; } = new(
        "cochrane", "Review Manager since January 2025", WithoutDoubleZeros, new PoolingOptions { I2From = HeterogeneityBasis.Q },
        "Its standardised mean differences take the approximate small-sample correction.");

    /// <summary>Review Manager 5: DerSimonian-Laird with z, inverse variances.</summary>
    public static PoolingProfile RevMan5 { get; } = new(
        "revman5", "Review Manager 5", WithoutDoubleZeros,
        new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.Z, I2From = HeterogeneityBasis.Q },
        "For tables its Q, and so τ², is taken around the Mantel-Haenszel estimate unless inverse variance is chosen there; its standardised mean differences take the approximate small-sample correction.");

    /// <summary>Stata: <c>meta summarize</c>, REML with z and the prediction interval of t(k - 2).</summary>
    public static PoolingProfile Stata { get; } = new(
        "stata", "Stata 18 meta", EffectSizeOptions.Default, new PoolingOptions { Test = PoolingTest.Z, Prediction = PredictionMethod.Riley }, "");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PoolingProfile> All { get; } = [Recommended, Metafor, Meta, Cochrane, RevMan5, Stata];

    /// <summary>Finds a profile by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static PoolingProfile Find(string code) =>
        All.FirstOrDefault(profile => string.Equals(profile.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no profile '{code}'{NearestName.Hint(code ?? "", [.. All.Select(profile => profile.Code)])}");
}
