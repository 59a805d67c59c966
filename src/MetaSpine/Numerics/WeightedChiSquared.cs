namespace MetaSpine;

/// <summary>
/// The distribution of a weighted sum of independent chi-squared variables with one degree of freedom each: the sum of lambda_j z_j^2
/// with positive weights.
/// </summary>
/// <remarks>
/// The inversion of the cumulant generating function K(s) = -1/2 sum ln(1 - 2 lambda_j s) through the saddle point (S. O. Rice 1980,
/// Distribution of quadratic forms in normal random variables, SIAM Journal on Scientific and Statistical Computing 1, 438-448,
/// doi:10.1137/0901032). The integrand exp(K(s) - sx)/s is followed along the parabola that touches the path of steepest descent
/// where the integrand is least on the real axis. There it falls like a Gaussian function without oscillating, so that the trapezoidal rule
/// converges exponentially; and no term is larger than the result by more than a small factor, so that a tail keeps its relative
/// accuracy however small it is, for weights of any spread.
/// </remarks>
internal sealed class WeightedChiSquared
{
    /// <summary>The trapezoidal rule doubles its digits with each halving of the step: this change promises twice as many.</summary>
    private const double Settled = 1e-9;

    /// <summary>A term smaller than this part of the sum is lost in its rounding.</summary>
    private const double Negligible = 1e-18;

    private const int MaximumHalvings = 12;
    private const int MaximumNodes = 1 << 16;

    /// <summary>The singular points 1/(2 lambda_j) in units in which the first is 1/2.</summary>
    private readonly double[] _singular;
    private readonly double _unit;

    /// <param name="weights">Positive and finite, in any order.</param>
    public WeightedChiSquared(ReadOnlySpan<double> weights)
    {
        _singular = weights.ToArray();
        Array.Sort(_singular, (a, b) => b.CompareTo(a));
        if (_singular.Length == 0)
        {
            throw new ArgumentException("There must be at least one weight.", nameof(weights));
        }

        Require.PositiveFinite(_singular[0], nameof(weights));
        Require.PositiveFinite(_singular[^1], nameof(weights));
        _unit = _singular[0];
        for (var j = 0; j < _singular.Length; j++)
        {
            Mean += _singular[j];
            _singular[j] = .5 * (_unit / _singular[j]);
        }
    }

    /// <summary>The expectation: the sum of the weights.</summary>
    public double Mean { get; }

    /// <summary>The probability of a value up to x.</summary>
    public double Lower(double x) => Tails(x).Lower;

    /// <summary>The probability of a value beyond x.</summary>
    public double Upper(double x) => Tails(x).Upper;

    /// <summary>Both tails: the one that x lies in is integrated, and the other, which is not small, is its complement.</summary>
    public (double Lower, double Upper) Tails(double x)
    {
        if (!(x > 0 && x < double.PositiveInfinity))
        {
            return double.IsNaN(x) ? (x, x) : x > 0 ? (1, 0) : (0, 1);
        }

        if (x > Mean)
        {
            var upper = Integrate(x / _unit, UpperSaddle(x / _unit), true);
            return (1 - upper, upper);
        }

        var lower = Integrate(x / _unit, LowerSaddle(x / _unit), false);
        return (lower, 1 - lower);
    }

    /// <summary>The least point of exp(K(s) - sx)/s between its pole at 0 and the first singular point.</summary>
    private double UpperSaddle(double x)
    {
        var first = _singular[0];
        var highest = first - Math.Min(first / 2, .5 / (x + 2 / first));
        return Saddle(s => Slope(s) - x - 1 / s, first / (_singular.Length + 2), highest);
    }

    /// <summary>The least point of exp(K(s) - sx)/(-s) left of 0.</summary>
    private double LowerSaddle(double x) => Saddle(s => Slope(s) - x - 1 / s, -(.5 * _singular.Length + 1) / x * (1 + 1e-12), -1 / x);

    private static double Saddle(Func<double, double> slope, double lower, double upper) =>
        RootFinding.TryFind(slope, lower, upper, out var saddle) ? saddle : .5 * (lower + upper);

    /// <summary>K'(s).</summary>
    private double Slope(double s)
    {
        double sum = 0;
        foreach (var singular in _singular)
        {
            sum += .5 / (singular - s);
        }

        return sum;
    }

    private double Integrate(double x, double saddle, bool upper)
    {
        // In units of the saddle point's distance from the pole no power of it overflows.
        var unit = Math.Abs(saddle);
        var distances = new double[_singular.Length];
        double second = 0, third = 0, height = -saddle * x;
        for (var j = 0; j < distances.Length; j++)
        {
            distances[j] = (_singular[j] - saddle) / unit;
            var inverse = 1 / distances[j];
            second += .5 * inverse * inverse;
            third += .5 * inverse * inverse * inverse;
            height -= .5 * Math.Log(1 - saddle / _singular[j]);
        }

        // The path of steepest descent bends by K'''/(6 K''), the pole included. Above the mean the pole would straighten the path,
        // and the integrand would fall more slowly: there it is left out.
        var curvature = upper ? third / (3 * second) : (third + 1) / (3 * (second + 1));
        var path = new Path(distances, Math.Sign(saddle), curvature, x * unit);
        var step = .5 / Math.Sqrt(second + 1);
        var sum = step * (.5 + path.Sum(step, step));
        for (var halving = 0; halving < MaximumHalvings; halving++)
        {
            var finer = .5 * (sum + step * path.Sum(.5 * step, step));
            var change = Math.Abs(finer - sum);
            (sum, step) = (finer, .5 * step);
            if (change <= Settled * Math.Abs(sum))
            {
                break;
            }
        }

        return Math.Exp(height) * sum / Math.PI;
    }

    /// <summary>The path s = saddle + iy + curvature y^2, where the saddle point is 1 or -1, and the integrand on it relative to that point.</summary>
    private readonly struct Path(double[] distances, int saddle, double curvature, double x)
    {
        /// <summary>The sum of the integrand over nodes a step apart, until the terms vanish.</summary>
        public double Sum(double start, double step)
        {
            double sum = 0, largest = 1;
            for (var node = 0; node < MaximumNodes; node++)
            {
                var (term, size) = At(start + node * step);
                sum += term;
                largest = Math.Max(largest, size);
                if (size < Negligible * largest)
                {
                    break;
                }
            }

            return sum;
        }

        private (double Term, double Size) At(double y)
        {
            var along = curvature * y * y;
            double logSize = -along * x, phase = -y * x;
            foreach (var distance in distances)
            {
                double real = 1 - along / distance, imaginary = -y / distance;
                logSize -= .25 * Math.Log(real * real + imaginary * imaginary);
                phase -= .5 * Math.Atan2(imaginary, real);
            }

            // The pole, 1/s relative to the saddle point, and the path's direction ds/dy over i.
            double poleReal = 1 + along * saddle, poleImaginary = y * saddle;
            logSize -= .5 * Math.Log(poleReal * poleReal + poleImaginary * poleImaginary);
            phase -= Math.Atan2(poleImaginary, poleReal);
            var size = Math.Exp(logSize);
            return (size * (Math.Cos(phase) + 2 * curvature * y * Math.Sin(phase)), size * (1 + 2 * curvature * y));
        }
    }
}
