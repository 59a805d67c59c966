using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>vcalc.json, which make-vcalc.R makes of composed data with metafor 3.8.1 and Matrix 1.5.3.</summary>
internal static class CovarianceReference
{
    public static JsonElement Root { get; } = JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Multilevel/vcalc.json"))).RootElement;

    public static double[] Variances => Numbers("vi");

    public static Predictor Study => Column("study");

    public static SamplingDependence Dependence => new() { Cluster = Study };

    public static double[] Numbers(string name) => ReferenceCase.Numbers(Root.GetProperty("data").GetProperty(name));

    public static Predictor Column(string name) => Column(Root.GetProperty("data"), name);

    public static Predictor Column(JsonElement data, string name)
    {
        var values = data.GetProperty(name).EnumerateArray().ToList();
        return values[0].ValueKind == JsonValueKind.Number
            ? Predictor.Numeric(name, values.ConvertAll(e => e.GetDouble()))
            : Predictor.Categorical(name, values.ConvertAll(e => e.GetString()));
    }

    public static double[][] Rows(JsonElement matrix) => [.. matrix.EnumerateArray().Select(ReferenceCase.Numbers)];

    /// <summary>Two ways to the same double arithmetic, a power and two roots apart: 1e-12 of the largest number.</summary>
    public static void ShouldBe(this SamplingCovariance actual, double[][] expected, double tolerance = 1e-12)
    {
        actual.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            for (var j = 0; j < expected.Length; j++)
            {
                actual[i, j].ShouldBe(expected[i][j], tolerance * Math.Sqrt(actual[i, i] * actual[j, j]), $"row {i + 1}, column {j + 1}");
            }
        }
    }
}
