namespace MetaSpine;

/// <summary>Writes estimates with their intervals: as many decimals in every row, in the same form.</summary>
internal sealed class ForestNumbers
{
    public const string NoEstimate = "not estimable";

    private readonly int _digits;
    private readonly bool _powers;
    private readonly ForestIntervalFormat _format;

    /// <param name="pooled">The pooled result: ratios are read in hundredths, other effects in steps that suit its interval.</param>
    /// <param name="digits">The decimals that were asked for.</param>
    /// <param name="format">How intervals are written.</param>
    /// <param name="rows">The rows, on the scale that people read.</param>
    public ForestNumbers(IPooledEffect pooled, int? digits, ForestIntervalFormat format, IEnumerable<ForestRow> rows)
    {
        var (_, estimate, (lower, upper, _), _) = pooled.Natural;
        _digits = digits ?? PlotText.Digits(pooled.Effects.Measure, upper - lower);

        // Six decimals would leave nothing of numbers that small.
        _powers = digits is null && Math.Max(Math.Abs(estimate), Math.Max(Math.Abs(lower), Math.Abs(upper))) is > 0 and < 5e-5;

        // Between negative numbers a dash would read as one sign more.
        _format = format == ForestIntervalFormat.Dash && rows.Any(row => row.Lower < 0) ? ForestIntervalFormat.To : format;
    }

    /// <summary>The heading of the intervals: "[95% CI]".</summary>
    public string Heading(string level) => _format == ForestIntervalFormat.Brackets ? $"[{level}% CI]" : $"({level}% CI)";

    /// <summary>Between the parts of <see cref="Cell"/>, in pixels.</summary>
    public IReadOnlyList<double> Gaps => [4, _format == ForestIntervalFormat.Dash ? 0.5 : 4];

    /// <summary>The parts of a row's cell: the estimate, and the bounds with what stands around them.</summary>
    public string[] Cell(ForestRow row) => row.Kind switch
    {
        ForestRowKind.NotEstimable => [NoEstimate],
        ForestRowKind.Heading or ForestRowKind.Note or ForestRowKind.Gap => [],
        _ when double.IsNaN(row.Estimate + row.Lower) || double.IsNaN(row.Upper) => [NoEstimate],
        ForestRowKind.Prediction => ["", .. Bounds(row)],
        _ => [Number(row.Estimate), .. Bounds(row)],
    };

    /// <summary>The same as one text.</summary>
    public string Text(ForestRow row) => string.Join(' ', Cell(row)).TrimStart().Replace("– ", "–", StringComparison.Ordinal);

    private string[] Bounds(ForestRow row)
    {
        var (lower, upper) = (Number(row.Lower), Number(row.Upper));
        return _format switch
        {
            ForestIntervalFormat.To => [$"({lower}", $"to {upper})"],
            ForestIntervalFormat.Dash => [$"({lower}–", $"{upper})"],
            _ => [$"[{lower},", $"{upper}]"],
        };
    }

    private string Number(double value) => _powers && value != 0 && Math.Abs(value) < 0.1 ? PlotNumbers.PowerOfTen(value) : PlotNumbers.Fixed(value, _digits);
}
