namespace MetaSpine.Tests;

/// <summary>
/// The R code was run with metafor 3.8.1 for every analysis of the samples and for the variants below, and printed the digits that MetaSpine
/// prints; here its text is held.
/// </summary>
public sealed class RScriptTests
{
    private static readonly Review Vaccine = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));

    private static Analysis Asked => Vaccine.FindAnalysis("risk-ratio")! with { Method = null };

    [EveryCultureFact]
    public void Subgroups() => Snapshot.Verify(RScript.For(Vaccine.Analyse("allocation")), "R");

    [EveryCultureFact]
    public void A_regression_passes_its_design_so_that_splines_need_no_translation()
    {
        var code = RScript.For(Vaccine.Analyse(Asked with { Formula = "~ rcs(latitude, 3)" }));
        code.ShouldContain("X <- cbind(\n  \"(Intercept)\" = c(1, 1, ");
        code.ShouldContain("reg <- rma(yi, vi, data=dat, mods=X, intercept=FALSE, method=\"REML\", test=\"knha\", level=95)");
    }

    [EveryCultureTheory]
    [InlineData("mantel-haenszel", "rma.mh(measure=\"OR\", ai=ai, n1i=n1i, ci=ci, n2i=n2i, data=dat, slab=study, correct=TRUE, level=95)")]
    [InlineData("peto", "rma.peto(ai=ai, n1i=n1i, ci=ci, n2i=n2i, data=dat, slab=study, level=95)")]
    [InlineData("glmm", "rma.glmm(measure=\"OR\", model=\"CM.EL\", ai=ai, n1i=n1i, ci=ci, n2i=n2i, data=dat, slab=study, method=\"ML\", test=\"z\", level=95)")]
    public void Models_for_counts_take_the_counts(string model, string call) =>
        RScript.For(Vaccine.Analyse(Asked with { Measure = "OR", Model = model })).ShouldContain(call);

    [EveryCultureFact]
    public void Options_that_differ_from_the_defaults_are_written_out()
    {
        var code = RScript.For(Vaccine.Analyse(Asked with
        {
            Measure = "OR", Add = 0.25, To = "all", Drop00 = true, Method = "ML", Test = "z", Level = 0.9, Prediction = "riley", Tau2Interval = "PL",
        }));
        code.ShouldContain("data=dat, slab=study, add=0.25, to=\"all\", drop00=TRUE)");
        code.ShouldContain("method=\"ML\", test=\"z\", level=90)");
        code.ShouldContain("predict(res, transf=exp, predtype=\"riley\")");
        code.ShouldContain("confint(res, type=\"PL\")");
    }

    [EveryCultureFact]
    public void What_metafor_lacks_is_said() =>
        RScript.For(Vaccine.Analyse(Asked with { Test = "iqwig" })).ShouldContain("# metafor has no such test: Knapp-Hartung, floored where narrower");

    [EveryCultureFact]
    public void A_name_cannot_leave_its_string()
    {
        var effects = Measures.GEN.Compute(new EffectData(["a\"); system(\"x", "back\\slash", "line\nend"]) { ["yi"] = [1, 2, 3], ["vi"] = [1, 1, 1] });
        RScript.For(MetaAnalysis.Pool(effects)).ShouldContain("study = c(\"a\\\"); system(\\\"x\", \"back\\\\slash\", \"line end\")");
    }

    [EveryCultureFact]
    public void Without_a_result_there_is_a_comment_alone()
    {
        var nothing = Vaccine.Analyse(Asked with { Measure = "SMD" });
        RScript.For(nothing).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith('#'));
    }
}
