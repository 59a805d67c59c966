using System.Text.Json;

namespace MetaSpine;

/// <summary>Cluster-robust inference in words, as tables and as JSON.</summary>
internal static class RobustReport
{
    public static ReportParts Parts(RobustResult result) => new(
        $"{ModelText.Subject(result.Model)}, cluster-robust ({result.Type})",
        Findings(result),
        ModelText.LeftOut(result.Model),
        result.Notes,
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    /// <summary>The sentence and the table.</summary>
    /// <param name="result">The result.</param>
    /// <param name="clusters">What the clusters are, where it is known: "by laboratory".</param>
    public static IEnumerable<Block> Findings(RobustResult result, string clusters = "")
    {
        var model = result.Model;
        var measure = model.Effects.Measure;
        var rows = Rows(result);
        var level = model.Options.Level;
        var groups = FormattableString.Invariant($"{result.ClusterCount} clusters{clusters}");
        if (model is PooledResult)
        {
            var c = result.Coefficients[0];
            yield return new Paragraph($"With standard errors that allow effects of one cluster to depend on each other ({result.Type}, {groups}), "
                + $"the {ModelText.Finding(model, c.Estimate, c.Interval, ModelText.Test(c.Statistic, c.DegreesOfFreedom, c.PValue))}.");
            yield return new TableBlock(ScaleTable.Of(model.Effects, level, rows[0]));
            yield break;
        }

        var test = result.Moderators is { } joint
            ? $"the test of the moderators is F({joint.DegreesOfFreedom}, {Readable.Count(Math.Round(joint.ResidualDegreesOfFreedom, 2))}) = {Readable.Fixed(joint.Statistic, 2)}, {Readable.PValue(joint.PValue)}."
            : "the moderators cannot be tested together: there are too few clusters.";
        yield return new Paragraph($"With standard errors that allow effects of one cluster to depend on each other ({result.Type}, {groups}), {test}");
        yield return new TableBlock(CoefficientTable.Of(measure, rows, level));
    }

    public static Table Exact(RobustResult result) => CoefficientTable.Exact(Rows(result));

    public static IEnumerable<string> Methods(RobustResult result)
    {
        var name = ModelNames.Of(result.Type);
        yield return $"Cluster-robust standard errors: {result.Type}, around the estimates of the {ModelText.Model(result.Model)} (τ² = {ModelText.Variance(result.Model.Tau2)}), which stay as they are; {name.Name}; {name.Source}.";
        if (result.Model is RegressionResult)
        {
            foreach (var line in RegressionReport.Scale(result.Model.Effects.Measure))
            {
                yield return line;
            }
        }
    }

    public static void Write(Utf8JsonWriter writer, RobustResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteString("type", result.Type.ToString());
        writer.WriteNumber("clusterCount", result.ClusterCount);
        ResultJson.Coefficients(writer, Rows(result));
        ResultJson.Matrix(writer, "covariance", result.Covariance);
        if (result.Moderators is { } test)
        {
            ResultJson.Moderators(writer, new ModeratorTest(test.Statistic, test.DegreesOfFreedom, test.ResidualDegreesOfFreedom, test.PValue));
        }
        else
        {
            writer.WriteNull("moderators");
        }

        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static IReadOnlyList<CoefficientRow> Rows(RobustResult result) =>
        [.. result.Coefficients.Select(c => new CoefficientRow(c.Name, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval))];
}
