using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine.Tests;

/// <summary>Eigenvalues by rotations against the general method, and for diagonals of any spread.</summary>
public sealed class JacobiEigenTests
{
    [EveryCultureFact]
    public void Values_and_vectors_are_those_of_the_general_method()
    {
        var random = new Random(5);
        for (var n = 1; n <= 12; n++)
        {
            var part = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextDouble() - .5);
            var matrix = part.TransposeThisAndMultiply(part);
            var (values, vectors) = JacobiEigen.Of(matrix);
            double[] expected = [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
            values.Order().Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-14 * n);
            (vectors * Matrix<double>.Build.DenseOfDiagonalVector(values) * vectors.Transpose() - matrix).L2Norm().ShouldBeLessThan(1e-14 * n);
            (vectors.TransposeThisAndMultiply(vectors) - Matrix<double>.Build.DenseIdentity(n)).L2Norm().ShouldBeLessThan(1e-14 * n);
        }
    }

    /// <summary>D C D with C = 1 on the diagonal and c elsewhere: for D = (1, d) the eigenvalues solve x^2 - (1 + d^2) x + d^2 (1 - c^2) = 0.</summary>
    [EveryCultureTheory]
    [InlineData(1e-3)]
    [InlineData(1e-8)]
    [InlineData(1e-40)]
    public void A_small_value_keeps_its_digits(double d)
    {
        const double c = .6;
        var (values, _) = JacobiEigen.Of(Matrix<double>.Build.DenseOfArray(new[,] { { 1, c * d }, { c * d, d * d } }));
        var sum = 1 + d * d;
        var small = 2 * d * d * (1 - c * c) / (sum + Math.Sqrt(sum * sum - 4 * d * d * (1 - c * c)));
        values.Minimum().ShouldBe(small, 1e-14 * small);
    }
}
