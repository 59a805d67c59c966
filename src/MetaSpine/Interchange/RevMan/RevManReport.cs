using System.Globalization;
using System.Text.Json;

namespace MetaSpine;

/// <summary>An agreement in words, as tables and as JSON.</summary>
internal static class RevManReport
{
    private static readonly (RevManQuantity Quantity, string Word)[] Words =
    [
        (RevManQuantity.Effect, "effect"), (RevManQuantity.Lower, "lower limit"), (RevManQuantity.Upper, "upper limit"),
        (RevManQuantity.LogEffect, "log10 effect"), (RevManQuantity.LogLower, "log10 lower limit"), (RevManQuantity.LogUpper, "log10 upper limit"),
        (RevManQuantity.StandardError, "standard error"), (RevManQuantity.Variance, "variance"), (RevManQuantity.ObservedMinusExpected, "O-E"), (RevManQuantity.Weight, "weight %"),
        (RevManQuantity.Statistic, "z or t"), (RevManQuantity.PValue, "p"), (RevManQuantity.Heterogeneity, "Chi²"), (RevManQuantity.DegreesOfFreedom, "df"),
        (RevManQuantity.HeterogeneityPValue, "p of Chi²"), (RevManQuantity.I2, "I² %"), (RevManQuantity.Tau2, "τ²"), (RevManQuantity.Tau2Lower, "τ² lower limit"), (RevManQuantity.Tau2Upper, "τ² upper limit"),
        (RevManQuantity.PredictionLower, "prediction lower limit"), (RevManQuantity.PredictionUpper, "prediction upper limit"),
        (RevManQuantity.Between, "Chi² between"), (RevManQuantity.BetweenPValue, "p between"), (RevManQuantity.BetweenI2, "I² between %"),
        (RevManQuantity.Events1, "events 1"), (RevManQuantity.Total1, "participants 1"), (RevManQuantity.Events2, "events 2"), (RevManQuantity.Total2, "participants 2"),
    ];

    public static ReportParts Parts(RevManAgreement result) => new(
        $"Agreement with Review Manager: {result.Name}", Findings(result), result.Unchecked, Notes(result),
        result.Checks.Count == 0 ? [] : ["Computed from the imported review by RevMan's rules: Deeks and Higgins 2010, Statistical algorithms in Review Manager 5."])
    {
        LeftOutTitle = "Not compared",
    };

    /// <summary>Every number, all digits kept.</summary>
    public static Table Exact(RevManAgreement result) => new(
        [new("analysis"), new("name"), new("subgroup"), new("study"), new("quantity"), new("stored"), new("computed"), new("difference"), new("agrees")],
        [.. result.Checks.Select(check => (string[])
        [
            check.Analysis, check.Title, check.Subgroup ?? "", check.Study ?? "", Word(check.Quantity), Exact(check.Stored), Exact(check.Computed), Exact(check.Difference), Verdict(check),
        ])]);

    public static void Write(Utf8JsonWriter writer, RevManAgreement result)
    {
        writer.WriteStartObject();
        writer.WriteString("name", result.Name);
        writer.WriteNumber("stored", result.Checks.Count);
        writer.WriteNumber("same", result.Same);
        writer.WriteNumber("sameAsStored", result.SameAsStored);
        writer.WriteNumber("different", result.Different.Count());
        writer.WriteStartArray("checks");
        foreach (var check in result.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("analysis", check.Analysis);
            writer.WriteString("subgroup", check.Subgroup);
            writer.WriteString("study", check.Study);
            writer.WriteString("quantity", Word(check.Quantity));
            writer.WriteNumber("stored", check.Stored);
            WriteNumber(writer, "computed", check.Computed);
            WriteNumber(writer, "difference", check.Difference);
            writer.WriteString("agrees", Verdict(check));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Write(writer, "notCompared", result.Unchecked);
        writer.WriteEndObject();
    }

    private static IEnumerable<Block> Findings(RevManAgreement result)
    {
        yield return new Paragraph(result.Summary);
        if (result.Checks.Count == 0)
        {
            yield break;
        }

        yield return new TableBlock(new Table(
            [new("Analysis"), new("Stored", Alignment.Right), new("Same", Alignment.Right), new("As stored", Alignment.Right), new("Differ", Alignment.Right), new("Largest", Alignment.Right)],
            [.. result.Checks.GroupBy(check => (check.Analysis, check.Title)).Select(group => (string[])
            [
                $"{group.Key.Analysis} {group.Key.Title}", Count(group.Count()), Count(group.Count(check => check.IsSame)), Count(group.Count(check => check is { IsSame: false, IsSameAsStored: true })),
                Count(group.Count(check => !check.IsSameAsStored)), Small(group.Max(Relative)),
            ])]));
        yield return new Heading("Pooled results", 3);
        yield return new TableBlock(Listed(result.Checks.Where(check => check.Study is null)));
        var studies = result.Different.Where(check => check.Study is not null).ToList();
        if (studies.Count > 0)
        {
            yield return new Heading("Results of studies that differ", 3);
            yield return new TableBlock(Listed(studies));
        }
    }

    private static Table Listed(IEnumerable<RevManCheck> checks) => new(
        [new("Of"), new("Result"), new("Stored", Alignment.Right), new("Computed", Alignment.Right), new("Difference", Alignment.Right)],
        [.. checks.Select(check => (string[])
        [
            string.Join(", ", new[] { check.Analysis, check.Subgroup, check.Study }.OfType<string>()), Word(check.Quantity), Readable(check.Stored), Readable(check.Computed),
            $"{Small(check.Difference)}{(check.IsSameAsStored ? "" : " !")}",
        ])]);

    private static IEnumerable<string> Notes(RevManAgreement result)
    {
        if (result.Checks.Count > 0)
        {
            yield return "Same: within 1e-8 of the stored size. As stored: within half a unit of the last decimal that the file has. Largest: the largest difference relative to the stored size.";
            yield return "Every stored number of every study is in the CSV and JSON of this report.";
        }

        if (result.Different.Any(check => check.Quantity is RevManQuantity.PValue or RevManQuantity.HeterogeneityPValue or RevManQuantity.BetweenPValue))
        {
            yield return "RevMan approximates its p-values, those of Chi² to about six digits and those of z to about ten.";
        }
    }

    private static string Verdict(RevManCheck check) => check.IsSame ? "same" : check.IsSameAsStored ? "as stored" : check.Computed is null ? "not computed" : "differs";

    private static string Word(RevManQuantity quantity) => Array.Find(Words, item => item.Quantity == quantity).Word;

    // A stored number that is next to nothing, as only a damaged file has, has differences beyond all sizes.
    private static double? Relative(RevManCheck check) => Math.Min(double.MaxValue, Math.Abs(check.Difference ?? 0) / (check.Stored == 0 ? 1 : Math.Abs(check.Stored)));

    private static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Readable(double? value) => value?.ToString("G9", CultureInfo.InvariantCulture) ?? "none";

    private static string Small(double? value) => value is { } number ? number == 0 ? "0" : number.ToString("0.0e0", CultureInfo.InvariantCulture) : "none";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
