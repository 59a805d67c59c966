namespace MetaSpine;

/// <summary>What the methods for stratified counts share once the estimate is there.</summary>
internal static class StratifiedSummary
{
    /// <summary>Refuses an estimate that the counts do not determine, and says which count it is that stands against it.</summary>
    public static StratifiedEstimate Determined<TRow>(Measure measure, StratifiedEstimate estimate, IReadOnlyList<TRow> rows)
        where TRow : struct, IStudyRow<TRow>, ICounts<TRow>, IEquatable<TRow>
    {
        if (double.IsFinite(estimate.Value) && estimate.Variance > 0 && double.IsFinite(estimate.Variance))
        {
            return estimate;
        }

        var allSilent = rows.All(row => row.HasDoubleZero);
        throw new PoolingException(allSilent
            ? $"{measure.Code} cannot be estimated: in no study is there an event (or in each there is nothing else), so the counts say nothing about the effect."
            : double.IsInfinity(estimate.Value)
                ? $"{measure.Code} has no finite estimate: in every study that says something about it, {(estimate.Value > 0 ? "the control group has no event or everybody in the treatment group has one" : "the treatment group has no event or everybody in the control group has one")}. A difference (RD, IRD) is finite, ExactOddsRatio gives an odds ratio's one finite bound, and MantelHaenszel.Test tests for an effect."
                : $"{measure.Code} has an estimated variance of 0, so it has no interval: the counts are at the ends of what is possible. ExactOddsRatio does not need a variance.");
    }

    /// <summary>The tables with the correction that the options ask for, in every cell; a risk difference needs none.</summary>
    public static IReadOnlyList<TwoByTwo> Corrected(IReadOnlyList<TwoByTwo> tables, Measure measure, EffectSizeOptions options)
    {
        if (measure.Code == "RD" || options.To == ZeroCellRule.None || !options.AddInEstimate)
        {
            return tables;
        }

        var all = options.To == ZeroCellRule.All || (options.To == ZeroCellRule.AllIfAnyZero && tables.Any(t => t.HasZero));
        return [.. tables.Select(t => all || t.HasZero ? t.Plus(options.Add ?? 0.5, onlyEvents: false) : t)];
    }

    /// <summary>Q of the studies' own estimates around the combined one.</summary>
    public static ChiSquaredTest Scatter(EffectSizes effects, double center)
    {
        double q = 0;
        var freedom = -1;
        foreach (var study in effects.Studies)
        {
            if (study.IsComputed && study.Variance > 0)
            {
                q += (study.Estimate - center) * (study.Estimate - center) / study.Variance;
                freedom++;
            }
        }

        return StratifiedTests.Test(q, Math.Max(freedom, 0));
    }

    public static StratifiedResult Of<TRow>(
        string method, EffectSizes effects, StratifiedOptions options, CountRows<TRow> counts, StratifiedEstimate estimate, ChiSquaredTest q)
        where TRow : struct, IStudyRow<TRow>, ICounts<TRow>, IEquatable<TRow>
    {
        var total = estimate.Weights.Sum();
        var error = Math.Sqrt(estimate.Variance);
        var margin = NormalDistribution.UpperQuantile((1 - options.Level) / 2) * error;
        return new StratifiedResult
        {
            Method = method,
            Effects = effects,
            Options = options,
            Studies = [.. Enumerable.Range(0, counts.Count).Select(i => new PooledStudy(effects.Studies[counts.Index[i]], counts.Index[i], estimate.Weights[i] / total))],
            Excluded = counts.Excluded,
            Estimate = estimate.Value,
            StandardError = error,
            Statistic = estimate.Value / error,
            PValue = NormalDistribution.TwoSided(estimate.Value / error),
            Interval = new Interval(estimate.Value - margin, estimate.Value + margin, options.Level),
            Q = q,
            CochranMantelHaenszel = null,
            Cochran = null,
            BreslowDay = null,
            Tarone = null,
            Notes = [.. Notes(effects, options, counts)],
        };
    }

    private static IEnumerable<string> Notes<TRow>(EffectSizes effects, StratifiedOptions options, CountRows<TRow> counts)
        where TRow : struct, IStudyRow<TRow>, ICounts<TRow>, IEquatable<TRow>
    {
        if (counts.Names(row => row.HasDoubleZero) is { } silent)
        {
            yield return effects.Measure.Code is "RD" or "IRD"
                ? $"No events anywhere (or nothing but events), which pulls the difference towards 0: {silent}."
                : $"No events anywhere (or nothing but events), so the study says nothing about a ratio and has no weight: {silent}.";
        }

        var corrected = effects.Studies.Where(study => study.Adjustment is not null && study.IsComputed).Select(study => study.Label).ToList();
        if (corrected.Count > 0 && effects.Measure.Code != "PETO")
        {
            yield return options.CorrectEstimate && effects.Measure.Code is "OR" or "RR"
                ? $"Zeros are corrected in the combined estimate, as in Q and I²: {string.Join(", ", corrected)}."
                : $"Zeros are corrected in Q and I² only, not in the combined estimate: {string.Join(", ", corrected)}.";
        }
    }
}
