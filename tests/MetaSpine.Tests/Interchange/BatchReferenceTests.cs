using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetaSpine.Tests;

/// <summary>The reference files, asked through the batch protocol.</summary>
public sealed class BatchReferenceTests
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Ids];

    /// <summary>
    /// Every field that a file expects is answered, and by exactly the number that the library gives, which
    /// <see cref="ReferenceTests"/> holds against the file.
    /// </summary>
    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Every_expected_field_is_answered(string id)
    {
        var test = ReferenceCase.Load(id);
        var answer = JsonDocument.Parse(Batch.Answer(Request(id))).RootElement;
        answer.GetProperty("id").GetString().ShouldBe(id);
        var effects = test.Effects;
        ReferenceCase.Numbers(answer.GetProperty("yi")).ShouldBe(effects.Studies.Select(study => study.Estimate));
        ReferenceCase.Numbers(answer.GetProperty("vi")).ShouldBe(effects.Studies.Select(study => study.Variance));
        var fits = answer.GetProperty("fits").EnumerateArray().ToList();
        fits.Count.ShouldBe(test.Fits.Count);
        foreach (var (fit, answered) in test.Fits.Zip(fits))
        {
            ModelResult result = fit.Design(effects.Count) is { } design
                ? MetaAnalysis.Regress(effects, design, fit.Options)
                : MetaAnalysis.Pool(effects, fit.Options);
            foreach (var field in fit.Expect.EnumerateObject().Select(property => property.Name))
            {
                answered.TryGetProperty(field, out var value).ShouldBeTrue($"{fit.Name}: {field} is not answered");
                value.ValueKind.ShouldBe(fit.Expect.GetProperty(field).ValueKind, $"{fit.Name}: {field}");
                var numbers = value.ValueKind == JsonValueKind.Array ? ReferenceCase.Numbers(value) : [value.GetDouble()];
                numbers.ShouldBe(ResultFields.Of(result, field), $"{fit.Name}: {field}");
            }
        }
    }

    /// <summary>A case file as a request: without what it expects.</summary>
    private static string Request(string id)
    {
        var request = JsonNode.Parse(File.ReadAllText(TestFiles.Path($"Reference/univariate/{id}.json")))!.AsObject();
        foreach (var name in new[] { "source", "yi", "vi", "used" })
        {
            request.Remove(name);
        }

        foreach (var fit in request["fits"]!.AsArray())
        {
            fit!.AsObject().Remove("expect");
        }

        return request.ToJsonString();
    }
}
