using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>
/// Eight meta-regressions of equally many studies and coefficients, a lane for each: the fits of <see cref="RegressionProfile"/>, each in the same order, so that a
/// problem has the same digits here as by itself.
/// </summary>
internal sealed class EightRegressions : IEightProfile
{
    private readonly EightRows _rows;
    private readonly int _p;
    private readonly EightOrthogonalFit _fit;
    private readonly EightResidualProjection _rest;

    public EightRegressions(int studies, int coefficients)
    {
        (Studies, _p) = (studies, coefficients);
        _rows = new EightRows(studies * (2 * coefficients + 4));
        _fit = new EightOrthogonalFit(studies, coefficients);
        _rest = new EightResidualProjection(_fit, studies, coefficients);
        Covariance = new Vector512<double>[coefficients * coefficients];
        Coefficients = new Vector512<double>[coefficients];
    }

    public int Studies { get; }

    public int Freedom => Studies - _p;

    public Vector512<double> SmallestVariance { get; private set; }

    public Vector512<double> LargestVariance { get; private set; }

    public Vector512<double> UnweightedRss { get; private set; }

    /// <summary>The coefficients of the last solution.</summary>
    public Vector512<double>[] Coefficients { get; }

    /// <summary>(X'WX)^-1 of the last solution, row by row.</summary>
    public Vector512<double>[] Covariance { get; }

    private Span<Vector512<double>> Y => _rows.Of(0, Studies);

    private Span<Vector512<double>> V => _rows.Of(Studies, Studies);

    /// <summary>The design matrices, column by column.</summary>
    private Span<Vector512<double>> X => _rows.Of(2 * Studies, _p * Studies);

    private Span<Vector512<double>> W => _rows.Of((_p + 2) * Studies, Studies);

    /// <summary>The weights times the weighted residuals.</summary>
    private Span<Vector512<double>> U => _rows.Of((_p + 3) * Studies, Studies);

    /// <summary>What each study lends to each coefficient.</summary>
    private Span<Vector512<double>> Shares => _rows.Of((_p + 4) * Studies, _p * Studies);

    /// <summary>Puts a problem into a lane; its design row by row.</summary>
    public void Set(int lane, ReadOnlySpan<double> y, ReadOnlySpan<double> v, ReadOnlySpan<double> x)
    {
        var numbers = _rows.Numbers;
        for (var i = 0; i < Studies; i++)
        {
            numbers[i * EightLanes.Lanes + lane] = y[i];
            numbers[(Studies + i) * EightLanes.Lanes + lane] = v[i];
            for (var j = 0; j < _p; j++)
            {
                numbers[((2 + j) * Studies + i) * EightLanes.Lanes + lane] = x[i * _p + j];
            }
        }
    }

    /// <summary>Takes in the problems of the first lanes, and the first of them in the place of the others.</summary>
    public void Prepare(int set)
    {
        _rows.Repeat(Studies * (_p + 2), set);
        Span<Vector512<double>> v = V, w = W;
        var (smallest, largest) = (v[0], v[0]);
        foreach (var variance in v)
        {
            (smallest, largest) = (Vector512.MinNative(variance, smallest), Vector512.MaxNative(variance, largest));
        }

        w.Fill(Vector512<double>.One);
        _fit.Fit(Y, X, w, OrthogonalFit.Dependent);
        (SmallestVariance, LargestVariance, UnweightedRss) = (smallest, largest, EightOrthogonalFit.Dot(_fit.Residuals, _fit.Residuals));
    }

    public EightMoments At(Vector512<double> tau2)
    {
        Fit(tau2);
        _rest.Update();
        Span<Vector512<double>> w = W, u = U, residuals = _fit.Residuals, diagonal = _rest.Diagonal;
        Vector512<double> rss = default, ppy = default, trP = default, sumW = default, sumW2 = default, curvature = default;
        for (var i = 0; i < w.Length; i++)
        {
            var r = residuals[i];
            rss += r * r;
            ppy += w[i] * r * r;
            u[i] = w[i] * r;
            curvature += u[i] * u[i];
            trP += w[i] * diagonal[i];
            sumW += w[i];
            sumW2 += w[i] * w[i];
        }

        for (var j = 0; j < _p; j++)
        {
            var projection = EightOrthogonalFit.Dot(_fit.Column(j), u);
            curvature -= projection * projection;
        }

        return new EightMoments(rss, ppy, Vector512.Max(default, curvature), trP, _rest.Trace(w), sumW, sumW2);
    }

    public EightSpread SpreadAt(Vector512<double> tau2)
    {
        Fit(tau2);
        _rest.Update();
        Span<Vector512<double>> w = W, residuals = _fit.Residuals, diagonal = _rest.Diagonal;
        Vector512<double> rss = default, trP = default, sumW = default;
        for (var i = 0; i < w.Length; i++)
        {
            rss += residuals[i] * residuals[i];
            trP += w[i] * diagonal[i];
            sumW += w[i];
        }

        return new EightSpread(rss, trP, sumW);
    }

    /// <summary>The coefficients and their covariance with inverse-variance weights, which are kept until the next solution; returned is the weighted residual sum of squares.</summary>
    public Vector512<double> Solve(Vector512<double> tau2)
    {
        Fit(tau2);
        _fit.Invert();
        Span<Vector512<double>> shares = Shares, inverse = _fit.Inverse, projections = _fit.Projections, v = V, w = W;
        shares.Clear();
        Array.Clear(Coefficients);
        Array.Clear(Covariance);
        for (var i = 0; i < _p; i++)
        {
            var share = shares.Slice(i * Studies, Studies);
            for (var j = i; j < _p; j++)
            {
                var factor = inverse[i * _p + j];
                var column = _fit.Column(j);
                Coefficients[i] += factor * projections[j];
                for (var m = 0; m < share.Length; m++)
                {
                    share[m] += factor * column[m];
                }
            }
        }

        for (var m = 0; m < Studies; m++)
        {
            var spread = w[m] * (v[m] + tau2);
            for (var i = 0; i < _p; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    Covariance[i * _p + j] += shares[i * Studies + m] * shares[j * Studies + m] * spread;
                    Covariance[j * _p + i] = Covariance[i * _p + j];
                }
            }
        }

        return EightOrthogonalFit.Dot(_fit.Residuals, _fit.Residuals);
    }

    public double Tau2Alone(int lane, PoolingOptions options)
    {
        var (y, v, x) = (new double[Studies], new double[Studies], new double[Studies * _p]);
        for (var i = 0; i < Studies; i++)
        {
            (y[i], v[i]) = (Y[i][lane], V[i][lane]);
            for (var j = 0; j < _p; j++)
            {
                x[i * _p + j] = X[j * Studies + i][lane];
            }
        }

        return Tau2Estimator.Estimate(new RegressionProfile(y, v, x, _p), options, y, []).Tau2;
    }

    private void Fit(Vector512<double> tau2)
    {
        Span<Vector512<double>> v = V, w = W;
        for (var i = 0; i < w.Length; i++)
        {
            w[i] = Vector512<double>.One / (v[i] + tau2);
        }

        _fit.Fit(Y, X, w, 0);
    }
}
