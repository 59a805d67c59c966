namespace MetaSpine.Tests;

/// <summary>The Copas model and the bound for unreported outcomes: metasens's numbers, other ways of computing, and what is refused.</summary>
public sealed class CopasTests
{
    /// <summary>The aspirin trials of Fleiss (1993), Statistical Methods in Medical Research 2:121: deaths and patients.</summary>
    private static readonly double[][] Aspirin =
    [
        [49, 615, 67, 624], [44, 758, 64, 771], [102, 832, 126, 850], [32, 317, 38, 309], [85, 810, 52, 406], [246, 2267, 219, 2257], [1570, 8587, 1720, 8600],
    ];

    private static PooledResult Fleiss(Measure measure, PoolingMethod method = PoolingMethod.ML) => MetaAnalysis.Pool(
        measure.Compute(new EffectData
        {
            ["ai"] = [.. Aspirin.Select(row => row[0])],
            ["n1i"] = [.. Aspirin.Select(row => row[1])],
            ["ci"] = [.. Aspirin.Select(row => row[2])],
            ["n2i"] = [.. Aspirin.Select(row => row[3])],
        }),
        new PoolingOptions { Method = method });

    /// <summary>
    /// metasens 1.5.2 along its own line of selections, of which it gives the probability for the least precise study and the number of unpublished
    /// ones: the two fix gamma0 and gamma1. Its optimiser leaves 1e-5 in the estimates, and 1e-3 in numerical standard errors and tests.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(0.936213550729079, 0.326635332018045, -0.119946322103519, 0.0695761401940025, -0.555661030978771, 0.0834730653710879, 0.181431913991768)]
    [InlineData(0.850543629509925, 0.875717081846979, -0.109909295184711, 0.0665325824423269, -0.648473496611998, 0.081817389324794, 0.221078382529205)]
    [InlineData(0.770772660575221, 1.51181041865415, -0.0998955753938917, 0.0648131308699917, -0.709521237775174, 0.0821246099983567, 0.270145964699128)]
    [InlineData(0.639838086347924, 2.91957966194325, -0.0798936551820556, 0.0669130837261813, -0.790892426593245, 0.0853041993884486, 0.387096148647562)]
    [InlineData(0.501067672399939, 5.22905303809099, -0.0497310028323783, 0.0860903240511765, -0.858987840664218, 0.0909798098651225, 0.580916504284178)]
    public void Fleiss_1993_agrees_with_metasens(double probability, double unpublished, double estimate, double error, double correlation, double tau, double bias)
    {
        var result = Fleiss(Measures.OR);
        var point = At(result, probability, unpublished);
        point.Probability.ShouldBe(probability, 1e-12);
        point.Unpublished.ShouldBe(unpublished, 1e-9);
        point.Estimate.ShouldBe(estimate, 2e-5);
        point.StandardError!.Value.ShouldBe(error, 2e-3 * error);
        point.Correlation.ShouldBe(correlation, 2e-4);
        Math.Sqrt(point.Tau2).ShouldBe(tau, 2e-5);
        point.ResidualBias.PValue.ShouldBe(bias, 1e-3);
    }

    /// <summary>
    /// metasens 1.5.2 on the trials of Moore (1998). The correlation is at its bound, where this library's standard error is that of the others given it
    /// and metasens's a difference across the bound, so that errors are not compared; its optimiser leaves 1e-5 in the estimates.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(0.981382317147853, 0.233982618181938, 1.30004385853955, 2.21318134685511e-06)]
    [InlineData(0.83516005431531, 3.42100697676747, 1.20075335592469, 1.38937917335547e-05)]
    [InlineData(0.70240696452773, 8.10515218859828, 1.10108286501081, 8.04847347164461e-05)]
    [InlineData(0.593219453066988, 13.7866596927837, 1.00101774044567, 0.000360848521177792)]
    [InlineData(0.504286646766584, 20.3461881782217, 0.90110742533812, 0.00144332638413225)]
    [InlineData(0.431204646453599, 27.8049683018679, 0.801105324179096, 0.00539756129640712)]
    public void Moore_1998_agrees_with_metasens(double probability, double unpublished, double estimate, double bias)
    {
        var point = At(MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Moore1998)), probability, unpublished);
        point.Estimate.ShouldBe(estimate, 1e-5);
        point.Correlation.ShouldBe(.9999, 1e-12);
        point.ResidualBias.PValue.ShouldBe(bias, 1e-8 * bias);
    }

    /// <summary>metasens 1.5.2 along its sweep of the risk ratios: it is at this maximum (to its 1e-5) or at a lower one.</summary>
    [EveryCultureTheory]
    [InlineData(0.952307405129628, 0.243493288123182, -0.0998907725423046, -0.537228038837845, 0.064564946850713, true)]
    [InlineData(0.929446975443422, 0.374822693515361, -0.0880054081695592, -0.45157232449802, 0, false)]
    [InlineData(0.675792889906029, 2.52269850879373, -0.0798641232707729, -0.540143396871046, 0, false)]
    [InlineData(0.49439825279313, 5.46276219322357, -0.0407341671358786, -0.841831537682144, 0.0768853595129628, false)]
    [InlineData(0.444168600310588, 6.70119503009082, -0.0311997194649839, -0.843103034423109, 0.0778964331551366, false)]
    public void The_likelihood_is_never_below_that_of_metasens(double probability, double unpublished, double estimate, double correlation, double tau, bool lower)
    {
        var result = Fleiss(Measures.RR);
        var point = At(result, probability, unpublished);
        double[] y = [.. result.Studies.Select(study => -study.Effect.Estimate)], s = [.. result.Studies.Select(study => Math.Sqrt(study.Effect.Variance))];
        var theirs = new CopasLikelihood(y, s, [.. s.Select(value => point.Gamma0 + point.Gamma1 / value)]).Value([-estimate, -correlation, tau * tau, 0]);
        (point.LogLikelihood - theirs).ShouldBeInRange(lower ? .2 : -1e-11, lower ? .3 : 1e-9);
        if (!lower)
        {
            point.Estimate.ShouldBe(estimate, 1e-5);
            point.Correlation.ShouldBe(correlation, 1e-5);
            Math.Sqrt(point.Tau2).ShouldBe(tau, 2e-6);
        }
    }

    /// <summary>metasens stops at a lower maximum with tau = 0.0867 (OR) and 0.0695 (RR), where metafor and this library have tau^2 = 0.</summary>
    [EveryCultureTheory]
    [InlineData("OR", -0.127364201748928, 0.0866970667422845)]
    [InlineData("RR", -0.105968590861076, 0.069507009610152)]
    public void Without_selection_it_is_maximum_likelihood(string measure, double estimate, double tau)
    {
        var result = Fleiss(Measures.Find(measure));
        var point = result.Copas().Points[0];
        point.Estimate.ShouldBe(result.Estimate, 1e-9);
        point.Tau2.ShouldBe(0);
        point.LogLikelihood.ShouldBe(result.Fit.LogLikelihood, 1e-9);
        double[] y = [.. result.Studies.Select(study => study.Effect.Estimate)], s = [.. result.Studies.Select(study => Math.Sqrt(study.Effect.Variance))];
        new CopasLikelihood(y, s, []).Value([estimate, 0, tau * tau, 0]).ShouldBeLessThan(point.LogLikelihood);
    }

    /// <summary>metasens finds two slopes at the same selection of the risk ratios, by its start; this is neither's start.</summary>
    [EveryCultureFact]
    public void The_sweep_does_not_depend_on_the_estimator_that_was_used_before()
    {
        var (one, other) = (Fleiss(Measures.RR, PoolingMethod.DL).Copas(), Fleiss(Measures.RR, PoolingMethod.REML).Copas());
        other.Points.ShouldBe(one.Points);
        one.Side.ShouldBe(SelectionSide.Less);
    }

    /// <summary>No start of a dense grid leads higher: the value at each is below the maximum that was found.</summary>
    [EveryCultureFact]
    public void No_other_point_has_a_higher_likelihood()
    {
        var result = Fleiss(Measures.RR);
        double[] y = [.. result.Studies.Select(study => -study.Effect.Estimate)], s = [.. result.Studies.Select(study => Math.Sqrt(study.Effect.Variance))];
        foreach (var point in result.Copas().Points.Skip(1).Where((_, n) => n % 3 == 0))
        {
            var likelihood = new CopasLikelihood(y, s, [.. s.Select(value => point.Gamma0 + point.Gamma1 / value)]);
            likelihood.Value([-point.Estimate, -point.Correlation, point.Tau2, 0]).ShouldBe(point.LogLikelihood, 1e-8);
            for (var mu = -.3; mu < .4; mu += .05)
            {
                for (var rho = 0.0; rho < 1; rho += .11)
                {
                    for (var tau = 0.0; tau < .3; tau += .04)
                    {
                        likelihood.Value([mu, rho, tau * tau, 0]).ShouldBeLessThanOrEqualTo(point.LogLikelihood + 1e-9);
                    }
                }
            }
        }
    }

    [EveryCultureFact]
    public void The_sweep_says_what_it_found()
    {
        var copas = Fleiss(Measures.OR).Copas();
        copas.Points.Count.ShouldBe(19);
        copas.Adjusted.ShouldBe(copas.Points[0]);
        copas.Points.Select(point => point.Probability).ShouldBe(CopasOptions.Default.Probabilities, 1e-12);
        copas.Points.Zip(copas.Points.Skip(1)).ShouldAllBe(pair => pair.Second.Unpublished > pair.First.Unpublished);
        copas.Notes[2].ShouldStartWith("From a probability of 0.45 on the likelihood is highest at the largest correlation considered");
        copas.Notes[1].ShouldStartWith("Without any selection the residual bias is not significant (p = 0.160), so that the adjusted estimate is the unadjusted one, 0.897");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 3).Copas()).Message.ShouldContain("at least 4 studies");
        Should.Throw<ArgumentException>(() => Bcg.Pool().Copas(new CopasOptions { Probabilities = [.5, .9] })).Message.ShouldContain("must fall");
        Should.Throw<ArgumentException>(() => Bcg.Pool().Copas(new CopasOptions { Side = SelectionSide.Both }));
        Should.Throw<ArgumentException>(() => Bcg.Pool().CopasAt(0, -1)).Message.ShouldContain("0 or more");
    }

    [EveryCultureFact]
    public void Equal_standard_errors_and_equal_estimates_do_no_harm()
    {
        MetaAnalysis.Pool([.1, .4, .2, .6, .3], [.1, .1, .1, .1, .1]).Copas().Points.ShouldAllBe(point => double.IsFinite(point.Estimate));
        MetaAnalysis.Pool([.2, .2, .2, .2, .2], [.1, .2, .3, .4, .5]).Copas().Points.ShouldAllBe(point => double.IsFinite(point.Estimate) && point.Tau2 == 0);
    }

    /// <summary>metasens 1.5.2 orbbound on the psychotherapy trials of Fleiss (1993); its standardised mean differences have another variance, which moves the fourth digit.</summary>
    [EveryCultureFact]
    public void The_bound_for_unreported_outcomes_agrees_with_metasens()
    {
        var result = MetaAnalysis.Pool(Measures.SMD.Compute(new EffectData
        {
            ["n1i"] = [13, 30, 35, 20, 8], ["m1i"] = [5, 4.9, 22.5, 12.5, 6.5], ["sd1i"] = [4.7, 1.71, 3.44, 1.47, .76],
            ["n2i"] = [13, 50, 35, 20, 8], ["m2i"] = [6.5, 6.1, 24.9, 12.3, 7.38], ["sd2i"] = [3.8, 2.3, 10.65, 1.66, 1.41],
        }));
        var bound = result.ReportingBiasBound();
        double[] expected = [0, 0.0866770832062207, 0.137571449455635, 0.175398112640433, 0.205582495954115, 0.230665219482807];
        bound.Bounds.Select(b => b.MaximumBias).ShouldBe(expected, 2e-4);
        bound.Bounds.Select(b => b.Estimate).ShouldBe([.. expected.Select(bias => result.Estimate + bias)], 2e-4);
        bound.Overturning.ShouldBe(0);
        bound.Notes.ShouldHaveSingleItem().ShouldStartWith("If 5 more studies measured the outcome but did not report it, the standardised mean difference of ");
    }

    /// <summary>The point at the selection that metasens names by the probability for the least precise study and the number of unpublished ones.</summary>
    private static CopasPoint At(PooledResult result, double probability, double unpublished)
    {
        double[] s = [.. result.Studies.Select(study => Math.Sqrt(study.Effect.Variance))];
        var least = NormalDistribution.Quantile(probability);
        RootFinding.TryFind(gamma1 => s.Sum(value => Odds(least - gamma1 / s.Max() + gamma1 / value)) - unpublished, 0, 1, out var slope).ShouldBeTrue();
        return result.CopasAt(least - slope / s.Max(), slope);

        static double Odds(double u) => NormalDistribution.Upper(u) / NormalDistribution.Lower(u);
    }
}
