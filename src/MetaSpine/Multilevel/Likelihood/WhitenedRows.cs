namespace MetaSpine;

/// <summary>Estimates, design and random effects divided by the Cholesky factor of V, so that sampling errors are independent with variance 1.</summary>
internal sealed class WhitenedRows
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly double[] _values;
    private readonly List<(int[] Rows, double[] Factor)> _factors = [];

    /// <param name="y">The estimates.</param>
    /// <param name="v">Their sampling covariance.</param>
    /// <param name="x">The design matrix, row by row.</param>
    /// <param name="p">Its columns.</param>
    /// <param name="z">For each row, the random effects it has and the factor of each.</param>
    /// <exception cref="PoolingException">V is not positive definite.</exception>
    public WhitenedRows(double[] y, SamplingCovariance v, double[] x, int p, IReadOnlyList<(int Column, double Value)[]> z)
    {
        K = y.Length;
        P = p;
        Y = (double[])y.Clone();
        X = (double[])x.Clone();
        var rows = new (int[] Columns, double[] Values)[K];
        foreach (var block in v.Blocks)
        {
            var n = block.Rows.Length;
            var factor = Factor(block);
            _factors.Add((block.Rows, factor));
            int[] columns = [.. block.Rows.SelectMany(row => z[row].Select(entry => entry.Column)).Distinct().Order()];
            var place = columns.Select((column, i) => (column, i)).ToDictionary(pair => pair.column, pair => pair.i);
            for (var i = 0; i < n; i++)
            {
                var row = block.Rows[i];
                var values = new double[columns.Length];
                foreach (var (column, value) in z[row])
                {
                    values[place[column]] += value;
                }

                for (var j = 0; j < i; j++)
                {
                    var (other, weight) = (block.Rows[j], factor[i * n + j]);
                    Y[row] -= weight * Y[other];
                    Subtract(weight, X.AsSpan(other * p, p), X.AsSpan(row * p, p));
                    Subtract(weight, rows[other].Values, values);
                }

                var pivot = factor[i * n + i];
                Y[row] /= pivot;
                Divide(pivot, X.AsSpan(row * p, p));
                Divide(pivot, values);
                rows[row] = (columns, values);
                LogDeterminant += 2 * Math.Log(pivot);
            }
        }

        _starts = new int[K + 1];
        for (var i = 0; i < K; i++)
        {
            _starts[i + 1] = _starts[i] + rows[i].Columns.Length;
        }

        (_columns, _values) = (new int[_starts[K]], new double[_starts[K]]);
        for (var i = 0; i < K; i++)
        {
            rows[i].Columns.CopyTo(_columns, _starts[i]);
            rows[i].Values.CopyTo(_values, _starts[i]);
        }
    }

    /// <summary>Effects.</summary>
    public int K { get; }

    /// <summary>Coefficients.</summary>
    public int P { get; }

    public double[] Y { get; }

    /// <summary>Row by row.</summary>
    public double[] X { get; }

    /// <summary>ln|V|.</summary>
    public double LogDeterminant { get; }

    /// <summary>The columns of a row of Z.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>Their values.</summary>
    public ReadOnlySpan<double> Values(int row) => _values.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>Subtracts Zb from a vector of K.</summary>
    public void SubtractProduct(ReadOnlySpan<double> b, Span<double> from)
    {
        for (var row = 0; row < K; row++)
        {
            double sum = 0;
            for (var p = _starts[row]; p < _starts[row + 1]; p++)
            {
                sum += _values[p] * b[_columns[p]];
            }

            from[row] -= sum;
        }
    }

    /// <summary>Z'r.</summary>
    public void TransposedProduct(ReadOnlySpan<double> r, Span<double> product)
    {
        product.Clear();
        for (var row = 0; row < K; row++)
        {
            for (var p = _starts[row]; p < _starts[row + 1]; p++)
            {
                product[_columns[p]] += _values[p] * r[row];
            }
        }
    }

    /// <summary>Turns r into L^-1 r, L being the factor of V.</summary>
    public double[] Whitened(ReadOnlySpan<double> r)
    {
        var whitened = new double[K];
        foreach (var (rows, factor) in _factors)
        {
            var part = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                part[i] = r[rows[i]];
            }

            DenseCholesky.SolveLower(factor, rows.Length, part);
            for (var i = 0; i < rows.Length; i++)
            {
                whitened[rows[i]] = part[i];
            }
        }

        return whitened;
    }

    /// <summary>Turns L^-1 r into V^-1 r, L being the factor of V.</summary>
    public double[] Weighted(ReadOnlySpan<double> whitened)
    {
        var weighted = new double[K];
        foreach (var (rows, factor) in _factors)
        {
            var part = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                part[i] = whitened[rows[i]];
            }

            DenseCholesky.SolveUpper(factor, rows.Length, part);
            for (var i = 0; i < rows.Length; i++)
            {
                weighted[rows[i]] = part[i];
            }
        }

        return weighted;
    }

    private static double[] Factor(CovarianceBlock block)
    {
        var n = block.Rows.Length;
        var factor = (double[])block.Values.Clone();
        if (DenseCholesky.Factor(factor, n) is var failed and >= 0)
        {
            throw new PoolingException(n == 1
                ? FormattableString.Invariant($"The sampling variance of row {block.Rows[0] + 1} is {block[0, 0]}: it must be above 0.")
                : FormattableString.Invariant($"The sampling covariances are impossible: with those before it, row {block.Rows[failed] + 1} makes V not positive definite. Assume a smaller correlation, or take the nearest matrix that is (SamplingCovariance.NearestPositiveDefinite)."));
        }

        return factor;
    }

    private static void Subtract(double weight, ReadOnlySpan<double> other, Span<double> from)
    {
        for (var i = 0; i < from.Length; i++)
        {
            from[i] -= weight * other[i];
        }
    }

    private static void Divide(double pivot, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= pivot;
        }
    }
}
