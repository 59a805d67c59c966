using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine.Tests;

/// <summary>Kenward and Roger's test of dependent effects: where an exact test exists, against pbkrtest, and against the papers' formulas with whole matrices.</summary>
public sealed class KenwardRogerModelTests
{
    private static readonly JsonElement Peer = JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Multilevel/kenward-roger.json"))).RootElement;

    private static readonly MultilevelOptions Options = new() { Test = MultilevelTest.KenwardRoger };

    /// <summary>In a balanced design with equal variances the mean has exactly t with m - 1 degrees of freedom, and nothing is lost by estimating the variances.</summary>
    [Fact]
    public void A_balanced_design_has_its_exact_test()
    {
        double[] means = [.1, .9, .4, 1.5, -.2, .7], inner = [-.4, .1, .3];
        var y = means.SelectMany((mean, i) => inner.Select(value => mean + (i % 2 == 0 ? value : -1.3 * value))).ToArray();
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = [.. y.Select(_ => .02)] });
        Predictor[] columns = [Predictor.Numeric("study", [.. y.Select((_, i) => (double)(i / 3))]), Predictor.Numeric("effect", [.. y.Select((_, i) => (double)i)])];
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study/effect")], columns, null, Options);
        var plain = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study/effect")], columns);
        double[] averages = [.. Enumerable.Range(0, 6).Select(i => y[(3 * i)..(3 * i + 3)].Average())];
        result.DegreesOfFreedom!.Value.ShouldBe(5, 1e-7);
        result.StandardError.ShouldBe(plain.StandardError, 1e-9);
        result.StandardError.ShouldBe(Math.Sqrt(averages.Sum(value => Math.Pow(value - averages.Average(), 2)) / 30), 1e-9);
    }

    /// <summary>Complete outcomes with the same V and an unstructured matrix: Hotelling's T^2, of which F = (m - p) / ((m - 1) p) T^2 with p and m - p degrees of freedom is exact.</summary>
    [Fact]
    public void Complete_outcomes_have_the_test_of_Hotelling()
    {
        const int M = 9;
        var random = new Random(5);
        var outcomes = Matrix<double>.Build.Dense(M, 2, (_, j) => .5 * j + NormalDistribution.UpperQuantile(random.NextDouble()));
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [.. outcomes.ToRowMajorArray()], ["vi"] = [.. Enumerable.Repeat(.05, 2 * M)] });
        Predictor[] columns = [Predictor.Numeric("study", [.. Enumerable.Range(0, 2 * M).Select(i => (double)(i / 2))]), Predictor.Categorical("outcome", [.. Enumerable.Range(0, 2 * M).Select(i => $"{i % 2}")])];
        var v = SamplingCovariance.WithinClusters(effects, columns[0], .4);
        var result = MultilevelAnalysis.Regress(effects, [RandomTerm.Parse("outcome | study", CovarianceStructure.UN)], columns, "~ 0 + outcome", v, Options);
        var mean = outcomes.ColumnSums() / M;
        var centred = Matrix<double>.Build.Dense(M, 2, (i, j) => outcomes[i, j] - mean[j]);
        var t2 = M * mean * (centred.TransposeThisAndMultiply(centred) / (M - 1)).Inverse() * mean;
        result.Moderators.Statistic.ShouldBe((M - 2) / ((M - 1) * 2.0) * t2, 1e-6 * result.Moderators.Statistic);
        result.Moderators.ResidualDegreesOfFreedom!.Value.ShouldBe(M - 2, 1e-6);
        result.Coefficients.ShouldAllBe(c => Math.Abs(c.DegreesOfFreedom!.Value - (M - 1)) < 1e-6);
    }

    /// <summary>
    /// pbkrtest 0.5.2 on lme4 1.1-31 (kenward-roger.json, by make-kenward-roger.R). With the same known sampling variance for all effects, lmer's residual variance is that of effects within
    /// studies plus it. lmer stops 1e-6 from its maximum.
    /// </summary>
    [Theory]
    [InlineData("intercepts", "~ x + z", "study/effect")]
    [InlineData("groups", "~ x + group", "study/effect")]
    [InlineData("slopes", "~ x + z", "x | study")]
    public void Unbalanced_designs_agree_with_pbkrtest(string name, string formula, string term)
    {
        var (data, expected) = (Peer.GetProperty("data"), Peer.GetProperty(name));
        double[] Numbers(string column) => ReferenceCase.Numbers(data.GetProperty(column));
        var y = Numbers("y");
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = [.. y.Select(_ => .01)] });
        Predictor[] columns =
        [
            Predictor.Numeric("study", Numbers("study")), Predictor.Numeric("effect", [.. y.Select((_, i) => (double)i)]), Predictor.Numeric("x", Numbers("x")), Predictor.Numeric("z", Numbers("z")),
            Predictor.Categorical("group", [.. data.GetProperty("group").EnumerateArray().Select(e => e.GetString())]),
        ];
        RandomTerm[] random = term.Contains('|') ? [RandomTerm.Parse(term, CovarianceStructure.GEN), RandomTerm.Parse("effect")] : [RandomTerm.Parse(term)];
        var result = MultilevelAnalysis.Regress(effects, random, columns, formula, null, Options);
        result.Coefficients.Select(c => c.Estimate).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("beta")), 1e-5, "coefficients");
        result.Covariance.SelectMany(row => row).ShouldBeNear(expected.GetProperty("covariance").EnumerateArray().SelectMany(ReferenceCase.Numbers), 1e-5, "covariance");
        result.Coefficients.Select(c => c.DegreesOfFreedom!.Value).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("df")), 1e-5, "degrees of freedom");
        var joint = name == "groups" ? result.Freedom.OfJoint([2, 3]) : result.Freedom.OfJoint([1, 2]);
        joint.DegreesOfFreedom!.Value.ShouldBe(expected.GetProperty("ddf").GetDouble(), 1e-4);
        joint.Scale.ShouldBe(expected.GetProperty("scaling").GetDouble(), 1e-5);
        if (name != "groups")
        {
            result.Moderators.Statistic.ShouldBe(expected.GetProperty("F").GetDouble(), 1e-5);
            result.Moderators.PValue.ShouldBe(expected.GetProperty("p").GetDouble(), 1e-5);
        }
    }

    /// <summary>
    /// The papers' sums written out for HCS, which is not linear in its numbers, with whole matrices and other numbers than the code's: variances and a correlation, moved by
    /// central differences of their own. That both agree shows that the numbers have no say. Differences leave about 1e-7.
    /// </summary>
    [Fact]
    public void A_dense_twin_agrees()
    {
        const int K = 30;
        var random = new Random(8);
        double Normal() => NormalDistribution.UpperQuantile(random.NextDouble());
        int[] study = [.. Enumerable.Range(0, K).Select(i => i / 3)], outcome = [.. Enumerable.Range(0, K).Select(i => i % 7 == 0 ? 0 : i % 3)];
        double[] level = [.. Enumerable.Range(0, K).Select(_ => Normal())], x = [.. Enumerable.Range(0, K).Select(_ => random.NextDouble())], variances = [.. Enumerable.Range(0, K).Select(_ => .05 + .2 * random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, K).Select(i => .7 * level[study[i]] + (.4 + .3 * outcome[i]) * Normal() + .3 * Normal())];
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = variances });
        Predictor[] columns = [Predictor.Numeric("study", [.. study.Select(s => (double)s)]), Predictor.Numeric("outcome", [.. outcome.Select(o => (double)o)]), Predictor.Numeric("x", x)];
        var v = SamplingCovariance.WithinClusters(effects, columns[0], .3);
        var result = MultilevelAnalysis.Regress(effects, [RandomTerm.Parse("outcome | study", CovarianceStructure.HCS)], columns, "~ x", v, Options);
        result.Components.ShouldAllBe(c => !c.IsAtBound);
        double[] numbers = [.. result.Components.Select(c => c.Value)];
        Matrix<double> Marginal(double[] at) => Matrix<double>.Build.Dense(K, K, (i, j) =>
            v[i, j] + (study[i] != study[j] ? 0 : outcome[i] == outcome[j] ? at[outcome[i]] : at[3] * Math.Sqrt(at[outcome[i]] * at[outcome[j]])));
        const double H = 1e-4;
        Matrix<double> Moved(params (int Number, double Step)[] moves) => Marginal([.. numbers.Select((value, n) => value + moves.Where(move => move.Number == n).Sum(move => move.Step))]);
        var first = Enumerable.Range(0, 4).Select(i => (Moved((i, H)) - Moved((i, -H))) / (2 * H)).ToArray();
        Matrix<double> Second(int i, int j) => (Moved((i, H), (j, H)) - Moved((i, H), (j, -H)) - Moved((i, -H), (j, H)) + Moved((i, -H), (j, -H))) / (4 * H * H);
        var design = Matrix<double>.Build.Dense(K, 2, (i, j) => j == 0 ? 1 : x[i]);
        var inverse = Marginal(numbers).Inverse();
        var plain = (design.Transpose() * inverse * design).Inverse();
        var projection = inverse - inverse * design * plain * design.Transpose() * inverse;
        var w = Matrix<double>.Build.Dense(4, 4, (i, j) => (projection * first[i] * projection * first[j]).Trace() / 2).Inverse();
        var p = first.Select(derivative => -design.Transpose() * inverse * derivative * inverse * design).ToArray();
        Matrix<double> Q(int i, int j) => design.Transpose() * inverse * first[i] * inverse * first[j] * inverse * design;
        var corrected = plain.Clone();
        for (var i = 0; i < 4; i++)
        {
            double bias = 0;
            for (var j = 0; j < 4; j++)
            {
                corrected += 2 * w[i, j] * plain * (Q(i, j) - p[i] * plain * p[j] - design.Transpose() * inverse * Second(i, j) * inverse * design / 4) * plain;
                for (var a = 0; a < 4; a++)
                {
                    for (var b = 0; b < 4; b++)
                    {
                        bias -= w[i, j] * w[a, b] * (projection * Second(a, b) * projection * first[j]).Trace() / 4;
                    }
                }
            }

            corrected += bias * plain * p[i] * plain;
        }

        result.Covariance.SelectMany(row => row).ShouldBeNear(corrected.ToRowMajorArray(), 1e-6, "covariance");
        double slope = 0;
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                slope += w[i, j] * (plain * p[i] * plain)[1, 1] * (plain * p[j] * plain)[1, 1];
            }
        }

        result.Coefficients[1].DegreesOfFreedom!.Value.ShouldBe(2 * plain[1, 1] * plain[1, 1] / slope, 1e-6);
        corrected[1, 1].ShouldBeGreaterThan(1.01 * plain[1, 1], "the correction is not nothing");
    }

    /// <summary>A standard deviation of 0 is taken as known; all of them, and the residual degrees of freedom are left, as with Satterthwaite.</summary>
    [Fact]
    public void Variances_at_their_end_and_other_methods_are_no_trouble()
    {
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [.1, .2, .15, .12, .17], ["vi"] = [.1, .1, .2, .1, .1] });
        Predictor[] columns = [Predictor.Numeric("study", [1, 1, 2, 3, 4])];
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], columns, null, Options);
        (result.Components[0].Value, result.DegreesOfFreedom).ShouldBe((0, 4));
        Should.Throw<ArgumentException>(() => MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], columns, null, Options with { Method = PoolingMethod.ML }))
            .Message.ShouldStartWith("The Kenward-Roger test is defined for REML; choose the method REML, or the test satterthwaite.");
    }
}
