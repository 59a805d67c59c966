namespace MetaSpine;

// How tests and corrections of small-study effects show themselves; the data stand in Sensitivity.

/// <content>How a test of small-study effects shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SmallStudyTestResult : FigureReport
{
    internal override Figures Figures => new(
        Name,
        [
            new CoefficientRow(StandardError is null ? "Kendall's tau" : $"asymmetry ({Predictor})", Estimate, StandardError, Statistic, DegreesOfFreedom, PValue, Interval),
            .. Limit is null ? [] : CoefficientRow.Of([Limit]),
        ],
        [("studies", StudyCount), ("tau2", Tau2), ("dispersion", Dispersion)],
        Notes) { Sources = Test is null ? [] : [$"{Test.Name}: {Test.Source}."] };
}

/// <content>How trim and fill shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record TrimAndFillResult : FigureReport
{
    internal override Figures Figures => new(
        $"Trim and fill ({Estimator})",
        CoefficientRow.Of([Of("pooled", Original), Of("with filled studies", Adjusted)]),
        [("missing studies", MissingCount), ("their standard error", MissingStandardError), ("p-value of none missing", MissingPValue), ("tau2", Original.Tau2), ("tau2 with filled studies", Adjusted.Tau2)],
        Notes) { Sources = ["Trim and fill: Duval and Tweedie (2000), Journal of the American Statistical Association 95:89, doi:10.1080/01621459.2000.10473905."] };

    private static Coefficient Of(string name, PooledResult result) =>
        new(name, result.Estimate, result.StandardError, result.Statistic, result.DegreesOfFreedom, result.PValue, result.Interval);
}

/// <content>How PET-PEESE shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PetPeeseResult : FigureReport
{
    internal override Figures Figures => new(
        "PET-PEESE",
        CoefficientRow.Of([Pet.Limit! with { Name = "PET" }, Peese.Limit! with { Name = "PEESE" }]),
        [("studies", Pet.StudyCount), ("slope on the standard error", Pet.Estimate), ("slope on the variance", Peese.Estimate)],
        Notes) { Sources = ["PET-PEESE: Stanley and Doucouliagos (2014), Research Synthesis Methods 5:60, doi:10.1002/jrsm.1095."] };
}

/// <content>How a limit meta-analysis shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record LimitMetaAnalysisResult : FigureReport
{
    internal override Figures Figures => new(
        "Limit meta-analysis",
        CoefficientRow.Of([Expectation with { Name = "large study (beta0)" }, SlopeOfLimits with { Name = "slope of the limits" }, MeanOfLimits with { Name = "mean of the limits" }]),
        [("small-study effect alpha", Bias), ("slope beta", Slope), ("Q", Q.Statistic), ("Q of small-study effects", QSmallStudy.Statistic), ("Q that remains", QResidual.Statistic), ("G2", G2), ("tau2", Tau2)],
        Notes) { Sources = ["Limit meta-analysis: Rücker et al. (2011), Biostatistics 12:122, doi:10.1093/biostatistics/kxq046."] };
}

/// <content>How a Doi plot shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record DoiPlotResult : FigureReport
{
    internal override Figures Figures => new("Doi plot", [], [("LFK index", Index), .. Points.Select(point => (point.Label, (double?)point.ZScore))], Notes)
    {
        Sources = ["LFK index: Furuya-Kanamori, Barendregt and Doi (2018), International Journal of Evidence-Based Healthcare 16:195, doi:10.1097/XEB.0000000000000141."],
    };
}

/// <content>How WAAP-WLS shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record AdequatePowerResult : FigureReport
{
    internal override Figures Figures => new(
        "Weighted average of the adequately powered",
        CoefficientRow.Of([Estimate, AllStudies with { Name = "all studies" }]),
        [("powered studies", Powered.Count)],
        Notes) { Sources = ["WAAP-WLS: Stanley, Doucouliagos and Ioannidis (2017), Statistics in Medicine 36:1580, doi:10.1002/sim.7228."] };
}

/// <content>How fail-safe N shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record FailSafeNResult : FigureReport
{
    internal override Figures Figures => new($"Fail-safe N ({Method})", [], [("fail-safe N", Count), ("p-value", PValue), ("alpha", Alpha), ("target", Target), ("estimate", Estimate)], Notes);
}

/// <content>How a test of excess significance shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ExcessSignificanceResult : FigureReport
{
    internal override Figures Figures => new(
        "Test of excess significance",
        [],
        [
            ("significant studies", Observed), ("expected", Expected), ("p-value", PValue), ("chi-squared", ChiSquaredStatistic), ("p-value of chi-squared", ChiSquaredPValue),
            ("assumed effect", Effect), ("tau2", Tau2), ("effect without excess", EffectWithoutExcess),
        ],
        Notes) { Sources = ["Excess significance: Ioannidis and Trikalinos (2007), Clinical Trials 4:245, doi:10.1177/1740774507079441."] };
}

/// <content>How a p-curve shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PCurveResult : FigureReport
{
    internal override Figures Figures => new(
        "p-curve",
        [],
        [
            ("studies", StudyCount), ("significant", SignificantCount), ("below 0.025", HalfCount), ("right skew, p binomial", RightSkewBinomialPValue), ("right skew, z", RightSkew.Z),
            ("right skew, p", RightSkew.PValue), ("right skew of the half curve, z", RightSkewHalf?.Z), ("right skew of the half curve, p", RightSkewHalf?.PValue),
            ("flatter than 33% power, p binomial", FlatterBinomialPValue), ("flatter than 33% power, z", Flatter.Z), ("flatter than 33% power, p", Flatter.PValue),
            ("flatter, half curve, z", FlatterHalf?.Z), ("flatter, half curve, p", FlatterHalf?.PValue), ("power", Power), ("power, lower", PowerInterval.Lower), ("power, upper", PowerInterval.Upper),
        ],
        Notes) { Sources = ["p-curve: Simonsohn, Nelson and Simmons (2014), doi:10.1037/a0033242; (2015), doi:10.1037/xge0000104."] };
}

/// <content>How p-uniform shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PUniformResult : FigureReport
{
    internal override Figures Figures => new(
        $"p-uniform ({Estimator})",
        [new CoefficientRow("p-uniform", Estimate, null, EffectTest?.Statistic, null, EffectTest?.PValue, Interval), new CoefficientRow("equal effects", EqualEffectsEstimate, null, null, null, null, null)],
        [("significant studies", SignificantCount), ("test of publication bias", BiasTest?.Statistic), ("its p-value", BiasTest?.PValue)],
        Notes) { Sources = ["p-uniform: van Assen, van Aert and Wicherts (2015), Psychological Methods 20:293, doi:10.1037/met0000025."] };
}

/// <content>How p-uniform* shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PUniformStarResult : FigureReport
{
    internal override Figures Figures => new(
        "p-uniform*",
        [new CoefficientRow("effect", Estimate, null, EffectTest.Statistic, null, EffectTest.PValue, Interval), new CoefficientRow("tau2", Tau2, null, HeterogeneityTest.Statistic, null, HeterogeneityTest.PValue, Tau2Interval)],
        [("significant studies", SignificantCount), ("log-likelihood", LogLikelihood)],
        Notes);
}

/// <content>How a z-curve shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ZCurveResult : FigureReport
{
    internal override Figures Figures => new(
        "z-curve",
        [
            new CoefficientRow("expected replication rate", ExpectedReplicationRate, null, null, null, null, ReplicationInterval),
            new CoefficientRow("expected discovery rate", ExpectedDiscoveryRate, null, null, null, null, DiscoveryInterval),
        ],
        [
            ("studies", StudyCount), ("significant", SignificantCount), ("observed discovery rate", ObservedDiscoveryRate), ("greatest false discovery rate", GreatestFalseDiscoveryRate),
            ("log-likelihood", LogLikelihood), .. Weights.Select((weight, mean) => (FormattableString.Invariant($"weight of mean {mean}"), (double?)weight)),
        ],
        Notes) { Sources = ["z-curve: Bartoš and Schimmack (2022), Meta-Psychology 6, doi:10.15626/MP.2021.2720."] };
}

/// <content>How an original study and its replication shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record HybridResult : FigureReport
{
    internal override Figures Figures => new(
        "Original study and replication",
        [
            new CoefficientRow("hybrid", Estimate, null, null, null, PValue, Interval), new CoefficientRow("hybrid-0", HybridZero, null, null, null, null, null),
            new CoefficientRow("hybrid-R", HybridR, null, null, null, null, HybridRInterval), new CoefficientRow("equal effects", EqualEffects, null, null, null, null, null),
        ],
        [],
        Notes) { Sources = ["Hybrid: van Aert and van Assen (2018), Behavior Research Methods 50:1515, doi:10.3758/s13428-017-0967-6."] };
}

/// <content>How an S-value shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SValueResult : FigureReport
{
    internal override Figures Figures => new(
        "Sensitivity to publication bias",
        WorstCase is null ? [] : CoefficientRow.Of([WorstCase]),
        [("S-value of the estimate", Estimate), ("S-value of the interval", Bound), ("threshold", Threshold), ("affirmative studies", AffirmativeCount)],
        Notes) { Sources = ["S-value: Mathur and VanderWeele (2020), Journal of the Royal Statistical Society C 69:1091, doi:10.1111/rssc.12440."] };
}

/// <content>How an E-value shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record EValueResult : FigureReport
{
    internal override Figures Figures => new("E-value", [], [("E-value of the estimate", Estimate), ("E-value of the interval", Bound), ("risk ratio", RiskRatio)], Notes)
    {
        Sources = ["E-value: VanderWeele and Ding (2017), Annals of Internal Medicine 167:268, doi:10.7326/M16-2607."],
    };
}
