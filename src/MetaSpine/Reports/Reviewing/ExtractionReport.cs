using System.Globalization;
using System.Text.Json;

namespace MetaSpine;

/// <summary>Two extractions in words, as tables and as JSON.</summary>
internal static class ExtractionReport
{
    private const int MostShown = 300;

    public static ReportParts Parts(ExtractionComparison comparison) => new(
        comparison.Studies is [var one] ? $"Two extractions of {one}" : "Two extractions", Findings(comparison), [],
        comparison.Agreement.Any(group => group.Kind == FieldKind.Number)
            ? ["Of numbers, Close counts pairs that agree or could be roundings of each other, Apart is the mean of |A - B|, and CCC is Lin's concordance correlation, from three pairs on."] : [],
        comparison.Agreement.Any(group => group.Kappa is not null || group.Concordance is not null)
            ? ["Cohen's kappa: Cohen 1960, doi:10.1177/001316446002000104. Concordance correlation: Lin 1989, doi:10.2307/2532051."] : []);

    private static IEnumerable<Block> Findings(ExtractionComparison comparison)
    {
        yield return new Paragraph(Summary(comparison));
        if (comparison.Differences.Count > 0)
        {
            foreach (var study in comparison.Differences.Take(MostShown).GroupBy(difference => difference.Study, StringComparer.Ordinal))
            {
                yield return new Bullets(study.Key, [.. study.Select(Sentence)]);
            }

            if (comparison.Differences.Count > MostShown)
            {
                yield return new Paragraph($"{Readable.Count(comparison.Differences.Count - MostShown)} more differences are not shown; the CSV and JSON forms have all.");
            }
        }

        foreach (var kind in comparison.Agreement.GroupBy(group => group.Kind))
        {
            yield return new TableBlock(Agreement(kind.Key, [.. kind]));
        }

        foreach (var group in comparison.Agreement)
        {
            if (group.Kappa is { } kappa)
            {
                yield return new Paragraph($"{PooledReport.Capital(group.Name)}: the choices of A in rows, of B in columns.");
                yield return new TableBlock(AgreementReport.Counts(new AgreementTable(
                    kappa.Table.Categories, [.. Enumerable.Range(0, kappa.Table.Categories.Count).Select(row => Enumerable.Range(0, kappa.Table.Categories.Count).Select(column => kappa.Table[row, column]).ToArray())], "A", "B")));
            }
        }
    }

    private static string Summary(ExtractionComparison comparison)
    {
        var (both, onlyA, onlyB) = (comparison.Agreement.Sum(group => group.Both), comparison.Agreement.Sum(group => group.OnlyA), comparison.Agreement.Sum(group => group.OnlyB));
        var form = comparison.Differences.Count(difference => difference.Kind == DifferenceKind.Form);
        var start = $"A is {comparison.A}, B is {comparison.B}. ";
        return start + (comparison.Differences.Count == 0
            ? $"They agree in all {Count(both, "field")}."
            : $"Of {Count(comparison.Fields, "field")} that either gives, both give {Readable.Count(both)} and agree on {Readable.Count(comparison.Agreed)} of these{Share(comparison.Agreed, both)}; "
                + $"only A gives {Readable.Count(onlyA)}, only B {Readable.Count(onlyB)}."
                + (form > 0 ? $" {Count(form, "number")} of those that agree {(form == 1 ? "is" : "are")} written in another form, with other precision." : "")
                + $" There {(comparison.Differences.Count == 1 ? "is 1 difference" : $"are {Readable.Count(comparison.Differences.Count)} differences")} to decide on"
                + (form > 0 ? ", those of form included" : "") + "; a part that one side lacks is one.");
    }

    private static string Sentence(FieldDifference difference)
    {
        var (a, b) = (Shown(difference.A), Shown(difference.B));
        if (difference.Path.Length == 0)
        {
            return $"the whole study: only {(difference.A is null ? "B" : "A")} has it ({difference.A ?? difference.B})";
        }

        var places = string.Join(", ", new[] { difference.AtA, difference.AtB }.Where(at => at.Line > 0).Select(at => at.ToString()));
        return $"{difference.Path}: " + difference.Kind switch
        {
            DifferenceKind.OnlyA => $"only A gives it, {a}",
            DifferenceKind.OnlyB => $"only B gives it, {b}",
            DifferenceKind.Form => $"the same number as {a} in A and {b} in B",
            _ => $"{a} in A, {b} in B",
        } + (places.Length > 0 ? $" ({places})" : "");
    }

    private static string Shown(string? text) => text is null ? "nothing" : NumberText.IsNumber(text) ? text : $"'{NumberText.Shorten(text)}'";

    private static Table Agreement(FieldKind kind, IReadOnlyList<FieldAgreement> groups)
    {
        TableColumn Right(string heading) => new(heading, Alignment.Right);
        IEnumerable<TableColumn> more = kind switch
        {
            FieldKind.Number => [Right("Close"), Right("Apart"), Right("CCC")],
            FieldKind.Category => [Right("Kappa")],
            _ => [],
        };
        return new(
            [new(kind switch { FieldKind.Number => "Numbers", FieldKind.Category => "Categories", _ => "Texts" }), Right("Both"), Right("Agree"), Right("%"), Right("Only A/B"), .. more],
            [.. groups.Select(group => (string[])
            [
                group.Name, Readable.Count(group.Both), Readable.Count(group.Agreed), group.Both == 0 ? "" : Percent(group.Agreed, group.Both), $"{Readable.Count(group.OnlyA)}/{Readable.Count(group.OnlyB)}",
                .. kind switch
                {
                    FieldKind.Number => new[] { group.WithinRounding is { } close ? Readable.Count(close) : "", group.MeanAbsoluteDifference is { } mean ? Readable.Significant(mean) : "", group.Concordance is { } ccc ? Readable.Fixed(ccc, 3) : "" },
                    FieldKind.Category => [group.Kappa?.Kappa.Estimate is { } kappa ? Readable.Fixed(kappa, 2) : ""],
                    _ => [],
                },
            ])]);
    }

    /// <summary>The list to decide on: fill in kept and reason.</summary>
    public static Table Exact(ExtractionComparison comparison) => new(
        [new("study"), new("path"), new("difference"), new("a"), new("b"), new("at_a"), new("at_b"), new("kept"), new("reason")],
        [.. comparison.Differences.Select(difference => (string[])
        [
            difference.Study, difference.Path, Word(difference.Kind), difference.A ?? "", difference.B ?? "", At(difference.AtA), At(difference.AtB), "", "",
        ])]);

    public static void Write(Utf8JsonWriter writer, ExtractionComparison comparison)
    {
        writer.WriteStartObject();
        writer.WriteString("a", comparison.A);
        writer.WriteString("b", comparison.B);
        ResultJson.Write(writer, "studies", comparison.Studies);
        writer.WriteNumber("fields", comparison.Fields);
        writer.WriteNumber("both", comparison.Agreement.Sum(group => group.Both));
        writer.WriteNumber("agreed", comparison.Agreed);
        Differences(writer, "differences", comparison.Differences);
        writer.WriteStartArray("agreement");
        foreach (var group in comparison.Agreement)
        {
            writer.WriteStartObject();
            writer.WriteString("name", group.Name);
            writer.WriteString("kind", Word(group.Kind));
            writer.WriteNumber("both", group.Both);
            writer.WriteNumber("agreed", group.Agreed);
            writer.WriteNumber("onlyA", group.OnlyA);
            writer.WriteNumber("onlyB", group.OnlyB);
            writer.WriteFinite("withinRounding", group.WithinRounding);
            writer.WriteFinite("meanAbsoluteDifference", group.MeanAbsoluteDifference);
            writer.WriteFinite("concordance", group.Concordance);
            writer.WritePropertyName("kappa");
            if (group.Kappa is { } kappa)
            {
                ScreeningReport.Write(writer, kappa);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static void Differences(Utf8JsonWriter writer, string name, IEnumerable<FieldDifference> differences)
    {
        writer.WriteStartArray(name);
        foreach (var difference in differences)
        {
            writer.WriteStartObject();
            if (difference.Study.Length > 0)
            {
                writer.WriteString("study", difference.Study);
            }

            writer.WriteString("path", difference.Path);
            writer.WriteString("difference", Word(difference.Kind));
            writer.WriteString("field", Word(difference.Field));
            writer.WriteString("a", difference.A);
            writer.WriteString("b", difference.B);
            writer.WriteString("atA", At(difference.AtA));
            writer.WriteString("atB", At(difference.AtB));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Word(DifferenceKind kind) => kind switch { DifferenceKind.Form => "form", DifferenceKind.OnlyA => "only A", DifferenceKind.OnlyB => "only B", _ => "different" };

    private static string Word(FieldKind kind) => kind switch { FieldKind.Number => "number", FieldKind.Category => "category", _ => "text" };

    private static string At(SourcePosition at) => at.File is null ? "" : at.ToString();

    private static string Count(int count, string one) => $"{Readable.Count(count)} {one}{(count == 1 ? "" : "s")}";

    private static string Share(int part, int whole) => whole == 0 ? "" : $" ({Percent(part, whole)}%)";

    private static string Percent(int part, int whole) => (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture);
}
