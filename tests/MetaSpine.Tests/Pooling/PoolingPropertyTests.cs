using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>What must hold for every data set, checked on random ones: variances over six orders of magnitude, from 2 to 30 studies.</summary>
public sealed class PoolingPropertyTests
{
    /// <summary>Each value of the generalised Q solves for k eigenvalues many times, so fewer data sets are drawn for the method that inverts it.</summary>
    private static int Draws(PoolingMethod method) => method == PoolingMethod.GENQM ? 15 : 150;

    public static TheoryData<PoolingMethod> Methods => [.. Enum.GetValues<PoolingMethod>()];

    private sealed record Problem(double[] Y, double[] V)
    {
        public PooledResult Pool(PoolingMethod method, PoolingTest test = PoolingTest.KnappHartung) =>
            MetaAnalysis.Pool(Y, V, new PoolingOptions
            {
                Method = method, Test = test, Weights = method is PoolingMethod.GENQ or PoolingMethod.GENQM ? Array.ConvertAll(V, v => 1 / Math.Sqrt(v)) : null,
            });
    }

    private static Arbitrary<Problem> Problems()
    {
        var y = Gen.Choose(-30000, 30000).Select(i => i / 10000.0);
        var v = Gen.Choose(-4000, 2000).Select(i => Math.Pow(10, i / 1000.0));
        return (from k in Gen.Choose(2, 30)
                from estimates in y.ArrayOf(k)
                from variances in v.ArrayOf(k)
                select new Problem(estimates, variances)).ToArbitrary();
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Shifting_the_estimates_shifts_the_result_and_nothing_else(PoolingMethod method) => ForAll(method, problem =>
    {
        var (a, b) = (problem.Pool(method), (problem with { Y = Array.ConvertAll(problem.Y, y => y + 4) }).Pool(method));
        Near(b.Estimate, a.Estimate + 4, 1e-11, 4);
        NearTau2(b, a.Tau2, problem);
        Near(b.StandardError, a.StandardError, 1e-8);
        Near(b.Q.Statistic, a.Q.Statistic, 1e-9);
        b.I2.ShouldBe(a.I2, 1e-5);
    });

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Scaling_estimates_and_standard_errors_scales_the_result(PoolingMethod method) => ForAll(method, problem =>
    {
        // A power of 2, so that scaling is exact and the results must agree to rounding of the logarithms alone.
        const double factor = 8;
        var a = problem.Pool(method);
        var b = new Problem(Array.ConvertAll(problem.Y, y => y * factor), Array.ConvertAll(problem.V, v => v * factor * factor)).Pool(method);
        Near(b.Estimate, factor * a.Estimate, 1e-12, 1e-9);
        Near(b.StandardError, factor * a.StandardError, 1e-12);
        Near(b.Tau2, factor * factor * a.Tau2, 1e-11);
        Near(b.I2, a.I2, 1e-11);
    });

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void The_order_of_the_studies_does_not_matter(PoolingMethod method) => ForAll(method, problem =>
    {
        var (a, b) = (problem.Pool(method), new Problem([.. problem.Y.Reverse()], [.. problem.V.Reverse()]).Pool(method));
        Near(b.Estimate, a.Estimate, 1e-10, 1e-2);
        NearTau2(b, a.Tau2, problem);
    });

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Results_are_coherent(PoolingMethod method) => ForAll(method, problem =>
    {
        foreach (var test in Enum.GetValues<PoolingTest>().Where(test => test != PoolingTest.KenwardRoger || method == PoolingMethod.REML))
        {
            PooledResult result;
            try
            {
                result = problem.Pool(method, test);
            }
            catch (PoolingException refusal) when (test == PoolingTest.KenwardRoger)
            {
                // Two studies of very different precision leave next to no degrees of freedom.
                refusal.Message.ShouldContain("too few for an interval");
                continue;
            }

            result.Tau2.ShouldBeGreaterThanOrEqualTo(0);
            result.Studies.Sum(study => study.Weight).ShouldBe(1, 1e-12);
            result.Interval.Contains(result.Estimate).ShouldBeTrue();
            result.PValue.ShouldBeInRange(0, 1);
            result.I2.ShouldBeInRange(0, 100);
            result.Provenance.Converged.ShouldBeTrue();
            if (method != PoolingMethod.EE)
            {
                result.Tau2Interval!.Value.Upper.ShouldBeGreaterThanOrEqualTo(result.Tau2Interval.Value.Lower);
                result.PredictionInterval!.Value.Contains(result.Interval.Lower).ShouldBeTrue();
                result.PredictionInterval!.Value.Contains(result.Interval.Upper).ShouldBeTrue();
            }
        }
    });

    [EveryCultureFact]
    public void The_floor_never_narrows_the_interval() => ForAll(PoolingMethod.REML, problem =>
    {
        var free = problem.Pool(PoolingMethod.REML, PoolingTest.KnappHartung);
        var floored = problem.Pool(PoolingMethod.REML, PoolingTest.KnappHartungFloor);
        floored.StandardError.ShouldBeGreaterThanOrEqualTo(free.StandardError);
    });

    private static void ForAll(PoolingMethod method, Action<Problem> property) =>
        Prop.ForAll(Problems(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Draws(method)).WithQuietOnSuccess(true));

    private static void Near(double actual, double expected, double relative, double unit = 0) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
            relative * Math.Max(Math.Abs(expected), unit), FormattableString.Invariant($"{actual:R} against {expected:R}"));

    /// <summary>tau^2 is known to the rounding of the estimates (about 1e-15) against the smallest standard error that decides it.</summary>
    private static void NearTau2(PooledResult result, double expected, Problem problem) =>
        Near(result.Tau2, expected, 1e-8, problem.V.Min());
}
