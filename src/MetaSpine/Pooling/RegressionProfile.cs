namespace MetaSpine;

/// <summary>
/// The profile of a model with a design matrix. Each fit orthogonalises the weighted design (Gram-Schmidt, twice, which is
/// enough: Giraud et al. 2005, doi:10.1007/s00211-005-0615-4), so that no normal equations square its condition.
/// </summary>
internal sealed class RegressionProfile : IProfile
{
    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double[] _x;
    private readonly double[] _q;
    private readonly double[] _r;
    private readonly double[] _residuals;
    private readonly double[] _leverages;
    private readonly double[] _projections;

    /// <param name="y">Estimates.</param>
    /// <param name="v">Sampling variances.</param>
    /// <param name="x">The design matrix, row by row.</param>
    /// <param name="p">Its number of columns.</param>
    public RegressionProfile(ReadOnlySpan<double> y, ReadOnlySpan<double> v, ReadOnlySpan<double> x, int p)
    {
        K = y.Length;
        P = p;
        _y = y.ToArray();
        _v = v.ToArray();
        _x = new double[x.Length];
        for (var i = 0; i < K; i++)
        {
            for (var j = 0; j < p; j++)
            {
                _x[j * K + i] = x[i * p + j];
            }
        }

        _q = new double[x.Length];
        _r = new double[p * p];
        _residuals = new double[K];
        _leverages = new double[K];
        _projections = new double[p];
        SmallestVariance = _v.Min();
        LargestVariance = _v.Max();
        DependentColumn = Orthogonalise(Weighting.Unit);
        LogDetXX = LogDet();
    }

    public int K { get; }

    public int P { get; }

    public double SmallestVariance { get; }

    public double LargestVariance { get; }

    public double LogDetXX { get; }

    /// <summary>The first column that is a linear combination of those before it; -1 where there is none.</summary>
    public int DependentColumn { get; }

    public GeneralisedQ Generalised(ReadOnlySpan<double> weights)
    {
        var rows = new double[_x.Length];
        for (var i = 0; i < K; i++)
        {
            for (var j = 0; j < P; j++)
            {
                rows[i * P + j] = _x[j * K + i];
            }
        }

        return new GeneralisedQ(_y, _v, rows, weights);
    }

    public Moments At(double tau2)
    {
        Orthogonalise(Weighting.InverseVariance(tau2));
        double rss = 0, ppy = 0, trP = 0, sumW = 0, sumW2 = 0, diagonal = 0, curvature = 0;
        Span<double> u = K <= 512 ? stackalloc double[K] : new double[K];
        for (var i = 0; i < K; i++)
        {
            var w = 1 / (_v[i] + tau2);
            var r = _residuals[i];
            rss += r * r;
            ppy += w * r * r;
            u[i] = w * r;
            curvature += u[i] * u[i];
            trP += w * (1 - _leverages[i]);
            diagonal += w * w * (1 - 2 * _leverages[i]);
            sumW += w;
            sumW2 += w * w;
        }

        for (var j = 0; j < P; j++)
        {
            var projection = Dot(Column(j), u);
            curvature -= projection * projection;
        }

        return new Moments(rss, ppy, Math.Max(0, curvature), trP, diagonal + CrossTrace(Weighting.InverseVariance(tau2), (w, _) => w, (w, _) => w), sumW, sumW2);
    }

    public Traces TracesAt(Weighting weights)
    {
        Orthogonalise(weights);
        double rss = 0, p = 0, pp = 0, pv = 0, pvp = 0, pvpv = 0;
        for (var i = 0; i < K; i++)
        {
            var w = weights.Of(i, _v[i]);
            var (one, two) = (1 - _leverages[i], 1 - 2 * _leverages[i]);
            rss += _residuals[i] * _residuals[i];
            p += w * one;
            pv += w * _v[i] * one;
            pp += w * w * two;
            pvp += w * w * _v[i] * two;
            pvpv += w * w * _v[i] * _v[i] * two;
        }

        return new Traces(
            rss, p,
            pp + CrossTrace(weights, (w, _) => w, (w, _) => w),
            pv,
            pvp + CrossTrace(weights, (w, v) => w * v, (w, _) => w),
            pvpv + CrossTrace(weights, (w, v) => w * v, (w, v) => w * v));
    }

    public LikelihoodTerms LikelihoodAt(double tau2)
    {
        Orthogonalise(Weighting.InverseVariance(tau2));
        double rss = 0, logs = 0;
        for (var i = 0; i < K; i++)
        {
            rss += _residuals[i] * _residuals[i];
            logs += Math.Log(_v[i] + tau2);
        }

        return new LikelihoodTerms(rss, LogDet(), logs);
    }

    /// <summary>The coefficients and (X'WX)^-1, row by row, with inverse-variance weights.</summary>
    public (double[] Coefficients, double[] Covariance) Solve(double tau2) => Solve(Weighting.InverseVariance(tau2), tau2);

    public double ResidualsAt(Weighting weights, double tau2)
    {
        Orthogonalise(weights);
        double rss = 0;
        for (var i = 0; i < K; i++)
        {
            rss += _residuals[i] * _residuals[i] / (weights.Of(i, _v[i]) * (_v[i] + tau2));
        }

        return rss;
    }

    /// <summary>
    /// The coefficients of the weighted fit and their covariance, row by row: (X'AX)^-1 X'A (V + tau^2) A X (X'AX)^-1 for weights
    /// A, which is (X'WX)^-1 for inverse variances.
    /// </summary>
    public (double[] Coefficients, double[] Covariance) Solve(Weighting weights, double tau2)
    {
        Orthogonalise(weights);
        var inverse = InverseR();
        var middle = new double[P * P];
        for (var i = 0; i < P; i++)
        {
            for (var j = 0; j < P; j++)
            {
                for (var m = 0; m < K; m++)
                {
                    middle[i * P + j] += _q[i * K + m] * _q[j * K + m] * weights.Of(m, _v[m]) * (_v[m] + tau2);
                }
            }
        }

        var coefficients = new double[P];
        var covariance = new double[P * P];
        for (var i = 0; i < P; i++)
        {
            for (var j = 0; j < P; j++)
            {
                coefficients[i] += inverse[i * P + j] * _projections[j];
                for (var m = i; m < P; m++)
                {
                    for (var n = j; n < P; n++)
                    {
                        covariance[i * P + j] += inverse[i * P + m] * middle[m * P + n] * inverse[j * P + n];
                    }
                }
            }
        }

        return (coefficients, covariance);
    }

    private Span<double> Column(int j) => _q.AsSpan(j * K, K);

    /// <summary>Q and R of W^(1/2) X, the residuals of W^(1/2) y and the leverages; returns the first dependent column or -1.</summary>
    private int Orthogonalise(Weighting weights)
    {
        var dependent = -1;
        Array.Clear(_r);
        Array.Clear(_leverages);
        for (var i = 0; i < K; i++)
        {
            var root = Math.Sqrt(weights.Of(i, _v[i]));
            _residuals[i] = root * _y[i];
            for (var j = 0; j < P; j++)
            {
                _q[j * K + i] = root * _x[j * K + i];
            }
        }

        for (var j = 0; j < P; j++)
        {
            var column = Column(j);
            var before = Math.Sqrt(Dot(column, column));
            for (var pass = 0; pass < 2; pass++)
            {
                for (var m = 0; m < j; m++)
                {
                    _r[m * P + j] += Remove(Column(m), column);
                }
            }

            var norm = Math.Sqrt(Dot(column, column));
            _r[j * P + j] = norm;
            if (norm <= 1e-12 * before)
            {
                dependent = dependent < 0 ? j : dependent;
                column.Clear();
                continue;
            }

            for (var i = 0; i < K; i++)
            {
                column[i] /= norm;
                _leverages[i] += column[i] * column[i];
            }
        }

        Array.Clear(_projections);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < P; j++)
            {
                _projections[j] += Remove(Column(j), _residuals);
            }
        }

        return dependent;
    }

    /// <summary>Subtracts the projection on a unit vector and returns its length.</summary>
    private static double Remove(ReadOnlySpan<double> unit, Span<double> from)
    {
        var projection = Dot(unit, from);
        for (var i = 0; i < from.Length; i++)
        {
            from[i] -= projection * unit[i];
        }

        return projection;
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

    /// <summary>tr(Q'AQ Q'BQ) for diagonal A and B.</summary>
    private double CrossTrace(Weighting weights, Func<double, double, double> a, Func<double, double, double> b)
    {
        double trace = 0;
        for (var j = 0; j < P; j++)
        {
            for (var m = 0; m < P; m++)
            {
                double sumA = 0, sumB = 0;
                for (var i = 0; i < K; i++)
                {
                    var w = weights.Of(i, _v[i]);
                    var product = _q[j * K + i] * _q[m * K + i];
                    sumA += a(w, _v[i]) * product;
                    sumB += b(w, _v[i]) * product;
                }

                trace += sumA * sumB;
            }
        }

        return trace;
    }

    private double LogDet()
    {
        double sum = 0;
        for (var j = 0; j < P; j++)
        {
            sum += Math.Log(_r[j * P + j]);
        }

        return 2 * sum;
    }

    private double[] InverseR()
    {
        var inverse = new double[P * P];
        for (var j = 0; j < P; j++)
        {
            inverse[j * P + j] = 1 / _r[j * P + j];
            for (var i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (var m = i + 1; m <= j; m++)
                {
                    sum += _r[i * P + m] * inverse[m * P + j];
                }

                inverse[i * P + j] = -sum / _r[i * P + i];
            }
        }

        return inverse;
    }
}
