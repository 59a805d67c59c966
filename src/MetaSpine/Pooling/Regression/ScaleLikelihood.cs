namespace MetaSpine;

/// <summary>
/// The log-likelihood of a location-scale model as a function of the scale coefficients alone, the location coefficients at their best, with its gradient
/// and Hessian. With t_i = tau^2_i, P = W - WX(X'WX)^-1X'W and u = Py: dl/dt_i = -(P_ii - u_i^2)/2 and d2l/dt_i dt_j = P_ij^2/2 - u_i P_ij u_j (restricted);
/// without restriction w_i takes the place of P_ii, and w_i^2 on the diagonal that of P_ij^2. No k x k matrix is made.
/// </summary>
internal sealed class ScaleLikelihood
{
    private const double LogTwoPi = 1.8378770664093454836;
    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double[] _x;
    private readonly double[] _z;
    private readonly bool _restricted;
    private readonly double _logDetXX;

    /// <param name="y">Estimates.</param>
    /// <param name="v">Sampling variances.</param>
    /// <param name="x">The design of the location, row by row.</param>
    /// <param name="p">Its number of columns.</param>
    /// <param name="z">The design of the scale, row by row.</param>
    /// <param name="q">Its number of columns.</param>
    /// <param name="restricted">Whether the likelihood is the restricted one.</param>
    /// <param name="link">How tau^2 follows from the scale's predictor.</param>
    public ScaleLikelihood(double[] y, double[] v, double[] x, int p, double[] z, int q, bool restricted, ScaleLink link)
    {
        (_y, _v, _x, P, _z, Q, _restricted, Link) = (y, v, x, p, z, q, restricted, link);
        _logDetXX = new WeightedFit(y, [.. v.Select(_ => 1.0)], x, p).LogDeterminant;
    }

    public int K => _y.Length;

    public int P { get; }

    public int Q { get; }

    public ScaleLink Link { get; }

    /// <summary>tau^2 of each study.</summary>
    public double[] Tau2(ReadOnlySpan<double> alpha)
    {
        var tau2 = new double[K];
        for (var i = 0; i < K; i++)
        {
            for (var j = 0; j < Q; j++)
            {
                tau2[i] += alpha[j] * _z[i * Q + j];
            }

            tau2[i] = Link == ScaleLink.Log ? Math.Exp(tau2[i]) : tau2[i];
        }

        return tau2;
    }

    public WeightedFit FitAt(ReadOnlySpan<double> alpha)
    {
        var tau2 = Tau2(alpha);
        return new WeightedFit(_y, [.. tau2.Zip(_v, (t, v) => 1 / (v + t))], _x, P);
    }

    /// <summary>The log-likelihood with all constants; -infinity where a total variance is not positive.</summary>
    public double Value(ReadOnlySpan<double> alpha)
    {
        var tau2 = Tau2(alpha);
        for (var i = 0; i < K; i++)
        {
            if (!(_v[i] + tau2[i] > 0) || double.IsInfinity(tau2[i]))
            {
                return double.NegativeInfinity;
            }
        }

        return Value(new WeightedFit(_y, [.. tau2.Zip(_v, (t, v) => 1 / (v + t))], _x, P), _restricted);
    }

    /// <summary>The full or the restricted log-likelihood of a fit.</summary>
    public double Value(WeightedFit fit, bool restricted)
    {
        double logs = 0, rss = 0;
        for (var i = 0; i < K; i++)
        {
            logs -= Math.Log(fit.Weights[i]);
            rss += fit.Weights[i] * fit.Residuals[i] * fit.Residuals[i];
        }

        return restricted
            ? -.5 * ((K - P) * LogTwoPi - _logDetXX + logs + fit.LogDeterminant + rss)
            : -.5 * (K * LogTwoPi + logs + rss);
    }

    /// <summary>The gradient and the Hessian, row by row.</summary>
    public (double[] Gradient, double[] Hessian) Derivatives(ReadOnlySpan<double> alpha)
    {
        var tau2 = Tau2(alpha);
        var fit = FitAt(alpha);
        var (gradient, hessian) = (new double[Q], new double[Q * Q]);

        // For each pair of columns c, d of the orthonormal design: sums over studies, for each scale column m.
        var squares = new double[Q * P * P];
        var products = new double[Q * P];
        for (var i = 0; i < K; i++)
        {
            var w = fit.Weights[i];
            var u = w * fit.Residuals[i];
            var (first, second) = Link == ScaleLink.Log ? (tau2[i], tau2[i]) : (1, 0);
            var slope = -.5 * ((_restricted ? w * (1 - fit.Leverages[i]) : w) - u * u);
            var diagonal = w * w * (_restricted ? .5 * (1 - 2 * fit.Leverages[i]) : .5) - w * u * u;
            for (var m = 0; m < Q; m++)
            {
                var zm = _z[i * Q + m];
                gradient[m] += slope * first * zm;
                for (var n = 0; n < Q; n++)
                {
                    hessian[m * Q + n] += (diagonal * first * first + slope * second) * zm * _z[i * Q + n];
                }

                for (var c = 0; c < P; c++)
                {
                    products[m * P + c] += first * zm * u * Math.Sqrt(w) * fit.Orthonormal[c * K + i];
                    for (var d = 0; _restricted && d < P; d++)
                    {
                        squares[(m * P + c) * P + d] += first * zm * w * fit.Orthonormal[c * K + i] * fit.Orthonormal[d * K + i];
                    }
                }
            }
        }

        for (var m = 0; m < Q; m++)
        {
            for (var n = 0; n < Q; n++)
            {
                double sum = 0;
                for (var c = 0; c < P; c++)
                {
                    sum += products[m * P + c] * products[n * P + c];
                    for (var d = 0; d < P; d++)
                    {
                        sum += .5 * squares[(m * P + c) * P + d] * squares[(n * P + c) * P + d];
                    }
                }

                hessian[m * Q + n] += sum;
            }
        }

        return (gradient, hessian);
    }
}
