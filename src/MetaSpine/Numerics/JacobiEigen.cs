using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations. Of a positive semidefinite one whose diagonal spans many orders of
/// magnitude also the small eigenvalues keep their digits, where other methods have an error in units of the largest.
/// </summary>
/// <remarks>Demmel and Veselić (1992), SIAM Journal on Matrix Analysis and Applications 13:1204, doi:10.1137/0613074.</remarks>
internal static class JacobiEigen
{
    /// <summary>An element this small beside the geometric mean of its two diagonal elements turns nothing.</summary>
    private const double Settled = 1e-16;

    private const int MostSweeps = 60;

    /// <returns>The eigenvalues, in no order, and the eigenvectors as columns.</returns>
    public static (Vector<double> Values, Matrix<double> Vectors) Of(Matrix<double> symmetric)
    {
        var n = symmetric.RowCount;
        var (a, vectors) = (symmetric.Clone(), Matrix<double>.Build.DenseIdentity(n));
        var turned = true;
        for (var sweep = 0; turned && sweep < MostSweeps; sweep++)
        {
            turned = false;
            for (var i = 0; i < n; i++)
            {
                for (var j = i + 1; j < n; j++)
                {
                    turned |= Turn(a, vectors, i, j);
                }
            }
        }

        return (a.Diagonal(), vectors);
    }

    /// <summary>Makes one element 0; false where it is as good as that.</summary>
    private static bool Turn(Matrix<double> a, Matrix<double> vectors, int i, int j)
    {
        var element = a[i, j];
        if (Math.Abs(element) <= Settled * Math.Sqrt(Math.Abs(a[i, i])) * Math.Sqrt(Math.Abs(a[j, j])))
        {
            return false;
        }

        var ratio = (a[j, j] - a[i, i]) / (2 * element);
        var tangent = (ratio < 0 ? -1 : 1) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = tangent * cosine;
        a[i, i] -= tangent * element;
        a[j, j] += tangent * element;
        a[i, j] = a[j, i] = 0;
        for (var m = 0; m < a.RowCount; m++)
        {
            if (m != i && m != j)
            {
                (a[m, i], a[m, j]) = (cosine * a[m, i] - sine * a[m, j], sine * a[m, i] + cosine * a[m, j]);
                (a[i, m], a[j, m]) = (a[m, i], a[m, j]);
            }

            (vectors[m, i], vectors[m, j]) = (cosine * vectors[m, i] - sine * vectors[m, j], sine * vectors[m, i] + cosine * vectors[m, j]);
        }

        return true;
    }
}
