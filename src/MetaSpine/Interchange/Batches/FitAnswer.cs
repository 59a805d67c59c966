using System.Text.Json;

namespace MetaSpine;

/// <summary>Writes a fit under the names of the batch protocol, which are metafor's.</summary>
internal static class FitAnswer
{
    public static void Write(Utf8JsonWriter writer, ModelResult result)
    {
        var coefficients = result is RegressionResult regression ? regression.Coefficients : [Single((PooledResult)result)];
        var (statistic, p) = result is RegressionResult { Moderators: var test }
            ? (test.Statistic, test.PValue)
            : (coefficients[0].Statistic * coefficients[0].Statistic, coefficients[0].PValue);

        writer.WriteNumber("k", result.StudyCount);
        writer.WriteNumber("p", coefficients.Count);
        WriteCoefficients(writer, coefficients, alone: false);
        WriteKnown(writer, "df", coefficients[0].DegreesOfFreedom);
        writer.WriteFinite("tau2", result.Tau2);
        WriteKnown(writer, "se_tau2", result.Tau2StandardError);
        writer.WriteFinite("QE", result.Q.Statistic);
        writer.WriteFinite("QEp", result.Q.PValue);
        writer.WriteFinite("QM", statistic);
        writer.WriteFinite("QMp", p);
        writer.WriteFinite("I2", result.I2);
        writer.WriteFinite("H2", result.H2);
        WriteKnown(writer, "R2", (result as RegressionResult)?.R2);
        writer.WriteFinite("ll", result.Fit.LogLikelihood);
        writer.WriteFinite("ll_reml", result.Fit.RestrictedLogLikelihood);
        writer.WriteFinite("AIC", result.Fit.Aic);
        writer.WriteFinite("BIC", result.Fit.Bic);
        writer.WriteFinite("AICc", result.Fit.Aicc);
        if (result is PooledResult pooled)
        {
            WriteBounds(writer, "", pooled.PredictionIntervalBy(PredictionMethod.Standard));
            WriteBounds(writer, "_simple", pooled.PredictionIntervalBy(PredictionMethod.Simple));
            WriteBounds(writer, "_riley", pooled.PredictionIntervalBy(PredictionMethod.Riley));
            WriteBounds(writer, "_t", pooled.PredictionIntervalBy(PredictionMethod.T));
        }

        WritePair(writer, "tau2_ci", result.Tau2Interval);
        WritePair(writer, "I2_ci", result.I2Interval);
        WritePair(writer, "H2_ci", result.H2Interval);
        if (result.Options.Method is PoolingMethod.REML or PoolingMethod.ML)
        {
            WritePair(writer, "tau2_ci_PL", result.Tau2IntervalBy(Tau2IntervalMethod.ProfileLikelihood));
        }
    }

    /// <summary>Writes arrays with an item for each coefficient; where it stands alone, numbers.</summary>
    public static void WriteCoefficients(Utf8JsonWriter writer, IReadOnlyList<Coefficient> coefficients, bool alone)
    {
        Write("beta", c => c.Estimate);
        Write("se", c => c.StandardError);
        Write("stat", c => c.Statistic);
        Write("pval", c => c.PValue);
        Write("ci_lb", c => c.Interval.Lower);
        Write("ci_ub", c => c.Interval.Upper);

        void Write(string name, Func<Coefficient, double> value)
        {
            if (alone)
            {
                writer.WriteFinite(name, value(coefficients[0]));
            }
            else
            {
                WriteEach(writer, name, coefficients, value);
            }
        }
    }

    private static Coefficient Single(PooledResult result) => new(
        "intercept", result.Estimate, result.StandardError, result.Statistic, result.DegreesOfFreedom, result.PValue, result.Interval);

    public static void WriteEach<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Func<T, double> value)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteFinite(value(item));
        }

        writer.WriteEndArray();
    }

    public static void WriteKnown(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is not null)
        {
            writer.WriteFinite(name, value);
        }
    }

    public static void WriteBounds(Utf8JsonWriter writer, string kind, Interval? interval)
    {
        WriteKnown(writer, $"pi_lb{kind}", interval?.Lower);
        WriteKnown(writer, $"pi_ub{kind}", interval?.Upper);
    }

    private static void WritePair(Utf8JsonWriter writer, string name, Interval? interval)
    {
        if (interval is { } known)
        {
            writer.WriteStartArray(name);
            writer.WriteFinite(known.Lower);
            writer.WriteFinite(known.Upper);
            writer.WriteEndArray();
        }
    }
}
