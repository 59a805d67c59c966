using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <content>Whether sampling errors can have the matrix V, and the nearest that they can have.</content>
public sealed partial class SamplingCovariance
{
    /// <summary>The groups of effects whose covariances no sampling errors can have; empty where V is positive definite. Effects without a variance are passed over.</summary>
    /// <returns>One fault per group of dependent effects; its <c>ToString</c> says it in words.</returns>
    public IReadOnlyList<CovarianceFault> CheckPositiveDefinite() =>
        [.. Blocks.Select(block => IsImpossible(block) ? new CovarianceFault(block.Rows, NearestCorrelation.Smallest(Correlations(block))) : null).OfType<CovarianceFault>()];

    /// <summary>
    /// The matrix V with the nearest correlations that sampling errors can have (Higham 2002, doi:10.1093/imanum/22.3.329) wherever they cannot have the given ones. Variances stay.
    /// Use it only after the reason is understood: impossible correlations usually mean a wrong assumption.
    /// </summary>
    /// <param name="smallest">
    /// The smallest eigenvalue that repaired correlations may have, between 0 and 1. <value>Default 0.001: the nearest matrix itself has an eigenvalue of 0, by which a contrast of
    /// effects would be known without error.</value>
    /// </param>
    /// <returns>The matrix with what was changed.</returns>
    /// <exception cref="ArgumentException">A variance is not above 0, or the smallest eigenvalue is out of range.</exception>
    public NearestCovariance NearestPositiveDefinite(double smallest = 0.001)
    {
        if (!(smallest is > 0 and < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The smallest eigenvalue is {smallest}; it must lie between 0 and 1, such as 0.001."), nameof(smallest));
        }

        if (CheckPositiveDefinite().Count == 0)
        {
            return new NearestCovariance(this, []);
        }

        var (blocks, repairs) = (new List<CovarianceBlock>(), new List<CovarianceRepair>());
        foreach (var block in Blocks)
        {
            if (!IsImpossible(block))
            {
                blocks.Add(block);
                continue;
            }

            var (rows, given) = (block.Rows, Correlations(block));
            var taken = NearestCorrelation.Of(given, smallest);
            var (n, most) = (rows.Length, (I: 1, J: 0));
            var values = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                values[i * n + i] = block[i, i];
                for (var j = 0; j < i; j++)
                {
                    values[i * n + j] = values[j * n + i] = taken[i, j] * Math.Sqrt(block[i, i] * block[j, j]);
                    // Of equal changes the first counts, whatever the rounding.
                    most = Math.Abs(taken[i, j] - given[i, j]) > Math.Abs(taken[most.I, most.J] - given[most.I, most.J]) + 1e-9 ? (i, j) : most;
                }
            }

            blocks.Add(new CovarianceBlock(rows, values));
            repairs.Add(new CovarianceRepair(rows, NearestCorrelation.Smallest(given), rows[most.J], rows[most.I], given[most.I, most.J], taken[most.I, most.J]));
        }

        return new NearestCovariance(new SamplingCovariance(Count, blocks), repairs);
    }

    private static bool IsImpossible(CovarianceBlock block)
    {
        var n = block.Rows.Length;
        if (n == 1 && double.IsNaN(block.Values[0]))
        {
            return false;
        }

        for (var i = 0; i < n; i++)
        {
            if (!(block[i, i] > 0))
            {
                throw new ArgumentException(FormattableString.Invariant($"The variance of row {block.Rows[i] + 1} is {block[i, i]}; it must be above 0 for its covariances to mean anything."));
            }
        }

        return n > 1 && DenseCholesky.Factor(Correlations(block).ToRowMajorArray(), n) >= 0;
    }

    private static Matrix<double> Correlations(CovarianceBlock block) => Matrix<double>.Build.Dense(
        block.Rows.Length, block.Rows.Length, (i, j) => i == j ? 1 : block[i, j] / Math.Sqrt(block[i, i]) / Math.Sqrt(block[j, j]));
}
