namespace MetaSpine;

/// <summary>The habits of a journal or program beside its colours; a theme's name brings its own along.</summary>
/// <param name="Columns">The columns in their order.</param>
/// <param name="Intervals">How intervals are written.</param>
/// <param name="SplitTotals">Whether events and totals are columns of their own.</param>
/// <param name="Bands">Whether every other row is tinted.</param>
/// <param name="FavoursAbove">Whether what the sides mean stands over the picture rather than under its axis.</param>
internal sealed record ForestStyle(
    IReadOnlyList<ForestColumn> Columns, ForestIntervalFormat Intervals, bool SplitTotals = false, bool Bands = false, bool FavoursAbove = false)
{
    private static readonly ForestStyle Default = new(
        [ForestColumn.Data, ForestColumn.Picture, ForestColumn.Effect, ForestColumn.Weight], ForestIntervalFormat.Brackets);

    private static readonly ForestStyle RevMan = new(
        [ForestColumn.Data, ForestColumn.Weight, ForestColumn.Effect, ForestColumn.Picture], ForestIntervalFormat.Brackets, SplitTotals: true);

    private static readonly ForestStyle Jama = new(
        [ForestColumn.Data, ForestColumn.Effect, ForestColumn.Picture, ForestColumn.Weight], ForestIntervalFormat.Dash, FavoursAbove: true);

    private static readonly ForestStyle Bmj = new(
        [ForestColumn.Data, ForestColumn.Picture, ForestColumn.Weight, ForestColumn.Effect], ForestIntervalFormat.To, Bands: true);

    public static ForestStyle Of(PlotTheme theme) => theme.Name.Split('-')[0] switch
    {
        "revman" => RevMan,
        "jama" => Jama,
        "bmj" => Bmj,
        _ => Default,
    };
}
