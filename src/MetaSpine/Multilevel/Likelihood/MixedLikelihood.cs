namespace MetaSpine;

/// <summary>
/// The likelihood of y = Xb + Zu + e with Cov(u) = LL' and Cov(e) = V, by Henderson's equations for u = Lw with independent w: every quantity comes from
/// A = I + L'Z'V^-1 ZL, whose size is that of the random effects and whose pattern is theirs, and residuals are of least squares and never differences of
/// large sums. No matrix is k x k.
/// </summary>
/// <remarks>
/// Henderson (1975), Biometrics 31:423, doi:10.2307/2529430; the factor in place of the covariance: Bates et al. (2015), Journal of Statistical Software
/// 67(1), doi:10.18637/jss.v067.i01.
/// </remarks>
internal sealed class MixedLikelihood
{
    private readonly WhitenedRows _rows;
    private readonly EffectBlocks _blocks;
    private readonly CrossProducts _products;
    private readonly int[] _first;
    private readonly double[] _offset;
    private readonly double[] _centred;
    private readonly double _logDeterminantXX;

    /// <param name="y">The estimates.</param>
    /// <param name="v">Their sampling covariance.</param>
    /// <param name="x">The design matrix, row by row, of full rank.</param>
    /// <param name="p">Its columns.</param>
    /// <param name="parts">The terms of random effects.</param>
    public MixedLikelihood(double[] y, SamplingCovariance v, double[] x, int p, IReadOnlyList<RandomPart> parts)
    {
        _blocks = new EffectBlocks(parts);
        _rows = new WhitenedRows(y, v, x, p, [.. Enumerable.Range(0, y.Length).Select(_blocks.Of)]);
        _products = new CrossProducts(_rows, _blocks);
        _first = new int[parts.Count + 1];
        for (var part = 0; part < parts.Count; part++)
        {
            _first[part + 1] = _first[part] + parts[part].Factor.Parameters.Count;
        }

        // Everything is around the fit without random effects: what is left are numbers of the size of the residuals.
        var fit = new OrthogonalFit(y.Length, p);
        var ones = Enumerable.Repeat(1.0, y.Length).ToArray();
        _offset = new RegressionProfile(_rows.Y, ones, _rows.X, p).Solve(Weighting.Unit, 0).Coefficients;
        _centred = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            _centred[i] = _rows.Y[i] - OrthogonalFit.Dot(_rows.X.AsSpan(i * p, p), _offset);
        }

        fit.Fit(y, ones, x, Weighting.Unit);
        _logDeterminantXX = fit.LogDeterminant;
    }

    /// <summary>Effects.</summary>
    public int K => _rows.K;

    /// <summary>Coefficients.</summary>
    public int P => _rows.P;

    /// <summary>The parameters of all terms, in order.</summary>
    public IReadOnlyList<ComponentParameter> Parameters => [.. _blocks.Parts.SelectMany(part => part.Factor.Parameters)];

    /// <summary>The weighted sum of squares around the fit without random effects: Q.</summary>
    public double Q => OrthogonalFit.Dot(_centred, _centred);

    /// <summary>The fit at some parameters; null where they are impossible.</summary>
    /// <param name="theta">The parameters.</param>
    /// <param name="restricted">Whether the restricted likelihood is wanted.</param>
    /// <param name="gradient">Takes the gradient of the log-likelihood by the parameters; empty where it is not wanted.</param>
    public MixedFit? At(ReadOnlySpan<double> theta, bool restricted, Span<double> gradient = default)
    {
        var (k, p, q) = (K, P, _blocks.EffectCount);
        var factors = Factors(theta);
        if (!_products.Factor(factors))
        {
            return null;
        }

        // Columns of X and the residuals y, each as M^-1 times it and the w that goes with it.
        var (error, spherical) = (new double[p + 1][], new double[p + 1][]);
        for (var j = 0; j <= p; j++)
        {
            error[j] = j == p ? (double[])_centred.Clone() : [.. Enumerable.Range(0, k).Select(i => _rows.X[i * p + j])];
            spherical[j] = Project(error[j], factors);
        }

        var information = new double[p * p];
        var b = new double[p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                information[i * p + j] = information[j * p + i] = OrthogonalFit.Dot(error[i], error[j]) + OrthogonalFit.Dot(spherical[i], spherical[j]);
            }

            b[i] = OrthogonalFit.Dot(error[i], error[p]) + OrthogonalFit.Dot(spherical[i], spherical[p]);
        }

        var root = (double[])information.Clone();
        if (DenseCholesky.Factor(root, p) >= 0)
        {
            return null;
        }

        DenseCholesky.SolveLower(root, p, b);
        DenseCholesky.SolveUpper(root, p, b);
        for (var j = 0; j < p; j++)
        {
            Subtract(b[j], error[j], error[p]);
            Subtract(b[j], spherical[j], spherical[p]);
        }

        var rss = OrthogonalFit.Dot(error[p], error[p]) + OrthogonalFit.Dot(spherical[p], spherical[p]);
        double logInformation = 0;
        for (var j = 0; j < p; j++)
        {
            logInformation += 2 * Math.Log(root[j * p + j]);
        }

        var determinant = _rows.LogDeterminant + _products.Factorisation.LogDeterminant;
        var full = -.5 * (k * Math.Log(2 * Math.PI) + determinant + rss);
        var result = new MixedFit(
            [.. b.Select((value, j) => value + _offset[j])],
            DenseCholesky.Inverse(root, p),
            full,
            full + .5 * (p * Math.Log(2 * Math.PI) - logInformation + _logDeterminantXX),
            rss);
        if (!gradient.IsEmpty)
        {
            Gradient(theta, restricted, factors, error, spherical, result.Covariance, gradient);
        }

        return result;
    }

    /// <summary>M^-1 times some vectors, M being the marginal covariance at some parameters; the vectors are whitened, the products are not.</summary>
    public double[][] Weighted(ReadOnlySpan<double> theta, IReadOnlyList<double[]> whitened)
    {
        var factors = Factors(theta);
        _products.Factor(factors);
        return [.. whitened.Select(vector =>
        {
            var error = (double[])vector.Clone();
            Project(error, factors);
            return _rows.Weighted(error);
        })];
    }

    /// <summary>A vector divided by the factor of V.</summary>
    public double[] Whiten(ReadOnlySpan<double> vector) => _rows.Whitened(vector);

    /// <summary>The factors of the blocks, those of a term whose levels share one being the same array.</summary>
    private double[][] Factors(ReadOnlySpan<double> theta)
    {
        var factors = new double[_blocks.Count][];
        var shared = new double[_blocks.Parts.Count][];
        for (var block = 0; block < factors.Length; block++)
        {
            var (part, width) = (_blocks.Part[block], _blocks.Width(block));
            var factor = _blocks.Parts[part].Factor;
            if (factor.IsShared && shared[part] is { } same)
            {
                factors[block] = same;
                continue;
            }

            factors[block] = new double[width * width];
            factor.Fill(theta[_first[part].._first[part + 1]], _blocks.Level[block], factors[block]);
            shared[part] = factors[block];
        }

        return factors;
    }

    /// <summary>Turns a vector r into r - ZLw and returns w = A^-1 L'Z'r.</summary>
    private double[] Project(double[] r, double[][] factors)
    {
        var w = new double[_blocks.EffectCount];
        _rows.TransposedProduct(r, w);
        Multiply(factors, w, turned: true);
        _products.Factorisation.Solve(w);
        var effects = (double[])w.Clone();
        Multiply(factors, effects, turned: false);
        _rows.SubtractProduct(effects, r);
        return w;
    }

    /// <summary>L'w (turned) or Lw, in place.</summary>
    private void Multiply(double[][] factors, double[] w, bool turned)
    {
        for (var block = 0; block < factors.Length; block++)
        {
            var (factor, n) = (factors[block], _blocks.Width(block));
            var part = w.AsSpan(_blocks.Starts[block], n);
            if (turned)
            {
                for (var j = 0; j < n; j++)
                {
                    double sum = 0;
                    for (var i = j; i < n; i++)
                    {
                        sum += factor[i * n + j] * part[i];
                    }

                    part[j] = sum;
                }
            }
            else
            {
                for (var i = n - 1; i >= 0; i--)
                {
                    double sum = 0;
                    for (var j = 0; j <= i; j++)
                    {
                        sum += factor[i * n + j] * part[j];
                    }

                    part[i] = sum;
                }
            }
        }
    }

    private void Gradient(
        ReadOnlySpan<double> theta, bool restricted, double[][] factors, double[][] error, double[][] spherical, double[] covariance, Span<double> gradient)
    {
        var (p, q) = (P, _blocks.EffectCount);
        // Levels that share a factor share its slope.
        var slopes = new double[_blocks.Count][];
        var shared = new double[_blocks.Parts.Count][];
        for (var block = 0; block < slopes.Length; block++)
        {
            var part = _blocks.Part[block];
            slopes[block] = _blocks.Parts[part].Factor.IsShared ? shared[part] ??= new double[factors[block].Length] : new double[factors[block].Length];
        }

        _products.AddDeterminantSlope(factors, slopes);
        var scores = new double[p + 1][];
        for (var j = 0; j <= p; j++)
        {
            scores[j] = new double[q];
            _rows.TransposedProduct(error[j], scores[j]);
        }

        AddProducts(slopes, scores[p], spherical[p], -1);
        for (var i = 0; i < p && restricted; i++)
        {
            for (var j = 0; j < p; j++)
            {
                AddProducts(slopes, scores[i], spherical[j], -covariance[i * p + j]);
            }
        }

        gradient.Clear();
        var isDone = new bool[_blocks.Parts.Count];
        for (var block = 0; block < slopes.Length; block++)
        {
            var part = _blocks.Part[block];
            var factor = _blocks.Parts[part].Factor;
            if (!factor.IsShared || !isDone[part])
            {
                var own = _first[part].._first[part + 1];
                factor.AddGradient(theta[own], _blocks.Level[block], slopes[block], gradient[own]);
                isDone[part] = true;
            }
        }

        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = -gradient[i];
        }
    }

    /// <summary>Adds c g w' to the lower triangles of the blocks.</summary>
    private void AddProducts(double[][] slopes, double[] g, double[] w, double c)
    {
        for (var block = 0; block < slopes.Length; block++)
        {
            var (start, n) = (_blocks.Starts[block], _blocks.Width(block));
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    slopes[block][i * n + j] += c * g[start + i] * w[start + j];
                }
            }
        }
    }

    private static void Subtract(double factor, double[] what, double[] from)
    {
        for (var i = 0; i < from.Length; i++)
        {
            from[i] -= factor * what[i];
        }
    }
}

/// <summary>The fit of a mixed model at some parameters.</summary>
/// <param name="Coefficients">b.</param>
/// <param name="Covariance">(X'M^-1 X)^-1, row by row.</param>
/// <param name="LogLikelihood">With all constants.</param>
/// <param name="RestrictedLogLikelihood">With all constants and ln|X'X|/2.</param>
/// <param name="Rss">(y - Xb)'M^-1 (y - Xb).</param>
internal sealed record MixedFit(double[] Coefficients, double[] Covariance, double LogLikelihood, double RestrictedLogLikelihood, double Rss);
