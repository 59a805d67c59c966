namespace MetaSpine;

/// <summary>The likelihood of a normal distribution, given some of the ordered values of a sample.</summary>
/// <remarks>
/// Cai, Zhou and Pan (2021), doi:10.1177/09622802211047348: which of the n values the quartiles and the median are, and how many lie
/// between.
/// </remarks>
internal static class OrderStatistics
{
    /// <summary>The log-likelihood, up to a constant; minus infinity where a gap that holds values has no probability.</summary>
    public static double LogLikelihood(FiveNumbers x, double mean, double sd)
    {
        var result = Terms(x, 1 / sd, mean / sd).Value;
        return double.IsNaN(result) ? double.NegativeInfinity : result;
    }

    /// <summary>The most likely mean and SD. The likelihood is concave in 1 / SD and mean / SD: Newton's method with halved steps.</summary>
    public static (double Mean, double Sd) MostLikelyNormal(FiveNumbers x, double mean, double sd)
    {
        // In the units of the start, where the solution is near 1 and 0.
        var scaled = x.Select(value => (value - mean) / sd);
        double a = 1, b = 0;
        var at = Terms(scaled, a, b);
        for (var i = 0; i < 100; i++)
        {
            var determinant = at.Aa * at.Bb - at.Ab * at.Ab;
            double stepA = -(at.Bb * at.A - at.Ab * at.B) / determinant, stepB = -(at.Aa * at.B - at.Ab * at.A) / determinant;
            var gain = at.A * stepA + at.B * stepB;
            if (!(gain > 1e-24))
            {
                break;
            }

            // Near the top the gain is lost in the rounding of the likelihood, but the step is still right.
            var length = 1.0;
            var next = At(length);
            while (gain > 1e-9 && !(next.Value > at.Value) && length > 1e-12)
            {
                length /= 2;
                next = At(length);
            }

            (a, b, at) = (a + length * stepA, b + length * stepB, next);

            Derivatives At(double part) => a + part * stepA > 0
                ? Terms(scaled, a + part * stepA, b + part * stepB) : new Derivatives { Value = double.NaN };
        }

        return (mean + sd * b / a, sd / a);
    }

    /// <summary>Value, gradient and Hessian in a = 1 / SD and b = mean / SD, so that a standardised value is z = a x - b.</summary>
    private static Derivatives Terms(FiveNumbers x, double a, double b)
    {
        var values = x.Values;
        var between = Between(x);
        var sum = default(Derivatives);
        for (var i = 0; i < values.Length; i++)
        {
            var z = a * values[i] - b;
            sum.Value += Math.Log(a) - .5 * z * z;
            sum.Add(values[i], -z);
            sum.A += 1 / a;
            sum.Aa -= 1 / (a * a);
            sum.AddSquare(values[i], values[i], -1);
        }

        for (var i = 0; i < between.Length; i++)
        {
            if (between[i] == 0)
            {
                continue;
            }

            double count = between[i];
            var low = i == 0 ? double.NegativeInfinity : a * values[i - 1] - b;
            var high = i == values.Length ? double.PositiveInfinity : a * values[i] - b;
            var probability = low > 0
                ? NormalDistribution.Upper(low) - NormalDistribution.Upper(high)
                : NormalDistribution.Lower(high) - NormalDistribution.Lower(low);
            sum.Value += count * Math.Log(probability);
            double upper = 0, lower = 0;
            if (i < values.Length)
            {
                upper = NormalDistribution.Density(high) / probability;
                sum.Add(values[i], count * upper);
                sum.AddSquare(values[i], values[i], -count * upper * (high + upper));
            }

            if (i > 0)
            {
                lower = NormalDistribution.Density(low) / probability;
                sum.Add(values[i - 1], -count * lower);
                sum.AddSquare(values[i - 1], values[i - 1], count * lower * (low - lower));
            }

            if (upper > 0 && lower > 0)
            {
                sum.AddSquare(values[i - 1], values[i], 2 * count * upper * lower);
            }
        }

        return sum;
    }

    /// <summary>How many of the sample lie below the first known value, between the known ones, and above the last.</summary>
    private static int[] Between(FiveNumbers x)
    {
        int n = x.N, h = n / 4 + 1, j = n / 2 + 1, k = 3 * n / 4 + 1;
        return !x.HasRange ? [h - 1, j - h - 1, k - j - 1, n - k]
            : !x.HasQuartiles ? [0, j - 2, n - j - 1, 0]
            : [0, h - 2, j - h - 1, k - j - 1, n - k - 1, 0];
    }

    private struct Derivatives
    {
        public double Value, A, B, Aa, Ab, Bb;

        /// <summary>A slope in z = a x - b.</summary>
        public void Add(double x, double slope)
        {
            A += slope * x;
            B -= slope;
        }

        /// <summary>A curvature in two such values.</summary>
        public void AddSquare(double x, double y, double curvature)
        {
            Aa += curvature * x * y;
            Ab -= .5 * curvature * (x + y);
            Bb += curvature;
        }
    }
}
