namespace MetaSpine;

/// <summary>Which distribution with heavier tails than the normal the true effects have.</summary>
public enum RandomEffectsShape
{
    /// <summary>A t distribution (Baker and Jackson 2008, doi:10.1007/s10729-007-9041-8): the more extreme a study, the less it weighs.</summary>
    StudentT,

    /// <summary>A mixture of two normal distributions (Beath 2014, doi:10.1002/jrsm.1114): ordinary studies, and a share of outlying ones with a larger variance.</summary>
    Mixture,
}

/// <summary>A model whose random effects may have outliers, with what it says of each study. On the analysis scale.</summary>
public sealed partial record OutlierRobustResult
{
    /// <summary>The model with normal random effects that was given: its studies, moderators and level.</summary>
    public required ModelResult Model { get; init; }

    /// <summary>The distribution of the random effects.</summary>
    public required RandomEffectsShape Shape { get; init; }

    /// <summary>Each coefficient with its profile-likelihood interval and likelihood-ratio test; the pooled estimate alone without moderators.</summary>
    public required IReadOnlyList<OutlierCoefficient> Coefficients { get; init; }

    /// <summary>The first coefficient: the pooled estimate without moderators.</summary>
    public double Estimate => Coefficients[0].Estimate;

    /// <summary>Its profile-likelihood interval.</summary>
    public Interval Interval => Coefficients[0].Interval;

    /// <summary>tau^2: of the t distribution the squared scale (its variance is larger, or infinite), of the mixture the variance of the ordinary studies.</summary>
    public required double Tau2 { get; init; }

    /// <summary>One over the degrees of freedom of the t distribution; 0 where it is normal, null for the mixture.</summary>
    public required double? InverseDegreesOfFreedom { get; init; }

    /// <summary>The variance of the outlying studies' true effects; null for the t distribution.</summary>
    public required double? OutlierTau2 { get; init; }

    /// <summary>The share of outlying studies; null for the t distribution.</summary>
    public required double? OutlierShare { get; init; }

    /// <summary>The marginal log-likelihood with all constants.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>That of normal random effects, which is never higher.</summary>
    public required double NormalLogLikelihood { get; init; }

    /// <summary>Akaike's criterion.</summary>
    public required double Aic { get; init; }

    /// <summary>The Bayesian criterion.</summary>
    public required double Bic { get; init; }

    /// <summary>What the model says of each study, in order.</summary>
    public required IReadOnlyList<RobustStudy> Studies { get; init; }

    /// <summary>Whether heavier tails are called for, and which studies are outlying.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A study in a model with outliers.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="Weight">Its share of the weight: the mean of 1/(v + variance of its random effect) given its estimate.</param>
/// <param name="OutlierProbability">The probability, given its estimate, that it is one of the outlying studies; null for the t distribution.</param>
public sealed record RobustStudy(string Label, int Row, double Weight, double? OutlierProbability);

/// <summary>A coefficient of a model whose random effects may have outliers, on the analysis scale.</summary>
/// <param name="Name">The column of the design matrix.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Statistic">The likelihood-ratio statistic of a coefficient of 0, chi-squared with one degree of freedom.</param>
/// <param name="PValue">Its upper-tail probability.</param>
/// <param name="Interval">The profile-likelihood interval.</param>
public sealed record OutlierCoefficient(string Name, double Estimate, double Statistic, double PValue, Interval Interval);
