using MathNet.Numerics;
using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>
/// The variance of R^2 where the predictors were fixed by design: then F has a noncentral F distribution whose noncentrality is
/// n rho^2 / (1 - rho^2), and the variance is that of the likelihood, normalised over the scale of the measure.
/// </summary>
internal static class FixedPredictors
{
    /// <summary>The likelihood is followed for so many standard errors of z.</summary>
    private const double Reach = 14;

    /// <summary>The variance of rho^2.</summary>
    public static double Variance(ExplainedVariance s) => Variance(s, z => Square(Math.Tanh(z)), z => Math.Tanh(z) / Square(Math.Cosh(z)));

    /// <summary>The variance of z, the inverse hyperbolic tangent of rho.</summary>
    public static double VarianceOfZ(ExplainedVariance s) => Variance(s, z => z, _ => 1);

    private static double Variance(ExplainedVariance s, Func<double, double> value, Func<double, double> weight)
    {
        var centre = Math.Atanh(Math.Sqrt(s.R2));
        return !double.IsFinite(centre) ? double.NaN
            : centre > Reach / Math.Sqrt(s.Rest) ? Summed(s, value, weight)
            : Integrated(s, value, weight);
    }

    /// <summary>
    /// By equal steps, where the likelihood vanishes well above z = 0: of a function that falls as a normal density does they integrate to rounding (Trefethen and Weideman
    /// 2014, SIAM Review 56:385, doi:10.1137/130932132). The likelihood walks from step to step, so that no logarithm of a large gamma function is taken and
    /// its terms are as few as its width asks for.
    /// </summary>
    internal static double Summed(ExplainedVariance s, Func<double, double> value, Func<double, double> weight)
    {
        const int Steps = 56;
        var (centre, step) = (Math.Atanh(Math.Sqrt(s.R2)), Reach / Steps / Math.Sqrt(s.Rest));
        double total = 0, mean = 0, squares = 0;
        foreach (var side in new[] { 1, -1 })
        {
            var walk = new LikelihoodWalk(s, centre);
            for (var i = side > 0 ? 0 : 1; i <= Steps; i++)
            {
                var z = centre + side * i * step;
                var share = weight(z) * Math.Exp(walk.To(z));
                var difference = value(z) - mean;
                total += share;
                mean += share / total * difference;
                squares += share * difference * (value(z) - mean);
            }
        }

        return squares / total;
    }

    /// <summary>By double-exponential quadrature between the ends of the likelihood.</summary>
    internal static double Integrated(ExplainedVariance s, Func<double, double> value, Func<double, double> weight)
    {
        var centre = Math.Atanh(Math.Sqrt(s.R2));
        double lower = Math.Max(0, centre - Reach / Math.Sqrt(s.Rest)), width = centre + Reach / Math.Sqrt(s.Rest) - lower;
        var reference = LogLikelihood(s, s.N * Square(Math.Sinh(centre)), double.NegativeInfinity);
        double Likelihood(double z) => weight(z) * Math.Exp(LogLikelihood(s, s.N * Square(Math.Sinh(z)), reference - 700) - reference);
        double Integrate(Func<double, double> function) => DoubleExponential.Integrate(x => function(lower + width * x) * Likelihood(lower + width * x));

        var total = Integrate(_ => 1);
        var mean = Integrate(value) / total;
        return Integrate(z => Square(value(z) - mean)) / total;
    }

    /// <summary>
    /// The logarithm of exp(-lambda / 2) 1F1((n - 1) / 2; m / 2; lambda R^2 / 2), all of the density of F that the noncentrality
    /// moves; minus infinity where it is sure to be below <paramref name="floor"/>.
    /// </summary>
    private static double LogLikelihood(ExplainedVariance s, double noncentrality, double floor)
    {
        double a = (s.N - 1) / 2, b = s.Predictors / 2, x = noncentrality * s.R2 / 2;
        if (noncentrality * (s.R2 - 1) / 2 + (a - b) * Math.Log(1 + x / b) < floor)
        {
            return double.NegativeInfinity;
        }

        var peak = Peak(a, b, x);
        var largest = peak == 0 ? 0
            : SpecialFunctions.GammaLn(a + peak) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b + peak) + SpecialFunctions.GammaLn(b)
                - SpecialFunctions.GammaLn(peak + 1) + peak * Math.Log(x);
        return largest + Math.Log(Sum(a, b, x, peak)) - noncentrality / 2;
    }

    /// <summary>The place of the largest term of the series of 1F1(a; b; x).</summary>
    private static double Peak(double a, double b, double x)
    {
        double difference = b + 1 - x, peak = Math.Max(0, Math.Floor((-difference + Math.Sqrt(difference * difference + 4 * (a * x - b))) / 2));
        return double.IsFinite(peak) ? peak : 0;
    }

    /// <summary>The series in units of its largest term. All terms are positive: from that one down and up, until nothing is added any more.</summary>
    private static double Sum(double a, double b, double x, double peak)
    {
        double sum = 1, term = 1;
        for (var j = peak; term > 1e-17 * sum; j++)
        {
            term *= (a + j) * x / ((b + j) * (j + 1));
            sum += term;
        }

        term = 1;
        for (var j = peak - 1; j >= 0 && term > 1e-17 * sum; j--)
        {
            term *= (b + j) * (j + 1) / ((a + j) * x);
            sum += term;
        }

        return sum;
    }

    /// <summary>The log-likelihood at one z after the other, up to a constant.</summary>
    private sealed class LikelihoodWalk
    {
        private readonly double _a, _b, _n, _r2;
        private readonly double _start;
        private double _z, _peak, _term;

        public LikelihoodWalk(ExplainedVariance s, double start)
        {
            (_a, _b, _n, _r2, _start, _z) = ((s.N - 1) / 2, s.Predictors / 2, s.N, s.R2, start, start);
            _peak = Peak(_a, _b, At(start));
        }

        public double To(double z)
        {
            // The term at the old peak for the new x, and from there the term at the new peak.
            _term += 2 * _peak * Math.Log(Math.Sinh(z) / Math.Sinh(_z));
            var (x, peak, ratio) = (At(z), Peak(_a, _b, At(z)), 1.0);
            for (; _peak < peak; _peak++)
            {
                ratio *= (_a + _peak) * x / ((_b + _peak) * (_peak + 1));
            }

            for (; _peak > peak; _peak--)
            {
                ratio *= (_b + _peak - 1) * _peak / ((_a + _peak - 1) * x);
            }

            _term += Math.Log(ratio);
            _z = z;

            // The difference of two noncentralities, without cancellation.
            return _term + Math.Log(Sum(_a, _b, x, peak)) - _n * Math.Sinh(z - _start) * Math.Sinh(z + _start) / 2;
        }

        private double At(double z) => _n * Square(Math.Sinh(z)) * _r2 / 2;
    }
}
