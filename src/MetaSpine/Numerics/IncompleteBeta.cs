namespace MetaSpine;

/// <summary>The regularised incomplete beta function I_x(a, b): the tails of beta and F variables.</summary>
internal static class IncompleteBeta
{
    /// <summary>The tails at 0 &lt;= x &lt;= 1 of the beta distribution with shapes a and b above 0.</summary>
    public static Tails At(double x, double a, double b)
    {
        // The rounding of a + b matters, as the excess may be a small difference.
        var sum = a + b;
        var lost = a > b ? a - sum + b : b - sum + a;
        return At(x, 1 - x, Math.FusedMultiplyAdd(sum, x, -a) + lost * x, a, b);
    }

    /// <summary>The same at the ratio f = (x / a) / (y / b) of two chi-squared means with 2a and 2b degrees of freedom.</summary>
    public static Tails AtRatio(double f, double a, double b)
    {
        double odds = a / b * f, inverse = b / a / f;
        return f <= 1
            ? At(odds / (1 + odds), 1 / (1 + odds), a * (f - 1) / (1 + odds), a, b)
            : At(1 / (1 + inverse), inverse / (1 + inverse), b * ((f - 1) / f) / (1 + inverse), a, b);
    }

    /// <param name="x">The point.</param>
    /// <param name="y">1 - x.</param>
    /// <param name="excess">(a + b) x - a: how far x is beyond the mean, with all its digits.</param>
    /// <param name="a">The first shape.</param>
    /// <param name="b">The second shape.</param>
    private static Tails At(double x, double y, double excess, double a, double b)
    {
        if (x == 0)
        {
            return Tails.AtZero;
        }

        if (y == 0)
        {
            return Tails.AtInfinity;
        }

        var n = a + b;
        var logMass = .5 * Math.Log(a * (b / n) / (2 * Math.PI))
            + SaddlePoint.StirlingError(n) - SaddlePoint.StirlingError(a) - SaddlePoint.StirlingError(b)
            - a * SaddlePoint.Deviance(excess / a, n * x / a) - b * SaddlePoint.Deviance(-excess / b, n * y / b);
        var lower = x <= (a + 1) / (n + 2);
        return new Tails(logMass, 1 / (lower ? Fraction(x, y, excess, a, b) : Fraction(y, x, -excess, b, a)), lower);
    }

    /// <summary>
    /// The mass over I_x(a, b), for x up to about the mean: A. R. Didonato and A. H. Morris (1992), Algorithm 708: Significant
    /// digit computation of the incomplete beta function ratios, ACM Transactions on Mathematical Software 18, 360-373,
    /// doi:10.1145/131766.131776, equation 9.
    /// </summary>
    private static double Fraction(double x, double y, double excess, double a, double b)
    {
        var lentz = new Lentz(a / (a + 1) * (1 - excess));
        var rising = true;
        for (var m = 1; rising; m++)
        {
            var even = m * ((b - m) * x) / (a + 2 * m - 1);
            rising = lentz.Continue(
                (a + m - 1) * ((a + b + m - 1) / (a + 2 * m - 1) * x) * even,
                m + even + (a + m) / (a + 2 * m + 1) * (1 - excess + m * (1 + y)));
        }

        return lentz.Value;
    }
}
