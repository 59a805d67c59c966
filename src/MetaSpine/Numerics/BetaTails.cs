namespace MetaSpine;

/// <summary>
/// The tails of a beta variable x with shapes a and b above 0, or of the F variable f = (x / a) / ((1 - x) / b), the ratio of two
/// mean squares with 2a and 2b degrees of freedom: the incomplete beta function I_x(a, b).
/// </summary>
internal readonly struct BetaTails(double a, double b) : ITailFunction
{
    /// <summary>The logarithm of the mass, with respect to the logarithm of the odds, at the mean.</summary>
    private readonly double _logPeak = .5 * Math.Log(a * (b / (a + b)) / (2 * Math.PI))
        + SaddlePoint.StirlingError(a + b) - SaddlePoint.StirlingError(a) - SaddlePoint.StirlingError(b);

    /// <summary>The tails at a ratio f &gt;= 0.</summary>
    public Tails At(double f)
    {
        double odds = a / b * f, inverse = b / a / f;
        return f <= 1
            ? At(odds / (1 + odds), 1 / (1 + odds), a * (f - 1) / (1 + odds))
            : At(1 / (1 + inverse), inverse / (1 + inverse), b * ((f - 1) / f) / (1 + inverse));
    }

    /// <summary>The tails at a proportion 0 &lt;= x &lt;= 1.</summary>
    public Tails AtProportion(double x)
    {
        // The excess may be a small difference, in which the rounding of a + b matters.
        var sum = a + b;
        var lost = a > b ? a - sum + b : b - sum + a;
        return At(x, 1 - x, Math.FusedMultiplyAdd(sum, x, -a) + lost * x);
    }

    /// <remarks>
    /// E. Paulson (1942), An approximate normalization of the analysis of variance distribution, Annals of Mathematical Statistics
    /// 13, 233-235, doi:10.1214/aoms/1177731608: the cube roots of both mean squares are nearly normal.
    /// </remarks>
    public double Guess(double z)
    {
        double skewA = 1 / (9 * a), skewB = 1 / (9 * b), meanA = 1 - skewA, meanB = 1 - skewB;
        var spread = z * Math.Sqrt(skewA * meanB * meanB + skewB * meanA * meanA - skewA * skewB * z * z);
        var root = (meanA * meanB + spread) / (meanB * meanB - skewB * z * z);
        return root * root * root;
    }

    /// <param name="x">The proportion.</param>
    /// <param name="y">1 - x, with all its digits.</param>
    /// <param name="excess">(a + b) x - a, likewise.</param>
    private Tails At(double x, double y, double excess)
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
        var logMass = _logPeak
            - a * SaddlePoint.Deviance(excess / a, n * x / a) - b * SaddlePoint.Deviance(-excess / b, n * y / b);
        var lower = x <= (a + 1) / (n + 2);
        return new Tails(logMass, 1 / (lower ? Fraction(x, y, excess, a, b) : Fraction(y, x, -excess, b, a)), lower);
    }

    /// <summary>
    /// The mass over I_x(a, b), for x up to about the mean: A. R. Didonato and A. H. Morris (1992), Algorithm 708: Significant
    /// digit computation of the incomplete beta function ratios, ACM Transactions on Mathematical Software 18, 360-373,
    /// doi:10.1145/131766.131776: the continued fraction of BFRAC.
    /// </summary>
    private static double Fraction(double x, double y, double excess, double a, double b)
    {
        var fraction = new Lentz(a / (a + 1) * (1 - excess));
        var changed = true;
        for (var m = 1; changed; m++)
        {
            var even = m * ((b - m) * x) / (a + 2 * m - 1);
            changed = fraction.Continue(
                (a + m - 1) * ((a + b + m - 1) / (a + 2 * m - 1) * x) * even,
                m + even + (a + m) / (a + 2 * m + 1) * (1 - excess + m * (1 + y)));
        }

        return fraction.Value;
    }
}
