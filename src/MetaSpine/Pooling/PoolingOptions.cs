namespace MetaSpine;

/// <summary>How effect sizes are pooled. The defaults are today's recommendation for most reviews.</summary>
public sealed record PoolingOptions
{
    /// <summary>The defaults.</summary>
    public static PoolingOptions Default { get; } = new();

    /// <summary>
    /// The model and, for random effects, the estimator of tau^2. <value>Default REML: approximately unbiased and efficient
    /// (Viechtbauer 2005, doi:10.3102/10769986030003261; Veroniki et al. 2016, doi:10.1002/jrsm.1164).</value>
    /// </summary>
    public PoolingMethod Method { get; init; } = PoolingMethod.REML;

    /// <summary>
    /// The test and interval of the coefficients. <value>Default Knapp-Hartung: keeps its level with few studies, where z
    /// does not (IntHout et al. 2014, doi:10.1186/1471-2288-14-25).</value>
    /// </summary>
    public PoolingTest Test { get; init; } = PoolingTest.KnappHartung;

    /// <summary>The level of all intervals, as a proportion. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How the prediction interval is made. <value>Default: t with k - p degrees of freedom, or z under the z test.</value></summary>
    public PredictionMethod Prediction { get; init; } = PredictionMethod.Standard;

    /// <summary>
    /// A value at which tau^2 is fixed, on the analysis scale, in place of an estimate. <value>Default null: it is estimated.</value>
    /// </summary>
    public double? FixedTau2 { get; init; }

    /// <summary>
    /// Weights for the coefficients, one for each effect size in order, in place of the inverse variances; the standard errors
    /// account for them. Under <see cref="PoolingMethod.GENQ"/> and <see cref="PoolingMethod.GENQM"/> they also estimate tau^2, and in
    /// <see cref="Tau2IntervalMethod.GeneralisedQ"/> they make its interval. <value>Default null: inverse variances.</value>
    /// </summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Whether studies are weighted at all; false gives every study the same weight. <value>Default true.</value></summary>
    public bool Weighted { get; init; } = true;

    /// <summary>
    /// What I^2 and H^2 are computed from. <value>Default tau^2 (Higgins and Thompson 2002, doi:10.1002/sim.1186, as metafor and
    /// Stata have it); Review Manager and the R package meta take Q.</value>
    /// </summary>
    public HeterogeneityBasis I2From { get; init; } = HeterogeneityBasis.Tau2;

    /// <summary>
    /// Around which estimate Q is taken, and with it the tau^2 of <see cref="PoolingMethod.DL"/> and what I^2 has from Q; for pooling tables as OR, RR or RD
    /// under random effects, and without meaning elsewhere. <value>Default inverse variance; Review Manager 5 takes that of Mantel-Haenszel.</value>
    /// </summary>
    public QCentre QAround { get; init; } = QCentre.InverseVariance;

    /// <summary>How the interval of tau^2 (and of I^2 and H^2) is made. <value>Default: Q-profile, exact under normality (Viechtbauer 2007, doi:10.1002/sim.2514).</value></summary>
    public Tau2IntervalMethod Tau2Interval { get; init; } = Tau2IntervalMethod.QProfile;
}

/// <summary>The model: equal effects, or random effects with the named estimator of tau^2.</summary>
public enum PoolingMethod
{
    /// <summary>Restricted maximum likelihood.</summary>
    REML,

    /// <summary>Maximum likelihood.</summary>
    ML,

    /// <summary>DerSimonian and Laird (1986, doi:10.1016/0197-2456(86)90046-2): moments with the equal-effects weights.</summary>
    DL,

    /// <summary>Paule and Mandel (1982, doi:10.6028/jres.087.022): Q(tau^2) set to its expectation.</summary>
    PM,

    /// <summary>Empirical Bayes (Morris 1983, doi:10.1080/01621459.1983.10477920); its solution is that of Paule and Mandel.</summary>
    EB,

    /// <summary>Hedges (1983, doi:10.1037/0033-2909.93.2.388), also Cochran's or the variance-component estimator: unweighted moments.</summary>
    HE,

    /// <summary>Hunter and Schmidt.</summary>
    HS,

    /// <summary>Hunter and Schmidt with the small-sample correction (Viechtbauer 2005, doi:10.3102/10769986030003261).</summary>
    HSk,

    /// <summary>Sidik and Jonkman (2005, doi:10.1111/j.1467-9876.2005.00489.x), started from the variance of the estimates; never 0.</summary>
    SJ,

    /// <summary>Paule and Mandel with the median of Q in place of its mean (median-unbiased; Viechtbauer 2021, European Congress of Methodology, Valencia).</summary>
    PMM,

    /// <summary>Equal effects: tau^2 is 0 by assumption.</summary>
    EE,

    /// <summary>The generalised Q estimator: moments with the weights of <see cref="PoolingOptions.Weights"/> (DerSimonian and Kacker 2007, doi:10.1016/j.cct.2006.04.004).</summary>
    GENQ,

    /// <summary>
    /// The DerSimonian-Laird formula iterated with its own weights, as metafor has it: it keeps the expectation of Q that holds for
    /// weights 1/v, so its limit is smaller than that of <see cref="PM"/>, to which the formula with the right expectation converges.
    /// </summary>
    DLIT,

    /// <summary>Sidik-Jonkman iterated to its limit, which is the solution of Paule and Mandel.</summary>
    SJIT,

    /// <summary>
    /// The generalised Q, with the weights of <see cref="PoolingOptions.Weights"/>, set to its median in place of its mean
    /// (median-unbiased; Viechtbauer 2021, European Congress of Methodology, Valencia). Costs O(k^2), with moderators O(k^3), and is offered up to 1,000 studies.
    /// </summary>
    GENQM,
}

/// <summary>The reference distribution of the coefficients' tests and intervals.</summary>
public enum PoolingTest
{
    /// <summary>Standard normal; chi-squared for several coefficients.</summary>
    Z,

    /// <summary>t with k - p degrees of freedom, the standard error unscaled.</summary>
    T,

    /// <summary>Knapp and Hartung (2003, doi:10.1002/sim.1482), also Hartung-Knapp-Sidik-Jonkman: t, with the standard error scaled by the weighted residual variance.</summary>
    KnappHartung,

    /// <summary>Knapp-Hartung whose factor is not allowed below 1, so that its interval is never narrower than that of <see cref="T"/>.</summary>
    KnappHartungFloor,

    /// <summary>The wider of the Knapp-Hartung and the z interval (Jackson et al. 2017, doi:10.1002/sim.7411, hybrid method 2).</summary>
    KnappHartungWider,

    /// <summary>
    /// Knapp-Hartung, with its factor floored at 1 only where its interval is narrower than the z interval under DerSimonian-Laird
    /// (IQWiG 2022, General Methods 6.1).
    /// </summary>
    KnappHartungIqwig,

    /// <summary>
    /// Kenward and Roger (1997, doi:10.2307/2533558), for REML: the covariance corrected for the estimation of tau^2, and t with
    /// Satterthwaite degrees of freedom from the corrected covariance (Partlett and Riley 2017, doi:10.1002/sim.7140).
    /// </summary>
    KenwardRoger,
}

/// <summary>How the interval for a new study's true effect is made: estimate -/+ critical value x sqrt(se^2 + tau^2), all under random effects.</summary>
public enum PredictionMethod
{
    /// <summary>z under the z test, otherwise t with k - p degrees of freedom; the standard error as the test scales it.</summary>
    Standard,

    /// <summary>z, and the uncertainty of the estimate left out.</summary>
    Simple,

    /// <summary>t with one degree of freedom fewer than k - p, that is k - 2 without moderators (Riley et al. 2011, doi:10.1136/bmj.d549).</summary>
    Riley,

    /// <summary>t with k - p degrees of freedom, whatever the test.</summary>
    T,
}

/// <summary>What I^2 and H^2 are computed from.</summary>
public enum HeterogeneityBasis
{
    /// <summary>tau^2 against the typical sampling variance; the intervals follow from that of tau^2.</summary>
    Tau2,

    /// <summary>Q against its degrees of freedom; the intervals are those of Higgins and Thompson. The same as tau^2 under DerSimonian-Laird.</summary>
    Q,
}

/// <summary>The estimate that Q is taken around.</summary>
public enum QCentre
{
    /// <summary>The mean weighted by inverse variances, around which Q is smallest.</summary>
    InverseVariance,

    /// <summary>
    /// The Mantel-Haenszel estimate from the tables, zeros corrected as for the estimates (Deeks and Higgins 2010, Statistical algorithms in Review
    /// Manager 5). Q is a little larger.
    /// </summary>
    MantelHaenszel,
}

/// <summary>How the interval of tau^2 is made.</summary>
public enum Tau2IntervalMethod
{
    /// <summary>The values of tau^2 that Q(tau^2) does not reject (Viechtbauer 2007, doi:10.1002/sim.2514).</summary>
    QProfile,

    /// <summary>The values that the likelihood-ratio test does not reject (Hardy and Thompson 1996, doi:10.1002/(SICI)1097-0258(19960330)15:6&lt;619::AID-SIM188&gt;3.0.CO;2-A); for ML and REML.</summary>
    ProfileLikelihood,

    /// <summary>Higgins and Thompson (2002, doi:10.1002/sim.1186), from the standard error of ln H; without moderators and for more than two studies.</summary>
    HigginsThompson,

    /// <summary>tau^2 -/+ z standard errors, floored at 0.</summary>
    Wald,

    /// <summary>The same on the log scale; undefined where tau^2 is 0, or so near it that the upper bound is beyond any number.</summary>
    WaldLog,

    /// <summary>The same on the scale of tau; undefined where tau^2 is 0.</summary>
    WaldSquareRoot,

    /// <summary>
    /// The values of tau^2 that a Q with fixed weights does not reject, exact under normality (Jackson 2013, doi:10.1002/jrsm.1081): the
    /// weights of the options where given, otherwise 1/v. The interval that goes with <see cref="PoolingMethod.GENQ"/>,
    /// <see cref="PoolingMethod.GENQM"/> and, without weights, <see cref="PoolingMethod.DL"/>. Costs O(k^2), with moderators O(k^3), and is offered up to 1,000 studies.
    /// </summary>
    GeneralisedQ,
}
