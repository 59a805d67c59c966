using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// Requests of kind <c>location-scale</c>: estimates <c>yi</c> with variances <c>vi</c>, the design <c>X</c> of the mean and <c>Z</c> of
/// tau^2, each with its intercept in it where it has one, and fits that name a method and a link.
/// </summary>
internal static class LocationScaleBatch
{
    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var data = BatchRequest.WithColumn(BatchRequest.WithColumn(new EffectData(), "yi", request["yi"]), "vi", request["vi"]);
        var effects = BatchRequest.Effects(Measures.GEN, data, EffectSizeOptions.Default);
        var location = BatchRequest.Matrix(request, "X", effects.Count);
        var scale = BatchRequest.Matrix(request, "Z", effects.Count);
        BatchRequest.WriteEffects(answer, effects);
        BatchRequest.WriteFits(request, answer, ["method", "link", "test", "level"], fit => Fit(fit, effects, location, scale), Write);
    }

    private static LocationScaleResult Fit(RequestPart fit, EffectSizes effects, DesignMatrix location, DesignMatrix scale) => LocationScale.Fit(
        effects,
        location,
        scale,
        new PoolingOptions
        {
            Method = BatchRequest.Named(fit.Optional("method"), "unknown-method", MethodNames.Method, PoolingMethod.REML),
            Test = BatchRequest.Named(fit.Optional("test"), "unknown-test", MethodNames.Test, PoolingTest.Z),
            Level = BatchRequest.Level(fit.Optional("level")),
        },
        BatchRequest.Named(fit.Optional("link"), "unknown-link", Link, ScaleLink.Log));

    private static ScaleLink Link(string link) => link switch
    {
        "log" => ScaleLink.Log,
        "identity" => ScaleLink.Identity,
        _ => throw new ArgumentException($"there is no link '{link}'; there are log and identity"),
    };

    private static void Write(Utf8JsonWriter writer, LocationScaleResult result)
    {
        writer.WriteNumber("k", result.Studies.Count);
        FitAnswer.WriteCoefficients(writer, result.Coefficients, alone: false);
        FitAnswer.WriteEach(writer, "alpha", result.ScaleCoefficients, c => c.Estimate);
        FitAnswer.WriteEach(writer, "se_alpha", result.ScaleCoefficients, c => c.StandardError ?? double.NaN);
        writer.WriteFinite("ll", result.Options.Method == PoolingMethod.ML ? result.Fit.LogLikelihood : result.Fit.RestrictedLogLikelihood);
    }
}
