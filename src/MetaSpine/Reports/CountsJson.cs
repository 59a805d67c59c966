using System.Text.Json;

namespace MetaSpine;

/// <summary>Results of the models for counts as JSON, in the vocabulary of <see cref="ResultJson"/>.</summary>
internal static class CountsJson
{
    public static void Write(Utf8JsonWriter writer, StratifiedResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteString("method", result.Method);
        writer.WriteFinite("level", result.Options.Level);
        writer.WriteNumber("studyCount", result.StudyCount);
        Pooled(writer, result.Estimate, result.StandardError, result.Statistic, null, result.PValue);
        ResultJson.Interval(writer, "interval", result.Interval);
        ResultJson.Natural(writer, result.Natural);
        writer.WriteFinite("i2", result.I2);
        writer.WriteFinite("h2", result.H2);
        ResultJson.Write(writer, "q", result.Q);
        ResultJson.Write(writer, "cochranMantelHaenszel", result.CochranMantelHaenszel);
        ResultJson.Write(writer, "cochran", result.Cochran);
        ResultJson.Write(writer, "breslowDay", result.BreslowDay);
        ResultJson.Write(writer, "tarone", result.Tarone);
        Studies(writer, result);
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, CountModelResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteString("model", result.Model);
        writer.WriteString("method", MethodNames.Of(result.Options.Method).Code);
        writer.WriteString("test", MethodNames.Of(result.Options.Test).Code);
        writer.WriteFinite("level", result.Options.Level);
        writer.WriteNumber("points", result.Points);
        writer.WriteNumber("studyCount", result.StudyCount);
        if (result.Coefficients is [var effect])
        {
            Pooled(writer, effect.Estimate, effect.StandardError, effect.Statistic, effect.DegreesOfFreedom, effect.PValue);
            ResultJson.Interval(writer, "interval", effect.Interval);
            ResultJson.Interval(writer, "predictionInterval", result.PredictionInterval);
            ResultJson.Natural(writer, result.Natural);
        }
        else
        {
            ResultJson.Coefficients(writer, CoefficientRow.Of(result.Coefficients));
            ResultJson.Moderators(writer, result.Moderators);
        }

        writer.WriteFinite("tau2", result.Tau2);
        writer.WriteFinite("tau2StandardError", result.Tau2StandardError);
        ResultJson.Interval(writer, "tau2Interval", result.Tau2Interval);
        writer.WriteFinite("baselineVariance", result.BaselineVariance);
        writer.WriteFinite("correlation", result.Correlation);
        writer.WriteFinite("i2", result.I2);
        writer.WriteFinite("h2", result.H2);
        ResultJson.Write(writer, "heterogeneityWald", result.HeterogeneityWald);
        ResultJson.Write(writer, "heterogeneityLikelihoodRatio", result.HeterogeneityLikelihoodRatio);
        ResultJson.Write(writer, "tau2Test", result.Tau2Test);
        Write(writer, result.Fit);
        Studies(writer, result);
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Provenance(writer, result.Provenance);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, BetaBinomialResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteFinite("level", result.Effect.Interval.Level);
        writer.WriteNumber("studyCount", result.StudyCount);
        Pooled(writer, result.Effect.Estimate, result.Effect.StandardError, result.Effect.Statistic, null, result.Effect.PValue);
        ResultJson.Interval(writer, "interval", result.Effect.Interval);
        ResultJson.Natural(writer, result.Natural);
        writer.WriteFinite("baseline", result.Baseline);
        writer.WriteFinite("intraclassCorrelation", result.IntraclassCorrelation);
        ResultJson.Write(writer, "dispersionTest", result.DispersionTest);
        Write(writer, result.Fit);
        Studies(writer, result);
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Provenance(writer, result.Provenance);
        writer.WriteEndObject();
    }

    /// <summary>Infinite estimates and bounds are null; their natural forms, 0 and infinity, likewise where they are not finite.</summary>
    public static void Write(Utf8JsonWriter writer, ExactOddsRatioResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteFinite("level", result.Interval.Level);
        writer.WriteNumber("studyCount", result.StudyCount);
        writer.WriteBoolean("midP", result.MidP);
        writer.WriteFinite("estimate", result.Estimate);
        writer.WriteFinite("pValue", result.PValue);
        ResultJson.Interval(writer, "interval", result.Interval);
        ResultJson.Natural(writer, result.Natural);
        Studies(writer, result);
        ResultJson.Excluded(writer, result.Excluded);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CountModelFit fit)
    {
        writer.WriteStartObject("fit");
        writer.WriteFinite("logLikelihood", fit.LogLikelihood);
        writer.WriteNumber("parameters", fit.Parameters);
        writer.WriteNumber("observations", fit.Observations);
        writer.WriteFinite("aic", fit.Aic);
        writer.WriteFinite("bic", fit.Bic);
        writer.WriteFinite("aicc", fit.Aicc);
        writer.WriteEndObject();
    }

    private static void Pooled(Utf8JsonWriter writer, double estimate, double error, double statistic, double? freedom, double p)
    {
        writer.WriteFinite("estimate", estimate);
        writer.WriteFinite("standardError", error);
        writer.WriteFinite("statistic", statistic);
        writer.WriteFinite("degreesOfFreedom", freedom);
        writer.WriteFinite("pValue", p);
    }

    private static void Studies(Utf8JsonWriter writer, IPooledEffect result)
    {
        writer.WriteStartArray("studies");
        foreach (var (row, weight) in result.Shares)
        {
            var study = result.Effects.Studies[row];
            writer.WriteStartObject();
            ResultJson.Effect(writer, study);
            writer.WriteFinite("natural", EffectSizesReport.Natural(result.Effects, study, study.Estimate));
            if (weight is { } known)
            {
                writer.WriteFinite("weight", known);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
