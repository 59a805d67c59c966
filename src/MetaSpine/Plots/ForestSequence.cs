namespace MetaSpine;

/// <summary>What the forest plot of a sequence of results says: without each study in turn, or after each study.</summary>
internal static class ForestSequence
{
    /// <param name="overall">The result of all studies.</param>
    /// <param name="steps">The results.</param>
    /// <param name="heading">The heading of the labels.</param>
    /// <param name="showOverall">Whether the result of all studies stands below the others.</param>
    /// <param name="notes">Lines below the picture.</param>
    /// <param name="options">The options.</param>
    public static ForestTable Table(
        IPooledEffect overall, IReadOnlyList<SubsetResult> steps, string heading, bool showOverall, IReadOnlyList<string> notes, ForestPlotOptions options)
    {
        var measure = overall.Effects.Measure;
        var style = ForestStyle.Of(options.Theme);
        var results = new Dictionary<ForestRow, SubsetResult>(ReferenceEqualityComparer.Instance);
        var rows = new List<ForestRow>();
        foreach (var step in steps)
        {
            var row = Row(step);
            results[row] = step;
            rows.Add(row);
        }

        rows = [.. Ordered(rows, options.Order)];
        var level = PlotNumbers.Short(overall.Interval.Level * 100);
        var whole = overall.Natural;
        var last = new ForestRow(ForestRowKind.Total, "All studies") { Part = "", Result = overall, Estimate = whole.Estimate, Lower = whole.Interval.Lower, Upper = whole.Interval.Upper };
        var numbers = new ForestNumbers(overall, options.Digits, options.Intervals ?? style.Intervals, rows);
        ForestField Column(string name, Func<SubsetResult, string?> cell, string? ofAll) =>
            new(null, [name], row => results.TryGetValue(row, out var step) ? [cell(step) ?? "–"] : row.Kind == ForestRowKind.Total && ofAll is not null ? [ofAll] : []);
        var data = new List<ForestField> { Column("Studies", step => PlotNumbers.Short(step.StudyCount), PlotNumbers.Short(overall.StudyCount)) };
        if (steps.Any(step => step.Tau2 is not null))
        {
            data.Add(Column("τ²", step => step.Tau2 is { } tau2 && step.StudyCount > 1 ? PlotNumbers.Variance(tau2) : null, overall.Tau2 is { } tau2 ? PlotNumbers.Variance(tau2) : null));
        }

        if (steps.Any(step => step.I2 is not null))
        {
            data.Add(Column("I²", step => step.I2 is { } i2 && step.StudyCount > 1 ? Percent(i2) : null, overall.I2 is { } i2 ? Percent(i2) : null));
        }

        var frame = new ForestFrame([overall], ForestTable.Effect(measure, numbers, level, options.Theme.TextSize), data, []);
        var (left, right) = frame.Arrange(options.Columns ?? style.Columns);
        var table = ForestTable.Fill(showOverall ? [.. rows, last] : rows, left, right);
        IReadOnlyList<string> footer = [ForestText.Model(overall), .. notes.Select(note => note.TrimEnd('.'))];
        return new ForestTable
        {
            Measure = measure,
            Null = options.ShowNullLine && measure.NullValue is { } none ? overall.Effects.BackTransform(none) : null,
            Left = left,
            Right = right,
            Rows = table,
            EffectName = ForestTable.NameOf(measure),
            StudyHeading = options.StudyHeading ?? heading,
            Reference = options.ShowEstimateLine ? whole.Estimate : null,
            Footer = footer,
            Description = $"{heading}, {measure.ReadAs} with {level}% confidence interval: "
                + string.Join("; ", table.Select(row => $"{ForestText.Isolated(row.Label)} {numbers.Text(row)}")) + "."
                + string.Concat(footer.Select(line => $" {line}.")),
            Tip = row => $"{heading}: {ForestText.Isolated(row.Label)}: {numbers.Text(row)}",
        };
    }

    private static ForestRow Row(SubsetResult step) => new(step.Natural is null ? ForestRowKind.NotEstimable : ForestRowKind.Step, step.Label)
    {
        Index = step.Rows is [var only] ? only : null,
        Estimate = step.Natural?.Estimate ?? double.NaN,
        Lower = step.Natural?.Interval.Lower ?? double.NaN,
        Upper = step.Natural?.Interval.Upper ?? double.NaN,
    };

    private static IEnumerable<ForestRow> Ordered(List<ForestRow> rows, ForestOrder order) => order switch
    {
        ForestOrder.Estimate => rows.OrderBy(row => double.IsNaN(row.Estimate)).ThenBy(row => row.Estimate),
        ForestOrder.Name => rows.OrderBy(row => row.Label, StringComparer.Ordinal),
        _ => rows,
    };

    private static string Percent(double percent) => PlotNumbers.Fixed(percent, 0) + "%";
}
