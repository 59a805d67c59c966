namespace MetaSpine;

/// <summary>The profile of a model with a design matrix, by one orthogonal fit for each value of tau^2.</summary>
internal sealed class RegressionProfile : IProfile
{
    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double[] _x;
    private readonly OrthogonalFit _fit;

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
        _x = x.ToArray();
        _fit = new OrthogonalFit(K, p);
        SmallestVariance = _v.Min();
        LargestVariance = _v.Max();
        DependentColumn = Fit(Weighting.Unit);
        LogDetXX = _fit.LogDeterminant;
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
        Fit(Weighting.InverseVariance(tau2));
        double rss = 0, ppy = 0, trP = 0, sumW = 0, sumW2 = 0, diagonal = 0, curvature = 0;
        Span<double> u = K <= 512 ? stackalloc double[K] : new double[K];
        for (var i = 0; i < K; i++)
        {
            var w = 1 / (_v[i] + tau2);
            var r = _fit.Residuals[i];
            rss += r * r;
            ppy += w * r * r;
            u[i] = w * r;
            curvature += u[i] * u[i];
            trP += w * (1 - _fit.Leverages[i]);
            diagonal += w * w * (1 - 2 * _fit.Leverages[i]);
            sumW += w;
            sumW2 += w * w;
        }

        for (var j = 0; j < P; j++)
        {
            var projection = OrthogonalFit.Dot(_fit.Column(j), u);
            curvature -= projection * projection;
        }

        return new Moments(rss, ppy, Math.Max(0, curvature), trP, diagonal + CrossTrace(Weighting.InverseVariance(tau2), (w, _) => w, (w, _) => w), sumW, sumW2);
    }

    public Traces TracesAt(Weighting weights)
    {
        Fit(weights);
        double rss = 0, p = 0, pp = 0, pv = 0, pvp = 0, pvpv = 0;
        for (var i = 0; i < K; i++)
        {
            var w = weights.Of(i, _v[i]);
            var (one, two) = (1 - _fit.Leverages[i], 1 - 2 * _fit.Leverages[i]);
            rss += _fit.Residuals[i] * _fit.Residuals[i];
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
        Fit(Weighting.InverseVariance(tau2));
        double rss = 0, logs = 0;
        for (var i = 0; i < K; i++)
        {
            rss += _fit.Residuals[i] * _fit.Residuals[i];
            logs += Math.Log(_v[i] + tau2);
        }

        return new LikelihoodTerms(rss, _fit.LogDeterminant, logs);
    }

    /// <summary>The coefficients and (X'WX)^-1, row by row, with inverse-variance weights.</summary>
    public (double[] Coefficients, double[] Covariance) Solve(double tau2) => Solve(Weighting.InverseVariance(tau2), tau2);

    public double ResidualsAt(Weighting weights, double tau2)
    {
        Fit(weights);
        double rss = 0;
        for (var i = 0; i < K; i++)
        {
            rss += _fit.Residuals[i] * _fit.Residuals[i] / (weights.Of(i, _v[i]) * (_v[i] + tau2));
        }

        return rss;
    }

    /// <summary>
    /// The coefficients of the weighted fit and their covariance, row by row: (X'AX)^-1 X'A (V + tau^2) A X (X'AX)^-1 for weights
    /// A, which is (X'WX)^-1 for inverse variances.
    /// </summary>
    public (double[] Coefficients, double[] Covariance) Solve(Weighting weights, double tau2)
    {
        Fit(weights);
        var inverse = _fit.InverseR();
        var middle = new double[P * P];
        for (var i = 0; i < P; i++)
        {
            for (var j = 0; j < P; j++)
            {
                for (var m = 0; m < K; m++)
                {
                    middle[i * P + j] += _fit.Column(i)[m] * _fit.Column(j)[m] * weights.Of(m, _v[m]) * (_v[m] + tau2);
                }
            }
        }

        var coefficients = new double[P];
        var covariance = new double[P * P];
        for (var i = 0; i < P; i++)
        {
            for (var j = 0; j < P; j++)
            {
                coefficients[i] += inverse[i * P + j] * _fit.Projections[j];
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

    private int Fit(Weighting weights) => _fit.Fit(_y, _v, _x, weights);

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
                    var product = _fit.Column(j)[i] * _fit.Column(m)[i];
                    sumA += a(w, _v[i]) * product;
                    sumB += b(w, _v[i]) * product;
                }

                trace += sumA * sumB;
            }
        }

        return trace;
    }
}
