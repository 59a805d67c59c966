using System.Numerics;

namespace MetaSpine;

/// <summary>One of the models of a multimodel inference.</summary>
/// <param name="Terms">Its terms; none: the intercept alone.</param>
/// <param name="Result">Its fit.</param>
/// <param name="Aicc">Akaike's criterion with the small-sample correction.</param>
/// <param name="Difference">Its distance from that of the best model.</param>
/// <param name="Weight">Its Akaike weight; the weights sum to 1.</param>
public sealed record CandidateModel(IReadOnlyList<string> Terms, RegressionResult Result, double Aicc, double Difference, double Weight);

/// <summary>A coefficient averaged over all models, as 0 where a model lacks it; on the analysis scale.</summary>
/// <param name="Name">The coefficient.</param>
/// <param name="Estimate">The weighted mean of the models' estimates, on the analysis scale per unit of the column.</param>
/// <param name="StandardError">The unconditional standard error: within models and between them.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="PValue">Two-sided, normal.</param>
/// <param name="Interval">The normal interval.</param>
/// <param name="Importance">The summed weight of the models that have it.</param>
public sealed record AveragedCoefficient(string Name, double Estimate, double StandardError, double Statistic, double PValue, Interval Interval, double Importance);

/// <summary>All models that a formula's terms make, weighed by how well they would predict.</summary>
public sealed partial record MultimodelResult
{
    /// <summary>The models, best first.</summary>
    public required IReadOnlyList<CandidateModel> Models { get; init; }

    /// <summary>The averaged coefficients, in the order of the full model.</summary>
    public required IReadOnlyList<AveragedCoefficient> Coefficients { get; init; }

    /// <summary>The importance of each term: the summed weight of the models that have it.</summary>
    public required IReadOnlyList<(string Term, double Importance)> Importance { get; init; }

    /// <summary>The studies, the same in all models: those with all moderators.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>What a careful reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Multimodel inference (Burnham and Anderson 2002, Model Selection and Multimodel Inference, 2nd ed., doi:10.1007/b97636).</summary>
public static class Multimodel
{
    internal const int MostTerms = 12;

    /// <summary>
    /// Fits every model that can be made of a formula's terms (an interaction only with the terms that it contains), ranks them by AICc and averages their coefficients.
    /// </summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="formula">The largest model, of at most 12 terms.</param>
    /// <param name="moderators">The moderators; a study that lacks one is left out of all models and listed.</param>
    /// <param name="options">How; ML with the z test where null. The method is ML or EE: likelihoods under REML cannot be compared between moderators.</param>
    /// <exception cref="ArgumentException">The method is neither ML nor EE, or there are too many terms.</exception>
    /// <exception cref="FormulaException">The formula names a moderator that does not exist or does not fit its place.</exception>
    /// <exception cref="PoolingException">There are too few studies for the largest model, or its columns collide.</exception>
    public static MultimodelResult AllSubsets(EffectSizes effects, Formula formula, IReadOnlyList<Predictor> moderators, PoolingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(moderators);
        options ??= new PoolingOptions { Method = PoolingMethod.ML, Test = PoolingTest.Z };
        if (options.Method is not (PoolingMethod.ML or PoolingMethod.EE))
        {
            throw new ArgumentException($"Models with different moderators are compared by their likelihoods under ML (or equal effects), not {options.Method}.", nameof(options));
        }

        ulong[] sets = [.. formula.TermSets.Where(set => set != 0)];
        if (sets.Length > MostTerms)
        {
            throw new ArgumentException(FormattableString.Invariant($"{sets.Length} terms make too many models to average sensibly; choose at most {MostTerms} beforehand."), nameof(formula));
        }

        var full = MetaAnalysis.Regress(effects, formula, moderators, options);
        var used = new HashSet<int>(full.Studies.Select(study => study.Row));
        var complete = effects with
        {
            Studies = [.. effects.Studies.Select((study, row) => used.Contains(row) ? study : study with { Problem = study.Problem ?? "a moderator is missing" })],
        };
        var fits = new List<(uint Subset, RegressionResult Result)>();
        for (var subset = 0U; subset < 1U << sets.Length; subset++)
        {
            if ((subset == 0 && !formula.HasIntercept) || !RespectsMarginality(subset, sets))
            {
                continue;
            }

            var design = formula.Design(moderators, effects.Count, used.Contains, set => set == 0 || (subset >> Array.IndexOf(sets, set) & 1) == 1);
            fits.Add((subset, MetaAnalysis.Regress(complete, design, options)));
        }

        var best = fits.Min(fit => fit.Result.Fit.Aicc);
        var total = fits.Sum(fit => Math.Exp((best - fit.Result.Fit.Aicc) / 2));
        IReadOnlyList<string> Terms(uint subset) => [.. formula.Terms.Where((_, i) => (subset >> i & 1) == 1)];
        List<CandidateModel> models =
        [
            .. fits.OrderBy(fit => fit.Result.Fit.Aicc).ThenBy(fit => BitOperations.PopCount(fit.Subset)).Select(fit => new CandidateModel(
                Terms(fit.Subset), fit.Result, fit.Result.Fit.Aicc, fit.Result.Fit.Aicc - best, Math.Exp((best - fit.Result.Fit.Aicc) / 2) / total)),
        ];
        return new MultimodelResult
        {
            Models = models,
            Coefficients = [.. full.Design.Columns.Select(name => Average(name, models, options.Level))],
            Importance = [.. formula.Terms.Select(term => (term, models.Where(model => model.Terms.Contains(term)).Sum(model => model.Weight)))],
            StudyCount = full.StudyCount,
            Excluded = full.Excluded,
            Notes = ["Averaged coefficients count as 0 in the models without them, and their intervals are narrower than a choice of models after seeing the data deserves: read them as exploration."],
        };
    }

    private static bool RespectsMarginality(uint subset, ulong[] sets)
    {
        for (var i = 0; i < sets.Length; i++)
        {
            for (var j = 0; j < sets.Length; j++)
            {
                if ((subset >> i & 1) == 1 && (subset >> j & 1) == 0 && (sets[i] & sets[j]) == sets[j])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Burnham and Anderson (2002), section 4.3: estimates shrunk towards 0; the variance of section 6.3.3 adds the spread between models to that within.</summary>
    private static AveragedCoefficient Average(string name, List<CandidateModel> models, double level)
    {
        var parts = models.ConvertAll(model =>
        {
            var coefficient = model.Result.Coefficients.FirstOrDefault(c => c.Name == name);
            return (model.Weight, coefficient?.Estimate ?? 0, coefficient?.StandardError ?? 0, Has: coefficient is not null);
        });
        var estimate = parts.Sum(part => part.Weight * part.Item2);
        var variance = parts.Sum(part => part.Weight * (part.Item3 * part.Item3 + (part.Item2 - estimate) * (part.Item2 - estimate)));
        var c = ReferenceDistribution.Normal(level).Coefficient(name, estimate, Math.Sqrt(variance));
        return new AveragedCoefficient(name, c.Estimate, c.StandardError, c.Statistic, c.PValue, c.Interval, parts.Where(part => part.Has).Sum(part => part.Weight));
    }
}
