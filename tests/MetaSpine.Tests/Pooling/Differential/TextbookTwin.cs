namespace MetaSpine.Tests;

/// <summary>
/// Weighted least squares as the papers write it, with k x k matrices formed in full, in numbers of 77 digits: slow, obvious, independent of the
/// library's kernels, and able to lose 40 digits in P = W - WX(X'WX)^-1X'W without harm.
/// </summary>
internal sealed class TextbookTwin
{
    private readonly Real _shift;
    private readonly Dictionary<Real, DenseFit> _fits = [];

    /// <param name="y">Estimates.</param>
    /// <param name="v">Sampling variances.</param>
    /// <param name="x">The design matrix by rows; a column of ones where null.</param>
    /// <param name="given">Weights that have nothing to do with the variances.</param>
    public TextbookTwin(Real[] y, Real[] v, Real[][]? x = null, Real[]? given = null)
    {
        X = x ?? Array.ConvertAll(y, _ => new[] { Real.One });

        // With an intercept a shift changes nothing but the intercept; from one of them, estimates that all agree leave exactly nothing.
        _shift = HasIntercept ? y[0] : Real.Zero;
        (Y, V, Given) = (Array.ConvertAll(y, value => value - _shift), v, given ?? Array.ConvertAll(v, _ => Real.One));
    }

    public Real[] Y { get; }

    public Real[] V { get; }

    public Real[][] X { get; }

    public Real[] Given { get; }

    public int K => Y.Length;

    public int P => X[0].Length;

    public int Freedom => K - P;

    public bool HasIntercept => Array.TrueForAll(X, row => row[0] == Real.One);

    /// <summary>The fit with the weights 1/(v + tau^2).</summary>
    public DenseFit At(Real tau2) => _fits.TryGetValue(tau2, out var fit) ? fit : _fits[tau2] = new DenseFit(this, Array.ConvertAll(V, v => 1 / (v + tau2)));

    public DenseFit Weighted(Real[] weights) => new(this, weights);

    public DenseFit Unweighted => Weighted(Array.ConvertAll(V, _ => Real.One));

    /// <summary>The coefficients, on the scale of the estimates as they were given.</summary>
    public Real[] Coefficients(DenseFit fit) => [.. fit.Coefficients.Select((b, i) => i == 0 ? b + _shift : b)];

    /// <summary>
    /// The studies with some data moved by the last digit of a double: each variance, weight and moderator, and the distance of each estimate
    /// from that of the most precise study (without an intercept, the estimate itself).
    /// </summary>
    /// <param name="direction">Where a datum moves by its number, up (1), down (-1) or not at all (0).</param>
    public TextbookTwin Moved(Func<int, int> direction)
    {
        var datum = 0;
        var anchor = HasIntercept ? Y[Array.IndexOf(V, V.Min())] : Real.Zero;
        return new TextbookTwin(
            Array.ConvertAll(Y, y => _shift + anchor + Move(y - anchor)), Array.ConvertAll(V, Move),
            Array.ConvertAll(X, row => Array.ConvertAll(row, x => x == Real.One ? x : Move(x))), Array.ConvertAll(Given, Move));

        Real Move(Real value) => direction(datum++) is not 0 and var way ? value + value * Math.ScaleB(way, -53) : value;
    }

    /// <summary>How many data there are to move.</summary>
    public int Data => 3 * K + X.Sum(row => row.Count(x => x != Real.One));
}

/// <summary>One fit of a <see cref="TextbookTwin"/>, with any weights.</summary>
internal sealed class DenseFit
{
    private readonly TextbookTwin _data;
    private readonly Real[] _py;

    public DenseFit(TextbookTwin data, Real[] weights)
    {
        (_data, W) = (data, weights);
        int k = data.K, p = data.P;
        var xwx = Dense.Of(p, p, (a, b) => Dense.Sum(k, i => data.X[i][a] * W[i] * data.X[i][b]));
        (Inverse, Determinant) = Dense.Invert(xwx);
        var wx = Dense.Of(k, p, (i, a) => W[i] * data.X[i][a]);
        var hat = Dense.Times(wx, Inverse);
        P = Dense.Of(k, k, (i, j) => (i == j ? W[i] : Real.Zero) - Dense.Sum(p, a => hat[i][a] * wx[j][a]));
        _py = Array.ConvertAll(P, row => Dense.Sum(k, j => row[j] * data.Y[j]));
        Coefficients = [.. Enumerable.Range(0, p).Select(a => Dense.Sum(k, i => hat[i][a] * data.Y[i]))];
    }

    public Real[] W { get; }

    /// <summary>P = W - WX(X'WX)^-1X'W.</summary>
    public Real[][] P { get; }

    /// <summary>(X'WX)^-1.</summary>
    public Real[][] Inverse { get; }

    /// <summary>|X'WX|.</summary>
    public Real Determinant { get; }

    /// <summary>(X'WX)^-1 X'Wy.</summary>
    public Real[] Coefficients { get; }

    public Real SumW => Dense.Sum(_data.K, i => W[i]);

    public Real SumW2 => Dense.Sum(_data.K, i => W[i] * W[i]);

    /// <summary>y'Py.</summary>
    public Real Q => Dense.Sum(_data.K, i => _data.Y[i] * _py[i]);

    /// <summary>y'PPy.</summary>
    public Real PPy => Dense.Sum(_data.K, i => _py[i] * _py[i]);

    public Real TraceP => Dense.Sum(_data.K, i => P[i][i]);

    public Real TracePV => Dense.Sum(_data.K, i => P[i][i] * _data.V[i]);

    public Real TracePP => TraceOfSquare(_ => Real.One);

    /// <summary>tr PSPS with S = diag(v + tau^2): half the variance of y'Py.</summary>
    public Real TracePSPS(Real tau2) => TraceOfSquare(i => _data.V[i] + tau2);

    /// <summary>The covariance of the coefficients, (X'WX)^-1 X'W S WX (X'WX)^-1 with S = diag(v + tau^2), also where W is not the inverse of S.</summary>
    public Real[][] Sandwich(Real tau2)
    {
        var hat = Dense.Of(_data.K, _data.P, (i, a) => Dense.Sum(_data.P, b => W[i] * _data.X[i][b] * Inverse[b][a]));
        return Dense.Of(_data.P, _data.P, (a, b) => Dense.Sum(_data.K, i => hat[i][a] * (_data.V[i] + tau2) * hat[i][b]));
    }

    /// <summary>The sum of squared residuals r^2/(v + tau^2) of this fit.</summary>
    public Real Residuals(Real tau2) => Dense.Sum(_data.K, i => _py[i] * _py[i] / (W[i] * W[i] * (_data.V[i] + tau2)));

    /// <summary>The k - p eigenvalues of S^(1/2) P S^(1/2) that are not 0.</summary>
    public Real[] Eigenvalues(Real tau2)
    {
        var roots = Array.ConvertAll(_data.V, v => Real.Sqrt(v + tau2));
        return [.. Dense.Eigenvalues(Dense.Of(_data.K, _data.K, (i, j) => roots[i] * P[Math.Min(i, j)][Math.Max(i, j)] * roots[j])).OrderDescending().Take(_data.Freedom)];
    }

    private Real TraceOfSquare(Func<int, Real> s) =>
        Dense.Sum(_data.K, i => s(i) * Dense.Sum(_data.K, j => P[i][j] * P[i][j] * s(j)));
}

/// <summary>Matrices by rows.</summary>
internal static class Dense
{
    public static Real Sum(int count, Func<int, Real> term)
    {
        var sum = Real.Zero;
        for (var i = 0; i < count; i++)
        {
            sum += term(i);
        }

        return sum;
    }

    public static Real[][] Of(int rows, int columns, Func<int, int, Real> entry) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => entry(i, j)).ToArray())];

    public static Real[][] Times(Real[][] a, Real[][] b) => Of(a.Length, b[0].Length, (i, j) => Sum(b.Length, m => a[i][m] * b[m][j]));

    public static Real Trace(Real[][] a) => Sum(a.Length, i => a[i][i]);

    /// <summary>The eigenvalues of a symmetric matrix that is not negative, by Jacobi's rotations until what is left beside the diagonal is below 1e-50 of it.</summary>
    public static Real[] Eigenvalues(Real[][] matrix)
    {
        var n = matrix.Length;
        var a = Array.ConvertAll(matrix, row => (Real[])row.Clone());
        var negligible = 1e-50 * Trace(a);
        for (var isDiagonal = false; !isDiagonal;)
        {
            isDiagonal = true;
            for (var q = 1; q < n; q++)
            {
                for (var p = 0; p < q; p++)
                {
                    if (Real.Abs(a[p][q]) > negligible)
                    {
                        isDiagonal = false;
                        Rotate(a, p, q);
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i][i])];
    }

    /// <summary>Rotates two axes so that their element beside the diagonal is 0.</summary>
    private static void Rotate(Real[][] a, int p, int q)
    {
        var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        var tangent = (theta.Sign < 0 ? -1 : 1) / (Real.Abs(theta) + Real.Sqrt(theta * theta + 1));
        var cosine = 1 / Real.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;
        for (var i = 0; i < a.Length; i++)
        {
            (a[i][p], a[i][q]) = (cosine * a[i][p] - sine * a[i][q], sine * a[i][p] + cosine * a[i][q]);
        }

        for (var j = 0; j < a.Length; j++)
        {
            (a[p][j], a[q][j]) = (cosine * a[p][j] - sine * a[q][j], sine * a[p][j] + cosine * a[q][j]);
        }
    }

    /// <summary>The inverse and the determinant by Gauss and Jordan with the largest pivot.</summary>
    public static (Real[][] Inverse, Real Determinant) Invert(Real[][] matrix)
    {
        var n = matrix.Length;
        var system = Of(n, 2 * n, (i, j) => j < n ? matrix[i][j] : j - n == i ? Real.One : Real.Zero);
        var determinant = Real.One;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Real.Abs(system[row][column]));
            determinant *= pivot == column ? system[pivot][column] : -system[pivot][column];
            (system[column], system[pivot]) = (system[pivot], system[column]);
            var inverse = 1 / system[column][column];
            system[column] = Array.ConvertAll(system[column], value => value * inverse);
            for (var row = 0; row < n; row++)
            {
                var factor = system[row][column];
                for (var j = 0; row != column && j < 2 * n; j++)
                {
                    system[row][j] -= factor * system[column][j];
                }
            }
        }

        return (Array.ConvertAll(system, row => row[n..]), determinant);
    }
}
