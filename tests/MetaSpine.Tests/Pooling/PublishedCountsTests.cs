namespace MetaSpine.Tests;

/// <summary>
/// Published analyses of events and counts: the data of the article or book as metafor's worked examples and metadat have them, and digits
/// that metafor 3.8.1 gives for these data (at its 95% level) or its worked example quotes; the printed pages themselves were not at hand.
/// </summary>
public sealed class PublishedCountsTests
{
    /// <summary>
    /// Rothman, Greenland and Lash (2008), Modern Epidemiology, 3rd ed., chapter 15, table 15-1: deaths under tolbutamide and placebo,
    /// by age. Further digits: metafor 3.8.1, rma.mh.
    /// </summary>
    [EveryCultureTheory]
    [InlineData("RD", 0.0349, 0.0319, -0.0276, 0.0974)]
    [InlineData("RR", 0.2818, 0.2590, -0.2258, 0.7894)]
    [InlineData("OR", 0.3387, 0.3112, -0.2711, 0.9486)]
    public void Rothman_2008_tolbutamide(string code, double estimate, double error, double lower, double upper)
    {
        var result = MantelHaenszel.Pool(Measures.Find(code), new EffectData { ["ai"] = [8, 22], ["bi"] = [98, 76], ["ci"] = [5, 16], ["di"] = [115, 69] });
        Printed.At(result.Estimate, estimate, 4);
        Printed.At(result.StandardError, error, 4);
        Printed.At(result.Interval.Lower, lower, 4);
        Printed.At(result.Interval.Upper, upper, 4);
        switch (code)
        {
            case "RR":
                Printed.At(result.Natural.Estimate, 1.33, 2);
                Printed.At(result.Natural.Interval.Lower, 0.80, 2);
                Printed.At(result.Natural.Interval.Upper, 2.20, 2);
                break;
            case "OR":
                Printed.At(result.Natural.Estimate, 1.40, 2);
                Printed.At(result.Natural.Interval.Lower, 0.76, 2);
                Printed.At(result.Natural.Interval.Upper, 2.58, 2);
                break;
        }
    }

    /// <summary>Rothman et al. (2008), table 15-2: coronary deaths of British doctors who smoke or do not, by age; person-years in units of 10,000.</summary>
    [EveryCultureFact]
    public void Rothman_2008_smoking_doctors()
    {
        var data = new EffectData
        {
            ["x1i"] = [32, 104, 206, 186, 102], ["t1i"] = [5.2407, 4.3248, 2.8612, 1.2663, 0.5317],
            ["x2i"] = [2, 12, 28, 28, 31], ["t2i"] = [1.8790, 1.0673, 0.5710, 0.2585, 0.1462],
        };
        var ratio = MantelHaenszel.Pool(Measures.IRR, data).Natural;
        Printed.At(ratio.Estimate, 1.42, 2);
        Printed.At(ratio.Interval.Lower, 1.15, 2);
        Printed.At(ratio.Interval.Upper, 1.76, 2);

        var difference = MantelHaenszel.Pool(Measures.IRD, data);
        Printed.At(difference.Estimate, 11.44, 2);
        Printed.At(difference.Interval.Lower, 5.37, 2);
        Printed.At(difference.Interval.Upper, 17.50, 2);
    }

    /// <summary>Rothman et al. (2008), table 15-5: Down syndrome and spermicides, by the mother's age.</summary>
    [EveryCultureFact]
    public void Rothman_2008_spermicides()
    {
        var result = MantelHaenszel.Pool(Measures.OR, new EffectData { ["ai"] = [3, 1], ["bi"] = [9, 3], ["ci"] = [104, 5], ["di"] = [1059, 86] }).Natural;
        Printed.At(result.Estimate, 3.78, 2);
        Printed.At(result.Interval.Lower, 1.19, 2);
        Printed.At(result.Interval.Upper, 12.04, 2);
    }

    /// <summary>
    /// Yusuf, Peto, Lewis, Collins and Sleight (1985), Progress in Cardiovascular Diseases 27:335, table 6: early oral beta blockers after a
    /// heart attack, deaths. The trials are metadat's dat.yusuf1985; the digits metafor 3.8.1, rma.peto.
    /// </summary>
    [EveryCultureFact]
    public void Yusuf_1985_beta_blockers()
    {
        var result = PetoMethod.Pool(new EffectData
        {
            ["ai"] = [14, 18, 15, 10, 21, 3, 2, double.NaN, 19, 15, 5, 0, 8, 3, 0, 1, 0, 14, 0, 8, 6, 3],
            ["n1i"] = [56, 66, 100, 52, 226, 38, 20, double.NaN, 76, 106, 62, 9, 133, 48, 16, 42, 25, 221, 11, 259, 157, 177],
            ["ci"] = [15, 19, 12, 12, 24, 6, 3, double.NaN, 15, 9, 4, 0, 11, 3, 0, 1, 3, 15, 0, 7, 4, 2],
            ["n2i"] = [58, 64, 95, 47, 228, 31, 20, double.NaN, 67, 114, 57, 8, 127, 49, 13, 46, 25, 228, 11, 129, 158, 136],
        });
        Printed.At(result.Natural.Estimate, 0.933, 3);
        Printed.At(result.Natural.Interval.Lower, 0.738, 3);
        Printed.At(result.Natural.Interval.Upper, 1.179, 3);
        Printed.At(result.Estimate, -0.0692, 4);
        Printed.At(result.StandardError, 0.1194, 4);
        Printed.At(result.Q.Statistic, 10.8275, 4);
        result.Excluded.Count.ShouldBe(1);
    }

    /// <summary>
    /// Stijnen, Hamza and Ozdemir (2010), Statistics in Medicine 29:3046, doi:10.1002/sim.4040: catheters with an anti-infective coating, tables
    /// with few events (dat.nielweise2007). The normal model and the exact ones; digits of metafor's worked example of the article, whose
    /// quadrature has 7 points, hence 1e-3 for the exact ones (2e-3 for the larger variances).
    /// </summary>
    [EveryCultureFact]
    public void Stijnen_2010_catheters_in_few_events()
    {
        var data = new EffectData
        {
            ["ai"] = [0, 1, 2, 0, 5, 1, 1, 1, 1, 1, 0, 0, 3, 6, 0, 0, 1, 4],
            ["n1i"] = [116, 44, 208, 130, 151, 98, 174, 74, 97, 113, 66, 70, 188, 187, 118, 252, 345, 64],
            ["ci"] = [3, 3, 9, 7, 6, 4, 3, 2, 19, 2, 7, 1, 5, 11, 0, 1, 3, 1],
            ["n2i"] = [117, 35, 195, 136, 157, 139, 177, 39, 103, 122, 64, 58, 175, 180, 105, 262, 362, 69],
        };
        var normal = MetaAnalysis.Pool(Measures.OR.Compute(data, new EffectSizeOptions { DropDoubleZero = true }), new PoolingOptions { Test = PoolingTest.Z });
        Printed.At(normal.Estimate, -0.9804, 4);
        Printed.At(normal.StandardError, 0.2435, 4);
        Printed.At(normal.Tau2, 0.0356, 4);

        var approximate = CountModels.Fit(Measures.OR, data, new CountModelOptions { Model = CountModel.CMAL, Tau2Interval = false });
        approximate.Estimate.ShouldBe(-1.3027, 1e-3);
        approximate.StandardError.ShouldBe(0.3386, 1e-3);
        approximate.Tau2.ShouldBe(0.6007, 1e-3);

        var exact = CountModels.Fit(Measures.OR, data, new CountModelOptions { Model = CountModel.CMEL, Tau2Interval = false });
        exact.Estimate.ShouldBe(-1.3532, 1e-3);
        exact.StandardError.ShouldBe(0.3511, 1e-3);
        exact.Tau2.ShouldBe(0.6935, 1e-3);

        var coated = new EffectData { ["xi"] = data["ai"], ["ni"] = data["n1i"] };
        var coatedNormal = MetaAnalysis.Pool(Measures.PLO.Compute(coated), new PoolingOptions { Method = PoolingMethod.ML, Test = PoolingTest.Z });
        Printed.At(coatedNormal.Estimate, -4.2377, 4);
        Printed.At(coatedNormal.Tau2, 0.3370, 4);
        var coatedExact = CountModels.Fit(Measures.PLO, coated, new CountModelOptions { Tau2Interval = false });
        coatedExact.Estimate.ShouldBe(-4.8121, 1e-3);
        coatedExact.Tau2.ShouldBe(0.8265, 2e-3);
        var standard = CountModels.Fit(Measures.PLO, new EffectData { ["xi"] = data["ci"], ["ni"] = data["n2i"] }, new CountModelOptions { Tau2Interval = false });
        standard.Estimate.ShouldBe(-3.4964, 1e-3);
        standard.Tau2.ShouldBe(0.8124, 2e-3);
    }

    /// <summary>Stijnen et al. (2010): infections per 1,000 catheter days (dat.nielweise2008); digits and tolerance as above.</summary>
    [EveryCultureFact]
    public void Stijnen_2010_catheters_in_rates()
    {
        double[] treated = [1.344, 1.600, 12.012, 1.536, 0.370, 0.729, 6.760, 1.107, 0.320], control = [1.988, 1.461, 10.962, 1.503, 0.483, 0.913, 6.840, 1.015, 0.440];
        double[] treatedEvents = [7, 8, 3, 6, 1, 1, 17, 3, 2], controlEvents = [11, 8, 14, 10, 1, 8, 15, 7, 3];
        var data = new EffectData { ["x1i"] = treatedEvents, ["t1i"] = treated, ["x2i"] = controlEvents, ["t2i"] = control };
        var normal = MetaAnalysis.Pool(Measures.IRR.Compute(data), new PoolingOptions { Method = PoolingMethod.ML, Test = PoolingTest.Z });
        Printed.At(normal.Estimate, -0.3655, 4);
        Printed.At(normal.StandardError, 0.2070, 4);
        var exact = CountModels.Fit(Measures.IRR, data, new CountModelOptions { Tau2Interval = false });
        exact.Estimate.ShouldBe(-0.4762, 1e-3);
        exact.StandardError.ShouldBe(0.2377, 1e-3);
        exact.Tau2.ShouldBe(0.1226, 1e-3);

        var one = new CountModelOptions { Tau2Interval = false };
        CountModels.Fit(Measures.IRLN, new EffectData { ["xi"] = treatedEvents, ["ti"] = treated }, one).Estimate.ShouldBe(0.8494, 1e-3);
        CountModels.Fit(Measures.IRLN, new EffectData { ["xi"] = controlEvents, ["ti"] = control }, one).Estimate.ShouldBe(1.4007, 1e-3);
    }

    /// <summary>
    /// Van Houwelingen, Zwinderman and Stijnen (1993), Statistics in Medicine 12:2273, doi:10.1002/sim.4780122405: bleeding ulcers (dat.collins1985a),
    /// control against treatment, exact conditional logistic models. Digits of metafor's worked example of the article, by 7 points.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(PoolingMethod.EE, 0.1216, 0.0995, 0)]
    [InlineData(PoolingMethod.ML, 0.1744, 0.1364, 0.1192)]
    public void Van_Houwelingen_1993_bleeding_ulcers(PoolingMethod method, double estimate, double error, double tau2)
    {
        var result = CountModels.Fit(
            Measures.OR,
            new EffectData
            {
                ["ci"] = [8, 11, 5, 2, 12, double.NaN, 9, 7, 5, 0, 9, 10, 44, 0, 1, 4, 14, double.NaN, 50, 3, 6, 16, 16, 6, 11, 3, 2],
                ["n2i"] = [50, 56, 18, 14, 33, 58, 40, 20, 46, 18, 45, 21, 153, 14, 10, 24, 78, 75, 259, 10, 31, 51, 106, 33, 36, 34, 15],
                ["ai"] = [16, 12, 1, 6, 10, double.NaN, 11, 8, 12, 3, 3, 8, 30, 0, 4, 5, 21, double.NaN, 51, 1, 12, 15, 15, 7, 5, 13, 3],
                ["n1i"] = [50, 53, 12, 15, 36, 55, 48, 20, 47, 19, 43, 19, 132, 14, 9, 24, 80, 75, 260, 11, 29, 54, 107, 39, 26, 31, 14],
            },
            new CountModelOptions { Model = CountModel.CMEL, Method = method, Tau2Interval = false });
        result.Estimate.ShouldBe(estimate, 1e-3);
        result.StandardError.ShouldBe(error, 1e-3);
        result.Tau2.ShouldBe(tau2, 1e-3);
    }
}
