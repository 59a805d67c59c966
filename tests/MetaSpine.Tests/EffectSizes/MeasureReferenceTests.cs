using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Every measure with every variance it offers, against the published formulas in 50 digits (Reference/make-measures.py).</summary>
public sealed class MeasureReferenceTests
{
    /// <summary>Closed forms of a few operations; what is left is the rounding of inputs such as 3.2 and differences of near numbers.</summary>
    private const double Tolerance = 2e-13;

    /// <summary>The unbiased variance of UCOR is the difference of two estimates of the squared correlation: with 1e5 participants five digits go.</summary>
    private const double DifferenceTolerance = 1e-11;

    private static readonly List<JsonElement> All =
        [.. JsonDocument.Parse(File.ReadAllText(TestFiles.Path("EffectSizes/Reference/measures.json"))).RootElement.EnumerateArray()];

    public static TheoryData<string> Names => [.. All.Select(Name)];

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_published_formula(string name)
    {
        var test = All.Single(item => Name(item) == name);
        var data = test.GetProperty("data").EnumerateObject()
            .Aggregate(new EffectData(), (columns, column) => columns.With(column.Name, ReferenceCase.Numbers(column.Value)));
        var measure = Measures.Find(test.GetProperty("measure").GetString()!);
        var effects = measure.Compute(data, new EffectSizeOptions { Variance = Variance(test), Correct = test.GetProperty("correct").GetBoolean() });

        double[] y = ReferenceCase.Numbers(test.GetProperty("yi")), v = ReferenceCase.Numbers(test.GetProperty("vi"));
        effects.Count.ShouldBe(y.Length);
        for (var i = 0; i < y.Length; i++)
        {
            var study = effects.Studies[i];
            study.IsComputed.ShouldBe(!double.IsNaN(y[i]), $"{name} row {i + 1}: {study.Problem}");
            if (study.IsComputed)
            {
                // A near-zero estimate is a difference of the inputs' own size.
                study.Estimate.ShouldBe(y[i], Tolerance * Math.Max(Math.Abs(y[i]), 0.01), $"{name} yi row {i + 1}");
                study.Variance.ShouldBe(v[i], (name == "UCOR UB" ? DifferenceTolerance : Tolerance) * v[i], $"{name} vi row {i + 1}");
            }
        }
    }

    /// <summary>A measure or a variance that is added without a case fails here. Peto's and the arcsine difference are held by the trials of Reference/univariate.</summary>
    [EveryCultureFact]
    public void No_measure_and_no_variance_is_without_a_case()
    {
        var tested = All.Select(test => (test.GetProperty("measure").GetString(), Variance(test))).ToHashSet();
        string[] elsewhere = ["AS", "PETO", "GEN", "HR", "HD"];
        var missing = from measure in Measures.All
                      where !elsewhere.Contains(measure.Code)
                      from type in measure.Variances
                      where !tested.Contains((measure.Code, type))
                      select $"{measure.Code} {type}";
        missing.ShouldBeEmpty();
    }

    private static VarianceType Variance(JsonElement test) => Enum.Parse<VarianceType>(test.GetProperty("vtype").GetString()!);

    private static string Name(JsonElement test) =>
        $"{test.GetProperty("measure").GetString()} {test.GetProperty("vtype").GetString()}{(test.GetProperty("correct").GetBoolean() ? "" : " uncorrected")}";
}
