using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>p-curve, p-uniform, p-uniform*, z-curve, hybrid, S-values and E-values.</summary>
public sealed class PValueMethodsTests
{
    /// <summary>puniform 0.2.8 bisects until the bracket is shorter than 1e-4.</summary>
    private const double Bisected = 1e-4;

    private static readonly PooledResult McCall = MetaAnalysis.Pool(
        Measures.ZCOR.Compute(new EffectData { ["ri"] = PublishedStudies.McCall1993.R, ["ni"] = PublishedStudies.McCall1993.N }), new PoolingOptions { Test = PoolingTest.Z });

    private static readonly PooledResult Lehmann = MetaAnalysis.Pool(PublishedStudies.Lehmann2018.Y, PublishedStudies.Lehmann2018.V, new PoolingOptions { Test = PoolingTest.Z });

    /// <summary>The R package puniform 0.2.8 on McCall and Carriger (1993).</summary>
    [EveryCultureTheory]
    [InlineData(PUniformEstimator.P, 0.179236461687363, -0.23787861717421, 0.35454658653697, -1.18141704153872, 2.61540635961851)]
    [InlineData(PUniformEstimator.LNP, 0.176824938432686, -0.0274056566172431, 0.367992327429089, 17.3536854772342, 4.55401129479888)]
    [InlineData(PUniformEstimator.LN1MINP, 0.176264119071134, -0.621312551824896, 0.407350874280596, 8.70986817437421, 18.6523220658034)]
    [InlineData(PUniformEstimator.ML, 0.233989910437816, 0.0345235357038837, 0.387302983633295, 5.05850823433282, 5.38791617172742)]
    public void McCall_1993_p_uniform_agrees(PUniformEstimator estimator, double estimate, double lower, double upper, double effect, double bias)
    {
        var actual = McCall.PUniformAnalysis(estimator);
        actual.SignificantCount.ShouldBe(11);
        actual.EqualEffectsEstimate.ShouldBe(0.412324348772972, 1e-12);
        actual.Estimate.ShouldBe(estimate, Bisected);
        actual.Interval!.Value.Lower.ShouldBe(lower, Bisected);
        actual.Interval.Value.Upper.ShouldBe(upper, Bisected);
        actual.EffectTest!.Value.Statistic.ShouldBe(effect, 1e-6);
        actual.BiasTest!.Value.Statistic.ShouldBe(bias, 1e-6);
    }

    [EveryCultureFact]
    public void McCall_1993_p_values_agree()
    {
        McCall.PUniformAnalysis(PUniformEstimator.LNP).EffectTest!.Value.PValue.ShouldBe(0.0415594638156324, 1e-9);
        McCall.PUniformAnalysis(PUniformEstimator.LNP).BiasTest!.Value.PValue.ShouldBe(0.00725054714280049, 1e-9);
        McCall.PUniformAnalysis(PUniformEstimator.LN1MINP).EffectTest!.Value.PValue.ShouldBe(0.260215477830063, 1e-9);
        McCall.PUniformAnalysis(PUniformEstimator.LN1MINP).BiasTest!.Value.PValue.ShouldBe(0.0218974626571, 1e-9);
        McCall.PUniformAnalysis(PUniformEstimator.ML).EffectTest!.Value.PValue.ShouldBe(0.024505322550668, 1e-8);

        // puniform uses the normal distribution for P, ours is exact: 11 uniform values are nearly normal.
        McCall.PUniformAnalysis().EffectTest!.Value.PValue.ShouldBe(0.118718545715343, 2e-3);
        McCall.PUniformAnalysis().BiasTest!.Value.PValue.ShouldBe(0.0044560677401959, 2e-3);
    }

    [EveryCultureFact]
    public void McCall_1993_distances_are_least()
    {
        // puniform searches both minima, to about 1e-4.
        McCall.PUniformAnalysis(PUniformEstimator.KS).Estimate.ShouldBe(0.207421623067712, 1e-4);
        McCall.PUniformAnalysis(PUniformEstimator.AD).Estimate.ShouldBe(0.17225875850729, 1e-4);
        McCall.PUniformAnalysis(PUniformEstimator.KS).Interval.ShouldBeNull();
        McCall.PUniformAnalysis().Notes[0].ShouldStartWith("p-uniform (P) from 11 significant of 12 studies: correlation 0.177 (95% interval -0.234 to 0.34), against 0.39 of all studies under equal effects; publication bias p = 0.00");
    }

    [EveryCultureFact]
    public void The_favoured_direction_may_be_the_left() =>
        Prop.ForAll(SensitivityProblems.OfSize(4, 9), problem =>
        {
            var right = MetaAnalysis.Pool([.. problem.Y.Select(y => Math.Abs(y) + 2.5 * Math.Sqrt(problem.V.Max()))], problem.V);
            var left = MetaAnalysis.Pool([.. problem.Y.Select(y => -Math.Abs(y) - 2.5 * Math.Sqrt(problem.V.Max()))], problem.V);
            foreach (var estimator in (PUniformEstimator[])[PUniformEstimator.P, PUniformEstimator.LNP, PUniformEstimator.ML])
            {
                var (a, b) = (right.PUniformAnalysis(estimator), left.PUniformAnalysis(estimator));
                (a.Side, b.Side).ShouldBe((FunnelSide.Right, FunnelSide.Left));
                b.Estimate.ShouldBe(-a.Estimate, 1e-6 * (1 + Math.Abs(a.Estimate)));
                b.Interval!.Value.Lower.ShouldBe(-a.Interval!.Value.Upper, 1e-6 * (1 + Math.Abs(a.Interval.Value.Upper)));
                a.Interval.Value.Contains(a.Estimate).ShouldBeTrue();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [EveryCultureFact]
    public void P_uniform_needs_significant_studies()
    {
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.1, .2], [1, 1]).PUniformAnalysis()).Message.ShouldContain("none of the 2 is significant on the right side");
        MetaAnalysis.Pool([3, .2], [1, 1]).PUniformAnalysis().SignificantCount.ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => McCall.PUniformAnalysis(alpha: 2));
    }

    /// <summary>puniform 0.2.8, by maximum likelihood; its optimiser stops at about 1e-5, and its roots at 1e-4.</summary>
    [EveryCultureFact]
    public void P_uniform_star_agrees()
    {
        var mccall = McCall.PUniformStarAnalysis();
        mccall.Estimate.ShouldBe(0.269393500663785, 1e-5);
        mccall.Tau2.ShouldBe(0);
        mccall.Interval.Lower.ShouldBe(-0.0879810828924372, 2e-4);
        mccall.Interval.Upper.ShouldBe(0.409837124704151, 2e-4);
        mccall.Tau2Interval.Lower.ShouldBe(0);
        mccall.Tau2Interval.Upper.ShouldBe(0.0502834124852266, 2e-4);
        mccall.EffectTest.Statistic.ShouldBe(3.00425329400567, 1e-4);
        mccall.HeterogeneityTest.PValue.ShouldBe(1, 1e-6);

        var lehmann = Lehmann.PUniformStarAnalysis();
        lehmann.Estimate.ShouldBe(0.15099596749998, 1e-4);
        lehmann.Tau2.ShouldBe(0.0856458144602729, 1e-4);
        lehmann.Interval.Lower.ShouldBe(0.0306325096599237, 2e-4);
        lehmann.Interval.Upper.ShouldBe(0.294237639911075, 2e-4);
        lehmann.Tau2Interval.Lower.ShouldBe(0.0459738091559646, 2e-4);
        lehmann.Tau2Interval.Upper.ShouldBe(0.150215335996358, 3e-4);
        lehmann.EffectTest.Statistic.ShouldBe(6.17587975585095, 1e-4);
        lehmann.HeterogeneityTest.Statistic.ShouldBe(44.8031576757702, 1e-4);
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([1], [.1]).PUniformStarAnalysis()).Message.ShouldContain("at least 2 studies");
    }

    [EveryCultureFact]
    public void P_uniform_star_reaches_a_maximum()
    {
        var likelihood = new ConditionalLikelihood(PublishedStudies.Lehmann2018.Y, PublishedStudies.Lehmann2018.V, NormalDistribution.UpperQuantile(.025));
        var best = likelihood.Maximum();
        foreach (var step in (double[])[-.3, -.01, .01, .3])
        {
            likelihood.AtEffect(best.Effect + step).Value.ShouldBeLessThan(best.Value);
            likelihood.AtTau2(Math.Max(0, best.Tau2 + step / 4)).Value.ShouldBeLessThan(best.Value);
        }

        likelihood.AtEffect(best.Effect).Value.ShouldBe(best.Value, 1e-10);
        likelihood.AtTau2(best.Tau2).Value.ShouldBe(best.Value, 1e-10);
    }

    /// <summary>The R package dmetar (p-curve app 4.052) on ThirdWave, with the digits that it prints.</summary>
    [EveryCultureFact]
    public void Third_wave_p_curve_agrees()
    {
        var curve = MetaAnalysis.Pool(PublishedStudies.ThirdWave.Y, [.. PublishedStudies.ThirdWave.Se.Select(se => se * se)]).PCurveAnalysis();
        (curve.StudyCount, curve.SignificantCount, curve.HalfCount).ShouldBe((18, 11, 10));
        Printed.At(curve.RightSkewBinomialPValue, .006, 3);
        Printed.At(curve.RightSkew.Z, -5.943, 3);
        Printed.At(curve.RightSkewHalf!.Value.Z, -4.982, 3);
        Printed.At(curve.FlatterBinomialPValue, .975, 3);
        Printed.At(curve.Flatter.Z, 3.260, 3);
        Printed.At(curve.Flatter.PValue, .999, 3);
        
        // The app's half curve is not uniform under 33% power: at p = 0.025 its value is 2/3 instead of 0. Its number, and ours.
        RootFinding.TryFind(x => Tail(1.9599639845400545, x) - 1 / 3.0, 0, 10, out var third).ShouldBeTrue();
        var beyond = Tail(2.241402727604945, third);
        double[] half = [.. PublishedStudies.ThirdWave.Y.Zip(PublishedStudies.ThirdWave.Se, (y, se) => y / se).Where(z => z > 2.241402727604945)];
        Printed.At(half.Sum(z => NormalDistribution.Quantile(1 - Tail(z, third) / (3 * beyond))) / Math.Sqrt(10), 5.158, 3);
        curve.FlatterHalf!.Value.Z.ShouldBe(half.Sum(z => NormalDistribution.Quantile(1 - Tail(z, third) / beyond)) / Math.Sqrt(10), 1e-9);
        Printed.At(100 * curve.Power, 84, 0);
        Printed.At(100 * curve.PowerInterval.Lower, 62.7, 1);
        Printed.At(100 * curve.PowerInterval.Upper, 94.6, 1);
        (curve.HasEvidence, curve.LacksEvidence).ShouldBe((true, false));
        curve.Notes[0].ShouldBe("p-curve of 11 significant of 18 results (10 below 0.025): they are right-skewed, as with a true effect (full curve p < 0.0001, half curve p < 0.0001); estimated power 84% (90% interval 63% to 95%).");

        static double Tail(double z, double mean) => NormalDistribution.Upper(z - mean) + NormalDistribution.Upper(z + mean);
    }

    [EveryCultureFact]
    public void P_curves_have_edges()
    {
        Should.Throw<PoolingException>(() => PCurve.Analyse([2.5, 1, 3])).Message.ShouldBe("A p-curve needs at least 3 significant studies (p below 0.05); there are 2 of 3.");
        Should.Throw<ArgumentException>(() => PCurve.Analyse([double.NaN, 1, 3]));
        var weak = PCurve.Analyse([1.97, 1.98, 1.99, 2.0, 2.01]);
        weak.RightSkewHalf.ShouldBeNull();
        weak.Power.ShouldBe(.05);
        (weak.HasEvidence, weak.LacksEvidence).ShouldBe((false, true));
        var strong = PCurve.Analyse([30, -50, 45]);
        strong.Power.ShouldBe(.99);
        strong.HasEvidence.ShouldBeTrue();
        double.IsFinite(strong.RightSkew.Z).ShouldBeTrue();
    }

    /// <summary>The R package zcurve 2.4 on 90 studies; its EM stops 6e-4 below the maximum.</summary>
    [EveryCultureFact]
    public void The_z_curve_of_90_studies_is_at_its_maximum()
    {
        var curve = ZCurve.Analyse(PublishedStudies.OpenScience2015, resamples: 0);
        (curve.StudyCount, curve.SignificantCount).ShouldBe((90, 85));
        curve.LogLikelihood.ShouldBeGreaterThan(-60.6125187033324);
        curve.LogLikelihood.ShouldBe(-60.6119, 1e-4);
        curve.ExpectedReplicationRate.ShouldBe(0.618036126927424, 2e-3);
        curve.ExpectedDiscoveryRate.ShouldBe(0.390598404888645, 5e-3);
        curve.Weights.Sum().ShouldBe(1, 1e-12);
        curve.Weights.ShouldAllBe(weight => weight >= 0);
        curve.ReplicationInterval.ShouldBeNull();
    }

    [EveryCultureFact]
    public void Bootstrap_of_a_z_curve_is_the_same_each_time()
    {
        var (first, second) = (ZCurve.Analyse(PublishedStudies.OpenScience2015, 60), ZCurve.Analyse(PublishedStudies.OpenScience2015, 60));
        second.ReplicationInterval.ShouldBe(first.ReplicationInterval);
        first.ReplicationInterval!.Value.Contains(first.ExpectedReplicationRate).ShouldBeTrue();
        first.DiscoveryInterval!.Value.Contains(first.ExpectedDiscoveryRate).ShouldBeTrue();
        Should.Throw<PoolingException>(() => ZCurve.Analyse([2, 3, 1])).Message.ShouldContain("at least 10 significant results (p below 0.05), and 100 to be of use; there are 2 of 3.");
        ZCurve.Analyse([.. Enumerable.Range(7, 12).Select(i => (double)i)], 0).ExpectedDiscoveryRate.ShouldBe(1);
    }

    /// <summary>puniform 0.2.8: p = .03 with 40 and p = .3 with 80 in each group, the example of van Aert and van Assen.</summary>
    [EveryCultureFact]
    public void An_original_and_its_replication_agree()
    {
        var original = Hedges(StudentT.UpperQuantile(.015, 78), 40);
        var replication = Hedges(StudentT.UpperQuantile(.15, 158), 80);
        var critical = Hedges(StudentT.UpperQuantile(.025, 78), 40).Estimate;
        var found = HybridReplication.Combine(original.Estimate, original.Variance, replication.Estimate, replication.Variance, criticalEstimate: critical, originalPValue: .03);
        found.EqualEffects.ShouldBe(0.270273842944381, 1e-9);
        found.HybridR.ShouldBe(0.163632430531204, 1e-9);
        found.HybridRInterval.Lower.ShouldBe(-0.146796096410929, 1e-9);
        found.HybridRInterval.Upper.ShouldBe(0.474060957473338, 1e-9);
        found.Estimate.ShouldBe(0.103117890086046, Bisected);
        found.HybridZero.ShouldBe(found.Estimate);
        found.Interval.Upper.ShouldBe(0.428191132273546, Bisected);

        // puniform also stops where the sum of both p-values is within 1e-4 of its target, sqrt(0.05): in this tail that is a wide stretch.
        SumOfP(-1.09088235405458).ShouldBe(Math.Sqrt(.05), 1e-4);
        SumOfP(found.Interval.Lower).ShouldBe(Math.Sqrt(.05), 1e-9);
        found.Notes[0].ShouldContain("the replication alone, as the original is barely significant");

        var mirrored = HybridReplication.Combine(-original.Estimate, original.Variance, -replication.Estimate, replication.Variance, criticalEstimate: critical);
        mirrored.Estimate.ShouldBe(-found.Estimate, 1e-12);
        mirrored.Interval.Upper.ShouldBe(-found.Interval.Lower, 1e-12);
        Should.Throw<ArgumentException>(() => HybridReplication.Combine(.1, 1, .2, 1)).Message.ShouldContain("is not significant: it does not exceed 1.96");
        Should.Throw<ArgumentException>(() => HybridReplication.Combine(3, 0, .2, 1)).Message.ShouldContain("variances above 0");

        double SumOfP(double effect) =>
            NormalDistribution.Upper((original.Estimate - effect) / Math.Sqrt(original.Variance)) / NormalDistribution.Upper((critical - effect) / Math.Sqrt(original.Variance))
            + NormalDistribution.Upper((replication.Estimate - effect) / Math.Sqrt(replication.Variance));

        static (double Estimate, double Variance) Hedges(double t, double n)
        {
            var m = 2 * n - 2;
            var correction = 1 - 3 / (4 * m - 1);
            var g = correction * t * Math.Sqrt(2 / n);
            return (g, 2 / n + (1 - (m - 2) / (m * correction * correction)) * g * g);
        }
    }

    [EveryCultureFact]
    public void S_values_bring_the_estimate_to_the_threshold()
    {
        double[] y = [.5, .6, .4, -.1, -.2], v = [.02, .03, .02, .05, .1];
        var pooled = MetaAnalysis.Pool(y, v, new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        var found = pooled.SValue();
        found.AffirmativeCount.ShouldBe(3);

        // eta = sum over affirmative of w y / -sum over the others of w y.
        found.Estimate.ShouldBe((.5 / .02 + .6 / .03 + .4 / .02) / (.1 / .05 + .2 / .1), 1e-10);
        pooled.CorrectedForBias(found.Estimate).Corrected.Estimate.ShouldBe(0, 1e-10);
        pooled.CorrectedForBias(found.Bound).Corrected.Interval.Lower.ShouldBe(0, 1e-10);
        found.Bound.ShouldBeInRange(1, found.Estimate);
        pooled.CorrectedForBias(1).Corrected.Estimate.ShouldBe(pooled.Estimate, 1e-12);
        pooled.CorrectedForBias(1).Corrected.StandardError.ShouldBe(pooled.StandardError, 1e-12);
        found.WorstCase!.Estimate.ShouldBe((-.1 / .05 - .2 / .1) / 30, 1e-12);
        pooled.CorrectedForBias(1e9).Corrected.Estimate.ShouldBe(found.WorstCase.Estimate, 1e-7);

        var robust = MetaAnalysis.Pool([.5, .6, .3], [.02, .03, .5]).SValue();
        robust.Estimate.ShouldBe(double.PositiveInfinity);
        robust.Notes[0].ShouldStartWith("However much likelier");
        var mirrored = MetaAnalysis.Pool([.. y.Select(value => -value)], v, pooled.Options).SValue();
        mirrored.Estimate.ShouldBe(found.Estimate, 1e-10);
        mirrored.WorstCase!.Estimate.ShouldBe(-found.WorstCase.Estimate, 1e-12);
        Should.Throw<ArgumentException>(() => pooled.SValue(2)).Message.ShouldContain("lies beyond the estimate");
        Should.Throw<ArgumentOutOfRangeException>(() => pooled.CorrectedForBias(.5));
        MetaAnalysis.Pool([.5, .6], [.01, .01]).SValue().WorstCase.ShouldBeNull();
    }

    /// <summary>The example of VanderWeele and Ding (2017): a risk ratio of 3.9 (1.8 to 8.7) has the E-value 7.26, its bound 3.0.</summary>
    [EveryCultureFact]
    public void E_values_are_those_printed()
    {
        Printed.At(ConfoundingStrength.EValue(3.9), 7.26, 2);
        Printed.At(ConfoundingStrength.EValue(1.8), 3.0, 1);
        ConfoundingStrength.EValue(1 / 3.9).ShouldBe(ConfoundingStrength.EValue(3.9), 1e-12);
        ConfoundingStrength.EValue(1).ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => ConfoundingStrength.EValue(0));

        var ratio = MetaAnalysis.Pool(Measures.RR.Compute(PublishedStudies.Olkin1995)).EValue();
        var odds = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Olkin1995));
        ratio.Bound.ShouldBeInRange(1, ratio.Estimate);
        odds.EValue(commonOutcome: true).RiskRatio.ShouldBe(Math.Sqrt(odds.Natural.Estimate), 1e-12);
        odds.EValue().RiskRatio.ShouldBe(odds.Natural.Estimate, 1e-12);
        MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Fleiss1993), new PoolingOptions { Test = PoolingTest.KnappHartung, Level = .999 }).EValue().Bound.ShouldBe(1);
        Should.Throw<ArgumentException>(() => McCall.EValue()).Message.ShouldContain("not for ZCOR");
    }

    [EveryCultureTheory]
    [InlineData(-50, 0)]
    [InlineData(-3, -0.00135080996474820)]
    [InlineData(0, -0.693147180559945)]
    [InlineData(5, -15.0649983939887)]
    [InlineData(34.9, -613.477244695371)]
    [InlineData(35.1, -620.482949704889)]
    [InlineData(200, -20006.2172808982)]
    public void Logarithms_of_tails_do_not_end(double x, double expected) => NormalLog.Upper(x).ShouldBe(expected, 1e-12 * Math.Max(1, Math.Abs(expected)));
}
