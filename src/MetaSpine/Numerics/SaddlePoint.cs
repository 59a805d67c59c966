namespace MetaSpine;

/// <summary>
/// The two pieces from which the gamma and the beta density are made without cancellation: the error of Stirling's formula and
/// the deviance.
/// </summary>
/// <remarks>
/// After C. Loader (2000), Fast and Accurate Computation of Binomial Probabilities. Where a power times an exponential over a
/// gamma function would lose as many digits as its logarithm is long, the deviance is a sum of positive terms.
/// </remarks>
internal static class SaddlePoint
{
    /// <summary>From here on the asymptotic series below is exact to the last bit.</summary>
    private const double Large = 9;

    /// <summary>ln Γ(a + 1) - (a + ½) ln a + a - ½ ln 2π, for a above 0.</summary>
    public static double StirlingError(double a)
    {
        // The error falls by (a + ½) ln(1 + 1/a) - 1 from a to a + 1; with r = 1 / (2a + 1) that is artanh(r) / r - 1.
        var shift = 0.0;
        for (; a < Large; a++)
        {
            var r = 1 / (2 * a + 1);
            shift += a < 1 ? (a + .5) * Math.Log((a + 1) / a) - 1 : ArtanhExcess(r * r);
        }

        var square = 1 / (a * a);
        return shift + (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188
            - square * (691.0 / 360360 - square * (1.0 / 156 - square * (3617.0 / 122400 - square * (43867.0 / 244188))))))))) / a;
    }

    /// <summary>u - ln(1 + u), which is never negative.</summary>
    /// <param name="u">Above -1.</param>
    /// <param name="ratio">1 + u, for which the caller knows more digits than u has where u is near -1.</param>
    public static double Deviance(double u, double ratio)
    {
        if (u is < -.5 or > 1)
        {
            return u - Math.Log(ratio);
        }

        var r = u / (2 + u);
        return r * (u - 2 * ArtanhExcess(r * r));
    }

    /// <summary>artanh(r) / r - 1 = r²/3 + r⁴/5 + ..., for r² up to 1/9.</summary>
    private static double ArtanhExcess(double square)
    {
        var sum = 0.0;
        for (var odd = square < .01 ? 17 : 33; odd > 1; odd -= 2)
        {
            sum = (sum + 1.0 / odd) * square;
        }

        return sum;
    }
}
