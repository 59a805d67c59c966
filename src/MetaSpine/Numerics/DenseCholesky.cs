namespace MetaSpine;

/// <summary>The Cholesky factor of a small dense symmetric matrix, row by row.</summary>
internal static class DenseCholesky
{
    /// <summary>A pivot below this share of its diagonal entry is rounding.</summary>
    private const double Rounding = 1e-14;

    /// <summary>
    /// Puts the lower factor in the place of the matrix, with zeros above the diagonal. Returns the first row that makes the matrix not positive
    /// definite, or -1.
    /// </summary>
    public static int Factor(Span<double> matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var diagonal = matrix[i * n + i];
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * n + j];
                for (var m = 0; m < j; m++)
                {
                    sum -= matrix[i * n + m] * matrix[j * n + m];
                }

                if (j < i)
                {
                    matrix[i * n + j] = sum / matrix[j * n + j];
                }
                else if (sum > Rounding * diagonal && double.IsFinite(sum))
                {
                    matrix[i * n + i] = Math.Sqrt(sum);
                }
                else
                {
                    return i;
                }
            }

            matrix.Slice(i * n + i + 1, n - i - 1).Clear();
        }

        return -1;
    }

    /// <summary>The lower factor where the matrix may be singular: a pivot that is rounding makes its column 0. Returns false where a pivot is below 0 beyond rounding.</summary>
    public static bool FactorSemidefinite(Span<double> matrix, int n)
    {
        for (var j = 0; j < n; j++)
        {
            var (pivot, diagonal) = (matrix[j * n + j], matrix[j * n + j]);
            for (var m = 0; m < j; m++)
            {
                pivot -= matrix[j * n + m] * matrix[j * n + m];
            }

            if (!(pivot >= -1e-10 * Math.Max(diagonal, 1e-300)))
            {
                return false;
            }

            var root = pivot > Rounding * diagonal ? Math.Sqrt(pivot) : 0;
            matrix[j * n + j] = root;
            for (var i = j + 1; i < n; i++)
            {
                var sum = matrix[i * n + j];
                for (var m = 0; m < j; m++)
                {
                    sum -= matrix[i * n + m] * matrix[j * n + m];
                }

                matrix[i * n + j] = root > 0 ? sum / root : 0;
            }

            matrix.Slice(j * n + j + 1, n - j - 1).Clear();
        }

        return true;
    }

    /// <summary>Solves L x = b in place.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (var i = 0; i < n; i++)
        {
            var sum = b[i];
            for (var j = 0; j < i; j++)
            {
                sum -= factor[i * n + j] * b[j];
            }

            b[i] = sum / factor[i * n + i];
        }
    }

    /// <summary>Solves L'x = b in place.</summary>
    public static void SolveUpper(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = b[i];
            for (var j = i + 1; j < n; j++)
            {
                sum -= factor[j * n + i] * b[j];
            }

            b[i] = sum / factor[i * n + i];
        }
    }

    /// <summary>The inverse of the matrix whose factor is given, row by row.</summary>
    public static double[] Inverse(ReadOnlySpan<double> factor, int n)
    {
        var inverse = new double[n * n];
        var column = new double[n];
        for (var j = 0; j < n; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            SolveLower(factor, n, column);
            SolveUpper(factor, n, column);
            for (var i = 0; i < n; i++)
            {
                inverse[i * n + j] = column[i];
            }
        }

        return inverse;
    }
}
