namespace MetaSpine.Tests;

public sealed class BivariateNormalTests
{
    // The conditional distribution of one variable integrated over the other, in 40 digits (Python, mpmath).
    [EveryCultureTheory]
    [InlineData(0, 0, 0.5, 0.33333333333333333)]
    [InlineData(1, -0.5, 0.3, 0.28313842024448095)]
    [InlineData(-1.5, -2, -0.7, 2.0362502513791132e-7)]
    [InlineData(0.2, 0.25, 0.999, 0.57810781946647386)]
    [InlineData(-1, -1.001, 0.999999, 0.15836512101327606)]
    [InlineData(2.5, 3, -0.95, 0.99244043664259377)]
    [InlineData(-3, -3.5, 0.8, 0.00011578518527164176)]
    [InlineData(0.1, -4, 0.1, 2.2177211610304459e-5)]
    [InlineData(1, 1, -0.999999, 0.6826894921370859)]
    [InlineData(0.3, -0.7, 1e-08, 0.14951210565409064)]
    public void The_probability_of_a_quadrant_is_right(double x, double y, double correlation, double expected) =>
        BivariateNormal.Lower(x, y, correlation).ShouldBe(expected, 4e-16);

    [EveryCultureTheory]
    [InlineData(0.3, -0.2, 0.6)]
    [InlineData(-2, 1.5, -0.4)]
    [InlineData(0.01, 0.02, 0.99999)]
    [InlineData(-1, 1.001, -0.99999)]
    [InlineData(1, 2, 0)]
    [InlineData(1, 2, 1e-9)]
    public void The_correlation_is_found_again(double x, double y, double correlation)
    {
        var excess = BivariateNormal.Lower(x, y, correlation) - NormalDistribution.Lower(x) * NormalDistribution.Lower(y);

        // The excess is a difference with the rounding of probabilities; the density turns that into correlation.
        BivariateNormal.CorrelationOf(excess, x, y).ShouldBe(correlation, 3e-16 / BivariateNormal.Density(x, y, correlation));
    }

    [EveryCultureFact]
    public void No_correlation_gives_more_than_the_smaller_probability() =>
        BivariateNormal.CorrelationOf(0.3, 0, 0).ShouldBe(double.NaN);

    /// <summary>Integrals with an elementary value whose integrands are infinite or without a slope at an end.</summary>
    [EveryCultureFact]
    public void Singular_ends_do_not_disturb_integrals()
    {
        DoubleExponential.Integrate(x => 1 / Math.Sqrt(x)).ShouldBe(2, 4e-15);
        DoubleExponential.Integrate((x, rest) => 1 / Math.Sqrt(x * rest)).ShouldBe(Math.PI, 4e-15);
        DoubleExponential.Integrate(x => Math.Log(x)).ShouldBe(-1, 4e-15);
        DoubleExponential.Integrate(x => Math.Exp(-1e6 * x)).ShouldBe(1e-6, 4e-21);
    }

    /// <summary>2F1(1, 1; 2; z) is -ln(1 - z) / z, and 2F1(1/2, 1/2; 3/2; z) is asin(sqrt z) / sqrt z.</summary>
    [EveryCultureTheory]
    [InlineData(0.5)]
    [InlineData(1e-3)]
    [InlineData(1e-9)]
    public void The_hypergeometric_function_is_right_next_to_one(double w)
    {
        Hypergeometric.BelowOne(1, 1, 2, w).ShouldBe(-Math.Log(w) / (1 - w), 1e-14 * -Math.Log(w));
        Hypergeometric.BelowOne(0.5, 0.5, 1.5, w).ShouldBe(Math.Acos(Math.Sqrt(w)) / Math.Sqrt(1 - w), 1e-14);
    }
}
