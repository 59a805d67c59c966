using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>The BCG trials and what R makes of them: regression-peers.json, by make-regression-peers.R.</summary>
internal static class RegressionPeers
{
    public static JsonElement Root { get; } =
        JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Pooling/Regression/regression-peers.json"))).RootElement;

    public static EffectSizes Effects => Measures.GEN.Compute(new EffectData { ["yi"] = Numbers("yi"), ["vi"] = Numbers("vi") });

    public static Predictor[] Moderators =>
    [
        Predictor.Numeric("ablat", Numbers("ablat")), Predictor.Numeric("year", Numbers("year")),
        Predictor.Categorical("alloc", Texts("alloc")), Predictor.Categorical("region", Texts("region")),
    ];

    public static RegressionResult Fit(string formula, PoolingTest test = PoolingTest.KnappHartung, PoolingMethod method = PoolingMethod.REML) =>
        MetaAnalysis.Regress(Effects, formula, Moderators, new PoolingOptions { Test = test, Method = method });

    public static double[] Numbers(string name) => Numbers(Root.GetProperty(name));

    public static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? [element.GetDouble()] : [.. element.EnumerateArray().Select(e => e.GetDouble())];

    public static string[] Texts(string name) => Texts(Root.GetProperty(name));

    public static string[] Texts(JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetString()!)];

    public static void Agree(string what, IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance)
    {
        actual.Count.ShouldBe(expected.Count, what);
        for (var i = 0; i < actual.Count; i++)
        {
            (Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])))
                .ShouldBeTrue(FormattableString.Invariant($"{what}[{i}] is {actual[i]:R}, expected {expected[i]:R}"));
        }
    }
}
