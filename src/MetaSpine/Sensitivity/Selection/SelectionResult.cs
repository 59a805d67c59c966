namespace MetaSpine;

/// <summary>A selection model: what the effect would be if the studies had been selected for publication in a certain way.</summary>
public sealed partial record SelectionResult
{
    /// <summary>The model that was asked about.</summary>
    public required ModelResult Model { get; init; }

    /// <summary>The selection function.</summary>
    public required SelectionFunction Function { get; init; }

    /// <summary>Which results selection favours.</summary>
    public required SelectionSide Side { get; init; }

    /// <summary>The coefficients adjusted for selection, on the analysis scale; one, unless there are moderators.</summary>
    public required IReadOnlyList<SelectionEstimate> Coefficients { get; init; }

    /// <summary>The between-study variance before selection.</summary>
    public required SelectionEstimate Tau2 { get; init; }

    /// <summary>The parameters of the selection function that were estimated.</summary>
    public required IReadOnlyList<SelectionEstimate> Parameters { get; init; }

    /// <summary>The intervals of the p-value under a step function, with how many studies are in each; empty otherwise.</summary>
    public required IReadOnlyList<SelectionStep> Steps { get; init; }

    /// <summary>The log-likelihood, with all constants.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>That of the same model without selection, by ML.</summary>
    public required double UnadjustedLogLikelihood { get; init; }

    /// <summary>The coefficients without selection, by ML.</summary>
    public required IReadOnlyList<double> Unadjusted { get; init; }

    /// <summary>tau^2 without selection, by ML.</summary>
    public required double UnadjustedTau2 { get; init; }

    /// <summary>The likelihood-ratio test of no selection; null where the weights are given.</summary>
    public required ChiSquaredTest? SelectionTest { get; init; }

    /// <summary>
    /// The likelihood-ratio test of tau^2 = 0 under selection; null where tau^2 is not estimated. At the boundary the p-value is too large; half of
    /// it is right in large samples (Self and Liang 1987, Journal of the American Statistical Association 82:605, doi:10.1080/01621459.1987.10478472).
    /// </summary>
    public required ChiSquaredTest? HeterogeneityTest { get; init; }

    /// <summary>How the solution was reached.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What a careful reader should know; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The number of studies.</summary>
    public int StudyCount => Model.StudyCount;

    /// <summary>The adjusted effect, on the analysis scale: the first coefficient.</summary>
    public double Estimate => Coefficients[0].Estimate;

    /// <summary>Its profile-likelihood interval, on the same scale; the Wald interval where profiles were not asked for; null where there is neither.</summary>
    public Interval? Interval => Coefficients[0].Interval ?? Coefficients[0].WaldInterval;

    /// <summary>Akaike's criterion.</summary>
    public double Aic => 2 * (Coefficients.Count + (HeterogeneityTest is null ? 0 : 1) + Parameters.Count - LogLikelihood);

    /// <summary>The relative probability of publication at a p-value (one-sided unless <see cref="Side"/> is both), as estimated. What it is relative to depends on the function.</summary>
    /// <param name="p">A p-value from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a probability.</exception>
    /// <exception cref="InvalidOperationException">Under truncation the weight depends on the estimate, not on its p-value.</exception>
    public double WeightAt(double p)
    {
        if (!(p is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A p-value lies between 0 and 1.");
        }

        return Function.Kind switch
        {
            SelectionKind.Truncation => throw new InvalidOperationException("Under truncation the weight depends on the estimate, not on its p-value."),
            SelectionKind.Step => Steps.First(step => p <= step.Upper).Weight,
            _ => SmoothWeights.At(Function, [.. Parameters.Select(parameter => parameter.Estimate)], p),
        };
    }
}

/// <summary>A parameter of a selection model: a coefficient on the analysis scale, tau^2 on its square, or a number of the selection function.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Estimate">The maximum-likelihood estimate.</param>
/// <param name="StandardError">From the observed information; null where the estimate is at a bound or the information says nothing.</param>
/// <param name="Interval">The profile-likelihood interval; null where not asked for or where the parameter is not estimated. An infinite end means that the likelihood does not fall by enough before the largest value considered.</param>
/// <param name="WaldInterval">The estimate -/+ z standard errors; null without a standard error.</param>
/// <param name="IsAtBound">Whether the estimate is at a bound of what is possible or considered.</param>
public sealed record SelectionEstimate(string Name, double Estimate, double? StandardError, Interval? Interval, Interval? WaldInterval, bool IsAtBound)
{
    /// <summary>The two-sided p-value of the value 0 by the Wald test; null without a standard error. For parameters of selection read the likelihood-ratio test instead.</summary>
    public double? PValue => StandardError is { } error ? NormalDistribution.TwoSided(Estimate / error) : null;
}

/// <summary>An interval of the p-value, a proportion, under a step function.</summary>
/// <param name="Lower">Its lower end, excluded.</param>
/// <param name="Upper">Its upper end, included.</param>
/// <param name="Studies">How many studies have their p-value in it.</param>
/// <param name="Weight">The probability of publication relative to the first interval.</param>
public readonly record struct SelectionStep(double Lower, double Upper, int Studies, double Weight);
