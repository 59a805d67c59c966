using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>Trim and fill, PET-PEESE, limit meta-analysis, the Doi plot and WAAP-WLS.</summary>
public sealed class FunnelCorrectionTests
{
    /// <summary>Closed forms from data with 15 digits.</summary>
    private const double Tight = 1e-9;

    /// <summary>Our REML solves to rounding; the peers stop at 1e-5 of tau^2, as far as it moves a result here.</summary>
    private const double Estimated = 2e-6;

    private static readonly PoolingOptions Equal = new() { Method = PoolingMethod.EE, Test = PoolingTest.Z };
    private static readonly PoolingOptions Random = new() { Test = PoolingTest.Z };

    private static readonly PooledResult Fleiss = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Fleiss1993), Random);
    private static readonly PooledResult Moore = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Moore1998), Random);

    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids];

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Trim_and_fill_agrees(string id)
    {
        var test = DiagnosticsCase.Load(id);
        foreach (var expected in test["trimfill"].EnumerateArray())
        {
            var method = Enum.Parse<PoolingMethod>(expected.GetProperty("method").GetString()!);
            var actual = test.Pool(method).TrimAndFill(Enum.Parse<TrimFillEstimator>(expected.GetProperty("estimator").GetString()!));
            actual.Side.ToString().ShouldBe(expected.GetProperty("side").GetString(), StringCompareShould.IgnoreCase);
            actual.MissingCount.ShouldBe(expected.GetProperty("k0").GetInt32());
            actual.Filled.Count.ShouldBe(actual.MissingCount);
            Near(actual.MissingStandardError, expected.GetProperty("se_k0").GetDouble(), Tight);
            Near(actual.Adjusted.Estimate, expected.GetProperty("beta").GetDouble(), Tight);
            Near(actual.Adjusted.StandardError, expected.GetProperty("se").GetDouble(), Tight);
            Near(actual.Adjusted.Interval.Lower, expected.GetProperty("ci_lb").GetDouble(), Tight);
            Near(actual.Adjusted.Interval.Upper, expected.GetProperty("ci_ub").GetDouble(), Tight);
            Near(actual.Adjusted.Tau2, expected.GetProperty("tau2").GetDouble(), Tight);
        }
    }

    [EveryCultureFact]
    public void Hackshaw_1998_fills_seven_studies()
    {
        var found = DiagnosticsCase.Load("hackshaw1998").Pool().TrimAndFill();
        found.MissingCount.ShouldBe(7);
        Near(found.Adjusted.Estimate, 0.17447117205471, Estimated);
        Near(found.Adjusted.Tau2, 0.0244557056982017, Estimated);
        found.Notes[0].ShouldBe("Trim and fill (L0) finds 7 studies missing on the left (the side of the funnel plot where small studies are rare); filled in, the estimate goes from 0.219 (0.122 to 0.316) to 0.174 (0.0795 to 0.269).");
    }

    [EveryCultureFact]
    public void Lehmann_2018_depends_on_the_estimator()
    {
        var pooled = MetaAnalysis.Pool(PublishedStudies.Lehmann2018.Y, PublishedStudies.Lehmann2018.V, Random);
        pooled.TrimAndFill().MissingCount.ShouldBe(0);
        pooled.TrimAndFill().Adjusted.ShouldBe(pooled);
        pooled.TrimAndFill(TrimFillEstimator.Q0).MissingCount.ShouldBe(0);
        var r0 = pooled.TrimAndFill(TrimFillEstimator.R0);
        r0.MissingCount.ShouldBe(3);
        Near(r0.Adjusted.Estimate, 0.169979653538025, Estimated);
        Near(r0.Adjusted.Tau2, 0.171623450708128, Estimated);
        r0.MissingPValue.ShouldBe(1 / 16.0);
    }

    [EveryCultureFact]
    public void Olkin_1995_fills_ten_trials()
    {
        var found = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Olkin1995), Equal).TrimAndFill();
        found.MissingCount.ShouldBe(10);
        Near(found.Adjusted.Estimate, -0.272646991823118, Tight);
        // meta stops its search for tau^2 early (-0.2736733); this is metafor 3.8.1 with tau^2 solved to rounding.
        Near(MetaAnalysis.Pool(found.Adjusted.Effects, Random).Estimate, -0.27365340638879, 1e-8);
        found.Adjusted.Natural.Name.ShouldBe("odds ratio");
    }

    [EveryCultureFact]
    public void A_mirrored_funnel_is_filled_on_the_other_side() =>
        Prop.ForAll(SensitivityProblems.OfSize(3, 12), problem =>
        {
            foreach (var estimator in Enum.GetValues<TrimFillEstimator>())
            {
                var (given, mirrored) = (MetaAnalysis.Pool(problem.Y, problem.V, Equal), MetaAnalysis.Pool([.. problem.Y.Select(y => 3 - y)], problem.V, Equal));
                TrimAndFillResult left;
                try
                {
                    left = given.TrimAndFill(estimator, FunnelSide.Left);
                }
                catch (PoolingException refusal) when (estimator == TrimFillEstimator.Q0)
                {
                    refusal.Message.ShouldContain("Q0 has no solution");
                    Should.Throw<PoolingException>(() => mirrored.TrimAndFill(estimator, FunnelSide.Right)).Message.ShouldBe(refusal.Message);
                    continue;
                }

                var right = mirrored.TrimAndFill(estimator, FunnelSide.Right);
                right.MissingCount.ShouldBe(left.MissingCount);
                right.Adjusted.Estimate.ShouldBe(3 - left.Adjusted.Estimate, 1e-9);
                left.MissingCount.ShouldBeInRange(0, problem.Y.Length - 1);
                left.Adjusted.StudyCount.ShouldBe(problem.Y.Length + left.MissingCount);
                left.Filled.ShouldAllBe(study => double.IsFinite(study.Estimate) && problem.V.Contains(study.Variance));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [EveryCultureFact]
    public void A_symmetric_funnel_misses_nothing()
    {
        var symmetric = MetaAnalysis.Pool([0, .1, -.1, .3, -.3, .9, -.9], [.01, .02, .02, .05, .05, .4, .4], Equal);
        symmetric.TrimAndFill(side: FunnelSide.Left).MissingCount.ShouldBe(0);
        symmetric.TrimAndFill(side: FunnelSide.Right).Notes[0].ShouldBe("Trim and fill (L0) finds no study missing on the right (given).");
    }

    [EveryCultureTheory]
    [InlineData(TrimFillEstimator.L0)]
    [InlineData(TrimFillEstimator.R0)]
    [InlineData(TrimFillEstimator.Q0)]
    public void Equal_estimates_miss_nothing(TrimFillEstimator estimator) =>
        MetaAnalysis.Pool([.1, .1, .1, .1], [.1, .2, .3, .7]).TrimAndFill(estimator).MissingCount.ShouldBe(0);

    [EveryCultureFact]
    public void Given_weights_go_with_the_mirror_images()
    {
        double[] weights = [.. Enumerable.Range(1, 13).Select(i => (double)i)];
        var found = Bcg.Pool(new PoolingOptions { Weights = weights, Test = PoolingTest.Z }).TrimAndFill();
        found.Adjusted.Options.Weights!.Count.ShouldBe(13 + found.MissingCount);
        var plain = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE, Weights = [.. Bcg.V.Select(v => 1 / v)], Test = PoolingTest.Z }).TrimAndFill();
        plain.Adjusted.Estimate.ShouldBe(Bcg.Pool(Equal).TrimAndFill().Adjusted.Estimate, 1e-12);
    }

    [EveryCultureFact]
    public void Trim_and_fill_says_what_it_needs()
    {
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.1], [.1]).TrimAndFill()).Message.ShouldContain("at least 3 studies, and 10 to be of use; there is 1.");
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.1, .2, .4], [.1, .1, .1]).TrimAndFill()).Message.ShouldContain("give the side");
        MetaAnalysis.Pool([.1, .2, 1.4], [.1, .1, .1]).TrimAndFill(side: FunnelSide.Left).Adjusted.Estimate.ShouldBeLessThanOrEqualTo(1.7 / 3);
    }

    [EveryCultureFact]
    public void Pet_and_peese_agree()
    {
        var hackshaw = DiagnosticsCase.Load("hackshaw1998").Pool().PetPeeseLimit();
        Near(hackshaw.Pet.Limit!.Estimate, 0.00503732307546352, Tight);
        Near(hackshaw.Pet.Limit.StandardError, 0.0859023266068647, Tight);
        Near(hackshaw.Pet.Estimate, 0.901932653855401, Tight);
        Near(hackshaw.Peese.Limit!.Estimate, 0.12008076466431, Tight);
        Near(hackshaw.Peese.Limit.StandardError, 0.0519033989199978, Tight);
        Near(hackshaw.Peese.Estimate, 1.27565485295056, Tight);
        hackshaw.TakesPeese.ShouldBeFalse();
        hackshaw.Limit.ShouldBe(hackshaw.Pet.Limit);
        hackshaw.Notes[0].ShouldStartWith("PET's limit has p = 0.9536, so that PET is taken: the estimate of a study without sampling error is 0.00504");

        var lehmann = MetaAnalysis.Pool(PublishedStudies.Lehmann2018.Y, PublishedStudies.Lehmann2018.V).PetPeeseLimit();
        Near(lehmann.Pet.Limit!.Estimate, 0.0698679881066673, Tight);
        Near(lehmann.Peese.Limit!.Estimate, 0.0994184117063081, Tight);
        Bcg.Pool().PetPeeseLimit().TakesPeese.ShouldBeFalse();
        DiagnosticsCase.Load("egger2001").Pool().PetPeeseLimit().TakesPeese.ShouldBeTrue();
    }

    [EveryCultureFact]
    public void Limit_meta_analysis_of_Moore_1998_agrees()
    {
        var found = Moore.LimitAnalysis();
        Near(found.Expectation.Estimate, 0.615499744997675, Estimated);
        Near(found.Expectation.StandardError, 0.221100415321994, Estimated);
        Near(found.Expectation.Interval.Lower, 0.182150893999719, Estimated);
        Near(found.Expectation.PValue, 0.00537258453952464, Estimated);
        Near(found.SlopeOfLimits.Estimate, 0.418455645496837, Estimated);
        Near(found.SlopeOfLimits.StandardError, 0.192334038746994, Tight);
        Near(found.MeanOfLimits.Estimate, 0.569668275113672, Estimated);
        Near(found.MeanOfLimits.StandardError, 0.0758708529346266, Tight);
        Near(found.Bias, 3.76342825840625, Estimated);
        Near(found.Slope, -2.01348743318641, Estimated);
        Near(found.Limits[0], 0.984288609342387, Estimated);
        Near(found.Limits[^1], 0.681304964693698, Estimated);
        Near(found.Q.Statistic, 113.348902253701, Tight);
        Near(found.QSmallStudy.Statistic, 44.0266667734514, Tight);
        Near(found.QResidual.Statistic, 69.3222354802495, Tight);
        Near(found.G2, 0.91536792872817, Estimated);
    }

    [EveryCultureFact]
    public void Limit_meta_analysis_of_Fleiss_1993_agrees()
    {
        var found = Fleiss.LimitAnalysis();
        Near(found.Expectation.Estimate, -0.0178642251682539, Estimated);
        Near(found.Expectation.StandardError, 0.11161232203736, Estimated);
        Near(found.QSmallStudy.Statistic, 1.44332939871904, Tight);
        Near(found.QResidual.Statistic, 8.50272349816827, Tight);
        Near(found.G2, 0.555450330805975, Estimated);
        found.Notes[0].ShouldStartWith("Limit meta-analysis: the odds ratio of an endlessly large study is 0.982 (95% interval 0.789 to 1.22), against 0.868 pooled.");
    }

    [EveryCultureFact]
    public void Without_heterogeneity_a_limit_is_the_line_of_pet()
    {
        var equal = MetaAnalysis.Pool(Bcg.Y, Bcg.V, Equal);
        equal.LimitAnalysis().Expectation.Estimate.ShouldBe(equal.PetPeeseLimit().Pet.Limit!.Estimate, 1e-10);
        equal.LimitAnalysis().G2.ShouldBeLessThan(1e-12);
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.1, .2, .4], [.1, .1, .1]).LimitAnalysis());
        var two = MetaAnalysis.Pool([.1, .2], [.1, .2]);
        Should.Throw<PoolingException>(() => two.LimitAnalysis()).Message.ShouldBe("A limit meta-analysis needs at least 3 studies, and 10 to be of use; there are 2.");
        Should.Throw<PoolingException>(() => two.PetPeeseLimit()).Message.ShouldBe("PET-PEESE needs at least 3 studies, and 10 to be of use; there are 2.");
    }

    [EveryCultureFact]
    public void The_LFK_index_agrees()
    {
        Near(Moore.DoiPlotData().Index, 2.75586531859898, Tight);
        Near(Fleiss.DoiPlotData().Index, -3.80183626198294, Tight);
        Fleiss.DoiPlotData().Notes[0].ShouldBe("The LFK index is -3.80: major asymmetry by its authors' rule.");
        Moore.DoiPlotData().Points.Count.ShouldBe(37);
        MetaAnalysis.Pool([-1, -.2, 0, .2, 1], [.5, .1, .02, .1, .5]).DoiPlotData().Index.ShouldBe(-.0, 0.2);
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.3, .3, .3], [.1, .2, .3]).DoiPlotData()).Message.ShouldContain("no width");
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.3], [.1]).DoiPlotData()).Message.ShouldContain("at least 3 studies");
    }

    [EveryCultureFact]
    public void Adequately_powered_studies_are_averaged_alone()
    {
        var hackshaw = DiagnosticsCase.Load("hackshaw1998").Pool().WeightedAverageOfPowered();

        // UWLS is lm(y ~ 1, weights = 1/v).
        double[] y = [.1, .2, .5, .9], v = [.001, .002, .01, .3];
        var found = MetaAnalysis.Pool(y, v).WeightedAverageOfPowered();
        var weights = v.Select(value => 1 / value).ToArray();
        var mean = y.Zip(weights, (a, w) => a * w).Sum() / weights.Sum();
        var residual = y.Zip(weights, (a, w) => w * (a - mean) * (a - mean)).Sum() / 3;
        found.AllStudies.Estimate.ShouldBe(mean, 1e-14);
        found.AllStudies.StandardError.ShouldBe(Math.Sqrt(residual / weights.Sum()), 1e-14);
        found.AllStudies.DegreesOfFreedom.ShouldBe(3);
        found.Powered.Select(study => study.Row).ShouldBe([0, 1]);
        found.UsesPoweredOnly.ShouldBeTrue();
        found.Estimate.Estimate.ShouldBe((.1 / .001 + .2 / .002) / 1500, 1e-14);
        hackshaw.UsesPoweredOnly.ShouldBeFalse();
        hackshaw.Estimate.ShouldBe(hackshaw.AllStudies);
        Near(hackshaw.AllStudies.Estimate, 0.185760203646787, Tight);
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.3], [.1]).WeightedAverageOfPowered()).Message.ShouldContain("at least 2 studies");
    }

    private static void Near(double actual, double expected, double tolerance) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"{actual:R}, expected {expected:R}"));
}
