using System.Text.Json;

namespace MetaSpine;

/// <summary>Results as JSON: the vocabulary of the result types in camelCase, every number with all its digits, null where there is none.</summary>
internal static class ResultJson
{
    public static void Write(Utf8JsonWriter writer, PooledResult result)
    {
        writer.WriteStartObject();
        Model(writer, result);
        writer.WriteFinite("estimate", result.Estimate);
        writer.WriteFinite("standardError", result.StandardError);
        writer.WriteFinite("statistic", result.Statistic);
        writer.WriteFinite("degreesOfFreedom", result.DegreesOfFreedom);
        writer.WriteFinite("pValue", result.PValue);
        Interval(writer, "interval", result.Interval);
        Interval(writer, "predictionInterval", result.PredictionInterval);
        Natural(writer, result.Natural);
        Heterogeneity(writer, result);
        Ending(writer, result);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RegressionResult result)
    {
        writer.WriteStartObject();
        Model(writer, result);
        Coefficients(writer, CoefficientRow.Of(result.Coefficients));
        Matrix(writer, "covariance", result.Covariance);
        Moderators(writer, result.Moderators);
        writer.WriteFinite("r2", result.R2);
        Heterogeneity(writer, result);
        Ending(writer, result);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, EffectSizes effects)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", effects.Measure.Code);
        writer.WriteStartArray("studies");
        foreach (var study in effects.Studies)
        {
            writer.WriteStartObject();
            Effect(writer, study);
            writer.WriteFinite("natural", EffectSizesReport.Natural(effects, study, study.Estimate));
            writer.WriteString("problem", study.Problem);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, ChiSquaredTest? test)
    {
        if (test is not { } known)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteFinite("statistic", known.Statistic);
        writer.WriteNumber("degreesOfFreedom", known.DegreesOfFreedom);
        writer.WriteFinite("pValue", known.PValue);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    internal static void Natural(Utf8JsonWriter writer, NaturalResult natural)
    {
        writer.WriteStartObject("natural");
        writer.WriteString("name", natural.Name);
        writer.WriteFinite("estimate", natural.Estimate);
        Interval(writer, "interval", natural.Interval);
        Interval(writer, "predictionInterval", natural.PredictionInterval);
        writer.WriteEndObject();
    }

    /// <summary>An estimate and its interval on the scale that people read.</summary>
    internal static void Natural(Utf8JsonWriter writer, EffectSizes effects, double estimate, Interval interval) =>
        Natural(writer, new NaturalResult(effects.Measure.ReadAs, effects.BackTransform(estimate), ScaleTable.Back(effects, interval), null));

    internal static void Matrix(Utf8JsonWriter writer, string name, IReadOnlyList<IReadOnlyList<double>>? matrix)
    {
        if (matrix is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var row in matrix)
        {
            writer.WriteStartArray();
            foreach (var value in row)
            {
                writer.WriteFinite(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    internal static void Numbers(Utf8JsonWriter writer, string name, IReadOnlyList<double> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteFinite(value);
        }

        writer.WriteEndArray();
    }

    internal static void Coefficients(Utf8JsonWriter writer, IReadOnlyList<CoefficientRow> coefficients, string name = "coefficients")
    {
        writer.WriteStartArray(name);
        foreach (var coefficient in coefficients)
        {
            writer.WriteStartObject();
            writer.WriteString("name", coefficient.Name);
            writer.WriteFinite("estimate", coefficient.Estimate);
            writer.WriteFinite("standardError", coefficient.StandardError);
            writer.WriteFinite("statistic", coefficient.Statistic);
            writer.WriteFinite("degreesOfFreedom", coefficient.DegreesOfFreedom);
            writer.WriteFinite("pValue", coefficient.PValue);
            Interval(writer, "interval", coefficient.Interval);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void Moderators(Utf8JsonWriter writer, ModeratorTest? test, string name = "moderators")
    {
        if (test is not { } known)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteFinite("statistic", known.Statistic);
        writer.WriteNumber("degreesOfFreedom", known.DegreesOfFreedom);
        writer.WriteFinite("residualDegreesOfFreedom", known.ResidualDegreesOfFreedom);
        writer.WriteFinite("pValue", known.PValue);
        writer.WriteEndObject();
    }

    internal static void Excluded(Utf8JsonWriter writer, IReadOnlyList<ExcludedStudy> excluded)
    {
        writer.WriteStartArray("excluded");
        foreach (var study in excluded)
        {
            writer.WriteStartObject();
            writer.WriteString("label", study.Label);
            writer.WriteString("reason", study.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void Provenance(Utf8JsonWriter writer, Provenance provenance)
    {
        writer.WriteStartObject("provenance");
        writer.WriteString("method", provenance.Method);
        writer.WriteNumber("iterations", provenance.Iterations);
        writer.WriteBoolean("converged", provenance.Converged);
        writer.WriteString("stoppedBecause", provenance.StoppedBecause);
        writer.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter writer, ModelResult result)
    {
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteString("method", MethodNames.Of(result.Options.Method).Code);
        writer.WriteString("test", MethodNames.Of(result.Options.Test).Code);
        writer.WriteFinite("level", result.Options.Level);
        writer.WriteNumber("studyCount", result.StudyCount);
    }

    private static void Heterogeneity(Utf8JsonWriter writer, ModelResult result)
    {
        writer.WriteFinite("tau2", result.Tau2);
        writer.WriteFinite("tau2StandardError", result.Tau2StandardError);
        Interval(writer, "tau2Interval", result.Tau2Interval);
        writer.WriteFinite("i2", result.I2);
        Interval(writer, "i2Interval", result.I2Interval);
        writer.WriteFinite("h2", result.H2);
        Interval(writer, "h2Interval", result.H2Interval);
        Write(writer, "q", result.Q);
        Write(writer, result.Fit);
    }

    private static void Ending(Utf8JsonWriter writer, ModelResult result) =>
        Ending(writer, result.Effects, result.Studies, result.Excluded, result.Provenance, result.Notes);

    /// <summary>The studies in and out of a model, how its solution was reached, and its notes.</summary>
    internal static void Ending(
        Utf8JsonWriter writer, EffectSizes effects, IReadOnlyList<PooledStudy> studies, IReadOnlyList<ExcludedStudy> excluded, Provenance provenance, IReadOnlyList<string> notes)
    {
        writer.WriteStartArray("studies");
        foreach (var study in studies)
        {
            writer.WriteStartObject();
            Effect(writer, study.Effect);
            writer.WriteFinite("natural", EffectSizesReport.Natural(effects, study.Effect, study.Effect.Estimate));
            writer.WriteFinite("weight", study.Weight);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Excluded(writer, excluded);
        Provenance(writer, provenance);
        Write(writer, "notes", notes);
    }

    internal static void Write(Utf8JsonWriter writer, ModelFit fit)
    {
        writer.WriteStartObject("fit");
        writer.WriteFinite("logLikelihood", fit.LogLikelihood);
        writer.WriteFinite("restrictedLogLikelihood", fit.RestrictedLogLikelihood);
        writer.WriteFinite("aic", fit.Aic);
        writer.WriteFinite("bic", fit.Bic);
        writer.WriteFinite("aicc", fit.Aicc);
        writer.WriteEndObject();
    }

    internal static void Effect(Utf8JsonWriter writer, EffectSize effect)
    {
        writer.WriteString("label", effect.Label);
        writer.WriteFinite("estimate", effect.Estimate);
        writer.WriteFinite("variance", effect.Variance);
        writer.WriteFinite("size", effect.Size);
        writer.WriteString("adjustment", effect.Adjustment);
    }

    internal static void Interval(Utf8JsonWriter writer, string name, Interval? interval)
    {
        if (interval is not { } known)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteFinite("lower", known.Lower);
        writer.WriteFinite("upper", known.Upper);
        writer.WriteFinite("level", known.Level);
        writer.WriteEndObject();
    }
}
