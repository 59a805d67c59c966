namespace MetaSpine;

/// <summary>
/// The log-likelihood of a selection model, with gradient and Hessian, in the coefficients, tau^2 and the parameters of the selection function:
/// the sum of ln N(y; x'b, v + tau^2) + ln w - ln A. In units of the typical standard error, so that all curvatures are of the order of k.
/// </summary>
internal sealed class SelectionLikelihood : ILikelihood
{
    private readonly ModelData _data;
    private readonly SelectionWeights _weights;
    private readonly SelectionTerm _term;
    private readonly double[] _error;
    private readonly double[] _last;
    private double _value;
    private bool _hasDerivatives;

    public SelectionLikelihood(ModelData data, SelectionWeights weights)
    {
        (_data, _weights) = (data, weights);
        Size = data.P + 1 + weights.Parameters;
        _term = new SelectionTerm(weights.Parameters);
        _error = Array.ConvertAll(data.V, Math.Sqrt);
        _last = new double[Size];
        _last[0] = double.NaN;
        (Gradient, Hessian) = (new double[Size], new double[Size * Size]);

        var sorted = data.V.Order().ToArray();
        var unit = Math.Sqrt(sorted[sorted.Length / 2]);
        Units = new double[Size];
        Array.Fill(Units, 1);
        for (var j = 0; j < data.P; j++)
        {
            double sum = 0;
            for (var i = 0; i < data.K; i++)
            {
                sum += data.X[i * data.P + j] * data.X[i * data.P + j];
            }

            Units[j] = unit / Math.Sqrt(sum / data.K);
        }

        Units[data.P] = unit * unit;
    }

    /// <summary>The number of parameters: coefficients, tau^2, selection.</summary>
    public int Size { get; }

    /// <summary>The position of tau^2.</summary>
    public int Tau2 => _data.P;

    /// <summary>What each parameter is measured in by the methods below.</summary>
    public double[] Units { get; }

    private double[] Gradient { get; }

    private double[] Hessian { get; }

    public double Value(double[] scaled)
    {
        Evaluate(scaled, false);
        return double.IsFinite(_value) ? _value : double.NegativeInfinity;
    }

    public (double[] Gradient, double[] Hessian) Derivatives(double[] scaled)
    {
        Evaluate(scaled, true);
        return ([.. Gradient], [.. Hessian]);
    }

    private void Evaluate(double[] scaled, bool derivatives)
    {
        var (isKnown, known) = (scaled.AsSpan().SequenceEqual(_last), _value);
        if (isKnown && (_hasDerivatives || !derivatives))
        {
            return;
        }

        scaled.CopyTo(_last, 0);
        _hasDerivatives = derivatives;
        var (p, tau2) = (_data.P, Math.Max(0, scaled[_data.P] * Units[_data.P]));
        _weights.Set(scaled.AsSpan(p + 1));
        _value = 0;
        Array.Clear(Gradient);
        Array.Clear(Hessian);
        for (var i = 0; i < _data.K; i++)
        {
            double mean = 0;
            for (var j = 0; j < p; j++)
            {
                mean += _data.X[i * p + j] * scaled[j] * Units[j];
            }

            var (m, u, r) = (mean / _error[i], 1 + tau2 / _data.V[i], (_data.Y[i] - mean) / _error[i]);
            _value += NormalDistribution.LogDensity(r / Math.Sqrt(u)) - Math.Log(u * _data.V[i]) / 2;
            if (!derivatives)
            {
                _value += _weights.LogTerm(i, m, u);
                continue;
            }

            _weights.Term(i, m, u, _term);
            _value += _term.Value;
            var (g, h) = (_term.Gradient, _term.Hessian);
            g[0] += r / u;
            g[1] += (r * r / u - 1) / (2 * u);
            h[0, 0] -= 1 / u;
            h[1, 0] -= r / (u * u);
            h[1, 1] += (.5 - r * r / u) / (u * u);
            Collect(i);
        }

        // The two ways to a value differ by rounding, which must not look like a fall of the likelihood at one and the same point.
        _value = isKnown ? known : _value;
    }

    /// <summary>Adds a study's derivatives by the chain rule.</summary>
    private void Collect(int i)
    {
        for (var a = 0; a < Size; a++)
        {
            var (own, factor) = Inner(i, a);
            Gradient[a] += factor * _term.Gradient[own];
            for (var b = 0; b <= a; b++)
            {
                var (other, otherFactor) = Inner(i, b);
                var curve = factor * otherFactor * (own >= other ? _term.Hessian[own, other] : _term.Hessian[other, own]);
                Hessian[a * Size + b] += curve;
                if (a != b)
                {
                    Hessian[b * Size + a] += curve;
                }
            }
        }
    }

    /// <summary>Which of the study's own variables a parameter moves, and how fast.</summary>
    private (int Own, double Factor) Inner(int i, int a) =>
        a < _data.P ? (0, _data.X[i * _data.P + a] * Units[a] / _error[i])
        : a == _data.P ? (1, Units[a] / _data.V[i])
        : (a - _data.P + 1, 1);
}
