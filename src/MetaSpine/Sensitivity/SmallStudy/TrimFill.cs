namespace MetaSpine;

/// <summary>
/// Trim and fill: S. Duval and R. Tweedie (2000), Journal of the American Statistical Association 95:89, doi:10.1080/01621459.2000.10473905, and Biometrics
/// 56:455, doi:10.1111/j.0006-341X.2000.00455.x.
/// </summary>
public static class TrimFill
{
    /// <summary>
    /// Trims the most extreme studies of one side until the funnel plot is symmetric, and fills in the mirror images of the trimmed ones, pooled by the same
    /// model and options.
    /// </summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="estimator">How the number of missing studies is estimated. <value>Default L0, the most stable one.</value></param>
    /// <param name="side">Where studies are missing; against the slope of the estimates on the standard errors where null.</param>
    /// <exception cref="PoolingException">There are fewer than 3 studies; or no side is given, and all standard errors are equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such estimator.</exception>
    public static TrimAndFillResult TrimAndFill(this PooledResult result, TrimFillEstimator estimator = TrimFillEstimator.L0, FunnelSide? side = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = new FunnelData(result);
        if (data.K < AsymmetryKernels.Fewest)
        {
            throw new PoolingException(FormattableString.Invariant($"Trim and fill needs at least {AsymmetryKernels.Fewest} studies, and 10 to be of use; there {(data.K == 1 ? "is 1" : $"are {data.K}")}."));
        }

        if (side is null && FunnelLine.IsFlat(data.Se))
        {
            throw new PoolingException("All standard errors are equal, so that nothing tells on which side of the funnel plot studies are missing: give the side.");
        }

        var missing = side ?? (AsymmetryKernels.Mixed(data, data.Se, PoolingTest.Z).Slope!.Estimate < 0 ? FunnelSide.Right : FunnelSide.Left);
        var sign = missing == FunnelSide.Right ? -1.0 : 1;

        // The studies from the side of the missing ones to the other, where they are trimmed.
        int[] order = [.. Enumerable.Range(0, data.K).OrderBy(i => sign * data.Y[i])];
        var (model, isFlat) = (new SubsetModel(result), FunnelLine.IsFlat(data.Y));
        var seen = new List<int>();
        var (k0, error, centre) = (0, 0.0, 0.0);
        while (!seen.Contains(k0))
        {
            seen.Add(k0);
            centre = model.Pool(order.AsSpan(0, data.K - k0)).Estimate;
            (k0, error) = Missing(Deviations(), estimator);
        }

        var cycles = seen[^1] != k0;
        if (cycles)
        {
            k0 = seen[seen.IndexOf(k0)..].Max();
            centre = model.Pool(order.AsSpan(0, data.K - k0)).Estimate;
            error = Missing(Deviations(), estimator).Error;
        }

        EffectSize[] filled = [.. order[(data.K - k0)..].Select(i => result.Studies[i].Effect).Select((effect, i) => new EffectSize
        {
            Label = FormattableString.Invariant($"Filled {i + 1} (mirror of {effect.Label})"),
            Estimate = 2 * centre - effect.Estimate,
            Variance = effect.Variance,
            Size = effect.Size,
        })];
        var adjusted = k0 == 0 ? result : Fill(result, filled, order[(data.K - k0)..]);
        var found = new TrimAndFillResult
        {
            Estimator = estimator,
            Side = missing,
            MissingCount = k0,
            MissingStandardError = error,
            MissingPValue = estimator == TrimFillEstimator.R0 ? Math.Pow(.5, k0 + 1) : null,
            Original = result,
            Adjusted = adjusted,
            Filled = filled,
            Iterations = seen.Count,
            Notes = [],
        };
        return found with { Notes = Notes(found, side is not null, cycles) };

        // Equal estimates deviate by nothing; rounding would be ranked like a deviation.
        double[] Deviations() => isFlat ? new double[data.K] : Array.ConvertAll(order, i => sign * (data.Y[i] - centre));
    }

    /// <summary>The number of missing studies and its standard error, from deviations in ascending order; the last ones are in excess.</summary>
    private static (int Count, double Error) Missing(double[] deviations, TrimFillEstimator estimator)
    {
        double k = deviations.Length;

        // Ranks of the sizes; equal ones in the order of the deviations.
        var ranks = new int[deviations.Length];
        int[] order = [.. Enumerable.Range(0, deviations.Length).OrderBy(i => Math.Abs(deviations[i]))];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i + 1;
        }

        double sum = 0, largestElsewhere = 0;
        for (var i = 0; i < deviations.Length; i++)
        {
            sum += deviations[i] > 0 ? ranks[i] : 0;
            largestElsewhere = deviations[i] > 0 ? largestElsewhere : Math.Max(largestElsewhere, ranks[i]);
        }

        var estimate = estimator switch
        {
            TrimFillEstimator.R0 => k - largestElsewhere - 1,
            TrimFillEstimator.L0 => (4 * sum - k * (k + 1)) / (2 * k - 1),
            TrimFillEstimator.Q0 when 2 * k * k - 4 * sum + .25 < 0 => throw new PoolingException(
                "The equation of Q0 has no solution for these studies: too many of them lie on one side. Take L0 or R0."),
            TrimFillEstimator.Q0 => k - .5 - Math.Sqrt(2 * k * k - 4 * sum + .25),
            _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "There is no such estimator."),
        };
        var m = estimate;
        var variance = (k * (k + 1) * (2 * k + 1) + 10 * m * m * m + 27 * m * m + 17 * m - 18 * k * m * m - 18 * k * m + 6 * k * k * m) / 24;
        var error = Math.Sqrt(Math.Max(0, estimator switch
        {
            TrimFillEstimator.R0 => 2 * Math.Max(0, m) + 2,
            TrimFillEstimator.L0 => 16 * variance / ((2 * k - 1) * (2 * k - 1)),
            _ => 4 * variance / Math.Max(double.Epsilon, (k - .5) * (k - .5) - m * (2 * k - m - 1)),
        }));
        return ((int)Math.Clamp(Math.Round(estimate, MidpointRounding.ToEven), 0, k - 1), error);
    }

    /// <summary>Pools all studies with the filled ones, by the same options; a filled study has the weight of the one that it mirrors, where weights are given.</summary>
    private static PooledResult Fill(PooledResult result, EffectSize[] filled, int[] mirrored)
    {
        EffectSize[] studies = [.. result.Effects.Studies, .. filled];
        var effects = result.Effects with
        {
            Studies = studies,
            Data = new EffectData([.. studies.Select(study => study.Label)])
            {
                ["yi"] = [.. studies.Select(study => study.Estimate)],
                ["vi"] = [.. studies.Select(study => study.Variance)],
            },
        };
        var weights = result.Options.Weights;
        return MetaAnalysis.Pool(effects, result.Options with
        {
            QAround = QCentre.InverseVariance,
            Weights = weights is null ? null : [.. weights, .. mirrored.Select(i => weights[result.Studies[i].Row])],
        });
    }

    private static List<string> Notes(TrimAndFillResult found, bool given, bool cycles)
    {
        var (side, measure) = (found.Side == FunnelSide.Left ? "left" : "right", found.Original.Effects.Measure.ReadAs);
        var why = given ? "given" : "the side of the funnel plot where small studies are rare";
        var notes = new List<string>
        {
            found.MissingCount == 0
                ? SmallStudyNotes.Text($"Trim and fill ({found.Estimator}) finds no study missing on the {side} ({why}).")
                : SmallStudyNotes.Text($"Trim and fill ({found.Estimator}) finds {found.MissingCount} {(found.MissingCount == 1 ? "study" : "studies")} missing on the {side} ({why}); filled in, the {measure} goes from {Show(found.Original)} to {Show(found.Adjusted)}."),
            "Trim and fill assumes that the most extreme results are missing and nothing else makes the funnel plot asymmetric; it corrects wrongly where studies differ for other reasons (Peters et al. 2007, doi:10.1002/sim.2889). The estimators may disagree: name the one used.",
        };
        if (cycles)
        {
            notes.Add("The number of missing studies goes round in a circle instead of settling; the largest of the circle is used.");
        }

        return notes;

        static string Show(PooledResult result) => SmallStudyNotes.Text(
            $"{result.Natural.Estimate:G3} ({result.Natural.Interval.Lower:G3} to {result.Natural.Interval.Upper:G3})");
    }
}
