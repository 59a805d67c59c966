namespace MetaSpine.Tests;

/// <summary>The examples of estmeansd 1.0, whose moments are simulated and whose fits are not.</summary>
public sealed class BoxCoxTests
{
    private static readonly FiveNumbers[] Examples =
    [
        FiveNumbers.FromRange(2, 4, 9, 100), FiveNumbers.FromRange(1.1, 7.3, 41.5, 64), FiveNumbers.FromQuartiles(3, 4, 6, 100),
        FiveNumbers.FromQuartiles(4.2, 7.3, 13.9, 64), FiveNumbers.FromAll(2, 3, 4, 6, 9, 100), FiveNumbers.FromAll(1.1, 4.2, 7.3, 13.9, 41.5, 64),
    ];

    [EveryCultureTheory]
    [InlineData(0, 4.21097079296438, 1.33734837707567, 1.39290715478128, 0.300985167453171, 0)]
    [InlineData(1, 9.75592857661687, 9.07191659537621, 2.08373214237643, 0.850861320984697, 0.0470164741978554)]
    [InlineData(2, 4.83764729077617, 2.81629609330431, 1.42774810051915, 0.521388726614409, 0)]
    [InlineData(3, 11.5420737023179, 11.937782954841, 2.02008093250911, 0.907685078429424, 0)]
    [InlineData(4, 4.54147158964147, 1.96896971862118, 1.42798091594819, 0.41118694703379, 0)]
    [InlineData(5, 10.3832315397063, 10.5870283420671, 2.02511286094227, 0.853605602089632, 0.00676628016456936)]
    public void The_fit_is_that_of_estmeansd(int example, double mean, double sd, double location, double scale, double power)
    {
        var fit = BoxCoxFit.Symmetric(Examples[example]);

        // optimize() stops 1.2e-4 of the power away; a power of 0 is exact.
        fit.Power.ShouldBe(power, power == 0 ? double.Epsilon : 2e-5);
        var (ourLocation, ourScale) = Absolute(fit);
        ourLocation.ShouldBe(location, power == 0 ? 1e-13 : 1e-4);
        ourScale.ShouldBe(scale, power == 0 ? 1e-13 : 1e-4);

        // The mean of some 1,100 draws, and their SD, within 3.5 standard errors of their own.
        var moments = fit.Moments();
        Math.Abs(moments.Mean - mean).ShouldBeLessThan(3.5 * sd / Math.Sqrt(1000));
        Math.Abs(moments.Sd - sd).ShouldBeLessThan(.25 * sd);
    }

    [EveryCultureTheory]
    [InlineData(0, 4.19418291459195, 1.28860579647055, 1.39054642738478, 0.302800361138721)]
    [InlineData(1, 9.70806730593248, 9.02947133748033, 1.96417873413297, 0.782401337301308)]
    [InlineData(2, 4.71646022934684, 2.55924788088848, 1.42077564440007, 0.506369463112855)]
    [InlineData(3, 10.6884057374382, 11.3043398273778, 2.00110264864291, 0.865511131980005)]
    [InlineData(4, 4.47462895535717, 1.84198003003277, 1.42387376563272, 0.395824624412941)]
    [InlineData(5, 10.1258346572073, 9.59643599195264, 1.99107524605482, 0.822394164166736)]
    public void The_most_likely_fit_is_that_of_estmeansd_where_the_logarithm_is_the_best_power(int example, double mean, double sd, double location, double scale)
    {
        var fit = BoxCoxFit.MostLikely(Examples[example]);
        if (fit.Power == 0)
        {
            // estmeansd ends at a power of 0.00066, which moves the location by 0.0013 of its square and the scale by as much of itself.
            var (ourLocation, ourScale) = Absolute(fit);
            ourLocation.ShouldBe(location, 0.0015);
            ourScale.ShouldBe(scale, 0.0015);
        }
        else
        {
            fit.Power.ShouldBeLessThan(0.05);
        }

        var moments = fit.Moments();
        Math.Abs(moments.Mean - mean).ShouldBeLessThan(3.5 * sd / Math.Sqrt(10_000));
        Math.Abs(moments.Sd - sd).ShouldBeLessThan(.1 * sd);
    }

    [Fact]
    public void The_most_likely_mean_and_SD_are_at_the_top_of_the_likelihood()
    {
        foreach (var example in Examples)
        {
            var logs = example.Select(Math.Log);
            var (mean, sd) = OrderStatistics.MostLikelyNormal(logs, QuantileFormulas.LuoMean(logs), QuantileFormulas.WanSd(logs));
            var top = OrderStatistics.LogLikelihood(logs, mean, sd);
            foreach (var (m, s) in ((double, double)[])[(1e-4, 0), (-1e-4, 0), (0, 1e-4), (0, -1e-4), (1e-4, 1e-4), (-1e-4, 1e-4)])
            {
                OrderStatistics.LogLikelihood(logs, mean + m, sd + s).ShouldBeLessThan(top);
            }

            // From elsewhere Newton's method ends at the same place.
            var again = OrderStatistics.MostLikelyNormal(logs, mean + .5, 3 * sd);
            again.Mean.ShouldBe(mean, 1e-9);
            again.Sd.ShouldBe(sd, 1e-9);
        }
    }

    [EveryCultureTheory]
    [InlineData(1, 4, 1)]
    [InlineData(0.5, 6, 2)]
    [InlineData(2, 5, 2)]
    [InlineData(3, 20, 2.5)]
    [InlineData(0.25, 3, 1.5)]
    public void The_moments_are_those_of_the_cut_normal_distribution(double power, double location, double scale)
    {
        var (mean, sd) = new BoxCoxFit(power, 1, location, scale, false).Moments();

        // Simpson's rule on 400,000 cells; the root at the lower end costs it the last digits.
        double end = Math.Min((location + 1 / power) / scale, 30);
        const int cells = 400_000;
        double mass = 0, first = 0, second = 0;
        for (var i = 0; i <= cells; i++)
        {
            var z = -end + 2 * end * i / cells;
            var weight = (i is 0 or cells ? 1 : i % 2 == 0 ? 2 : 4) * NormalDistribution.Density(z);
            var x = Math.Pow(Math.Max(0, power * (location + scale * z) + 1), 1 / power);
            (mass, first, second) = (mass + weight, first + weight * x, second + weight * x * x);
        }

        mean.ShouldBe(first / mass, 1e-8 * mean);
        sd.ShouldBe(Math.Sqrt(second / mass - first / mass * (first / mass)), 1e-7 * sd);
    }

    [EveryCultureFact]
    public void A_small_power_is_almost_the_logarithm()
    {
        var (mean, sd) = new BoxCoxFit(1e-7, 1, 1.2, .9, false).Moments();
        var (logMean, logSd) = new BoxCoxFit(0, 1, 1.2, .9, false).Moments();

        // The power bends the values by about power * ln(x)^2 / 2 of themselves.
        mean.ShouldBe(logMean, 3e-6);
        sd.ShouldBe(logSd, 1e-5);
    }

    [EveryCultureFact]
    public void A_power_at_the_end_of_its_range_is_said() =>
        MeansFromMedians.Convert(FiveNumbers.FromRange(1, 9.9, 10, 50), MedianMethod.BoxCox).Warnings.Single().ShouldContain("power ended at 3");

    /// <summary>Location and scale without the unit that the fit is relative to.</summary>
    private static (double Location, double Scale) Absolute(BoxCoxFit fit)
    {
        var factor = Math.Pow(fit.Unit, fit.Power);
        return (factor * fit.Location + (fit.Power == 0 ? Math.Log(fit.Unit) : (factor - 1) / fit.Power), factor * fit.Scale);
    }
}
