namespace MetaSpine;

/// <summary>The settings of a review's analysis that give the results of one of RevMan.</summary>
internal static class RevManSettings
{
    /// <summary>What readers see: the name, and whether it is of the non-events.</summary>
    public static string Title(RevManAnalysis source) => source.SwapsEvents ? $"{source.Name} (non-events)" : source.Name;

    public static Analysis Of(RevManAnalysis source, string id)
    {
        // REML has no counterpart in Review Manager 5, whose other rules stay in force.
        var isNew = source.Estimator is not (null or "DL");
        var isTable = source.Data == RevManData.Dichotomous;
        var isPeto = isTable && (source.Method == RevManMethod.Peto || source.Measure == "PETO");
        var settings = new Analysis
        {
            Id = id,
            Title = Title(source),
            Outcome = id,
            Measure = isPeto ? "PETO" : source.Measure,
            Profile = isNew ? PoolingProfiles.Cochrane.Code : PoolingProfiles.RevMan5.Code,
            Level = source.TotalLevel == 0.95 ? null : source.TotalLevel,
            Notes = Notes(source),
        };
        if (isPeto)
        {
            return settings with { Model = "peto" };
        }

        if (!source.IsRandom)
        {
            return isTable && source.Method == RevManMethod.MantelHaenszel
                ? settings with { Model = "mantel-haenszel" }
                : settings with { Model = "inverse-variance", Method = "EE", Test = "z" };
        }

        return settings with
        {
            // Without a model, tables are "Mantel-Haenszel, random effects": inverse variances, and Q around the Mantel-Haenszel estimate.
            Model = isTable && source.Method == RevManMethod.MantelHaenszel ? null : "inverse-variance",
            Method = source.Estimator ?? "DL",
            Test = source.IsHartungKnapp ? "knha" : "z",
            Prediction = source.HasPrediction ? "t" : null,
        };
    }

    private static string? Notes(RevManAnalysis source)
    {
        string?[] notes =
        [
            source.Comparison is { } comparison ? $"Comparison {source.Number.Split('.')[0]}: {comparison}." : null,
            source.Measure == "GEN" && source.MeasureName.Length > 0 ? $"RevMan's effect measure: {source.MeasureName}{(source.IsRatio ? ", pooled as its logarithm" : "")}." : null,
            source.Totals switch
            {
                RevManTotals.None => "RevMan shows no total.",
                RevManTotals.Subgroups => "RevMan shows the totals of the subgroups only.",
                _ => null,
            },
            source.LeftLabel is { } left ? $"Left of no effect: {left}." : null,
            source.RightLabel is { } right ? $"Right of no effect: {right}." : null,
        ];
        var text = string.Join(' ', notes.OfType<string>());
        return text.Length == 0 ? null : text;
    }
}
