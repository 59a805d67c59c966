using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>
/// Published analyses of dependent effects: what the papers print, to their digits, and what metafor 3.8.1 makes of the same data (published.json, by make-published.R).
/// </summary>
public sealed class PublishedMultilevelTests
{
    private static readonly JsonElement Published = JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Multilevel/published.json"))).RootElement;

    /// <summary>
    /// Ishak, Platt, Joseph, Hanley and Caro (2007), Clinical Trials 4:525, doi:10.1177/1740774507083567: deep-brain stimulation at four times, the errors of a study
    /// correlated by 0.97 a step. metafor is within 1e-5 of the top of the likelihood, ours never lower.
    /// </summary>
    [Theory]
    [InlineData("independent", "time | study", CovarianceStructure.DIAG)]
    [InlineData("intercepts", "study", CovarianceStructure.CS)]
    [InlineData("HAR", "time | study", CovarianceStructure.HAR)]
    [InlineData("AR", "time | study", CovarianceStructure.AR)]
    [InlineData("CS", "time | study", CovarianceStructure.CS)]
    [InlineData("HCS", "time | study", CovarianceStructure.HCS)]
    [InlineData("CAR", "time | study", CovarianceStructure.CAR)]
    public void Ishak_2007_with_every_structure_agrees_with_metafor(string name, string term, CovarianceStructure structure)
    {
        var (result, fit) = (Stimulation(term, structure, isCorrelated: name is not ("independent" or "intercepts")), Fits("ishak2007").GetProperty(name));
        Agree(result, fit, name);
        if (fit.GetProperty("rho") is { ValueKind: JsonValueKind.Number } rho && rho.GetDouble() != 0)
        {
            result.Components[^1].Value.ShouldBe(rho.GetDouble(), 1e-5, name);
        }
    }

    /// <summary>
    /// Table 1 of the paper, whose SAS fits print one decimal and stop up to 0.1 from the maximum; -27.5, printed for 6 months in "correlated random time effects", is no number of theirs:
    /// the maximum has -27.3.
    /// </summary>
    [Fact]
    public void Ishak_2007_has_the_numbers_of_the_paper()
    {
        var correlated = Stimulation("time | study", CovarianceStructure.HAR, isCorrelated: false);
        correlated.Coefficients.Select(c => Math.Round(c.Estimate, 1)).ShouldBe([-26.0, -27.3, -28.6, -25.8]);
        Variances(correlated).Zip([20.4, 36.0, 26.4, 30.1]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < .1);
        (correlated.Components[^1].Value, correlated.Components[^1].IsAtBound).ShouldBe((1, true));
        var multivariate = Stimulation("time | study", CovarianceStructure.HAR, isCorrelated: true);
        multivariate.Coefficients.Select(c => Math.Round(c.Estimate, 1)).ShouldBe([-25.9, -27.5, -28.7, -26.5]);
        Variances(multivariate).Zip([22.6, 33.7, 26.1, 31.1]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < .15);
        multivariate.Components[^1].Value.ShouldBe(.88, .005);
    }

    /// <summary>
    /// Assink and Wibbelink (2016), The Quantitative Methods for Psychology 12(3):154, doi:10.20982/tqmp.12.3.p154: mental health and relapse of young offenders, with t of k - p degrees of
    /// freedom as the tutorial has it.
    /// </summary>
    [Fact]
    public void Assink_2016_has_the_overall_effect_and_the_tests_of_both_variances()
    {
        var (overall, fits) = (Offenders(null), Fits("assink2016"));
        Agree(overall, fits.GetProperty("overall"), "overall");
        (Math.Round(overall.Coefficients[0].Estimate, 3), overall.Coefficients[0].DegreesOfFreedom).ShouldBe((.427, 99));
        Variances(overall).Select(variance => Math.Round(variance, 3)).ShouldBe([.188, .112]);
        foreach (var (term, name) in new[] { ("study", "withoutStudies"), ("study/esid", "withoutEffects") })
        {
            // The mixture at the boundary gives half the p-value of chi-squared with one degree of freedom, which is metafor's.
            var (test, expected) = (overall.TestVariance(term), fits.GetProperty(name));
            test.Statistic.ShouldBe(expected.GetProperty("LRT").GetDouble(), 1e-7, term);
            test.PValue.ShouldBe(expected.GetProperty("p").GetDouble() / 2, 1e-6 * test.PValue, term);
        }
    }

    [Theory]
    [InlineData("pubstatus", "~ pubstatus")]
    [InlineData("year", "~ year")]
    [InlineData("deltype", "~ deltype")]
    [InlineData("several", "~ pubstatus + year + deltype")]
    public void Assink_2016_has_the_moderators(string name, string formula)
    {
        var (result, fit) = (Offenders(formula), Fits("assink2016").GetProperty(name));
        Agree(result, fit, name);
        result.Moderators.Statistic.ShouldBe(fit.GetProperty("F").GetDouble(), 1e-5 * result.Moderators.Statistic, name);
        result.Moderators.PValue.ShouldBe(fit.GetProperty("p").GetDouble(), 1e-4 * result.Moderators.PValue, name);
    }

    /// <summary>
    /// Gleser and Olkin (2009), "Stochastically dependent effect sizes", The Handbook of Research Synthesis and Meta-Analysis, 2nd edition, pages 360 to 365: several
    /// treatments and one control group, without heterogeneity. The coefficients, 10,000 times their covariances (by row, below the diagonal too) and Q to the digits
    /// that metafor's reproduction of the chapter quotes from it (those of RR are metafor's own); Q is quoted as 2.057 and 4.264 where it is 2.0563 and 4.2634 here.
    /// </summary>
    [Theory]
    [InlineData("RD", 1, new[] { .0200, .0043, .0211 }, 4, new[] { .24612, .19954, .28538, .13323, .13255, .69806 }, 5, 7.1907)]
    [InlineData("OR", 1, new[] { .5099, .0044, .4301 }, 4, new[] { 141.2, 71.2, 117.8, 42.5, 45.5, 270.3 }, 1, 2.0563)]
    [InlineData("RR", 1, new[] { .4875, .0006, .4047 }, 4, new[] { 128.7, 62.3, 103.7, 37.1, 39.9, 241.6 }, 1, 1.8954)]
    [InlineData("AS", 2, new[] { .1010, .0102, .0982 }, 4, new[] { 5.8, 4.0, 6.1, 2.4, 2.5, 13.7 }, 1, 4.2634)]
    public void Gleser_and_Olkin_2009_share_a_control_group(string code, double factor, double[] coefficients, int digits, double[] covariances, int covarianceDigits, double q)
    {
        string[] treatments = ["1", "2", "1", "1", "2", "3"];
        var effects = Measures.All.Single(measure => measure.Code == code).Compute(new EffectData
        {
            ["ai"] = [40, 40, 10, 150, 150, 150], ["n1i"] = [1000, 1000, 200, 2000, 2000, 2000], ["ci"] = [100, 150, 15, 40, 80, 50], ["n2i"] = [4000, 4000, 400, 1000, 1000, 1000],
        });
        var study = Predictor.Numeric("study", [1, 1, 2, 3, 3, 3]);
        var v = SamplingCovariance.SharedGroups(effects, study, Predictor.Categorical("treatment", treatments), Predictor.Categorical("control", ["0", "0", "0", "0", "0", "0"]));
        Same(Common(effects, study, treatments, v), factor, coefficients, digits, covariances, covarianceDigits, q);
    }

    /// <summary>The same, page 367: standardised differences with the standard deviation of all groups of a study.</summary>
    [Fact]
    public void Gleser_and_Olkin_2009_share_a_standard_deviation()
    {
        string[] treatments = ["1", "2", "1", "1", "1", "2"];
        double[] deviations = [4.2593, 4.2593, 2.8831, 3.1764, 2.9344, 2.9344];
        var effects = Measures.SMD.Compute(
            new EffectData
            {
                ["m1i"] = [7.87, 4.35, 9.32, 8.08, 7.44, 5.34], ["sd1i"] = deviations, ["n1i"] = [25, 22, 38, 50, 30, 30],
                ["m2i"] = [-1.36, -1.36, .98, 1.17, .45, .45], ["sd2i"] = deviations, ["n2i"] = [25, 25, 40, 50, 30, 30],
            },
            new EffectSizeOptions { Correct = false });
        effects.Studies.Select(effect => Math.Round(effect.Estimate, 4)).ShouldBe([2.1670, 1.3406, 2.8927, 2.1754, 2.3821, 1.6664]);
        var study = Predictor.Numeric("study", [1, 1, 2, 3, 4, 4]);
        var v = SamplingCovariance.SharedGroups(effects, study, Predictor.Categorical("control", ["0", "0", "0", "0", "0", "0"]), Predictor.Categorical("treatment", treatments), commonSpread: true);
        Same(Common(effects, study, treatments, v), 1, [2.3743, 1.5702], 4, [225.7, 124.4, 355.4], 1, 3.9447);
    }

    /// <summary>The means of the treatments without heterogeneity: generalised least squares, as the chapter has it.</summary>
    private static MultilevelRegressionResult Common(EffectSizes effects, Predictor study, string[] treatments, SamplingCovariance v) => MultilevelAnalysis.Regress(
        effects, [RandomTerm.Parse("study") with { Fixed = [0] }], [study, Predictor.Categorical("treatment", treatments)], "~ 0 + treatment", v, new MultilevelOptions { Test = MultilevelTest.Z });

    private static void Same(MultilevelRegressionResult result, double factor, double[] coefficients, int digits, double[] covariances, int covarianceDigits, double q)
    {
        result.Coefficients.Select(c => Math.Round(factor * c.Estimate, digits)).ShouldBe(coefficients);
        var below = Enumerable.Range(0, result.Coefficients.Count).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => Math.Round(1e4 * factor * factor * result.Covariance[i][j], covarianceDigits)));
        below.ShouldBe(covariances);
        Math.Round(result.Q.Statistic, 4).ShouldBe(q);
    }

    private static JsonElement Fits(string name) => Published.GetProperty(name).GetProperty("fits");

    private static double[] Numbers(string name, string column) => ReferenceCase.Numbers(Published.GetProperty(name).GetProperty("data").GetProperty(column));

    private static EffectSizes Effects(string name) => Measures.GEN.Compute(new EffectData { ["yi"] = Numbers(name, "yi"), ["vi"] = Numbers(name, "vi") });

    private static MultilevelRegressionResult Stimulation(string term, CovarianceStructure structure, bool isCorrelated)
    {
        var (effects, study, time) = (Effects("ishak2007"), Predictor.Numeric("study", Numbers("ishak2007", "study")), Predictor.Numeric("time", Numbers("ishak2007", "time")));
        var v = isCorrelated ? SamplingCovariance.Assumed(effects, new SamplingDependence { Cluster = study, Time1 = time, Phi = .97 }) : null;
        return MultilevelAnalysis.Regress(effects, [RandomTerm.Parse(term, structure)], [study, time], "~ 0 + factor(time)", v, new MultilevelOptions { Test = MultilevelTest.Z });
    }

    private static MultilevelResult Offenders(string? formula)
    {
        Predictor[] variables =
        [
            .. new[] { "study", "esid", "pubstatus", "year" }.Select(name => Predictor.Numeric(name, Numbers("assink2016", name))),
            Predictor.Categorical("deltype", [.. Published.GetProperty("assink2016").GetProperty("data").GetProperty("deltype").EnumerateArray().Select(e => e.GetString())]),
        ];
        var (random, options) = (new[] { RandomTerm.Parse("study/esid") }, new MultilevelOptions { Test = MultilevelTest.T });
        return formula is null ? MultilevelAnalysis.Pool(Effects("assink2016"), random, variables, null, options) : MultilevelAnalysis.Regress(Effects("assink2016"), random, variables, formula, null, options);
    }

    private static IEnumerable<double> Variances(MultilevelResult result) => result.Components.Where(c => c.Kind == ComponentKind.Variance).Select(c => c.Value);

    /// <summary>The variances where metafor stops are 1e-5 off; the numbers that follow from them are by as much of their size.</summary>
    private static void Agree(MultilevelResult result, JsonElement fit, string name)
    {
        double[] Expected(string field) => fit.GetProperty(field) is { ValueKind: JsonValueKind.Array } array ? ReferenceCase.Numbers(array) : [fit.GetProperty(field).GetDouble()];
        (result.Fit.RestrictedLogLikelihood - Expected("ll")[0]).ShouldBeInRange(-1e-11, 1e-8, name);
        Variances(result).ShouldBeNear(Expected("variances"), 2e-5, name);
        result.Coefficients.Select(c => c.Estimate).ShouldBeNear(Expected("beta"), 1e-5, name);
        result.Coefficients.Select(c => c.StandardError).ShouldBeNear(Expected("se"), 1e-5, name);
        new[] { result.Q.Statistic }.ShouldBeNear(Expected("QE"), 1e-10, name);
    }
}
