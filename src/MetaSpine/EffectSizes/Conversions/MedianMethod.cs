namespace MetaSpine;

/// <summary>How a mean and a standard deviation are estimated from a median with quartiles or range.</summary>
public enum MedianMethod
{
    /// <summary>
    /// The optimal weights for normal data: the mean of Luo et al. (2018, doi:10.1177/0962280216669183), the SD of Wan et al. (2014,
    /// doi:10.1186/1471-2288-14-135) from range or quartiles, and of Shi et al. (2020, doi:10.1002/jrsm.1429) from all five numbers. The default here and in metafor; not for skewed data.
    /// </summary>
    LuoShi,

    /// <summary>The mean of Luo et al. (2018) with the SD of Wan et al. (2014) also from all five numbers.</summary>
    LuoWan,

    /// <summary>Mean and SD of Wan et al. (2014), for normal data.</summary>
    Wan,

    /// <summary>Mean and SD of Hozo et al. (2005, doi:10.1186/1471-2288-5-13), from the range only, by rules of thumb; for redoing older reviews.</summary>
    Hozo,

    /// <summary>Mean and SD of Bland (2015, doi:10.6000/1929-6029.2015.04.01.6), from all five numbers only; for redoing older reviews.</summary>
    Bland,

    /// <summary>The median as the mean, and the SD as the range over its expected value (Walter and Yao 2007, doi:10.1016/j.jclinepi.2006.11.003); from the range only.</summary>
    WalterYao,

    /// <summary>Mean and SD of Shi et al. (2020, doi:10.4310/SII.2020.v13.n4.a9) for log-normal data; values above 0.</summary>
    LogNormal,

    /// <summary>
    /// Quantile estimation (McGrath et al. 2020, doi:10.1177/0962280219889080): the normal, log-normal, gamma, Weibull or beta distribution whose quantiles come
    /// closest. Takes values below 0 too, with the normal distribution only.
    /// </summary>
    QuantileEstimation,

    /// <summary>
    /// Box-Cox (McGrath et al. 2020, doi:10.1177/0962280219889080): the power that makes the numbers most symmetric, the weights of Luo and Wan, and back; values
    /// above 0 and different from each other.
    /// </summary>
    BoxCox,

    /// <summary>
    /// Box-Cox by maximum likelihood (MLN, Cai et al. 2021, doi:10.1177/09622802211047348), for unknown non-normal data; values above 0 and different from each other.
    /// </summary>
    MaximumLikelihood,
}
