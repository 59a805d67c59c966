namespace MetaSpine.Tests;

/// <summary>What measures read: the statistics that papers report instead of means, and what no study can have reported.</summary>
public sealed class MeasureInputTests
{
    public static TheoryData<string, string> Impossible => new()
    {
        { "OR ai=5 n1i=4 ci=1 n2i=10", "ai = 5 is above the group's total, n1i = 4" },
        { "OR ai=-1 n1i=4 ci=1 n2i=10", "ai = -1 must not be negative" },
        { "RTET ai=∞ bi=3 ci=1 di=4", "ai = Infinity must be finite" },
        { "MPRD ai=1 bi=-2 ci=1 di=4", "bi = -2 must not be negative" },
        { "MPORM ai=1 bi=2 ci=1 di=4 ri=1.5", "ri = 1.5 must lie between -1 and 1" },
        { "MPORM ai=1 bi=2 ci=1 di=4 pi=1.5", "pi = 1.5 must lie between 0 and 1" },
        { "IRSD x1i=1 t1i=0 x2i=1 t2i=4", "t1i = 0 must be above 0" },
        { "MD m1i=1 sd1i=-2 n1i=9 m2i=1 sd2i=2 n2i=9", "sd1i = -2 must not be negative" },
        { "SMD m1i=1 sd1i=2 n1i=1 m2i=1 sd2i=2 n2i=9", "n1i = 1 must be at least 2" },
        { "SMD di=∞ n1i=5 n2i=9", "di = Infinity must be finite" },
        { "SMD pi=0 n1i=5 n2i=9", "pi = 0 must be a two-sided p-value with the sign of the effect, not 0" },
        { "SMD pi=-1.2 n1i=5 n2i=9", "pi = -1.2 must be a two-sided p-value" },
        { "RPB ri=1.2 n1i=5 n2i=9", "ri = 1.2 must lie between -1 and 1" },
        { "VR sd1i=1 n1i=9 sd2i=2 n2i=1", "n2i = 1 must be at least 2" },
        { "CLES ai=1.2 n1i=9 n2i=8", "ai = 1.2 must lie between 0 and 1" },
        { "CLESN ai=-0.2 n1i=9 n2i=8", "ai = -0.2 must lie between 0 and 1" },
        { "COR ri=-1.01 ni=9", "ri = -1.01 must lie between -1 and 1" },
        { "ZCOR ri=0.3 ni=1", "ni = 1 must be at least 2" },
        { "PCOR ri=0.3 ni=9 mi=0", "mi = 0 must be at least 1" },
        { "PCOR ri=0.3 ni=9 mi=8", "mi = 8 leaves no degree of freedom with ni = 9" },
        { "SPCOR ri=0.3 ni=9 mi=2 r2i=1.1", "r2i = 1.1 must lie between 0 and 1" },
        { "R2 fi=-1 ni=9 mi=2", "fi = -1 must not be negative" },
        { "R2 pi=-0.1 ni=9 mi=2", "pi = -0.1 must be a p-value above 0" },
        { "SMCR m1i=1 m2i=2 sd1i=1 ni=9 ri=2", "ri = 2 must lie between -1 and 1" },
        { "MC m1i=1 m2i=2 sd1i=1 sd2i=-3 ni=9 ri=0.2", "sd2i = -3 must not be negative" },
        { "SDLN sdi=1 ni=1", "ni = 1 must be at least 2" },
        { "ABT ai=1.01 mi=3 ni=20", "ai = 1.01 must be at most 1" },
        { "ABT ai=0.9 mi=1 ni=20", "mi = 1 must be at least 2" },
        { "REH ai=3 bi=-1 ci=2", "bi = -1 must not be negative" },
        { "OR chi2i=4 n1i=0 n2i=9 ei=4", "n1i = 0 must be a whole number from 1 to 1e9" },
        { "OR chi2i=4 n1i=8.5 n2i=9 ei=4", "n1i = 8.5 must be a whole number from 1 to 1e9" },
        { "OR chi2i=4 n1i=8 n2i=9 ei=17", "ei = 17 must be below n1i + n2i" },
        { "OR chi2i=40 n1i=8 n2i=9 ei=4", "chi2i = 40 does not go with the margins. No table with 8 of 17 in the first group and 4 events has a chi-squared statistic of 40; the nearest, 4, 4, 0, 9, has 5.8846" },
        { "OR chi2i=∞ n1i=8 n2i=9 ei=4", "chi2i = Infinity must be finite" },
        { "OR chi2i=1e40 n1i=8 n2i=9 ei=4", "chi2i = 1E+40 must lie between -1e15 and 1e15" },
        { "PHI ri=1.5 n1i=8 n2i=9 ei=4", "ri = 1.5 must lie between -1 and 1" },
        { "RR ori=-1 n1i=8 n2i=9 ei=4", "ori = -1 must lie between 0 and 1e15" },
        { "RR pi=0 n1i=8 n2i=9 ei=4", "pi = 0 must be a two-sided p-value with the sign of the difference, not 0" },
        { "RR pi=1e-300 n1i=8 n2i=9 ei=4", "pi = 1E-300 does not go with the margins" },
        { "COR chi2i=-12 ni=9", "chi2i = -12 must not exceed ni = 9 in size: phi would be above 1" },
        { "HR yi=0.2 vi=-0.1", "vi = -0.1 must be above 0" },
    };

    [EveryCultureTheory]
    [MemberData(nameof(Impossible))]
    public void An_impossible_number_is_a_fault_that_names_study_and_number(string row, string fault) =>
        Should.Throw<EffectDataException>(() => Compute(row)).Faults.ShouldContain(text => text.StartsWith($"Study 1 (row 1): {fault}", StringComparison.Ordinal));

    [EveryCultureTheory]
    [InlineData("SMD m1i=1 sd1i=2 n1i=9 m2i=1 sd2i=NaN n2i=9", "m1i, sd1i, m2i and sd2i are not all there, and none of di, ti, fi, pi, ri in their place")]
    [InlineData("COR ri=NaN ni=9", "ri is missing, and none of ti, fi, pi in its place")]
    [InlineData("SMD1 m1i=1 n1i=9 m2i=1 sd2i=NaN n2i=9", "m1i, m2i and sd2i are not all there, and di is not in their place")]
    [InlineData("SMCR m1i=1 m2i=1 sd1i=NaN ni=9 ri=0.5", "m1i, m2i and sd1i are not all there, and none of di, ti, fi, pi in their place")]
    [InlineData("PHI ai=NaN n1i=9 ci=NaN n2i=9 chi2i=4", "chi2i stands in for the cells only with the margins: n1i, n2i and ei (the events of both groups together); without them neither the table nor a variance can be known")]
    [InlineData("COR ri=0.5 ni=3", "COR or its variance is undefined for these numbers")]
    [InlineData("UCOR ri=0.5 ni=4", "UCOR or its variance is undefined for these numbers")]
    [InlineData("RTET ai=0 bi=3 ci=2 di=4", "RTET or its variance is undefined with a zero count; a continuity correction (add, to) would define it")]
    [InlineData("ROM m1i=-1 sd1i=2 n1i=9 m2i=1 sd2i=1 n2i=9", "ROM or its variance is undefined for these numbers")]
    [InlineData("ABT ai=1 mi=3 ni=20", "ABT or its variance is undefined for these numbers")]
    public void What_is_missing_or_undefined_is_said(string row, string problem)
    {
        var study = Compute(row);
        study.Problem.ShouldBe(problem);
        study.Estimate.ShouldBe(double.NaN);
        study.Variance.ShouldBe(double.NaN);
    }

    // t test of the numbers m1 = 94.7, sd1 = 22, n1 = 60, m2 = 92, sd2 = 20, n2 = 50: t = 0.66812..., the others follow.
    [EveryCultureTheory]
    [InlineData("SMD")]
    [InlineData("RPB")]
    [InlineData("ZPB")]
    [InlineData("RBIS")]
    [InlineData("ZBIS")]
    [InlineData("D2ORL")]
    [InlineData("D2ORN")]
    public void A_reported_test_stands_in_for_means(string code)
    {
        var pooled = Math.Sqrt((59 * 22.0 * 22 + 49 * 20.0 * 20) / 108);
        var d = 2.7 / pooled;
        var t = d / Math.Sqrt(1.0 / 60 + 1.0 / 50);
        var direct = Compute($"{code} m1i=94.7 sd1i=22 n1i=60 m2i=92 sd2i=20 n2i=50");
        direct.Adjustment.ShouldBeNull();
        Same(Compute($"{code} di={Text(d)} n1i=60 n2i=50"), direct, "the reported d was used");
        Same(Compute($"{code} ti={Text(t)} n1i=60 n2i=50"), direct, "d from t: t sqrt(1/n1 + 1/n2), the t test with equal variances");
        Same(Compute($"{code} fi={Text(t * t)} n1i=60 n2i=50"), direct, "d from F: t is its root, with the sign given");
        Same(Compute($"{code} pi={Text(StudentT.TwoSided(t, 108))} n1i=60 n2i=50"), direct, "d from the two-sided p-value of a t test with equal variances");
        Same(Compute($"{code} ri={Text(Compute("RPB m1i=94.7 sd1i=22 n1i=60 m2i=92 sd2i=20 n2i=50").Estimate)} n1i=60 n2i=50"), direct, "d from the point-biserial correlation");
    }

    [EveryCultureFact]
    public void The_order_of_stand_ins_is_means_d_t_p_r()
    {
        Compute("SMD m1i=1 sd1i=2 n1i=9 m2i=0 sd2i=2 n2i=9 di=3 ti=5").Estimate.ShouldBe(Compute("SMD m1i=1 sd1i=2 n1i=9 m2i=0 sd2i=2 n2i=9").Estimate);
        Compute("SMD m1i=1 n1i=9 n2i=9 di=3 ti=5 pi=0.1 ri=0.2").Estimate.ShouldBe(Compute("SMD n1i=9 n2i=9 di=3").Estimate);
        Compute("SMD n1i=9 n2i=9 ti=5 pi=0.1 ri=0.2").Estimate.ShouldBe(Compute("SMD n1i=9 n2i=9 ti=5").Estimate);
        Compute("SMD n1i=9 n2i=9 pi=0.1 ri=0.2").Estimate.ShouldBe(Compute("SMD n1i=9 n2i=9 pi=0.1").Estimate);
    }

    [EveryCultureTheory]
    [InlineData(0.04)]
    [InlineData(-1e-30)]
    public void A_p_value_gives_its_sign_to_the_effect(double p)
    {
        var t = Math.Sign(p) * StudentT.UpperQuantile(Math.Abs(p) / 2, 26);
        Compute($"COR pi={Text(p)} ni=28").Estimate.ShouldBe(t / Math.Sqrt(t * t + 26), 1e-14);
        Compute($"SMCC pi={Text(p)} ni=27").Estimate.ShouldBe(SmallSample.J(26) * t / Math.Sqrt(27), 1e-12 * Math.Abs(t));
    }

    [EveryCultureFact]
    public void A_regression_test_stands_in_for_correlations_and_explained_variance()
    {
        Same(Compute("PCOR ti=2.5 mi=3 ni=54"), Compute($"PCOR ri={Text(2.5 / Math.Sqrt(2.5 * 2.5 + 50))} mi=3 ni=54"), "r from t");
        Same(Compute("SPCOR ti=2.5 mi=3 ni=54 r2i=0.4"), Compute($"SPCOR ri={Text(2.5 * Math.Sqrt(0.6 / 50))} mi=3 ni=54 r2i=0.4"), "r from t and R^2");
        Same(Compute("R2 fi=4 mi=3 ni=54"), Compute($"R2 r2i={Text(12.0 / 62)} mi=3 ni=54"), "R^2 from F");
        Same(Compute($"R2 pi={Text(FDistribution.Upper(4, 3, 50))} mi=3 ni=54"), Compute($"R2 r2i={Text(12.0 / 62)} mi=3 ni=54"), "R^2 from p");
        Same(Compute("SMCC ti=1.5 ni=25"), Compute("SMCC di=0.3 ni=25"), "d from t: t / sqrt(n), the paired test");
        Same(Compute($"SMCC di={Text(2 / Math.Sqrt(3))} ni=25"), Compute("SMCC m1i=3 m2i=1 sd1i=1 sd2i=2 ri=0.5 ni=25"), "the reported d was used");
    }

    /// <summary>Only the correlation between the events is hidden in the margins; with it, or with the pairs that had both, the whole table is there.</summary>
    // 12 of 50 against 5 of 48. R: chisq.test(matrix(c(12, 5, 38, 43), 2), correct = FALSE) has 3.1515, p = 0.07586; with correction 2.2753.
    [EveryCultureTheory]
    [InlineData("ori=2.72")]
    [InlineData("ri=0.18")]
    [InlineData("chi2i=3.15")]
    [InlineData("yatesi=2.28")]
    [InlineData("pi=0.076")]
    public void An_association_with_the_margins_is_the_table(string clue)
    {
        var column = clue[..clue.IndexOf('=', StringComparison.Ordinal)];
        foreach (var measure in Measures.All.Where(measure => measure.Family == TwoByTwo.Family))
        {
            Same(Compute($"{measure.Code} {clue} n1i=50 n2i=48 ei=17"), Compute($"{measure.Code} ai=12 n1i=50 ci=5 n2i=48"),
                $"cells 12, 38, 5, 43 from the margins and {column} = {clue[(column.Length + 1)..]}");
        }

        if (column is not ("ori" or "ri"))
        {
            Same(Compute($"PHI {column}=-{clue[(column.Length + 1)..]} n1i=48 n2i=50 ei=17"), Compute("PHI ai=5 n1i=48 ci=12 n2i=50"),
                $"cells 5, 43, 12, 38 from the margins and {column} = -{clue[(column.Length + 1)..]}");
        }
    }

    [EveryCultureFact]
    public void Cells_come_before_an_association_and_several_tables_are_said()
    {
        Compute("OR ai=12 n1i=50 ci=5 n2i=48 chi2i=99 ei=4").Adjustment.ShouldBeNull();
        var data = new EffectData { ["ai"] = [12, double.NaN], ["n1i"] = [50, 500], ["ci"] = [5, double.NaN], ["n2i"] = [48, 480], ["ei"] = [double.NaN, 170], ["ori"] = [double.NaN, 3] };
        var mixed = Measures.OR.Compute(data);
        mixed.Studies[0].Adjustment.ShouldBeNull();
        mixed.Studies[1].Adjustment!.ShouldBe($"cells 123, 377, 47, 433 from the margins and ori = 3, the closest of {TablesFromMargins.FromOddsRatio(3, 980, 500, 170).Tables.Count} tables that round to it");
    }

    [EveryCultureFact]
    public void Tests_stand_in_for_correlations_and_changes()
    {
        Same(Compute("COR fi=-6.25 ni=54"), Compute("COR ti=-2.5 ni=54"), "r from F");
        Same(Compute("ZCOR chi2i=-6 ni=54"), Compute($"ZCOR ri={Text(-Math.Sqrt(6.0 / 54))} ni=54"), "r from chi-squared: phi, its sampling variance taken as that of a correlation");
        Same(Compute("PCOR fi=6.25 mi=3 ni=54"), Compute("PCOR ti=2.5 mi=3 ni=54"), "r from F");
        Same(Compute("SPCOR fi=6.25 mi=3 ni=54 r2i=0.4"), Compute("SPCOR ti=2.5 mi=3 ni=54 r2i=0.4"), "r from F and R^2");
        Same(Compute("SMCC fi=2.25 ni=25"), Compute("SMCC ti=1.5 ni=25"), "d from F: t is its root, with the sign given, and d = t / sqrt(n)");
        Same(Compute("SMD1 di=0.4 n1i=20 n2i=30"), Compute("SMD1 m1i=0.8 n1i=20 m2i=0 sd2i=2 n2i=30"), "the reported d was used");

        // With equal standard deviations s the changes have the variance 2 (1 - r) s^2.
        var t = 1.5 / (2 * Math.Sqrt(2 * (1 - 0.6) / 25));
        var change = Compute("SMCR m1i=4.5 m2i=3 sd1i=2 ni=25 ri=0.6");
        Same(Compute("SMCR di=0.75 ni=25 ri=0.6"), change, "the reported d was used");
        Same(Compute($"SMCR ti={Text(t)} ni=25 ri=0.6"), change, "d from t of the paired test and the correlation, with equal standard deviations");
        Same(Compute($"SMCR fi={Text(t * t)} ni=25 ri=0.6"), change, "d from F of the paired test and the correlation, with equal standard deviations");
        Same(Compute($"SMCR pi={Text(StudentT.TwoSided(t, 24))} ni=25 ri=0.6"), change, "d from p of the paired test and the correlation, with equal standard deviations");
    }

    [EveryCultureFact]
    public void Margins_with_the_joint_proportion_are_the_matched_pairs()
    {
        var pairs = Compute("MPOR ai=212 bi=45 ci=144 di=23");
        var margins = Compute($"MPORM ai=257 bi=167 ci=356 di=68 pi={Text(212.0 / 424)}");
        margins.Estimate.ShouldBe(pairs.Estimate, 1e-14);
        margins.Variance.ShouldBe(pairs.Variance, 1e-14);
        margins.Size.ShouldBe(424);
        var phi = (212.0 * 23 - 45 * 144) / Math.Sqrt(257.0 * 167 * 356 * 68);
        Compute($"MPORM ai=257 bi=167 ci=356 di=68 ri={Text(phi)}").Variance.ShouldBe(pairs.Variance, 1e-14);
    }

    [EveryCultureFact]
    public void Without_standard_deviations_the_area_is_that_of_equal_variances()
    {
        var area = Compute("CLESN m1i=1.2 sd1i=2 n1i=20 m2i=0 sd2i=2 n2i=30", VarianceType.HO);
        Same(Compute("CLESN di=0.6 n1i=20 n2i=30"), area, "the reported d was used");
        Same(Compute($"CLESN ai={Text(area.Estimate)} n1i=20 n2i=30"), area, "d from the area under the curve, with equal variances");
    }

    [EveryCultureFact]
    public void Zero_cells_follow_the_rules()
    {
        var data = new EffectData { ["ai"] = [0, 3, 0], ["bi"] = [10, 7, 8], ["ci"] = [2, 4, 0], ["di"] = [8, 6, 9] };
        var corrected = Measures.YUQ.Compute(data);
        corrected.Studies[0].Estimate.ShouldBe((0.5 * 8.5 - 10.5 * 2.5) / (0.5 * 8.5 + 10.5 * 2.5), 1e-15);
        corrected.Studies[0].Adjustment.ShouldBe("0.5 added to each count because one is zero");
        corrected.Studies[1].Adjustment.ShouldBeNull();
        Measures.YUQ.Compute(data, new EffectSizeOptions { To = ZeroCellRule.AllIfAnyZero }).Studies[1].Adjustment.ShouldBe("0.5 added to each count");
        Measures.YUQ.Compute(data, new EffectSizeOptions { DropDoubleZero = true }).Studies[2].Problem!.ShouldContain("drop00");
        Measures.YUQ.Compute(data, new EffectSizeOptions { To = ZeroCellRule.None }).Studies[0].IsComputed.ShouldBeFalse();
        Measures.PHI.Compute(data).Studies[0].Adjustment.ShouldBeNull();
        Measures.RTET.Compute(data, new EffectSizeOptions { Add = 0.5 }).Studies[0].IsComputed.ShouldBeTrue();
        foreach (var measure in Measures.All.Where(measure => measure.CorrectsZeros && measure.Family == TwoByTwo.Family))
        {
            measure.Compute(data).Studies.ShouldAllBe(study => study.IsComputed, measure.Code);
        }
    }

    [EveryCultureFact]
    public void Zero_events_in_time_follow_the_rules()
    {
        var one = new EffectData { ["xi"] = [0, 3], ["ti"] = [10, 20] };
        Measures.IRLN.Compute(one).Studies[0].Estimate.ShouldBe(Math.Log(.5 / 10), 1e-15);
        Measures.IR.Compute(one).Studies.Select(study => study.Estimate).ShouldBe([.05, .15], 1e-16);
        Measures.IRLN.Compute(one, new EffectSizeOptions { DropDoubleZero = true }).Studies[0].IsComputed.ShouldBeTrue();
        var two = new EffectData { ["x1i"] = [0, 3, 4, 0], ["t1i"] = [10, 20, 30, 5], ["x2i"] = [4, 0, 5, 0], ["t2i"] = [10, 20, 40, 5] };
        Measures.IRR.Compute(two).Studies.Select(study => study.Estimate).ShouldBe([Math.Log(.5 / 4.5), Math.Log(3.5 / .5), Math.Log(4.0 / 30 / (5.0 / 40)), 0], 1e-14);
        Measures.IRD.Compute(two).Studies[0].Estimate.ShouldBe(-.4, 1e-15);
        Measures.IRR.Compute(two, new EffectSizeOptions { DropDoubleZero = true }).Studies.Select(study => study.IsComputed).ShouldBe([true, true, true, false]);
        Measures.IRR.Compute(two, new EffectSizeOptions { To = ZeroCellRule.None }).Studies.Select(study => study.IsComputed).ShouldBe([false, false, true, false]);
    }

    /// <summary>The variances of a correlation need four participants, those that are free of bias five.</summary>
    [EveryCultureTheory]
    [InlineData("COR", VarianceType.LS, 4)]
    [InlineData("COR", VarianceType.H0, 4)]
    [InlineData("COR", VarianceType.H0a, 4)]
    [InlineData("COR", VarianceType.H0b, 4)]
    [InlineData("UCOR", VarianceType.UB, 5)]
    [InlineData("UCOR", VarianceType.LS, 5)]
    [InlineData("ZCOR", VarianceType.LS, 4)]
    public void A_correlation_of_few_has_no_variance(string code, VarianceType variance, int fewest)
    {
        Compute($"{code} ri=0.5 ni={fewest - 1}", variance).Problem.ShouldBe($"{code} or its variance is undefined for these numbers");
        Compute($"{code} ri=0.5 ni={fewest}", variance).IsComputed.ShouldBeTrue();
    }

    [EveryCultureFact]
    public void Two_dichotomies_that_are_one_have_a_phi_of_1() => Compute("COR chi2i=9 ni=9", VarianceType.H0b).Estimate.ShouldBe(1);

    [EveryCultureFact]
    public void Several_faults_are_counted_and_listed()
    {
        var fault = Should.Throw<EffectDataException>(() => Measures.COR.Compute(new EffectData { ["ri"] = [2, .5, -3], ["ni"] = [9, 9, 9] }));
        fault.Faults.Count.ShouldBe(2);
        fault.Message.ReplaceLineEndings("|").ShouldBe($"COR: 2 faults in the data|{fault.Faults[0]}|{fault.Faults[1]}");
    }

    /// <summary>metafor 3.8.1: escalc with to="none", vtype="AV". The studies of 0 and of 5 in 5 count in the mean of 30 in 64, though the logarithm or the logit of their own is undefined.</summary>
    [EveryCultureFact]
    public void An_average_takes_all_studies_that_have_what_is_averaged()
    {
        var data = new EffectData { ["xi"] = [0, 0, 5, 5, 1, 2, 3, 4, 2, 0, 5, 3, double.NaN], ["ni"] = [5, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 100] };
        var options = new EffectSizeOptions { To = ZeroCellRule.None, Variance = VarianceType.AV };
        Measures.PLN.Compute(data, options).Studies[4].Variance.ShouldBe(0.226666666666667, 1e-14);
        Measures.PLO.Compute(data, options).Studies[4].Variance.ShouldBe(0.803137254901961, 1e-14);
        Measures.PLO.Compute(data, options).Studies[0].IsComputed.ShouldBeFalse();

        // Of 40 treated 4 had the event, of 40 controls 10; with double zeros dropped, of 30 and 30.
        var tables = new EffectData { ["ai"] = [0, 0, 4], ["n1i"] = [10, 10, 20], ["ci"] = [0, 4, 6], ["n2i"] = [10, 10, 20] };
        Measures.RR.Compute(tables, options).Studies[2].Variance.ShouldBe(0.9 / 0.1 / 20 + 0.75 / 0.25 / 20, 1e-14);
        Measures.RR.Compute(tables, options with { DropDoubleZero = true }).Studies[2].Variance.ShouldBe(
            (1 - 4.0 / 30) / (4.0 / 30) / 20 + (1 - 10.0 / 30) / (10.0 / 30) / 20, 1e-14);
    }

    /// <summary>Hanley and McNeil's variance less a quarter of the ties over (n1 - 1)(n2 - 1), however the study comes.</summary>
    [EveryCultureFact]
    public void Ties_of_an_area_under_the_curve_are_read_from_everywhere()
    {
        var plain = Compute("CLES ai=0.7 n1i=10 n2i=10", VarianceType.LS2).Variance;
        Compute("CLES ai=0.7 mi=0.1 n1i=10 n2i=10", VarianceType.LS2).Variance.ShouldBe(plain - 0.1 / 4 / 81, 1e-15);
        var answer = Batch.Answer("""{"id":1,"kind":"univariate","measure":"CLES","options":{"vtype":"LS2"},"data":{"ai":[0.7,0.7],"mi":[0.1,null],"n1i":[10,10],"n2i":[10,10]},"fits":[]}""");
        var variances = System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("vi");
        variances[0].GetDouble().ShouldBe(plain - 0.1 / 4 / 81, 1e-15);
        variances[1].GetDouble().ShouldBe(plain);
        var table = StudyTable.ReadCsv(new StringReader("study,ai,mi,n1i,n2i\nA,0.7,0.1,10,10\nB,0.7,,10,10\n"), "f.csv").Data(Measures.CLES);
        table["mi"].ShouldBe([0.1, double.NaN]);
    }

    [EveryCultureTheory]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_correction_that_is_none_is_refused(double add) =>
        Should.Throw<ArgumentException>(() => Measures.OR.Compute(new EffectData { ["ai"] = [1], ["bi"] = [2], ["ci"] = [3], ["di"] = [4] }, new EffectSizeOptions { Add = add }))
            .Message.ShouldStartWith("The continuity correction (add) is");

    [EveryCultureFact]
    public void A_variance_that_a_measure_lacks_is_refused_with_those_it_has() =>
        Should.Throw<ArgumentException>(() => Compute("MD m1i=1 sd1i=2 n1i=9 m2i=1 sd2i=2 n2i=9", VarianceType.AV))
            .Message.ShouldBe("MD has no variance of type AV; it offers LS, UB, HO.");

    [EveryCultureFact]
    public void Columns_of_different_lengths_are_refused() =>
        Should.Throw<ArgumentException>(() => new EffectData { ["ri"] = [0.1, 0.2], ["ni"] = [10] })
            .Message.ShouldBe("Column 'ni' has 1 values, but the table has 2 studies: give one value per study, NaN where it is missing.");

    [EveryCultureFact]
    public void Missing_columns_are_named_with_what_would_do() =>
        Should.Throw<EffectDataException>(() => Compute("SMCC m1i=1 m2i=2 ni=9"))
            .Message.ShouldBe("SMCC: the data have the columns m1i, m2i, ni; SMCC needs m1i, m2i, sd1i, sd2i, ni, ri or di, ni or ti, ni or fi, ni or pi, ni");

    [EveryCultureTheory]
    [InlineData("or2d", "OR2DL")]
    [InlineData("D2OR", "D2ORL")]
    [InlineData("AUC", "CLES")]
    [InlineData("AUCN", "CLESN")]
    [InlineData("aucCN", "CLESCN")]
    [InlineData("smcrph", "SMCRPH")]
    public void Measures_are_found_by_every_code_in_use(string code, string canonical) => Measures.Find(code).Code.ShouldBe(canonical);

    [Fact]
    public void Each_measure_has_a_property_of_its_own_name()
    {
        var named = typeof(Measures).GetProperties().Where(property => property.PropertyType == typeof(Measure)).ToDictionary(property => property.Name, property => (Measure)property.GetValue(null)!);
        named.ShouldAllBe(pair => pair.Value.Code == pair.Key);
        named.Values.ShouldBe(Measures.All, ignoreOrder: true);
    }

    private static void Same(EffectSize actual, EffectSize expected, string note)
    {
        actual.Estimate.ShouldBe(expected.Estimate, 1e-12);
        actual.Variance.ShouldBe(expected.Variance, 1e-12 * expected.Variance);
        actual.Adjustment.ShouldBe(note);
    }

    private static EffectSize Compute(string row, VarianceType? variance = null)
    {
        var words = row.Split(' ');
        var data = new EffectData();
        foreach (var word in words.Skip(1))
        {
            var (column, value) = (word[..word.IndexOf('=', StringComparison.Ordinal)], word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            data = data.With(column, [value == "∞" ? double.PositiveInfinity : double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)]);
        }

        return Measures.Find(words[0]).Compute(data, new EffectSizeOptions { Variance = variance }).Studies[0];
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
