namespace MetaSpine;

/// <summary>A way of questioning a result. A new one is a row of <see cref="All"/>.</summary>
/// <param name="Name">Its name for programs.</param>
/// <param name="Title">Its heading on the page.</param>
/// <param name="Ask">Does it: the result, and whether it holds. A <see cref="PoolingException"/> says why it makes no sense for the result.</param>
internal sealed record SensitivitySection(string Name, string Title, Func<SensitivityQuestion, (Reportable Result, (bool Holds, string Sentence)? Verdict)> Ask)
{
    /// <summary>Whether the page has the section at all; always unless said.</summary>
    public Predicate<SensitivityQuestion> Belongs { get; init; } = _ => true;

    /// <summary>The sections of the page, in their order.</summary>
    public static IReadOnlyList<SensitivitySection> All { get; } =
    [
        Of("leave-one-out", "Without each study", Omitted, SubsetReport.Verdict),
        new("leave-one-cluster-out", "Without each cluster of studies", WithoutClusters) { Belongs = question => question.Options.Clusters is not null },
        new("influence", "Influential studies", Influential),
        Of("cumulative", "As studies are added up", Accumulated, SubsetReport.Verdict),
        Of("subsets", "All subsets of the studies", Subsets, GoshReport.Verdict),
        Of("outliers", "With outliers allowed for", question => question.Pooled.WithOutliers(cancellation: question.Cancellation), OutlierRobustReport.Verdict),
        Of("henmi-copas", "With less weight on small studies", question => question.Pooled.HenmiCopasInterval(),
            result => SensitivityText.Compare(result.Model, "With less weight on small studies (Henmi-Copas)", result.Estimate, result.Interval)),
        new("small-study-test", "Do small studies show another effect?", question => (question.Pooled.TestSmallStudyEffects(), null)),
        new("trim-and-fill", "With the studies that trim and fill adds", question => question.Pooled.TrimAndFill() is var filled
            ? (filled, SensitivityText.Compare(question.Model, "With the studies that trim and fill adds", filled.Adjusted.Estimate, filled.Adjusted.Interval)) : default),
        new("limit", "As if every study were large", question => question.Pooled.LimitAnalysis() is var limit
            ? (limit, SensitivityText.Compare(question.Model, "As if every study were large (limit meta-analysis)", limit.Expectation.Estimate, limit.Expectation.Interval)) : default),
        OfRegression("regression-leave-one-out", "The meta-regression without each study", regression => regression.LeaveOneOut(), OmissionReport.Verdict),
        OfRegression("regression-influence", "Influential studies in the meta-regression", regression => regression.Influence(), InfluenceReport.Verdict),
        new("selection", "If insignificant results are published less often", Selected),
    ];

    /// <summary>What the section says of a result; a refusal by its reason.</summary>
    public SensitivityFinding Find(SensitivityQuestion question)
    {
        try
        {
            var (result, verdict) = Ask(question);
            return new SensitivityFinding(Name, Title, verdict?.Holds, verdict?.Sentence, result, null);
        }
        catch (PoolingException problem)
        {
            return new SensitivityFinding(Name, Title, null, null, null, problem.Message);
        }
    }

    private static SensitivitySection Of<T>(string name, string title, Func<SensitivityQuestion, T> ask, Func<T, (bool, string)?> judge)
        where T : Reportable => new(name, title, question => ask(question) is var result ? (result, judge(result)) : default);

    private static SensitivitySection OfRegression<T>(string name, string title, Func<RegressionResult, T> ask, Func<T, (bool, string)?> judge)
        where T : Reportable => Of(name, title, question => ask(question.Options.Regression!), result => judge(result) is var (holds, sentence)
            ? (holds, $"Meta-regression: {char.ToLowerInvariant(sentence[0])}{sentence[1..]}") : null) with { Belongs = question => question.Options.Regression is not null };

    private static (Reportable, (bool, string)?) Influential(SensitivityQuestion question) => question.Model is StratifiedResult stratified
        ? stratified.Residuals() is var residuals ? (residuals, OmissionReport.Verdict(residuals)) : default
        : question.Pooled.Influence() is var influence ? (influence, InfluenceReport.Verdict(influence)) : default;

    private static (Reportable, (bool, string)?) WithoutClusters(SensitivityQuestion question)
    {
        var clusters = question.Options.Clusters!;
        var result = question.Model switch
        {
            PooledResult pooled => pooled.LeaveOneClusterOut(clusters),
            StratifiedResult stratified => stratified.LeaveOneClusterOut(clusters),
            CountModelResult { Design: null } counts => counts.LeaveOneClusterOut(clusters, question.Cancellation),
            _ => throw question.Unsuited("Leaving clusters out"),
        };
        return (result, SubsetReport.Verdict(result, "cluster"));
    }

    /// <summary>The three-parameter selection model: one cut, at a one-sided p of 0.025 (McShane et al. 2016, Perspectives on Psychological Science 11:730).</summary>
    private static (Reportable, (bool, string)?) Selected(SensitivityQuestion question)
    {
        var selected = question.Pooled.Selection(SelectionFunction.Step(0.025));
        var effect = selected.Coefficients[0];
        return (selected, effect.Interval is { } interval
            ? SensitivityText.Compare(question.Model, "If insignificant results are published less often", effect.Estimate, interval)
            : null);
    }

    private static OmissionResult Omitted(SensitivityQuestion question) => question.Model switch
    {
        PooledResult pooled => pooled.LeaveOneOut(),
        StratifiedResult stratified => stratified.LeaveOneOut(),
        CountModelResult { Design: null } counts => counts.LeaveOneOut(question.Cancellation),
        _ => throw question.Unsuited("Leaving studies out"),
    };

    private static CumulativeResult Accumulated(SensitivityQuestion question) => question.Model switch
    {
        PooledResult pooled => question.Options.Column is { } column ? pooled.Cumulative(column) : pooled.Cumulative(question.Options.Order),
        StratifiedResult stratified => question.Options.Column is { } column ? stratified.Cumulative(column) : stratified.Cumulative(question.Options.Order),
        CountModelResult { Design: null } counts => question.Options.Column is { } column
            ? counts.Cumulative(column, cancellation: question.Cancellation) : counts.Cumulative(question.Options.Order, question.Cancellation),
        _ => throw question.Unsuited("Adding studies up"),
    };

    private static GoshResult Subsets(SensitivityQuestion question)
    {
        var (pooled, most) = (question.Pooled, question.Options.Subsets);
        var isSmall = pooled.StudyCount < 31 && (1L << pooled.StudyCount) - 1 <= most;
        return pooled.Gosh(new GoshOptions { Subsets = isSmall ? GoshSubsets.All : GoshSubsets.Random, Draws = most }, cancellation: question.Cancellation);
    }
}

/// <summary>A result and how it is questioned.</summary>
internal sealed record SensitivityQuestion(IPooledEffect Model, SensitivityOptions Options, CancellationToken Cancellation)
{
    /// <summary>The result by inverse variance.</summary>
    /// <exception cref="PoolingException">It is by another model.</exception>
    public PooledResult Pooled => Model as PooledResult ?? throw new PoolingException($"It is for results by inverse variance; this one is by another model ({Model.ModelName}).");

    public PoolingException Unsuited(string what) => new($"{what} is not defined for this model ({Model.ModelName}).");
}
