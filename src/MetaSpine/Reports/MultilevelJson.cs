using System.Text.Json;

namespace MetaSpine;

/// <summary>Models of dependent effects as JSON.</summary>
internal static class MultilevelJson
{
    public static void Write(Utf8JsonWriter writer, MultilevelResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteString("method", MethodNames.Of(result.Options.Method).Code);
        writer.WriteString("test", MultilevelNames.Of(result.Options.Test).Code);
        writer.WriteFinite("level", result.Options.Level);
        writer.WriteNumber("effectCount", result.StudyCount);
        Groups(writer, result);
        if (result is MultilevelPooledResult pooled)
        {
            writer.WriteFinite("estimate", pooled.Estimate);
            writer.WriteFinite("standardError", pooled.StandardError);
            writer.WriteFinite("statistic", pooled.Statistic);
            writer.WriteFinite("degreesOfFreedom", pooled.DegreesOfFreedom);
            writer.WriteFinite("pValue", pooled.PValue);
            ResultJson.Interval(writer, "interval", pooled.Interval);
            ResultJson.Interval(writer, "predictionInterval", pooled.PredictionInterval);
            ResultJson.Natural(writer, pooled.Natural);
            writer.WriteFinite("tau2", pooled.Tau2);
            writer.WriteStartArray("predictionIntervals");
            foreach (var level in pooled.PredictionIntervals())
            {
                writer.WriteStartObject();
                writer.WriteString("term", level.Term);
                writer.WriteString("what", level.What);
                ResultJson.Interval(writer, "interval", level.Interval);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
        else
        {
            ResultJson.Coefficients(writer, CoefficientRow.Of(result.Coefficients));
            ResultJson.Matrix(writer, "covariance", result.Covariance);
            ResultJson.Moderators(writer, result.Moderators);
        }

        Random(writer, result);
        Heterogeneity(writer, result);
        ResultJson.Write(writer, "q", result.Q);
        ResultJson.Write(writer, result.Fit);
        ResultJson.Ending(writer, result.Effects, result.Studies, result.Excluded, result.Provenance, result.Notes);
        writer.WriteEndObject();
    }

    /// <summary>The studies, or the outermost groups, that the effects are in.</summary>
    private static void Groups(Utf8JsonWriter writer, MultilevelResult result)
    {
        if (PooledCount.Groups(result) is not var (name, count))
        {
            writer.WriteNull("groups");
            return;
        }

        writer.WriteStartObject("groups");
        writer.WriteString("name", name);
        writer.WriteNumber("count", count);
        writer.WriteEndObject();
    }

    private static void Heterogeneity(Utf8JsonWriter writer, MultilevelResult result)
    {
        if (result.Heterogeneity() is not { } heterogeneity)
        {
            writer.WriteNull("heterogeneity");
            return;
        }

        writer.WriteStartObject("heterogeneity");
        writer.WriteFinite("typicalVariance", heterogeneity.TypicalVariance);
        writer.WriteFinite("i2", heterogeneity.Total);
        writer.WriteStartArray("levels");
        foreach (var level in heterogeneity.Levels)
        {
            writer.WriteStartObject();
            writer.WriteString("term", level.Term);
            writer.WriteFinite("variance", level.Variance);
            writer.WriteFinite("i2", level.I2);
            writer.WriteFinite("r2", level.R2);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Random(Utf8JsonWriter writer, MultilevelResult result)
    {
        writer.WriteStartArray("random");
        foreach (var term in result.Random)
        {
            writer.WriteStartObject();
            writer.WriteString("term", term.ToString());
            writer.WriteString("structure", term.Inner.Count == 0 ? null : term.Structure.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("components");
        foreach (var component in result.Components)
        {
            writer.WriteStartObject();
            writer.WriteString("term", component.Term);
            writer.WriteString("name", component.Name);
            writer.WriteString("kind", component.Kind.ToString().ToLowerInvariant());
            writer.WriteFinite("value", component.Value);
            writer.WriteFinite("standardError", component.StandardError);
            writer.WriteBoolean("isFixed", component.IsFixed);
            writer.WriteBoolean("isAtBound", component.IsAtBound);
            writer.WriteNumber("levels", component.Levels);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
