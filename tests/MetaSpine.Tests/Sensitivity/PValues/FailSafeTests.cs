using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Fail-safe N and excess significance: the reference files, metafor 5.0.1 on two data sets, a slow twin and what is refused.</summary>
public sealed class FailSafeTests
{
    private const double Tight = 1e-9;

    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids];

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Fail_safe_N_agrees(string id)
    {
        var test = DiagnosticsCase.Load(id);
        foreach (var expected in test["fsn"].EnumerateArray())
        {
            var actual = test.Pool().FailSafeN(Enum.Parse<FailSafeMethod>(expected.GetProperty("type").GetString()!));
            actual.Count.ShouldBe(expected.GetProperty("fsnum").GetDouble());
            Same(actual.PValue, expected.GetProperty("pval"));
            Same(actual.Estimate, expected.GetProperty("meanes"));
        }

        static void Same(double? actual, JsonElement expected)
        {
            if (expected.ValueKind == JsonValueKind.Null)
            {
                actual.ShouldBeNull();
            }
            else
            {
                (actual!.Value / expected.GetDouble()).ShouldBe(1, 1e-9);
            }
        }
    }

    /// <summary>
    /// The teacher-expectancy and passive-smoking studies of Becker (2005), Failsafe N or file-drawer number. She takes one-sided p-values of t tests (N about 23)
    /// and rounds (398), and has Orwin's N from the weighted mean; the numbers here are those of the formulas with z and the plain mean, as metafor has them.
    /// </summary>
    [EveryCultureTheory]
    [InlineData("raudenbush1985", 26, .05, 44, 0)]
    [InlineData("hackshaw1998", 393, .049, 186, 202)]
    public void Becker_2005_fail_safe_N(string id, double rosenthal, double target, double orwin, double rosenberg)
    {
        var pooled = DiagnosticsCase.Load(id).Pool();
        pooled.FailSafeN(FailSafeMethod.Rosenthal).Count.ShouldBe(rosenthal);
        pooled.FailSafeN(FailSafeMethod.Orwin, target: target).Count.ShouldBe(orwin);
        pooled.FailSafeN(FailSafeMethod.Rosenberg).Count.ShouldBe(rosenberg);

        // The formulas themselves: (sum z / 1.645)^2 - k and k (mean / target - 1), rounded up.
        double z = pooled.Studies.Sum(study => study.Effect.Estimate / study.Effect.StandardError), mean = pooled.Studies.Average(study => study.Effect.Estimate);
        Math.Ceiling(z * z / (1.6448536269514722 * 1.6448536269514722) - pooled.StudyCount).ShouldBe(rosenthal);
        Math.Ceiling(pooled.StudyCount * (mean / target - 1)).ShouldBe(orwin);
    }

    [EveryCultureFact]
    public void The_general_method_agrees()
    {
        DiagnosticsCase.Load("hackshaw1998").Pool().FailSafeN().Count.ShouldBe(112);
        var lehmann = MetaAnalysis.Pool(PublishedStudies.Lehmann2018.Y, PublishedStudies.Lehmann2018.V);
        lehmann.FailSafeN().Count.ShouldBe(266);
        lehmann.FailSafeN(FailSafeMethod.Rosenthal).Count.ShouldBe(2202);
        lehmann.FailSafeN(FailSafeMethod.Rosenberg).Count.ShouldBe(1434);
        lehmann.FailSafeN().Notes[0].ShouldBe("Fail-safe N (General): 266 unpublished studies without effect would bring the p-value above 0.05.");
        lehmann.FailSafeN().Notes[1].ShouldStartWith("A large fail-safe N does not rule publication bias out");
    }

    [EveryCultureFact]
    public void Under_equal_effects_the_general_method_is_Rosenbergs_but_for_the_weight_of_null_studies()
    {
        // Rosenberg gives null studies the mean weight, which is that of the harmonic mean of the variances.
        var equal = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE });
        equal.FailSafeN().Count.ShouldBe(equal.FailSafeN(FailSafeMethod.Rosenberg).Count);
    }

    [EveryCultureFact]
    public void Fail_safe_N_needs_an_effect_and_a_target_on_the_way_to_it()
    {
        Bcg.Pool().FailSafeN(FailSafeMethod.Orwin, target: -.1).Count.ShouldBe(Math.Ceiling(13 * (.740650381210936 - .1) / .1));
        Should.Throw<ArgumentException>(() => Bcg.Pool().FailSafeN(FailSafeMethod.Orwin, target: .1)).Message.ShouldContain("does not lie between no effect (0) and the mean");
        Should.Throw<ArgumentOutOfRangeException>(() => Bcg.Pool().FailSafeN(alpha: 0));
        MetaAnalysis.Pool([.1, -.1], [1, 1]).FailSafeN().Count.ShouldBe(0);
        MetaAnalysis.Pool([0, 0], [1, 1]).FailSafeN(FailSafeMethod.Orwin).Count.ShouldBe(0);
        MetaAnalysis.Pool([3], [.1]).FailSafeN(FailSafeMethod.Rosenthal).Count.ShouldBeGreaterThan(0);
        var proportions = MetaAnalysis.Pool(Measures.PLO.Compute(new EffectData { ["xi"] = [3, 5], ["ni"] = [20, 20] }));
        Should.Throw<ArgumentException>(() => proportions.FailSafeN()).Message.ShouldContain("PLO (logit proportion) has no value of no effect");
    }

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Excess_significance_agrees(string id)
    {
        // metafor takes the equal-effects estimate here, and the chi-squared test where enumerating the exact one would take too long.
        var test = DiagnosticsCase.Load(id);
        var actual = test.Pool(PoolingMethod.EE).ExcessSignificance();
        var expected = test["tes"];
        actual.Observed.ShouldBe(expected.GetProperty("O").GetInt32());
        actual.Expected.ShouldBe(expected.GetProperty("E").GetDouble(), 1e-9);
        actual.Effect.ShouldBe(expected.GetProperty("theta").GetDouble(), 1e-12);
        var pValue = expected.GetProperty("pval").GetDouble();
        Math.Min(Math.Abs(actual.PValue - pValue), Math.Abs(actual.ChiSquaredPValue - pValue)).ShouldBeLessThan(Tight);
        if (id == "bcg")
        {
            actual.PValue.ShouldBe(pValue, Tight);

            // metafor finds the limit by a search that stops at 1e-4.
            test.Pool(PoolingMethod.EE).ExcessSignificance().EffectWithoutExcess!.Value.ShouldBe(-0.4077909, 1e-4);
        }
    }

    [EveryCultureFact]
    public void With_heterogeneity_excess_significance_is_a_closed_form()
    {
        // metafor integrates over theta -/+ 5 tau, which leaves 6e-7 of each study's probability out, and its tau^2 is off by up to 1e-5.
        var pooled = DiagnosticsCase.Load("hackshaw1998").Pool();
        var hackshaw = pooled.ExcessSignificance();
        hackshaw.Expected.ShouldBe(7.02441847180492, 1e-4);
        for (var study = 0; study < 37; study += 6)
        {
            // Power averaged over the true effects, by the trapezium rule, which converges exponentially here.
            double se = pooled.Studies[study].Effect.StandardError, critical = NormalDistribution.UpperQuantile(.025), sum = 0;
            for (var t = -9.0; t <= 9; t += .01)
            {
                var z = (pooled.Estimate + t * Math.Sqrt(pooled.Tau2)) / se;
                sum += .01 * NormalDistribution.Density(t) * (NormalDistribution.Upper(critical - z) + NormalDistribution.Upper(critical + z));
            }

            hackshaw.Powers[study].ShouldBe(sum, 1e-12);
        }

        hackshaw.ChiSquaredPValue.ShouldBe(0.504083502520755, 1e-4);
        var lehmann = MetaAnalysis.Pool(PublishedStudies.Lehmann2018.Y, PublishedStudies.Lehmann2018.V).ExcessSignificance();
        lehmann.Observed.ShouldBe(26);
        lehmann.Expected.ShouldBe(26.6495936403904, 1e-4);
        lehmann.ChiSquaredPValue.ShouldBe(0.561043897078167, 1e-4);
    }

    [EveryCultureTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_number_of_successes_is_that_of_all_outcomes(int count)
    {
        double[] p = [.1, .25, .5, .9, .01];
        double sum = 0;
        for (var outcome = 0; outcome < 32; outcome++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)outcome) >= count)
            {
                sum += Enumerable.Range(0, 5).Aggregate(1.0, (product, i) => product * ((outcome >> i & 1) == 1 ? p[i] : 1 - p[i]));
            }
        }

        ExcessSignificanceTest.AtLeast(p, count).ShouldBe(sum, 1e-15);
    }

    [EveryCultureFact]
    public void Excess_significance_has_edges()
    {
        MetaAnalysis.Pool([.1], [1]).ExcessSignificance().PValue.ShouldBe(1);
        var all = MetaAnalysis.Pool([3, 3.1], [.1, .1]).ExcessSignificance();
        all.Observed.ShouldBe(2);
        all.Expected.ShouldBe(2, 1e-12);
        double.IsNaN(all.ChiSquaredPValue).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Bcg.Pool().ExcessSignificance(tau2: -1)).Message.ShouldContain("tau^2 (-1)");
        Should.Throw<ArgumentOutOfRangeException>(() => Bcg.Pool().ExcessSignificance(alpha: 1));
    }
}
