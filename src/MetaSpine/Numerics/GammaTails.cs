namespace MetaSpine;

/// <summary>The tails of the gamma distribution with a shape a above 0 and scale 1: the incomplete gamma functions P and Q.</summary>
internal readonly struct GammaTails(double a) : ITailFunction
{
    /// <summary>ln(a^a e^-a / Γ(a)): the logarithm of the mass at the mean.</summary>
    private readonly double _logPeak = .5 * Math.Log(a / (2 * Math.PI)) - SaddlePoint.StirlingError(a);

    public Tails At(double x)
    {
        if (x == 0)
        {
            return Tails.AtZero;
        }

        if (double.IsPositiveInfinity(x))
        {
            return Tails.AtInfinity;
        }

        var logMass = _logPeak - a * SaddlePoint.Deviance((x - a) / a, x / a);
        var lower = x < (a < .5 ? .5 : a + 1);
        return new Tails(logMass, lower ? Series(x) : 1 / Fraction(x), lower);
    }

    /// <remarks>
    /// E. B. Wilson and M. M. Hilferty (1931), The distribution of chi-square, Proceedings of the National Academy of Sciences 17,
    /// 684-688, doi:10.1073/pnas.17.12.684: the cube root is nearly normal. Where that fails, the point is near 0, and the first
    /// term of the series is nearly all of the tail.
    /// </remarks>
    public double Guess(double z)
    {
        var root = 1 - 1 / (9 * a) + z / (3 * Math.Sqrt(a));
        return root > .1
            ? a * root * root * root
            : a * Math.Exp((Math.Log(a * NormalDistribution.Lower(z)) - _logPeak) / a - 1);
    }

    /// <summary>P over the mass: NIST Digital Library of Mathematical Functions, 8.11.4.</summary>
    private double Series(double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>The mass over Q: NIST Digital Library of Mathematical Functions, 8.9.2, contracted to its even part.</summary>
    private double Fraction(double x)
    {
        var excess = x - a;
        var fraction = new Lentz(excess + 1);
        for (var m = 1; fraction.Continue(m * (a - m), excess + (2 * m + 1)); m++)
        {
        }

        return fraction.Value;
    }
}
