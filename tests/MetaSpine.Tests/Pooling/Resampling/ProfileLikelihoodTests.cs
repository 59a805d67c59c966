namespace MetaSpine.Tests;

/// <summary>Profile-likelihood intervals of coefficients against metaplus 1.0 (normal random effects), and by their definition.</summary>
public sealed class ProfileLikelihoodTests
{
    /// <summary>metaplus interpolates the profile between a few points; the test by definition below is the sharp one.</summary>
    private const double Peer = 5e-4;

    /// <summary>Log odds ratios and standard errors of trials of magnesium after myocardial infarction.</summary>
    private static readonly (double[] Y, double[] Errors) Magnesium = (
        [-0.8303483, -1.056053, -1.27834, -0.0434851, 0.2231435, -2.40752, -1.280934, -1.191703, -0.695748, -2.208274, -2.03816, -0.8501509, -0.7932307, -0.2993399, -1.570789, 0.0575873],
        [
            1.24701799987009, 0.41407060026039, 0.808139200261935, 1.42950999996502, 0.489168400451215, 1.07220799987689, 1.1937340001022, 1.66129199992054,
            0.536177600240816, 1.10964800004326, 0.780726300312728, 0.618448600127771, 0.625866199758383, 0.146572899950844, 0.574039500383031, 0.0316420922190679,
        ]);

    /// <summary>Standardised mean differences in trials of cytidinediphosphocholine.</summary>
    private static readonly (double[] Y, double[] Errors) Choline = (
        [.26, .01, 2.22, .58, .34, .33, .14, .15, .5, .13],
        [
            0.382653060878912, 0.209183672881035, 0.410714285118012, 0.369897958902182, 0.369897958902182, 0.285714285607143, 0.239795917396439,
            0.0969387744919441, 0.270408163708125, 0.21173469484239,
        ]);

    /// <summary>Standardised mean differences in trials of exercise for depression, with its duration in weeks.</summary>
    private static readonly (double[] Y, double[] V, double[] Weeks) Exercise = (
        [-2.53, -1.07, -2.1, -1.2, -.82, -.84, -1.16, -.45, .25, -.53],
        [.16, .1681, .16, .1849, .3249, .2116, .0784, .1156, .2601, .0576],
        [4, 6, 10, 8, 8, 8, 9, 10, 12, 12]);

    [EveryCultureFact]
    public void The_means_of_two_reviews_agree_with_metaplus()
    {
        Agrees(Magnesium, -0.746315232241085, 0.253998407323845, -19.6845919001629, 0.000500696482906168, -1.25825052891444, -0.342752808910801);
        Agrees(Choline, 0.389444546532158, 0.146662618425108, -8.19854368057908, 0.0217523786813905, 0.0726890821533336, 0.76633796788224);

        static void Agrees((double[] Y, double[] Errors) data, double estimate, double tau2, double likelihood, double p, double lower, double upper)
        {
            var profile = MetaAnalysis.Pool(data.Y, Array.ConvertAll(data.Errors, error => error * error)).ProfileLikelihoodInterval();
            profile.Estimate.ShouldBe(estimate, 1e-5);
            profile.Tau2.ShouldBe(tau2, 1e-5);
            profile.LogLikelihood.ShouldBe(likelihood, 1e-8);
            profile.PValue.ShouldBe(p, 1e-6);
            profile.Interval.Lower.ShouldBe(lower, Peer);
            profile.Interval.Upper.ShouldBe(upper, Peer);
        }
    }

    [EveryCultureFact]
    public void A_moderators_coefficient_agrees_with_metaplus()
    {
        var result = MetaAnalysis.Regress(
            Measures.GEN.Compute(new EffectData { ["yi"] = Exercise.Y, ["vi"] = Exercise.V }),
            DesignMatrix.FromRows(["intercept", "duration"], [.. Exercise.Weeks.Select(weeks => new[] { 1, weeks })]));
        var (intercept, duration) = (result.ProfileLikelihoodInterval(0), result.ProfileLikelihoodInterval(1));
        duration.Name.ShouldBe("duration");
        duration.Tau2.ShouldBe(0.11707954780002, 1e-5);
        duration.LogLikelihood.ShouldBe(-8.13343463865035, 1e-8);
        duration.Estimate.ShouldBe(0.207773198405985, 1e-5);
        duration.PValue.ShouldBe(0.0115698729312571, 1e-5);
        duration.Interval.Lower.ShouldBe(0.058396215545205, Peer);
        duration.Interval.Upper.ShouldBe(0.363175628073869, Peer);
        intercept.Interval.Lower.ShouldBe(-4.30062767852921, 10 * Peer);
        intercept.Interval.Upper.ShouldBe(-1.52217746277494, 10 * Peer);
        Should.Throw<ArgumentOutOfRangeException>(() => result.ProfileLikelihoodInterval(2)).Message.ShouldContain("0 to 1");
    }

    [EveryCultureFact]
    public void At_its_bounds_the_best_likelihood_of_a_fine_grid_has_fallen_by_half_the_quantile()
    {
        var profile = Bcg.Pool().ProfileLikelihoodInterval();
        foreach (var bound in new[] { profile.Interval.Lower, profile.Interval.Upper })
        {
            var best = double.NegativeInfinity;
            for (double tau2 = 0; tau2 < 3; tau2 += 1e-4)
            {
                double sum = 0;
                for (var i = 0; i < 13; i++)
                {
                    var variance = Bcg.V[i] + tau2;
                    sum -= (Math.Log(2 * Math.PI * variance) + (Bcg.Y[i] - bound) * (Bcg.Y[i] - bound) / variance) / 2;
                }

                best = Math.Max(best, sum);
            }

            // The grid misses the maximum by at most curvature/2 (5e-5)^2, below 1e-7.
            (2 * (profile.LogLikelihood - best)).ShouldBe(ChiSquared.UpperQuantile(.05, 1), 1e-6);
        }
    }

    [EveryCultureFact]
    public void Under_equal_effects_it_is_the_interval_of_the_z_test()
    {
        var options = new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z };
        var result = Bcg.Pool(options);
        var profile = result.ProfileLikelihoodInterval();
        profile.Interval.Lower.ShouldBe(result.Interval.Lower, 1e-10);
        profile.Interval.Upper.ShouldBe(result.Interval.Upper, 1e-10);
        profile.PValue.ShouldBe(result.PValue, 1e-9 * result.PValue);
        var given = Bcg.Pool(new PoolingOptions { Test = PoolingTest.Z, FixedTau2 = .2 });
        given.ProfileLikelihoodInterval().Interval.Lower.ShouldBe(given.Interval.Lower, 1e-10);
        var regression = Bcg.Regress(Bcg.Latitude, options);
        var slope = regression.ProfileLikelihoodInterval(1);
        slope.Interval.Upper.ShouldBe(regression.Coefficients[1].Interval.Upper, 1e-10);
    }

    [EveryCultureFact]
    public void Equal_estimates_and_two_studies_have_an_interval_and_one_study_has_none()
    {
        var profile = MetaAnalysis.Pool([2.0, 2.0], [.5, .5]).ProfileLikelihoodInterval();
        profile.Estimate.ShouldBe(2, 1e-12);
        (profile.Interval.Upper - 2).ShouldBe(2 - profile.Interval.Lower, 1e-9);
        profile.Interval.Upper.ShouldBeGreaterThan(2 + 1.96 * .5);
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).ProfileLikelihoodInterval());
    }
}
