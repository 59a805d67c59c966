namespace MetaSpine.Tests;

/// <summary>Each profile gives the numbers of the program it is named after.</summary>
public sealed class PoolingProfileTests
{
    /// <summary>The aspirin trials of Fleiss (1993), Statistical Methods in Medical Research 2:121.</summary>
    private static PooledResult Aspirin(PoolingProfile profile) => MetaAnalysis.Pool(
        Measures.OR.Compute(
            new EffectData
            {
                ["ai"] = [49, 44, 102, 32, 85, 246, 1570], ["n1i"] = [615, 758, 832, 317, 810, 2267, 8587],
                ["ci"] = [67, 64, 126, 38, 52, 219, 1720], ["n2i"] = [624, 771, 850, 309, 406, 2257, 8600],
            },
            profile.Effects),
        profile.Pooling);

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

    /// <summary>DerSimonian-Laird with z around the inverse-variance estimate, as meta 8.3 gives it (method.tau = "DL").</summary>
    [EveryCultureFact]
    public void RevMan5()
    {
        var result = Aspirin(PoolingProfiles.RevMan5);
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

    [EveryCultureFact]
    public void Recommended_is_the_default_and_a_wrong_name_finds_the_nearest()
    {
        PoolingProfiles.Find("RECOMMENDED").Pooling.ShouldBe(PoolingOptions.Default);
        Should.Throw<ArgumentException>(() => PoolingProfiles.Find("metafr")).Message.ShouldContain("did you mean metafor?");
    }
}
