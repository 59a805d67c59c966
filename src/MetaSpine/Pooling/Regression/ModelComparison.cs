namespace MetaSpine;

/// <summary>The likelihood-ratio test of a model against a smaller one that it contains.</summary>
public sealed record ModelComparison
{
    /// <summary>A column lies in the other design where no more than this share of it is left over.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The smaller model.</summary>
    public required ModelResult Reduced { get; init; }

    /// <summary>The larger model.</summary>
    public required ModelResult Full { get; init; }

    /// <summary>Twice the difference of the log-likelihoods, chi-squared under the smaller model.</summary>
    public required double Statistic { get; init; }

    /// <summary>The number of coefficients that the larger model has more.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>The upper-tail probability.</summary>
    public required double PValue { get; init; }

    /// <summary>The share of the smaller model's tau^2 that the larger one explains, in percent, floored at 0; null under equal effects.</summary>
    public required double? R2 { get; init; }

    /// <summary>Compares two nested models of the same studies, both fitted by maximum likelihood or both under equal effects.</summary>
    /// <param name="reduced">The smaller model: pooled, or a meta-regression.</param>
    /// <param name="full">The larger meta-regression.</param>
    /// <exception cref="ArgumentException">The models are not nested, were fitted by another method, or differ in their studies.</exception>
    public static ModelComparison LikelihoodRatio(ModelResult reduced, ModelResult full)
    {
        ArgumentNullException.ThrowIfNull(reduced);
        ArgumentNullException.ThrowIfNull(full);
        var method = full.Options.Method;
        if (method != reduced.Options.Method || method is not (PoolingMethod.ML or PoolingMethod.EE))
        {
            throw new ArgumentException(method == PoolingMethod.REML && reduced.Options.Method == method
                ? "Restricted likelihoods of models with different moderators are those of different residuals, so they cannot be compared: fit both models by ML."
                : $"A likelihood ratio needs both models fitted by ML (or both under equal effects), not {reduced.Options.Method} and {method}.", nameof(full));
        }

        if (!reduced.Studies.Select(study => (study.Row, study.Effect.Estimate, study.Effect.Variance))
            .SequenceEqual(full.Studies.Select(study => (study.Row, study.Effect.Estimate, study.Effect.Variance))))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The models rest on different studies ({reduced.StudyCount} and {full.StudyCount}), perhaps because a moderator is missing in some: fit both to the studies that have all moderators."), nameof(full));
        }

        var (small, large) = (Columns(reduced), Columns(full));
        if (small.Length >= large.Length || !small.All(column => IsWithin(column, large)))
        {
            throw new ArgumentException("The models are not nested: each moderator of the first must be in the second, which needs at least one more.", nameof(full));
        }

        var statistic = Math.Max(0, 2 * (full.Fit.LogLikelihood - reduced.Fit.LogLikelihood));
        var freedom = large.Length - small.Length;
        return new ModelComparison
        {
            Reduced = reduced,
            Full = full,
            Statistic = statistic,
            DegreesOfFreedom = freedom,
            PValue = ChiSquared.Upper(statistic, freedom),
            R2 = method == PoolingMethod.EE ? null : reduced.Tau2 == 0 ? 0 : Math.Max(0, 100 * (reduced.Tau2 - full.Tau2) / reduced.Tau2),
        };
    }

    /// <summary>The columns of a model's design, over its studies.</summary>
    private static double[][] Columns(ModelResult model) => model is RegressionResult regression
        ? [.. Enumerable.Range(0, regression.Coefficients.Count).Select(column => model.Studies.Select(study => regression.Design[study.Row, column]).ToArray())]
        : [[.. model.Studies.Select(_ => 1.0)]];

    private static bool IsWithin(double[] column, double[][] design)
    {
        double[] ones = [.. column.Select(_ => 1.0)];
        double[] rows = [.. Enumerable.Range(0, column.Length).SelectMany(row => design.Select(other => other[row]))];
        var left = new RegressionProfile(column, ones, rows, design.Length).At(0).Rss;
        return left <= Rounding * Rounding * column.Sum(value => value * value);
    }
}
