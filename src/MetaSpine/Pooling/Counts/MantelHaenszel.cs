namespace MetaSpine;

/// <summary>
/// Mantel and Haenszel's estimate of a common effect: from the counts themselves, without a correction for zeros, and good with many
/// sparse tables, where inverse variances fail.
/// </summary>
/// <remarks>
/// Odds ratios: Mantel and Haenszel (1959), Journal of the National Cancer Institute 22:719, doi:10.1093/jnci/22.4.719, with the variance of Robins, Breslow and
/// Greenland (1986), Biometrics 42:311, doi:10.2307/2531052. Risk ratios, risk differences and rates: Greenland and Robins (1985), Biometrics 41:55, doi:10.2307/2530643.
/// </remarks>
public static class MantelHaenszel
{
    internal const string Name = "Mantel-Haenszel";
    private const string Silent = "both groups have no event or nothing but events, and such studies are left out where zeros are corrected";

    /// <summary>Estimates a common effect.</summary>
    /// <param name="measure">OR, RR, RD, IRR or IRD.</param>
    /// <param name="data">The counts, under the columns that the measure names.</param>
    /// <param name="options"><see cref="StratifiedOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is no such estimate for the measure, or an option is out of range.</exception>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="PoolingException">The tables do not determine the effect, as where one group has no event in any study.</exception>
    public static StratifiedResult Pool(Measure measure, EffectData data, StratifiedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(data);
        options = (options ?? StratifiedOptions.Default).Validated();
        return measure.Code switch
        {
            "OR" or "RR" or "RD" => Tables(measure, data, options, StratifiedKernels.Of(measure, options.RiskDifferenceVariance)!),
            "IRR" => Rates(measure, data, options, StratifiedKernels.RateRatio),
            "IRD" => Rates(measure, data, options, StratifiedKernels.RateDifference),
            _ => throw new ArgumentException($"There is no Mantel-Haenszel estimate of {measure.Code}; there is one of OR, RR, RD, IRR and IRD.", nameof(measure)),
        };
    }

    /// <summary>The Cochran-Mantel-Haenszel test of no effect, which exists also where the effect has no finite estimate.</summary>
    /// <param name="data">Tables (<c>ai ci</c> with <c>bi di</c> or <c>n1i n2i</c>), or rates (<c>x1i t1i x2i t2i</c>).</param>
    /// <param name="correct">Whether half an event is taken off the difference; see <see cref="StratifiedOptions.Correct"/>.</param>
    /// <returns>Null where no study has both an event and a participant without one (rates: where there is no event).</returns>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="PoolingException">No study has all its counts.</exception>
    public static ChiSquaredTest? Test(EffectData data, bool correct = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Has("x1i")
            ? StratifiedTests.NoEffect(CountRows<TwoRates>.Read(Measures.IRR.Compute(data), (_, _) => null).Rows, correct)
            : StratifiedTests.NoEffect(CountRows<TwoByTwo>.Read(Measures.OR.Compute(data), EmptyGroup).Rows, correct, cochran: false);
    }

    internal static string? EmptyGroup(TwoByTwo table, int row) =>
        table.N1 == 0 || table.N2 == 0 ? "a group has no participants" : null;

    private static StratifiedResult Tables(
        Measure measure, EffectData data, StratifiedOptions options, Func<IReadOnlyList<TwoByTwo>, StratifiedEstimate> kernel)
    {
        var effects = measure.Compute(data, options.EffectSizes);
        var correct = options.CorrectEstimate && measure.Code != "RD";
        var counts = CountRows<TwoByTwo>.Read(effects, (t, row) => EmptyGroup(t, row) ?? (correct && t.HasDoubleZero ? Silent : null));
        var estimate = StratifiedSummary.Determined(measure, kernel(correct ? StratifiedSummary.Corrected(counts.Rows, measure, options.EffectSizes) : counts.Rows), counts.Rows);
        var homogeneity = measure.Code == "OR" ? StratifiedTests.EqualOddsRatios(counts.Rows, Math.Exp(estimate.Value)) : null;
        return StratifiedSummary.Of(Name, effects, options, counts, estimate, StratifiedSummary.Scatter(effects, estimate.Value)) with
        {
            CochranMantelHaenszel = StratifiedTests.NoEffect(counts.Rows, options.Correct, cochran: false),
            Cochran = StratifiedTests.NoEffect(counts.Rows, options.Correct, cochran: true),
            BreslowDay = homogeneity?.BreslowDay,
            Tarone = homogeneity?.Tarone,
        };
    }

    private static StratifiedResult Rates(
        Measure measure, EffectData data, StratifiedOptions options, Func<IReadOnlyList<TwoRates>, StratifiedEstimate> kernel)
    {
        var effects = measure.Compute(data, options.EffectSizes);
        var counts = CountRows<TwoRates>.Read(effects, (_, _) => null);
        var estimate = StratifiedSummary.Determined(measure, kernel(counts.Rows), counts.Rows);
        return StratifiedSummary.Of(Name, effects, options, counts, estimate, StratifiedSummary.Scatter(effects, estimate.Value)) with
        {
            CochranMantelHaenszel = StratifiedTests.NoEffect(counts.Rows, options.Correct),
        };
    }
}
