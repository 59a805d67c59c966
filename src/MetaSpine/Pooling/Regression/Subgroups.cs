namespace MetaSpine;

/// <summary>Whether subgroups share one between-study variance.</summary>
public enum SubgroupTau2
{
    /// <summary>Each subgroup has its own tau^2.</summary>
    Separate,

    /// <summary>All share one tau^2, estimated within the subgroups together: steadier where subgroups are small.</summary>
    Common,
}

/// <summary>The subgroups of a set of studies and the test between them.</summary>
public sealed partial record SubgroupAnalysis
{
    /// <summary>What divides the studies.</summary>
    public required string Name { get; init; }

    /// <summary>One result per subgroup that can be pooled, in the order of their appearance.</summary>
    public required IReadOnlyList<SubgroupResult> Groups { get; init; }

    /// <summary>Whether the subgroups share tau^2.</summary>
    public required SubgroupTau2 Tau2 { get; init; }

    /// <summary>
    /// The test that the subgroups' effects are equal: their estimates weighted by 1/SE^2, the standard errors not scaled by
    /// Knapp-Hartung (Borenstein et al. 2009, Introduction to Meta-Analysis, chapter 19, doi:10.1002/9780470743386); null with fewer than two subgroups,
    /// and for models without standard errors.
    /// </summary>
    public required ChiSquaredTest? Test { get; init; }

    /// <summary>
    /// The meta-regression on the categories, for a common tau^2: its test of the moderators is the test between subgroups by the fit's own
    /// distribution (F under Knapp-Hartung), and it gives pairwise differences. Null for separate tau^2, or with a single subgroup.
    /// </summary>
    public required RegressionResult? Regression { get; init; }

    /// <summary>The studies in no subgroup's result, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>What a careful reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Pools subgroups of studies and compares them.</summary>
public static partial class Subgroups
{
    /// <summary>Fewer studies than this hardly tell their own tau^2 (Borenstein et al. 2009, chapter 19).</summary>
    private const int FewStudies = 5;

    /// <summary>Pools each subgroup and tests whether they differ.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="categories">The subgroup of each study, in the same order; a study with null is left out and listed.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null.</param>
    /// <param name="tau2">Whether the subgroups share tau^2. <value>Default separate: nothing is assumed, and each result is that of its studies pooled alone.</value></param>
    /// <param name="name">What divides the studies, for the reasons and the meta-regression.</param>
    /// <exception cref="ArgumentException">The number of categories differs from that of the studies, or an option is out of range.</exception>
    /// <exception cref="PoolingException">No study has an estimate; or, for a common tau^2, no subgroup has two.</exception>
    public static SubgroupAnalysis Pool(
        EffectSizes effects, IReadOnlyList<string?> categories, PoolingOptions? options = null, SubgroupTau2 tau2 = SubgroupTau2.Separate, string name = "subgroup")
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(name);
        RequireOneEach(categories, effects.Count);
        options ??= PoolingOptions.Default;
        var known = effects with
        {
            Studies = [.. effects.Studies.Select((study, i) => categories[i] is null ? study with { Problem = study.Problem ?? $"its {name} is missing" } : study)],
        };
        var usable = UsableRows.Select(known, null);
        string[] names = [.. Enumerable.Range(0, effects.Count).Where(row => UsableRows.IsUsable(known.Studies[row])).Select(row => categories[row]!).Distinct(StringComparer.Ordinal)];
        var regression = tau2 == SubgroupTau2.Common && names.Length > 1
            ? MetaAnalysis.Regress(known, DesignMatrix.WithIntercept(Predictor.Categorical(name, [.. categories.Select(c => names.Contains(c) ? c : null)])), options)
            : null;
        List<SubgroupResult> groups = [.. names.Select(category =>
        {
            var others = new HashSet<int>(Enumerable.Range(0, effects.Count).Where(row => categories[row] != category));
            var within = known with
            {
                Studies = [.. known.Studies.Select((study, row) => others.Contains(row) ? study with { Problem = $"in another subgroup of {name}" } : study)],
            };
            var pooled = regression is null ? MetaAnalysis.Pool(within, options) : CommonTau2.Pool(within, regression, name, category);
            return new SubgroupResult(category, pooled with { Excluded = [.. pooled.Excluded.Where(study => !others.Contains(study.Row))] });
        })];
        return new SubgroupAnalysis
        {
            Name = name,
            Groups = groups,
            Tau2 = tau2,
            Test = Between(groups),
            Regression = regression,
            Excluded = usable.Excluded,
            Notes = Notes(groups, options, tau2),
        };
    }

    /// <summary>The test between subgroups of any model; null with fewer than two, and where the model has no standard errors.</summary>
    internal static ChiSquaredTest? Between(List<SubgroupResult> groups)
    {
        if (groups.Count < 2 || groups.Exists(group => group.Result.StandardError is null))
        {
            return null;
        }

        var weights = groups.ConvertAll(group => 1 / Variance(group.Result));
        var mean = groups.Zip(weights, (group, w) => w * group.Result.Estimate).Sum() / weights.Sum();
        var q = groups.Zip(weights, (group, w) => w * (group.Result.Estimate - mean) * (group.Result.Estimate - mean)).Sum();
        return new ChiSquaredTest(q, groups.Count - 1, ChiSquared.Upper(q, groups.Count - 1));
    }

    /// <summary>The squared standard error, not scaled by Knapp-Hartung.</summary>
    private static double Variance(IPooledEffect result) => result is PooledResult pooled
        ? pooled.Studies.Sum(study => study.Weight * study.Weight * (study.Effect.Variance + pooled.Tau2))
        : result.StandardError!.Value * result.StandardError.Value;

    private static IReadOnlyList<string> Notes(List<SubgroupResult> groups, PoolingOptions options, SubgroupTau2 tau2)
    {
        string[] small = [.. groups.Where(group => group.Result.StudyCount < FewStudies).Select(group => group.Name)];
        return tau2 == SubgroupTau2.Separate && options.Method != PoolingMethod.EE && groups.Count > 1 && small.Length > 0
            ? [FormattableString.Invariant($"Fewer than {FewStudies} studies hardly tell their own τ² ({string.Join(", ", small)}); a common τ² makes the comparison steadier.")]
            : [];
    }
}

/// <summary>A subgroup's result under the tau^2 of all subgroups.</summary>
internal static class CommonTau2
{
    public static PooledResult Pool(EffectSizes within, RegressionResult regression, string name, string category)
    {
        var rows = UsableRows.Select(within, null);
        var weights = rows.GivenWeights(regression.Options);
        var profile = new InterceptProfile(rows.Y, rows.V);
        var summary = ModelSummary.Of(profile, rows.Y, weights, regression.Options);
        var typical = rows.Count > 1 ? (rows.Count - 1) / profile.At(0).TrP : double.NaN;
        var random = regression.Options is { I2From: HeterogeneityBasis.Tau2, Method: not PoolingMethod.EE } && rows.Count > 1;
        Interval? Mapped(Func<double, double> map) => random && regression.Tau2Interval is { } i ? i with { Lower = map(i.Lower), Upper = map(i.Upper) } : null;
        double Share(double t) => ModelSummary.Share(t, typical);
        double Ratio(double t) => t / typical + 1;
        var prediction = regression.Predict((name, category));
        var coefficient = new ReferenceDistribution(prediction.DegreesOfFreedom, regression.Options.Level).Coefficient(category, prediction.Estimate, prediction.StandardError);
        return new PooledResult
        {
            Effects = within,
            Options = regression.Options,
            Studies = rows.Weigh(weights, regression.Tau2),
            Excluded = rows.Excluded,
            Tau2 = regression.Tau2,
            Tau2StandardError = regression.Tau2StandardError,
            Tau2Interval = regression.Tau2Interval,
            I2 = random ? Share(regression.Tau2) : summary.I2,
            I2Interval = Mapped(Share),
            H2 = random ? Ratio(regression.Tau2) : summary.H2,
            H2Interval = Mapped(Ratio),
            Q = summary.Q,
            Fit = ModelSummary.FitAt(profile, regression.Tau2, weights, regression.Options.Method, regression.Options is { FixedTau2: null, Method: not PoolingMethod.EE }),
            Provenance = regression.Provenance,
            Notes = [FormattableString.Invariant($"τ² is common to all subgroups, estimated from the {regression.StudyCount} studies together; the degrees of freedom are theirs.")],
            Estimate = coefficient.Estimate,
            StandardError = coefficient.StandardError,
            Statistic = coefficient.Statistic,
            DegreesOfFreedom = coefficient.DegreesOfFreedom,
            PValue = coefficient.PValue,
            Interval = coefficient.Interval,
            PredictionInterval = prediction.PredictionInterval,
            SharedFreedom = regression.StudyCount - regression.Coefficients.Count,
        };
    }
}
