namespace MetaSpine.Tests;

/// <summary>Each profile gives the numbers of the program it is named after.</summary>
public sealed class PoolingProfileTests
{
    /// <summary>The aspirin trials of Fleiss (1993), Statistical Methods in Medical Research 2:121.</summary>
    private static EffectData AspirinTables { get; } = new()
    {
        ["ai"] = [49, 44, 102, 32, 85, 246, 1570], ["n1i"] = [615, 758, 832, 317, 810, 2267, 8587],
        ["ci"] = [67, 64, 126, 38, 52, 219, 1720], ["n2i"] = [624, 771, 850, 309, 406, 2257, 8600],
    };

    /// <summary>The profile's options for Mantel-Haenszel, as an analysis combines them.</summary>
    private static StratifiedOptions Stratified(PoolingProfile profile, Measure measure) => profile.Stratified with { EffectSizes = profile.EffectsFor(measure) };

    private static PooledResult Aspirin(PoolingProfile profile) => MetaAnalysis.Pool(
        Measures.OR.Compute(AspirinTables, profile.Effects), profile.Pooling);

    /// <summary>meta 8.3: metabin(..., sm = "OR", method = "Inverse", method.tau = "REML"); its tau^2 stops 6e-8 short.</summary>
    [EveryCultureFact]
    public void Meta()
    {
        var result = Aspirin(PoolingProfiles.Meta);
        result.Estimate.ShouldBe(-0.141243044912078, 1e-6);
        result.StandardError.ShouldBe(0.0706927362319752, 1e-6);
        result.Interval.Lower.ShouldBe(-0.27979826189534, 1e-6);
        result.I2.ShouldBe(39.6745617361662, 1e-9);
        result.I2Interval!.Value.Upper.ShouldBe(74.6338264944354, 1e-9);
        result.Tau2Interval!.Value.Upper.ShouldBe(0.114507644631114, 2e-5, "meta's Q-profile root is good to five digits");
        result.PredictionInterval!.Value.Lower.ShouldBe(-0.485038390077119, 1e-6);
        result.PredictionInterval.Value.Upper.ShouldBe(0.202552300252962, 1e-6);
    }

    [EveryCultureFact]
    public void Meta_leaves_out_tables_without_events() =>
        MetaAnalysis.Pool(Measures.OR.Compute(new EffectData { ["ai"] = [1, 0, 2], ["n1i"] = [9, 9, 9], ["ci"] = [2, 0, 1], ["n2i"] = [9, 9, 9] }, PoolingProfiles.Meta.Effects), PoolingProfiles.Meta.Pooling)
            .StudyCount.ShouldBe(2);

    /// <summary>The reference file's REML fit with z.</summary>
    [EveryCultureFact]
    public void Metafor()
    {
        var fit = ReferenceCase.Load("bcg-rr").Fits.First(f => f.Columns is null && f.Options is { Method: PoolingMethod.REML, Test: PoolingTest.Z, Level: 0.95 });
        var result = MetaAnalysis.Pool(ReferenceCase.Load("bcg-rr").Effects, PoolingProfiles.Metafor.Pooling);
        result.PValue.ShouldBe(fit.Number("pval")[0], 1e-10);
        result.PredictionInterval!.Value.Lower.ShouldBe(fit.Number("pi_lb")[0], 1e-7);
        result.I2.ShouldBe(fit.Number("I2")[0], 1e-5);
    }

    /// <summary>REML with Hartung-Knapp, Q-profile and t(k - 1) as meta 8.3 gives them (method.random.ci = "HK", method.predict = "HK").</summary>
    [EveryCultureFact]
    public void Cochrane()
    {
        var result = Aspirin(PoolingProfiles.Cochrane);
        result.Interval.Lower.ShouldBe(-0.300287573780532, 1e-6);
        result.Interval.Upper.ShouldBe(0.0178014839563753, 1e-6);
        result.PredictionInterval!.Value.Lower.ShouldBe(-0.478242605333782, 1e-6);
        result.I2.ShouldBe(39.6745617361662, 1e-9);
    }

    /// <summary>The result that Review Manager 5 itself stored with these trials (as Fleiss1993.rm5), by Mantel-Haenszel; each number to all digits stored.</summary>
    [EveryCultureFact]
    public void RevMan5_by_Mantel_Haenszel_is_what_it_stored()
    {
        var result = MantelHaenszel.Pool(Measures.OR, AspirinTables, Stratified(PoolingProfiles.RevMan5, Measures.OR));
        result.Natural.Estimate.ShouldBe(0.8968655609130709, 1e-14);
        result.Natural.Interval.Lower.ShouldBe(0.8405144008917793, 1e-14);
        result.Natural.Interval.Upper.ShouldBe(0.9569947088336491, 1e-14);
        Math.Abs(result.Statistic).ShouldBe(3.287633061337987, 1e-12);
        result.PValue.ShouldBe(0.0010103343130005407, 1e-12, "R has 0.0010103343129724352: the stored tail is good to ten digits");
        result.Q.Statistic.ShouldBe(9.946055983220074, 1e-12);
        result.Q.PValue.ShouldBe(0.1269422521561745, 1e-7, "R has 0.12694217790629...: the stored tail is good to six digits");
        result.I2.ShouldBe(39.67458045558399, 1e-11);
        result.Studies[0].Weight.ShouldBe(0.03176490004091248, 1e-14);
        result.Studies[6].Weight.ShouldBe(0.7287984024392564, 1e-14);
    }

    /// <summary>
    /// Random effects by Mantel-Haenszel: Q around that estimate, which is the one stored; tau^2 and what follows by its formula in R 4.2.2, from
    /// metafor's escalc and rma.mh.
    /// </summary>
    [EveryCultureFact]
    public void RevMan5_takes_Q_around_the_Mantel_Haenszel_estimate()
    {
        var result = Aspirin(PoolingProfiles.RevMan5);
        result.Q.Statistic.ShouldBe(9.946055983220074, 1e-12);
        result.I2.ShouldBe(39.67458045558399, 1e-11);
        result.Tau2.ShouldBe(0.00963730072424884, 1e-15);
        result.Estimate.ShouldBe(-0.132059486366237, 1e-13);
        result.StandardError.ShouldBe(0.0631322943656887, 1e-14);
        result.Notes.ShouldContain(note => note.Contains("around the Mantel-Haenszel estimate"));
        var turned = MetaAnalysis.Pool(Measures.OR.Compute(AspirinTables, PoolingProfiles.RevMan5.Effects with { Factors = [-1] }), PoolingProfiles.RevMan5.Pooling);
        turned.Q.Statistic.ShouldBe(9.946055983220074, 1e-12);
        turned.Estimate.ShouldBe(-result.Estimate, 1e-15);
    }

    /// <summary>A refit takes Q around the estimate of its own tables, zeros corrected, and is the same as pooling them alone.</summary>
    [EveryCultureTheory]
    [InlineData("OR")]
    [InlineData("RR")]
    [InlineData("RD")]
    public void Leaving_a_study_out_is_pooling_the_others_by_RevMan5(string code)
    {
        int[][] tables = [[3, 40, 8, 41], [0, 25, 2, 24], [5, 60, 4, 55], [12, 80, 6, 90], [1, 33, 7, 30], [0, 12, 0, 15]];
        var (measure, profile) = (Measures.Find(code), PoolingProfiles.RevMan5);
        PooledResult Pool(IEnumerable<int[]> some) => MetaAnalysis.Pool(measure.Compute(StratifiedPropertyTests.Data([.. some]), profile.EffectsFor(measure)), profile.Pooling);
        var without = Pool(tables).LeaveOneOut();
        for (var i = 0; i < 5; i++)
        {
            var alone = Pool(tables.Where((_, other) => other != i));
            alone.Tau2.ShouldBeGreaterThan(0);
            var plain = MetaAnalysis.Pool(alone.Effects, profile.Pooling with { QAround = QCentre.InverseVariance });
            alone.Q.Statistic.ShouldBeGreaterThan(plain.Q.Statistic, "inverse variances have the smallest Q");
            without.Subsets[i].Tau2!.Value.ShouldBe(alone.Tau2, 1e-12);
            without.Subsets[i].Estimate.ShouldBe(alone.Estimate, 1e-12);
            without.Subsets[i].I2!.Value.ShouldBe(alone.I2, 1e-9);
        }
    }

    /// <summary>Two tables by hand: the zero gets 1/2 in each cell for the combined estimate, whose tables then are (0.5, 10.5; 2.5, 8.5) and (3, 17; 6, 14).</summary>
    [EveryCultureFact]
    public void RevMan5_corrects_zeros_in_the_combined_estimate()
    {
        var data = StratifiedPropertyTests.Data([[0, 10, 2, 10], [3, 20, 6, 20], [0, 9, 0, 9], [9, 9, 9, 9]]);
        var odds = MantelHaenszel.Pool(Measures.OR, data, Stratified(PoolingProfiles.RevMan5, Measures.OR));
        odds.Natural.Estimate.ShouldBe((0.5 * 8.5 / 22 + 3.0 * 14 / 40) / (10.5 * 2.5 / 22 + 17.0 * 6 / 40), 1e-14);
        odds.Excluded.Count.ShouldBe(2);
        odds.Notes.ShouldContain(note => note.StartsWith("Zeros are corrected in the combined estimate"));
        var risks = MantelHaenszel.Pool(Measures.RR, data, Stratified(PoolingProfiles.RevMan5, Measures.RR));
        risks.Natural.Estimate.ShouldBe((0.5 * 11 / 22 + 3.0 * 20 / 40) / (2.5 * 11 / 22 + 6.0 * 20 / 40), 1e-14);
        risks.StudyCount.ShouldBe(2);
        MantelHaenszel.Pool(Measures.RD, data, Stratified(PoolingProfiles.RevMan5, Measures.RD)).StudyCount.ShouldBe(4, "without events there still is a difference");
    }

    /// <summary>
    /// meta 8.3: metabin(..., sm = "RR") of three of the trials of Olkin (1995), each with a zero: 1/2 added to the events alone in a study's own risk ratio.
    /// </summary>
    [EveryCultureFact]
    public void Risk_ratios_of_meta_with_zeros()
    {
        var data = StratifiedPropertyTests.Data([[0, 16, 2, 16], [0, 29, 6, 30], [1, 39, 0, 11]]);
        var effects = Measures.RR.Compute(data, PoolingProfiles.Meta.EffectsFor(Measures.RR));
        effects.Studies.Select(study => study.Estimate).ShouldBe([-1.6094379124341, -2.53161293719395, -0.135341347869762], 1e-13);
        effects.Studies.Select(study => Math.Sqrt(study.Variance)).ShouldBe([1.50956546025268, 1.44470099450215, 1.59824706764359], 1e-13);

        // All 70 trials are in the reference files: -0.257703545694524 and 0.0261839092188727 there, by Mantel-Haenszel; here the zeros get 1/2 in every cell.
        MantelHaenszel.Pool(Measures.RR, data, Stratified(PoolingProfiles.Meta, Measures.RR)).Natural.Estimate
            .ShouldBe((0.5 * 17 / 34 + 0.5 * 31 / 61 + 1.5 * 12 / 52) / (2.5 * 17 / 34 + 6.5 * 30 / 61 + 0.5 * 40 / 52), 1e-14);
    }

    /// <summary>meta 8.3: metabin(..., sm = "RD"), whose standard error is that of Greenland and Robins.</summary>
    [EveryCultureFact]
    public void RevMan5_and_meta_have_the_risk_difference_of_Greenland_and_Robins()
    {
        var result = MantelHaenszel.Pool(Measures.RD, AspirinTables, Stratified(PoolingProfiles.RevMan5, Measures.RD));
        result.Estimate.ShouldBe(-0.0142634988358614, 1e-15);
        result.StandardError.ShouldBe(0.00433778578604142, 1e-15);
    }

    /// <summary>
    /// Review Manager's Hedges' g and its variance as meta 8.3 has them (metacont(..., exact.smd = FALSE)), and meta's own (exact.smd = TRUE); five trials of
    /// Fleiss (1993).
    /// </summary>
    [EveryCultureFact]
    public void Standardised_mean_differences()
    {
        var data = new EffectData
        {
            ["n1i"] = [13, 30, 35, 20, 8], ["m1i"] = [5, 4.9, 22.5, 12.5, 6.5], ["sd1i"] = [4.7, 1.71, 3.44, 1.47, 0.76],
            ["n2i"] = [13, 50, 35, 20, 8], ["m2i"] = [6.5, 6.1, 24.9, 12.3, 7.38], ["sd2i"] = [3.8, 2.3, 10.65, 1.66, 1.41],
        };
        double[] approximate = [-0.339895678441358, -0.565892627050607, -0.299910934494936, 0.125026403895252, -0.734573719992273];
        double[] errors = [0.39555615677446, 0.235453768436279, 0.240465489493774, 0.316570283409861, 0.521892149626493];
        foreach (var profile in new[] { PoolingProfiles.RevMan5, PoolingProfiles.Cochrane })
        {
            var effects = Measures.SMD.Compute(data, profile.EffectsFor(Measures.SMD));
            effects.Studies.Select(study => study.Estimate).ShouldBe(approximate, 1e-14);
            effects.Studies.Select(study => Math.Sqrt(study.Variance)).ShouldBe(errors, 1e-14);
            MetaAnalysis.Pool(effects, profile.Pooling with { Method = PoolingMethod.EE }).Estimate.ShouldBe(-0.343415790514985, 1e-14);
        }

        var exact = Measures.SMD.Compute(data, PoolingProfiles.Meta.EffectsFor(Measures.SMD));
        exact.Studies.Select(study => study.Estimate).ShouldBe([-0.33987608706701, -0.565889664491664, -0.299908862924967, 0.1250235914109, -0.734444111690334], 1e-13);
        exact.Studies.Select(study => Math.Sqrt(study.Variance)).ShouldBe([0.395526258880363, 0.235442437871332, 0.240461349681032, 0.316568424908007, 0.521525446333571], 1e-13);
    }

    /// <summary>DerSimonian-Laird with z around the inverse-variance estimate, as meta 8.3 gives it (method.tau = "DL").</summary>
    [EveryCultureFact]
    public void RevMan5_by_inverse_variance()
    {
        var result = MetaAnalysis.Pool(Measures.OR.Compute(AspirinTables, PoolingProfiles.RevMan5.Effects), PoolingProfiles.RevMan5.Pooling with { QAround = QCentre.InverseVariance });
        result.Tau2.ShouldBe(0.00963729318661704, 1e-12);
        result.Estimate.ShouldBe(-0.132059470691185, 1e-12);
        result.Interval.Lower.ShouldBe(-0.25579646911037, 1e-12);
        result.I2.ShouldBe(39.6745617361662, 1e-9);
    }

    /// <summary>REML with z; prediction with t(k - 2), as meta 8.3 gives it (method.predict = "HTS"); I^2 from tau^2.</summary>
    [EveryCultureFact]
    public void Stata()
    {
        var result = Aspirin(PoolingProfiles.Stata);
        result.Interval.Lower.ShouldBe(-0.27979826189534, 1e-6);
        result.PredictionInterval!.Value.Lower.ShouldBe(-0.502414236691644, 2e-6);
        result.I2.ShouldBe(100 * result.Tau2 / (result.Tau2 + (result.Tau2 / (result.H2 - 1))), 1e-9);
    }

    /// <summary>
    /// What Stata's <c>meta summarize</c> prints, from ten studies with intervals (StataCorp's example metaset, as a user of 2023 shows it, three decimals): tau^2
    /// 0.0157, I^2 5.30% though Q (6.34) is below its degrees of freedom, z 7.95.
    /// </summary>
    [EveryCultureFact]
    public void Stata_prints_I2_from_tau2()
    {
        double[] y = [1.480, 0.999, 1.272, 1.001, 1.179, 1.939, 2.377, 0.694, 1.099, 1.805];
        double[] lower = [-0.352, -0.933, 0.427, 0.750, -0.527, 0.427, 1.005, -0.569, -0.147, -0.151];
        double[] upper = [3.311, 2.931, 2.117, 1.252, 2.884, 3.452, 3.750, 1.956, 2.345, 3.761];
        var result = MetaAnalysis.Pool(y, [.. lower.Zip(upper, (l, u) => Math.Pow((u - l) / 2 / 1.959963984540054, 2))], PoolingProfiles.Stata.Pooling);
        result.Tau2.ShouldBe(0.0157, 2e-4, "three decimals of the inputs move the fourth of tau^2");
        result.I2.ShouldBe(5.30, 0.06);
        result.Estimate.ShouldBe(1.138, 6e-4);
        result.Interval.Lower.ShouldBe(0.857, 6e-4);
        result.Interval.Upper.ShouldBe(1.418, 6e-4);
        result.Statistic.ShouldBe(7.95, 0.01);
        result.Q.Statistic.ShouldBe(6.34, 0.012, "rounding half a thousandth in the most precise intervals moves Q by as much");
    }

    /// <summary>Stata's help of meta esize: equal variances in mean differences, zeros corrected in odds and risk ratios only, Hedges' g by the approximate factor.</summary>
    [EveryCultureFact]
    public void Stata_computes_effect_sizes_its_way()
    {
        var means = Measures.MD.Compute(
            new EffectData { ["n1i"] = [13], ["m1i"] = [5], ["sd1i"] = [4.7], ["n2i"] = [7], ["m2i"] = [6.5], ["sd2i"] = [3.8] }, PoolingProfiles.Stata.EffectsFor(Measures.MD));
        means.Studies[0].Variance.ShouldBe((12 * 4.7 * 4.7 + 6 * 3.8 * 3.8) / 18 * (1 / 13.0 + 1 / 7.0), 1e-14);
        var table = StratifiedPropertyTests.Data([[0, 10, 2, 10]]);
        Measures.RD.Compute(table, PoolingProfiles.Stata.EffectsFor(Measures.RD)).Studies[0].Estimate.ShouldBe(-0.2, 1e-15);
        Measures.OR.Compute(table, PoolingProfiles.Stata.EffectsFor(Measures.OR)).Studies[0].Estimate.ShouldBe(Math.Log(0.5 * 8.5 / (10.5 * 2.5)), 1e-14);
        var g = Measures.SMD.Compute(
            new EffectData { ["n1i"] = [8], ["m1i"] = [6.5], ["sd1i"] = [0.76], ["n2i"] = [8], ["m2i"] = [7.38], ["sd2i"] = [1.41] }, PoolingProfiles.Stata.EffectsFor(Measures.SMD));
        g.Studies[0].Estimate.ShouldBe(-0.734573719992273, 1e-14);
    }

    [EveryCultureFact]
    public void Recommended_is_the_default_and_a_wrong_name_finds_the_nearest()
    {
        PoolingProfiles.Find("RECOMMENDED").Pooling.ShouldBe(PoolingOptions.Default);
        Should.Throw<ArgumentException>(() => PoolingProfiles.Find("metafr")).Message.ShouldContain("did you mean metafor?");
    }
}
