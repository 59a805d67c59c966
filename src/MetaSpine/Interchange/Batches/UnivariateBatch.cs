using System.Text.Json;

namespace MetaSpine;

/// <summary>Requests of kind <c>univariate</c>: studies under one measure, and any number of fits of them.</summary>
internal static class UnivariateBatch
{
    private static readonly string[] Names =
        ["method", "test", "level", "tau2", "weights", "weighted", "tau2_interval", "mods", "cluster", "robust", "profile", "share_below", "nagashima"];

    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var effects = BatchRequest.Effects(request);
        BatchRequest.WriteEffects(answer, effects);
        BatchRequest.WriteFits(request, answer, Names, fit => Fit(fit, effects), Write);
    }

    private static Fitted Fit(RequestPart fit, EffectSizes effects)
    {
        var model = Model(fit, effects);
        var robust = fit.Optional("cluster") is { } cluster
            ? model.Robust(Array.ConvertAll(cluster.Items(), name => name.Text()), BatchRequest.Named(fit.Optional("robust"), "unknown-covariance", ModelNames.Robust, RobustType.CR2))
            : null;
        if (robust is null && fit.Optional("robust") is { } kind)
        {
            throw new BatchException("bad-option", "there are no clusters; name one for each study under cluster", kind.Path);
        }

        var pooled = model as PooledResult;
        return new Fitted(
            model,
            robust,
            fit.Optional("share_below")?.Number() is { } threshold ? Pooled("share_below").ShareBelow(threshold) : null,
            fit.Optional("nagashima")?.Flag() == true ? Pooled("nagashima").NagashimaPredictionInterval() : null,
            fit.Optional("profile")?.Flag() == true ? Profiles(model) : []);

        PooledResult Pooled(string name) => pooled
            ?? throw new BatchException("bad-option", "it belongs to a fit without mods", fit[name].Path);
    }

    private static ModelResult Model(RequestPart fit, EffectSizes effects)
    {
        var options = new PoolingOptions
        {
            Method = BatchRequest.Named(fit.Optional("method"), "unknown-method", MethodNames.Method, PoolingMethod.REML),
            Test = BatchRequest.Named(fit.Optional("test"), "unknown-test", MethodNames.Test, PoolingTest.KnappHartung),
            Level = BatchRequest.Level(fit.Optional("level")),
            Tau2Interval = BatchRequest.Named(fit.Optional("tau2_interval"), "unknown-interval", MethodNames.Tau2Interval, Tau2IntervalMethod.QProfile),
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

    private static CoefficientProfile[] Profiles(ModelResult model) => model is RegressionResult regression
        ? [.. Enumerable.Range(0, regression.Coefficients.Count).Select(regression.ProfileLikelihoodInterval)]
        : [((PooledResult)model).ProfileLikelihoodInterval()];

    private static void Write(Utf8JsonWriter writer, Fitted fitted)
    {
        FitAnswer.Write(writer, fitted.Model);
        FitAnswer.WriteKnown(writer, "share_below", fitted.ShareBelow);
        FitAnswer.WriteBounds(writer, "_nagashima", fitted.Nagashima);
        if (fitted.Profiles.Length > 0)
        {
            FitAnswer.WriteEach(writer, "ci_lb_PL", fitted.Profiles, profile => profile.Interval.Lower);
            FitAnswer.WriteEach(writer, "ci_ub_PL", fitted.Profiles, profile => profile.Interval.Upper);
            FitAnswer.WriteEach(writer, "pval_LRT", fitted.Profiles, profile => profile.PValue);
        }

        if (fitted.Robust is { } robust)
        {
            writer.WriteStartObject("robust");
            writer.WriteNumber("clusters", robust.ClusterCount);
            FitAnswer.WriteEach(writer, "se", robust.Coefficients, c => c.StandardError);
            FitAnswer.WriteEach(writer, "stat", robust.Coefficients, c => c.Statistic);
            FitAnswer.WriteEach(writer, "df", robust.Coefficients, c => c.DegreesOfFreedom);
            FitAnswer.WriteEach(writer, "pval", robust.Coefficients, c => c.PValue);
            FitAnswer.WriteEach(writer, "ci_lb", robust.Coefficients, c => c.Interval.Lower);
            FitAnswer.WriteEach(writer, "ci_ub", robust.Coefficients, c => c.Interval.Upper);
            FitAnswer.WriteKnown(writer, "F", robust.Moderators?.Statistic);
            FitAnswer.WriteKnown(writer, "df1", robust.Moderators?.DegreesOfFreedom);
            FitAnswer.WriteKnown(writer, "df2", robust.Moderators?.ResidualDegreesOfFreedom);
            FitAnswer.WriteKnown(writer, "Fp", robust.Moderators?.PValue);
            writer.WriteEndObject();
        }
    }

    /// <summary>A model, and what the request asks for beside it.</summary>
    private sealed record Fitted(ModelResult Model, RobustResult? Robust, double? ShareBelow, Interval? Nagashima, CoefficientProfile[] Profiles);
}
