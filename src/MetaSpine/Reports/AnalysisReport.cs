using System.Text.Json;

namespace MetaSpine;

/// <summary>What an analysis of a review gave, in words and as tables.</summary>
internal static class AnalysisReport
{
    public static Document Build(AnalysisResult result)
    {
        var notPooled = result.NotPooled.Select(study => $"{study.Label}: {study.Reason}");
        var blocks = new List<Block> { new Heading(Title(result)) };
        if (result.Problem is not null)
        {
            blocks.Add(new Paragraph(result.Problem));
        }

        if (result.Pooled is not { } pooled)
        {
            var (findings, excluded, notes, sources) = Counts(result);
            blocks.AddRange(findings);
            return new Document(
            [
                .. blocks,
                .. Bullets.Of(
                    ("Not pooled", notPooled.Concat(excluded.Select(study => $"{study.Label}: {study.Reason}"))),
                    ("Notes", result.Notes.Concat(notes)),
                    ("Where the numbers come from", sources)),
            ]);
        }

        blocks.AddRange(PooledReport.Findings(pooled));
        if (result.Subgroups.Count > 0)
        {
            blocks.Add(new Paragraph(Difference(result)));
            blocks.Add(new TableBlock(Subgroups(result)));
        }

        var methods = PooledReport.Methods(pooled);
        if (result.Regression is { } regression)
        {
            blocks.AddRange(RegressionReport.Findings(regression));
            methods = methods.Concat(RegressionReport.Methods(regression)).Concat(FormulaText(result));
        }

        blocks.AddRange(ModelText.Ending(pooled, [.. notPooled, .. ModelText.LeftOut(pooled)], [.. result.Notes, .. pooled.Notes], methods));
        return new Document(blocks);
    }

    private static (IEnumerable<Block> Findings, IEnumerable<ExcludedStudy> Excluded, IEnumerable<string> Notes, IEnumerable<string> Sources) Counts(AnalysisResult result) => result switch
    {
        { Stratified: { } stratified } => (CountsReport.Findings(stratified), stratified.Excluded, stratified.Notes, CountsReport.Methods(stratified)),
        { CountModel: { } model, CountRegression: { } regression } => (
            CountsReport.Findings(model).Concat(CountsReport.Regression(regression)),
            model.Excluded.Union(regression.Excluded),
            model.Notes.Union(regression.Notes),
            CountsReport.Methods(model).Concat([$"Coefficients are on the {model.Effects.Measure.Scale.Name} scale.", .. FormulaText(result)])),
        { CountModel: { } model } => (CountsReport.Findings(model), model.Excluded, model.Notes, CountsReport.Methods(model)),
        _ => ([], [], [], []),
    };

    /// <summary>The rows of all analyses, each with the id of its analysis; all digits kept.</summary>
    public static Table Exact(IReadOnlyList<AnalysisResult> results)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var result in results)
        {
            var id = result.Analysis.Id;
            var all = result.Overall is { } overall ? PooledReport.ExactRows(overall) : [];
            rows.AddRange(all.Select(row => (string[])[id, "", .. row]));
            rows.AddRange(result.Subgroups.SelectMany(subgroup => PooledReport.ExactRows(subgroup.Result).Select(row => (string[])[id, subgroup.Name, .. row])));
        }

        return new Table([new("analysis"), new("subgroup"), .. PooledReport.ExactColumns], rows);
    }

    public static void Write(Utf8JsonWriter writer, AnalysisResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", result.Analysis.Id);
        writer.WriteString("title", result.Title);
        writer.WriteString("outcome", result.Analysis.Outcome);
        writer.WriteString("measure", result.Measure.Code);
        writer.WriteString("problem", result.Problem);
        writer.WritePropertyName("pooled");
        Optional(writer, result.Pooled, ResultJson.Write);
        if (result.Stratified is { } stratified)
        {
            writer.WritePropertyName("stratified");
            CountsJson.Write(writer, stratified);
        }

        if (result.CountModel is { } model)
        {
            writer.WritePropertyName("countModel");
            CountsJson.Write(writer, model);
        }

        if (result.CountRegression is { } counts)
        {
            writer.WritePropertyName("countRegression");
            CountsJson.Write(writer, counts);
        }

        writer.WriteStartArray("subgroups");
        foreach (var subgroup in result.Subgroups)
        {
            writer.WriteStartObject();
            writer.WriteString("name", subgroup.Name);
            writer.WritePropertyName("result");
            Write(writer, subgroup.Result);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (result.Subgroups.Count > 0)
        {
            writer.WriteString("subgroupTau2", ModelNames.Of(result.SubgroupTau2).Code);
        }

        ResultJson.Write(writer, "subgroupTest", result.SubgroupTest);
        writer.WritePropertyName("regression");
        Optional(writer, result.Regression, ResultJson.Write);
        writer.WriteStartArray("notPooled");
        foreach (var study in result.NotPooled)
        {
            writer.WriteStartObject();
            writer.WriteString("study", study.StudyId);
            writer.WriteString("label", study.Label);
            writer.WriteString("reason", study.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IPooledEffect result)
    {
        switch (result)
        {
            case PooledResult pooled:
                ResultJson.Write(writer, pooled);
                break;
            case StratifiedResult stratified:
                CountsJson.Write(writer, stratified);
                break;
            case CountModelResult model:
                CountsJson.Write(writer, model);
                break;
            default:
                throw new NotSupportedException($"{result.GetType().Name} has no JSON form.");
        }
    }

    private static IEnumerable<string> FormulaText(AnalysisResult result) => result.Analysis.Formula is { } formula ? [$"Formula of the meta-regression: {formula}."] : [];

    private static string Title(AnalysisResult result) => $"{PooledReport.Capital(result.Title)}: " + result switch
    {
        { Pooled: { } pooled } => $"{pooled.Natural.Name}, {ModelText.Model(pooled)}",
        { Stratified: { } stratified } => $"{stratified.Natural.Name}, {CountsReport.Model(stratified)}",
        { CountModel: { } model } => $"{model.Natural.Name}, {CountsReport.Model(model)}",
        _ => result.Measure.ReadAs,
    };

    private static string Difference(AnalysisResult result) => result.SubgroupTest is { } test
        ? FormattableString.Invariant($"Subgroups by {result.Analysis.Subgroup}, {(result.SubgroupTau2 == SubgroupTau2.Common ? "with one τ² for all" : "each with its own τ²")}. Test of equal effects: Q({test.DegreesOfFreedom}) = {Readable.Fixed(test.Statistic, 2)}, {Readable.PValue(test.PValue)}.")
        : $"All studies are in one subgroup of {result.Analysis.Subgroup}.";

    private static Table Subgroups(AnalysisResult result)
    {
        var format = new NaturalFormat(result.Measure, result.Overall!.Natural.Interval);
        return new Table(
        [
            new(PooledReport.Capital(result.Analysis.Subgroup!)), new("k", Alignment.Right), new(format.Heading, Alignment.DecimalPoint),
            new($"{Readable.Level(result.Overall.Interval.Level)}% CI", Alignment.DecimalPoint), new("τ²", Alignment.DecimalPoint), new("I²", Alignment.DecimalPoint),
        ],
        [.. result.Subgroups.Select(subgroup =>
        {
            var (pooled, natural) = (subgroup.Result, subgroup.Result.Natural);
            string[] heterogeneity = pooled.StudyCount > 1
                ? [pooled.Tau2 is { } tau2 ? ModelText.Variance(tau2) : "", pooled.I2 is { } i2 ? $"{Readable.Fixed(i2, 1)}%" : ""]
                : ["", ""];
            return (string[])[subgroup.Name, Readable.Count(pooled.StudyCount), format.Number(natural.Estimate), format.Range(natural.Interval), .. heterogeneity];
        })]);
    }

    private static void Optional<T>(Utf8JsonWriter writer, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            write(writer, value);
        }
    }
}
