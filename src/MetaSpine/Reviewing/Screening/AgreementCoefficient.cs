namespace MetaSpine;

/// <summary>A coefficient of agreement beyond chance, (observed - expected) / (1 - expected).</summary>
/// <param name="Code">Its short name: <c>kappa</c>, <c>kappa-linear</c>, <c>kappa-quadratic</c>, <c>pabak</c>, <c>ac1</c>, <c>scott-pi</c>, <c>fleiss-kappa</c>.</param>
/// <param name="Name">Its name as a paper writes it.</param>
/// <param name="Observed">The share of agreement that is observed, weighted where the coefficient is.</param>
/// <param name="Expected">The share of agreement that chance alone would give by the coefficient's idea of chance.</param>
public sealed record AgreementCoefficient(string Code, string Name, double Observed, double Expected)
{
    /// <summary>The coefficient; <see langword="null"/> where chance alone would give full agreement, so that there is nothing to measure.</summary>
    public double? Estimate => Expected < 1 ? (Observed - Expected) / (1 - Expected) : null;

    /// <summary>Its standard error, for intervals.</summary>
    public double? StandardError { get; init; }

    /// <summary>Its standard error where agreement is that of chance, for the test of that; <see langword="null"/> where none is in use.</summary>
    public double? NullStandardError { get; init; }

    /// <summary>Its interval from the normal distribution, cut at -1 and 1.</summary>
    public Interval? Interval { get; init; }

    /// <summary>The two-sided p-value of agreement by chance alone.</summary>
    public double? PValue => Estimate is { } estimate && NullStandardError is > 0 and var error ? NormalDistribution.TwoSided(estimate / error) : null;
}
