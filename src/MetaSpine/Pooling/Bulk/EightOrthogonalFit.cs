using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary><see cref="OrthogonalFit"/> of eight problems side by side, each in the same order and as often repeated, so that it has the digits that it has by itself.</summary>
internal sealed class EightOrthogonalFit(int k, int p)
{
    private readonly EightRows _rows = new(k * (p + 2) + p * (2 * p + 1));

    /// <summary>W^(1/2) (y - Xb).</summary>
    public Span<Vector512<double>> Residuals => _rows.Of(0, k);

    /// <summary>The diagonal of QQ'.</summary>
    public Span<Vector512<double>> Leverages => _rows.Of(k, k);

    /// <summary>Q'W^(1/2) y.</summary>
    public Span<Vector512<double>> Projections => _rows.Of(k * (p + 2), p);

    /// <summary>The inverse of R, upper triangular, row by row, once it is made.</summary>
    public Span<Vector512<double>> Inverse => _rows.Of(k * (p + 2) + p * (p + 1), p * p);

    private Span<Vector512<double>> R => _rows.Of(k * (p + 2) + p, p * p);

    /// <summary>A column of Q.</summary>
    public Span<Vector512<double>> Column(int j) => _rows.Of(k * (j + 2), k);

    /// <summary>Fits anew.</summary>
    /// <param name="y">The estimates.</param>
    /// <param name="x">The design matrices, column by column.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="dependent">A column that keeps no more than this share of its length is cleared.</param>
    public void Fit(ReadOnlySpan<Vector512<double>> y, ReadOnlySpan<Vector512<double>> x, ReadOnlySpan<Vector512<double>> weights, double dependent)
    {
        R.Clear();
        Leverages.Clear();
        Projections.Clear();
        Span<Vector512<double>> residuals = Residuals, q = _rows.Of(2 * k, k * p);
        for (var i = 0; i < k; i++)
        {
            var root = Vector512.Sqrt(weights[i]);
            residuals[i] = root * y[i];
            for (var j = 0; j < p; j++)
            {
                q[j * k + i] = root * x[j * k + i];
            }
        }

        for (var j = 0; j < p; j++)
        {
            Normalise(j, dependent);
        }

        Orthogonalise(residuals, p, Projections, 1);
    }

    public void Invert()
    {
        Span<Vector512<double>> inverse = Inverse, r = R;
        for (var j = 0; j < p; j++)
        {
            inverse[j * p + j] = Vector512<double>.One / r[j * p + j];
            for (var i = j - 1; i >= 0; i--)
            {
                Vector512<double> sum = default;
                for (var m = i + 1; m <= j; m++)
                {
                    sum += r[i * p + m] * inverse[m * p + j];
                }

                inverse[i * p + j] = -sum / r[i * p + i];
            }
        }
    }

    public static Vector512<double> Dot(ReadOnlySpan<Vector512<double>> a, ReadOnlySpan<Vector512<double>> b)
    {
        Vector512<double> sum = default;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private void Normalise(int j, double dependent)
    {
        var column = Column(j);
        var whole = Length(column);
        var norm = j > 0 ? Orthogonalise(column, j, R[j..], p) : whole;
        R[j * p + j] = norm;
        var isNothing = Vector512.LessThanOrEqual(norm, Vector512.Create(dependent) * whole);
        var leverages = Leverages;
        for (var i = 0; i < k; i++)
        {
            column[i] = Vector512.AndNot(column[i] / norm, isNothing);
            leverages[i] += column[i] * column[i];
        }
    }

    /// <summary>Takes from a vector what lies along the first columns of Q, adds its lengths to every so many of others, and returns what length is left.</summary>
    private Vector512<double> Orthogonalise(Span<Vector512<double>> vector, int columns, Span<Vector512<double>> lengths, int step)
    {
        var (norm, isFalling) = (Length(vector), Vector512<double>.AllBitsSet);
        for (var pass = 0; isFalling != default; pass++)
        {
            for (var m = 0; m < columns; m++)
            {
                ReadOnlySpan<Vector512<double>> unit = Column(m);
                var length = Dot(unit, vector) & isFalling;
                for (var i = 0; i < vector.Length; i++)
                {
                    vector[i] -= length * unit[i];
                }

                lengths[m * step] += length;
            }

            var before = norm;
            norm = Length(vector);
            isFalling = pass == 0 ? isFalling : pass + 1 < OrthogonalFit.MostPasses ? Vector512.LessThan(norm, before / Vector512.Create(2.0)) : default;
        }

        return norm;
    }

    private static Vector512<double> Length(ReadOnlySpan<Vector512<double>> vector) => Vector512.Sqrt(Dot(vector, vector));
}
