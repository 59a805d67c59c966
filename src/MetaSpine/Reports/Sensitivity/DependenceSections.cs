namespace MetaSpine;

/// <summary>What the page asks of dependent effects, and which of the other questions it does not ask of them and why.</summary>
internal static class DependenceSections
{
    public static IReadOnlyList<SensitivitySection> All { get; } =
    [
        Of("cluster-robust", "With errors that hold whatever the dependence", (model, options) =>
        {
            var robust = model.Robust(options.Clusters);
            return (robust, SensitivityText.Compare(model, "With cluster-robust errors", model.Estimate, robust.Coefficients[0].Interval));
        }),
        Of("variances", "Does each level vary?", (model, _) => (model.TestVariances(), null)),
        Of("rho", "Under other correlations of the sampling errors", (model, options) =>
        {
            var sweep = Sweep(model, options.Clusters!, options.Rho!.Value);
            return (sweep, DependenceReport.Verdict(sweep, model));
        }) with { Belongs = question => question.Model is MultilevelPooledResult && question.Options is { Rho: not null, Clusters: not null } },
    ];

    /// <summary>The questions that dependent effects are asked on the page of a review.</summary>
    public static IReadOnlyList<string> Questions { get; } = ["leave-one-cluster-out", .. All.Select(section => section.Name), "small-study-test"];

    private const string Clusters = "Effects of one cluster depend on each other and stand or fall together: clusters are left out, not single effects (leave-one-cluster-out).";

    private const string Independent =
        "It takes every effect as independent of the others, so that a study would count as often as it has effects. Make one effect of each study (Aggregate in code) and question those.";

    /// <summary>Why a question is not asked of dependent effects; null where it is.</summary>
    public static string? Refusal(string name) => name switch
    {
        "leave-one-cluster-out" or "small-study-test" or "e-value" or "cluster-robust" or "variances" or "rho" => null,
        "leave-one-out" or "influence" => Clusters,
        "cumulative" => "The effects of a study are there at once, so that there is no order in which to add them up one by one.",
        "small-study-tests" or "pet-peese" => "These tests are too often significant where effects depend on each other; the one above allows for it (small-study-test).",
        "fragility" or "sequential" or "unreported" => "It counts the people of independent studies, and effects of one study share theirs.",
        "smallest-effect" => "Its prediction for a new study needs one variance between studies, and here there is one for each level.",
        "multiverse" => "Its specifications are those of independent effects. Here the choices are the random effects and the correlation of sampling errors, which stand under \"The dependence of effects\".",
        _ => Independent,
    };

    private static SensitivitySection Of(string name, string title, Func<MultilevelPooledResult, SensitivityOptions, (Reportable, (bool?, string)?)> ask) =>
        new(name, title, question => ask((MultilevelPooledResult)question.Model, question.Options))
        {
            Belongs = question => question.Model is MultilevelPooledResult, IsOfModel = _ => true,
        };

    /// <summary>The usual correlations, and the one of the analysis.</summary>
    private static CorrelationSweepResult Sweep(MultilevelPooledResult model, IReadOnlyList<string> clusters, double rho) => CorrelationSweep.Over(
        model.Effects, model.Random, model.Model.Groupings, MultilevelRun.Cluster(clusters), null,
        [.. CorrelationSweep.Usual.Append(rho).Distinct().Order()], model.Options);
}
