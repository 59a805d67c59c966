namespace MetaSpine;

/// <summary>A coefficient of any model, as a row of a table; null is what the model does not have.</summary>
internal sealed record CoefficientRow(string Name, double Estimate, double? StandardError, double? Statistic, double? DegreesOfFreedom, double? PValue, Interval? Interval)
{
    public static IReadOnlyList<CoefficientRow> Of(IReadOnlyList<Coefficient> coefficients) =>
        [.. coefficients.Select(c => new CoefficientRow(c.Name, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval))];
}

/// <summary>Tables of coefficients.</summary>
internal static class CoefficientTable
{
    /// <summary>The columns of <see cref="Exact(CoefficientRow)"/>.</summary>
    public static IReadOnlyList<TableColumn> ExactColumns { get; } =
        [new("coefficient"), new("estimate"), new("standard_error"), new("statistic"), new("df"), new("p"), new("lower"), new("upper")];

    /// <summary>Coefficients of the effect; those of ratios also exponentiated.</summary>
    public static Table Of(Measure measure, IReadOnlyList<CoefficientRow> coefficients, double level, string? statistic = null) =>
        Of("Coefficient", coefficients, level, measure.NullValue is 0 && ReferenceEquals(measure.Scale, Scale.Log), statistic);

    /// <summary>One row per coefficient, without the columns that no row fills; degrees of freedom only where they are not the same whole number for all.</summary>
    public static Table Of(string heading, IReadOnlyList<CoefficientRow> coefficients, double level, bool exponentiated, string? statistic = null)
    {
        var first = coefficients[0].DegreesOfFreedom;
        var showsFreedom = coefficients.Any(c => c.DegreesOfFreedom is { } df && (df != first || df != Math.Floor(df)));
        List<(TableColumn Column, Func<CoefficientRow, string> Cell)> columns =
        [
            (new(heading) { Wraps = true }, c => DesignTerms.Shown(c.Name)),
            (new("b", Alignment.DecimalPoint), c => Fixed(c, c.Estimate)),
            (new("SE", Alignment.DecimalPoint), c => Fixed(c, c.StandardError)),
            (new(statistic ?? (first is null ? "z" : "t"), Alignment.DecimalPoint), c => c.Statistic is { } t ? Readable.Fixed(t, 2) : ""),
            (new("df", Alignment.DecimalPoint), c => showsFreedom ? Freedom(c.DegreesOfFreedom) : ""),
            (new("p", Alignment.Right), c => c.PValue is { } p ? Readable.PCell(p) : ""),
            (new($"{Readable.Level(level)}% CI", Alignment.DecimalPoint), c => c.Interval is { } i ? $"{Fixed(c, i.Lower)} to {Fixed(c, i.Upper)}" : ""),
            (new("exp(b)", Alignment.DecimalPoint), c => exponentiated ? Exponential(c) : ""),
        ];
        columns.RemoveAll(column => coefficients.All(c => column.Cell(c).Length == 0) && column.Column.Heading != heading);
        return new Table(columns.ConvertAll(column => column.Column), [.. coefficients.Select(c => columns.ConvertAll(column => column.Cell(c)))]);
    }

    /// <summary>One digit more than the interval's half-width needs, so that estimate over standard error can be checked.</summary>
    private static string Fixed(CoefficientRow row, double? value) => value is { } number
        ? Readable.Fixed(number, row.Interval is { } interval && double.IsFinite(interval.Upper - interval.Lower)
            ? Math.Max(2, Readable.DecimalsFor(interval) + 1)
            : Math.Max(2, Readable.SignificantDecimals(row.Estimate)))
        : "";

    /// <summary>As precise as the coefficient, unless that would show as 0 or is far from 1.</summary>
    private static string Exponential(CoefficientRow row)
    {
        var value = Math.Exp(row.Estimate);
        return value is >= 0.01 and < 100 ? Fixed(row, value) : Readable.Significant(value);
    }

    /// <summary>Degrees of freedom for a cell: whole ones without decimals.</summary>
    public static string Freedom(double? value) => value is { } df ? df == Math.Floor(df) ? Readable.Count(df) : Readable.Fixed(df, 1) : "";

    /// <summary>One row per coefficient, all digits kept.</summary>
    public static Table Exact(IReadOnlyList<CoefficientRow> coefficients) => new(ExactColumns, [.. coefficients.Select(Exact)]);

    /// <summary>A coefficient with all its digits.</summary>
    public static string[] Exact(CoefficientRow c) =>
    [
        c.Name, Readable.Exact(c.Estimate), Readable.Exact(c.StandardError), Readable.Exact(c.Statistic), Readable.Exact(c.DegreesOfFreedom),
        Readable.Exact(c.PValue), Readable.Exact(c.Interval?.Lower), Readable.Exact(c.Interval?.Upper),
    ];
}
