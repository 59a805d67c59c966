using System.Text.Json;

namespace MetaSpine;

/// <summary>Cluster-robust inference for dependent effects in words, as tables and as JSON.</summary>
internal static class MultilevelRobustReport
{
    public static ReportParts Parts(MultilevelRobustResult result) => new(
        $"{MultilevelReport.Subject(result.Model)}, cluster-robust ({result.Type})",
        Findings(result),
        ModelText.LeftOut(result.Model.Excluded),
        result.Notes,
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static IEnumerable<Block> Findings(MultilevelRobustResult result)
    {
        var (model, rows) = (result.Model, Rows(result));
        var begin = $"With standard errors that hold even where the model of the dependence is wrong ({result.Type}, {Readable.Count(result.ClusterCount)} clusters), ";
        if (model is MultilevelPooledResult)
        {
            var c = result.Coefficients[0];
            yield return new Paragraph($"{begin}the {ModelText.Finding(model.Effects, PooledCount.OfEffects(model), c.Estimate, c.Interval, ModelText.Test(c.Statistic, c.DegreesOfFreedom, c.PValue))}.");
            yield return new TableBlock(ScaleTable.Of(model.Effects, model.Options.Level, rows[0]));
            yield break;
        }

        yield return new Paragraph(begin + (result.Moderators is { } joint
            ? $"the test of the moderators is F({joint.DegreesOfFreedom}, {Readable.Count(Math.Round(joint.ResidualDegreesOfFreedom, 2))}) = {Readable.Fixed(joint.Statistic, 2)}, {Readable.PValue(joint.PValue)}."
            : "the moderators cannot be tested together: there are too few clusters."));
        yield return new TableBlock(CoefficientTable.Of(model.Effects.Measure, rows, model.Options.Level));
    }

    public static Table Exact(MultilevelRobustResult result) => CoefficientTable.Exact(Rows(result));

    public static IEnumerable<string> Methods(MultilevelRobustResult result)
    {
        var source = ModelNames.Of(result.Type).Source;
        yield return $"Cluster-robust standard errors: {result.Type}, around the estimates of the {MultilevelReport.Model(result.Model)}, which stay as they are; t with Satterthwaite's degrees of freedom; {source}.";
        foreach (var line in result.Model is MultilevelRegressionResult ? RegressionReport.Scale(result.Model.Effects.Measure) : [])
        {
            yield return line;
        }
    }

    public static void Write(Utf8JsonWriter writer, MultilevelRobustResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteString("type", result.Type.ToString());
        writer.WriteNumber("clusterCount", result.ClusterCount);
        ResultJson.Coefficients(writer, Rows(result));
        ResultJson.Matrix(writer, "covariance", result.Covariance);
        ResultJson.Moderators(writer, result.Moderators is { } test ? new ModeratorTest(test.Statistic, test.DegreesOfFreedom, test.ResidualDegreesOfFreedom, test.PValue) : null);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static IReadOnlyList<CoefficientRow> Rows(MultilevelRobustResult result) =>
        [.. result.Coefficients.Select(c => new CoefficientRow(c.Name, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval))];
}
