using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>The correlation matrix nearest to a symmetric one with ones on its diagonal, by alternating projections with Dykstra's correction (Higham 2002, doi:10.1093/imanum/22.3.329).</summary>
internal static class NearestCorrelation
{
    private const double Settled = 1e-13;
    private const int MostSteps = 20_000;

    /// <returns>A matrix without an eigenvalue below 0, rounding aside.</returns>
    public static Matrix<double> Of(Matrix<double> given)
    {
        var (y, correction) = (given.Clone(), given.Clone());
        correction.Clear();
        for (var step = 0; step < MostSteps; step++)
        {
            var corrected = y - correction;
            var x = WithoutNegative(corrected);
            correction = x - corrected;
            var before = y;
            y = x.Clone();
            for (var i = 0; i < y.RowCount; i++)
            {
                y[i, i] = 1;
            }

            if ((y - before).InfinityNorm() <= Settled * y.InfinityNorm())
            {
                break;
            }
        }

        return y;
    }

    /// <summary>The same with no eigenvalue below a smallest one: moved towards the matrix of independence, which keeps the diagonal.</summary>
    public static Matrix<double> Of(Matrix<double> given, double smallest)
    {
        var nearest = Of(given);
        var lowest = Smallest(nearest);
        if (lowest >= smallest)
        {
            return nearest;
        }

        var share = (smallest - lowest) / (1 - lowest);
        return (1 - share) * nearest + share * Matrix<double>.Build.DenseIdentity(given.RowCount);
    }

    public static double Smallest(Matrix<double> symmetric) => symmetric.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);

    private static Matrix<double> WithoutNegative(Matrix<double> symmetric)
    {
        var eigen = symmetric.Evd(Symmetricity.Symmetric);
        var scaled = eigen.EigenVectors.Clone();
        for (var j = 0; j < scaled.ColumnCount; j++)
        {
            scaled.SetColumn(j, scaled.Column(j) * Math.Max(0, eigen.EigenValues[j].Real));
        }

        var result = scaled.TransposeAndMultiply(eigen.EigenVectors);
        return (result + result.Transpose()) / 2;
    }
}
