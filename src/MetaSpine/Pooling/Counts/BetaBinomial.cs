namespace MetaSpine;

/// <summary>
/// The beta-binomial model: the studies' probabilities have a beta distribution, in each group about its own mean. Studies without events stay in
/// and count (Kuss 2015, doi:10.1002/sim.6383), and nothing is integrated numerically.
/// </summary>
public static class BetaBinomial
{
    /// <summary>Dispersions from which the search starts.</summary>
    private static readonly double[] Starts = [0.003, 0.05, 0.5];

    private const int Limit = 300;

    /// <summary>A dispersion, or a gain of the log-likelihood, as small as this is rounding.</summary>
    private const double Smallest = 1e-10;

    /// <summary>An effect known no better than this on the logit scale is on its way to infinity.</summary>
    private const double UnknownError = 100;

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="measure">PLO for the mean proportion of one group, OR for the odds ratio of two groups' mean probabilities.</param>
    /// <param name="data">The counts, whole numbers, under the columns that the measure names.</param>
    /// <param name="level">The level of the intervals, as a proportion.</param>
    /// <exception cref="ArgumentException">The measure is neither PLO nor OR, or the level is out of range.</exception>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="PoolingException">The counts do not determine the effect: a group without a single event, or with nothing else.</exception>
    public static BetaBinomialResult Fit(Measure measure, EffectData data, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(data);
        _ = new StratifiedOptions { Level = level }.Validated();
        var effects = measure.Compute(data);
        var (counts, rows, excluded, twoGroups) = Counts(effects);
        int[] linear = twoGroups ? [0, 1] : [0];
        var binomial = Maximise(counts, new double[3], linear, fixedGamma: 0);
        var best = binomial;
        foreach (var start in Starts)
        {
            var beta = (double[])binomial.Parameters.Clone();
            beta[2] = Math.Log(start);
            var fit = Maximise(counts, beta, [.. linear, 2], null);
            best = fit.Value > best.Value + Smallest && Math.Exp(fit.Parameters[2]) > Smallest ? fit : best;
        }

        var effect = linear[^1];
        var inverse = SmallMatrix.Inverse(best.Information);
        if (inverse is null || !(inverse[effect, effect] < UnknownError * UnknownError))
        {
            throw new PoolingException($"{measure.Code} has no finite estimate in the beta-binomial model: a group has no event in any study, or nothing but events.");
        }

        var dispersed = best.Information.GetLength(0) > linear.Length;
        var gamma = dispersed ? Math.Exp(best.Parameters[2]) : 0;
        var reference = ReferenceDistribution.Normal(level);
        var ratio = Math.Max(0, 2 * (best.Value - binomial.Value));
        return new BetaBinomialResult
        {
            Effects = effects,
            Studies = [.. rows.Select(row => new CountedStudy(data.Label(row), row))],
            Excluded = excluded,
            Effect = reference.Coefficient("estimate", best.Parameters[effect], Math.Sqrt(inverse[effect, effect])),
            Baseline = twoGroups ? best.Parameters[0] : null,
            IntraclassCorrelation = gamma / (1 + gamma),
            DispersionTest = new ChiSquaredTest(ratio, 1, ratio == 0 ? 1 : ChiSquared.Upper(ratio, 1) / 2),
            Fit = CountModelFit.Of(best.Value, linear.Length + 1, counts.Length),
            Provenance = new Provenance("ML", best.Evaluations, best.Converged, best.Converged ? "the gradient is zero to rounding" : "no step raised the likelihood any more"),
        };
    }

    private static ((double X, double N, double Group)[] Counts, int[] Rows, IReadOnlyList<ExcludedStudy> Excluded, bool TwoGroups) Counts(EffectSizes effects)
    {
        // A study without events is evidence here, so that only what is missing or empty is left out.
        var options = new CountModelOptions { Model = CountModel.UMRS, KeepDoubleZeros = true };
        switch (effects.Measure.Code)
        {
            case "PLO" or "OR":
                var read = CountModelData.Of(effects, options, null);
                var two = effects.Measure.Code == "OR";
                var list = new List<(double, double, double)>();
                foreach (var study in read.Studies)
                {
                    for (var arm = 0; arm < study.Length; arm++)
                    {
                        var count = (BinomialLikelihood)study[arm].Likelihood;
                        list.Add((count.Events, count.Total, two && arm == 0 ? 1 : 0));
                    }
                }

                return ([.. list], read.Rows, read.Excluded, two);
            default:
                throw new ArgumentException($"There is no beta-binomial model of {effects.Measure.Code}; there is one of PLO and OR.");
        }
    }

    private sealed record Maximum(double[] Parameters, double Value, double[,] Information, int Evaluations, bool Converged);

    /// <summary>Newton's method with the curvature made positive where it is not, and no step downhill. The parameters: baseline, effect, ln gamma.</summary>
    private static Maximum Maximise((double X, double N, double Group)[] counts, double[] start, int[] free, double? fixedGamma)
    {
        var parameters = start;
        var (value, slope, information) = At(counts, parameters, free, fixedGamma);
        for (var evaluations = 1; evaluations < Limit;)
        {
            var step = SmallMatrix.Solve(information, slope);
            for (var shift = 1e-3; step is null; shift *= 4)
            {
                var raised = (double[,])information.Clone();
                for (var i = 0; i < free.Length; i++)
                {
                    raised[i, i] = Math.Max(information[i, i], 0) + shift * (1 + Math.Abs(information[i, i]));
                }

                step = SmallMatrix.Solve(raised, slope);
            }

            var promise = Enumerable.Range(0, free.Length).Sum(i => slope[i] * step[i]);
            if (promise < 1e-20 * (1 + Math.Abs(value)))
            {
                return new Maximum(parameters, value, information, evaluations, true);
            }

            for (var length = Math.Min(1, 2 / step.Max(Math.Abs)); ; length /= 4)
            {
                var next = (double[])parameters.Clone();
                for (var i = 0; i < free.Length; i++)
                {
                    next[free[i]] += length * step[i];
                }

                var there = At(counts, next, free, fixedGamma);
                evaluations++;
                if (there.Value > value || (promise < 1e-9 * (1 + Math.Abs(value)) && there.Slope.Max(Math.Abs) < slope.Max(Math.Abs)))
                {
                    (parameters, value, slope, information) = (next, there.Value, there.Slope, there.Information);
                    break;
                }

                if (length < 1e-8)
                {
                    return new Maximum(parameters, value, information, evaluations, promise < 1e-8);
                }
            }
        }

        return new Maximum(parameters, value, information, Limit, false);
    }

    private static (double Value, double[] Slope, double[,] Information) At(
        (double X, double N, double Group)[] counts, double[] parameters, int[] free, double? fixedGamma)
    {
        double value = 0;
        var slope = new double[free.Length];
        var information = new double[free.Length, free.Length];
        foreach (var (x, n, group) in counts)
        {
            var at = BetaBinomialLikelihood.At(x, n, parameters[0] + group * parameters[1], fixedGamma ?? Math.Exp(parameters[2]));
            value += at.Value;
            for (var i = 0; i < free.Length; i++)
            {
                slope[i] += free[i] == 2 ? at.Dispersion : Share(free[i]) * at.Mean;
                for (var j = 0; j < free.Length; j++)
                {
                    information[i, j] -= (free[i] == 2, free[j] == 2) switch
                    {
                        (true, true) => at.DispersionDispersion,
                        (true, false) => Share(free[j]) * at.MeanDispersion,
                        (false, true) => Share(free[i]) * at.MeanDispersion,
                        _ => Share(free[i]) * Share(free[j]) * at.MeanMean,
                    };
                }
            }

            double Share(int parameter) => parameter == 1 ? group : 1;
        }

        return (value, slope, information);
    }
}

/// <summary>A beta-binomial model, on the logit scale; <see cref="Natural"/> holds its estimate as people read it.</summary>
public sealed partial record BetaBinomialResult : IPooledEffect
{
    /// <summary>The studies' own estimates; nothing here depends on them.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The studies in the model, in order; those without events are among them.</summary>
    public required IReadOnlyList<CountedStudy> Studies { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The logit of the mean proportion (PLO), or the log odds ratio of the two groups' mean probabilities (OR), with Wald's test and interval.</summary>
    public required Coefficient Effect { get; init; }

    /// <summary>The logit of the control groups' mean probability; null for one group.</summary>
    public required double? Baseline { get; init; }

    /// <summary>The correlation of two participants of one group of one study: 0 where the counts vary no more than binomial ones.</summary>
    public required double IntraclassCorrelation { get; init; }

    /// <summary>The likelihood-ratio test of a correlation of 0, on half its upper tail, since it is not allowed below 0.</summary>
    public required ChiSquaredTest DispersionTest { get; init; }

    /// <summary>The log-likelihood and information criteria.</summary>
    public required CountModelFit Fit { get; init; }

    /// <summary>How the solution was reached.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The estimate and its interval on the scale that people read.</summary>
    public NaturalResult Natural => new(
        Effects.Measure.ReadAs,
        Effects.BackTransform(Effect.Estimate),
        Effect.Interval with { Lower = Effects.BackTransform(Effect.Interval.Lower), Upper = Effects.BackTransform(Effect.Interval.Upper) },
        null);

    /// <inheritdoc/>
    public int StudyCount => Studies.Count;

    /// <inheritdoc/>
    public IReadOnlyList<StudyShare> Shares => [.. Studies.Select(study => new StudyShare(study.Row, null))];

    string IPooledEffect.ModelName => "Beta-binomial";

    string IPooledEffect.ModelDetail => "ML";

    double IPooledEffect.Estimate => Effect.Estimate;

    double? IPooledEffect.StandardError => Effect.StandardError;

    double? IPooledEffect.Statistic => Effect.Statistic;

    double? IPooledEffect.DegreesOfFreedom => Effect.DegreesOfFreedom;

    double IPooledEffect.PValue => Effect.PValue;

    Interval IPooledEffect.Interval => Effect.Interval;

    Interval? IPooledEffect.PredictionInterval => null;

    double? IPooledEffect.Tau2 => null;

    double? IPooledEffect.I2 => null;

    Interval? IPooledEffect.I2Interval => null;

    ChiSquaredTest? IPooledEffect.Heterogeneity => DispersionTest;

    IReadOnlyList<string> IPooledEffect.Notes => [];
}
