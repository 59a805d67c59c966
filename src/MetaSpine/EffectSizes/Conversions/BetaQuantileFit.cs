using MathNet.Numerics;

namespace MetaSpine;

/// <summary>The beta distribution whose quantiles come closest, by damped least squares on the logarithms of its shapes.</summary>
/// <remarks>
/// D. W. Marquardt (1963), Journal of the Society for Industrial and Applied Mathematics 11, 431-441, doi:10.1137/0111030. The objective
/// never rises.
/// </remarks>
internal static class BetaQuantileFit
{
    public static QuantileFit Of(FiveNumbers numbers, double[] p)
    {
        // From the shapes that have the usual mean and SD; a mean or SD that no beta distribution has is brought inside.
        var mean = Math.Clamp(QuantileFormulas.LuoMean(numbers), .001, .999);
        var sum = Math.Max(mean * (1 - mean) / QuantileEstimation.Square(QuantileFormulas.WanSd(numbers)) - 1, .1);
        double u = Math.Log(mean * sum), w = Math.Log((1 - mean) * sum), damping = 1e-3;
        var values = numbers.Values;
        var residuals = Residuals(u, w);
        var objective = SumOfSquares(residuals);
        for (var i = 0; i < 200 && damping < 1e12; i++)
        {
            const double h = 1e-5;
            double[] up = Residuals(u + h, w), down = Residuals(u - h, w), right = Residuals(u, w + h), left = Residuals(u, w - h);
            double uu = 0, uw = 0, ww = 0, gu = 0, gw = 0;
            for (var j = 0; j < residuals.Length; j++)
            {
                double du = (up[j] - down[j]) / (2 * h), dw = (right[j] - left[j]) / (2 * h);
                (uu, uw, ww) = (uu + du * du, uw + du * dw, ww + dw * dw);
                (gu, gw) = (gu + du * residuals[j], gw + dw * residuals[j]);
            }

            (uu, ww) = (uu * (1 + damping), ww * (1 + damping));
            var determinant = uu * ww - uw * uw;
            double stepU = -(ww * gu - uw * gw) / determinant, stepW = -(uu * gw - uw * gu) / determinant;
            double nextU = Math.Clamp(u + stepU, -7, 14), nextW = Math.Clamp(w + stepW, -7, 14);
            var next = double.IsFinite(nextU) && double.IsFinite(nextW) ? Residuals(nextU, nextW) : residuals;
            var nextObjective = SumOfSquares(next);
            if (nextObjective < objective)
            {
                (u, w, residuals, objective, damping) = (nextU, nextW, next, nextObjective, damping / 10);
            }
            else
            {
                damping *= 10;
            }
        }

        double a = Math.Exp(u), b = Math.Exp(w), total = a + b, median = BetaDistribution.Quantile(.5, a, b);
        var logDensity = (a - 1) * Math.Log(median) + (b - 1) * Math.Log(1 - median)
            + SpecialFunctions.GammaLn(total) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b);
        return new(QuantileFamily.Beta, a, b, objective, a / total, Math.Sqrt(a * b / (total + 1)) / total, median, Math.Exp(logDensity));

        double[] Residuals(double logA, double logB)
        {
            var result = new double[values.Length];
            for (var j = 0; j < result.Length; j++)
            {
                result[j] = BetaDistribution.Quantile(p[j], Math.Exp(logA), Math.Exp(logB)) - values[j];
            }

            return result;
        }
    }

    private static double SumOfSquares(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }
}
