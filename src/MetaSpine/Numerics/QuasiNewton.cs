namespace MetaSpine;

/// <summary>A function of several variables and its gradient; NaN or infinity where it is not defined.</summary>
/// <param name="point">Where.</param>
/// <param name="gradient">Takes the gradient.</param>
internal delegate double SlopedFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>A minimum.</summary>
/// <param name="Point">Where.</param>
/// <param name="Value">The function there.</param>
/// <param name="Gradient">Its gradient there.</param>
/// <param name="Evaluations">How often the function was computed.</param>
/// <param name="Converged">Whether the gradient has no size that could still lower the function visibly.</param>
internal sealed record Minimum(double[] Point, double Value, double[] Gradient, int Evaluations, bool Converged);

/// <summary>
/// Minimises a smooth function by the method of Broyden, Fletcher, Goldfarb and Shanno with a line search that keeps to the conditions of Wolfe
/// (Nocedal and Wright 2006, Numerical Optimization, chapters 3 and 6, doi:10.1007/978-0-387-40065-5).
/// </summary>
internal static class QuasiNewton
{
    private const int MostEvaluations = 2000;

    /// <summary>In scaled variables, a longer first step at once is a leap in the dark.</summary>
    private const double LongestStep = 2;

    private const double Decrease = 1e-4, Curvature = .9;

    /// <summary>A relative change this small cannot be told from the rounding of sums of thousands of terms.</summary>
    private const double Rounding = 1e-12;

    public static Minimum Minimise(SlopedFunction function, double[] start)
    {
        var n = start.Length;
        var (x, g) = ((double[])start.Clone(), new double[n]);
        var f = function(x, g);
        var inverse = Identity(n);
        var evaluations = 1;
        var fresh = true;
        while (double.IsFinite(f) && evaluations < MostEvaluations)
        {
            var step = Step(inverse, g);
            var slope = Dot(step, g);
            if (!(slope < 0))
            {
                (inverse, fresh) = (Identity(n), true);
                step = Step(inverse, g);
                slope = Dot(step, g);
            }

            // What the quadratic model still promises: below this, values only compare rounding.
            if (!(-slope > Rounding * (1 + Math.Abs(f))))
            {
                return new(x, f, g, evaluations, true);
            }

            var length = Math.Min(1, LongestStep / step.Max(Math.Abs));
            if (Search(function, x, f, step, slope, length, ref evaluations) is not { } found)
            {
                if (fresh)
                {
                    return new(x, f, g, evaluations, -slope < 1e-8 * (1 + Math.Abs(f)));
                }

                (inverse, fresh) = (Identity(n), true);
                continue;
            }

            Update(inverse, x, g, found.Point, found.Gradient, fresh);
            (x, f, g, fresh) = (found.Point, found.Value, found.Gradient, false);
        }

        return new(x, f, g, evaluations, false);
    }

    /// <summary>A point along a step that lowers the function enough and has left the steep part; null where there is none to be seen.</summary>
    private static (double[] Point, double Value, double[] Gradient)? Search(
        SlopedFunction function, double[] x, double f, double[] step, double slope, double length, ref int evaluations)
    {
        double low = 0, high = double.PositiveInfinity;
        (double[] Point, double Value, double[] Gradient)? best = null;
        for (var trial = 0; trial < 40 && evaluations < MostEvaluations; trial++)
        {
            var (point, gradient) = (new double[x.Length], new double[x.Length]);
            for (var i = 0; i < x.Length; i++)
            {
                point[i] = x[i] + length * step[i];
            }

            var value = function(point, gradient);
            evaluations++;
            if (!(value <= f + Decrease * length * slope))
            {
                high = length;
                length = double.IsFinite(value) && low == 0
                    ? Math.Clamp(-slope * length * length / (2 * (value - f - slope * length)), .1 * length, .5 * length)
                    : (low + high) / 2;
            }
            else
            {
                if (best is null || value < best.Value.Value)
                {
                    best = (point, value, gradient);
                }

                if (Dot(gradient, step) >= Curvature * slope)
                {
                    return (point, value, gradient);
                }

                low = length;
                length = double.IsPositiveInfinity(high) ? 2 * length : (low + high) / 2;
            }

            if (-slope * length < Rounding * (1 + Math.Abs(f)) || high - low < 1e-6 * high || length * step.Max(Math.Abs) > 1e3)
            {
                break;
            }
        }

        return best;
    }

    private static void Update(double[] inverse, double[] x, double[] g, double[] nextX, double[] nextG, bool fresh)
    {
        var n = x.Length;
        var (s, y) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            (s[i], y[i]) = (nextX[i] - x[i], nextG[i] - g[i]);
        }

        var product = Dot(s, y);
        if (!(product > 1e-14 * Math.Sqrt(Dot(s, s) * Dot(y, y))))
        {
            return;
        }

        if (fresh)
        {
            var scale = product / Dot(y, y);
            for (var i = 0; i < n; i++)
            {
                inverse[i * n + i] = scale;
            }
        }

        var hy = new double[n];
        for (var i = 0; i < n; i++)
        {
            hy[i] = Dot(inverse.AsSpan(i * n, n), y);
        }

        var factor = (1 + Dot(y, hy) / product) / product;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                inverse[i * n + j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / product;
            }
        }
    }

    private static double[] Step(double[] inverse, double[] g)
    {
        var n = g.Length;
        var step = new double[n];
        for (var i = 0; i < n; i++)
        {
            step[i] = -Dot(inverse.AsSpan(i * n, n), g);
        }

        return step;
    }

    private static double[] Identity(int n)
    {
        var identity = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            identity[i * n + i] = 1;
        }

        return identity;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
