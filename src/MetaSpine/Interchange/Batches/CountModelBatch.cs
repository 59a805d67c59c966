using System.Text.Json;

namespace MetaSpine;

/// <summary>Requests of kind <c>glmm</c>: counts under one measure (OR, IRR, PLO, IRLN), and fits of models for them.</summary>
internal static class CountModelBatch
{
    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var effects = BatchRequest.Effects(request);
        BatchRequest.WriteEffects(answer, effects);
        BatchRequest.WriteFits(request, answer, ["method", "model", "nAGQ", "test", "level", "mods"], fit => Fit(fit, effects), Write);
    }

    private static CountModelResult Fit(RequestPart fit, EffectSizes effects)
    {
        var usual = CountModelOptions.Default;
        var method = BatchRequest.Named(fit.Optional("method"), "unknown-method", MethodNames.Method, usual.Method);
        var options = usual with
        {
            Method = method,
            Model = BatchRequest.Named(fit.Optional("model"), "unknown-model", CountModels.Find, usual.Model),
            Test = BatchRequest.Named(fit.Optional("test"), "unknown-test", MethodNames.Test, usual.Test),
            Level = BatchRequest.Level(fit.Optional("level")),

            // As in metafor, the points are those over the effects; under equal effects there is none to integrate over.
            Points = method == PoolingMethod.EE ? null : fit.Optional("nAGQ")?.WholeNumber(),
            Tau2Interval = false,
        };
        return CountModels.Fit(effects.Measure, effects.Data, options, fit.Optional("mods") is { } mods ? BatchRequest.Design(mods, effects.Count) : null);
    }

    private static void Write(Utf8JsonWriter writer, CountModelResult result)
    {
        writer.WriteNumber("k", result.StudyCount);
        FitAnswer.WriteCoefficients(writer, result.Coefficients, alone: result.Coefficients.Count == 1);
        writer.WriteFinite("tau2", result.Tau2);
        FitAnswer.WriteKnown(writer, "I2", result.I2);
        FitAnswer.WriteKnown(writer, "H2", result.H2);
        FitAnswer.WriteKnown(writer, "QE_Wld", result.HeterogeneityWald?.Statistic);
        FitAnswer.WriteKnown(writer, "QE_LRT", result.HeterogeneityLikelihoodRatio?.Statistic);
        FitAnswer.WriteKnown(writer, "QE_df", (result.HeterogeneityLikelihoodRatio ?? result.HeterogeneityWald)?.DegreesOfFreedom);
        writer.WriteFinite("ll", result.Fit.LogLikelihood);
    }
}
