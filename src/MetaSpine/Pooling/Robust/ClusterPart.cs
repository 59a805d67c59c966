using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>One cluster of a fit whose errors are divided by the Cholesky factor L of their working covariance.</summary>
/// <param name="Q">Its rows of Q.</param>
/// <param name="Residuals">L^-1 (y - Xb).</param>
/// <param name="Spread">Their covariance I - QQ'.</param>
/// <param name="Phi">L'L; for independent errors their variances.</param>
internal sealed record ClusterPart(Matrix<double> Q, Vector<double> Residuals, Matrix<double> Spread, Matrix<double> Phi)
{
    /// <summary>An eigenvalue of I - QQ' this small is 0: a coefficient that one cluster alone decides leaves no residuals in it.</summary>
    public const double Null = 1e-12;

    /// <summary>Variances in one cluster that differ by more than this factor want eigenvalues that each keep their digits.</summary>
    private const double Uneven = 100;

    /// <summary>
    /// (Phi S Phi)^(-1/2) Phi for the covariance S of a cluster's standardised residuals, the inverse being Moore and Penrose's: what
    /// A = D'(D (M - XBX') D')^(-1/2) D is for them, with M = LL' and D = L' (for independent errors D = Phi^(1/2)).
    /// </summary>
    public Matrix<double> Adjustment()
    {
        var diagonal = Phi.Diagonal();
        var scale = Phi / diagonal.Maximum();
        var inner = scale * Spread * scale;
        var (values, vectors) = diagonal.Minimum() * Uneven < diagonal.Maximum() ? JacobiEigen.Of(inner) : Plain(inner);
        var powers = Vector<double>.Build.Dense(values.Count, i =>
        {
            // Relative to Phi u an eigenvalue is that of S itself.
            var length = (scale * vectors.Column(i)).L2Norm();
            return values[i] > Null * length * length ? 1 / Math.Sqrt(values[i]) : 0;
        });
        return vectors * Matrix<double>.Build.DenseOfDiagonalVector(powers) * vectors.TransposeThisAndMultiply(scale);
    }

    /// <summary>(I - QQ')^-1, the inverse being Moore and Penrose's: what leaving the cluster out makes of its residuals.</summary>
    public Matrix<double> Inverse()
    {
        var (values, vectors) = Plain(Spread);
        return vectors * Matrix<double>.Build.DenseOfDiagonalVector(values.Map(value => value > Null ? 1 / value : 0)) * vectors.Transpose();
    }

    private static (Vector<double> Values, Matrix<double> Vectors) Plain(Matrix<double> symmetric)
    {
        var eigen = symmetric.Evd(Symmetricity.Symmetric);
        return (eigen.EigenValues.Map(value => value.Real), eigen.EigenVectors);
    }
}
