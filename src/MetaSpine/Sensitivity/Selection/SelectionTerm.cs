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

        for (var n = 0; n < 3; n++)
        {
            AddSlopes(n, weight.S0 * moments[n], weight.S1 * moments[n]);
        }

        AddCurves(weight.C00 * moments[0], weight.C10 * moments[0], weight.C11 * moments[0]);
    }

    /// <summary>Adds the sums over a grid: of the weights times the Hermite polynomials, of their slopes, and of their second derivatives.</summary>
    public void Add(in GridSums sums)
    {
        _mean[0] += sums.W0;
        _mean[1] += sums.W1;
        _mean[2] += sums.W2;
        _mean[3] += sums.W3;
        _mean[4] += sums.W4;
        AddSlopes(0, sums.A0, sums.B0);
        AddSlopes(1, sums.A1, sums.B1);
        AddSlopes(2, sums.A2, sums.B2);
        AddCurves(sums.C00, sums.C10, sums.C11);
    }

    private void AddSlopes(int n, double first, double second)
    {
        _slopes[0, n] += first;
        if (parameters > 1)
        {
            _slopes[1, n] += second;
        }
    }

    private void AddCurves(double c00, double c10, double c11)
    {
        _curves[0, 0] += c00;
        if (parameters > 1)
        {
            _curves[1, 0] += c10;
            _curves[1, 1] += c11;
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
    /// <param name="largest">The largest of the weights after that.</param>
    public void Finish(double u, double logScale, double largest = 1)
    {
        var s = Math.Sqrt(u);
        Value = SelectionWeights.LogMean(_mean[0] / largest, logScale + Math.Log(largest));
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

/// <summary>What a grid adds to a term.</summary>
internal record struct GridSums(
    double W0, double W1, double W2, double W3, double W4, double A0, double A1, double A2, double B0, double B1, double B2, double C00, double C10, double C11);

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
