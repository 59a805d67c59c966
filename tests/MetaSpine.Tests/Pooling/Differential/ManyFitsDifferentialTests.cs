namespace MetaSpine.Tests;

/// <summary>
/// What fits again and again by ways of its own - many analyses at once, all subsets, one study less, one study more - against the textbook's matrices in
/// 77 digits for each fit. METASPINE_DIFFERENTIAL=10000 in the environment makes so many problems of each kind.
/// </summary>
public sealed class ManyFitsDifferentialTests
{
    /// <summary>What the distributions promise for critical values.</summary>
    private const double Tail = 2e-14;

    public static TheoryData<string> Kinds => PoolingProblem.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_of_many_analyses_is_that_of_the_textbook(string kind)
    {
        var problems = PoolingProblem.Of(kind).Where(some => some.Problem.X is null).ToList();
        double[] y = [.. problems.SelectMany(some => some.Problem.Y)], v = [.. problems.SelectMany(some => some.Problem.V)];
        int[] offsets = [0, .. problems.Select((_, i) => problems.Take(i + 1).Sum(some => some.Problem.Y.Length))];
        var judges = problems.ConvertAll(some => some.Problem.Judge(some.Name));
        foreach (var method in Enum.GetValues<PoolingMethod>().Except([PoolingMethod.GENQ, PoolingMethod.GENQM]))
        {
            var test = new[] { PoolingTest.Z, PoolingTest.T, PoolingTest.KnappHartung, PoolingTest.KnappHartungFloor, PoolingTest.KnappHartungWider, PoolingTest.KnappHartungIqwig }[(int)method % 6];
            var options = new PoolingOptions { Method = method, Test = test };
            var many = MetaAnalysis.PoolMany(y, v, offsets, options, cancellation: TestContext.Current.CancellationToken);
            for (var i = 0; i < judges.Count; i++)
            {
                Compare(judges[i], many, i, new TextbookInference(options, many.Tau2[i]));
            }
        }

        judges.SelectMany(judge => judge.Faults).ShouldBeEmpty();
    }

    /// <summary>
    /// Q and the estimate of each subset; where a fit has a tau^2 of its own, that of pooling the subset, which has a test above. I^2 tells
    /// whether Q and tau^2 of the subset are right.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_subset_is_that_of_the_textbook(string kind)
    {
        var faults = new List<string>();
        foreach (var (name, problem) in PoolingProblem.Of(kind, 6).Where(some => some.Problem is { X: null, Y.Length: >= 3 and < 7 }))
        {
            foreach (var method in new[] { PoolingMethod.EE, PoolingMethod.DL, PoolingMethod.REML })
            {
                var gosh = MetaAnalysis.Pool(problem.Y, problem.V, new PoolingOptions { Method = method }).Gosh(cancellation: TestContext.Current.CancellationToken);
                var points = gosh.Points!;
                for (var n = 0; n < points.Estimates.Count; n++)
                {
                    int[] members = [.. Enumerable.Range(0, problem.Y.Length).Where(study => points.Includes(n, study))];
                    if (members.Length > 1)
                    {
                        var judge = problem.Only(members).Judge($"{name}, subset {string.Join(' ', members)}");
                        Subset(judge, method, points.Estimates[n], points.I2[n], problem.Y.Max(y => Math.Abs(y)) + problem.Y.Max() - problem.Y.Min());
                        faults.AddRange(judge.Faults);
                    }
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_step_and_each_omission_is_that_of_the_textbook(string kind)
    {
        var faults = new List<string>();
        var methods = Enum.GetValues<PoolingMethod>().Except([PoolingMethod.EE, PoolingMethod.GENQ, PoolingMethod.GENQM]).ToArray();
        var number = 0;
        foreach (var (name, problem) in PoolingProblem.Of(kind, 3).Where(some => some.Problem is { X: null, Y.Length: >= 3 and < 20 }))
        {
            var options = new PoolingOptions { Method = methods[number++ % methods.Length] };
            var pooled = MetaAnalysis.Pool(problem.Y, problem.V, options);
            var k = problem.Y.Length;
            var left = pooled.LeaveOneOut().Subsets;
            var steps = pooled.Cumulative().Steps;
            for (var i = 0; i < k; i++)
            {
                Refit(left[i], [.. Enumerable.Range(0, k).Where(study => study != i)], $"{name} without {i}");
                if (i > 0)
                {
                    Refit(steps[i], [.. Enumerable.Range(0, i + 1)], $"{name} up to {i}");
                }
            }

            void Refit(SubsetResult fit, int[] members, string what)
            {
                var judge = problem.Only(members).Judge(what);
                var textbook = new TextbookInference(options, fit.Tau2!.Value);
                Tau2(judge, options.Method, fit.Tau2.Value);
                judge.Number("refit estimate", fit.Estimate, data => textbook.Estimate(data, 0));
                judge.Number("refit se", fit.StandardError, data => Real.Sqrt(textbook.Variance(data, 0).Variance));
                judge.Number("refit Q", fit.Q!.Value.Statistic, data => data.At(0).Q);
                faults.AddRange(judge.Faults);
            }
        }

        faults.ShouldBeEmpty();
    }

    private static void Compare(Judge judge, PooledColumns many, int i, TextbookInference textbook)
    {
        if (textbook.Options.Method == PoolingMethod.EE)
        {
            judge.That(many.Tau2[i] == 0, "tau^2 under equal effects");
        }
        else
        {
            Tau2(judge, textbook.Options.Method, many.Tau2[i]);
            judge.Number("bulk I2", many.I2[i], data => 100 * many.Tau2[i] / (many.Tau2[i] + TextbookInference.Typical(data)));
            judge.Number("bulk H2", many.H2[i], data => many.Tau2[i] / TextbookInference.Typical(data) + 1);
        }

        judge.Number("bulk estimate", many.Estimate[i], data => textbook.Estimate(data, 0));
        judge.Number("bulk se", many.StandardError[i], data => Real.Sqrt(textbook.Variance(data, 0).Variance));
        judge.Number("bulk Q", many.Q[i], data => data.At(0).Q);
        judge.Number("bulk p of Q", many.QPValue[i], data => ChiSquared.Upper((double)data.At(0).Q, data.Freedom), slack: Tail - 5e-16 * Math.Log(Math.Max(many.QPValue[i], 1e-300)));
        if (many.StandardError[i] > 0)
        {
            judge.Number("bulk statistic", many.Statistic[i], data => textbook.Statistic(data, 0));
            judge.Number("bulk p", many.PValue[i], data => textbook.PValue(data, 0), slack: Tail - 5e-16 * Math.Log(Math.Max(many.PValue[i], 1e-300)));
        }

        Bound("lower", many.Lower[i], data => textbook.Bound(data, 0, -1));
        Bound("upper", many.Upper[i], data => textbook.Bound(data, 0, 1));
        if (textbook.Options.Method != PoolingMethod.EE)
        {
            Bound("prediction lower", many.PredictionLower[i], data => textbook.Prediction(data, PredictionMethod.Standard, -1));
            Bound("prediction upper", many.PredictionUpper[i], data => textbook.Prediction(data, PredictionMethod.Standard, 1));
        }

        void Bound(string side, double actual, Func<TextbookTwin, (Real Bound, Real Margin)> bound) => judge.Number(
            $"bulk {side}", actual, data => bound(data).Bound, data => Real.Abs(textbook.Estimate(data, 0)) + bound(data).Margin, Tail);
    }

    private static void Subset(Judge judge, PoolingMethod method, double estimate, double i2, double spread)
    {
        switch (method)
        {
            case PoolingMethod.EE or PoolingMethod.DL:
                // The sums of a subset are made of those of its parts, whose means keep the last digit of the largest distance from the most precise study: of the
                // whole problem. That moves Q by as much as it moves the second most precise of the subset. Under DL the I^2 of tau^2 is that of Q.
                var q = (double)judge.Twin.At(0).Q;
                var second = (double)judge.Twin.At(0).W.OrderDescending().ElementAt(1);
                judge.Truncated(
                    $"subset I2 {method}", i2, data => data.At(0).Q.Sign == 0 ? Real.Zero : 100 * (data.At(0).Q - data.Freedom) / data.At(0).Q,
                    q == 0 ? 0 : 200 * judge.Twin.Freedom / q * judge.Twin.K * Math.ScaleB(spread, -53) * Math.Sqrt(second / q));
                judge.Number($"subset estimate {method}", estimate, data => data.Coefficients(data.At(method == PoolingMethod.EE ? Real.Zero : Tau2(data)))[0], _ => spread);
                break;
            default:
                // I^2 says what tau^2 was, but for the digits that 100 - I^2 loses.
                var tau2 = (double)(i2 / (100 - (Real)i2) * TextbookInference.Typical(judge.Twin));
                judge.Root($"subset I2 {method}", tau2, TextbookTau2.Equations[method].Value, slack: (double)Real.Abs(Lost(judge.Twin)));
                break;
        }

        static Real Tau2(TextbookTwin data) => Real.Max(Real.Zero, TextbookTau2.ClosedForms[PoolingMethod.DL].Tau2(data));

        Real Lost(TextbookTwin data)
        {
            Real before = i2 / (100 - (Real)i2) * TextbookInference.Typical(data), after = before * (1 + 4e-16 * 100 / (100 - (Real)i2));
            return TextbookTau2.Equations[method].Value(data, after) - TextbookTau2.Equations[method].Value(data, before);
        }
    }

    private static void Tau2(Judge judge, PoolingMethod method, double tau2)
    {
        if (TextbookTau2.ClosedForms.TryGetValue(method, out var form))
        {
            judge.Truncated($"refit tau2 {method}", tau2, form.Tau2);
        }
        else
        {
            judge.Root($"refit tau2 {method}", tau2, TextbookTau2.Equations[method].Value);
        }
    }
}
