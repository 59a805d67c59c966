namespace MetaSpine;

/// <summary>The numbers that RevMan stores beside the data. Effects are on the scale that it shows (a ratio itself), standard errors on the scale of pooling.</summary>
public enum RevManQuantity
{
    /// <summary>The effect.</summary>
    Effect,

    /// <summary>The lower limit of its interval.</summary>
    Lower,

    /// <summary>The upper limit of its interval.</summary>
    Upper,

    /// <summary>The decadic logarithm of a ratio.</summary>
    LogEffect,

    /// <summary>The decadic logarithm of a ratio's lower limit.</summary>
    LogLower,

    /// <summary>The decadic logarithm of a ratio's upper limit.</summary>
    LogUpper,

    /// <summary>A study's standard error; of a ratio that of its natural logarithm.</summary>
    StandardError,

    /// <summary>A study's sampling variance; under Peto's method the variance of observed minus expected events.</summary>
    Variance,

    /// <summary>Under Peto's method, observed minus expected events.</summary>
    ObservedMinusExpected,

    /// <summary>The weight in percent.</summary>
    Weight,

    /// <summary>The test statistic of the effect: z, or t under Hartung-Knapp.</summary>
    Statistic,

    /// <summary>Its p-value.</summary>
    PValue,

    /// <summary>The heterogeneity statistic Q, which RevMan prints as Chi^2.</summary>
    Heterogeneity,

    /// <summary>Its degrees of freedom.</summary>
    DegreesOfFreedom,

    /// <summary>Its p-value.</summary>
    HeterogeneityPValue,

    /// <summary>I^2 in percent.</summary>
    I2,

    /// <summary>The between-study variance.</summary>
    Tau2,

    /// <summary>The lower limit of its interval.</summary>
    Tau2Lower,

    /// <summary>The upper limit of its interval.</summary>
    Tau2Upper,

    /// <summary>The lower limit of the prediction interval.</summary>
    PredictionLower,

    /// <summary>The upper limit of the prediction interval.</summary>
    PredictionUpper,

    /// <summary>The test statistic between subgroups.</summary>
    Between,

    /// <summary>Its p-value.</summary>
    BetweenPValue,

    /// <summary>I^2 between subgroups, in percent.</summary>
    BetweenI2,

    /// <summary>Events of the experimental group.</summary>
    Events1,

    /// <summary>Participants of the experimental group.</summary>
    Total1,

    /// <summary>Events of the control group.</summary>
    Events2,

    /// <summary>Participants of the control group.</summary>
    Total2,
}

/// <summary>A number that RevMan stored.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Value">Its value.</param>
public readonly record struct RevManNumber(RevManQuantity Quantity, double Value);

/// <summary>What the formats have in common: names of quantities, measures and settings.</summary>
internal static class RevManWords
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["OR"] = "OR", ["ODDSRATIO"] = "OR", ["ODDSRATIONONEVENT"] = "OR",
        ["RR"] = "RR", ["RISKRATIO"] = "RR", ["RELATIVERISK"] = "RR", ["RISKRATIONONEVENT"] = "RR",
        ["RD"] = "RD", ["RISKDIFFERENCE"] = "RD",
        ["PETOOR"] = "PETO", ["PETOODDSRATIO"] = "PETO",
        ["MD"] = "MD", ["MEANDIFFERENCE"] = "MD", ["WMD"] = "MD", ["WEIGHTEDMEANDIFFERENCE"] = "MD",
        ["SMD"] = "SMD", ["STDMEANDIFFERENCE"] = "SMD", ["STANDARDIZEDMEANDIFFERENCE"] = "SMD", ["STANDARDISEDMEANDIFFERENCE"] = "SMD",
        ["HR"] = "HR", ["HAZARDRATIO"] = "HR", ["HAZARDSRATIO"] = "HR", ["LOGHAZARDRATIO"] = "HR",
        ["IRR"] = "IRR", ["RATERATIO"] = "IRR", ["INCIDENCERATERATIO"] = "IRR",
        ["ROM"] = "ROM", ["RATIOOFMEANS"] = "ROM",
    };

    /// <summary>The measure's code; GEN for another name.</summary>
    public static string Measure(string name) => Codes.GetValueOrDefault(Letters(name), "GEN");

    /// <summary>Whether a measure of that name is a ratio.</summary>
    public static bool IsRatio(string name) => Measure(name) switch
    {
        "OR" or "RR" or "PETO" or "HR" or "IRR" or "ROM" => true,
        "GEN" => Letters(name).Contains("RATIO", StringComparison.Ordinal) || Letters(name).StartsWith("EXP", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The method of weighting; null where the word is another.</summary>
    public static RevManMethod? Method(string name) => Letters(name) switch
    {
        "MH" or "MANTELHAENSZEL" => RevManMethod.MantelHaenszel,
        "PETO" or "EXPOEVAR" => RevManMethod.Peto,
        "IV" or "I" or "INVERSEVARIANCE" or "INVERSE" => RevManMethod.InverseVariance,
        _ => null,
    };

    /// <summary>A judgement in the words of the review file; null where none is made.</summary>
    public static string? Judgement(string text) => text.Trim().ToUpperInvariant() switch
    {
        "" or "NOT APPLICABLE" or "NOT ASSESSED" or "#N/A" or "N/A" => null,
        "YES" or "LOW" or "LOW RISK" or "LOW RISK OF BIAS" => "low",
        "NO" or "HIGH" or "HIGH RISK" or "HIGH RISK OF BIAS" => "high",
        "UNKNOWN" or "UNCLEAR" or "UNCLEAR RISK" or "UNCLEAR RISK OF BIAS" => "unclear",
        "SOME CONCERNS" => "some concerns",
        _ => text.Trim(),
    };

    /// <summary>
    /// Results that RevMan has not calculated are stored as zeros: no interval begins and ends at 0. Without a total there may still be a test
    /// between subgroups.
    /// </summary>
    public static ValueList<RevManNumber> Calculated(List<RevManNumber> numbers)
    {
        bool IsZero(RevManQuantity quantity) => numbers.TrueForAll(number => number.Quantity != quantity || number.Value == 0);
        return !(IsZero(RevManQuantity.Lower) && IsZero(RevManQuantity.Upper)) ? [.. numbers]
            : IsZero(RevManQuantity.Between) ? []
            : [.. numbers.Where(number => number.Quantity is RevManQuantity.Between or RevManQuantity.BetweenPValue or RevManQuantity.BetweenI2)];
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToUpperInvariant();
}
