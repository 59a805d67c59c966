namespace MetaSpine;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;
    private const double InverseRootTwoPi = 0.39894228040143267794;

    /// <summary>No double is so small that it would be the tail beyond this point.</summary>
    private const double End = 40;

    /// <summary>
    /// The Chebyshev series of (x + 4) M(x) in (x - 4) / (x + 4), where M is Mills's ratio: the form is that of M. M. Shepherd and
    /// J. G. Laframboise (1981), Chebyshev approximation of (1 + 2x)exp(x²)erfc x in 0 ≤ x &lt; ∞, Mathematics of Computation 36,
    /// 249-253, doi:10.1090/S0025-5718-1981-0595058-X; the numbers are our own, by make-mills.py of the tests.
    /// </summary>
    private static readonly double[] Mills =
    [
        2.4325604285150405662, -1.8842545745794834571, 0.55695664909638164919, -0.121615972144204572,
        0.017360708143727771424, -0.00080362120072996560518, -0.00025203493480543532543, 0.000047383719270581173533,
        2.5325891365988258147e-6, -1.5404069839912999192e-6, -8.4749606300616958916e-9, 5.1853386010946722596e-8,
        -2.8281293276602497733e-10, -1.948656637889107601e-9, -2.4919454968275671215e-11, 7.9572487194488463885e-11,
        4.6184141791552192723e-12, -3.290856124224384926e-12, -4.3653840438097299451e-13, 1.2300711839232774249e-13,
        3.2414173582086781336e-14, -3.0532395587325665275e-15, -2.0183740275707353201e-15, -7.1701955014225876438e-17,
        1.0169552398038542051e-16, 1.7562442280533558988e-17,
    ];

    /// <summary>The density.</summary>
    public static double Density(double x)
    {
        if (Math.Abs(x) > End)
        {
            return 0;
        }

        // The rounding of the square would cost three digits in the far tail.
        var square = x * x;
        return InverseRootTwoPi * Math.Exp(-.5 * square) * (1 - .5 * Math.FusedMultiplyAdd(x, x, -square));
    }

    /// <summary>The logarithm of the density.</summary>
    public static double LogDensity(double x) => -.5 * x * x - LogRootTwoPi;

    /// <summary>The probability of a value up to x.</summary>
    public static double Lower(double x) => Upper(-x);

    /// <summary>The probability of a value beyond x.</summary>
    public static double Upper(double x) =>
        x < 0 ? 1 - Upper(-x)
        : x > End ? 0
        : Density(x) * MillsRatio(x);

    /// <summary>The probability of a value farther from 0 than z, on either side.</summary>
    public static double TwoSided(double z) => 2 * Upper(Math.Abs(z));

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p) => -UpperQuantile(p);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p)
    {
        Require.Probability(p);
        return p switch
        {
            0 => double.PositiveInfinity,
            < .25 => TailQuantile(p),
            <= .75 => CentralQuantile(.5 - p),
            <= 1 => -UpperQuantile(1 - p),
            _ => double.NaN,
        };
    }

    /// <summary>Halley's method on the logarithm of the tail, which is concave, from a bound of the tail.</summary>
    private static double TailQuantile(double p)
    {
        var logP = Math.Log(p);
        var x = Math.Sqrt(-2 * (logP + Math.Log(2)));
        for (var step = 1.0; Math.Abs(step) > 1e-6 * x;)
        {
            var mills = MillsRatio(x);
            var excess = (LogDensity(x) + Math.Log(mills) - logP) * mills;
            step = excess / (1 + .5 * excess * (1 / mills - x));
            x += step;
        }

        return x;
    }

    /// <summary>The point up to which a value from 0 on falls with the given probability, negative for a negative one.</summary>
    private static double CentralQuantile(double probability)
    {
        var x = probability / InverseRootTwoPi;
        for (var step = x; Math.Abs(step) > 1e-9 * Math.Abs(x);)
        {
            var term = x;
            var sum = x;
            for (var odd = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); odd += 2)
            {
                term *= x * x / odd;
                sum += term;
            }

            step = probability / Density(x) - sum;
            x += step;
        }

        return x;
    }

    /// <summary>The tail beyond x &gt;= 0 over the density at x.</summary>
    private static double MillsRatio(double x)
    {
        var s = (x - 4) / (x + 4);
        double next = 0, afterNext = 0;
        for (var i = Mills.Length - 1; i > 0; i--)
        {
            (next, afterNext) = (Math.FusedMultiplyAdd(2 * s, next, Mills[i] - afterNext), next);
        }

        return (Mills[0] + s * next - afterNext) / (x + 4);
    }
}
