namespace MetaSpine;

/// <summary>A family of positive variables, all its parameters but the point being bound.</summary>
internal interface ITailFunction
{
    /// <summary>Both tails at a point.</summary>
    Tails At(double x);

    /// <summary>A rough quantile; any number will do.</summary>
    /// <param name="z">The standard normal quantile of the same probability.</param>
    double Guess(double z);
}

/// <summary>Quantiles of positive variables.</summary>
internal static class TailInversion
{
    private const double Smallest = 1e-307;
    private const double Largest = 1e307;
    private const int Limit = 200;

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile<T>(T tails, double p)
        where T : struct, ITailFunction => Find(tails, p, lower: true);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile<T>(T tails, double p)
        where T : struct, ITailFunction => Find(tails, p, lower: false);

    /// <remarks>
    /// Newton's method on the logarithm of the smaller tail as a function of ln x. For gamma, beta and F variables that function
    /// is concave, so that the iterates approach the root from one side after the first step, wherever they start.
    /// </remarks>
    private static double Find<T>(T tails, double p, bool lower)
        where T : struct, ITailFunction
    {
        Require.Probability(p);
        if (p > .5)
        {
            (p, lower) = (1 - p, !lower);
        }

        if (p == 0)
        {
            return lower ? 0 : double.PositiveInfinity;
        }

        var logP = Math.Log(p);
        var z = NormalDistribution.Quantile(p);
        var x = tails.Guess(lower ? z : -z);
        x = x is > Smallest and < Largest ? x : 1;
        for (var i = 0; i < Limit; i++)
        {
            var (value, slope) = tails.At(x).Log(lower);
            var step = (logP - value) / slope;
            if (!(Math.Abs(step) > 1e-9))
            {
                return x + x * step;
            }

            if (double.IsInfinity(value) || (step < 0 ? x == Smallest : x == Largest))
            {
                return x < 1 ? 0 : double.PositiveInfinity;
            }

            x = Math.Clamp(x * Math.Exp(step), Smallest, Largest);
        }

        return x;
    }
}
