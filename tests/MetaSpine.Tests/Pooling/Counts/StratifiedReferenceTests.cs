using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Every field of every Mantel-Haenszel and Peto fit of the reference files, by metafor 3.8.1.</summary>
public sealed class StratifiedReferenceTests
{
    private const string Folder = "mantel-haenszel";

    /// <summary>All are closed forms; the files give 15 digits. A p-value multiplies the error of its statistic by half of it.</summary>
    private const double Tolerance = 1e-11, TailTolerance = 1e-9;

    public static TheoryData<string> Cases => [.. CountCase.Ids(Folder)];

    [Fact]
    public void All_files_are_there() => CountCase.Ids(Folder).Count.ShouldBe(8);

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Every_field_of_every_fit_agrees(string id)
    {
        var test = new CountCase(Folder, id);
        foreach (var fit in test.Fits)
        {
            var result = Fit(test.Data, fit);
            foreach (var field in fit.GetProperty("expect").EnumerateObject())
            {
                var (actual, expected) = (Field(result, field.Name), field.Value.GetDouble());
                var tolerance = field.Name.EndsWith('p') || field.Name == "pval" ? TailTolerance : Tolerance;
                Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
                    tolerance * Math.Abs(expected), FormattableString.Invariant($"{id} {fit.GetProperty("measure")} {field.Name}: {actual:R}, expected {expected:R}"));
            }
        }
    }

    private static StratifiedResult Fit(EffectData data, JsonElement fit)
    {
        if (fit.GetProperty("method").GetString() == "Peto")
        {
            return PetoMethod.Pool(data);
        }

        fit.GetProperty("method").GetString().ShouldBe("MH");
        return MantelHaenszel.Pool(
            Measures.Find(fit.GetProperty("measure").GetString()!), data, new StratifiedOptions { Correct = fit.GetProperty("correct").GetBoolean() });
    }

    private static double Field(StratifiedResult result, string name) => name switch
    {
        "k" => result.StudyCount,
        "beta" => result.Estimate,
        "se" => result.StandardError,
        "stat" => result.Statistic,
        "pval" => result.PValue,
        "ci_lb" => result.Interval.Lower,
        "ci_ub" => result.Interval.Upper,
        "QE" => result.Q.Statistic,
        "QEp" => result.Q.PValue,
        "I2" => result.I2,
        "H2" => result.H2!.Value,
        "MH" => result.CochranMantelHaenszel!.Value.Statistic,
        "MHp" => result.CochranMantelHaenszel!.Value.PValue,
        "BD" => result.BreslowDay!.Value.Statistic,
        "BDp" => result.BreslowDay!.Value.PValue,
        "TA" => result.Tarone!.Value.Statistic,
        "TAp" => result.Tarone!.Value.PValue,
        _ => throw new InvalidOperationException($"The reference files name a field that no test compares: {name}"),
    };
}
