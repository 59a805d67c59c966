namespace MetaSpine;

/// <summary>
/// Draws the influence of each study as a panel of small plots, one for each diagnostic, with the limits beyond which a study counts as influential
/// (Viechtbauer and Cheung 2010, Research Synthesis Methods 1:112, doi:10.1002/jrsm.11).
/// </summary>
public static class InfluencePlot
{
    /// <summary>Beyond this a studentised residual is rare.</summary>
    private const double Rare = 1.96;

    /// <summary>The influence panel of a pooled result or a meta-regression.</summary>
    /// <param name="result">The diagnostics.</param>
    /// <param name="options">What to show; <see cref="InfluencePlotOptions.Default"/> where null.</param>
    public static Drawing Draw(InfluenceResult result, InfluencePlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= InfluencePlotOptions.Default;
        var theme = options.Theme;
        var (limits, model) = (result.Limits, result.Model);
        var flagged = Enumerable.Range(0, result.Studies.Count).Where(i => result.Studies[i].Flags != InfluenceCriteria.None)
            .OrderByDescending(i => result.Studies[i].Deleted?.CooksDistance ?? double.PositiveInfinity).ToList();
        InfluencePanel[] panels =
        [
            new("Studentised residual", study => study.Deleted?.Studentised, [-Rare, Rare], 0),
            new("DFFITS", study => study.Deleted?.Dffits, [-limits.Dffits, limits.Dffits], 0),
            new("Cook's distance", study => study.Deleted?.CooksDistance, [limits.CooksDistance], 0),
            new("Covariance ratio", study => study.Deleted?.CovarianceRatio, [], 1),
            new("τ² without the study", study => study.Deleted?.Tau2, [], model.Tau2),
            new("Q without the study", study => study.Deleted?.Q.Statistic, [], model.Q.Statistic),
            new("Leverage", study => study.Hat, [limits.Hat], (double)result.Columns.Count / result.Studies.Count),
            new("Weight (%)", study => 100 * study.Weight, [], 100.0 / result.Studies.Count),
        ];
        var key = Enumerable.Range(0, result.Studies.Count).Select(i => PlotText.Key(model, model.Studies[i])).ToList();
        var names = flagged.ConvertAll(i => result.Studies[i].Label);
        string[] footer =
        [
            "Across: the studies in their order. Dashed, where values come near: the limits of influence, of the residual ±1.96. Thin line: no influence; of τ² and Q the value with all studies, of leverage and weight the mean.",
            names.Count == 0 ? "No study is influential." : $"Influential, marked: {string.Join(", ", names)}.",
        ];
        return new Drawing(
            new PanelGrid(theme, options.Title, result.Studies, panels, key, flagged, footer).Finish(),
            options.Title ?? $"Influence of each study on the {model.Effects.Measure.ReadAs}",
            $"{PlotText.Count(result.Studies.Count)}. {string.Join(' ', result.Notes)}");
    }
}

/// <summary>What an influence panel shows.</summary>
public sealed record InfluencePlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static InfluencePlotOptions Default { get; } = new();
}

/// <summary>One small plot of an influence panel.</summary>
/// <param name="Title">The diagnostic.</param>
/// <param name="Value">Its value for a study; null where it has none.</param>
/// <param name="Limits">Where a study begins to be influential.</param>
/// <param name="Usual">The value of a study without influence, or of all studies.</param>
internal sealed record InfluencePanel(string Title, Func<StudyInfluence, double?> Value, IReadOnlyList<double> Limits, double Usual);
