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
