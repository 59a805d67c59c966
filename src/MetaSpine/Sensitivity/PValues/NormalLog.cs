namespace MetaSpine;

/// <summary>Logarithms of normal tails, far beyond where the tails themselves vanish.</summary>
internal static class NormalLog
{
    /// <summary>Beyond this the asymptotic series has all digits.</summary>
    private const double Far = 35;

    /// <summary>ln P(Z > x).</summary>
    public static double Upper(double x)
    {
        if (x < 0)
        {
            var lower = NormalDistribution.Upper(-x);
            return lower > .1 ? Math.Log(1 - lower) : -lower * Series(lower);
        }

        var square = 1 / (x * x);
        return x < Far
            ? Math.Log(NormalDistribution.Upper(x))
            : NormalDistribution.LogDensity(x) - Math.Log(x) + Math.Log(1 - square * (1 - square * (3 - 15 * square)));
    }

    /// <summary>The density over the tail beyond x.</summary>
    public static double Hazard(double x) => Math.Exp(NormalDistribution.LogDensity(x) - Upper(x));

    /// <summary>-ln(1 - p)/p.</summary>
    private static double Series(double p)
    {
        double sum = 0, power = 1;
        for (var n = 1; n <= 20; n++, power *= p)
        {
            sum += power / n;
        }

        return sum;
    }
}
