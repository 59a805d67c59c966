using System.Globalization;

namespace MetaSpine;

/// <summary>A measure in the words of metafor: the columns that it is computed from, and the function that brings it back.</summary>
/// <remarks>All of it holds from version 3.8 of metafor on (2022); what came later is handed over as ready estimates, so that the code runs with any.</remarks>
internal static class RMeasure
{
    private static readonly string[][] Known =
    [
        ["ai", "n1i", "ci", "n2i"], ["ai", "bi", "ci", "di"], ["x1i", "t1i", "x2i", "t2i"], ["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"],
        ["xi", "ni"], ["xi", "mi"], ["xi", "ti"], ["mi", "sdi", "ni"], ["ri", "ni"],
    ];

    /// <summary>The columns that metafor reads the measure from; none where the data came in another form, or metafor 3.8 computes it otherwise or not at all.</summary>
    public static string[] Columns(EffectSizes effects)
    {
        if (effects.Options.ApproximateCorrection || IsYounger(effects.Measure.Code, effects.Options.Variance))
        {
            return [];
        }

        var family = effects.Measure.Family.Alternatives.Select(set => set.Select(input => input.Column).Order(StringComparer.Ordinal).ToArray()).ToList();
        return Array.Find(Known, set => family.Exists(columns => columns.SequenceEqual(set.Order(StringComparer.Ordinal)))
            && set.All(effects.Data.Has)
            && effects.Studies.Select((study, row) => !study.IsComputed || set.All(column => !double.IsNaN(effects.Data[column][row]))).All(complete => complete)) ?? [];
    }

    /// <summary>The R function from the scale of the analysis to the scale that people read; empty where both are the same.</summary>
    public static string Back(EffectSizes effects) => effects.Measure.Scale.Name switch
    {
        "identity" => "",
        "log" => "exp",
        "logit" => "transf.ilogit",
        "probit" => "pnorm",
        "Fisher z" => "transf.ztor",
        "Fisher z of the root" => "function(x) tanh(pmax(0, x))^2",
        "square root" => "function(x) pmax(0, x)^2",
        "arcsine square root" => "transf.iarcsin",
        "log of 1 - alpha, reversed" => "function(x) 1 - exp(-x)",
        "cube root of 1 - alpha, reversed" => "function(x) 1 - (1 - x)^3",
        "Freeman-Tukey double arcsine" => $"function(x) transf.ipft(x, ni={Size(effects)})",
        "Freeman-Tukey square root" => $"function(x) transf.iirft(x, ti={Size(effects)})",
        var other => throw new InvalidOperationException($"The scale '{other}' has no way back in R."),
    };

    private static bool IsYounger(string code, VarianceType? variance) =>
        code is "CLESN" or "CVR" or "PRZ" or "ROM" or "SMD1H" or "SMDH" or "ZBIS" or "ZPB" or "ZPHI" or "ZTET"
        || variance is VarianceType.H0 or VarianceType.H0a or VarianceType.H0b or VarianceType.LS3 or VarianceType.MAX or VarianceType.AV2 or VarianceType.WT
        || (variance, code) is (VarianceType.AV, "OR" or "RR" or "OR2DL" or "OR2DN") or (VarianceType.HO, "MN");

    private static string Size(EffectSizes effects) => effects.HarmonicMeanSize.ToString("R", CultureInfo.InvariantCulture);
}
