using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>The cluster wild bootstrap: a test of coefficients that holds its level with few clusters.</summary>
/// <remarks>
/// Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90:414, doi:10.1162/rest.90.3.414; for meta-analysis Joshi, Pustejovsky and Beretvas (2022), Research Synthesis
/// Methods 13:457, doi:10.1002/jrsm.1554. The residuals of the model without the tested coefficients get a random sign per cluster; each draw gives a cluster-robust Wald statistic, to
/// which the observed one is compared. The weights stay those of the fit, so that a draw costs sums over clusters only.
/// </remarks>
public static class WildBootstrap
{
    /// <summary>Tests that some coefficients are all 0.</summary>
    /// <param name="result">A model of dependent effects.</param>
    /// <param name="coefficients">Their positions in <see cref="MultilevelResult.Coefficients"/>; null for all but the intercept (for the only one where there is none else).</param>
    /// <param name="clusters">As for <see cref="MultilevelRobust.Robust"/>.</param>
    /// <param name="draws">The number of draws; all arrangements of signs are taken where they are no more. <value>Default 9,999.</value></param>
    /// <param name="seed">Where the random signs begin.</param>
    /// <exception cref="ArgumentException">A position is out of range or there twice, or there are fewer than 99 draws.</exception>
    /// <exception cref="PoolingException">There are no more clusters than coefficients.</exception>
    public static WildBootstrapResult WildBootstrapTest(
        this MultilevelResult result, IReadOnlyList<int>? coefficients = null, IReadOnlyList<string>? clusters = null, int draws = 9999, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(result);
        var model = result.Model;
        int[] tested = [.. coefficients ?? model.Tested];
        RobustResult.CheckPositions(tested, model.P);
        if (draws < 99)
        {
            throw new ArgumentOutOfRangeException(nameof(draws), draws, "Fewer than 99 draws tell no p-value apart.");
        }

        var groups = MultilevelRobust.Groups(result, clusters);
        var fit = model.Maximum.Fit;
        var root = Matrix<double>.Build.DenseOfRowMajor(model.P, model.P, fit.Covariance).Cholesky().Factor;
        var parts = groups.ConvertAll(group => MultilevelRobust.Part(model, group, Restricted(model, tested), root));
        var scores = parts.ConvertAll(part => part.Q.TransposeThisAndMultiply(part.Residuals));
        var leverages = parts.ConvertAll(part => part.Q.TransposeThisAndMultiply(part.Q));
        var rows = Matrix<double>.Build.Dense(tested.Length, model.P, (i, j) => root[tested[i], j]);
        double Statistic(ReadOnlySpan<double> signs)
        {
            var sum = Vector<double>.Build.Dense(model.P);
            for (var c = 0; c < scores.Count; c++)
            {
                sum += signs[c] * scores[c];
            }

            var meat = Matrix<double>.Build.Dense(model.P, model.P);
            for (var c = 0; c < scores.Count; c++)
            {
                var score = signs[c] * scores[c] - leverages[c] * sum;
                meat += score.OuterProduct(score);
            }

            var estimates = rows * sum;
            return estimates * (rows * meat.TransposeAndMultiply(rows)).LU().Solve(estimates);
        }

        var signs = new double[groups.Count];
        Array.Fill(signs, 1);
        var observed = Statistic(signs);

        // A statistic within rounding of the observed one is equal to it: all signs turned give the same.
        var reached = observed * (1 - 1e-10);
        var count = 0;
        if (groups.Count < 31 && 1 << (groups.Count - 1) <= draws)
        {
            var all = 1 << (groups.Count - 1);
            for (var arrangement = 0; arrangement < all; arrangement++)
            {
                for (var c = 1; c < signs.Length; c++)
                {
                    signs[c] = (arrangement >> (c - 1) & 1) == 0 ? 1 : -1;
                }

                count += Statistic(signs) >= reached ? 1 : 0;
            }

            return new WildBootstrapResult(result, tested, groups.Count, observed, (double)count / all, all, IsExact: true);
        }

        var stream = new RandomStream((ulong)seed, 0);
        for (var draw = 0; draw < draws; draw++)
        {
            for (var c = 0; c < signs.Length; c++)
            {
                signs[c] = stream.NextUniform() < .5 ? -1 : 1;
            }

            count += Statistic(signs) >= reached ? 1 : 0;
        }

        return new WildBootstrapResult(result, tested, groups.Count, observed, (count + 1.0) / (draws + 1), draws, IsExact: false);
    }

    /// <summary>The coefficients of the fit with the same weights in which the tested ones are 0: b less C_.T C_TT^-1 b_T.</summary>
    private static double[] Restricted(MultilevelModel model, int[] tested)
    {
        var (p, fit) = (model.P, model.Maximum.Fit);
        var part = Matrix<double>.Build.Dense(tested.Length, tested.Length, (i, j) => fit.Covariance[tested[i] * p + tested[j]]);
        var solved = part.Cholesky().Solve(Vector<double>.Build.Dense(tested.Length, i => fit.Coefficients[tested[i]]));
        return [.. fit.Coefficients.Select((b, j) => tested.Contains(j) ? 0 : b - Enumerable.Range(0, tested.Length).Sum(i => fit.Covariance[j * p + tested[i]] * solved[i]))];
    }
}

/// <summary>A test by the cluster wild bootstrap.</summary>
/// <param name="Model">The model whose coefficients are tested.</param>
/// <param name="Coefficients">The positions of the tested coefficients.</param>
/// <param name="ClusterCount">The number of clusters.</param>
/// <param name="Statistic">The cluster-robust Wald statistic (CR0) of the data.</param>
/// <param name="PValue">The share of draws with a statistic no smaller; the data count as a draw.</param>
/// <param name="Draws">The number of draws.</param>
/// <param name="IsExact">Whether they are all arrangements of signs.</param>
public sealed record WildBootstrapResult(
    MultilevelResult Model, IReadOnlyList<int> Coefficients, int ClusterCount, double Statistic, double PValue, int Draws, bool IsExact);
