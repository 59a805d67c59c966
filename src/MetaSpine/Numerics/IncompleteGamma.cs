namespace MetaSpine;

/// <summary>The regularised incomplete gamma functions P(a, x) and Q(a, x): the tails of a gamma variable.</summary>
internal static class IncompleteGamma
{
    /// <summary>The tails at x &gt;= 0 of the gamma distribution with shape a &gt; 0 and scale 1.</summary>
    public static Tails At(double x, double a)
    {
        if (x == 0)
        {
            return Tails.AtZero;
        }

        if (double.IsPositiveInfinity(x))
        {
            return Tails.AtInfinity;
        }

        // Γ(a + 1) = sqrt(2πa) (a/e)^a e^error, hence x^a e^-x / Γ(a).
        var logMass = .5 * Math.Log(a / (2 * Math.PI)) - SaddlePoint.StirlingError(a) - a * SaddlePoint.Deviance((x - a) / a, x / a);
        var lower = x < Math.Max(a, .5);
        return new Tails(logMass, lower ? Series(x, a) : 1 / Fraction(x, a), lower);
    }

    /// <summary>P(a, x) over the mass (NIST Digital Library of Mathematical Functions, 8.11.4).</summary>
    private static double Series(double x, double a)
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

    /// <summary>The mass over Q(a, x) (NIST Digital Library of Mathematical Functions, 8.9.2, contracted to its even part).</summary>
    private static double Fraction(double x, double a)
    {
        var lentz = new Lentz(x - a + 1);
        for (var m = 1; lentz.Continue(m * (a - m), x - a + (2 * m + 1)); m++)
        {
        }

        return lentz.Value;
    }
}
