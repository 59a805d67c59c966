namespace MetaSpine;

/// <summary>What an analysis of a review gives: the pooled result, its subgroups and meta-regression, and what could not be pooled and why.</summary>
public sealed partial record AnalysisResult
{
    /// <summary>The analysis as the review asks for it.</summary>
    public required Analysis Analysis { get; init; }

    /// <summary>Its title, or that of its outcome.</summary>
    public required string Title { get; init; }

    /// <summary>The measure.</summary>
    public required Measure Measure { get; init; }

    /// <summary>All studies together by inverse variance; null when no study could be pooled, and then <see cref="Problem"/> says why, and for another model.</summary>
    public required PooledResult? Pooled { get; init; }

    /// <summary>All studies together by the model mantel-haenszel or peto; null for another model.</summary>
    public StratifiedResult? Stratified { get; init; }

    /// <summary>All studies together by the model glmm; null for another model.</summary>
    public CountModelResult? CountModel { get; init; }

    /// <summary>The meta-regression by the model glmm; null where none is asked for.</summary>
    public CountModelResult? CountRegression { get; init; }

    /// <summary>All studies together by the model beta-binomial; null for another model.</summary>
    public BetaBinomialResult? BetaBinomial { get; init; }

    /// <summary>All studies together by the model exact; null for another model.</summary>
    public ExactOddsRatioResult? Exact { get; init; }

    /// <summary>All effects together by a model of dependent effects; null for another model.</summary>
    public MultilevelPooledResult? Multilevel { get; init; }

    /// <summary>The meta-regression of dependent effects; null where none is asked for.</summary>
    public MultilevelRegressionResult? MultilevelRegression { get; init; }

    /// <summary>All studies together by the analysis's model, whichever it is; null when no study could be pooled.</summary>
    public IPooledEffect? Overall =>
        (IPooledEffect?)Pooled ?? (IPooledEffect?)Stratified ?? (IPooledEffect?)CountModel ?? (IPooledEffect?)BetaBinomial ?? (IPooledEffect?)Exact ?? Multilevel;

    /// <summary>Whether the studies were pooled, by whichever model.</summary>
    public bool IsPooled => Overall is not null;

    /// <summary>Why there is no pooled result, no subgroups or no meta-regression; null when all that was asked for is there.</summary>
    public required string? Problem { get; init; }

    /// <summary>The subgroups and what compares them; null when none are asked for.</summary>
    public SubgroupAnalysis? SubgroupAnalysis { get; init; }

    /// <summary>One result for each category of the subgroup moderator; empty when none is asked for.</summary>
    public IReadOnlyList<SubgroupResult> Subgroups => SubgroupAnalysis?.Groups ?? [];

    /// <summary>Whether the subgroups share tau^2.</summary>
    public SubgroupTau2 SubgroupTau2 => SubgroupAnalysis?.Tau2 ?? SubgroupTau2.Separate;

    /// <summary>The test that the subgroups' effects are equal; see <see cref="SubgroupAnalysis.Test"/>.</summary>
    public ChiSquaredTest? SubgroupTest => SubgroupAnalysis?.Test;

    /// <summary>The meta-regression on the moderators; null when none is asked for.</summary>
    public required RegressionResult? Regression { get; init; }

    /// <summary>The location-scale model; null when none is asked for.</summary>
    public LocationScaleResult? LocationScale { get; init; }

    /// <summary>What is shown beside the pooled result; null when nothing is asked for.</summary>
    public FurtherResults? Further { get; init; }

    /// <summary>What is shown beside the meta-regression; null when nothing is asked for.</summary>
    public FurtherResults? RegressionFurther { get; init; }

    /// <summary>The studies that report the outcome but are not pooled, each with the reason and what would let it in.</summary>
    public required IReadOnlyList<NotPooledStudy> NotPooled { get; init; }

    /// <summary>The characteristics of the studies; null where there are none to pool.</summary>
    internal IModerators? Moderators { get; init; }

    /// <summary>The assumptions under which reported numbers became inputs, with the studies that they concern, and what to know about the subgroups.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>A characteristic of the studies, one value for each effect size: a moderator of the review (or its studies' "year" of publication), a column of the table.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public Predictor Column(string name) => Known(name).Predictor(name);

    /// <summary>The same as text, null where a study lacks it.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public IReadOnlyList<string?> Categories(string name) => Known(name).Categories(name);

    private IModerators Known(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Moderators?.Has(name) == true
            ? Moderators
            : throw new ArgumentException($"no study has the moderator or column '{name}'{NearestName.Hint(name, [.. Moderators?.Names ?? []])}");
    }
}

/// <summary>Inference beside that of a model by inverse variance; what is not asked for, or makes no sense for the model, is null or empty.</summary>
public sealed record FurtherResults
{
    /// <summary>Standard errors that allow effects of one cluster to depend on each other.</summary>
    public RobustResult? Robust { get; init; }

    /// <summary>The same for a model of dependent effects, which need not be right for them.</summary>
    public MultilevelRobustResult? MultilevelRobust { get; init; }

    /// <summary>The permutation test.</summary>
    public PermutationResult? Permutation { get; init; }

    /// <summary>The bootstrap; of a pooled result only.</summary>
    public BootstrapResult? Bootstrap { get; init; }

    /// <summary>The bootstrap from the fitted model; of a pooled result only.</summary>
    public BootstrapResult? ParametricBootstrap { get; init; }

    /// <summary>Multimodel inference over the terms; of a meta-regression only.</summary>
    public MultimodelResult? AllSubsets { get; init; }

    /// <summary>The terms one by one; of a meta-regression only.</summary>
    public RegressionTerms? Terms { get; init; }

    /// <summary>The mean effects of the categories of each moderator, of a meta-regression of dependent effects; of another they are in <see cref="Terms"/>.</summary>
    public IReadOnlyList<ModeratorMeans> Means { get; init; } = [];

    /// <summary>What the analysis asks the meta-regression to predict.</summary>
    public IReadOnlyList<Prediction> Predictions { get; init; } = [];

    /// <summary>The interval of Henmi and Copas; of a pooled result only.</summary>
    public HenmiCopasResult? HenmiCopas { get; init; }

    /// <summary>The prediction interval of Nagashima, Noma and Furukawa; of a pooled result only.</summary>
    public ConfidencePredictionResult? Nagashima { get; init; }

    /// <summary>The share of settings beyond the analysis's threshold; of a pooled result only.</summary>
    public ThresholdShare? Share { get; init; }

    /// <summary>The profile likelihood of each coefficient.</summary>
    public IReadOnlyList<CoefficientProfile> Profiles { get; init; } = [];
}

/// <summary>A study that reports an outcome but is not pooled.</summary>
/// <param name="StudyId">Its id in the review.</param>
/// <param name="Label">Its name.</param>
/// <param name="Reason">Why, and what would let it in.</param>
public sealed record NotPooledStudy(string StudyId, string Label, string Reason);

/// <summary>The mean effect of each category of a moderator, the other moderators held alike.</summary>
/// <param name="Moderator">The moderator.</param>
/// <param name="Means">Its categories; see <see cref="MultilevelRegressionResult.MarginalMeans"/>.</param>
public sealed record ModeratorMeans(string Moderator, IReadOnlyList<MarginalMean> Means);
