namespace MetaSpine.Tests;

/// <summary>Outcomes that no study has both of: their correlation is left open, and nothing else is lost.</summary>
public sealed class SeparateOutcomesTests
{
    /// <summary>
    /// Four outcomes, the first and the last in no study together. Their names decide their order in the factor of the matrix, so that each naming takes another way to the one maximum and another direction is flat. Along it the search stops where it likes; what the data decide agrees to the search's rounding.
    /// </summary>
    [Fact]
    public void What_the_data_decide_does_not_depend_on_the_order_of_the_outcomes()
    {
        string[] first = ["a", "b", "c", "d"];
        var one = Fit(first);
        one.Notes.ShouldBe(["These data say nothing of the correlation of 'a' with 'd' in 'what | study', because no level has both. It is left open, and no other number depends on it; CS and HCS have one correlation for all pairs."]);
        one.Components.Single(c => double.IsNaN(c.Value)).ShouldSatisfyAllConditions(c => c.Name.ShouldBe("a, d"), c => c.StandardError.ShouldBeNull());
        one.Components.Count(c => c.StandardError is not null).ShouldBe(9);
        foreach (var names in new[] { new[] { "d", "b", "c", "a" }, ["c", "a", "d", "b"] })
        {
            var other = Fit(names);
            other.Fit.RestrictedLogLikelihood.ShouldBe(one.Fit.RestrictedLogLikelihood, 1e-9);
            foreach (var component in one.Components.Where(c => double.IsFinite(c.Value)))
            {
                var parts = component.Name.Split(", ").Select(name => names[first.IndexOf(name)]).Order(StringComparer.Ordinal);
                var same = other.Components.Single(c => c.Name == string.Join(", ", parts));
                same.Value.ShouldBe(component.Value, 1e-5 * Math.Abs(component.Value), component.Name);
                same.StandardError!.Value.ShouldBe(component.StandardError!.Value, 1e-4 * component.StandardError.Value, component.Name);
            }

            for (var outcome = 0; outcome < 4; outcome++)
            {
                var (coefficient, same) = (one.Coefficients[outcome], other.Coefficients[names.Order(StringComparer.Ordinal).ToList().IndexOf(names[outcome])]);
                same.Estimate.ShouldBe(coefficient.Estimate, 1e-6 * coefficient.StandardError);
                same.StandardError.ShouldBe(coefficient.StandardError, 1e-6 * coefficient.StandardError);
                same.DegreesOfFreedom!.Value.ShouldBe(coefficient.DegreesOfFreedom!.Value, 1e-4 * coefficient.DegreesOfFreedom.Value);
            }
        }
    }

    /// <summary>Two slopes of which each study has one are the same case: their covariance is in no study's variance.</summary>
    [Fact]
    public void Slopes_that_no_level_has_both_of_say_so()
    {
        const int K = 60;
        var random = new Random(3);
        double[] study = [.. Enumerable.Range(0, K).Select(i => (double)(i / 4))], x = [.. Enumerable.Range(0, K).Select(_ => random.NextDouble() - .5)];
        Predictor[] columns =
        [
            Predictor.Numeric("study", study), Predictor.Numeric("dose", [.. x.Select((value, i) => study[i] % 2 == 0 ? value : 0)]),
            Predictor.Numeric("age", [.. x.Select((value, i) => study[i] % 2 == 1 ? value : 0)]),
        ];
        double[] shift = [.. Enumerable.Range(0, K / 4).Select(_ => random.NextDouble())], slope = [.. Enumerable.Range(0, K / 4).Select(_ => 6 * random.NextDouble())];
        var effects = Measures.GEN.Compute(new EffectData
        {
            ["yi"] = [.. Enumerable.Range(0, K).Select(i => shift[i / 4] + slope[i / 4] * x[i] + .2 * random.NextDouble())], ["vi"] = [.. Enumerable.Repeat(.01, K)],
        });
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("dose + age | study", CovarianceStructure.GEN)], columns);
        result.Notes.ShouldBe(["These data say nothing of the correlation of 'dose' with 'age' in 'dose + age | study', because one of the two is 0 in all effects of each level. It is left open, and no other number depends on it; GDIAG leaves correlations out."]);
        result.Components.Where(c => double.IsNaN(c.Value)).Select(c => c.Name).ShouldBe(["dose, age"]);
        result.Components.Count(c => c.StandardError is not null).ShouldBe(5);
        result.DegreesOfFreedom!.Value.ShouldBeInRange(10, 15);
    }

    [Fact]
    public void Outcomes_of_which_each_study_has_one_have_no_correlation_at_all() =>
        Should.Throw<PoolingException>(() => MultilevelAnalysis.Pool(
            Measures.GEN.Compute(new EffectData { ["yi"] = [1, 2, 4, 3, 5], ["vi"] = [.1, .1, .1, .1, .1] }), [RandomTerm.Parse("what | study", CovarianceStructure.UN)],
            [Predictor.Numeric("study", [1, 2, 3, 4, 5]), Predictor.Categorical("what", ["a", "b", "a", "b", "a"])]))
            .Message.ShouldBe("The correlation in 'what | study' cannot be estimated, because no level has two different effects. Take the structure ID or DIAG, which have no correlation, or another grouping.");

    /// <summary>Forty studies of three outcomes each, whose true effects have a level of the study in common.</summary>
    private static MultilevelRegressionResult Fit(string[] names)
    {
        const int Studies = 40;
        var random = new Random(11);
        double Normal() => NormalDistribution.UpperQuantile(random.NextDouble());
        var (study, what, y) = (new List<double>(), new List<string>(), new List<double>());
        for (var s = 0; s < Studies; s++)
        {
            var level = Normal();
            foreach (var outcome in s % 2 == 0 ? new[] { 0, 1, 2 } : [1, 2, 3])
            {
                study.Add(s);
                what.Add(names[outcome]);
                y.Add(outcome + .8 * level + (.8 + .2 * outcome) * Normal() + .3 * Normal());
            }
        }

        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [.. y], ["vi"] = [.. y.Select(_ => .09)] });
        return MultilevelAnalysis.Regress(
            effects, [RandomTerm.Parse("what | study", CovarianceStructure.UN)], [Predictor.Numeric("study", [.. study]), Predictor.Categorical("what", [.. what])], "~ 0 + what");
    }
}
