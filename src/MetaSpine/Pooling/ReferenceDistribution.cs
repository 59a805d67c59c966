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
        var (statistic, pValue) = Test(estimate, error);
        return new Coefficient(name, estimate, error, statistic, Freedom, pValue, Around(estimate, error));
    }

    /// <summary>The statistic of an estimate against 0, and its two-sided p-value.</summary>
    public (double Statistic, double PValue) Test(double estimate, double error)
    {
        // An estimate of exactly 0 is no evidence against 0, even where all estimates agree and the error is 0 too.
        var statistic = estimate == 0 ? 0 : estimate / error;
        return (statistic, Freedom is { } freedom ? StudentT.TwoSided(statistic, freedom) : NormalDistribution.TwoSided(statistic));
    }

    /// <summary>How many standard errors an interval goes to either side.</summary>
    public double Critical
    {
        get
        {
            var tail = (1 - Level) / 2;
            return Freedom is { } freedom ? StudentT.UpperQuantile(tail, freedom) : NormalDistribution.UpperQuantile(tail);
        }
    }

    /// <summary>The interval around an estimate.</summary>
    public Interval Around(double estimate, double error) => Around(estimate, error, Critical);

    /// <summary>The same with a critical value that is known.</summary>
    public Interval Around(double estimate, double error, double critical)
    {
        var margin = error * critical;
        return new Interval(estimate - margin, estimate + margin, Level);
    }

    /// <summary>The probability below a standardised value.</summary>
    public double Lower(double value) => Freedom is { } freedom ? StudentT.Lower(value, freedom) : NormalDistribution.Lower(value);

    /// <summary>Tests m coefficients from their Wald statistic: chi-squared, or F with the degrees of freedom below.</summary>
    public ModeratorTest Joint(double wald, int m) => Freedom is { } freedom
        ? new ModeratorTest(wald / m, m, freedom, FDistribution.Upper(wald / m, m, freedom))
        : new ModeratorTest(wald, m, null, ChiSquared.Upper(wald, m));
}
