using System.Globalization;

namespace MetaSpine;

/// <summary>What a careful reader should know about a result.</summary>
internal static class ResultNotes
{
    /// <summary>A difference of one percentage point between two ways back from the double arcsine scale is worth a warning.</summary>
    private const double NoticeableProportion = 0.01;

    public static IReadOnlyList<string> For(ModelResult result, double factor)
    {
        var notes = new List<string>();
        Corrections(result, notes);
        NoEvent(result, notes);
        FewStudies(result, notes);
        Heterogeneity(result, notes);
        KnappHartung(result, factor, notes);
        if (result is PooledResult pooled)
        {
            if (result.StudyCount > 1 && TableCentre.For(result.Effects, result.Options) is not null)
            {
                notes.Add("Q is taken around the Mantel-Haenszel estimate, as in Review Manager 5; so are the τ² of DerSimonian-Laird and an I² from Q.");
            }

            FreemanTukey(pooled, notes);
            BeyondTheScale(pooled, notes);
        }

        return notes;
    }

    /// <summary>Up to so many studies are named; where all of more are meant, that is said.</summary>
    private const int Few = 5;

    private static void Corrections(ModelResult result, List<string> notes)
    {
        Named(effect => effect.Adjustment);
        Named(effect => effect.Doubt);

        void Named(Func<EffectSize, string?> say)
        {
            foreach (var group in result.Studies.Where(s => say(s.Effect) is not null).GroupBy(s => say(s.Effect)!, StringComparer.Ordinal))
            {
                var named = group.Count() == result.StudyCount && result.StudyCount > Few ? "all studies" : string.Join(", ", group.Select(s => s.Effect.Label));
                notes.Add($"{char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}: {named}.");
            }
        }
    }

    /// <summary>Counts that say nothing still give an estimate once something is added to them.</summary>
    private static void NoEvent(ModelResult result, List<string> notes)
    {
        var data = result.Effects.Data;
        foreach (var (first, second) in new[] { ("ai", "ci"), ("x1i", "x2i") })
        {
            if (result.Studies.All(study => data.Value(first, study.Row) == 0 && data.Value(second, study.Row) == 0))
            {
                notes.Add("There is no event in any study: the counts say nothing about the effect, and the estimate follows from what is added to them.");
            }
        }
    }

    private static void FewStudies(ModelResult result, List<string> notes)
    {
        if (result.StudyCount == 1)
        {
            notes.Add("There is one study: nothing is pooled, and heterogeneity cannot be estimated; its own estimate is shown with a z interval.");
        }
        else if (result.StudyCount < 5 && result.Options.Method != PoolingMethod.EE)
        {
            notes.Add(Text($"With {result.StudyCount} studies τ² is hardly known, so its interval and the prediction interval say more than the estimate."));
        }
    }

    private static void Heterogeneity(ModelResult result, List<string> notes)
    {
        if (result.StudyCount > 1 && result.Options.Method != PoolingMethod.EE && result.Tau2 == 0)
        {
            notes.Add("τ² is estimated as 0, so the estimate is that of the equal-effects model; this does not show that the true effects are equal.");
        }

        if (result.Tau2Interval is { Upper: 0 } && result.Options.Tau2Interval == Tau2IntervalMethod.QProfile)
        {
            notes.Add("The estimates agree more closely than chance lets them: no value of τ² is compatible with Q, and its interval is shown as 0 to 0.");
        }
    }

    private static void KnappHartung(ModelResult result, double factor, List<string> notes)
    {
        if (result.StudyCount < 2 || result.Options.Test != PoolingTest.KnappHartung || factor >= 1)
        {
            return;
        }

        notes.Add(factor == 0
            ? "All estimates are equal, so the Knapp-Hartung standard error is 0 and its interval has no width; the z test or the Knapp-Hartung floor gives a usable interval."
            : Text($"The Knapp-Hartung factor is {Math.Sqrt(factor):0.###} (below 1): the standard error is smaller than under the z test. The Knapp-Hartung floor (test adhoc) would not allow that."));
    }

    /// <summary>Schwarzer et al. (2019), Research Synthesis Methods 10:476, doi:10.1002/jrsm.1348: the way back depends on the size that is put in.</summary>
    private static void FreemanTukey(PooledResult result, List<string> notes)
    {
        if (!result.Effects.Measure.Scale.NeedsSize || result.Effects.Measure.NullValue is not null)
        {
            return;
        }

        var sizes = result.Studies.Select(s => s.Effect.Size).ToList();
        var harmonic = result.Effects.BackTransform(result.Estimate);
        var arithmetic = result.Effects.Measure.Scale.Back(result.Estimate, sizes.Average());
        if (Math.Abs(harmonic - arithmetic) > NoticeableProportion)
        {
            notes.Add(Text($"The Freeman-Tukey way back depends on the sample size put in: {harmonic:0.####} with the harmonic mean of the sizes ({result.Effects.HarmonicMeanSize:0.#}, used here), {arithmetic:0.####} with their mean ({sizes.Average():0.#}). Prefer PLO or a generalised linear mixed model here."));
        }
    }

    private static void BeyondTheScale(PooledResult result, List<string> notes)
    {
        var (lowest, highest) = result.Effects.Measure.Code switch
        {
            "PR" => (0.0, 1.0),
            "COR" or "RD" => (-1.0, 1.0),
            "IR" => (0.0, double.PositiveInfinity),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        var widest = result.PredictionInterval is { } prediction && prediction.Upper - prediction.Lower > result.Interval.Upper - result.Interval.Lower
            ? prediction
            : result.Interval;
        if (widest.Lower < lowest || widest.Upper > highest)
        {
            notes.Add($"An interval reaches beyond the possible values of a {result.Effects.Measure.Name}; a measure on a transformed scale (PLO, ZCOR, OR, IRLN) cannot.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
