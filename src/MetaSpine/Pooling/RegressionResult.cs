namespace MetaSpine;

/// <summary>A meta-regression: how the true effects depend on moderators, with the heterogeneity that remains.</summary>
public sealed partial record RegressionResult : ModelResult
{
    /// <summary>The design matrix, a row for each study that was given.</summary>
    public required DesignMatrix Design { get; init; }

    /// <summary>One coefficient per column of the design matrix, on the analysis scale.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The covariance matrix of the coefficients, as the test scales it, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The Kenward-Roger correction, where the options ask for it: it decides on the degrees of freedom of every combination.</summary>
    internal KenwardRoger? Correction { get; init; }

    /// <summary>The test of all coefficients but the intercept (of all where there is none else).</summary>
    public required ModeratorTest Moderators { get; init; }

    /// <summary>The share of tau^2 that the moderators explain, in percent, floored at 0; null without an intercept or without moderators.</summary>
    public required double? R2 { get; init; }

    /// <inheritdoc/>
    public override Interval? Tau2IntervalBy(Tau2IntervalMethod method)
    {
        var (y, v) = Usable();
        var x = Studies.SelectMany(study => Enumerable.Range(0, Design.Columns.Count).Select(column => Design[study.Row, column])).ToArray();
        var shift = Design.HasIntercept ? RegressionProfile.Centre(y, v) : 0;
        var profile = new RegressionProfile(Array.ConvertAll(y, value => value - shift), v, x, Design.Columns.Count);
        return ModelSummary.Tau2Interval(profile, Tau2, Tau2StandardError ?? double.NaN, GivenShares, Options with { Tau2Interval = method });
    }
}

/// <summary>One coefficient: on the analysis scale, per unit of its column.</summary>
/// <param name="Name">The column of the design matrix.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="DegreesOfFreedom">Those of the t distribution; null when the test is z.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Interval">The confidence interval.</param>
public sealed record Coefficient(
    string Name, double Estimate, double StandardError, double Statistic, double? DegreesOfFreedom, double PValue, Interval Interval);

/// <summary>The joint test of several coefficients.</summary>
/// <param name="Statistic">Chi-squared (z) or F (the other tests).</param>
/// <param name="DegreesOfFreedom">The number of coefficients tested.</param>
/// <param name="ResidualDegreesOfFreedom">The denominator's, k - p; null for chi-squared.</param>
/// <param name="PValue">The upper-tail probability.</param>
public readonly record struct ModeratorTest(double Statistic, int DegreesOfFreedom, double? ResidualDegreesOfFreedom, double PValue);
