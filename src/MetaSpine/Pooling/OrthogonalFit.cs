namespace MetaSpine;

/// <summary>
/// A weighted least-squares fit by an orthonormal basis Q of W^(1/2) X = QR (Gram-Schmidt, twice, which is enough: Giraud et al.
/// 2005, doi:10.1007/s00211-005-0615-4), so that no normal equations square the condition of X. Its memory serves one fit after the other.
/// </summary>
internal sealed class OrthogonalFit(int k, int p)
{
    /// <summary>A column that keeps less than this share of its length is a combination of those before it.</summary>
    private const double Dependent = 1e-12;

    private readonly double[] _q = new double[k * p];
    private readonly double[] _r = new double[p * p];

    /// <summary>W^(1/2) (y - Xb).</summary>
    public double[] Residuals { get; } = new double[k];

    /// <summary>The diagonal of QQ'.</summary>
    public double[] Leverages { get; } = new double[k];

    /// <summary>Q'W^(1/2) y.</summary>
    public double[] Projections { get; } = new double[p];

    /// <summary>ln|X'WX|.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (var j = 0; j < p; j++)
            {
                sum += Math.Log(_r[j * p + j]);
            }

            return 2 * sum;
        }
    }

    /// <summary>A column of Q.</summary>
    public Span<double> Column(int j) => _q.AsSpan(j * k, k);

    /// <summary>Fits anew; returns the first column that depends on those before it, or -1.</summary>
    /// <param name="y">The estimates.</param>
    /// <param name="v">The sampling variances, from which inverse-variance weights come.</param>
    /// <param name="x">The design matrix, row by row.</param>
    /// <param name="weights">The weights.</param>
    public int Fit(ReadOnlySpan<double> y, ReadOnlySpan<double> v, ReadOnlySpan<double> x, Weighting weights)
    {
        Array.Clear(_r);
        Array.Clear(Leverages);
        Array.Clear(Projections);
        for (var i = 0; i < k; i++)
        {
            var root = Math.Sqrt(weights.Of(i, v[i]));
            Residuals[i] = root * y[i];
            for (var j = 0; j < p; j++)
            {
                _q[j * k + i] = root * x[i * p + j];
            }
        }

        var dependent = -1;
        for (var j = 0; j < p; j++)
        {
            if (!Normalise(j) && dependent < 0)
            {
                dependent = j;
            }
        }

        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < p; j++)
            {
                Projections[j] += Remove(Column(j), Residuals);
            }
        }

        return dependent;
    }

    /// <summary>The inverse of R, upper triangular, row by row.</summary>
    public double[] InverseR()
    {
        var inverse = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            inverse[j * p + j] = 1 / _r[j * p + j];
            for (var i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (var m = i + 1; m <= j; m++)
                {
                    sum += _r[i * p + m] * inverse[m * p + j];
                }

                inverse[i * p + j] = -sum / _r[i * p + i];
            }
        }

        return inverse;
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Makes a column orthogonal to those before it and of length 1; false, and a column of zeros, where nothing is left of it.</summary>
    private bool Normalise(int j)
    {
        var column = Column(j);
        var before = Math.Sqrt(Dot(column, column));
        for (var pass = 0; pass < 2; pass++)
        {
            for (var m = 0; m < j; m++)
            {
                _r[m * p + j] += Remove(Column(m), column);
            }
        }

        var norm = Math.Sqrt(Dot(column, column));
        _r[j * p + j] = norm;
        if (norm <= Dependent * before)
        {
            column.Clear();
            return false;
        }

        for (var i = 0; i < k; i++)
        {
            column[i] /= norm;
            Leverages[i] += column[i] * column[i];
        }

        return true;
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
}
