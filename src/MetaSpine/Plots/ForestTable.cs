namespace MetaSpine;

/// <summary>Everything that a forest plot shows, before anything has a place.</summary>
internal sealed record ForestTable
{
    public required Measure Measure { get; init; }

    /// <summary>No effect on the scale that people read; null where the measure has no such value.</summary>
    public required double? Null { get; init; }

    /// <summary>The columns left of the picture.</summary>
    public required IReadOnlyList<ForestField> Left { get; init; }

    /// <summary>The columns right of it.</summary>
    public required IReadOnlyList<ForestField> Right { get; init; }

    /// <summary>The rows with a cell for each of these columns.</summary>
    public required IReadOnlyList<ForestRow> Rows { get; init; }

    /// <summary>What the effect is, heading its column and the axis.</summary>
    public required string EffectName { get; init; }

    public required string StudyHeading { get; init; }

    /// <summary>Where the dashed line stands; null for none.</summary>
    public required double? Reference { get; init; }

    /// <summary>The lines below the picture.</summary>
    public required IReadOnlyList<string> Footer { get; init; }

    public required string Description { get; init; }

    /// <summary>A row in words, for those who point at it.</summary>
    public required Func<ForestRow, string> Tip { get; init; }

    /// <summary>The table of rows, their cells filled in.</summary>
    public static IReadOnlyList<ForestRow> Fill(IEnumerable<ForestRow> rows, IReadOnlyList<ForestField> left, IReadOnlyList<ForestField> right) =>
        [.. rows.Select(row => row.IsWide ? row : row with { Cells = [.. left.Concat(right).Select(field => field.Cell(row))] })];

    /// <summary>A measure's name as a heading.</summary>
    public static string NameOf(Measure measure) => ForestColumns.Readable(measure.ReadAs);

    /// <summary>The column of estimates with their intervals.</summary>
    public static ForestField Effect(Measure measure, ForestNumbers numbers, string level, double size) => new(
        null, [.. TextMetrics.Wrap(NameOf(measure), 10.4 * size, size, bold: true), numbers.Heading(level)], numbers.Cell)
    {
        Anchors = [TextAnchor.End, TextAnchor.End, TextAnchor.Start],
        Gaps = numbers.Gaps,
    };
}
