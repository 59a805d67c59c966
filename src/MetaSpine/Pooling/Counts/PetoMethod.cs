namespace MetaSpine;

/// <summary>
/// Peto's one-step odds ratio: no correction for zeros. Good where events are rare, the groups of about equal size and the effect
/// not large; biased otherwise (Greenland and Salvan 1990, doi:10.1002/sim.4780090307).
/// </summary>
/// <remarks>Yusuf et al. (1985), Progress in Cardiovascular Diseases 27:335, doi:10.1016/s0033-0620(85)80003-7.</remarks>
public static class PetoMethod
{
    /// <summary>From here on the groups are too unequal, or the effect too large, for the approximation.</summary>
    private const double UnequalGroups = 3, LargeEffect = 1.0986122886681098;

    /// <summary>Estimates a common odds ratio.</summary>
    /// <param name="data">Tables: <c>ai ci</c> with <c>bi di</c> or <c>n1i n2i</c>.</param>
    /// <param name="options"><see cref="StratifiedOptions.Default"/> where null.</param>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="PoolingException">No table has both an event and a participant without one.</exception>
    public static StratifiedResult Pool(EffectData data, StratifiedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options = (options ?? StratifiedOptions.Default).Validated();
        var effects = Measures.PETO.Compute(data, options.EffectSizes);
        var counts = CountRows<TwoByTwo>.Read(effects, MantelHaenszel.EmptyGroup);
        var estimate = StratifiedSummary.Determined(Measures.PETO, StratifiedKernels.Peto(counts.Rows), counts.Rows);
        double q = 0;
        var freedom = -1;
        for (var i = 0; i < counts.Count; i++)
        {
            if (estimate.Weights[i] > 0)
            {
                var residual = StratifiedKernels.ObservedLessExpected(counts.Rows[i]) - estimate.Weights[i] * estimate.Value;
                q += residual * residual / estimate.Weights[i];
                freedom++;
            }
        }

        var result = StratifiedSummary.Of("Peto", effects, options, counts, estimate, StratifiedTests.Test(q, freedom));
        var notes = result.Notes.ToList();
        if (counts.Names(t => Math.Max(t.N1, t.N2) >= UnequalGroups * Math.Min(t.N1, t.N2)) is { } unequal)
        {
            notes.Add($"One group is at least three times the other, where Peto's method is biased unless the effect is small: {unequal}.");
        }

        if (Math.Abs(estimate.Value) > LargeEffect)
        {
            notes.Add("The odds ratio is beyond 3 (or 1/3): for effects as large as this Peto's method is biased towards 1.");
        }

        return result with { Notes = notes };
    }
}
