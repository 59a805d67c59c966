namespace MetaSpine;

/// <summary>
/// A weighted least-squares fit by an orthonormal basis Q of W^(1/2) X = QR (Gram-Schmidt, repeated until nothing more falls away: twice is
/// enough, Giraud et al. 2005, doi:10.1007/s00211-005-0615-4, unless weights differ by more orders of magnitude than a double has digits), so that
/// no normal equations square the condition of X. Its memory serves one fit after the other.
/// </summary>
internal sealed class OrthogonalFit(int k, int p)
{
    /// <summary>
    /// A column of X that keeps less than this share of its length is a combination of those before it. With weights a heavy study
    /// may leave that little of any column, and all of it counts.
    /// </summary>
    public const double Dependent = 1e-12;

    /// <summary>Each repetition takes away all but 1e-16 of what the one before left in error: these are enough for any two doubles.</summary>
    public const int MostPasses = 40;

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
            if (!Normalise(j, weights.IsUnit ? Dependent : 0) && dependent < 0)
            {
                dependent = j;
            }
        }

        Orthogonalise(Residuals, Projections);
        return dependent;
    }

    /// <summary>Takes from a vector of k values what lies along the columns of Q, and adds its lengths to the projections, where they are asked for.</summary>
    public void Orthogonalise(Span<double> vector, Span<double> projections = default)
    {
        double before = double.PositiveInfinity, norm = Length(vector);
        for (var pass = 0; IsFalling(pass, before, norm); pass++)
        {
            before = norm;
            for (var j = 0; j < p; j++)
            {
                var length = Remove(Column(j), vector);
                if (!projections.IsEmpty)
                {
                    projections[j] += length;
                }
            }

            norm = Length(vector);
        }
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
    private bool Normalise(int j, double dependent)
    {
        var column = Column(j);
        var whole = Length(column);
        double before = double.PositiveInfinity, norm = whole;
        for (var pass = 0; j > 0 && IsFalling(pass, before, norm); pass++)
        {
            before = norm;
            for (var m = 0; m < j; m++)
            {
                _r[m * p + j] += Remove(Column(m), column);
            }

            norm = Length(column);
        }

        _r[j * p + j] = norm;
        if (norm <= dependent * whole)
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

    /// <summary>Whether the last pass took away so much that what it left of its error may count.</summary>
    private static bool IsFalling(int pass, double before, double norm) => pass < 2 || (norm < before / 2 && pass < MostPasses);

    private static double Length(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

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
