namespace MetaSpine.Tests;

public sealed class MeansFromMediansTests
{
    /// <summary>The four groups of the reference results of meta 8.3 (metamean with method.mean and method.sd).</summary>
    private static readonly (int N, double Min, double Q1, double Median, double Q3, double Max)[] Groups =
        [(50, 3, 8.1, 10.2, 12.9, 22), (60, 2.8, 7.9, 9.7, 12.2, 20.4), (40, 4.5, 9.3, 11.4, 14, 25), (35, 2.2, 7, 8.9, 11.8, 19.7)];

    private static FiveNumbers Numbers(int group, int scenario) => Groups[group] is var g && scenario == 1
        ? FiveNumbers.FromRange(g.Min, g.Median, g.Max, g.N)
        : scenario == 2 ? FiveNumbers.FromQuartiles(g.Q1, g.Median, g.Q3, g.N) : FiveNumbers.FromAll(g.Min, g.Q1, g.Median, g.Q3, g.Max, g.N);

    [EveryCultureTheory]
    [InlineData(1, 10.6034554120242, 9.99735999045316, 12.0731836681563, 9.34590234957052)]
    [InlineData(2, 10.41234, 9.947275, 11.5774375, 9.25557142857143)]
    [InlineData(3, 10.6257977512049, 10.0944284432272, 11.9583937508517, 9.4709150922741)]
    public void Luo_means_are_those_of_meta(int scenario, params double[] expected)
    {
        for (var i = 0; i < 4; i++)
        {
            MeansFromMedians.Convert(Numbers(i, scenario)).Mean.ShouldBe(expected[i], 1e-13);
        }
    }

    [EveryCultureFact]
    public void Shi_SDs_from_five_numbers_are_those_of_meta()
    {
        double[] expected = [3.99350030888204, 3.56297612496883, 4.30864241891974, 3.99335102033755];
        for (var i = 0; i < 4; i++)
        {
            MeansFromMedians.Convert(Numbers(i, 3)).Sd.ShouldBe(expected[i], 1e-13);
        }
    }

    [EveryCultureFact]
    public void Wan_SDs_differ_from_meta_by_its_tables_of_small_groups_only()
    {
        // Up to 50 participants meta reads the expected range from a table of 3 decimals, which is that of Walter and Yao; beyond, all agree.
        double[] byRange = [4.22409959982214, 3.80530802067517, 4.74317445627025, 4.15380963683836];
        double[] byQuartiles = [3.65575019040366, 3.26251896813353, 3.60706062931696, 3.6979969183359];
        double[] byBoth = [3.9399248951129, 3.53391349440435, 4.1751175427936, 3.92590327758713];
        MeansFromMedians.Convert(Numbers(1, 1), MedianMethod.Wan).Sd.ShouldBe(byRange[1], 1e-13);
        for (var i = 0; i < 4; i++)
        {
            MeansFromMedians.Convert(Numbers(i, 1), MedianMethod.Wan).Sd.ShouldBe(byRange[i], 0.003 * byRange[i]);
            MeansFromMedians.Convert(Numbers(i, 2), MedianMethod.Wan).Sd.ShouldBe(byQuartiles[i], 0.004 * byQuartiles[i]);
            MeansFromMedians.Convert(Numbers(i, 3), MedianMethod.LuoWan).Sd.ShouldBe(byBoth[i], 0.003 * byBoth[i]);
            if (i != 1)
            {
                MeansFromMedians.Convert(Numbers(i, 1), MedianMethod.WalterYao).Sd.ShouldBe(byRange[i], 0.00015 * byRange[i]);
            }
        }
    }

    [EveryCultureTheory]
    [InlineData(1, 10.5611510145929, 9.87435904684675, 12.422293626159)]
    [InlineData(2, 10.8422475741494, 10.3050452308361, 11.9441302237761, 9.74227985198393)]
    [InlineData(3, 10.7105421228121, 10.1063323299734, 12.1373342604295, 9.51544327419421)]
    public void Quantile_estimation_is_that_of_meta(int scenario, params double[] expected)
    {
        // optim stops 1e-5 of the least objective away. The range of the fourth group has a test of its own.
        for (var i = 0; i < expected.Length; i++)
        {
            MeansFromMedians.Convert(Numbers(i, scenario), MedianMethod.QuantileEstimation).Mean.ShouldBe(expected[i], 0.0003);
        }
    }

    /// <summary>
    /// meta 8.3 has 9.2572 for the range of the fourth group: the gamma distribution, for the search of estmeansd for the Weibull distribution steps to
    /// where the objective is not finite, and the family is dropped. In R, optim with the same starting values and bounds fails likewise
    /// ("L-BFGS-B needs finite values of 'fn'"); without bounds, on logarithms, it has the objectives and means below.
    /// </summary>
    [EveryCultureFact]
    public void The_closest_family_counts_where_the_search_of_meta_fails()
    {
        var fits = QuantileEstimation.Fit(Numbers(3, 1));
        fits.Select(fit => fit.Family).ShouldBe([QuantileFamily.Weibull, QuantileFamily.Gamma, QuantileFamily.LogNormal, QuantileFamily.Normal]);
        fits[0].Objective.ShouldBe(0.06107698, 1e-8);
        fits[0].Mean.ShouldBe(9.524017, 1e-6);
        fits[1].Objective.ShouldBe(0.3677858, 1e-7);
        fits[1].Mean.ShouldBe(9.25704, 1e-5);
    }

    [EveryCultureTheory]
    [InlineData(MedianMethod.BoxCox, 1, 10.6948702856076, 9.97426011156097, 12.0928392675522, 9.39023455771135)]
    [InlineData(MedianMethod.BoxCox, 1, 10.4966566690211, 9.95067441955739, 12.1660186127474, 9.42934914325522)]
    [InlineData(MedianMethod.BoxCox, 2, 10.766922529351, 10.3551658928838, 12.0807603201473, 10.1253410302995)]
    [InlineData(MedianMethod.BoxCox, 2, 11.0174474309161, 10.2332642996116, 11.8474952650321, 9.6974529737628)]
    [InlineData(MedianMethod.BoxCox, 3, 10.8122438109274, 10.0027720429835, 11.987236820368, 9.41250213930427)]
    [InlineData(MedianMethod.BoxCox, 3, 10.8256866933755, 10.0894147575005, 12.1647419415621, 9.64938628872183)]
    [InlineData(MedianMethod.MaximumLikelihood, 1, 10.6618524984661, 10.1275306925887, 12.0256167287305, 9.48844114157325)]
    [InlineData(MedianMethod.MaximumLikelihood, 1, 10.614233945669, 10.022553390524, 12.0322566824683, 9.489299810077)]
    [InlineData(MedianMethod.MaximumLikelihood, 2, 10.8316790565258, 10.2216504630597, 11.7808430820407, 9.63183471831569)]
    [InlineData(MedianMethod.MaximumLikelihood, 2, 10.7706672739926, 10.1976636951483, 11.7974107808059, 9.59364285017422)]
    [InlineData(MedianMethod.MaximumLikelihood, 3, 10.8031826785938, 10.1700058584471, 11.9604729457474, 9.67770836154745)]
    [InlineData(MedianMethod.MaximumLikelihood, 3, 10.8306956349088, 10.1533020300938, 11.9141011219137, 9.69823302597724)]
    public void Box_Cox_and_maximum_likelihood_are_within_the_noise_of_meta(MedianMethod method, int scenario, params double[] expected)
    {
        // meta draws some 1,000 (Box-Cox) and 10,000 values; 3.5 standard errors of their mean. The maximum-likelihood method of estmeansd has
        // always the logarithm here, since its likelihood lacks the Jacobian; the mean depends little on the power.
        for (var i = 0; i < 4; i++)
        {
            var result = MeansFromMedians.Convert(Numbers(i, scenario), method);
            var draws = method == MedianMethod.BoxCox ? 1000 : 10_000;
            var slack = method == MedianMethod.BoxCox ? 0 : 0.2;
            Math.Abs(result.Mean - expected[i]).ShouldBeLessThan(3.5 * result.Sd / Math.Sqrt(draws) + slack);
        }
    }

    [EveryCultureTheory]
    [InlineData(5, 2.32592894733)]
    [InlineData(10, 3.07750546177)]
    [InlineData(25, 3.93062958)]
    [InlineData(100, 5.01518729)]
    public void Walter_and_Yao_divide_by_the_expected_range(int n, double expected) =>

        // Tippett's table of the expected range of normal samples, to the digits printed.
        (1 / MeansFromMedians.Convert(FiveNumbers.FromRange(0, .5, 1, n), MedianMethod.WalterYao).Sd).ShouldBe(expected, 5e-5);

    [EveryCultureFact]
    public void Older_rules_follow_their_papers()
    {
        MeansFromMedians.Convert(FiveNumbers.FromRange(2, 5, 12, 15), MedianMethod.Hozo).Mean.ShouldBe(6);
        MeansFromMedians.Convert(FiveNumbers.FromRange(2, 5, 12, 15), MedianMethod.Hozo).Sd.ShouldBe(Math.Sqrt((16 / 4.0 + 100) / 12), 1e-14);
        MeansFromMedians.Convert(FiveNumbers.FromRange(2, 5, 12, 26), MedianMethod.Hozo).ShouldSatisfyAllConditions(r => r.Mean.ShouldBe(5), r => r.Sd.ShouldBe(2.5));
        MeansFromMedians.Convert(FiveNumbers.FromRange(2, 5, 12, 71), MedianMethod.Hozo).Sd.ShouldBe(10 / 6.0, 1e-15);
        MeansFromMedians.Convert(FiveNumbers.FromQuartiles(2, 5, 11, 50), MedianMethod.Wan).Mean.ShouldBe(6, 1e-14);

        // The formula of Bland as printed, without the shift of the origin.
        double a = 1, b = 3, c = 4, d = 6, e = 11;
        var mean = (a + 2 * b + 2 * c + 2 * d + e) / 8;
        var variance = (a * a + 2 * b * b + 2 * c * c + 2 * d * d + e * e) / 16 + (a * b + b * c + c * d + d * e) / 8 - mean * mean;
        var bland = MeansFromMedians.Convert(FiveNumbers.FromAll(a, b, c, d, e, 30), MedianMethod.Bland);
        bland.Mean.ShouldBe(mean, 1e-14);
        bland.Sd.ShouldBe(Math.Sqrt(variance), 1e-13);
    }

    [EveryCultureTheory]
    [InlineData(MedianMethod.LuoShi)]
    [InlineData(MedianMethod.LuoWan)]
    [InlineData(MedianMethod.QuantileEstimation)]
    [InlineData(MedianMethod.BoxCox)]
    [InlineData(MedianMethod.MaximumLikelihood)]
    public void Quantiles_of_a_normal_distribution_give_its_mean_and_SD_back_in_the_limit(MedianMethod method)
    {
        const int n = 1_000_000;
        double q = 12 * NormalDistribution.Quantile(.75), end = 12 * NormalDistribution.UpperQuantile(.625 / (n + .25));
        foreach (var x in (FiveNumbers[])
            [FiveNumbers.FromRange(100 - end, 100, 100 + end, n), FiveNumbers.FromQuartiles(100 - q, 100, 100 + q, n),
                FiveNumbers.FromAll(100 - end, 100 - q, 100, 100 + q, 100 + end, n)])
        {
            var result = MeansFromMedians.Convert(x, method);

            // The end points are the expected ones by Blom, the 1/n quantile 0.6% less; the power of Box and Cox may end beside 1.
            result.Mean.ShouldBe(100, 0.15);
            result.Sd.ShouldBe(12, method is MedianMethod.LuoShi or MedianMethod.LuoWan ? 1e-4 : 0.3);
            result.Skewness!.IsSkewed.ShouldBeFalse();
        }
    }

    [EveryCultureFact]
    public void Quantiles_of_a_log_normal_distribution_give_its_mean_and_SD_back_in_the_limit()
    {
        const int n = 1_000_000;
        double sigma = .6, q = Math.Exp(sigma * NormalDistribution.Quantile(.75)), mean = 5 * Math.Exp(.5 * sigma * sigma);
        var sd = mean * Math.Sqrt(Math.Exp(sigma * sigma) - 1);
        var x = FiveNumbers.FromQuartiles(5 / q, 5, 5 * q, n);
        foreach (var method in (MedianMethod[])[MedianMethod.LogNormal, MedianMethod.QuantileEstimation, MedianMethod.BoxCox, MedianMethod.MaximumLikelihood])
        {
            var result = MeansFromMedians.Convert(x, method);
            result.Mean.ShouldBe(mean, 1e-4);
            result.Sd.ShouldBe(sd, 1e-3);
            result.Warnings.ShouldBeEmpty();
        }

        MeansFromMedians.Convert(x).Warnings.Single().ShouldContain("skewed");
    }

    [EveryCultureTheory]
    [InlineData(1e-6)]
    [InlineData(0.03)]
    [InlineData(1e5)]
    public void The_unit_does_not_matter(double unit)
    {
        foreach (var method in Enum.GetValues<MedianMethod>())
        {
            var x = method is MedianMethod.Hozo or MedianMethod.WalterYao ? FiveNumbers.FromRange(3, 10.2, 22, 50) : FiveNumbers.FromAll(3, 8.1, 10.2, 12.9, 22, 50);
            ConvertedMean one = MeansFromMedians.Convert(x, method), other = MeansFromMedians.Convert(x.Select(v => unit * v), method);
            if (x.Values[^1] * unit > 1 || method != MedianMethod.QuantileEstimation)
            {
                // The searches end within a few 1e-8 of the least value, whose neighbourhood is flat.
                other.Mean.ShouldBe(unit * one.Mean, 1e-6 * unit * one.Mean, $"{method}");
                other.Sd.ShouldBe(unit * one.Sd, 1e-6 * unit * one.Sd, $"{method}");
            }
        }
    }

    [EveryCultureFact]
    public void The_log_normal_moments_are_those_of_metafor()
    {
        // The formulas of metafor's conv.fivenum(dist = "lnorm"), written out for quartiles.
        double n = 64, q1 = Math.Log(4.2), m = Math.Log(7.3), q3 = Math.Log(13.9);
        double w = .7 + .39 / n, mu = w * (q1 + q3) / 2 + (1 - w) * m;
        var sd = (q3 - q1) / (2 * NormalDistribution.Quantile((.75 * n - .125) / (n + .25)));
        double s2 = sd * sd / (1 + 1.58 / n), s4 = Math.Pow(sd, 4) / (1 + 19.2 / Math.Pow(n, 1.2));
        var mean = Math.Exp(mu + s2 / 2) / (1 + .57 * s2 / n + .75 * s4 / n);
        var variance = Math.Exp(2 * mu + 2 * s2) / (1 + 2.28 * s2 / n + 12 * s4 / n) - Math.Exp(2 * mu + s2) / (1 + 2.28 * s2 / n + 3 * s4 / n);
        var result = MeansFromMedians.Convert(FiveNumbers.FromQuartiles(4.2, 7.3, 13.9, 64), MedianMethod.LogNormal);
        result.Mean.ShouldBe(mean, 1e-12);
        result.Sd.ShouldBe(Math.Sqrt(variance), 1e-12);
    }

    [EveryCultureFact]
    public void Skewed_ages_are_warned_of()
    {
        // The survivors of the first study with quartiles in metamedian's dat.age are not skewed; the ages of another are.
        MeansFromMedians.Convert(FiveNumbers.FromQuartiles(56, 63, 69, 122)).Warnings.ShouldBeEmpty();
        var skewed = MeansFromMedians.Convert(FiveNumbers.FromQuartiles(33, 40, 57, 116));
        skewed.Skewness!.IsSkewed.ShouldBeTrue();
        skewed.Warnings.Single().ShouldContain("critical value 0.246");
        FiveNumbers.FromQuartiles(33, 40, 57, 116).ShouldBe(FiveNumbers.FromQuartiles(33, 40, 57, 116));
    }

    [EveryCultureFact]
    public void Mean_and_SD_may_come_from_different_methods()
    {
        var x = Numbers(0, 3);
        var mixed = MeansFromMedians.Convert(x, MedianMethod.QuantileEstimation, MedianMethod.LuoShi);
        mixed.Mean.ShouldBe(MeansFromMedians.Convert(x, MedianMethod.QuantileEstimation).Mean);
        mixed.Sd.ShouldBe(3.99350030888204, 1e-13);
        mixed.Assumptions[0].ShouldStartWith("mean: a ");
        mixed.Assumptions[1].ShouldStartWith("SD: normal data");
    }

    [EveryCultureTheory]
    [InlineData(1, 4.1, 6, 12.9, 0.568181818182, 0.405228)]
    [InlineData(2, 3, 4, 6, 0.333333333333, 0.359756)]
    public void The_skewness_test_is_that_of_metafor(int scenario, double low, double median, double high, double statistic, double critical)
    {
        // Shi et al. 2023: 1/ln(n + 9) + 2.5/(n + 1) for n = 20; 2.65/sqrt(n) - 6/n^2 for n = 54.
        var test = SkewnessTest.Of(scenario == 1 ? FiveNumbers.FromRange(low, median, high, 20) : FiveNumbers.FromQuartiles(low, median, high, 54));
        test.Statistic.ShouldBe(statistic, 1e-11);
        test.CriticalValue.ShouldBe(scenario == 1 ? 1 / Math.Log(29) + 2.5 / 21 : 2.65 / Math.Sqrt(54) - 6.0 / (54 * 54), 1e-14);
        test.IsSkewed.ShouldBe(statistic >= test.CriticalValue);
        critical.ShouldBeGreaterThan(0);
    }

    [EveryCultureFact]
    public void The_skewness_test_of_five_numbers_takes_the_worse_of_range_and_quartiles()
    {
        var test = SkewnessTest.Of(FiveNumbers.FromAll(1, 4, 5, 6, 20, 40));
        test.Statistic.ShouldBe(2.65 * Math.Log(24) / Math.Sqrt(40) * (11.0 / 19), 1e-14);
        test.CriticalValue.ShouldBe(3 / Math.Sqrt(40) - 40.0 / 64000, 1e-14);
        test.IsSkewed.ShouldBeTrue();
        SkewnessTest.Of(FiveNumbers.FromAll(0, 5, 5, 5, 10, 40)).Statistic.ShouldBe(0);
    }

    [EveryCultureFact]
    public void Impossible_numbers_are_named()
    {
        Fault(() => FiveNumbers.FromRange(1, 2, 3, 4)).ShouldContain("number of participants must be at least 5 and finite, but is 4");
        Fault(() => FiveNumbers.FromRange(1, 4, 3, 10)).ShouldContain("maximum must not be below the median, but they are 3 and 4");
        Fault(() => FiveNumbers.FromAll(1, 2, 1.5, 4, 5, 10)).ShouldContain("median must not be below the first quartile, but they are 1.5 and 2");
        Fault(() => FiveNumbers.FromQuartiles(2, 2, 2, 10)).ShouldContain("to show a spread");
        Fault(() => FiveNumbers.FromQuartiles(double.NaN, 2, 3, 10)).ShouldContain("first quartile must be a finite number");
        Fault(() => Convert(FiveNumbers.FromQuartiles(0, 2, 3, 10), MedianMethod.BoxCox)).ShouldContain("Box-Cox needs values above 0");
        Fault(() => Convert(FiveNumbers.FromQuartiles(0, 2, 3, 10), MedianMethod.MaximumLikelihood)).ShouldContain("needs values above 0");
        Fault(() => Convert(FiveNumbers.FromQuartiles(-1, 2, 3, 10), MedianMethod.LogNormal)).ShouldContain("is -1");
        Fault(() => Convert(FiveNumbers.FromQuartiles(2, 2, 3, 10), MedianMethod.BoxCox)).ShouldContain("both are 2");
        Fault(() => Convert(FiveNumbers.FromQuartiles(2, 2, 3, 10), MedianMethod.Hozo)).ShouldContain("range, which is not given");
        Fault(() => Convert(FiveNumbers.FromAll(1, 2, 2, 3, 9, 10), MedianMethod.WalterYao)).ShouldContain("without the quartiles");
        Fault(() => Convert(FiveNumbers.FromRange(1, 2, 3, 10), MedianMethod.Bland)).ShouldContain("needs minimum");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(1_000_000)]
    public void No_numbers_break_a_method(int n)
    {
        double[] spreads = [1e-3, 3, 40];
        foreach (var low in spreads)
        {
            foreach (var high in spreads)
            {
                foreach (var median in (double[])[41, 1e8])
                {
                    FiveNumbers[] all =
                    [
                        FiveNumbers.FromRange(median - low, median, median + high, n), FiveNumbers.FromQuartiles(median - low, median, median + high, n),
                        FiveNumbers.FromAll(median - low, median - low / 3, median, median + high / 2, median + high, n),
                    ];
                    foreach (var x in all)
                    {
                        foreach (var method in Enum.GetValues<MedianMethod>())
                        {
                            if (!(method is MedianMethod.Hozo or MedianMethod.WalterYao && (x.HasQuartiles || !x.HasRange))
                                && !(method is MedianMethod.Bland && !(x.HasQuartiles && x.HasRange)))
                            {
                                var result = MeansFromMedians.Convert(x, method);
                                double.IsFinite(result.Mean).ShouldBeTrue($"{method} {x}");
                                (result.Sd > 0 && double.IsFinite(result.Sd)).ShouldBeTrue($"{method} {x}: {result}");
                            }
                        }
                    }
                }
            }
        }
    }

    [EveryCultureFact]
    public void A_result_of_a_study_file_becomes_mean_and_SD()
    {
        var result = new ContinuousResult { N = 50, Median = 10.2m, Iqr = new() { Low = 8.1m, High = 12.9m } };
        var read = ConvertedInputs.Mean(result, MedianMethod.LuoShi);
        read.Problem.ShouldBeNull();
        read.Values[0].ShouldBe(10.41234, 1e-13);
        read.Values[2].ShouldBe(50);
        read.Assumptions[0].ShouldStartWith("mean and SD estimated from the median: normal data");
        ConvertedInputs.Mean(result with { Iqr = null }, MedianMethod.LuoShi).Problem.ShouldNotBeNull().ShouldContain("no median with quartiles");
        ConvertedInputs.Mean(result with { Median = 13m }, MedianMethod.LuoShi).Problem.ShouldNotBeNull().ShouldContain("third quartile must not be below the median");
    }

    private static ConvertedMean Convert(FiveNumbers numbers, MedianMethod method) => MeansFromMedians.Convert(numbers, method);

    private static string Fault(Action action) => Should.Throw<ArgumentException>(action).Message;
}
