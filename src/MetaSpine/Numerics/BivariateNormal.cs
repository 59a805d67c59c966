namespace MetaSpine;

/// <summary>Two standard normal variables with a correlation.</summary>
internal static class BivariateNormal
{
    /// <summary>The density.</summary>
    public static double Density(double x, double y, double correlation)
    {
        var square = (1 - correlation) * (1 + correlation);
        return correlation < 0
            ? Density(x, -y, -correlation)
            : Math.Exp(-(x - y) * (x - y) / (2 * square) - x * y / (1 + correlation)) / (2 * Math.PI * Math.Sqrt(square));
    }

    /// <summary>The probability that both are below their points.</summary>
    public static double Lower(double x, double y, double correlation) => correlation < 0
        ? Opposed(x, y) + FromOpposed(x, y, correlation)
        : NormalDistribution.Lower(x) * NormalDistribution.Lower(y) + Excess(x, y, Math.Asin(correlation));

    /// <summary>
    /// The correlation at which the probability of being below both points exceeds the product of the single ones by
    /// <paramref name="excess"/>; NaN where no correlation inside (-1, 1) does.
    /// </summary>
    public static double CorrelationOf(double excess, double x, double y) =>
        excess < 0 ? -CorrelationOf(-excess, x, -y)
        : excess == 0 ? 0
        : RootFinding.TryFind(
            angle => (Excess(x, y, angle) - excess, Slope(x, y, angle)), 0, Math.PI / 2, Math.PI / 4, out var root)
            ? Math.Sin(root)
            : double.NaN;

    /// <summary>The probability of being below both points where one variable is the other's negative.</summary>
    private static double Opposed(double x, double y) =>
        x + y > 0 ? NormalDistribution.Lower(Math.Min(x, y)) - NormalDistribution.Upper(Math.Max(x, y)) : 0;

    /// <summary>
    /// What a correlation below 0 adds to that: by the same derivative, over the angle from a right one. From the product of the single probabilities
    /// it would take away nearly all, and with it the digits.
    /// </summary>
    private static double FromOpposed(double x, double y, double correlation)
    {
        var whole = Math.Atan2(Math.Sqrt((1 - correlation) * (1 + correlation)), -correlation);
        return whole * DoubleExponential.Integrate(t =>
        {
            var (sin, cos) = Math.SinCos(t * whole);
            var distance = x == -y ? 0 : (x + y) / sin;
            return Math.Exp(-distance * distance / 2 + x * y / (1 + cos)) / (2 * Math.PI);
        });
    }

    /// <summary>
    /// What the correlation sin(angle) adds to the product of the single probabilities. By the derivative in the correlation
    /// (Plackett 1954, A reduction formula for normal multivariate integrals, Biometrika 41:351, doi:10.1093/biomet/41.3-4.351)
    /// with the correlation as a sine, so that the integrand stays bounded.
    /// </summary>
    private static double Excess(double x, double y, double angle) =>
        angle < 0 ? -Excess(x, -y, -angle) : angle * DoubleExponential.Integrate(t => Slope(x, y, t * angle));

    /// <summary>The derivative of <see cref="Excess"/> in the angle, written for angles from 0 to a right one.</summary>
    private static double Slope(double x, double y, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        var distance = x == y ? 0 : (x - y) / cos;
        return Math.Exp(-distance * distance / 2 - x * y / (1 + sin)) / (2 * Math.PI);
    }
}
