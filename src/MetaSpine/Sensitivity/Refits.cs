namespace MetaSpine;

/// <summary>A result that can be had again from some of its studies, by whichever model made it.</summary>
internal abstract class Refits
{
    /// <summary>The studies in the model: name and row in the effect sizes.</summary>
    public abstract IReadOnlyList<(string Label, int Row)> Studies { get; }

    /// <summary>The effect sizes, one for each row.</summary>
    public abstract EffectSizes Effects { get; }

    /// <summary>A function that fits the studies at some positions; each thread asks for its own, as it may hold working memory.</summary>
    protected abstract Func<int[], SubsetResult> Fitter();

    public static Refits Of(PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Pooled(result);
    }

    public static Refits Of(StratifiedResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Stratified(result);
    }

    /// <exception cref="ArgumentException">The model has moderators.</exception>
    public static Refits Of(CountModelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Design is null
            ? new Counted(result)
            : throw new ArgumentException("The model has moderators; leave studies out of, or add them up in, a model with the effect alone.", nameof(result));
    }

    /// <summary>Fits many sets of studies, in parallel; the results do not depend on the number of threads.</summary>
    public SubsetResult[] FitAll(IReadOnlyList<int[]> sets, CancellationToken cancellation)
    {
        var results = new SubsetResult[sets.Count];
        Parallel.For(0, sets.Count, new ParallelOptions { CancellationToken = cancellation }, Fitter, (i, _, fit) =>
        {
            results[i] = Try(fit, sets[i]);
            return fit;
        }, _ => { });
        return results;
    }

    private static SubsetResult Try(Func<int[], SubsetResult> fit, int[] studies)
    {
        try
        {
            return fit(studies);
        }
        catch (PoolingException problem)
        {
            return SubsetResult.None(studies.Length, problem.Message);
        }
    }

    private sealed class Pooled(PooledResult result) : Refits
    {
        public override IReadOnlyList<(string Label, int Row)> Studies { get; } = [.. result.Studies.Select(study => (study.Effect.Label, study.Row))];

        public override EffectSizes Effects => result.Effects;

        protected override Func<int[], SubsetResult> Fitter()
        {
            var (model, options) = (new SubsetModel(result), result.Options);
            return studies =>
            {
                var fit = model.Fit(studies)!;
                var coefficient = fit.Inference.Coefficient("estimate", fit.Coefficients[0]);
                var freedom = fit.Q.DegreesOfFreedom;
                Interval? prediction = options.Method == PoolingMethod.EE || freedom == 0
                    ? null
                    : PredictionIntervals.Predict(coefficient.Estimate, coefficient.StandardError, fit.Tau2, coefficient.DegreesOfFreedom, freedom, options, options.Prediction);
                double inverse = 0;
                foreach (var i in studies)
                {
                    inverse += 1 / result.Studies[i].Effect.Size;
                }

                return SubsetResult.Of(coefficient, studies.Length, result.Effects.Measure, studies.Length / inverse, prediction) with
                {
                    Tau2 = fit.Tau2, I2 = fit.I2, H2 = fit.H2, Q = fit.Q,
                };
            };
        }
    }

    /// <summary>Mantel-Haenszel and Peto: again from the counts.</summary>
    private sealed class Stratified(StratifiedResult result) : Refits
    {
        public override IReadOnlyList<(string Label, int Row)> Studies { get; } = [.. result.Studies.Select(study => (study.Effect.Label, study.Row))];

        public override EffectSizes Effects => result.Effects;

        protected override Func<int[], SubsetResult> Fitter() => studies =>
        {
            var data = result.Effects.Data.Only(Array.ConvertAll(studies, i => Studies[i].Row));
            var part = result.Effects.Measure.Code == Measures.PETO.Code
                ? PetoMethod.Pool(data, result.Options)
                : MantelHaenszel.Pool(result.Effects.Measure, data, result.Options);
            var coefficient = new Coefficient("estimate", part.Estimate, part.StandardError, part.Statistic, null, part.PValue, part.Interval);
            return SubsetResult.Of(coefficient, part.StudyCount, result.Effects.Measure, double.NaN, null) with { I2 = part.I2, H2 = part.H2, Q = part.Q };
        };
    }

    /// <summary>Generalised linear mixed models: again from the counts, without the interval of tau^2.</summary>
    private sealed class Counted(CountModelResult result) : Refits
    {
        public override IReadOnlyList<(string Label, int Row)> Studies { get; } = [.. result.Studies.Select(study => (study.Label, study.Row))];

        public override EffectSizes Effects => result.Effects;

        protected override Func<int[], SubsetResult> Fitter() => studies =>
        {
            var data = result.Effects.Data.Only(Array.ConvertAll(studies, i => Studies[i].Row));
            var part = CountModels.Fit(result.Effects.Measure, data, result.Options with { Tau2Interval = false });
            return SubsetResult.Of(part.Coefficients[0], part.StudyCount, result.Effects.Measure, double.NaN, part.PredictionInterval) with
            {
                Tau2 = part.Tau2, I2 = part.I2, H2 = part.H2, Q = part.HeterogeneityLikelihoodRatio,
            };
        };
    }
}
