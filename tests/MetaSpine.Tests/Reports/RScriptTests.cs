namespace MetaSpine.Tests;

/// <summary>
/// The R code was run with metafor 3.8.1 for every analysis of the samples, every measure with each of its variances, every estimator, test and
/// interval, and gave the numbers of MetaSpine to a millionth, but where it says that it will not; here its text is held.
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
        code.ShouldContain("reg <- rma(yi, vi, data=dat, mods=X, intercept=FALSE, method=\"REML\", test=\"knha\", level=95, control=list(threshold=1e-12, maxiter=1000))");
    }

    [EveryCultureFact]
    public void Every_measure_has_a_way_back_in_R()
    {
        var table = new EffectData(["a", "b"]) { ["xi"] = [4, 9], ["ni"] = [50, 50] };
        foreach (var measure in Measures.All)
        {
            var effects = Measures.PLO.Compute(table) with { Measure = measure };
            (RMeasure.Back(effects).Length == 0).ShouldBe(measure.Scale.Name == "identity", measure.Code);
        }

        RScript.For(MetaAnalysis.Pool(Measures.Find("PFT").Compute(table))).ShouldContain("predict(res, transf=function(x) transf.ipft(x, ni=50))");
        RScript.For(MetaAnalysis.Pool(Measures.Find("PAS").Compute(table), new PoolingOptions { Prediction = PredictionMethod.Simple }))
            .ShouldContain("\ntransf.iarcsin(c(coef(res)) + c(-1, 1) * qnorm(0.975) * sqrt(res$tau2))\n");
    }

    [EveryCultureTheory]
    [InlineData("ROM", null)]
    [InlineData("SMD", VarianceType.H0)]
    public void What_an_older_metafor_computes_otherwise_comes_as_estimates(string measure, VarianceType? variance)
    {
        var trials = new EffectData(["a", "b"])
        {
            ["m1i"] = [5, 6], ["sd1i"] = [1, 2], ["n1i"] = [20, 30], ["m2i"] = [6, 7], ["sd2i"] = [1, 2], ["n2i"] = [21, 31],
        };
        var code = RScript.For(MetaAnalysis.Pool(Measures.Find(measure).Compute(trials, new EffectSizeOptions { Variance = variance })));
        code.ShouldNotContain("escalc");
        code.ShouldContain($"  yi = c(");
        code.ShouldContain($"# yi and vi as MetaSpine computed them: {measure} (");
        RScript.For(MetaAnalysis.Pool(Measures.Find("SMD").Compute(trials))).ShouldContain("escalc(measure=\"SMD\"");
    }

    [EveryCultureFact]
    public void A_single_study_has_a_z_interval_and_nothing_to_solve()
    {
        var one = Measures.GEN.Compute(new EffectData(["a"]) { ["yi"] = [1], ["vi"] = [1] });
        RScript.For(MetaAnalysis.Pool(one)).ShouldContain("rma(yi, vi, data=dat, method=\"REML\", test=\"z\", level=95)\n");
    }

    [EveryCultureTheory]
    [InlineData("GENQ", "# metafor has the generalised Q interval")]
    [InlineData("HT", "# The interval of tau^2 is that of Higgins-Thompson")]
    [InlineData("Wald", "confint(res, type=\"Wald\")")]
    public void An_interval_that_metafor_refuses_is_not_asked_for(string interval, string line)
    {
        var code = RScript.For(Vaccine.Analyse(Asked with { Tau2Interval = interval }));
        code.ShouldContain($"\n{line}");
        code.Split('\n').ShouldNotContain($"confint(res, type=\"{(interval == "Wald" ? "" : interval)}\")");
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
        code.ShouldContain("method=\"ML\", test=\"z\", level=90, control=list(threshold=1e-12, maxiter=1000))");
        code.ShouldContain("predict(res, transf=exp)\n# The prediction interval was asked for by t with k - p - 1 degrees of freedom:\n"
            + "exp(c(coef(res)) + c(-1, 1) * qt(0.95, df=11) * sqrt(res$tau2 + res$se^2))\n");
        code.ShouldContain("confint(res, type=\"PL\", control=list(tol=1e-10))");
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
    public void Counts_that_metafor_cannot_read_make_no_call_without_arguments()
    {
        var code = RScript.For(Vaccine.Analyse(Asked with { Measure = "OR", Model = "mantel-haenszel", VarianceType = "H0" }));
        code.ShouldNotContain("rma.mh");
        code.ShouldContain("# metafor cannot read these counts");
    }

    [EveryCultureFact]
    public void What_the_code_leaves_out_is_said()
    {
        RScript.For(Vaccine.Analyse(Asked with { Also = ["henmi-copas", "permutation"] })).ShouldEndWith("# Not repeated here: permutation tests, the Henmi-Copas interval.\n");
        RScript.For(Vaccine.Analyse(Asked)).ShouldNotContain("# Not repeated");
    }

    [EveryCultureFact]
    public void Without_a_result_there_is_a_comment_alone()
    {
        var nothing = Vaccine.Analyse(Asked with { Measure = "SMD" });
        RScript.For(nothing).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith('#'));
    }
}
