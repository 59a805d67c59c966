using System.Text.Json;

namespace MetaSpine;

/// <summary>Multimodel inference in words, as tables and as JSON.</summary>
internal static class MultimodelReport
{
    /// <summary>Models that a text shows; JSON has all.</summary>
    private const int MostModels = 10;

    public static ReportParts Parts(MultimodelResult result) => new(
        $"multimodel inference on the {Effects(result).Measure.Name}",
        Findings(result),
        ModelText.LeftOut(result.Excluded),
        result.Notes,
        [.. ModelText.EffectSize(Effects(result).Measure), .. Methods(result)]);

    public static Table Exact(MultimodelResult result) => new(
        [.. CoefficientTable.ExactColumns, new("importance")],
        [.. result.Coefficients.Select(c => (string[])[.. CoefficientTable.Exact(Row(c)), Readable.Exact(c.Importance)])]);

    public static void Write(Utf8JsonWriter writer, MultimodelResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", Effects(result).Measure.Code);
        writer.WriteNumber("studyCount", result.StudyCount);
        writer.WriteStartArray("models");
        foreach (var model in result.Models)
        {
            writer.WriteStartObject();
            ResultJson.Write(writer, "terms", model.Terms);
            writer.WriteFinite("aicc", model.Aicc);
            writer.WriteFinite("difference", model.Difference);
            writer.WriteFinite("weight", model.Weight);
            ResultJson.Coefficients(writer, CoefficientRow.Of(model.Result.Coefficients));
            writer.WriteFinite("tau2", model.Result.Tau2);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Coefficients(writer, [.. result.Coefficients.Select(Row)]);
        writer.WriteStartArray("importance");
        foreach (var (term, importance) in result.Importance)
        {
            writer.WriteStartObject();
            writer.WriteString("term", term);
            writer.WriteFinite("importance", importance);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static IEnumerable<Block> Findings(MultimodelResult result)
    {
        var best = result.Models[0];
        var studies = ModelText.Studies(best.Result);
        var importance = string.Join(", ", result.Importance.Select(term => $"{term.Term} {Readable.Fixed(term.Importance, 2)}"));
        yield return new Paragraph($"Of {Readable.Count(result.Models.Count)} models of the {Effects(result).Measure.Name} of {studies}, that with {Terms(best)} "
            + $"would predict best (Akaike weight {Readable.Fixed(best.Weight, 2)}). Importance of the terms: {importance}.");
        var shown = result.Models.Take(MostModels).ToList();
        yield return new TableBlock(new Table(
            [
                new("Model"), new("AICc", Alignment.DecimalPoint), new("Difference", Alignment.DecimalPoint), new("Weight", Alignment.DecimalPoint),
                new("τ²", Alignment.DecimalPoint),
            ],
            [.. shown.Select(model => (string[])[
                Terms(model), Readable.Fixed(model.Aicc, 2), Readable.Fixed(model.Difference, 2), Readable.Fixed(model.Weight, 3), ModelText.Variance(model.Result.Tau2)])]));
        if (shown.Count < result.Models.Count)
        {
            yield return new Paragraph($"and {Readable.Count(result.Models.Count - shown.Count)} more, with a weight of {Readable.Fixed(result.Models.Skip(MostModels).Sum(model => model.Weight), 3)} together.");
        }

        var table = CoefficientTable.Of("Coefficient", [.. result.Coefficients.Select(Row)], best.Result.Options.Level, exponentiated: false);
        yield return new Paragraph("Coefficients averaged over all models, as 0 where a model lacks them, with the summed weight of the models that have them:");
        yield return new TableBlock(new Table(
            [.. table.Columns, new("Weight", Alignment.DecimalPoint)],
            [.. table.Rows.Zip(result.Coefficients, (row, c) => (string[])[.. row, Readable.Fixed(c.Importance, 2)])]));
    }

    public static IEnumerable<string> Methods(MultimodelResult result)
    {
        var options = result.Models[0].Result.Options;
        yield return $"Models: every subset of the terms, an interaction only with the terms it contains, by {MethodNames.Of(options.Method).Name} and ranked by AICc; "
            + "Burnham and Anderson 2002, doi:10.1007/b97636.";
        yield return "Averages: weighted by exp(-difference/2); standard errors within models and between them, normal intervals.";
        foreach (var line in RegressionReport.Scale(Effects(result).Measure))
        {
            yield return line;
        }
    }

    private static EffectSizes Effects(MultimodelResult result) => result.Models[0].Result.Effects;

    private static string Terms(CandidateModel model) => model.Terms.Count == 0 ? "no moderators" : string.Join(" + ", model.Terms);

    public static CoefficientRow Row(AveragedCoefficient c) => new(c.Name, c.Estimate, c.StandardError, c.Statistic, null, c.PValue, c.Interval);
}
