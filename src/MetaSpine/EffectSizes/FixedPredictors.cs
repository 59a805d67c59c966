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
        if (!double.IsFinite(centre))
        {
            return double.NaN;
        }

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

        // All terms of the series are positive: from the largest one down and up, until nothing is added any more.
        double difference = b + 1 - x, peak = Math.Max(0, Math.Floor((-difference + Math.Sqrt(difference * difference + 4 * (a * x - b))) / 2));
        peak = double.IsFinite(peak) ? peak : 0;
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

        var largest = peak == 0 ? 0
            : SpecialFunctions.GammaLn(a + peak) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b + peak) + SpecialFunctions.GammaLn(b)
                - SpecialFunctions.GammaLn(peak + 1) + peak * Math.Log(x);
        return largest + Math.Log(sum) - noncentrality / 2;
    }
}
