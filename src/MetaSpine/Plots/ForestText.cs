using System.Text;

namespace MetaSpine;

/// <summary>The sentences of a forest plot.</summary>
internal static class ForestText
{
    /// <summary>"Random effects".</summary>
    public static string ModelName(PooledResult result) =>
        result.StudyCount == 1 ? "One study" : result.Options.Method == PoolingMethod.EE ? "Equal effects" : "Random effects";

    /// <summary>The lines below the picture.</summary>
    public static IReadOnlyList<string> Footer(ForestSource source)
    {
        var lines = new List<string> { Model(source.Lead) + (source.Overall is null ? "" : Test(source.Overall)) };
        if (source.Overall is { StudyCount: > 1 })
        {
            lines.Add("Heterogeneity: " + Heterogeneity(source.Overall));
        }

        if (source.SubgroupTest is { } test)
        {
            lines.Add("Differences between subgroups: " + Q(test));
        }

        foreach (var group in source.Listed.SelectMany(result => result.Studies).GroupBy(study => study.Effect.Adjustment, StringComparer.Ordinal))
        {
            if (group.Key is not null)
            {
                lines.Add($"{group.Key}: {string.Join(", ", group.Select(study => study.Effect.Label))}");
            }
        }

        return lines;
    }

    /// <summary>tau^2, I^2 and Q in one line.</summary>
    public static string Heterogeneity(PooledResult result)
    {
        var tau2 = result.Options.Method == PoolingMethod.EE ? "" : $"τ² = {PlotNumbers.Variance(result.Tau2)}, ";
        var interval = result.I2Interval is { } i2 ? $" ({PlotNumbers.Fixed(i2.Lower, 0)}–{PlotNumbers.Fixed(i2.Upper, 0)}%)" : "";
        return $"{tau2}I² = {PlotNumbers.Fixed(result.I2, 0)}%{interval}, {Q(result.Q)}";
    }

    /// <summary>The picture in words, for those who do not see it.</summary>
    public static string Describe(ForestContent content, ForestSource source)
    {
        var count = source.Listed.Sum(result => result.StudyCount);
        var text = new StringBuilder(FormattableString.Invariant(
            $"{count} {(count == 1 ? "study" : "studies")}, {content.Lead.Effects.Measure.ReadAs} with {content.Level}% confidence interval."));
        foreach (var row in content.Rows)
        {
            text.Append(row.Kind switch
            {
                ForestRowKind.Heading => $" {row.Label}:",
                ForestRowKind.Subtotal or ForestRowKind.Total or ForestRowKind.Prediction => $" {row.Label} {string.Join(' ', row.Cells[^2]).TrimStart()}.",
                _ => "",
            });
        }

        foreach (var line in content.Footer)
        {
            text.Append($" {line}.");
        }

        var missing = source.Listed.SelectMany(result => result.Excluded).Select(study => (study.Label, study.Reason))
            .Concat(source.NotPooled.Select(study => (study.Label, study.Reason)));
        foreach (var (label, reason) in missing)
        {
            text.Append($" Not estimable: {label}, {reason.TrimEnd('.')}.");
        }

        return text.ToString();
    }

    /// <summary>"Random effects (REML, Knapp-Hartung)".</summary>
    private static string Model(PooledResult result)
    {
        if (result.StudyCount == 1)
        {
            return ModelName(result) + ": nothing is pooled";
        }

        var test = result.Options.Test switch
        {
            PoolingTest.T => ["t"],
            PoolingTest.KnappHartung => ["Knapp-Hartung"],
            PoolingTest.KnappHartungFloor => ["Knapp-Hartung with floor"],
            _ => Array.Empty<string>(),
        };
        string[] parts = [.. result.Options.Method == PoolingMethod.EE ? Array.Empty<string>() : [MethodNames.Of(result.Options.Method).Code], .. test];
        return ModelName(result) + (parts.Length == 0 ? "" : $" ({string.Join(", ", parts)})");
    }

    /// <summary>The test of no effect, where the measure has such a value.</summary>
    private static string Test(PooledResult result)
    {
        if (result.Effects.Measure.NullValue is null || !double.IsFinite(result.PValue))
        {
            return "";
        }

        var statistic = PlotNumbers.Fixed(result.Statistic, 2);
        return "; overall effect: " + (result.DegreesOfFreedom is { } df
            ? FormattableString.Invariant($"t = {statistic} (df = {df:0.##}), ")
            : $"z = {statistic}, ") + PlotNumbers.P(result.PValue);
    }

    private static string Q(ChiSquaredTest test) =>
        FormattableString.Invariant($"Q = {PlotNumbers.Fixed(test.Statistic, 2)} (df = {test.DegreesOfFreedom}), {PlotNumbers.P(test.PValue)}");
}
