namespace MetaSpine.Tests;

/// <summary>
/// Published analyses by inverse variances: the data of the article as metafor's worked examples and metadat 1.2.0 have them, and the
/// digits that metafor 3.8.1 (R 4.2.2) gives for these data; the printed pages themselves were not at hand.
/// </summary>
public sealed class PublishedInverseVarianceTests
{
    /// <summary>Henmi and Copas (2010), Statistics in Medicine 29:2969, doi:10.1002/sim.4029: acupoint stimulation against nausea (dat.lee2004).</summary>
    [EveryCultureFact]
    public void Henmi_Copas_2010_nausea()
    {
        var effects = Measures.OR.Compute(new EffectData
        {
            ["ai"] = [18, 5, 9, 32, 9, 11, 69, 3, 1, 11, 7, 4, 1, 24, 16, 28],
            ["n1i"] = [100, 50, 20, 135, 23, 18, 122, 25, 30, 30, 44, 47, 30, 40, 50, 110],
            ["ci"] = [20, 18, 7, 31, 10, 12, 80, 12, 1, 19, 16, 6, 13, 71, 53, 25],
            ["n2i"] = [100, 50, 20, 139, 23, 18, 122, 25, 30, 30, 39, 47, 30, 80, 88, 111],
        });
        var result = MetaAnalysis.Pool(effects, new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.Z });
        Printed.At(result.Tau2, 0.3325, 4);
        Printed.At(result.Estimate, -0.6787, 4);
        Printed.At(result.Interval.Lower, -1.0664, 4);
        Printed.At(result.Interval.Upper, -0.2911, 4);

        var adjusted = result.HenmiCopasInterval();
        Printed.At(adjusted.Estimate, -0.5145, 4);
        Printed.At(adjusted.StandardError, 0.2178, 4);
        Printed.At(adjusted.Interval.Lower, -0.9994, 4);
        Printed.At(adjusted.Interval.Upper, -0.0295, 4);
    }

    /// <summary>Lipsey and Wilson (2001), Practical Meta-Analysis, chapter 7: ten challenge programmes, random assignment and intensity.</summary>
    [EveryCultureFact]
    public void Lipsey_Wilson_2001_challenge_programmes()
    {
        var effects = Measures.GEN.Compute(new EffectData
        {
            ["yi"] = [-0.33, 0.32, 0.39, 0.31, 0.17, 0.64, -0.33, 0.15, -0.02, 0.00],
            ["vi"] = [0.084, 0.035, 0.017, 0.034, 0.072, 0.117, 0.102, 0.093, 0.012, 0.067],
        });
        var assigned = Predictor.Numeric("random", [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
        var intensity = Predictor.Numeric("intensity", [7, 3, 7, 5, 7, 7, 4, 4, 5, 6]);

        var equal = MetaAnalysis.Pool(effects, EqualEffects);
        Printed.At(equal.Estimate, 0.1549, 4);
        Printed.At(equal.StandardError, 0.0609, 4);
        Printed.At(equal.Interval.Lower, 0.0356, 4);
        Printed.At(equal.Interval.Upper, 0.2742, 4);
        Printed.At(equal.Q.Statistic, 14.7640, 4);

        var random = MetaAnalysis.Pool(effects, EqualEffects with { Method = PoolingMethod.DL });
        Printed.At(random.Tau2, 0.0260, 4);
        Printed.At(random.Estimate, 0.1534, 4);
        Printed.At(random.StandardError, 0.0858, 4);
        Printed.At(random.Interval.Upper, 0.3215, 4);

        var analogueOfAnova = MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept(assigned), EqualEffects);
        Printed.At(analogueOfAnova.Q.Statistic, 7.6901, 4);
        Printed.At(analogueOfAnova.Moderators.Statistic, 7.0739, 4);
        Printed.At(analogueOfAnova.Coefficients[0].Estimate, 0.2984, 4);
        Printed.At(analogueOfAnova.Coefficients[0].StandardError, 0.0813, 4);
        Printed.At(analogueOfAnova.Coefficients[1].Estimate, -0.3261, 4);

        var regression = MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept(assigned, intensity), EqualEffects);
        Printed.At(regression.Q.Statistic, 7.6832, 4);
        Printed.At(regression.Moderators.Statistic, 7.0807, 4);
        double[] estimates = [0.3223, -0.3298, -0.0041], errors = [0.2998, 0.1304, 0.0493];
        for (var j = 0; j < 3; j++)
        {
            Printed.At(regression.Coefficients[j].Estimate, estimates[j], 4);
            Printed.At(regression.Coefficients[j].StandardError, errors[j], 4);
        }

        var mixed = MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept(assigned, intensity), EqualEffects with { Method = PoolingMethod.DL });
        Printed.At(mixed.Tau2, 0.0049, 4);
        Printed.At(mixed.Coefficients[1].Estimate, -0.3269, 4);
        Printed.At(mixed.Coefficients[1].StandardError, 0.1439, 4);
        Printed.At(mixed.R2!.Value, 81.2023, 4);
    }

    /// <summary>
    /// Morris (2008), Organizational Research Methods 11:364, doi:10.1177/1094428106291059: five studies of training, the difference of the
    /// standardised changes of two groups, by the standard deviation before or by that of the change.
    /// </summary>
    [EveryCultureTheory]
    [InlineData("SMCR", new[] { 0.7421, 0.9524, 1.8054, 1.1514, 0.5050 }, new[] { 0.1138, 0.0426, 0.2833, 0.1458, 0.1667 }, 0.9492, 0.1434)]
    [InlineData("SMCC", new[] { 0.7630, 0.8979, 2.6619, 1.3513, 0.2891 }, new[] { 0.1086, 0.0544, 0.6159, 0.3872, 0.1447 }, 0.8613, 0.1607)]
    public void Morris_2008_training(string code, double[] estimates, double[] variances, double pooled, double error)
    {
        double[] correlations = [0.47, 0.64, 0.77, 0.89, 0.44];
        var measure = Measures.Find(code);
        var trained = measure.Compute(new EffectData
        {
            ["m1i"] = [38.5, 26.8, 0.7, 75.9, 36.0], ["m2i"] = [30.6, 23.5, 0.5, 53.4, 35.6],
            ["sd1i"] = [15.0, 3.1, 0.1, 14.5, 4.7], ["sd2i"] = [11.6, 4.1, 0.1, 4.4, 4.6], ["ni"] = [20, 50, 9, 10, 14], ["ri"] = correlations,
        });
        var control = measure.Compute(new EffectData
        {
            ["m1i"] = [19.7, 25.3, 0.6, 60.7, 33.4], ["m2i"] = [23.1, 24.9, 0.6, 55.7, 34.8],
            ["sd1i"] = [13.8, 4.1, 0.2, 17.3, 3.1], ["sd2i"] = [14.8, 3.3, 0.2, 17.9, 6.9], ["ni"] = [20, 42, 9, 11, 14], ["ri"] = correlations,
        });
        double[] y = [.. Enumerable.Range(0, 5).Select(i => trained.Studies[i].Estimate - control.Studies[i].Estimate)];
        double[] v = [.. Enumerable.Range(0, 5).Select(i => trained.Studies[i].Variance + control.Studies[i].Variance)];
        for (var i = 0; i < 5; i++)
        {
            Printed.At(y[i], estimates[i], 4);
            Printed.At(v[i], variances[i], 4);
        }

        var result = MetaAnalysis.Pool(y, v, EqualEffects);
        Printed.At(result.Estimate, pooled, 4);
        Printed.At(result.StandardError, error, 4);
    }

    /// <summary>
    /// The same studies with the standard deviations before training pooled over the groups, d_ppc2 of the article: the estimate is that of a standardised
    /// mean difference of the changes, whose variance 1/n1 + 1/n2 becomes 2 (1 - r) times as much. The page prints the estimates of the article's Table 5
    /// (0.77, 0.80, 1.20, 1.05, 0.44); its variances differ slightly from these.
    /// </summary>
    [EveryCultureFact]
    public void Morris_2008_training_with_a_pooled_standard_deviation()
    {
        double[] n1 = [20, 50, 9, 10, 14], n2 = [20, 42, 9, 11, 14], correlations = [0.47, 0.64, 0.77, 0.89, 0.44];
        var changes = Measures.SMD.Compute(new EffectData
        {
            ["m1i"] = [38.5 - 30.6, 26.8 - 23.5, 0.7 - 0.5, 75.9 - 53.4, 36.0 - 35.6], ["sd1i"] = [15.0, 3.1, 0.1, 14.5, 4.7], ["n1i"] = n1,
            ["m2i"] = [19.7 - 23.1, 25.3 - 24.9, 0.6 - 0.6, 60.7 - 55.7, 33.4 - 34.8], ["sd2i"] = [13.8, 4.1, 0.2, 17.3, 3.1], ["n2i"] = n2,
        });
        double[] y = [.. changes.Studies.Select(study => study.Estimate)];
        double[] v = [.. changes.Studies.Select((study, i) => study.Variance + (1 - 2 * correlations[i]) * (1 / n1[i] + 1 / n2[i]))];
        double[] estimates = [0.7684, 0.8010, 1.2045, 1.0476, 0.4389], printed = [0.77, 0.80, 1.20, 1.05, 0.44], variances = [0.1134, 0.0350, 0.1425, 0.0681, 0.1634];
        for (var i = 0; i < 5; i++)
        {
            Printed.At(y[i], printed[i], 2);
            Printed.At(y[i], estimates[i], 4);
            Printed.At(v[i], variances[i], 4);
        }

        var result = MetaAnalysis.Pool(y, v, EqualEffects);
        Printed.At(result.Estimate, 0.8616, 4);
        Printed.At(result.StandardError, 0.1239, 4);
        Printed.At(result.Q.Statistic, 2.6074, 4);
    }

    /// <summary>
    /// Jackson, Turner, Rhodes and Viechtbauer (2014), BMC Medical Research Methodology 14:103, doi:10.1186/1471-2288-14-103: the residual tau^2 of a
    /// meta-regression in two examples, by REML with its standard error on the logarithm, by the generalised Q with weights 1/v and 1/sqrt(v), and by
    /// Paule and Mandel with the Q-profile. In the fourth decimal metafor's example differs twice: it takes 1.96 for the normal quantile (0.6330), and its
    /// root stops short (1.1245, where Imhof's integral of the upper tail is 0.025000 at 1.124565).
    /// </summary>
    [EveryCultureTheory]
    [InlineData(1, "REML", 0.0110, 0.6329)]
    [InlineData(1, "1/v", 0.0029, 0.6907)]
    [InlineData(1, "1/sqrt(v)", 0.0000, 1.1246)]
    [InlineData(1, "PM", 0.0023, 1.4871)]
    [InlineData(2, "REML", 0.0163, 0.1108)]
    [InlineData(2, "1/v", 0.0170, 0.1393)]
    [InlineData(2, "1/sqrt(v)", 0.0180, 0.1375)]
    [InlineData(2, "PM", 0.0178, 0.1564)]
    public void Jackson_2014_residual_heterogeneity(int example, string method, double lower, double upper)
    {
        double[] y = example == 1
            ? [0.0267, 0.8242, 0.3930, 2.4405, 2.1401, 1.2528, 2.4849, 0.3087, 1.4246, 0.1823, 1.1378, 1.2321, 2.0695, 4.0237, 1.4383, 1.6021]
            : [0.54, 0.4, 0.64, 0.365, 0.835, 0.02, 0.12, 0.085, 1.18, 0.08, 0.18, 0.325, 0.06, 0.715, 0.065, 0.245, 0.24, 0.06, 0.19];
        double[] v = example == 1
            ? [0.1285, 0.0315, 0.0931, 2.0967, 1.0539, 0.1602, 1.0235, 0.0218, 0.5277, 0.0556, 0.3304, 0.1721, 0.4901, 2.0200, 0.3399, 0.1830]
            : [0.0176, 0.019, 0.0906, 0.0861, 0.0063, 0.0126, 0.0126, 0.0041, 0.0759, 0.0126, 0.0104, 0.0242, 0.0026, 0.2629, 0.0169, 0.0156, 0.0481, 0.0084, 0.0044];
        double[] x = example == 1
            ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
            : [1986, 1987, 1988, 1988, 1998, 1999, 2000, 2000, 2000, 2001, 2001, 2001, 2002, 2002, 2002, 2002, 2003, 2003, 2003];
        var options = method switch
        {
            "REML" => new PoolingOptions { Tau2Interval = Tau2IntervalMethod.WaldLog },
            "PM" => new PoolingOptions { Method = PoolingMethod.PM, Tau2Interval = Tau2IntervalMethod.QProfile },
            _ => new PoolingOptions
            {
                Method = PoolingMethod.GENQ, Tau2Interval = Tau2IntervalMethod.GeneralisedQ, Weights = [.. v.Select(variance => Math.Pow(variance, method == "1/v" ? -1 : -0.5))],
            },
        };
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v });
        var interval = MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept(Predictor.Numeric("x", x)), options with { Test = PoolingTest.Z }).Tau2Interval!.Value;
        Printed.At(interval.Lower, lower, 4);
        Printed.At(interval.Upper, upper, 4);
    }

    /// <summary>
    /// Raudenbush (2009), in The Handbook of Research Synthesis and Meta-Analysis, 2nd ed., chapter 16: teacher expectancy under equal,
    /// random and mixed effects, with Knapp-Hartung and with Huber-White standard errors.
    /// </summary>
    [EveryCultureFact]
    public void Raudenbush_2009_expectancy()
    {
        var effects = ReferenceCase.Load("raudenbush1985-gen").Effects;
        var equal = MetaAnalysis.Pool(effects, EqualEffects);
        Printed.At(equal.Estimate, 0.0604, 4);
        Printed.At(equal.StandardError, 0.0365, 4);
        Printed.At(equal.Q.Statistic, 35.83, 2);

        var random = MetaAnalysis.Pool(effects, new PoolingOptions { Test = PoolingTest.Z });
        Printed.At(random.Tau2, 0.0188, 4);
        Printed.At(random.Estimate, 0.0837, 4);
        Printed.At(random.StandardError, 0.0516, 4);
        Printed.At(random.Interval.Lower, -0.0175, 4);
        Printed.At(random.Interval.Upper, 0.1849, 4);
        Printed.At(random.PredictionInterval!.Value.Lower, -0.2036, 4);
        Printed.At(random.PredictionInterval.Value.Upper, 0.3710, 4);

        var knappHartung = MetaAnalysis.Pool(effects);
        Printed.At(knappHartung.StandardError, 0.0616, 4);
        Printed.At(knappHartung.Statistic, 1.3592, 4);

        var huberWhite = random.Robust([.. Enumerable.Range(1, 19).Select(study => $"{study}")], RobustType.CR0).Coefficients[0];
        Printed.At(huberWhite.StandardError, 0.0500, 4);
        Printed.At(huberWhite.Statistic, 1.68, 2);
        Printed.At(huberWhite.PValue, 0.111, 3);

        double[] weeks = [2, 21, 19, 0, 0, 3, 17, 24, 0, 1, 0, 0, 1, 2, 17, 5, 1, 2, 7];
        var mixed = MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept(Predictor.Numeric("weeks", [.. weeks.Select(week => Math.Min(week, 3))])), new PoolingOptions { Test = PoolingTest.Z });
        Printed.At(mixed.Coefficients[0].Estimate, 0.407, 3);
        Printed.At(mixed.Coefficients[0].StandardError, 0.087, 3);
        Printed.At(mixed.Coefficients[1].Estimate, -0.157, 3);
        Printed.At(mixed.Coefficients[1].StandardError, 0.036, 3);
        Printed.At(mixed.Q.Statistic, 16.57, 2);
        Printed.At(mixed.R2!.Value, 100, 0);
    }

    /// <summary>
    /// Viechtbauer (2007), Statistics in Medicine 26:37, doi:10.1002/sim.2514: diuretics and pre-eclampsia (dat.collins1985b), intervals for tau^2. The
    /// article's intervals by Biggerstaff and Tweedie and by Sidik and Jonkman are not offered. Its bootstrap
    /// intervals depend on the random numbers drawn.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(PoolingMethod.DL, Tau2IntervalMethod.QProfile, 0.23, 0.07, 2.20)]
    [InlineData(PoolingMethod.ML, Tau2IntervalMethod.ProfileLikelihood, 0.24, 0.03, 1.13)]
    [InlineData(PoolingMethod.REML, Tau2IntervalMethod.ProfileLikelihood, 0.30, 0.04, 1.47)]
    [InlineData(PoolingMethod.ML, Tau2IntervalMethod.Wald, 0.24, 0, 0.58)]
    [InlineData(PoolingMethod.REML, Tau2IntervalMethod.Wald, 0.30, 0, 0.73)]
    [InlineData(PoolingMethod.SJ, Tau2IntervalMethod.QProfile, 0.46, 0.07, 2.20)]
    public void Viechtbauer_2007_intervals_for_the_heterogeneity(PoolingMethod method, Tau2IntervalMethod interval, double tau2, double lower, double upper)
    {
        var effects = Measures.OR.Compute(new EffectData
        {
            ["ai"] = [14, 21, 14, 6, 12, 138, 15, 6, 65], ["n1i"] = [131, 385, 57, 38, 1011, 1370, 506, 108, 153],
            ["ci"] = [14, 17, 24, 18, 35, 175, 20, 2, 40], ["n2i"] = [136, 134, 48, 40, 760, 1336, 524, 103, 102],
        });
        var result = MetaAnalysis.Pool(effects, new PoolingOptions { Method = method, Test = PoolingTest.Z, Tau2Interval = interval });
        Printed.At(result.Q.Statistic, 27.26, 2);
        Printed.At(result.Tau2, tau2, 2);
        Printed.At(result.Tau2Interval!.Value.Lower, lower, 2);
        Printed.At(result.Tau2Interval.Value.Upper, upper, 2);
    }

    /// <summary>Viechtbauer (2007), Zeitschrift fuer Psychologie 215:104, doi:10.1027/0044-3409.215.2.104: St John's wort against depression (dat.linde2005).</summary>
    [EveryCultureFact]
    public void Viechtbauer_2007_St_Johns_wort()
    {
        double[] dosage = [380, 900, 900, 900, 750, 900, 900, 900, 500, 1050, 900, 500, 900, 900, 1050, 1200, 900];
        double[] duration = [8, 4, 4, 6, 6, 4, 4, 6, 6, 6, 6, 6, 6, 6, 8, 8, 6];
        double[] baseline = [19.5, 12.5, 22.7, 16.5, double.NaN, 15.8, 20.7, 21.1, 19.4, 22.7, 16.7, 20.9, 21.5, 19.9, 22.5, 22.9, 21.9];
        var effects = Measures.RR.Compute(new EffectData
        {
            ["ai"] = [20, 14, 4, 20, 29, 28, 35, 24, 45, 67, 34, 46, 55, 23, 26, 46, 98],
            ["n1i"] = [25, 20, 25, 32, 55, 50, 53, 49, 80, 106, 60, 70, 123, 37, 98, 113, 186],
            ["ci"] = [11, 9, 2, 6, 31, 13, 12, 16, 12, 22, 17, 34, 57, 15, 19, 56, 80],
            ["n2i"] = [25, 20, 25, 33, 57, 55, 54, 49, 79, 47, 59, 70, 124, 35, 102, 116, 189],
        });
        var equal = MetaAnalysis.Pool(effects, EqualEffects);
        Printed.At(equal.Estimate, 0.2982, 4);
        Printed.At(equal.StandardError, 0.0481, 4);
        Printed.At(equal.Q.Statistic, 55.3201, 4);

        var options = EqualEffects with { Method = PoolingMethod.DL };
        var random = MetaAnalysis.Pool(effects, options);
        Printed.At(random.Tau2, 0.1006, 4);
        Printed.At(random.Natural.Estimate, 1.54, 2);
        Printed.At(random.Natural.Interval.Lower, 1.27, 2);
        Printed.At(random.Natural.Interval.Upper, 1.86, 2);
        Printed.At(random.Natural.PredictionInterval!.Value.Lower, 0.80, 2);
        Printed.At(random.Natural.PredictionInterval.Value.Upper, 2.95, 2);

        double[] dose = [.. Enumerable.Range(0, 17).Select(i => dosage[i] * duration[i] * 7 / 1000 - 34)];
        double[] severity = [.. baseline.Select(value => value - 20)];
        var mixed = MetaAnalysis.Regress(effects, "~ dose * severity", [Predictor.Numeric("dose", dose), Predictor.Numeric("severity", severity)], options);
        mixed.Excluded.Single().Reason.ShouldContain("severity");
        Printed.At(mixed.Tau2, 0.0556, 4);
        Printed.At(mixed.Moderators.Statistic, 10.0762, 4);
        double[] estimates = [0.5207, -0.0074, -0.0544, -0.0028], errors = [0.1000, 0.0105, 0.0387, 0.0038];
        for (var j = 0; j < 4; j++)
        {
            Printed.At(mixed.Coefficients[j].Estimate, estimates[j], 4);
            Printed.At(mixed.Coefficients[j].StandardError, errors[j], 4);
        }

        Printed.At(Math.Exp(mixed.Coefficients[0].Estimate + (12.5 - 20) * mixed.Coefficients[2].Estimate), 2.53, 2);
        Printed.At(Math.Exp(mixed.Coefficients[0].Estimate + (23.6 - 20) * mixed.Coefficients[2].Estimate), 1.38, 2);
    }

    /// <summary>
    /// DerSimonian and Kacker (2007), Contemporary Clinical Trials 28:105, doi:10.1016/j.cct.2006.04.004: aspirin in pregnancy (CLASP and
    /// five earlier trials), one-step, two-step and iterated moment estimators. The two-step ones weigh Q by 1/(v + tau^2) of the first step.
    /// </summary>
    [EveryCultureTheory]
    [InlineData("DL", 0.0540, -0.3240, 0.1540)]
    [InlineData("CA", 0.1945, -0.4035, 0.2327)]
    [InlineData("PM", 0.1355, -0.3811, 0.2060)]
    [InlineData("DL2", 0.1059, -0.3655, 0.1901)]
    [InlineData("CA2", 0.1468, -0.3861, 0.2115)]
    public void DerSimonian_Kacker_2007_aspirin_in_pregnancy(string estimator, double tau2, double estimate, double error)
    {
        var effects = Measures.OR.Compute(new EffectData
        {
            ["ai"] = [5, 5, 12, 69, 9, 313], ["n1i"] = [156, 303, 565, 1570, 103, 4659], ["ci"] = [8, 17, 9, 94, 11, 352], ["n2i"] = [74, 303, 477, 1565, 105, 4650],
        });
        PooledResult Pool(PoolingMethod method) => MetaAnalysis.Pool(effects, EqualEffects with { Method = method });
        PooledResult Twice(PooledResult first)
        {
            double[] weights = [.. effects.Studies.Select(study => 1 / (study.Variance + first.Tau2))];
            var second = MetaAnalysis.Pool(effects, EqualEffects with { Method = PoolingMethod.GENQ, Weights = weights });
            return MetaAnalysis.Pool(effects, EqualEffects with { Method = PoolingMethod.REML, FixedTau2 = second.Tau2 });
        }

        var result = estimator switch
        {
            "CA" => Pool(PoolingMethod.HE),
            "DL2" => Twice(Pool(PoolingMethod.DL)),
            "CA2" => Twice(Pool(PoolingMethod.HE)),
            _ => Pool(MethodNames.Method(estimator)),
        };
        Printed.At(result.Tau2, tau2, 4);
        Printed.At(result.Estimate, estimate, 4);
        Printed.At(result.StandardError, error, 4);
    }

    private static PoolingOptions EqualEffects => new() { Method = PoolingMethod.EE, Test = PoolingTest.Z };
}
