using System.Text.Json;

namespace MetaSpine;

/// <summary>Subgroups in words, as tables and as JSON.</summary>
internal static class SubgroupReport
{
    public static ReportParts Parts(SubgroupAnalysis result)
    {
        var measure = Measure(result);
        var first = result.Groups[0].Result;

        // What a subgroup's sources say of its own numbers would be read as said of all.
        var sources = first is PooledResult pooled ? ModelText.Sources(pooled) : ((first as Reportable)?.Parts.Sources ?? []).Where(line => !line.StartsWith("Computed", StringComparison.Ordinal));
        var notes = first is PooledResult ? [] : result.Groups.SelectMany(group => group.Result.Notes);
        return new ReportParts(
            $"{measure.ReadAs} by {result.Name}",
            Findings(result),
            ModelText.LeftOut(result.Excluded),
            [.. result.Notes, .. notes],
            [.. sources, .. Methods(result)]);
    }

    /// <summary>The test and the table.</summary>
    public static IEnumerable<Block> Findings(SubgroupAnalysis result)
    {
        var heterogeneity = result.Groups[0].Result.Tau2 is null ? "" : result.Tau2 == SubgroupTau2.Common ? ", with one τ² for all" : ", each with its own τ²";
        yield return new Paragraph(result.Test is { } test
            ? $"Subgroups by {result.Name}{heterogeneity}. Test of equal effects: {ModelText.Test("Q", test)}."
            : result.Groups.Count == 1 ? $"All studies are in one subgroup of {result.Name}." : $"Subgroups by {result.Name}{heterogeneity}.");
        yield return new TableBlock(Groups(result));
    }

    public static IEnumerable<string> Methods(SubgroupAnalysis result) => result.Test is null
        ? []
        : [$"Test between subgroups: their estimates weighted by 1/SE²{(result.Groups[0].Pooled is null ? "" : ", the standard errors not scaled by Knapp-Hartung")}; Borenstein et al. 2009, chapter 19, doi:10.1002/9780470743386."];

    /// <summary>The rows of all subgroups, with the subgroup first; all digits kept.</summary>
    public static Table Exact(SubgroupAnalysis result) => new([new("subgroup"), .. PooledReport.ExactColumns], [.. ExactRows(result)]);

    public static IEnumerable<string[]> ExactRows(SubgroupAnalysis result) =>
        result.Groups.SelectMany(group => PooledReport.ExactRows(group.Result).Select(row => (string[])[group.Name, .. row]));

    public static void Write(Utf8JsonWriter writer, SubgroupAnalysis result)
    {
        writer.WriteStartObject();
        writer.WriteString("name", result.Name);
        writer.WriteString("measure", Measure(result).Code);
        writer.WriteString("tau2", ModelNames.Of(result.Tau2).Code);
        Groups(writer, "groups", result.Groups);
        ResultJson.Write(writer, "test", result.Test);
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static void Groups(Utf8JsonWriter writer, string name, IReadOnlyList<SubgroupResult> groups)
    {
        writer.WriteStartArray(name);
        foreach (var group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("name", group.Name);
            writer.WritePropertyName("result");
            Write(writer, group.Result);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A result of the library shows all that it has; one of somebody else's what every model has.</summary>
    private static void Write(Utf8JsonWriter writer, IPooledEffect result)
    {
        if (result is Reportable own)
        {
            own.Write(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("model", result.ModelName);
        writer.WriteNumber("studyCount", result.StudyCount);
        writer.WriteFinite("estimate", result.Estimate);
        writer.WriteFinite("standardError", result.StandardError);
        writer.WriteFinite("pValue", result.PValue);
        ResultJson.Interval(writer, "interval", result.Interval);
        ResultJson.Natural(writer, result.Natural);
        writer.WriteEndObject();
    }

    private static Measure Measure(SubgroupAnalysis result) => result.Groups[0].Result.Effects.Measure;

    private static Table Groups(SubgroupAnalysis result)
    {
        var format = NaturalFormat.For(Measure(result), result.Groups, group => group.Result.Natural.Interval);
        var level = Readable.Level(result.Groups[0].Result.Interval.Level);
        List<(TableColumn Column, Func<SubgroupResult, string> Cell)> columns =
        [
            (new(PooledReport.Capital(result.Name)), group => group.Name),
            (new("k", Alignment.Right), group => Readable.Count(group.Result.StudyCount)),
            (new(format.Heading, Alignment.DecimalPoint), group => format.Number(group.Result.Natural.Estimate)),
            (new($"{level}% CI", Alignment.DecimalPoint), group => format.Range(group.Result.Natural.Interval)),
            (new("τ²", Alignment.DecimalPoint), group => group.Result is { StudyCount: > 1, Tau2: { } tau2 } ? ModelText.Variance(tau2) : ""),
            (new("I²", Alignment.DecimalPoint), group => group.Result is { StudyCount: > 1, I2: { } i2 } ? $"{ModelText.Percent(i2)}%" : ""),
        ];
        columns.RemoveAll(column => result.Groups.All(group => column.Cell(group).Length == 0));
        return new Table(columns.ConvertAll(column => column.Column), [.. result.Groups.Select(group => columns.ConvertAll(column => column.Cell(group)))]);
    }
}
