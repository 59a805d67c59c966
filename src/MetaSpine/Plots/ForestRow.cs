namespace MetaSpine;

/// <summary>What a row of a forest plot is.</summary>
internal enum ForestRowKind
{
    Heading,
    Study,
    NotEstimable,
    Subtotal,
    Total,
    Prediction,
    Note,
    Gap,
}

/// <summary>A row of a forest plot.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Label">What stands at its left.</param>
/// <param name="Cells">The parts of its cells, column by column; empty where it has none.</param>
/// <param name="Indented">Whether it belongs to a subgroup.</param>
/// <param name="Estimate">The estimate on the scale that people read; NaN where there is none.</param>
/// <param name="Lower">The lower bound of its interval, likewise.</param>
/// <param name="Upper">The upper bound.</param>
/// <param name="Weight">The weight as a proportion.</param>
internal sealed record ForestRow(
    ForestRowKind Kind,
    string Label,
    IReadOnlyList<string[]> Cells,
    bool Indented = false,
    double Estimate = double.NaN,
    double Lower = double.NaN,
    double Upper = double.NaN,
    double Weight = double.NaN)
{
    public bool IsSummary => Kind is ForestRowKind.Subtotal or ForestRowKind.Total;
}
