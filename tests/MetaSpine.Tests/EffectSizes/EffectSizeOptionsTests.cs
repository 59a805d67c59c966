namespace MetaSpine.Tests;

/// <summary>The switches of effect sizes: where a correction goes, factors, and estimates that call for a second look.</summary>
public sealed class EffectSizeOptionsTests
{
    private static readonly EffectSizeOptions OnlyEvents = new() { AddOnlyToEvents = true };
    private static readonly EffectSizeOptions OnlyVariance = new() { AddInEstimate = false };
    private static readonly EffectSizeOptions OnlyEstimate = new() { AddInVariance = false };

    private static EffectData Tables => new() { ["ai"] = [0, 3, 5], ["bi"] = [10, 7, 0], ["ci"] = [2, 4, 4], ["di"] = [8, 6, 9] };

    /// <summary>metafor 3.8.1: escalc with onlyo1=TRUE, addyi=FALSE, addvi=FALSE.</summary>
    [EveryCultureFact]
    public void A_correction_goes_where_it_is_told_as_in_metafor()
    {
        const double none = double.NaN;
        Same("OR", OnlyEvents, [-1.83258146374831, -0.441832752279039, none], [2.625, 0.892857142857143, none]);
        Same("OR", OnlyVariance, [none, -0.441832752279039, none], [none, 0.892857142857143, none]);
        Same("OR", OnlyEstimate, [none, -0.441832752279039, none], [none, 0.892857142857143, none]);
        Same("RR", OnlyEvents, [-1.6094379124341, -0.287682072451781, 1.09861228866811], [2.20952380952381, 0.383333333333333, 0.148148148148148]);
        Same("RR", OnlyVariance, [none, -0.287682072451781, 1.17865499634165], [none, 0.383333333333333, 0.165945165945166]);
        Same("RR", OnlyEstimate, [none, -0.287682072451781, 1.04796855584935], [none, 0.383333333333333, 0.173076923076923]);
        Same("RD", OnlyEvents, [-0.19047619047619, -0.1, 0.666666666666667], [0.0215959399632869, 0.045, 0.0164609053497942]);
        Same("RD", OnlyVariance, [-0.2, -0.1, 0.692307692307692], [0.0199098422238918, 0.045, 0.0283109275456214]);
        Same("RD", OnlyEstimate, [-0.181818181818182, -0.1, 0.595238095238095], [0.016, 0.045, 0.0163859808830223]);

        static void Same(string code, EffectSizeOptions options, double[] y, double[] v) => Check(Measures.Find(code).Compute(Tables, options), y, v);
    }

    [EveryCultureFact]
    public void A_single_proportion_is_corrected_as_in_metafor()
    {
        var data = new EffectData { ["xi"] = [0, 3], ["ni"] = [10, 12] };
        Check(Measures.PLO.Compute(data), [-3.04452243772342, -1.09861228866811], [2.0952380952381, 0.444444444444444]);
        Check(Measures.PR.Compute(data, OnlyVariance), [0, 0.25], [0.00394440270473328, 0.015625]);
        Check(Measures.PR.Compute(data, OnlyEstimate), [0.0454545454545455, 0.25], [0, 0.015625]);
    }

    [EveryCultureFact]
    public void A_note_says_where_the_correction_went()
    {
        Measures.RD.Compute(Tables, OnlyEvents).Studies[0].Adjustment.ShouldBe("0.5 added to the events of each group because one is zero");
        Measures.RD.Compute(Tables, OnlyVariance).Studies[0].Adjustment.ShouldBe("0.5 added to each count because one is zero, for the variance only");
        Measures.RD.Compute(Tables, OnlyEstimate).Studies[0].Adjustment.ShouldBe("0.5 added to each count because one is zero, for the estimate only");
        Measures.RD.Compute(Tables, OnlyEstimate with { AddInEstimate = false }).Studies[0].Adjustment.ShouldBeNull();
        var rebuilt = new EffectData { ["ri"] = [-0.43033], ["n1i"] = [10], ["n2i"] = [12], ["ei"] = [4] };
        Measures.OR.Compute(rebuilt).Studies[0].Adjustment.ShouldBe("cells 0, 10, 4, 8 from the margins and ri = -0.43033; 0.5 added to each count because one is zero");
    }

    [EveryCultureFact]
    public void Events_alone_are_corrected_where_there_are_some()
    {
        Measures.PLO.Compute(new EffectData { ["xi"] = [0], ["ni"] = [10] }, OnlyEvents).Studies[0].Estimate.ShouldBe(Math.Log(0.5 / 10), 1e-15);
        Should.Throw<ArgumentException>(() => Measures.MPORC.Compute(Tables, OnlyEvents)).Message.ShouldContain("leave AddOnlyToEvents out");
    }

    /// <summary>The variance of Yule's Q depends on the estimate: it is that of the same counts.</summary>
    [EveryCultureFact]
    public void A_variance_from_uncorrected_counts_takes_their_estimate()
    {
        var all = new EffectSizeOptions { To = ZeroCellRule.All };
        var (plain, corrected) = (Study(new() { To = ZeroCellRule.None }), Study(all));
        Study(all with { AddInVariance = false }).ShouldBe((corrected.Estimate, plain.Variance));
        Study(all with { AddInEstimate = false }).ShouldBe((plain.Estimate, corrected.Variance));

        static (double Estimate, double Variance) Study(EffectSizeOptions options)
        {
            var study = Measures.YUQ.Compute(Tables, options).Studies[1];
            return (study.Estimate, study.Variance);
        }
    }

    /// <summary>
    /// Also where a variance takes something from all studies (AV) or from the margins (MPORM): all of it is that of the same counts, where metafor 5.1 takes
    /// part of it from the corrected and part from the uncorrected ones.
    /// </summary>
    [EveryCultureTheory]
    [InlineData("OR", VarianceType.AV)]
    [InlineData("RR", VarianceType.AV)]
    [InlineData("RD", VarianceType.AV)]
    [InlineData("MPORM", null)]
    public void A_variance_never_mixes_corrected_and_uncorrected_counts(string code, VarianceType? variance)
    {
        var data = new EffectData { ["ai"] = [1, 3, 5], ["bi"] = [10, 7, 3], ["ci"] = [2, 4, 4], ["di"] = [8, 6, 9] };
        data = code == "MPORM" ? data.With("ri", [.1, .2, .3]) : data;
        EffectSizes Compute(EffectSizeOptions options) => Measures.Find(code).Compute(data, options with { Variance = variance });
        var (plain, corrected) = (Compute(new() { To = ZeroCellRule.None }), Compute(new() { To = ZeroCellRule.All }));
        var mixed = Compute(new() { To = ZeroCellRule.All, AddInVariance = false });
        mixed.Studies.Select(study => study.Estimate).ShouldBe(corrected.Studies.Select(study => study.Estimate));
        mixed.Studies.Select(study => study.Variance).ShouldBe(plain.Studies.Select(study => study.Variance));
        plain.Studies.Zip(corrected.Studies).ShouldAllBe(pair => pair.First.Variance != pair.Second.Variance && pair.First.IsComputed);
    }

    [EveryCultureFact]
    public void Factors_turn_and_stretch_estimates()
    {
        var plain = Measures.RR.Compute(Tables);
        var turned = Measures.RR.Compute(Tables, new() { Factors = [-1, 1, 2] });
        foreach (var (i, factor) in new[] { (0, -1.0), (1, 1), (2, 2) })
        {
            turned.Studies[i].Estimate.ShouldBe(factor * plain.Studies[i].Estimate);
            turned.Studies[i].Variance.ShouldBe(factor * factor * plain.Studies[i].Variance);
        }

        turned.Studies[0].Adjustment.ShouldBe("0.5 added to each count because one is zero; estimate multiplied by -1, as asked");
        turned.Studies[1].Adjustment.ShouldBeNull();
        Measures.RR.Compute(Tables, new() { Factors = [-1] }).Studies[1].Estimate.ShouldBe(-plain.Studies[1].Estimate);
        Fault(Measures.RR, [-1, 1]).ShouldBe("There are 2 factors for 3 studies: give one for each study, in order, or one for all.");
        Fault(Measures.RR, [0]).ShouldStartWith("A factor is 0; it must be a finite number other than 0");
        Fault(Measures.RR, [double.NaN]).ShouldStartWith("A factor is NaN");
        Fault(Measures.PR, [-1]).ShouldStartWith("PR has no effect at no value");
        Fault(Measures.CLES, [-1]).ShouldStartWith("CLES has no effect at 0.5");

        static string Fault(Measure measure, double[] factors) => Should.Throw<ArgumentException>(() => measure.Compute(Tables, new() { Factors = factors })).Message;
    }

    [EveryCultureTheory]
    [InlineData("SMD")]
    [InlineData("SMDH")]
    [InlineData("SMD1")]
    [InlineData("SMD1H")]
    public void An_estimate_beyond_the_cutoff_is_doubted_by_name(string code)
    {
        // The second study has standard errors, of 1/5, in place of standard deviations; the third lies below by as much.
        var data = new EffectData(["Ada", "Bo", "Cy", "Di"])
        {
            ["m1i"] = [0.5, 0.5, 0, 1.9], ["sd1i"] = [1, 0.2, 0.2, 1], ["n1i"] = [25, 25, 25, 250], ["m2i"] = [0, 0, 0.5, 0], ["sd2i"] = [1, 0.2, 0.2, 1], ["n2i"] = [25, 25, 25, 250],
        };
        var measure = Measures.Find(code);
        var effects = measure.Compute(data);
        effects.Studies.Select(study => study.Doubt is null).ShouldBe([true, false, false, true]);
        MetaAnalysis.Pool(effects).Notes.ShouldContain($"An estimate beyond 2 in size is rare for {code}; look up the numbers, and whether standard errors stand in place of standard deviations: Bo, Cy.");
        effects.ToMarkdown().ShouldContain("Bo: an estimate beyond 2 in size");
        measure.Compute(data, new() { Cutoff = 1.8 }).Studies[3].Doubt.ShouldNotBeNull();
        measure.Compute(data, new() { Cutoff = double.PositiveInfinity }).Studies.ShouldAllBe(study => study.Doubt == null);
        Should.Throw<ArgumentException>(() => measure.Compute(data, new() { Cutoff = 0 })).Message.ShouldStartWith("The cutoff is 0; it must be above 0");
    }

    [EveryCultureFact]
    public void Other_measures_are_doubted_where_asked()
    {
        Measures.MD.Cutoff.ShouldBeNull();
        var data = new EffectData { ["yi"] = [3], ["vi"] = [1] };
        Measures.GEN.Compute(data).Studies[0].Doubt.ShouldBeNull();
        Measures.GEN.Compute(data, new() { Cutoff = 2.5 }).Studies[0].Doubt.ShouldBe("an estimate beyond 2.5 in size is rare for GEN; look up the numbers");
    }

    private static void Check(EffectSizes effects, double[] y, double[] v)
    {
        for (var i = 0; i < y.Length; i++)
        {
            var study = effects.Studies[i];
            study.IsComputed.ShouldBe(!double.IsNaN(y[i]), $"{effects.Measure.Code} {i}: {study.Problem}");
            if (study.IsComputed)
            {
                // 15 digits printed, of numbers up to 3.
                study.Estimate.ShouldBe(y[i], 1e-14);
                study.Variance.ShouldBe(v[i], 1e-14);
            }
        }
    }
}
