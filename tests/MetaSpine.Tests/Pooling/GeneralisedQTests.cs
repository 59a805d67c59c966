using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine.Tests;

/// <summary>The generalised Q statistic against the estimators and intervals that it contains, dense algebra, and simulation.</summary>
public sealed class GeneralisedQTests
{
    [EveryCultureFact]
    public void With_inverse_variances_the_estimate_is_that_of_DerSimonian_and_Laird()
    {
        var pooled = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.DL });
        var estimate = new GeneralisedQ(Bcg.Y, Bcg.V).MomentEstimate();
        estimate.Tau2.ShouldBe(pooled.Tau2, 1e-13);
        estimate.StandardError.ShouldBe(pooled.Tau2StandardError!.Value, 1e-13);
    }

    [EveryCultureFact]
    public void With_unit_weights_the_estimate_is_that_of_Hedges()
    {
        var result = Bcg.Regress(Bcg.Latitude, new PoolingOptions { Method = PoolingMethod.HE });
        var estimate = new GeneralisedQ(Bcg.Y, Bcg.V, [.. Bcg.Latitude.SelectMany(x => new[] { 1, x })], Enumerable.Repeat(1.0, 13).ToArray()).MomentEstimate();
        estimate.Tau2.ShouldBe(result.Tau2, 1e-13);
        estimate.StandardError.ShouldBe(result.Tau2StandardError!.Value, 1e-13);
    }

    [EveryCultureFact]
    public void Other_weights_follow_the_formula_with_full_matrices()
    {
        var x = Matrix<double>.Build.Dense(13, 2, (i, j) => j == 0 ? 1 : Bcg.Latitude[i]);
        var y = Vector<double>.Build.DenseOfArray(Bcg.Y);
        var a = Matrix<double>.Build.DenseOfDiagonalArray([.. Bcg.V.Select(v => 1 / Math.Sqrt(v))]);
        var v = Matrix<double>.Build.DenseOfDiagonalArray(Bcg.V);
        var p = a - a * x * (x.Transpose() * a * x).Inverse() * x.Transpose() * a;
        var tau2 = (y * p * y - (p * v).Trace()) / p.Trace();
        var s = v + tau2 * Matrix<double>.Build.DenseIdentity(13);

        var estimate = new GeneralisedQ(Bcg.Y, Bcg.V, x.Transpose().ToColumnMajorArray(), a.Diagonal().ToArray()).MomentEstimate();
        estimate.Tau2.ShouldBe(tau2, 1e-12);
        estimate.StandardError.ShouldBe(Math.Sqrt(2 * (p * s * p * s).Trace()) / p.Trace(), 1e-12);
    }

    [EveryCultureFact]
    public void With_equal_variances_interval_and_median_are_those_of_the_Q_profile()
    {
        var v = Enumerable.Repeat(.07, 13).ToArray();
        var profile = MetaAnalysis.Pool(Bcg.Y, v, new PoolingOptions { Method = PoolingMethod.PMM });
        var q = new GeneralisedQ(Bcg.Y, v);
        q.Interval(.95).Lower.ShouldBe(profile.Tau2Interval!.Value.Lower, 1e-11);
        q.Interval(.95).Upper.ShouldBe(profile.Tau2Interval!.Value.Upper, 1e-10);
        q.MedianEstimate().Tau2.ShouldBe(profile.Tau2, 1e-11);
        q.Solve(1e-6, fromAbove: true).ShouldBe(.07 * (q.Statistic / ChiSquared.Quantile(1e-6, 12) - 1), 1e-9 * q.Solve(1e-6, fromAbove: true));
    }

    [EveryCultureTheory]
    [InlineData(1)]
    [InlineData(.5)]
    public void At_the_bounds_simulated_studies_are_as_rarely_beyond_the_observed_Q_as_the_level_says(double power)
    {
        var x = Matrix<double>.Build.Dense(13, 2, (i, j) => j == 0 ? 1 : Bcg.Latitude[i]);
        double[] weights = [.. Bcg.V.Select(v => Math.Pow(v, -power))];
        double[] rows = x.Transpose().ToColumnMajorArray();
        var observed = new GeneralisedQ(Bcg.Y, Bcg.V, rows, weights);
        var interval = observed.Interval(.9);
        var a = Matrix<double>.Build.DenseOfDiagonalArray(weights);
        var p = a - a * x * (x.Transpose() * a * x).Inverse() * x.Transpose() * a;
        var random = new RandomStream(3, 0);
        int draws = 20000, larger = 0, smaller = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            larger += Simulated(interval.Lower) > observed.Statistic ? 1 : 0;
            smaller += Simulated(interval.Upper) < observed.Statistic ? 1 : 0;
        }

        // Four standard errors of a simulated share of 0.05.
        var error = 4 * Math.Sqrt(.05 * .95 / draws);
        ((double)larger / draws).ShouldBe(.05, error);
        ((double)smaller / draws).ShouldBe(.05, error);

        double Simulated(double tau2)
        {
            var y = Vector<double>.Build.Dense(13, i => Math.Sqrt(Bcg.V[i] + tau2) * random.NextNormal());
            return y * p * y;
        }
    }

    [EveryCultureFact]
    public void Estimates_all_equal_give_0_and_too_few_studies_or_a_bad_weight_an_error()
    {
        var q = new GeneralisedQ([1e8, 1e8, 1e8], [1, 2, 1e-12]);
        q.MomentEstimate().Tau2.ShouldBe(0);
        q.MedianEstimate().Tau2.ShouldBe(0);
        q.Interval(.95).ShouldBe(new Interval(0, 0, .95));
        Should.Throw<PoolingException>(() => new GeneralisedQ([1], [1])).Message.ShouldContain("1 studies");
        Should.Throw<ArgumentOutOfRangeException>(() => new GeneralisedQ([1, 2], [1, 1], default, [1, -2])).Message.ShouldContain("study 2");
    }
}
