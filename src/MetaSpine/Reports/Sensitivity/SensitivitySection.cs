namespace MetaSpine;

/// <summary>A way of questioning a result. A new one is a row of <see cref="All"/>.</summary>
/// <param name="Name">Its name for programs.</param>
/// <param name="Title">Its heading on the page.</param>
/// <param name="Ask">Does it: the result, and whether it holds. A <see cref="PoolingException"/> says why it makes no sense for the result.</param>
internal sealed record SensitivitySection(string Name, string Title, Func<SensitivityQuestion, (Reportable Result, (bool? Holds, string Sentence)? Verdict)> Ask)
{
    /// <summary>Whether the page has the section at all; always unless said.</summary>
    public Predicate<SensitivityQuestion> Belongs { get; init; } = _ => true;

    /// <summary>Under what the page puts it.</summary>
    public string Group { get; init; } = "";

    /// <summary>Whether the page has its sentences only, unless all tables are asked for.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Whether it questions the very model of the result, and not the same studies pooled by inverse variance; those by inverse variance only unless said.</summary>
    public Predicate<IPooledEffect> IsOfModel { get; init; } = model => model is PooledResult;

    /// <summary>The sections of the page, in their order.</summary>
    public static IReadOnlyList<SensitivitySection> All { get; } =
    [
        .. Under("The studies",
            Of("leave-one-out", "Without each study", Omitted, SubsetReport.Verdict) with { IsOfModel = _ => true },
            new("leave-one-cluster-out", "Without each cluster of studies", WithoutClusters)
            {
                Belongs = question => question.Model is MultilevelPooledResult || question.Options.Clusters is not null, IsOfModel = _ => true,
            },
            new("influence", "Influential studies", Influential) { IsOfModel = model => model is PooledResult or StratifiedResult },
            Of("cumulative", "As studies are added up", Accumulated, SubsetReport.Verdict) with { IsOfModel = _ => true },
            Of("subsets", "All subsets of the studies", Subsets, GoshReport.Verdict),
            Of("outliers", "With outliers allowed for", question => question.Pooled.WithOutliers(cancellation: question.Cancellation), OutlierRobustReport.Verdict),
            OfRegression("regression-leave-one-out", "The meta-regression without each study", regression => regression.LeaveOneOut(), OmissionReport.Verdict),
            OfRegression("regression-influence", "Influential studies in the meta-regression", regression => regression.Influence(), InfluenceReport.Verdict)),
        .. Under("The dependence of effects", DependenceSections.All),
        .. Under("Small studies", SmallStudySections.All),
        .. Under("Selection of results", SelectionSections.All),
        .. Under("How much it would take", StrengthSections.All),
        .. Under("The choices of the analysis", StrengthSections.Choices),
    ];

    /// <summary>What the section says of a result; a refusal by its reason.</summary>
    public SensitivityFinding Find(SensitivityQuestion question)
    {
        if (question.Model is MultilevelPooledResult && DependenceSections.Refusal(Name) is { } reason)
        {
            return new SensitivityFinding(Name, Title, null, null, null, reason) { Group = Group };
        }

        try
        {
            var (result, verdict) = Ask(question);
            return new SensitivityFinding(Name, Title, verdict?.Holds, verdict?.Sentence, result, null)
            {
                Group = Group, IsBrief = IsBrief, IsByInverseVariance = !IsOfModel(question.Model),
            };
        }
        catch (PoolingException problem)
        {
            return new SensitivityFinding(Name, Title, null, null, null, problem.Message) { Group = Group };
        }
    }

    /// <summary>A section whose verdict follows from the result alone.</summary>
    public static SensitivitySection Of<T>(string name, string title, Func<SensitivityQuestion, T> ask, Func<T, (bool, string)?> judge)
        where T : Reportable => new(name, title, question => ask(question) is var result ? (result, judge(result)) : default);

    /// <summary>A section that sets an estimate of its own beside that of all studies; without a verdict where it has none.</summary>
    /// <param name="name">Its name for programs.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="subject">How the verdict begins: "By PET-PEESE".</param>
    /// <param name="ask">Does it.</param>
    /// <param name="estimate">The estimate and its interval; null where there is none.</param>
    public static SensitivitySection Compared<T>(string name, string title, string subject, Func<SensitivityQuestion, T> ask, Func<T, (double Estimate, Interval Interval)?> estimate)
        where T : Reportable => new(name, title, question =>
        {
            var result = ask(question);
            return (result, estimate(result) is var (value, interval) ? SensitivityText.Compare(question.Model, subject, value, interval) : null);
        });

    private static IEnumerable<SensitivitySection> Under(string group, params IEnumerable<SensitivitySection> sections) => sections.Select(section => section with { Group = group });

    private static SensitivitySection OfRegression<T>(string name, string title, Func<RegressionResult, T> ask, Func<T, (bool, string)?> judge)
        where T : Reportable => Of(name, title, question => ask(question.Options.Regression!), result => judge(result) is var (holds, sentence)
            ? (holds, $"Meta-regression: {char.ToLowerInvariant(sentence[0])}{sentence[1..]}") : null) with { Belongs = question => question.Options.Regression is not null, IsOfModel = _ => true };

    private static (Reportable, (bool?, string)?) Influential(SensitivityQuestion question) => question.Model is StratifiedResult stratified
        ? stratified.Residuals() is var residuals ? (residuals, OmissionReport.Verdict(residuals)) : default
        : question.Pooled.Influence() is var influence ? (influence, InfluenceReport.Verdict(influence)) : default;

    private static (Reportable, (bool?, string)?) WithoutClusters(SensitivityQuestion question)
    {
        if (question.Model is MultilevelPooledResult dependent)
        {
            var omitted = dependent.LeaveOneClusterOut(question.Options.Clusters, question.Cancellation);
            return (omitted, DependenceReport.Verdict(omitted));
        }

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
    private readonly Lazy<PooledResult?> _pooled = new(() => ByInverseVariance(Model));

    /// <summary>The result by inverse variance; where it is by another model, its studies pooled so, with equal effects where the model has them.</summary>
    /// <exception cref="PoolingException">The effects are not of separate studies, or cannot be pooled.</exception>
    public PooledResult Pooled => _pooled.Value ?? throw new PoolingException($"It is for results by inverse variance; this one is by another model ({Model.ModelName}).");

    /// <summary>Asks what refuses a measure as a wrong argument, such as one without a value of no effect: here that is no mistake, but has its place on the page.</summary>
    public T Ask<T>(Func<PooledResult, T> ask) => Refused(() => ask(Pooled));

    /// <inheritdoc cref="Ask{T}"/>
    public static T Refused<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (ArgumentException refused)
        {
            throw new PoolingException(Wording.Sentence(refused));
        }
    }

    /// <summary>The smallest effect that matters, as a distance from no effect on the analysis scale.</summary>
    /// <exception cref="PoolingException">It is not given, or the measure has no value of no effect.</exception>
    public double SmallestEffect
    {
        get
        {
            var effects = Pooled.Effects;
            var none = effects.Measure.NullValue ?? throw new PoolingException($"{effects.Measure.Code} ({effects.Measure.Name}) has no value of no effect, so that no effect is too small to matter.");
            var value = Options.SmallestEffect ?? throw new PoolingException(
                "It needs the smallest effect that matters, on the scale that people read (SmallestEffect in the options, --smallest-effect in the tool).");
            var distance = effects.Measure.Scale.Forward(value, effects.HarmonicMeanSize) - none;
            return double.IsFinite(distance) && distance != 0
                ? distance
                : throw new ArgumentException(FormattableString.Invariant($"The smallest effect that matters, {value}, must be a possible {effects.Measure.ReadAs} other than that of no effect, {effects.BackTransform(none)}."));
        }
    }

    public PoolingException Unsuited(string what) => new($"{what} is not defined for this model ({Model.ModelName}).");

    private static PooledResult? ByInverseVariance(IPooledEffect model)
    {
        if (model is MultilevelPooledResult or CountModelResult { Design: not null })
        {
            return null;
        }

        var defaults = new PoolingOptions { Level = model.Interval.Level };
        var hasOneEffect = model.Tau2 is null && model is not BetaBinomialResult;
        return model as PooledResult ?? MetaAnalysis.Pool(model.Effects, hasOneEffect ? defaults with { Method = PoolingMethod.EE, Test = PoolingTest.Z } : defaults);
    }
}
