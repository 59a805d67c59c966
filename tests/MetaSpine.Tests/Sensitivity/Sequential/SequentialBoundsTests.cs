namespace MetaSpine.Tests;

/// <summary>Sequential bounds, required information and trial sequential analysis: RTSA 0.2.2, simulation-free checks, and what is refused.</summary>
public sealed class SequentialBoundsTests
{
    /// <summary>RTSA's integrals and root search leave 1e-6 or so.</summary>
    private const double Tolerance = 2e-5;

    [EveryCultureTheory]
    [InlineData(true, Spending.OBrienFleming, 1.01827991362586, new[] { 4.33263364604956, 2.96313072829361, 2.35904440736829, 2.01409037736829 })]
    [InlineData(true, Spending.Pocock, 1.17759239637455, new[] { 2.36832770352391, 2.36752428879912, 2.35816775033664, 2.35002955033663 })]
    [InlineData(false, Spending.OBrienFleming, 1.01825167943827, new[] { 4.33263364604956, 2.96313072829361, 2.35904440736829, 2.01409037736829 })]
    [InlineData(false, Spending.Pocock, 1.17758844219915, new[] { 2.36832770352391, 2.36752428879912, 2.3581683276869, 2.3500360276869 })]
    public void Four_equal_looks_agree_with_RTSA(bool twoSided, Spending spending, double inflation, double[] bounds)
    {
        var design = SequentialBounds.Design([.25, .5, .75, 1], new SequentialOptions { Alpha = twoSided ? .05 : .025, TwoSided = twoSided, AlphaSpending = spending });
        design.Looks.Select(look => look.Bound).ShouldBe(bounds, Tolerance);
        design.Inflation!.Value.ShouldBe(inflation, 1e-4);
        design.Looks[^1].Power.ShouldBe(.9, 1e-12);
    }

    /// <summary>The cumulative spending that RTSA prints: closed forms.</summary>
    [EveryCultureFact]
    public void Alpha_is_spent_as_the_functions_say()
    {
        SequentialBounds.Design([.25, .5, .75, 1]).Looks.Select(look => look.CumulativeAlpha)
            .ShouldBe([7.36680843593795e-06, 0.001525322757989, 0.00964932495351212, .025], 1e-15);
        SequentialBounds.Design([.25, .5, .75, 1], new SequentialOptions { AlphaSpending = Spending.Pocock }).Looks.Select(look => look.CumulativeAlpha)
            .ShouldBe([0.00893435048771971, 0.0155028626739569, 0.0206997234810717, .025], 1e-15);
    }

    /// <summary>RTSA's design of a mean difference, one-sided 0.025, power 0.9, non-binding futility by Pocock-type spending.</summary>
    [EveryCultureFact]
    public void Bounds_of_futility_agree_with_RTSA()
    {
        var options = new SequentialOptions { Alpha = .025, TwoSided = false, Futility = Futility.NonBinding, BetaSpending = Spending.Pocock };
        var design = SequentialBounds.Design([.33, .66, 1], options);
        design.Looks.Select(look => look.Bound).ShouldBe([3.73066529319049, 2.5262208392578, 1.9917092292578], Tolerance);
        design.Looks.Select(look => look.FutilityBound!.Value).ShouldBe([0.360967000114023, 1.25831708020218, 1.99170922925821], 1e-4);
        design.Inflation!.Value.ShouldBe(1.22054538170416, 1e-4);
        design.Looks.Select(look => look.Power).ShouldBe([.0471204429494518, .0471204429494518 + .599252054743433, .9], 1e-4);
    }

    /// <summary>RTSA's retrospective analysis of the oxygen trials: looks at shares of the participants that it gives.</summary>
    [EveryCultureFact]
    public void Uneven_looks_agree_with_RTSA()
    {
        double[] looks = [.132993253249959, .182260984038177, .215632713509956, .237584334375514, 1];
        var design = SequentialBounds.Design(looks, new SequentialOptions { Beta = .2 });
        // RTSA keeps a bound of 20 while less than 1e-8 or so may be spent, which it then spends later.
        design.Looks.Skip(2).Select(look => look.Bound).ShouldBe([4.69460749418469, 4.47570375856063, 1.95999163696748], 1e-3);
    }

    /// <summary>
    /// Two looks, two-sided, binding: what is spent by the bivariate normal distribution, under no effect and under the one looked for. RTSA spends beta
    /// on the wrong side too, where nobody stops, so that its inner bounds are others.
    /// </summary>
    [EveryCultureFact]
    public void The_inner_bounds_spend_beta_and_the_outer_ones_alpha()
    {
        var options = new SequentialOptions { Futility = Futility.Binding, BetaSpending = Spending.Pocock, Beta = .2 };
        var design = SequentialBounds.Design([.6, 1], options);
        var (first, last) = (design.Looks[0], design.Looks[1]);
        var drift = options.Drift * Math.Sqrt(design.Inflation!.Value);
        last.FutilityBound.ShouldBe(last.Bound);
        var inner = first.FutilityBound!.Value;
        inner.ShouldBeGreaterThan(0);
        Both(0, true).ShouldBe(.05 - 2 * first.CumulativeAlpha, 1e-8);
        var early = NormalDistribution.Lower(inner - drift * Math.Sqrt(.6)) - NormalDistribution.Lower(-inner - drift * Math.Sqrt(.6));
        early.ShouldBe(.2 * Math.Log(1 + (Math.E - 1) * .6), 1e-10);
        (early + Both(drift, false)).ShouldBe(.2, 1e-8);

        // Going on after the first look on either side, and then outside (or inside) of the last bounds.
        double Both(double theta, bool outside)
        {
            double sum = 0;
            foreach (var (lower, upper) in new[] { (inner, first.Bound), (-first.Bound, -inner) })
            {
                var (a, b) = (lower - theta * Math.Sqrt(.6), upper - theta * Math.Sqrt(.6));
                var within = Rectangle(a, b, -last.Bound - theta, last.Bound - theta);
                sum += outside ? NormalDistribution.Lower(b) - NormalDistribution.Lower(a) - within : within;
            }

            return sum;
        }

        static double Rectangle(double a, double b, double c, double d)
        {
            var r = Math.Sqrt(.6);
            return BivariateNormal.Lower(b, d, r) - BivariateNormal.Lower(a, d, r) - BivariateNormal.Lower(b, c, r) + BivariateNormal.Lower(a, c, r);
        }
    }

    [EveryCultureFact]
    public void One_look_is_the_usual_test()
    {
        var look = SequentialBounds.Design([1]).Looks.ShouldHaveSingleItem();
        look.Bound.ShouldBe(NormalDistribution.UpperQuantile(.025), 1e-12);
        look.Power.ShouldBe(.9, 1e-12);
    }

    /// <summary>The joint probability of two scores by the bivariate normal distribution.</summary>
    [EveryCultureFact]
    public void Two_looks_agree_with_the_bivariate_normal_distribution()
    {
        foreach (var t in new[] { .01, .3, .9, .999 })
        {
            var looks = SequentialBounds.Design([t, 1], new SequentialOptions { TwoSided = false, AlphaSpending = Spending.Pocock }).Looks;
            var second = NormalDistribution.Lower(looks[0].Bound) - BivariateNormal.Lower(looks[0].Bound, looks[1].Bound, Math.Sqrt(t));
            (NormalDistribution.Upper(looks[0].Bound) + second).ShouldBe(.05, 1e-10);
        }
    }

    [EveryCultureFact]
    public void Required_information_agrees_with_RTSA()
    {
        Math.Ceiling(RequiredInformation.Proportions(.3, .27)).ShouldBe(9517);
        Math.Ceiling(RequiredInformation.Means(5, 10)).ShouldBe(169);
        var options = new SequentialOptions { Beta = .2 };
        Math.Ceiling(RequiredInformation.Proportions(0.128898702732542, .8 * 0.128898702732542, 0, options)).ShouldBe(4845);
        // RTSA rounds up before it allows for D^2.
        Math.Ceiling(4845 / (1 - 0.691160311577419)).ShouldBe(15688);
        RequiredInformation.Proportions(0.128898702732542, .8 * 0.128898702732542, 0.691160311577419, options).ShouldBeInRange(15684, 15688);
        var bcg = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.Z });
        var common = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        RequiredInformation.Diversity(bcg).ShouldBe(1 - Math.Pow(common.StandardError / bcg.StandardError, 2), 1e-12);
        RequiredInformation.Diversity(common).ShouldBe(0);
    }

    /// <summary>By their definition: the studies so far and those to come have the information together, and one study fewer could not.</summary>
    [EveryCultureFact]
    public void Further_studies_complete_the_information()
    {
        var result = Bcg.Pool(new PoolingOptions { Test = PoolingTest.Z });
        var effect = Math.Log(.8);
        var further = RequiredInformation.Further(result, effect, 30);
        foreach (var (studies, participants) in further)
        {
            var total = 1 / (result.StandardError * result.StandardError) + studies / (result.Tau2 + 30 / participants);
            total.ShouldBe(RequiredInformation.Statistical(effect), 1e-8 * total);
        }

        ((further[0].Studies - 1) / result.Tau2 + 1 / (result.StandardError * result.StandardError)).ShouldBeLessThan(RequiredInformation.Statistical(effect));
        RequiredInformation.Further(result, 5, 30).ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void A_trial_sequential_analysis_says_whether_the_evidence_is_conclusive()
    {
        var data = new EffectData { ["yi"] = [-.5, -.3, -.4, -.35, -.2], ["vi"] = [.04, .03, .02, .01, .01] };
        var result = MetaAnalysis.Pool(Measures.GEN.Compute(data), new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        var analysis = result.TrialSequential(new TrialSequentialOptions { Effect = Math.Log(.7) });
        analysis.Required.ShouldBe(Math.Pow(3.24151555008465 / Math.Log(.7), 2), 1e-9);
        analysis.Steps.Select(step => step.Information).ShouldBe([25, 58.33333333333333, 108.33333333333333, 208.33333333333331, 308.3333333333333], 1e-9);
        analysis.Steps[^1].Look.Fraction.ShouldBe(1);
        analysis.Steps[^1].Z.ShouldBe(result.Statistic, 1e-9);
        analysis.Steps[0].IsConclusive.ShouldBeFalse();
        analysis.Steps[^1].IsConclusive.ShouldBeTrue();
        analysis.Notes[1].ShouldContain("the result is conclusive");
        analysis.Steps[1].AdjustedInterval!.Value.Lower.ShouldBe(analysis.Steps[1].Estimate - analysis.Steps[1].Look.Bound / Math.Sqrt(58.33333333333333), 1e-9);

        var open = result.TrialSequential(new TrialSequentialOptions { Effect = Math.Log(.97), Bounds = new SequentialOptions { Futility = Futility.NonBinding } });
        open.Notes[1].ShouldStartWith("No bound is crossed");
        Should.Throw<ArgumentException>(() => result.TrialSequential(new TrialSequentialOptions { Effect = -.3, RequiredParticipants = 1000 })).Message.ShouldContain("size of Study 1 is not known");
        Should.Throw<ArgumentException>(() => result.TrialSequential(new TrialSequentialOptions { Effect = 0 })).Message.ShouldContain("other than 0");
    }

    /// <summary>Early looks have next to no information: their intervals are off every scale, which is said so and not as 1e62.</summary>
    [EveryCultureFact]
    public void Looks_are_shown_on_the_scale_that_people_read()
    {
        var text = MetaAnalysis.Pool(Measures.RR.Compute(ReferenceCase.Load("bcg-or").Effects.Data)).TrialSequential(new TrialSequentialOptions { Effect = Math.Log(.8) }).ToString();
        var table = text.Split('\n').SkipWhile(line => !line.StartsWith("After", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).ToList();
        table[0].ShouldContain("Risk ratio");
        table.ShouldAllBe(line => line.Length <= 80);
        table[2].ShouldContain("∞");
        table[^1].ShouldContain("to      6.");
    }

    /// <summary>
    /// RTSA 0.2.2 on the perioperative-oxygen trials, RR by DerSimonian-Laird with Knapp-Hartung floored at 1: tau^2 and its z_random after each trial, which is the
    /// t statistic; against 15,689 participants (its diversity-adjusted size for a risk ratio of 0.8 with 80% power) its 7,219 are not conclusive.
    /// </summary>
    [EveryCultureFact]
    public void The_perioperative_oxygen_trials_agree_with_RTSA()
    {
        var trials = Measures.RR.Compute(new EffectData
        {
            ["ai"] = [17, 13, 131, 77, 10, 22, 6, 34, 0, 4, 20, 5, 35, 14, 15],
            ["n1i"] = [69, 250, 685, 997, 77, 147, 107, 416, 30, 19, 80, 86, 288, 119, 226],
            ["ci"] = [10, 28, 141, 106, 12, 35, 14, 34, 1, 6, 9, 11, 26, 19, 15],
            ["n2i"] = [74, 250, 701, 1015, 83, 149, 103, 415, 30, 19, 80, 85, 297, 114, 208],
        });
        var result = MetaAnalysis.Pool(trials, new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.KnappHartungFloor });
        result.Tau2.ShouldBe(0.0652615730176455, 1e-12);
        result.Cumulative().Steps.Select(step => step.Statistic).ShouldBe(
            [
                1.6605168368296, -0.135853461651004, -0.232696671655614, -0.671375535748066, -0.827419658995642, -1.28947925464933, -1.58336619428418, -1.56153957926536,
                -1.69112672391155, -1.88618269092225, -1.07717773576227, -1.31087632067935, -0.973996815021672, -1.16683158317425, -1.21838817476945,
            ],
            1e-9);
        var analysis = result.TrialSequential(new TrialSequentialOptions { Effect = Math.Log(.8), RequiredParticipants = 15689, Bounds = new SequentialOptions { Beta = .2 } });
        analysis.Steps.Select(step => step.Information).ShouldBe([143, 643, 2029, 4041, 4201, 4497, 4707, 5538, 5598, 5636, 5796, 5967, 6552, 6785, 7219]);
        analysis.Steps.ShouldAllBe(step => !step.IsConclusive);
        analysis.Notes[1].ShouldStartWith("No bound is crossed");
    }

    /// <summary>Two studies that agree by chance have a Knapp-Hartung standard error of nearly 0, which is not information; the interval excludes no effect exactly where the bound is crossed.</summary>
    [EveryCultureFact]
    public void Under_a_t_test_information_is_that_of_the_weights()
    {
        var result = MetaAnalysis.Pool([-.4, -.4001, -.9, -.1, -.5, -.6], [.04, .03, .02, .01, .01, .02]);
        var analysis = result.TrialSequential(new TrialSequentialOptions { Effect = -.4, Column = Predictor.Numeric("year", [1, 2, 3, 4, 5, 6]) });
        double sum = 0;
        var variances = new[] { .04, .03, .02, .01, .01, .02 };
        analysis.Steps.Select(step => step.Information).ShouldBe(variances.Select(v => sum += 1 / (v + result.Tau2)), 1e-9);
        analysis.Steps.ShouldAllBe(step => step.AdjustedInterval == null || step.IsConclusive == !step.AdjustedInterval.Value.Contains(0));
        analysis.Steps.ShouldContain(step => step.IsConclusive);
        analysis.Steps[^1].Estimate.ShouldBe(result.Estimate, 1e-9);
        var backwards = result.TrialSequential(new TrialSequentialOptions { Effect = -.4, Column = Predictor.Numeric("year", [6, 5, 4, 3, 2, 1]) });
        backwards.Steps[0].Label.ShouldBe("Study 6");
    }

    /// <summary>dmetar's power.analysis of ten studies of 25 a group, d = 0.2; its moderate heterogeneity multiplies the variance by 1.67.</summary>
    [EveryCultureFact]
    public void Planned_power_agrees_with_dmetar()
    {
        PlannedPower.OfStandardised(.2, 10, 25, 25).ShouldBe(0.606639456465367, 1e-12);
        PlannedPower.OfStandardised(.2, 10, 25, 25, .67).ShouldBe(0.407624925733601, 1e-12);
        PlannedPower.Of(.66 - .30, .13 * .13 + .14 * .14).ShouldBe(0.469914057078208, 1e-12);
        PlannedPower.Of(.3, [.1, .2, .4], .05).ShouldBe(PlannedPower.Of(.3, 1 / (1 / .15 + 1 / .25 + 1 / .45)), 1e-14);
        PlannedPower.Of(0, .1).ShouldBe(.05, 1e-12);
        var needed = PlannedPower.StudiesFor(.2, .08, .04)!.Value;
        PlannedPower.Of(.2, .12 / needed).ShouldBeGreaterThanOrEqualTo(.8);
        PlannedPower.Of(.2, .12 / (needed - 1)).ShouldBeLessThan(.8);
        PlannedPower.StudiesFor(1e-9, 1).ShouldBeNull();
        Should.Throw<ArgumentException>(() => PlannedPower.Of(.2, []));
        Should.Throw<ArgumentException>(() => PlannedPower.Of(.2, -1));
    }

    [EveryCultureFact]
    public void Looks_that_do_not_rise_are_refused()
    {
        Should.Throw<ArgumentException>(() => SequentialBounds.Design([.5, .5])).Message.ShouldContain("must rise");
        Should.Throw<ArgumentException>(() => SequentialBounds.Design([])).Message.ShouldContain("at least one");
        Should.Throw<ArgumentException>(() => SequentialBounds.Design([1], new SequentialOptions { Alpha = 1.2 })).Message.ShouldContain("probabilities");
    }
}
