namespace MetaSpine;

/// <summary>How models of dependent effects are fitted. The defaults are today's recommendation for most reviews.</summary>
public sealed record MultilevelOptions
{
    /// <summary>The defaults.</summary>
    public static MultilevelOptions Default { get; } = new();

    /// <summary>REML or ML. <value>Default REML: nearly unbiased variances. Models with other moderators are compared by ML.</value></summary>
    public PoolingMethod Method { get; init; } = PoolingMethod.REML;

    /// <summary>
    /// The test and interval of the coefficients. <value>Default Satterthwaite: t with degrees of freedom that know how uncertain the variances are;
    /// z, the default of metafor, is too narrow with few clusters.</value>
    /// </summary>
    public MultilevelTest Test { get; init; } = MultilevelTest.Satterthwaite;

    /// <summary>The level of all intervals, as a proportion. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>The reference distribution of the coefficients of models of dependent effects.</summary>
public enum MultilevelTest
{
    /// <summary>t and F with the degrees of freedom of Satterthwaite (1946, doi:10.2307/3002019), as Giesbrecht and Burns (1985, doi:10.2307/2530872) have them for mixed models.</summary>
    Satterthwaite,

    /// <summary>Standard normal; chi-squared for several coefficients.</summary>
    Z,

    /// <summary>t and F with k - p degrees of freedom.</summary>
    T,

    /// <summary>
    /// t and F with as many degrees of freedom as the smallest number of levels of a grouping in whose levels the moderator is constant, less p (and at least 1);
    /// k - p where it varies in all.
    /// </summary>
    Containment,

    /// <summary>
    /// t and scaled F by Kenward and Roger (1997, doi:10.2307/2533558; 2009, doi:10.1016/j.csda.2008.12.013), whose covariance of the coefficients is corrected for the estimation of the
    /// variances as well; for REML. Its cost grows with the cube of the number of effects that depend on each other.
    /// </summary>
    KenwardRoger,
}
