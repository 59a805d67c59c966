namespace MetaSpine;

/// <summary>What pooling and meta-regression have in common: the studies, the heterogeneity, the fit and how it was reached.</summary>
public abstract partial record ModelResult
{
    /// <summary>All effect sizes that were given, those without an estimate included.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The options of the fit.</summary>
    public required PoolingOptions Options { get; init; }

    /// <summary>The studies in the model, in order, with their weights.</summary>
    public required IReadOnlyList<PooledStudy> Studies { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The number of studies in the model, k.</summary>
    public int StudyCount => Studies.Count;

    /// <summary>The between-study variance on the analysis scale; exactly 0 at the boundary, and under equal effects by assumption.</summary>
    public required double Tau2 { get; init; }

    /// <summary>The standard error of tau^2; null under equal effects and with a single study.</summary>
    public required double? Tau2StandardError { get; init; }

    /// <summary>The interval of tau^2; null under equal effects and with a single study.</summary>
    public required Interval? Tau2Interval { get; init; }

    /// <summary>I^2 in percent: the share of the variance of the estimates that is between studies. Under equal effects from Q.</summary>
    public required double I2 { get; init; }

    /// <summary>The interval of I^2 in percent, from that of tau^2.</summary>
    public required Interval? I2Interval { get; init; }

    /// <summary>H^2: total over sampling variance. Under equal effects Q over its degrees of freedom.</summary>
    public required double H2 { get; init; }

    /// <summary>The interval of H^2, from that of tau^2.</summary>
    public required Interval? H2Interval { get; init; }

    /// <summary>Cochran's Q (of the residuals, with moderators), always with weights 1/v: tests whether tau^2 is 0.</summary>
    public required ChiSquaredTest Q { get; init; }

    /// <summary>The likelihoods and information criteria.</summary>
    public required ModelFit Fit { get; init; }

    /// <summary>How the solution was reached.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The interval of tau^2 made in another way; null under equal effects and with a single study.</summary>
    /// <exception cref="ArgumentException">The profile likelihood is asked for, but the method is neither ML nor REML.</exception>
    public abstract Interval? Tau2IntervalBy(Tau2IntervalMethod method);

    /// <summary>The weights that the options give in place of the inverse variances, as shares; empty where they give none.</summary>
    private protected double[] GivenShares => Options.Weights is null && Options.Weighted ? [] : [.. Studies.Select(study => study.Weight)];

    private protected (double[] Y, double[] V) Usable() =>
        ([.. Studies.Select(study => study.Effect.Estimate)], [.. Studies.Select(study => study.Effect.Variance)]);
}

/// <summary>A study in a model.</summary>
/// <param name="Effect">Its effect size.</param>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="Weight">Its weight as a proportion; the weights of a model sum to 1.</param>
public sealed record PooledStudy(EffectSize Effect, int Row, double Weight);

/// <summary>A study that is not in a model.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="Reason">Why, and what would let it in.</param>
public sealed record ExcludedStudy(string Label, int Row, string Reason);

/// <summary>A chi-squared test.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="PValue">The upper-tail probability; 1 with 0 degrees of freedom.</param>
public readonly record struct ChiSquaredTest(double Statistic, int DegreesOfFreedom, double PValue);

/// <summary>Log-likelihoods with all constants, and information criteria.</summary>
/// <param name="LogLikelihood">The log-likelihood at the estimates.</param>
/// <param name="RestrictedLogLikelihood">The restricted log-likelihood, with the term of ln|X'X|; NaN without residual degrees of freedom.</param>
/// <param name="Aic">Akaike's criterion, from the restricted likelihood under REML and the full one otherwise.</param>
/// <param name="Bic">The Bayesian criterion, likewise.</param>
/// <param name="Aicc">Akaike's criterion with the small-sample correction, likewise.</param>
public readonly record struct ModelFit(double LogLikelihood, double RestrictedLogLikelihood, double Aic, double Bic, double Aicc)
{
    /// <summary>The criteria from the likelihood by which k studies with p coefficients were fitted; parameters counts those of tau^2 too.</summary>
    internal static ModelFit Of(double full, double restricted, bool isRestricted, int k, int p, int parameters)
    {
        var (likelihood, n) = isRestricted ? (restricted, k - p) : (full, k);
        var corrected = Math.Max(n, parameters + 2);
        return new ModelFit(
            full,
            restricted,
            -2 * likelihood + 2 * parameters,
            -2 * likelihood + parameters * Math.Log(n),
            -2 * likelihood + 2.0 * parameters * corrected / (corrected - parameters - 1));
    }
}

/// <summary>How a solution was reached.</summary>
/// <param name="Method">The method by name.</param>
/// <param name="Iterations">Evaluations of the estimating equation; 0 for a closed form.</param>
/// <param name="Converged">Whether the equation is solved to rounding.</param>
/// <param name="StoppedBecause">Why it stopped, in words.</param>
public sealed record Provenance(string Method, int Iterations, bool Converged, string StoppedBecause);
