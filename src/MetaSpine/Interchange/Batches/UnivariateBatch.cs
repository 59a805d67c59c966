using System.Text.Json;

namespace MetaSpine;

/// <summary>Requests of kind <c>univariate</c>: studies under one measure, and any number of fits of them.</summary>
internal static class UnivariateBatch
{
    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var effects = BatchRequest.Effects(request);
        BatchRequest.WriteEffects(answer, effects);
        BatchRequest.WriteFits(request, answer, ["method", "test", "level", "tau2", "weights", "weighted", "mods"], fit => Fit(fit, effects), FitAnswer.Write);
    }

    private static ModelResult Fit(RequestPart fit, EffectSizes effects)
    {
        var options = new PoolingOptions
        {
            Method = BatchRequest.Named(fit.Optional("method"), "unknown-method", MethodNames.Method, PoolingMethod.REML),
            Test = BatchRequest.Named(fit.Optional("test"), "unknown-test", MethodNames.Test, PoolingTest.KnappHartung),
            Level = BatchRequest.Level(fit.Optional("level")),
            FixedTau2 = fit.Optional("tau2")?.Number(),
            Weights = fit.Optional("weights") is { } weights ? Array.ConvertAll(weights.Items(), weight => weight.NumberOrMissing()) : null,
            Weighted = fit.Optional("weighted")?.Flag() ?? true,
        };
        if (fit.Optional("mods") is { } mods)
        {
            return MetaAnalysis.Regress(effects, BatchRequest.Design(mods, effects.Count), options);
        }

        var result = MetaAnalysis.Pool(effects, options);
        return result.StudyCount > 1 || options is { Method: PoolingMethod.EE, Test: PoolingTest.Z }
            ? result
            : throw new BatchException("one-study", $"one study leaves nothing to estimate heterogeneity or degrees of freedom from; method EE with test z gives its own estimate{LeftOut(result)}", fit.Path);
    }

    private static string LeftOut(PooledResult result) => result.Excluded.Count == 0 ? "" : $" (not pooled: {string.Join("; ", result.Excluded.Select(study => $"{study.Label}: {study.Reason}"))})";
}
