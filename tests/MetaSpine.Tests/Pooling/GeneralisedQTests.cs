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

    /// <summary>
    /// R 4.2.2 and metafor 3.8.1, rma(method = "GENQM", weights = v^-power, control = list(tol = 1e-12)), and the equation of confint(type =
    /// "GENQ") solved to 1e-14, where confint itself stops 1e-5 short; without and with the latitude. Its probabilities of the quadratic form are
    /// Imhof's integral (Biometrika 1961, 48:419) to 1e-12, and tau^2 moves by less than 1e2 for each unit of probability, hence 1e-9.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(1, 0.3828094964819, 0.283466863316681, -0.430285163654091, 0.315096115036247, 0.101050069452037, 1.63608820107477)]
    [InlineData(.5, 0.350042810894209, 0.195935847068469, -0.588290806869733, 0.217770618689256, 0.122045538351884, 1.13995802168042)]
    [InlineData(0, 0.361285777606592, 0.219804352875715, -0.740650381210937, 0.198859697991127, 0.0598770921295274, 1.16522956784995)]
    public void Median_and_interval_agree_with_metafor(double power, double tau2, double tau2Error, double estimate, double error, double lower, double upper)
    {
        double[] weights = [.. Bcg.V.Select(v => Math.Pow(v, -power))];
        var result = Bcg.Pool(new PoolingOptions
        {
            Method = PoolingMethod.GENQM, Weights = weights, Test = PoolingTest.Z, Tau2Interval = Tau2IntervalMethod.GeneralisedQ,
        });
        result.Tau2.ShouldBe(tau2, 1e-9);
        result.Tau2StandardError!.Value.ShouldBe(tau2Error, 1e-9);
        result.Estimate.ShouldBe(estimate, 1e-12);
        result.StandardError.ShouldBe(error, 1e-9);
        result.Tau2Interval!.Value.Lower.ShouldBe(lower, 1e-9);
        result.Tau2Interval.Value.Upper.ShouldBe(upper, 1e-9);
        Bcg.Pool(new PoolingOptions { Method = PoolingMethod.GENQ, Weights = weights }).Tau2IntervalBy(Tau2IntervalMethod.GeneralisedQ)!.Value
            .ShouldSatisfyAllConditions(
                interval => interval.Lower.ShouldBe(result.Tau2Interval.Value.Lower, 1e-11),
                interval => interval.Upper.ShouldBe(result.Tau2Interval.Value.Upper, 1e-11));
        if (power == 1)
        {
            var moments = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.DL, Tau2Interval = Tau2IntervalMethod.GeneralisedQ });
            moments.Tau2Interval!.Value.Upper.ShouldBe(upper, 1e-9, "without given weights they are 1/v");
        }
    }

    [EveryCultureTheory]
    [InlineData(1, 0.077854227656621, 0.0648158637609384, -0.0292369342595418, 0.0123343784535282, 0.403623843558721)]
    [InlineData(.5, 0.124786407902404, 0.0892696459253107, -0.0292711859265785, 0.0125649262415592, 0.517708545090725)]
    [InlineData(0, 0.238917204302779, 0.182453587784184, -0.026372804319319, 0, 0.907775695291915)]
    public void Median_and_interval_of_a_regression_agree_with_metafor(double power, double tau2, double tau2Error, double slope, double lower, double upper)
    {
        var result = Bcg.Regress(Bcg.Latitude, new PoolingOptions
        {
            Method = PoolingMethod.GENQM, Weights = [.. Bcg.V.Select(v => Math.Pow(v, -power))], Tau2Interval = Tau2IntervalMethod.GeneralisedQ,
        });
        result.Tau2.ShouldBe(tau2, 1e-9);
        result.Tau2StandardError!.Value.ShouldBe(tau2Error, 1e-9);
        result.Coefficients[1].Estimate.ShouldBe(slope, 1e-12);
        result.Tau2Interval!.Value.Lower.ShouldBe(lower, 1e-9);
        result.Tau2Interval.Value.Upper.ShouldBe(upper, 1e-9);
        result.Tau2IntervalBy(Tau2IntervalMethod.GeneralisedQ)!.Value.Upper.ShouldBe(upper, 1e-9);
    }

    [EveryCultureFact]
    public void The_options_find_the_method_and_the_interval_by_their_codes_and_say_what_is_missing()
    {
        MethodNames.Method("genqm").ShouldBe(PoolingMethod.GENQM);
        MethodNames.Tau2Interval("genq").ShouldBe(Tau2IntervalMethod.GeneralisedQ);
        MethodNames.Tau2Intervals.Count.ShouldBe(Enum.GetValues<Tau2IntervalMethod>().Length);
        Should.Throw<ArgumentException>(() => Bcg.Pool(new PoolingOptions { Method = PoolingMethod.GENQM })).Message.ShouldContain("(GENQM) needs weights");
        var many = Enumerable.Repeat(1.0, 1001).ToArray();
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool(many, many, new PoolingOptions { Tau2Interval = Tau2IntervalMethod.GeneralisedQ }))
            .Message.ShouldContain("use the method PMM or the Q-profile interval");
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

    /// <summary>
    /// Two groups of three studies, each with its own mean and variance u: Q is two sums of two squares, with the weights (u + tau^2)/u, so that the
    /// probability of a larger one is a difference of two exponential functions.
    /// </summary>
    [EveryCultureFact]
    public void Two_groups_of_three_have_bounds_in_closed_form()
    {
        double[] y = [0, 1.5, -.75, 4, 5.5, 2], v = [.2, .2, .2, .9, .9, .9];
        double[] rows = [.. Enumerable.Range(0, 6).SelectMany(i => i < 3 ? new[] { 1.0, 0 } : [0, 1.0])];
        var q = new GeneralisedQ(y, v, rows);
        var statistic = (0 + 2.25 + .5625 - .75 * .75 / 3) / .2 + (16 + 30.25 + 4 - 11.5 * 11.5 / 3) / .9;
        q.Statistic.ShouldBe(statistic, 1e-13 * statistic);

        double Larger(double tau2)
        {
            double a = (.2 + tau2) / .2, b = (.9 + tau2) / .9;
            return (a * Math.Exp(-statistic / (2 * a)) - b * Math.Exp(-statistic / (2 * b))) / (a - b);
        }

        var interval = q.Interval(.9);
        interval.Lower.ShouldBeGreaterThan(0);
        Larger(interval.Lower).ShouldBe(.05, 1e-12);
        Larger(interval.Upper).ShouldBe(.95, 1e-12);
        Larger(q.MedianEstimate().Tau2).ShouldBe(.5, 1e-12);
    }

    /// <summary>Three studies without moderators, of any precision: the mean over angles of two eigenvalues that a quadratic equation gives.</summary>
    [EveryCultureTheory]
    [InlineData(new[] { .1, .4, 1.0 }, new[] { 1.0, 1.0, 1.0 })]
    [InlineData(new[] { 1e-12, .4, 1.0 }, new[] { 1e12, 2.5, 1.0 })]
    [InlineData(new[] { 1e-12, .4, 1.0 }, new[] { 1.0, 1e10, 2.0 })]
    public void Three_studies_have_a_median_that_halves_an_integral(double[] v, double[] weights)
    {
        double[] y = [0, 3, -2];
        var q = new GeneralisedQ(y, v, default, weights);
        var tau2 = q.MedianEstimate().Tau2;
        tau2.ShouldBeGreaterThan(0);

        // The sum of the eigenvalues is that over pairs of a_i a_j (s_i + s_j)/sum a, and their product that of all a times that over pairs of s_i s_j, over sum a.
        double[] s = Array.ConvertAll(v, variance => variance + tau2);
        var sum = weights.Sum();
        (int I, int J)[] pairs = [(0, 1), (0, 2), (1, 2)];
        var trace = pairs.Sum(pair => weights[pair.I] * weights[pair.J] * (s[pair.I] + s[pair.J])) / sum;
        var product = weights[0] * weights[1] * weights[2] * pairs.Sum(pair => s[pair.I] * s[pair.J]) / sum;
        var statistic = pairs.Sum(pair => weights[pair.I] * weights[pair.J] * (y[pair.I] - y[pair.J]) * (y[pair.I] - y[pair.J])) / sum;
        var large = (trace + Math.Sqrt(trace * trace - 4 * product)) / 2;
        var small = product / large;

        // With tan(angle) = exp(u) the integrand keeps to one scale whatever the ratio of the eigenvalues.
        const double step = 1.0 / 64;
        double larger = 0;
        for (var u = -45.0; u <= 45; u += step)
        {
            var square = Math.Exp(2 * u);
            larger += Math.Exp(u - statistic * (1 + square) / (2 * (large + small * square))) / (1 + square);
        }

        (larger * step * 2 / Math.PI).ShouldBe(.5, 1e-11);
        q.Statistic.ShouldBe(statistic, 1e-13 * statistic);
    }
}
