namespace MetaSpine;

/// <summary>The choices that a multiverse makes in every combination. Each list's first entry is the reference: put the analysis that was planned first.</summary>
public sealed partial record MultiverseOptions
{
    /// <summary>The defaults.</summary>
    public static MultiverseOptions Default { get; } = new();

    /// <summary>Measures. <value>Default empty: that of the analysis; for bare data at least one must be given.</value></summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>Models and, by inverse variance, estimators of tau^2. <value>Default: REML, Paule-Mandel, DerSimonian-Laird, ML, Sidik-Jonkman and equal effects.</value></summary>
    public IReadOnlyList<MultiverseModel> Models { get; init; } =
    [
        MultiverseModel.InverseVariance(PoolingMethod.REML), MultiverseModel.InverseVariance(PoolingMethod.PM), MultiverseModel.InverseVariance(PoolingMethod.DL),
        MultiverseModel.InverseVariance(PoolingMethod.ML), MultiverseModel.InverseVariance(PoolingMethod.SJ), MultiverseModel.InverseVariance(PoolingMethod.EE),
    ];

    /// <summary>Tests, by inverse variance. <value>Default: Knapp-Hartung, its floor, z.</value></summary>
    public IReadOnlyList<PoolingTest> Tests { get; init; } = [PoolingTest.KnappHartung, PoolingTest.KnappHartungFloor, PoolingTest.Z];

    /// <summary>How effect sizes are computed, zero cells above all, by inverse variance. <value>Default: 1/2 to studies with a zero; without them.</value></summary>
    public IReadOnlyList<MultiverseZeroCells> ZeroCells { get; init; } =
    [
        new("1/2 where there is a zero", EffectSizeOptions.Default),
        new("1/2 to all if any has a zero", new EffectSizeOptions { To = ZeroCellRule.AllIfAnyZero }),
        new("studies without events left out", new EffectSizeOptions { DropDoubleZero = true }),
    ];

    /// <summary>Studies that could as well be left out; every combination of these is tried. <value>Default: outliers.</value></summary>
    public IReadOnlyList<MultiverseExclusion> Exclusions { get; init; } = [MultiverseExclusion.Outliers];

    /// <summary>The smallest effect that matters, on the scale that people read (a risk ratio of 0.9). <value>Default null: the value of no effect.</value></summary>
    public double? Threshold { get; init; }

    /// <summary>The level of the intervals. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = .95;

    /// <summary>The number of threads; results do not depend on it. <value>Default 0: as many as there are processors.</value></summary>
    public int Threads { get; init; }
}

/// <summary>A model of a multiverse.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Model">What pools.</param>
/// <param name="Method">The estimator of tau^2, or equal effects; for inverse variance and mixed models.</param>
/// <param name="Counts">Which model for counts, for mixed models.</param>
public sealed record MultiverseModel(string Name, PoolingModel Model, PoolingMethod Method, CountModel Counts)
{
    /// <summary>Mantel-Haenszel; for OR, RR, RD, IRR and IRD.</summary>
    public static MultiverseModel MantelHaenszel { get; } = new("Mantel-Haenszel", PoolingModel.MantelHaenszel, PoolingMethod.EE, default);

    /// <summary>Peto; for odds ratios.</summary>
    public static MultiverseModel Peto { get; } = new("Peto", PoolingModel.Peto, PoolingMethod.EE, default);

    /// <summary>Inverse variances with an estimator of tau^2, or equal effects.</summary>
    public static MultiverseModel InverseVariance(PoolingMethod method) => new(MethodNames.Of(method).Code, PoolingModel.InverseVariance, method, default);

    /// <summary>A generalised linear mixed model, by ML.</summary>
    public static MultiverseModel Glmm(CountModel model) => new($"GLMM {ModelNames.Of(model).Code}", PoolingModel.Glmm, PoolingMethod.ML, model);
}

/// <summary>A way of computing effect sizes.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Options">The options.</param>
public sealed record MultiverseZeroCells(string Name, EffectSizeOptions Options);
