namespace MetaSpine;

/// <summary>What the studies of an analysis are pooled by.</summary>
public enum PoolingModel
{
    /// <summary>The studies' estimates, weighted by their variances; see <see cref="MetaAnalysis"/>.</summary>
    InverseVariance,

    /// <summary>A common effect from the counts; see <see cref="MetaSpine.MantelHaenszel"/>.</summary>
    MantelHaenszel,

    /// <summary>A common odds ratio from the counts; see <see cref="PetoMethod"/>.</summary>
    Peto,

    /// <summary>A generalised linear mixed model for the counts; see <see cref="CountModels"/>.</summary>
    Glmm,

    /// <summary>Beta-distributed probabilities; see <see cref="MetaSpine.BetaBinomial"/>.</summary>
    BetaBinomial,

    /// <summary>An exact common odds ratio from the counts; see <see cref="ExactOddsRatio"/>.</summary>
    Exact,
}

/// <summary>Inference that an analysis by inverse variance shows beside its main result.</summary>
public enum FurtherInference
{
    /// <summary>A permutation test; see <see cref="PermutationTest"/>.</summary>
    Permutation,

    /// <summary>Bootstrap intervals of the pooled estimate, tau^2 and I^2; see <see cref="BootstrapInference"/>.</summary>
    Bootstrap,

    /// <summary>The interval of Henmi and Copas for the pooled estimate; see <see cref="MetaSpine.HenmiCopas"/>.</summary>
    HenmiCopas,

    /// <summary>Profile-likelihood intervals of the coefficients; see <see cref="MetaSpine.ProfileLikelihood"/>.</summary>
    ProfileLikelihood,

    /// <summary>A permutation test with intervals, which cost about fifty tests per coefficient; see <see cref="PermutationOptions.Intervals"/>.</summary>
    PermutationIntervals,

    /// <summary>A bootstrap from the fitted model; see <see cref="BootstrapKind.Parametric"/>.</summary>
    ParametricBootstrap,

    /// <summary>Multimodel inference over the terms of the meta-regression; see <see cref="Multimodel"/>.</summary>
    AllSubsets,

    /// <summary>The prediction interval of Nagashima, Noma and Furukawa; see <see cref="ConfidencePrediction"/>.</summary>
    Nagashima,

    /// <summary>The meta-regression term by term; see <see cref="RegressionTerms"/>.</summary>
    Terms,
}

/// <summary>The names of what an analysis chooses beside the options of pooling: the one list that review files, reports and the command line read.</summary>
public static class ModelNames
{
    private static readonly MethodName[] ModelList =
    [
        new("inverse-variance", "inverse variance", "the studies' estimates weighted by their variances"),
        new("mantel-haenszel", "Mantel-Haenszel", "Mantel and Haenszel 1959, doi:10.1093/jnci/22.4.719"),
        new("peto", "Peto", "Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7"),
        new("glmm", "generalised linear mixed model", "Stijnen et al. 2010, doi:10.1002/sim.4040; Jackson et al. 2018, doi:10.1002/sim.7588"),
        new("beta-binomial", "beta-binomial model", "Kuss 2015, doi:10.1002/sim.6383"),
        new("exact", "exact conditional odds ratio", "Gart 1970, doi:10.1093/biomet/57.3.471"),
    ];

    private static readonly MethodName[] CountModelList =
    [
        new("UM.FS", "unconditional model, a baseline for each study", "Jackson et al. 2018, doi:10.1002/sim.7588"),
        new("UM.RS", "unconditional model, random baselines", "Jackson et al. 2018, doi:10.1002/sim.7588"),
        new("CM.AL", "conditional model, approximate likelihood", "Stijnen et al. 2010, doi:10.1002/sim.4040"),
        new("CM.EL", "conditional model, exact likelihood", "Stijnen et al. 2010, doi:10.1002/sim.4040"),
    ];

    private static readonly MethodName[] MedianList =
    [
        new("luo-shi", "optimal weights for normal data", $"{Sources.Luo}; {Sources.Shi}"),
        new("luo-wan", "the mean of Luo et al. with the SD of Wan et al., for normal data", $"{Sources.Luo}; {Sources.Wan}"),
        new("wan", "mean and SD of Wan et al., for normal data", Sources.Wan),
        new("hozo", "rules of thumb from the range", Sources.Hozo),
        new("bland", "from all five numbers", Sources.Bland),
        new("walter-yao", "the median as the mean, the SD from the range", Sources.Walter),
        new("log-normal", "for log-normal data", Sources.ShiLogNormal),
        new("qe", "quantile estimation", Sources.McGrath),
        new("box-cox", "the Box-Cox transformation that makes the numbers symmetric", Sources.McGrath),
        new("mln", "the most likely Box-Cox transformation", Sources.Cai),
    ];

    private static readonly MethodName[] SubgroupTau2List =
    [
        new("separate", "each subgroup has its own tau^2", "Borenstein et al. 2009, chapter 19"),
        new("common", "all subgroups share one tau^2", "Borenstein et al. 2009, chapter 19"),
    ];

    private static readonly MethodName[] ScaleLinkList =
    [
        new("log", "ln tau^2 is linear in its moderators", "Viechtbauer and López-López 2022, doi:10.1002/jrsm.1562"),
        new("identity", "tau^2 itself is linear in its moderators", "Viechtbauer and López-López 2022, doi:10.1002/jrsm.1562"),
    ];

    private static readonly MethodName[] RobustList =
    [
        new("CR0", "the sandwich as it is; t and F with m - p degrees of freedom", "Liang and Zeger 1986, doi:10.1093/biomet/73.1.13"),
        new("CR1", "CR0 times m/(m - 1); t and F with m - p degrees of freedom", "Liang and Zeger 1986, doi:10.1093/biomet/73.1.13"),
        new("CR1p", "CR0 times m/(m - p); t and F with m - p degrees of freedom", "Liang and Zeger 1986, doi:10.1093/biomet/73.1.13"),
        new("CR1S", "CR0 times m/(m - 1) × (k - 1)/(k - p); t and F with m - p degrees of freedom", "Liang and Zeger 1986, doi:10.1093/biomet/73.1.13"),
        new("CR2", "bias-reduced linearisation; t with Satterthwaite's degrees of freedom, joint test by approximate Hotelling",
            "Bell and McCaffrey 2002, Survey Methodology 28:169; Tipton 2015, doi:10.1037/met0000011; Pustejovsky and Tipton 2018, doi:10.1080/07350015.2016.1247004"),
        new("CR3", "residuals as if their cluster were left out; t and F with m - p degrees of freedom", "Bell and McCaffrey 2002, Survey Methodology 28:169"),
    ];

    private static readonly MethodName[] FurtherList =
    [
        new("permutation", "permutation test", "Follmann and Proschan 1999, doi:10.1111/j.0006-341X.1999.00732.x; Higgins and Thompson 2004, doi:10.1002/sim.1752"),
        new("bootstrap", "bootstrap intervals", "Davison and Hinkley 1997, doi:10.1017/CBO9780511802843; Efron 1987, doi:10.1080/01621459.1987.10478410"),
        new("henmi-copas", "Henmi-Copas interval", "Henmi and Copas 2010, doi:10.1002/sim.4029"),
        new("profile-likelihood", "profile-likelihood intervals", "Hardy and Thompson 1996, Statistics in Medicine 15:619"),
        new("permutation-intervals", "permutation test and its intervals", "Follmann and Proschan 1999, doi:10.1111/j.0006-341X.1999.00732.x; Higgins and Thompson 2004, doi:10.1002/sim.1752"),
        new("parametric-bootstrap", "bootstrap intervals from the fitted model", "Davison and Hinkley 1997, doi:10.1017/CBO9780511802843"),
        new("all-subsets", "multimodel inference over all subsets of the terms", "Burnham and Anderson 2002, doi:10.1007/b97636"),
        new("nagashima", "prediction interval that knows of the uncertainty of tau^2", "Nagashima et al. 2019, doi:10.1177/0962280218773520"),
        new("terms", "tests, inflation, means and differences of the meta-regression's terms", "Fox and Monette 1992, doi:10.1080/01621459.1992.10475190; Searle et al. 1980, doi:10.1080/00031305.1980.10483031"),
    ];

    private static readonly MethodName[] ExactTailList =
    [
        new("mid-p", "half of the observed number's probability in each tail", "Mehta and Walsh 1992, The American Statistician 46:146"),
        new("fisher", "all of the observed number's probability in each tail", "Gart 1970, doi:10.1093/biomet/57.3.471"),
    ];

    /// <summary>How the exact model counts the observed number in the tails.</summary>
    public static IReadOnlyList<MethodName> ExactTails => ExactTailList;

    /// <summary>Whether the tails of the exact model are those of mid-p, by the code mid-p or fisher, in any case.</summary>
    /// <exception cref="ArgumentException">There is no such code; the message names both.</exception>
    public static bool IsMidP(string code) => MethodNames.IndexOf(ExactTailList, code, "exact test") == 0;

    /// <summary>The links of a location-scale model, in the order of <see cref="MetaSpine.ScaleLink"/>.</summary>
    public static IReadOnlyList<MethodName> ScaleLinks => ScaleLinkList;

    /// <summary>The cluster-robust covariances, in the order of <see cref="RobustType"/>.</summary>
    public static IReadOnlyList<MethodName> Robusts => RobustList;

    /// <summary>What can be shown beside a result, in the order of <see cref="FurtherInference"/>.</summary>
    public static IReadOnlyList<MethodName> Further => FurtherList;

    /// <summary>The name of a link.</summary>
    public static MethodName Of(ScaleLink link) => ScaleLinkList[(int)link];

    /// <summary>The name of a cluster-robust covariance.</summary>
    public static MethodName Of(RobustType type) => RobustList[(int)type];

    /// <summary>The name of a further inference.</summary>
    public static MethodName Of(FurtherInference further) => FurtherList[(int)further];

    /// <summary>Finds a link by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names both.</exception>
    public static ScaleLink ScaleLink(string code) => (ScaleLink)MethodNames.IndexOf(ScaleLinkList, code, "link of tau^2");

    /// <summary>Finds a cluster-robust covariance by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static RobustType Robust(string code) => (RobustType)MethodNames.IndexOf(RobustList, code, "cluster-robust covariance");

    /// <summary>Finds a further inference by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static FurtherInference FurtherInference(string code) => (FurtherInference)MethodNames.IndexOf(FurtherList, code, "further inference");

    /// <summary>The models, in the order of <see cref="PoolingModel"/>.</summary>
    public static IReadOnlyList<MethodName> Models => ModelList;

    /// <summary>The models for counts, in the order of <see cref="MetaSpine.CountModel"/>.</summary>
    public static IReadOnlyList<MethodName> CountModels => CountModelList;

    /// <summary>The ways from medians to means, in the order of <see cref="MedianMethod"/>.</summary>
    public static IReadOnlyList<MethodName> Medians => MedianList;

    /// <summary>Whether subgroups share tau^2, in the order of <see cref="MetaSpine.SubgroupTau2"/>.</summary>
    public static IReadOnlyList<MethodName> SubgroupTau2s => SubgroupTau2List;

    /// <summary>A model's name.</summary>
    public static MethodName Of(PoolingModel model) => ModelList[(int)model];

    /// <summary>The name of a model for counts.</summary>
    public static MethodName Of(CountModel model) => CountModelList[(int)model];

    /// <summary>The name of a choice of tau^2 for subgroups.</summary>
    public static MethodName Of(SubgroupTau2 tau2) => SubgroupTau2List[(int)tau2];

    /// <summary>The codes of the measures that a model for counts pools; inverse variance pools every one.</summary>
    internal static string[] MeasuresOf(PoolingModel model) => model switch
    {
        PoolingModel.MantelHaenszel => ["OR", "RR", "RD", "IRR", "IRD"],
        PoolingModel.Peto => ["OR", "PETO"],
        PoolingModel.Glmm => ["OR", "IRR", "PLO", "IRLN"],
        PoolingModel.BetaBinomial => ["OR", "PLO"],
        PoolingModel.Exact => ["OR"],
        _ => [.. Measures.All.Select(measure => measure.Code)],
    };

    /// <summary>Finds a model by its code, in any case. <c>IV</c> and <c>MH</c> are other codes of the first two.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static PoolingModel Model(string code) => code?.ToUpperInvariant() switch
    {
        "IV" => PoolingModel.InverseVariance,
        "MH" => PoolingModel.MantelHaenszel,
        _ => (PoolingModel)MethodNames.IndexOf(ModelList, code, "model"),
    };

    /// <summary>Finds a model for counts by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static CountModel CountModel(string code) => (CountModel)MethodNames.IndexOf(CountModelList, code, "model for counts");

    /// <summary>Finds a way from medians to means by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static MedianMethod Median(string code) => (MedianMethod)MethodNames.IndexOf(MedianList, code, "way from medians to means");

    /// <summary>Finds whether subgroups share tau^2 by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names both.</exception>
    public static SubgroupTau2 SubgroupTau2(string code) => (SubgroupTau2)MethodNames.IndexOf(SubgroupTau2List, code, "choice of tau^2 for subgroups");
}
