namespace MetaSpine;

/// <summary>Small-sample corrections shared by the standardised measures.</summary>
internal static class SmallSample
{
    /// <summary>
    /// The exact bias correction of Hedges (1981, doi:10.3102/10769986006002107), J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2));
    /// NaN for m of 1 or less, where the expectation does not exist. Not through log-gammas: variances take 1 - J^2, and
    /// their difference would lose the digits that are left.
    /// </summary>
    public static double J(double m) => m <= 1 ? double.NaN : HalfStep((m - 1) / 2) / Math.Sqrt(m / 2);

    /// <summary>Hedges' approximation of <see cref="J"/>, likewise NaN for m of 1 or less.</summary>
    public static double ApproximateJ(double m) => m <= 1 ? double.NaN : 1 - 3 / (4 * m - 1);

    /// <summary>
    /// 1 - (m - 2) / (m J(m)^2), the factor of g^2 in the unbiased variance. With x = (m - 1) / 2 it is the part d of
    /// (Gamma(x + 1/2) / Gamma(x))^2 above x - 1/2. For large x that is a series of its own, and below it is d(x) = d(x + 1) (x / (x + 1/2))^2 + 1 / (4x + 2): no
    /// difference of near numbers anywhere.
    /// </summary>
    public static double UnbiasedShare(double m)
    {
        if (m <= 1)
        {
            return double.NaN;
        }

        double x = (m - 1) / 2, above = 0, product = 1;
        var square = HalfStep(x) * HalfStep(x);
        for (; x < 64; x++)
        {
            above += product / (4 * x + 2);
            product *= x / (x + 0.5) * (x / (x + 0.5));
        }

        var i = 1 / x;
        var series = 1.0 / 4 + i * (1.0 / 32 + i * (1.0 / 128 + i * (-5.0 / 2048 + i * (-23.0 / 8192 + i * (53.0 / 65536 + i * (593.0 / 262144))))));
        return (above + product * series) / square;
    }

    /// <summary>Gamma(x + 1/2) / Gamma(x): the recurrence up to where the asymptotic series has all digits (Tricomi and Erdelyi 1951, doi:10.2140/pjm.1951.1.133).</summary>
    private static double HalfStep(double x)
    {
        double product = 1;
        while (x < 64)
        {
            product *= x / (x + 0.5);
            x++;
        }

        var i = 1 / x;
        return product * Math.Sqrt(x) * (1 + i * (-1.0 / 8 + i * (1.0 / 128 + i * (5.0 / 1024 + i * (-21.0 / 32768 + i * (-399.0 / 262144 + i * (869.0 / 4194304)))))));
    }
}
