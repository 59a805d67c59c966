using System.Globalization;

namespace MetaSpine;

/// <summary>Agreement of raters in words and as tables: never a coefficient without the table that it comes from.</summary>
internal static class AgreementReport
{
    private const double MostlyOne = 0.8;

    private const string Bands = "0.40 to 0.59 fair, 0.60 to 0.74 good, 0.75 and more excellent";

    public static readonly string[] Sources =
    [
        "Cohen's kappa: Cohen 1960, doi:10.1177/001316446002000104; its standard errors, also with weights: Fleiss, Cohen and Everitt 1969, doi:10.1037/h0028106.",
        "PABAK: Byrt, Bishop and Carlin 1993, doi:10.1016/0895-4356(93)90018-V. Gwet's AC1 and its standard error: Gwet 2008, doi:10.1348/000711006X126600. Scott's pi: Scott 1955, doi:10.1086/266577.",
        $"Words: Cochrane Handbook 5.1, section 7.2.6: {Bands}. They are a convention and no test.",
    ];

    public static readonly string SeveralSource =
        "Fleiss' kappa: Fleiss 1971, doi:10.1037/h0031619; standard error under chance: Fleiss, Nee and Landis 1979, doi:10.1037/0033-2909.86.5.974; interval: Gwet 2008.";

    public static IEnumerable<Block> Findings(AgreementResult result)
    {
        var table = result.Table;
        yield return new Paragraph(FormattableString.Invariant(
            $"{table.First} and {table.Second} agree on {Percent(result.Observed)}% of {Count(table.Total, "record", "records")}; by chance alone {Percent(result.Kappa.Expected)}% would be expected.")
            + $" {Kappa(result.Kappa, result.Level, OnlyCategory(table))}");
        yield return new TableBlock(Counts(table));
        if (result.Kappa.Estimate is not null && result.LargestShare >= MostlyOne)
        {
            var most = table.Categories[Enumerable.Range(0, table.Categories.Count).MaxBy(k => table.RowTotal(k) + table.ColumnTotal(k))];
            yield return new Paragraph($"{Percent(result.LargestShare)}% of all choices are '{most}', so that most agreement is expected by chance: read the share of agreement, kappa and the table together.");
        }

        yield return new Paragraph($"Agreement where a category was chosen: {string.Join("; ", result.Categories.Select(category => $"{category.Category} {(category.Share is { } share ? Percent(share) + "%" : "not chosen by anyone")}"))}.");
        yield return new TableBlock(Coefficients(result.Coefficients, result.Level));
        if (result.Observed >= 1)
        {
            yield return new Paragraph("No record was judged differently. A standard error of 0 follows from that and does not mean certainty.");
        }
    }

    public static IEnumerable<Block> Findings(MultiraterAgreement result)
    {
        var only = result.Categories.Zip(result.Shares).Where(pair => pair.Second >= 1).Select(pair => pair.First).FirstOrDefault();
        yield return new Paragraph(FormattableString.Invariant(
            $"Of all pairs of judgements of {Count(result.Records, "record", "records")} by {result.Raters} raters, {Percent(result.Kappa.Observed)}% agree; by chance alone {Percent(result.Kappa.Expected)}% would be expected.")
            + $" {Kappa(result.Kappa, result.Level, only)}");
        yield return new TableBlock(new Table(
            [new("Category"), new("Share of all judgements", Alignment.Right)], [.. result.Categories.Zip(result.Shares).Select(pair => (string[])[pair.First, $"{Percent(pair.Second)}%"])]));
        yield return new TableBlock(Coefficients([result.Kappa, result.Ac1], result.Level));
    }

    /// <summary>How often each pair of choices was made, with the sums of both raters.</summary>
    public static Table Counts(AgreementTable table)
    {
        string[] Row(string name, Func<int, long> cell, long total) => [name, .. Enumerable.Range(0, table.Categories.Count).Select(column => Readable.Count(cell(column))), Readable.Count(total)];
        return new Table(
            [new($"{table.First} (rows), {table.Second}"), .. table.Categories.Select(category => new TableColumn(category, Alignment.Right)), new("Total", Alignment.Right)],
            [.. Enumerable.Range(0, table.Categories.Count).Select(row => Row(table.Categories[row], column => table[row, column], table.RowTotal(row))), Row("Total", table.ColumnTotal, table.Total)])
        {
            FooterRows = 1,
        };
    }

    private static Table Coefficients(IEnumerable<AgreementCoefficient> coefficients, double level)
    {
        var all = coefficients.ToList();
        return new Table(
            [new("Coefficient"), new("Estimate", Alignment.Right), new("SE", Alignment.Right), new($"{Readable.Level(level)}% CI", Alignment.DecimalPoint), new("SE by chance", Alignment.Right), new("p", Alignment.Right)],
            [.. all.Select(coefficient => (string[])
            [
                coefficient.Name, coefficient.Estimate is { } estimate ? Readable.Fixed(estimate, 3) : Readable.None, coefficient.StandardError is { } error ? Readable.Fixed(error, 4) : "",
                coefficient.Interval is { } interval ? $"{Readable.Fixed(interval.Lower, 3)} to {Readable.Fixed(interval.Upper, 3)}" : "",
                coefficient.NullStandardError is { } chance ? Readable.Fixed(chance, 4) : "", coefficient.PValue is { } p ? Readable.PCell(p) : "",
            ])]);
    }

    private static string Kappa(AgreementCoefficient kappa, double level, string? only) => kappa.Estimate is { } estimate
        ? $"{kappa.Name} is {Readable.Fixed(estimate, 2)}{(kappa.Interval is { } interval ? $" ({Readable.Level(level)}% CI {Readable.Fixed(interval.Lower, 2)} to {Readable.Fixed(interval.Upper, 2)})" : "")}: {AgreementWords.Cochrane(estimate)} in the words of the Cochrane Handbook."
        : $"{kappa.Name} cannot be estimated: everybody put every record into one category{(only is null ? "" : $", '{only}'")}, so that chance alone gives full agreement and nothing is left to measure.";

    private static string? OnlyCategory(AgreementTable table) =>
        Enumerable.Range(0, table.Categories.Count).Where(k => table[k, k] == table.Total).Select(k => table.Categories[k]).FirstOrDefault();

    private static string Count(long count, string one, string several) => $"{Readable.Count(count)} {(count == 1 ? one : several)}";

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
