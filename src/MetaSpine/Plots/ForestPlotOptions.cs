namespace MetaSpine;

/// <summary>
/// What a forest plot shows. Everything else, its size included, follows from the data. A theme brings the habits of its journal along: which
/// column stands where, and how intervals are written.
/// </summary>
public sealed record ForestPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static ForestPlotOptions Default { get; } = new();

    /// <summary>
    /// The columns in their order, the picture among them; where it is not named it stands at the right. <value>Default null: those of the theme,
    /// what the studies reported, the estimates and the weights, which <see cref="ForestColumn.Usual"/> gives.</value>
    /// </summary>
    public IReadOnlyList<ForestColumn>? Columns { get; init; }

    /// <summary>How intervals are written. <value>Default null: as the theme has it, [0.33, 0.73] by default.</value></summary>
    public ForestIntervalFormat? Intervals { get; init; }

    /// <summary>
    /// The same studies pooled by other models: a hollow diamond each, below the result of a plot of studies. <value>Default none.</value>
    /// </summary>
    public IReadOnlyList<IPooledEffect> AlsoShow { get; init; } = [];

    /// <summary>
    /// How effects of one study stand together. <value>Default null: nested where a model of dependent effects has several effects of one cluster, flat otherwise.</value>
    /// </summary>
    public EffectArrangement? Arrangement { get; init; }

    /// <summary>The cluster of each effect size, for layouts that show clusters. <value>Default null: the outermost grouping of the first random effects.</value></summary>
    public Predictor? Clusters { get; init; }

    /// <summary>What each effect of a cluster is called: its outcome, its scale, its time. <value>Default null: what its name says beyond the cluster's, else the inner groupings, else its number.</value></summary>
    public Predictor? EffectNames { get; init; }

    /// <summary>What stands for a cluster as a whole. <value>Default <see cref="ClusterSummary.Aggregated"/>: what its effects say without the others.</value></summary>
    public ClusterSummary ClusterSummary { get; init; } = ClusterSummary.Aggregated;

    /// <summary>The heading of the studies' names. <value>Default null: "Study", or what the clusters are; in a sequence what is done at each step.</value></summary>
    public string? StudyHeading { get; init; }

    /// <summary>The heading over the first group's numbers. <value>Default "Treatment".</value></summary>
    public string TreatmentHeading { get; init; } = "Treatment";

    /// <summary>The heading over the second group's numbers. <value>Default "Control".</value></summary>
    public string ControlHeading { get; init; } = "Control";

    /// <summary>Whether the line of no effect is drawn; measures of one group have none. <value>Default true.</value></summary>
    public bool ShowNullLine { get; init; } = true;

    /// <summary>Whether the prediction interval is drawn where there is one. <value>Default true: it shows what the heterogeneity means (IntHout et al. 2016, doi:10.1136/bmjopen-2015-010247).</value></summary>
    public bool ShowPredictionInterval { get; init; } = true;

    /// <summary>How it is drawn. <value>Default <see cref="PredictionStyle.Bar"/>.</value></summary>
    public PredictionStyle Prediction { get; init; } = PredictionStyle.Bar;

    /// <summary>Whether a dashed line leads up from the overall estimate. <value>Default true.</value></summary>
    public bool ShowEstimateLine { get; init; } = true;

    /// <summary>Whether the heterogeneity is said, of the whole under the picture and of each subgroup under its summary. <value>Default true.</value></summary>
    public bool ShowHeterogeneity { get; init; } = true;

    /// <summary>
    /// The ends of the axis on the scale that people read (odds ratios, not their logarithms). <value>Default null: chosen from
    /// the data, so that no single imprecise study squeezes the others; what reaches beyond ends in an arrow.</value>
    /// </summary>
    public (double Lower, double Upper)? AxisRange { get; init; }

    /// <summary>The title of the axis. <value>Default null: the measure's name.</value></summary>
    public string? AxisTitle { get; init; }

    /// <summary>What smaller values mean, such as "Favours treatment"; stands left under the axis. <value>Default null.</value></summary>
    public string? FavoursLeft { get; init; }

    /// <summary>What larger values mean, such as "Favours control". <value>Default null.</value></summary>
    public string? FavoursRight { get; init; }

    /// <summary>The decimals of estimates and intervals, 0 to 6. <value>Default null: two; more where the pooled interval is narrower than 0.03, one or none where it is wider than 20 or 1000 and not that of a ratio.</value></summary>
    public int? Digits { get; init; }

    /// <summary>The order of the studies. <value>Default: as they were given.</value></summary>
    public ForestOrder Order { get; init; } = ForestOrder.AsGiven;
}

/// <summary>How effects of one cluster, usually a study, stand in a forest plot (Fernández-Castilla et al. 2020, doi:10.5964/meth.4013).</summary>
public enum EffectArrangement
{
    /// <summary>A row for each effect, as if each were a study.</summary>
    Flat,

    /// <summary>A heading for each cluster with its mean as a small diamond, and its effects under it.</summary>
    Nested,

    /// <summary>A row for each cluster, with the number of its effects.</summary>
    Aggregated,
}

/// <summary>What stands for a cluster in a forest plot.</summary>
public enum ClusterSummary
{
    /// <summary>The mean of its effects, weighted by the inverse of their sampling covariance, as <see cref="EffectAggregation"/> makes it: what the cluster says by itself.</summary>
    Aggregated,

    /// <summary>The prediction of its average true effect, as <see cref="ClusterPredictions"/> makes it: drawn towards the pooled estimate, the more the less is known of the cluster.</summary>
    Predicted,

    /// <summary>Nothing in a nested layout, a heading alone; in an aggregated one as <see cref="Aggregated"/>.</summary>
    None,
}

/// <summary>The order of the studies in a forest plot. Studies without an estimate stand last unless the order is as given.</summary>
public enum ForestOrder
{
    /// <summary>As they were given.</summary>
    AsGiven,

    /// <summary>By the estimate, smallest first.</summary>
    Estimate,

    /// <summary>By the weight, largest first.</summary>
    Weight,

    /// <summary>By the name, in the order of its Unicode characters.</summary>
    Name,
}

/// <summary>How a prediction interval is drawn.</summary>
public enum PredictionStyle
{
    /// <summary>A thick bar from end to end.</summary>
    Bar,

    /// <summary>A thin line with a stop at each end.</summary>
    Line,

    /// <summary>
    /// The density of the predictive distribution over a bar: where the true effects of new studies are expected, darker within the interval.
    /// The distribution is t or normal on the analysis scale, as the interval is made; its height is the density on the axis as drawn.
    /// </summary>
    Distribution,
}

/// <summary>How an estimate with its interval is written.</summary>
public enum ForestIntervalFormat
{
    /// <summary>0.49 [0.33, 0.73]</summary>
    Brackets,

    /// <summary>0.49 (0.33 to 0.73)</summary>
    To,

    /// <summary>0.49 (0.33–0.73); as <see cref="To"/> where a bound of the plot is negative.</summary>
    Dash,
}
