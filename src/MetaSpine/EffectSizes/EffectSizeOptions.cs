namespace MetaSpine;

/// <summary>How effect sizes are computed: the continuity correction, the variance and the small-sample correction.</summary>
public sealed record EffectSizeOptions
{
    /// <summary>The defaults.</summary>
    public static EffectSizeOptions Default { get; } = new();

    /// <summary>
    /// What is added to a cell or count of zero. <value>Default null: 1/2, and 0 for the measures that stay defined without
    /// it (AS, PHI, ZPHI, RTET, ZTET, PAS, PFT, IRS, IRSD, IRFT) and for REH.</value>
    /// </summary>
    public double? Add { get; init; }

    /// <summary>To which studies it is added. <value>Default: only those with a zero, since the others need none.</value></summary>
    public ZeroCellRule To { get; init; } = ZeroCellRule.OnlyZero;

    /// <summary>
    /// Whether it is added to the events alone, so that the totals grow by as much; for two-by-two tables and single proportions, whose non-events
    /// else get it, too. <value>Default false: added to every cell, which favours no group (metafor's <c>onlyo1</c>, which single proportions ignore there).</value>
    /// </summary>
    public bool AddOnlyToEvents { get; init; }

    /// <summary>Whether estimates come from the corrected counts. <value>Default true (metafor's <c>addyi</c>).</value></summary>
    public bool AddInEstimate { get; init; } = true;

    /// <summary>
    /// Whether variances come from the corrected counts. <value>Default true (metafor's <c>addvi</c>).</value> Without, a variance that depends on the
    /// estimate takes the uncorrected one.
    /// </summary>
    public bool AddInVariance { get; init; } = true;

    /// <summary>
    /// Whether two-group studies without an event (or with nothing but events) in both groups are left without an estimate.
    /// <value>Default false: such a study is kept, corrected like any other.</value>
    /// </summary>
    public bool DropDoubleZero { get; init; }

    /// <summary>Which sampling variance. <value>Default null: the measure's first, usually <see cref="VarianceType.LS"/>.</value></summary>
    public VarianceType? Variance { get; init; }

    /// <summary>
    /// Whether the small-sample bias corrections are applied: of the standardised means, differences and changes (Hedges 1981,
    /// doi:10.3102/10769986006002107), of ratios of means (Lajeunesse 2015, doi:10.1890/14-2402.1) and of logarithms of
    /// standard deviations and coefficients of variation (Nakagawa et al. 2015, doi:10.1111/2041-210X.12309). <value>Default true.</value>
    /// </summary>
    public bool Correct { get; init; } = true;

    /// <summary>
    /// Whether the correction of standardised means, differences and changes is Hedges' approximation 1 - 3/(4m - 1), as Review Manager and Stata
    /// have it. <value>Default false: the exact factor, from which the approximation differs in the third digit with five degrees of freedom.</value>
    /// </summary>
    public bool ApproximateCorrection { get; init; }

    /// <summary>
    /// What the estimates are multiplied by, one number for each study or one for all; variances by its square. -1 turns the sign of studies whose
    /// scale runs the other way (metafor's <c>flip</c>). Only for measures whose value of no effect is 0. <value>Default null: nothing.</value>
    /// </summary>
    public IReadOnlyList<double>? Factors { get; init; }

    /// <summary>
    /// Beyond which size an estimate gets a <see cref="EffectSize.Doubt"/>; infinite for none. <value>Default null: that of <see cref="Measure.Cutoff"/>,
    /// which is 2 for standardised mean differences, since a standard error in place of a standard deviation is the usual reason for more.</value>
    /// </summary>
    public double? Cutoff { get; init; }
}

/// <summary>To which studies a continuity correction is added.</summary>
public enum ZeroCellRule
{
    /// <summary>To the studies with a zero (<c>only0</c>).</summary>
    OnlyZero,

    /// <summary>To all studies (<c>all</c>).</summary>
    All,

    /// <summary>To all studies as soon as one has a zero (<c>if0all</c>).</summary>
    AllIfAnyZero,

    /// <summary>To none (<c>none</c>).</summary>
    None,
}

/// <summary>Which sampling variance of an estimate is meant; each measure offers some of them.</summary>
public enum VarianceType
{
    /// <summary>The large-sample variance, from the study's own numbers.</summary>
    LS,

    /// <summary>A second large-sample form: for SMD the exact-J form of Borenstein et al. (2009), for ROM with second-order terms.</summary>
    LS2,

    /// <summary>An unbiased estimate of the variance.</summary>
    UB,

    /// <summary>The large-sample form with averages over all studies in place of the study's own proportion, correlation or effect.</summary>
    AV,

    /// <summary>Under equal standard deviations in the groups (homoscedastic).</summary>
    HO,

    /// <summary>Under the null hypothesis of no effect.</summary>
    H0,

    /// <summary>A third large-sample form, with degrees of freedom for the standard deviations and sizes for the means.</summary>
    LS3,

    /// <summary>For groups whose sizes were fixed (stratified sampling).</summary>
    ST,

    /// <summary>For one sample whose members fell into the groups (cross-sectional sampling).</summary>
    CS,

    /// <summary>As <see cref="AV"/> with one average for both groups (homoscedastic).</summary>
    AVHO,

    /// <summary>The largest variance that the estimate allows.</summary>
    MAX,

    /// <summary>As <see cref="AV"/> in the form of <see cref="LS2"/>.</summary>
    AV2,

    /// <summary>Under the null hypothesis, with the study's own estimate in the residual variance; for a correlation the same as <see cref="H0"/>.</summary>
    H0a,

    /// <summary>Under the null hypothesis, for a correlation 1/n.</summary>
    H0b,

    /// <summary>As <see cref="LS"/> for SMD with N - 3.94 in place of N: what Review Manager has (White and Thomas 2005, doi:10.1191/1740774505cn081oa).</summary>
    WT,
}
