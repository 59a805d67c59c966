namespace MetaSpine;

/// <summary>What questions about dependent effects found, in words and as tables.</summary>
internal static class DependenceReport
{
    /// <summary>More influential clusters than this have no sentence each; the table has them all.</summary>
    private const int MostSentences = 12;

    /// <summary>More clusters than this are not all in the table for readers.</summary>
    private const int MostRows = 40;

    private const double Level = .05, AsymmetryLevel = .1;

    public static SensitivityView Of(ClusterOmissionResult result)
    {
        var (model, components) = (result.Model, result.Model.Components);
        return new SensitivityView(
            $"{model.Natural.Name} without each cluster",
            Sentences(result),
            [
                "without", "effects", "estimate", "se", "p", "lower", "upper", .. components.Select(ComponentName), "shift", "cook", "residual", "residual_df", "residual_p", "influence", "problem",
            ],
            [
                .. result.Clusters.Select(cluster => (object?[])
                [
                    cluster.Cluster, cluster.EffectCount, cluster.Result?.Estimate, cluster.Result?.StandardError, cluster.Result?.PValue, cluster.Result?.Interval.Lower, cluster.Result?.Interval.Upper,
                    .. components.Select(component => (object?)Without(cluster, component)?.Value),
                    cluster.Shift, cluster.CookDistance, cluster.Residual?.Statistic, cluster.Residual?.DegreesOfFreedom, cluster.Residual?.PValue,
                    cluster.Influence == ClusterInfluence.None ? null : cluster.Influence.ToString().ToLowerInvariant(), cluster.Problem,
                ]),
            ],
            ModelText.LeftOut(model.Excluded),
            [
                .. SensitivityText.Sources(model),
                $"Each result is estimated anew without the cluster, variances included; {SensitivityText.CaseDiagnostics}. ◆: Cook's distance above {Readable.Fixed(OmittedCluster.CookLimit, 2)} (the estimate moves by 0.67 standard errors), another conclusion, "
                + "less than half of the variances or none of one, or effects that lie too far from what the others give (p below 0.05 over the number of clusters); rules of thumb and not tests.",
            ])
        {
            Instead = Table(result, [.. components.Zip(Headings(components), (component, heading) => (heading, (Func<OmittedCluster, double?>)(cluster => Without(cluster, component)?.Value)))]),
            Narrow = Table(result, [("τ² in all", cluster => cluster.Result is { } found ? OmittedCluster.Spread(found) : null)]),
            Points = ("Clusters with much influence", [.. Points(result)]),
        };
    }

    public static (bool Holds, string Verdict)? Verdict(ClusterOmissionResult result)
    {
        var changed = result.Clusters.Where(cluster => cluster.Influence.HasFlag(ClusterInfluence.Conclusion)).Select(cluster => cluster.Cluster).ToList();
        var hasNone = result.Model.Effects.Measure.NullValue is null;
        return changed.Count == 0
            ? (true, hasNone ? "Whichever cluster is left out, the estimate stays inside the interval of all effects." : "Whichever cluster is left out, direction and conclusion stay the same.")
            : (false, $"{(hasNone ? "The estimate leaves the interval of all effects" : "Direction or conclusion change")} without {SubsetNotes.Names(changed)}.");
    }

    public static SensitivityView Of(ComponentTestsResult result)
    {
        var made = result.Tests.Where(test => test.Problem is null).ToList();
        var table = new Table(
            [new("Random effects"), new("Without"), new("Estimate", Alignment.DecimalPoint), new("LR", Alignment.DecimalPoint), new("p", Alignment.Right)],
            [.. made.Select(test => (string[])[test.Term, What(test), Estimate(result.Model, test), Readable.Fixed(test.Statistic, 2), (test.IsUpperBound ? "≤ " : "") + Readable.PCell(test.PValue)])]);
        return new SensitivityView(
            "Tests of the variances",
            Sentences(result),
            ["term", "name", "parameters", "statistic", "p", "p_is_upper_bound", "problem"],
            [.. result.Tests.Select(test => (object?[])[test.Term, test.Name, test.Parameters, test.Statistic, test.PValue, test.IsUpperBound, test.Problem])],
            [],
            [
                $"LR: twice the gain of the log-likelihood ({MethodNames.Of(result.Model.Options.Method).Code}) over the model without the variance, in which the others are estimated anew. A variance of 0 lies at the end of what is possible: "
                + "p is half of that of chi-squared with 1 degree of freedom; Self and Liang 1987, doi:10.1080/01621459.1987.10478472; Stram and Lee 1994, doi:10.2307/2533455.",
                .. made.Exists(test => test.IsUpperBound)
                    ? (string[])["Of a covariance matrix of d numbers p is at most that of an equal mixture of chi-squared with d − 1 and d degrees of freedom; Shapiro 1988, doi:10.2307/1403361."] : [],
            ]) { Instead = made.Count == 0 ? null : table };
    }

    public static Figures Of(MultilevelAsymmetryResult result)
    {
        var (model, limit) = (result.Model, result.Limit);
        var clusters = result.Regression.ClusterCount;
        return new Figures(
            "Egger's test of dependent effects",
            MultilevelRobustReport.Rows(result.Regression),
            [("effects", model.StudyCount), ("clusters", clusters)],
            [
                Asymmetry(result),
                $"For an effect without sampling error the line gives {SensitivityText.Estimate(model, limit.Estimate, limit.Interval)}.",
                .. result.Predictor != PrecisionPredictor.GroupSizes && SmallStudyTests.AdvisedFor(model.Effects.Measure)[0].Code is not "EGGER"
                    ? (string[])[$"The standard error of {model.Effects.Measure.Code} depends on the estimate itself, so that the test is significant too often; do not make much of a p-value near {AsymmetryLevel:0.0}."] : [],
                .. result.Regression.Notes,
            ]) { Sources = ["Egger's test in the model of the dependence, with CR2 errors and Satterthwaite's degrees of freedom: Rodgers and Pustejovsky (2021), Psychological Methods 26:141, doi:10.1037/met0000300."] };
    }

    public static (bool?, string)? Verdict(MultilevelAsymmetryResult result) => (result.Slope.PValue >= AsymmetryLevel, Asymmetry(result));

    /// <summary>Whether the result is the same under every correlation.</summary>
    public static (bool?, string)? Verdict(CorrelationSweepResult sweep, MultilevelPooledResult model)
    {
        var other = sweep.Steps.Where(step => step.Result is MultilevelPooledResult pooled && !model.Agrees(pooled.Estimate, pooled.Interval)).Select(step => Readable.Exact(step.Correlation)).ToList();
        return (other.Count == 0, other.Count == 0
            ? "Under other correlations of the sampling errors direction and conclusion stay the same."
            : $"Direction or conclusion change where the sampling errors are correlated by {Wording.List(other)}.");
    }

    /// <summary>"variance of district/school".</summary>
    private static string ComponentName(VarianceComponent component) => MultilevelReport.ComponentName(component);

    /// <summary>"τ² school" for the level district/school, where no other level is called so.</summary>
    private static List<string> Headings(IReadOnlyList<VarianceComponent> components)
    {
        List<string> whole = [.. components.Select(CorrelationSweepReport.Name)];
        List<string> brief = [.. components.Select((component, i) => component.Term.Contains('|', StringComparison.Ordinal) ? whole[i] : $"τ² {component.Term.Split('/')[^1]}")];
        return brief.Distinct().Count() == brief.Count ? brief : whole;
    }

    private static VarianceComponent? Without(OmittedCluster cluster, VarianceComponent component) =>
        cluster.Result?.Components.FirstOrDefault(other => (other.Term, other.Name, other.Kind) == (component.Term, component.Name, component.Kind));

    private static IEnumerable<string> Sentences(ClusterOmissionResult result)
    {
        var model = result.Model;
        var fitted = result.Clusters.Where(cluster => cluster.Result is not null).ToList();
        if (fitted.Count == 0)
        {
            yield return "No cluster can be left out: none of the remaining effects can be pooled.";
            yield break;
        }

        string Of(OmittedCluster? cluster) => $"{SensitivityText.Number(model, cluster!.Result!.Estimate)} (without cluster {cluster.Cluster})";
        yield return $"With all {PooledCount.Of(model)} the {model.Natural.Name} is {SensitivityText.Estimate(model, model.Estimate, model.Interval)}; with one of {Readable.Count(result.Clusters.Count)} clusters left out it ranges from "
            + $"{Of(fitted.MinBy(cluster => cluster.Result!.Natural.Estimate))} to {Of(fitted.MaxBy(cluster => cluster.Result!.Natural.Estimate))}.";
        yield return Verdict(result)!.Value.Verdict;
        if (result.Clusters.Count > MostRows)
        {
            yield return $"The table has the {MostRows} clusters with the largest Cook's distances; JSON and CSV have all.";
        }

        foreach (var cluster in result.Clusters.Where(cluster => cluster.Problem is not null))
        {
            yield return $"Without {cluster.Cluster} there is no result. {cluster.Problem}";
        }
    }

    /// <summary>A sentence for each cluster with much influence.</summary>
    private static IEnumerable<string> Points(ClusterOmissionResult result)
    {
        var found = result.Influential.ToList();
        foreach (var cluster in found.Count > MostSentences ? found.OrderByDescending(cluster => cluster.CookDistance).Take(MostSentences) : found)
        {
            yield return Sentence(result.Model, cluster);
        }

        if (found.Count > MostSentences)
        {
            yield return $"{Readable.Count(found.Count - MostSentences)} more, with smaller Cook's distances, are marked in the table and in JSON and CSV.";
        }
    }

    private static string Sentence(MultilevelPooledResult model, OmittedCluster cluster)
    {
        var without = cluster.Result!;
        var parts = new List<string>();
        if (cluster.Influence.HasFlag(ClusterInfluence.Estimate))
        {
            parts.Add($"{Readable.Fixed(Math.Abs(cluster.Shift) / model.StandardError, 1)} standard errors {(cluster.Shift > 0 ? "lower" : "higher")} than with it (Cook's distance {Readable.Fixed(cluster.CookDistance, 2)})");
        }

        if (cluster.Influence.HasFlag(ClusterInfluence.Conclusion))
        {
            parts.Add(model.Effects.Measure.NullValue is not { } none ? "outside the interval of all effects"
                : Math.Sign(without.Estimate - none) != Math.Sign(model.Estimate - none) ? "in the other direction"
                : $"with an interval that {(without.Interval.Contains(none) ? "includes" : "excludes")} no effect");
        }

        if (cluster.Influence.HasFlag(ClusterInfluence.Variances))
        {
            var vanished = cluster.Vanished(model).Select(ComponentName).ToList();
            parts.Add(vanished.Count > 0 ? $"and the {Wording.List(vanished)} {(vanished.Count == 1 ? "is" : "are")} 0"
                : $"and the variances sum to {ModelText.Variance(OmittedCluster.Spread(without))} in place of {ModelText.Variance(OmittedCluster.Spread(model))}");
        }

        var far = cluster is { Residual: { } residual } && cluster.Influence.HasFlag(ClusterInfluence.Residual)
            ? $" Its effects lie further from what the others give than chance would have them ({ModelText.Test("χ²", residual)})." : "";
        return $"Without cluster {cluster.Cluster} ({PooledCount.Many(cluster.EffectCount, "effect")}) the {model.Natural.Name} is {SensitivityText.Estimate(model, without.Estimate, without.Interval)}{string.Concat(parts.Select(part => $", {part}"))}.{far}";
    }

    private static Table Table(ClusterOmissionResult result, IReadOnlyList<(string Heading, Func<OmittedCluster, double?> Value)> variances)
    {
        var (model, format) = (result.Model, SensitivityText.Format(result.Model));
        List<(TableColumn Column, Func<OmittedCluster, string> Cell)> columns =
        [
            (new("Without"), cluster => cluster.Cluster),
            (new("Effects", Alignment.Right), cluster => Readable.Count(cluster.EffectCount)),
            (new(format.Heading, Alignment.DecimalPoint), cluster => cluster.Result is { } found ? format.Number(found.Natural.Estimate) : Readable.None),
            (new($"{Readable.Level(model.Options.Level)}% CI", Alignment.DecimalPoint), cluster => cluster.Result is { } found ? format.Range(found.Natural.Interval) : ""),
            .. variances.Select(variance => (new TableColumn(variance.Heading, Alignment.DecimalPoint),
                (Func<OmittedCluster, string>)(cluster => variance.Value(cluster) is { } value && double.IsFinite(value) ? ModelText.Variance(value) : ""))),
            (new("Cook", Alignment.DecimalPoint), cluster => cluster.Result is null ? "" : Readable.Fixed(cluster.CookDistance, 2)),
            (new(""), cluster => cluster.Influence == ClusterInfluence.None ? "" : "◆"),
        ];
        columns.RemoveAll(column => column.Column.Heading.Length == 0 && !result.Influential.Any());
        var shown = result.Clusters.Count <= MostRows ? result.Clusters : [.. result.Clusters.OrderByDescending(cluster => cluster.CookDistance).Take(MostRows)];
        return new Table(columns.ConvertAll(column => column.Column), [.. shown.Select(cluster => columns.ConvertAll(column => column.Cell(cluster)))]);
    }

    private static IEnumerable<string> Sentences(ComponentTestsResult result)
    {
        var made = result.Tests.Where(test => test.Problem is null).ToList();
        string Names(IEnumerable<ComponentTest> tests) => Wording.List([.. tests.Select(test => $"the {What(test)} of {test.Term}{(test.Name.Length == 0 ? "" : $" ({test.Name})")} (LR = {Readable.Fixed(test.Statistic, 2)}, {(test.IsUpperBound ? $"p at most {Readable.PCell(test.PValue).TrimStart('<')}" : Readable.PValue(test.PValue))})")]);
        if (made.FindAll(test => test.PValue < Level) is { Count: > 0 } needed)
        {
            yield return $"The model fits worse without {Names(needed)}.";
        }

        if (made.FindAll(test => test.PValue >= Level) is { Count: > 0 } idle)
        {
            yield return $"It fits no worse than by chance without {Names(idle)}; a level that belongs to the design stays in the model all the same.";
        }

        foreach (var test in result.Tests.Where(test => test.Problem is not null))
        {
            yield return $"{test.Term}: {test.Problem}";
        }
    }

    private static string What(ComponentTest test) => test.Parameters > 1 ? "variances and correlations" : "variance";

    private static string Estimate(MultilevelResult model, ComponentTest test) => test.Parameters > 1 ? "" : string.Concat(model.Components
        .Where(component => component.Kind == ComponentKind.Variance && (component.Term, component.Name) == (test.Term, test.Name)).Select(component => ModelText.Variance(component.Value)));

    private static string Asymmetry(MultilevelAsymmetryResult result)
    {
        var (slope, isSuspicious) = (result.Slope, result.Slope.PValue < AsymmetryLevel);
        return $"{(isSuspicious ? "Less precise effects differ from precise ones" : "There is no sign that less precise effects differ from precise ones")}: the {slope.Name} is {Readable.Significant(slope.Estimate)} "
            + $"({Readable.Level(slope.Interval.Level)}% CI {Readable.Significant(slope.Interval.Lower)} to {Readable.Significant(slope.Interval.Upper)}; {ModelText.Test(slope.Statistic, slope.DegreesOfFreedom, slope.PValue)}), "
            + $"with errors robust to the dependence ({result.Regression.Type}, {Readable.Count(result.Regression.ClusterCount)} clusters){(isSuspicious ? "; heterogeneity may do the same as unpublished studies" : "")}.";
    }
}
