namespace MetaSpine;

/// <summary>
/// One study's ln w - ln A with its derivatives in m, u and the parameters of the selection function, where z = y / sqrt(v) is normal with mean m
/// and variance u before selection, w is the weight of the study and A the mean weight of all that it could have been.
/// </summary>
internal sealed class SelectionTerm(int parameters)
{
    private readonly double[] _mean = new double[5];
    private readonly double[,] _slopes = new double[parameters, 3];
    private readonly double[,] _curves = new double[parameters, parameters];

    public double Value { get; private set; }

    public double[] Gradient { get; } = new double[parameters + 2];

    public double[,] Hessian { get; } = new double[parameters + 2, parameters + 2];

    /// <summary>Forgets the study before.</summary>
    public void Clear()
    {
        Array.Clear(_mean);
        Array.Clear(_slopes);
        Array.Clear(_curves);
    }

    /// <summary>Adds a part of the line: its weight, and the integrals of the density times Hermite polynomials of order 0 to 4 there.</summary>
    public void Add(in WeightJet weight, ReadOnlySpan<double> moments)
    {
        for (var n = 0; n < 5; n++)
        {
            _mean[n] += weight.Value * moments[n];
        }

        for (var d = 0; d < parameters; d++)
        {
            for (var n = 0; n < 3; n++)
            {
                _slopes[d, n] += weight.Slope(d) * moments[n];
            }

            for (var e = 0; e <= d; e++)
            {
                _curves[d, e] += weight.Curve(d, e) * moments[0];
            }
        }
    }

    /// <summary>Adds part of the line whose weight is one of the parameters (or does not depend on any: -1).</summary>
    public void AddStep(double weight, int parameter, ReadOnlySpan<double> moments)
    {
        for (var n = 0; n < 5; n++)
        {
            _mean[n] += weight * moments[n];
        }

        for (var n = 0; n < 3 && parameter >= 0; n++)
        {
            _slopes[parameter, n] += moments[n];
        }
    }

    /// <summary>
    /// Takes the logarithm. The derivatives of a normal density in its mean and variance are Hermite polynomials times the density, and
    /// each derivative in the variance is half of two in the mean.
    /// </summary>
    /// <param name="u">The variance of z.</param>
    /// <param name="logScale">What all weights were divided by, as a logarithm.</param>
    public void Finish(double u, double logScale)
    {
        var s = Math.Sqrt(u);
        Value = -Math.Log(_mean[0]) - logScale;
        Gradient[0] = _mean[1] / s / _mean[0];
        Gradient[1] = _mean[2] / (2 * u) / _mean[0];
        Hessian[0, 0] = _mean[2] / u;
        Hessian[1, 0] = _mean[3] / (2 * u * s);
        Hessian[1, 1] = _mean[4] / (4 * u * u);
        for (var d = 0; d < parameters; d++)
        {
            Gradient[2 + d] = _slopes[d, 0] / _mean[0];
            Hessian[2 + d, 0] = _slopes[d, 1] / s;
            Hessian[2 + d, 1] = _slopes[d, 2] / (2 * u);
            for (var e = 0; e <= d; e++)
            {
                Hessian[2 + d, 2 + e] = _curves[d, e];
            }
        }

        for (var a = 0; a < parameters + 2; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                Hessian[a, b] = Gradient[a] * Gradient[b] - Hessian[a, b] / _mean[0];
            }
        }

        for (var a = 0; a < parameters + 2; a++)
        {
            Gradient[a] = -Gradient[a];
        }
    }

    /// <summary>Adds the logarithm of the study's own weight.</summary>
    public void AddLog(in WeightJet log)
    {
        Value += log.Value;
        for (var d = 0; d < parameters; d++)
        {
            Gradient[2 + d] += log.Slope(d);
            for (var e = 0; e <= d; e++)
            {
                Hessian[2 + d, 2 + e] += log.Curve(d, e);
            }
        }
    }

    /// <summary>Adds the logarithm of a weight that is one of the parameters, or of a given one (-1).</summary>
    public void AddLogStep(double weight, int parameter)
    {
        Value += Math.Log(weight);
        if (parameter >= 0)
        {
            Gradient[2 + parameter] += 1 / weight;
            Hessian[2 + parameter, 2 + parameter] -= 1 / (weight * weight);
        }
    }
}

/// <summary>A weight, or its logarithm, with its derivatives in up to two parameters.</summary>
internal readonly record struct WeightJet(double Value, double S0, double S1, double C00, double C10, double C11)
{
    public double Slope(int d) => d == 0 ? S0 : S1;

    public double Curve(int d, int e) => (d, e) switch { (0, 0) => C00, (1, 1) => C11, _ => C10 };

    /// <summary>The exponential, divided by that of <paramref name="logScale"/>.</summary>
    public WeightJet Exp(double logScale)
    {
        var w = Math.Exp(Value - logScale);
        return w == 0 ? default : new WeightJet(w, w * S0, w * S1, w * (C00 + S0 * S0), w * (C10 + S0 * S1), w * (C11 + S1 * S1));
    }
}
