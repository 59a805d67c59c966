using System.Text;

namespace MetaSpine;

/// <summary>The sentences of a forest plot.</summary>
internal static class ForestText
{
    /// <summary>A footer names no more studies than this: of more, the table above shows which they are.</summary>
    private const int MostNamed = 10;

    /// <summary>The lines below the picture.</summary>
    public static IReadOnlyList<string> Footer(ForestSource source, ForestPlotOptions options)
    {
        var lines = new List<string> { Model(source.Lead) + (source.Overall is null ? "" : Test(source.Overall)) };
        if (options.ShowHeterogeneity && source.Overall is { StudyCount: > 1 } overall && Heterogeneity(overall) is { Length: > 0 } heterogeneity)
        {
            lines.Add("Heterogeneity: " + heterogeneity);
        }

        lines.AddRange(options.AlsoShow.Select(other => Model(other) + Test(other)));

        if (source.SubgroupTest is { } test)
        {
            lines.Add("Differences between subgroups: " + Test("Q", test));
        }

        var shown = source.Listed.SelectMany(result => result.Shares.Select(share => result.Effects.Studies[share.Row]));
        foreach (var group in shown.GroupBy(effect => effect.Adjustment, StringComparer.Ordinal).Where(group => group.Key is not null))
        {
            var count = group.Count();
            lines.Add($"{group.Key}: {(count > MostNamed ? PlotText.Count(count) : string.Join(", ", group.Select(effect => Isolated(effect.Label))))}");
        }

        return lines;
    }

    /// <summary>What stands for the clusters.</summary>
    public static IEnumerable<string> OfClusters(EffectClusters clusters, EffectArrangement layout, ForestPlotOptions options, IReadOnlyList<ForestRow> rows)
    {
        var what = layout == EffectArrangement.Nested ? "Small diamonds" : "Rows";
        if (options.ClusterSummary == ClusterSummary.Predicted)
        {
            yield return $"{what}: the predicted average true effect of each {clusters.Name} (empirical Bayes; Robinson 1991)";
        }
        else if (layout == EffectArrangement.Aggregated || (options.ClusterSummary == ClusterSummary.Aggregated && clusters.HasSeveral))
        {
            yield return $"{what}: the weighted mean of the effects of each {clusters.Name}, its interval from their sampling errors alone (Borenstein et al. 2009)";
            if (rows.Where(row => row.IsOutside).Select(row => Isolated(row.Label)).ToList() is { Count: > 0 } outside)
            {
                yield return $"Outside the range of their effects, since the assumed correlations give some a negative weight: {string.Join(", ", outside)}";
            }
        }
    }

    /// <summary>What the model knows of tau^2, I^2 and the test of heterogeneity, in one line.</summary>
    public static string Heterogeneity(IPooledEffect result)
    {
        var interval = result.I2Interval is { } range ? $" ({PlotNumbers.Fixed(range.Lower, 0)}–{PlotNumbers.Fixed(range.Upper, 0)}%)" : "";
        var name = result is PooledResult or StratifiedResult or MultilevelPooledResult ? "Q" : "likelihood-ratio χ²";
        string?[] parts =
        [
            result is MultilevelPooledResult multilevel ? Components(multilevel)
                : result.Tau2 is { } tau2 ? $"τ² = {PlotNumbers.Variance(tau2)}" : null,
            result.I2 is { } i2 ? $"I² = {PlotNumbers.Fixed(i2, 0)}%{interval}" : null,
            result.Heterogeneity is { } test ? Test(name, test) : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    /// <summary>Each variance of dependent effects by its term: "τ² = 0.065 (district) + 0.033 (district/school)".</summary>
    private static string Components(MultilevelPooledResult result) => "τ² = " + string.Join(
        result.Tau2 is null ? ", " : " + ",
        result.Components.Where(component => component.Kind == ComponentKind.Variance)
            .Select(component => $"{PlotNumbers.Variance(component.Value)} ({component.Term}{(component.Name.Length == 0 ? "" : $": {component.Name}")})"));

    /// <summary>The picture in words, for those who do not see it.</summary>
    public static string Describe(IReadOnlyList<ForestRow> rows, ForestNumbers numbers, string level, IReadOnlyList<string> footer, ForestSource source)
    {
        var count = source.Lead is MultilevelPooledResult dependent ? PooledCount.Of(dependent) : PlotText.Count(source.Listed.Sum(result => result.StudyCount));
        var text = new StringBuilder($"{count}, {source.Lead.Effects.Measure.ReadAs} with {level}% confidence interval.");
        foreach (var row in rows)
        {
            text.Append(row.Kind switch
            {
                ForestRowKind.Heading => $" {Isolated(row.Label)}:",
                ForestRowKind.Cluster => $" {Isolated(row.Label)} ({PlotText.Count(row.EffectCount, "effect", "effects")}) {numbers.Text(row)}.",
                ForestRowKind.Subtotal or ForestRowKind.Total or ForestRowKind.OtherModel or ForestRowKind.Prediction => $" {row.Label} {numbers.Text(row)}.",
                _ => "",
            });
        }

        foreach (var line in footer)
        {
            text.Append($" {line}.");
        }

        var missing = source.Listed.SelectMany(result => result.Excluded).Select(study => (study.Label, study.Reason))
            .Concat(source.NotPooled.Select(study => (study.Label, study.Reason)));
        foreach (var (label, reason) in missing)
        {
            text.Append($" Not estimable: {Isolated(label)}, {reason.TrimEnd('.')}.");
        }

        return text.ToString();
    }

    /// <summary>A name that runs from right to left, set apart so that the numbers beside it stay where they are (Unicode's first strong isolate).</summary>
    public static string Isolated(string name) =>
        name.AsSpan().ContainsAnyInRange('\u0590', '\u08FF') || name.AsSpan().ContainsAnyInRange('\uFB1D', '\uFEFC') ? $"\u2068{name}\u2069" : name;

    /// <summary>"Random effects (REML, Knapp-Hartung)".</summary>
    public static string Model(IPooledEffect result)
    {
        var nothing = result.StudyCount == 1 ? ": nothing is pooled" : "";
        return result.ModelName + (result.ModelDetail.Length == 0 ? "" : $" ({result.ModelDetail})") + nothing;
    }

    /// <summary>The test of no effect, where the measure has such a value.</summary>
    public static string Test(IPooledEffect result)
    {
        if (result.Effects.Measure.NullValue is null || !double.IsFinite(result.PValue))
        {
            return "";
        }

        var statistic = result.Statistic is { } known ? PlotNumbers.Fixed(known, 2) : "";
        return "; overall effect: " + (result.DegreesOfFreedom, statistic) switch
        {
            (_, "") => "exact ",
            ({ } df, _) => FormattableString.Invariant($"t = {statistic} (df = {df:0.##}), "),
            _ => $"z = {statistic}, ",
        } + PlotNumbers.P(result.PValue);
    }

    private static string Test(string name, ChiSquaredTest test) =>
        FormattableString.Invariant($"{name} = {PlotNumbers.Fixed(test.Statistic, 2)} (df = {test.DegreesOfFreedom}), {PlotNumbers.P(test.PValue)}");
}
