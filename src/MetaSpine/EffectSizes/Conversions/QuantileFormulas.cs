namespace MetaSpine;

/// <summary>The closed formulas for a mean and a standard deviation from a median with quartiles or range.</summary>
internal static class QuantileFormulas
{
    /// <summary>Luo, Wan, Liu and Tong (2018), doi:10.1177/0962280216669183, equations 7, 11 and 15.</summary>
    public static double LuoMean(FiveNumbers x)
    {
        double n = x.N;
        if (!x.HasRange)
        {
            var weight = .7 + .39 / n;
            return weight * MidQuartiles(x) + (1 - weight) * x.Median;
        }

        if (!x.HasQuartiles)
        {
            var weight = 4 / (4 + Math.Pow(n, .75));
            return weight * MidRange(x) + (1 - weight) * x.Median;
        }

        double byRange = 2.2 / (2.2 + Math.Pow(n, .75)), byQuartiles = .7 - .72 / Math.Pow(n, .55);
        return byRange * MidRange(x) + byQuartiles * MidQuartiles(x) + (1 - byRange - byQuartiles) * x.Median;
    }

    /// <summary>Wan, Wang, Liu and Tong (2014), doi:10.1186/1471-2288-14-135; from five numbers also Bland (2015).</summary>
    public static double WanMean(FiveNumbers x) =>
        !x.HasRange ? (2 * MidQuartiles(x) + x.Median) / 3
        : !x.HasQuartiles ? (MidRange(x) + x.Median) / 2
        : (2 * MidRange(x) + 4 * MidQuartiles(x) + 2 * x.Median) / 8;

    /// <summary>Wan et al. (2014), equations 9, 13 and 16.</summary>
    public static double WanSd(FiveNumbers x) =>
        !x.HasRange ? Quartiles(x) / ExpectedQuartiles(x)
        : !x.HasQuartiles ? Range(x) / ExpectedRange(x)
        : .5 * (Range(x) / ExpectedRange(x) + Quartiles(x) / ExpectedQuartiles(x));

    /// <summary>Shi, Luo, Weng et al. (2020), doi:10.1002/jrsm.1429, equation 10; from three numbers as Wan et al.</summary>
    public static double ShiSd(FiveNumbers x)
    {
        if (!x.HasRange || !x.HasQuartiles)
        {
            return WanSd(x);
        }

        var weight = 1 / (1 + .07 * Math.Pow(x.N, .6));
        return weight * Range(x) / ExpectedRange(x) + (1 - weight) * Quartiles(x) / ExpectedQuartiles(x);
    }

    /// <summary>Hozo, Djulbegovic and Hozo (2005), doi:10.1186/1471-2288-5-13.</summary>
    public static double HozoMean(FiveNumbers x)
    {
        RequireOnlyRange(x, "Hozo");
        return x.N <= 25 ? (MidRange(x) + x.Median) / 2 : x.Median;
    }

    public static double HozoSd(FiveNumbers x)
    {
        RequireOnlyRange(x, "Hozo");
        var bend = MidRange(x) - x.Median;
        return x.N <= 15 ? Math.Sqrt((bend * bend + Range(x) * Range(x)) / 12) : Range(x) / (x.N <= 70 ? 4 : 6);
    }

    /// <summary>Bland (2015), doi:10.6000/1929-6029.2015.04.01.6.</summary>
    public static double BlandSd(FiveNumbers x)
    {
        if (!x.HasRange || !x.HasQuartiles)
        {
            throw new ArgumentException("The method of Bland needs minimum, first quartile, median, third quartile and maximum.");
        }

        // From the median on, so that numbers far from 0 lose no digits in their squares.
        var v = Array.ConvertAll(x.Values, value => value - x.Median);
        var mean = WanMean(x) - x.Median;
        var squares = v[0] * v[0] + 2 * v[1] * v[1] + 2 * v[3] * v[3] + v[4] * v[4];
        return Math.Sqrt(squares / 16 + (v[0] * v[1] + v[3] * v[4]) / 8 - mean * mean);
    }

    /// <summary>Walter and Yao (2007), doi:10.1016/j.jclinepi.2006.11.003, with the expected range of normal data itself.</summary>
    public static double WalterYaoSd(FiveNumbers x)
    {
        RequireOnlyRange(x, "Walter and Yao");
        return Range(x) / MeanRange(x.N);
    }

    /// <summary>Shi, Tong, Wang and Genton (2020), doi:10.4310/SII.2020.v13.n4.a9: mean and SD from the logarithms.</summary>
    public static (double Mean, double Sd) LogNormal(FiveNumbers logs)
    {
        double n = logs.N, mu = LuoMean(logs), spread = ShiSd(logs), squaredLogN = Math.Log(n) * Math.Log(n);

        // Of each: what makes the square and its square unbiased, and the variances of mu (per variance) and of the square (per its square).
        var (bias2, bias4, ofMean, ofSquare) = (logs.HasRange, logs.HasQuartiles) switch
        {
            (true, false) => (1.01 + .25 / squaredLogN, 1 + 2.23 / squaredLogN, 1.13, 2.96),
            (false, _) => (1 + 1.58 / n, 1 + 19.2 / Math.Pow(n, 1.2), 1.14, 6),
            _ => (1 + .28 / squaredLogN, 1 + 3.93 / n, .81, 2.52),
        };
        double variance = spread * spread / bias2, varianceOfMean = ofMean * variance / n;
        var varianceOfSquare = ofSquare * Math.Pow(spread, 4) / bias4 / n;
        var mean = Math.Exp(mu + variance / 2) / (1 + varianceOfMean / 2 + varianceOfSquare / 8);

        // The mean of the squares less the square of the mean, without the loss of digits where the spread is small.
        double ofSquares = 1 + 2 * varianceOfMean + 2 * varianceOfSquare, squareOfMean = 1 + 2 * varianceOfMean + varianceOfSquare / 2;
        var sd = Math.Exp(mu + variance / 2) * Math.Sqrt(Expm1(variance + Log1p(-1.5 * varianceOfSquare / ofSquares)) / squareOfMean);
        return double.IsFinite(mean) && double.IsFinite(sd) && sd > 0
            ? (mean, sd)
            : throw new ArgumentException($"The formulas for log-normal data give no SD for these numbers; their logarithms are {logs}.");
    }

    /// <summary>The expected range of n standard normal values, by Blom's approximation.</summary>
    private static double ExpectedRange(FiveNumbers x) => 2 * NormalDistribution.UpperQuantile(.625 / (x.N + .25));

    private static double ExpectedQuartiles(FiveNumbers x) => 2 * NormalDistribution.Quantile((.75 * x.N - .125) / (x.N + .25));

    /// <summary>The expected range of n standard normal values: the integral of 1 - F^n - (1 - F)^n.</summary>
    private static double MeanRange(int n)
    {
        // The trapezoid rule has all digits for a function that is as smooth as this and dies out on both sides.
        const double step = 1.0 / 64;
        var sum = 1 - Math.Pow(2, 1 - n);
        for (var x = step; x < 40; x += step)
        {
            var tail = NormalDistribution.Upper(x);
            sum += 2 * (-Expm1(n * Log1p(-tail)) - Math.Pow(tail, n));
        }

        return step * sum;
    }

    /// <summary>exp(x) - 1 without the loss of digits near 0.</summary>
    internal static double Expm1(double x)
    {
        if (Math.Abs(x) > .5)
        {
            return Math.Exp(x) - 1;
        }

        var half = Math.Tanh(.5 * x);
        return 2 * half / (1 - half);
    }

    /// <summary>log(1 + x) without the loss of digits near 0.</summary>
    internal static double Log1p(double x)
    {
        var one = 1 + x;
        return one == 1 ? x : double.IsInfinity(one) || one <= 0 ? Math.Log(one) : Math.Log(one) * x / (one - 1);
    }

    private static double MidRange(FiveNumbers x) => .5 * (x.Minimum!.Value + x.Maximum!.Value);

    private static double MidQuartiles(FiveNumbers x) => .5 * (x.FirstQuartile!.Value + x.ThirdQuartile!.Value);

    private static double Range(FiveNumbers x) => x.Maximum!.Value - x.Minimum!.Value;

    private static double Quartiles(FiveNumbers x) => x.ThirdQuartile!.Value - x.FirstQuartile!.Value;

    private static void RequireOnlyRange(FiveNumbers x, string method)
    {
        if (!x.HasRange || x.HasQuartiles)
        {
            throw new ArgumentException($"The method of {method} is for a median with the range"
                + $"{(x.HasRange ? "; make the numbers without the quartiles to use it" : ", which is not given")}.");
        }
    }
}
