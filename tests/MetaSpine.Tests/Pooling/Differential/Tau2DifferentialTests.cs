namespace MetaSpine.Tests;

/// <summary>
/// Every estimator of tau^2 against the textbook's matrices in 77 digits, with and without moderators. METASPINE_DIFFERENTIAL=10000 in the environment makes
/// so many problems of each kind.
/// </summary>
public sealed class Tau2DifferentialTests
{
    public static TheoryData<string> Kinds => PoolingProblem.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_estimator_and_its_standard_error_are_those_of_the_textbook(string kind)
    {
        var faults = new List<string>();
        foreach (var (name, problem) in PoolingProblem.Of(kind))
        {
            var judge = problem.Judge(name);
            foreach (var (method, form) in TextbookTau2.ClosedForms)
            {
                var result = problem.Fit(new PoolingOptions { Method = method, Weights = method == PoolingMethod.GENQ ? problem.Given : null });
                judge.Truncated($"tau2 {method}", result.Tau2, form.Tau2);
                judge.Number($"se {method}", result.Tau2StandardError!.Value, data => form.StandardError(data, result.Tau2));
            }

            foreach (var (method, equation) in TextbookTau2.Equations)
            {
                var result = problem.Fit(new PoolingOptions { Method = method });
                judge.Root($"tau2 {method}", result.Tau2, equation.Value);
                judge.Number($"se {method}", result.Tau2StandardError!.Value, data => equation.StandardError(data, result.Tau2));
            }

            problem.Fit(new PoolingOptions { Method = PoolingMethod.EE }).Tau2.ShouldBe(0);
            faults.AddRange(judge.Faults);
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>The tail is the library's, which is held against 20 digits elsewhere and promises 1e-12; the eigenvalues in it are Jacobi's, in 77 digits.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_median_of_a_generalised_Q_is_that_of_the_exact_eigenvalues(string kind)
    {
        var faults = new List<string>();
        foreach (var (name, problem) in PoolingProblem.Of(kind, 6).Where(some => some.Problem.Y.Length < 10))
        {
            var judge = problem.Judge(name);
            var result = problem.Fit(new PoolingOptions { Method = PoolingMethod.GENQM, Weights = problem.Given, Tau2Interval = Tau2IntervalMethod.GeneralisedQ });
            judge.Root("tau2 GENQM", result.Tau2, (data, t) => .5 - TextbookTau2.TailOfQ(data, t).Upper, 1e-12);
            judge.Number("se GENQM", result.Tau2StandardError!.Value, data => TextbookTau2.ClosedForms[PoolingMethod.GENQ].StandardError(data, result.Tau2));
            judge.Root("GENQ lower", result.Tau2Interval!.Value.Lower, (data, t) => .025 - TextbookTau2.TailOfQ(data, t).Upper, 1e-12);
            judge.Root("GENQ upper", result.Tau2Interval!.Value.Upper, (data, t) => TextbookTau2.TailOfQ(data, t).Lower - .025, 1e-12);
            faults.AddRange(judge.Faults);
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>A fine grid from 0 to far beyond the spread of the estimates; a likelihood has rounding like any sum of its terms.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_other_tau2_has_a_higher_likelihood(string kind)
    {
        var faults = new List<string>();
        foreach (var (name, problem) in PoolingProblem.Of(kind, 10).Where(some => some.Problem.Y.Length < 13))
        {
            var judge = problem.Judge(name);
            var smallest = problem.V.Min();
            var spread = problem.Y.Max() - problem.Y.Min();
            foreach (var method in new[] { PoolingMethod.ML, PoolingMethod.REML })
            {
                var tau2 = problem.Fit(new PoolingOptions { Method = method }).Tau2;
                var highest = Likelihood(tau2);
                for (var t = 0.0; t < 4 * spread * spread + smallest; t = (t + smallest) * 1.2 - smallest)
                {
                    var other = Likelihood(t);
                    judge.That((double)(other - highest) <= 1e-13, FormattableString.Invariant($"{method} is {tau2:R} with {highest}, but {t:R} has {other}"));
                }

                Real Likelihood(double t) => TextbookTau2.LogLikelihood(judge.Twin, t, method == PoolingMethod.REML);
            }

            faults.AddRange(judge.Faults);
        }

        faults.ShouldBeEmpty();
    }
}
