namespace MetaSpine;

/// <summary>How far two raters agree, by every coefficient in use, beside the table that they come from.</summary>
public sealed partial record AgreementResult
{
    /// <summary>The table.</summary>
    public required AgreementTable Table { get; init; }

    /// <summary>The level of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>Cohen's kappa, and with three or more categories its two weighted forms; PABAK, Gwet's AC1, Scott's pi.</summary>
    public required ValueList<AgreementCoefficient> Coefficients { get; init; }

    /// <summary>The share of the records on which both agree.</summary>
    public double Observed => Coefficients[0].Observed;

    /// <summary>Cohen's kappa without weights.</summary>
    public AgreementCoefficient Kappa => Coefficients[0];

    /// <summary>
    /// For each category the share of agreement among the choices of it, 2 n_kk / (n_k. + n_.k): of two categories these are positive and negative
    /// agreement (Cicchetti and Feinstein 1990, doi:10.1016/0895-4356(90)90159-M). Null where nobody chose it.
    /// </summary>
    public required ValueList<CategoryAgreement> Categories { get; init; }

    /// <summary>The largest share that one category has in both raters' choices together: the larger, the more of the agreement is chance.</summary>
    public double LargestShare => LargestShareOf(Table);

    /// <summary>The coefficient of a code.</summary>
    /// <param name="code">The code, such as <c>ac1</c>.</param>
    /// <exception cref="ArgumentException">The table has none of that code.</exception>
    public AgreementCoefficient this[string code] => Coefficients.FirstOrDefault(coefficient => coefficient.Code == code)
        ?? throw new ArgumentException($"There is no coefficient '{code}' here{NearestName.Ending(code, [.. Coefficients.Select(coefficient => coefficient.Code)])}", nameof(code));

    private static double LargestShareOf(AgreementTable table) =>
        Enumerable.Range(0, table.Categories.Count).Max(k => (table.RowTotal(k) + table.ColumnTotal(k)) / (2.0 * table.Total));

    internal static AgreementResult Of(AgreementTable table, double level) => new()
    {
        Table = table,
        Level = level,
        Coefficients =
        [
            AgreementKernel.Cohen(table, 0, level),
            .. table.Categories.Count < 3 ? [] : new[] { AgreementKernel.Cohen(table, 1, level), AgreementKernel.Cohen(table, 2, level) },
            AgreementKernel.Pabak(table, level), AgreementKernel.Ac1(table, level), AgreementKernel.Scott(table, level),
        ],
        Categories = Enumerable.Range(0, table.Categories.Count)
            .Select(k => new CategoryAgreement(table.Categories[k], table.RowTotal(k) + table.ColumnTotal(k) is > 0 and var chosen ? 2.0 * table[k, k] / chosen : null)).ToValueList(),
    };
}

/// <summary>The agreement on one category.</summary>
/// <param name="Category">The category.</param>
/// <param name="Share">The share of agreement among the choices of it; <see langword="null"/> where nobody chose it.</param>
public sealed record CategoryAgreement(string Category, double? Share);
