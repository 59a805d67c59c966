namespace MetaSpine;

/// <summary>
/// Draws specification curves: the estimates of a multiverse in order, each with its interval, and below each the choices that led to it
/// (Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4:1208, doi:10.1038/s41562-020-0912-z).
/// </summary>
public static class SpecificationPlot
{
    /// <summary>The specification curve of a multiverse.</summary>
    /// <param name="result">What <see cref="Multiverse"/> gives.</param>
    /// <param name="options">What to show; <see cref="SpecificationPlotOptions.Default"/> where null.</param>
    /// <remarks>
    /// Choices with one alternative are not listed. Where there are more specifications than columns, those shown are evenly spaced in the order, with the
    /// first, the last and the reference among them; the picture says so.
    /// </remarks>
    public static Drawing Draw(MultiverseResult result, SpecificationPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= SpecificationPlotOptions.Default;
        var layout = new SpecificationLayout(result, options);
        var shares = result.Significant is { } significant
            ? FormattableString.Invariant($" {100 * significant.Either:0}% exclude no effect: {100 * significant.Above:0}% above and {100 * significant.Below:0}% below it.")
            : "";
        return new Drawing(
            layout.Scene(),
            options.Title ?? $"Specification curve of the {SpecificationLayout.Effect(result)}",
            $"{PlotText.Count(result.Specifications.Count, "specification", "specifications")} in the order of their estimates.{shares} {string.Join(" ", layout.Remarks)}".TrimEnd());
    }
}

/// <summary>What a specification curve shows.</summary>
public sealed record SpecificationPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static SpecificationPlotOptions Default { get; } = new();
}
