namespace MetaSpine.Cli;

/// <summary>Other models of the same studies, beside the one that was asked for.</summary>
internal static class ForestModels
{
    private static readonly string[] OfCounts = ["mantel-haenszel", "peto"];

    /// <summary>Pools the studies of a result once more by each of some models.</summary>
    /// <param name="names">Codes of estimators, mantel-haenszel and peto, with commas between.</param>
    /// <param name="overall">The result.</param>
    public static IReadOnlyList<IPooledEffect> Of(string names, IPooledEffect overall) =>
        [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Usage.Checked(() => One(name, overall)))];

    private static IPooledEffect One(string name, IPooledEffect overall)
    {
        var (effects, counts) = (overall.Effects, new StratifiedOptions { Level = overall.Interval.Level });
        switch (Array.FindIndex(OfCounts, other => other.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            case 0:
                return MantelHaenszel.Pool(effects.Measure, effects.Data, counts);
            case 1:
                return PetoMethod.Pool(effects.Data, counts);
        }

        var method = MethodNames.Method(name);
        var options = (overall as PooledResult)?.Options ?? new PoolingOptions { Level = overall.Interval.Level };

        // Without heterogeneity there is nothing for the factor of Knapp and Hartung to mend.
        return MetaAnalysis.Pool(effects, options with { Method = method, Test = method == PoolingMethod.EE ? PoolingTest.Z : options.Test });
    }
}
