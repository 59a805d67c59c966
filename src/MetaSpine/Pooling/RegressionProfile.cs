namespace MetaSpine;

/// <summary>The profile of a model with a design matrix, by one orthogonal fit for each value of tau^2.</summary>
internal sealed class RegressionProfile : IProfile
{
    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double[] _x;
    private readonly OrthogonalFit _fit;
    private readonly ResidualProjection _rest;
    private readonly double[] _weights;
    private readonly double[] _weighted;

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
        _rest = new ResidualProjection(_fit, K, p);
        _weights = new double[K];
        _weighted = new double[K];
        SmallestVariance = _v.Min();
        LargestVariance = _v.Max();
        DependentColumn = Fit(Weighting.Unit);
        LogDetXX = _fit.LogDeterminant;
        UnweightedRss = OrthogonalFit.Dot(_fit.Residuals, _fit.Residuals);
    }

    public int K { get; }

    public int P { get; }

    public double SmallestVariance { get; }

    public double LargestVariance { get; }

    public double LogDetXX { get; }

    public double UnweightedRss { get; }

    /// <summary>The first column that is a linear combination of those before it; -1 where there is none.</summary>
    public int DependentColumn { get; }

    /// <summary>
    /// The estimate of the most precise study. With an intercept a shift of all estimates moves nothing but the intercept; taken from this one, the
    /// small differences between precise studies keep their digits beside imprecise ones that lie far away.
    /// </summary>
    public static double Centre(ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        var precise = 0;
        for (var i = 1; i < v.Length; i++)
        {
            precise = v[i] < v[precise] ? i : precise;
        }

        return y[precise];
    }

    public GeneralisedQ Generalised(ReadOnlySpan<double> weights) => new(_y, _v, _x, weights);

    public Moments At(double tau2)
    {
        Fit(Weighting.InverseVariance(tau2));
        _rest.Update();
        double rss = 0, ppy = 0, trP = 0, sumW = 0, sumW2 = 0, curvature = 0;
        Span<double> u = K <= 512 ? stackalloc double[K] : new double[K];
        for (var i = 0; i < K; i++)
        {
            var w = 1 / (_v[i] + tau2);
            var r = _fit.Residuals[i];
            rss += r * r;
            ppy += w * r * r;
            u[i] = w * r;
            curvature += u[i] * u[i];
            trP += w * _rest.Diagonal[i];
            sumW += w;
            sumW2 += w * w;
            _weights[i] = w;
        }

        for (var j = 0; j < P; j++)
        {
            var projection = OrthogonalFit.Dot(_fit.Column(j), u);
            curvature -= projection * projection;
        }

        return new Moments(rss, ppy, Math.Max(0, curvature), trP, _rest.Trace(_weights, _weights), sumW, sumW2);
    }

    public Traces TracesAt(Weighting weights)
    {
        Fit(weights);
        _rest.Update();
        double rss = 0, p = 0, pv = 0;
        for (var i = 0; i < K; i++)
        {
            _weights[i] = weights.Of(i, _v[i]);
            _weighted[i] = _weights[i] * _v[i];
            rss += _fit.Residuals[i] * _fit.Residuals[i];
            p += _weights[i] * _rest.Diagonal[i];
            pv += _weighted[i] * _rest.Diagonal[i];
        }

        return new Traces(
            rss, p, _rest.Trace(_weights, _weights), pv, _rest.Trace(_weighted, _weights), _rest.Trace(_weighted, _weighted));
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
        var (coefficients, covariance) = (new double[P], new double[P * P]);

        // What each study lends to each coefficient: of their squares a variance is a sum without a difference, whatever the weights.
        var shares = new double[P * K];
        for (var i = 0; i < P; i++)
        {
            var share = shares.AsSpan(i * K, K);
            for (var j = i; j < P; j++)
            {
                coefficients[i] += inverse[i * P + j] * _fit.Projections[j];
                for (var m = 0; m < K; m++)
                {
                    share[m] += inverse[i * P + j] * _fit.Column(j)[m];
                }
            }
        }

        for (var m = 0; m < K; m++)
        {
            var spread = weights.Of(m, _v[m]) * (_v[m] + tau2);
            for (var i = 0; i < P; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    covariance[i * P + j] += shares[i * K + m] * shares[j * K + m] * spread;
                    covariance[j * P + i] = covariance[i * P + j];
                }
            }
        }

        return (coefficients, covariance);
    }

    /// <summary>
    /// The Wald statistic of some coefficients, b'C^-1 b, from what their columns, as the last of an orthogonal basis, take from y: with inverse variances
    /// the sum of its squares, which is by how much Q grows without them. From the covariance it would lose digits with the square of the condition of X.
    /// </summary>
    /// <returns>Null where a combination of them has no variance.</returns>
    public double? Wald(int[] tested, Weighting weights, double tau2)
    {
        int[] order = [.. Enumerable.Range(0, P).Except(tested), .. tested];
        var (m, x) = (tested.Length, new double[_x.Length]);
        for (var i = 0; i < _x.Length; i++)
        {
            x[i] = _x[i - i % P + order[i % P]];
        }

        var fit = new OrthogonalFit(K, P);
        fit.Fit(_y, _v, x, weights);

        // With given weights A what the columns take has the covariance Q'A(V + tau^2)Q, here as R'R.
        var spread = new double[K * m];
        for (var i = 0; i < spread.Length; i++)
        {
            spread[i] = Math.Sqrt(weights.Of(i / m, _v[i / m]) * (_v[i / m] + tau2)) * fit.Column(P - m + i % m)[i / m];
        }

        var factor = new OrthogonalFit(K, m);
        if (factor.Fit(_y, _v, spread, Weighting.Unit) >= 0)
        {
            return null;
        }

        var inverse = factor.InverseR();
        double wald = 0;
        for (var j = 0; j < m; j++)
        {
            double taken = 0;
            for (var i = 0; i <= j; i++)
            {
                taken += inverse[i * m + j] * fit.Projections[P - m + i];
            }

            wald += taken * taken;
        }

        return wald;
    }

    private int Fit(Weighting weights) => _fit.Fit(_y, _v, _x, weights);
}
