namespace MetaSpine;

/// <summary>Gauss's hypergeometric function 2F1.</summary>
internal static class Hypergeometric
{
    /// <summary>
    /// 2F1(a, b; c; 1 - w) for c above b above 0 and w from 0 to 1; with w = 0, c must be above a + b. It is the mean of
    /// (1 - (1 - w) t)^-a over a beta distribution (Euler's integral, Abramowitz and Stegun 15.3.1), which is as accurate next
    /// to 1, where the power series is of no use, as anywhere.
    /// </summary>
    public static double BelowOne(double a, double b, double c, double w) => BetaMean((t, rest) => Math.Pow(rest + w * t, -a), b, c);

    /// <summary>The mean of a function of t and 1 - t, t having the beta distribution with b and c - b.</summary>
    public static double BetaMean(Func<double, double, double> function, double b, double c)
    {
        double Weight(double t, double rest) => Math.Exp((b - 1) * Math.Log(t) + (c - b - 1) * Math.Log(rest));
        return DoubleExponential.Integrate((t, rest) => Weight(t, rest) * function(t, rest)) / DoubleExponential.Integrate(Weight);
    }
}
