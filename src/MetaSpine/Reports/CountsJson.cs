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
        Studies(writer, result.Effects, result.Studies.Select(study => (study.Row, (double?)study.Weight)));
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
        writer.WriteStartObject("fit");
        writer.WriteFinite("logLikelihood", result.Fit.LogLikelihood);
        writer.WriteNumber("parameters", result.Fit.Parameters);
        writer.WriteNumber("observations", result.Fit.Observations);
        writer.WriteFinite("aic", result.Fit.Aic);
        writer.WriteFinite("bic", result.Fit.Bic);
        writer.WriteFinite("aicc", result.Fit.Aicc);
        writer.WriteEndObject();
        Studies(writer, result.Effects, result.Studies.Select(study => (study.Row, (double?)null)));
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Provenance(writer, result.Provenance);
        ResultJson.Write(writer, "notes", result.Notes);
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

    private static void Studies(Utf8JsonWriter writer, EffectSizes effects, IEnumerable<(int Row, double? Weight)> studies)
    {
        writer.WriteStartArray("studies");
        foreach (var (row, weight) in studies)
        {
            var study = effects.Studies[row];
            writer.WriteStartObject();
            ResultJson.Effect(writer, study);
            writer.WriteFinite("natural", EffectSizesReport.Natural(effects, study, study.Estimate));
            if (weight is { } known)
            {
                writer.WriteFinite("weight", known);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
