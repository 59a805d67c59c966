namespace MetaSpine.Tests;

/// <summary>The examples of estmeansd 1.0.</summary>
public sealed class QuantileEstimationTests
{
    private static readonly FiveNumbers[] Examples =
    [
        FiveNumbers.FromRange(2, 4, 9, 100), FiveNumbers.FromRange(1.1, 7.3, 41.5, 64), FiveNumbers.FromQuartiles(3, 4, 6, 100),
        FiveNumbers.FromQuartiles(4.2, 7.3, 13.9, 64), FiveNumbers.FromAll(2, 3, 4, 6, 9, 100), FiveNumbers.FromAll(1.1, 4.2, 7.3, 13.9, 41.5, 64),
    ];

    [EveryCultureTheory]
    [InlineData(0, QuantileFamily.LogNormal, 4.34728403952362, 1.50217136767629)]
    [InlineData(1, QuantileFamily.LogNormal, 10.0596115486004, 9.69527472410996)]
    [InlineData(2, QuantileFamily.LogNormal, 4.78486093088426, 2.74976545801296)]
    [InlineData(3, QuantileFamily.LogNormal, 11.3554820596705, 12.979379320899)]
    [InlineData(4, QuantileFamily.Gamma, 4.53960996994966, 1.5982510748968)]
    [InlineData(5, QuantileFamily.LogNormal, 10.5175342647771, 9.61629699425204)]
    public void Mean_and_SD_are_those_of_estmeansd(int example, QuantileFamily family, double mean, double sd)
    {
        var best = QuantileEstimation.Fit(Examples[example])[0];
        best.Family.ShouldBe(family);

        // optim stops where the objective falls by less than 1e-7 of itself, some 1e-5 from the place of the least one.
        best.Mean.ShouldBe(mean, 5e-5 * mean);
        best.Sd.ShouldBe(sd, 5e-5 * sd);
        MeansFromMedians.Convert(Examples[example], MedianMethod.QuantileEstimation).Mean.ShouldBe(best.Mean);
    }

    [EveryCultureTheory]
    [InlineData(0, 1.5, 0.0266164670748768, 0.219195280806036, 1.23846159654221)]
    [InlineData(1, 130.666666666667, 0.0301600812564061, 0.792740461512492, double.NaN)]
    [InlineData(2, 0.166666666666667, 0.0361158568710332, 0.0677759232332169, 0.110576868538488)]
    [InlineData(3, 2.04166666666667, 0.0605560197382027, 0.347214047282836, 0.431308768177197)]
    [InlineData(4, 2.23437652191901, 0.72626807817351, 0.651498585836537, 1.42299204440514)]
    [InlineData(5, 203.641237766573, 1.0868088052349, 1.89650875374036, double.NaN)]
    public void No_objective_is_above_that_of_estmeansd(int example, double normal, double logNormal, double gamma, double weibull)
    {
        var fits = QuantileEstimation.Fit(Examples[example]);
        Objective(QuantileFamily.Normal).ShouldBe(normal, 1e-13 * normal);
        Objective(QuantileFamily.LogNormal).ShouldBeInRange(logNormal * (1 - 1e-3), logNormal * (1 + 1e-14));
        Objective(QuantileFamily.Gamma).ShouldBeInRange(gamma * (1 - 1e-3), gamma * (1 + 1e-14));

        // Where its optimiser failed on the Weibull distribution, ours fits it.
        if (double.IsNaN(weibull))
        {
            double.IsFinite(Objective(QuantileFamily.Weibull)).ShouldBeTrue();
        }
        else
        {
            Objective(QuantileFamily.Weibull).ShouldBeInRange(weibull * (1 - 1e-3), weibull * (1 + 1e-14));
        }

        double Objective(QuantileFamily family) => fits.Single(fit => fit.Family == family).Objective;
    }

    [Fact]
    public void Each_family_is_found_again_from_its_own_quantiles()
    {
        Check(QuantileFamily.LogNormal, p => 3 * Math.Exp(.8 * NormalDistribution.Quantile(p)));
        Check(QuantileFamily.Gamma, p => .5 * 7 * ChiSquared.Quantile(p, 2 * .9));
        Check(QuantileFamily.Weibull, p => 1e4 * Math.Pow(-Math.Log(1 - p), 1 / 1.7));
        Check(QuantileFamily.Normal, p => 50 + 9 * NormalDistribution.Quantile(p));
        Check(QuantileFamily.Beta, p => BetaDistribution.Quantile(p, 2, 5));
        Check(QuantileFamily.Beta, p => BetaDistribution.Quantile(p, .6, .4));

        static void Check(QuantileFamily family, Func<double, double> quantile)
        {
            const int n = 200;
            var x = FiveNumbers.FromAll(quantile(1.0 / n), quantile(.25), quantile(.5), quantile(.75), quantile(1 - 1.0 / n), n);
            var best = QuantileEstimation.Fit(x)[0];
            best.Family.ShouldBe(family);
            best.Median.ShouldBe(quantile(.5), 1e-5 * quantile(.5));

            // The density is the slope of the probability, the inverse of the quantile's.
            best.MedianDensity.ShouldBe(2e-4 / (quantile(.5001) - quantile(.4999)), 1e-4 * best.MedianDensity);
        }
    }

    [EveryCultureFact]
    public void Moments_follow_the_shapes()
    {
        var fits = QuantileEstimation.Fit(FiveNumbers.FromAll(.02, .2, .3, .5, .9, 100));
        fits.Count.ShouldBe(5);
        foreach (var fit in fits)
        {
            var (mean, sd) = fit.Family switch
            {
                QuantileFamily.Normal => (fit.Shape, fit.Scale),
                QuantileFamily.LogNormal => (fit.Scale * Math.Exp(fit.Shape * fit.Shape / 2),
                    fit.Scale * Math.Sqrt(Math.Exp(2 * fit.Shape * fit.Shape) - Math.Exp(fit.Shape * fit.Shape))),
                QuantileFamily.Gamma => (fit.Shape * fit.Scale, Math.Sqrt(fit.Shape) * fit.Scale),
                QuantileFamily.Weibull => (fit.Scale * MathNet.Numerics.SpecialFunctions.Gamma(1 + 1 / fit.Shape), fit.Scale * Math.Sqrt(
                    MathNet.Numerics.SpecialFunctions.Gamma(1 + 2 / fit.Shape) - Math.Pow(MathNet.Numerics.SpecialFunctions.Gamma(1 + 1 / fit.Shape), 2))),
                _ => (fit.Shape / (fit.Shape + fit.Scale),
                    Math.Sqrt(fit.Shape * fit.Scale / (fit.Shape + fit.Scale + 1)) / (fit.Shape + fit.Scale)),
            };
            fit.Mean.ShouldBe(mean, 1e-12);
            fit.Sd.ShouldBe(sd, 1e-12);
        }

        fits.Select(fit => fit.Objective).ShouldBeInOrder();
    }

    [EveryCultureFact]
    public void Numbers_below_zero_leave_the_normal_distribution()
    {
        QuantileEstimation.Fit(FiveNumbers.FromQuartiles(-1, 2, 7, 30)).Single().Family.ShouldBe(QuantileFamily.Normal);
        MeansFromMedians.Convert(FiveNumbers.FromQuartiles(-1, 2, 9, 80), MedianMethod.QuantileEstimation).Warnings.Single().ShouldContain("normal distribution is the closest");
    }

    /// <summary>The longer the tail, the closer a family of values from 0 comes to quantiles of 0, 0 and 3, without end.</summary>
    [EveryCultureFact]
    public void A_median_of_zero_has_no_closest_distribution_but_the_normal()
    {
        var numbers = FiveNumbers.FromQuartiles(0, 0, 3, 100);
        QuantileEstimation.Fit(numbers).Single().Family.ShouldBe(QuantileFamily.Normal);
        var result = MeansFromMedians.Convert(numbers, MedianMethod.QuantileEstimation);
        result.Mean.ShouldBe(1, 1e-14);
        result.Warnings.Single().ShouldContain("normal distribution is the closest");
    }

    /// <summary>exp(mu + sigma^2 / 2) with a median of 1 and quartiles a factor of 20 apart on either side.</summary>
    [EveryCultureFact]
    public void A_mean_beyond_all_numbers_is_warned_of()
    {
        var result = MeansFromMedians.Convert(FiveNumbers.FromQuartiles(.05, 1, 20, 100), MedianMethod.QuantileEstimation);
        result.Mean.ShouldBeGreaterThan(20);
        result.Warnings.Single().ShouldBe("The fitted mean is above 20, the largest number reported, and rests on a tail that nobody saw: pool the median instead.");
        MeansFromMedians.Convert(FiveNumbers.FromQuartiles(3, 4, 6, 100), MedianMethod.QuantileEstimation).Warnings.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void A_minimum_of_zero_is_no_obstacle()
    {
        var fits = QuantileEstimation.Fit(FiveNumbers.FromRange(0, 3, 12, 40));
        fits.Count.ShouldBe(4);
        fits[0].Family.ShouldNotBe(QuantileFamily.Normal);
    }
}
