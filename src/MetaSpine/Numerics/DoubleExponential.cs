namespace MetaSpine;

/// <summary>
/// Integrals over (0, 1) by the double exponential rule (Takahasi and Mori 1974, Publications of the Research Institute for
/// Mathematical Sciences 9:721, doi:10.2977/prims/1195192451): full accuracy for functions that are smooth inside, whatever
/// they do at the ends.
/// </summary>
internal static class DoubleExponential
{
    private const int MaximumHalvings = 12;

    /// <summary>The integral of a function of the distance from 0.</summary>
    public static double Integrate(Func<double, double> function) => Integrate((x, _) => function(x));

    /// <summary>
    /// The integral of a function of the distances from 0 and from 1, each exact where it is small. The step is halved until
    /// nothing changes any more; the error that is left is far smaller than the last change.
    /// </summary>
    public static double Integrate(Func<double, double, double> function)
    {
        var sum = function(.5, .5) * Math.PI / 4;
        double step = 1, last = double.NaN;
        for (var halving = 0; halving < MaximumHalvings; halving++)
        {
            // Every point at first, then those between.
            for (var t = step; Add(function, t, ref sum); t += halving == 0 ? step : 2 * step)
            {
            }

            var integral = sum * step;
            if (halving > 2 && Math.Abs(integral - last) <= 1e-13 * Math.Abs(integral))
            {
                return integral;
            }

            last = integral;
            step /= 2;
        }

        return last;
    }

    /// <summary>The integral over any finite range.</summary>
    public static double Integrate(Func<double, double> function, double lower, double upper) =>
        (upper - lower) * Integrate((x, rest) => function(x < rest ? lower + (upper - lower) * x : upper - (upper - lower) * rest));

    /// <summary>Adds the two points at t; false where they are as good as at the ends.</summary>
    private static bool Add(Func<double, double, double> function, double t, ref double sum)
    {
        var exponent = Math.PI * Math.Sinh(t);
        var small = 1 / (1 + Math.Exp(exponent));
        if (small < 1e-290)
        {
            return false;
        }

        var weight = Math.PI * Math.Cosh(t) * small * (1 - small);
        sum += weight * (Finite(function(small, 1 - small)) + Finite(function(1 - small, small)));
        return true;
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    /// <summary>The distance of node t from the nearer end of a range of the given length, and its weight per unit of t.</summary>
    public static (double Distance, double Weight) Node(double t, double length)
    {
        var exponential = Math.Exp(-Math.PI * Math.Sinh(t));
        return (length * exponential / (1 + exponential), length * Math.PI * Math.Cosh(t) * exponential / ((1 + exponential) * (1 + exponential)));
    }
}
