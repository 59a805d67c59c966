namespace MetaSpine;

/// <summary>What a statistic is compared with: the normal distribution, or t with some degrees of freedom.</summary>
/// <param name="Freedom">The degrees of freedom; null for the normal distribution.</param>
/// <param name="Level">The level of intervals.</param>
internal readonly record struct ReferenceDistribution(double? Freedom, double Level)
{
    public static ReferenceDistribution Normal(double level) => new(null, level);

    /// <summary>Tests one coefficient against 0.</summary>
    public Coefficient Coefficient(string name, double estimate, double error)
    {
        var statistic = estimate / error;
        var tail = (1 - Level) / 2;
        var margin = error * (Freedom is { } t ? StudentT.UpperQuantile(tail, t) : NormalDistribution.UpperQuantile(tail));
        var pValue = Freedom is { } df ? StudentT.TwoSided(statistic, df) : NormalDistribution.TwoSided(statistic);
        return new Coefficient(name, estimate, error, statistic, Freedom, pValue, new Interval(estimate - margin, estimate + margin, Level));
    }

    /// <summary>Tests m coefficients from their Wald statistic: chi-squared, or F with the degrees of freedom below.</summary>
    public ModeratorTest Joint(double wald, int m) => Freedom is { } freedom
        ? new ModeratorTest(wald / m, m, freedom, FDistribution.Upper(wald / m, m, freedom))
        : new ModeratorTest(wald, m, null, ChiSquared.Upper(wald, m));
}
