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
        var answer = Answer("univariate", id);
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

    public static TheoryData<string> StratifiedCases => [.. CountCase.Ids("mantel-haenszel")];

    public static TheoryData<string> CountModelCases => [.. CountCase.Ids("glmm")];

    public static TheoryData<string> LocationScaleCases => [.. CountCase.Ids("location-scale")];

    public static TheoryData<string> MultilevelCases => [.. MultilevelCase.Ids];

    /// <summary>The numbers of the library, which <see cref="MultilevelReferenceTests"/> and <see cref="MultilevelRobustTests"/> hold against the file; every name of the file is there.</summary>
    [EveryCultureTheory]
    [MemberData(nameof(MultilevelCases))]
    public void Dependent_effects_are_answered_as_the_library_has_them(string id)
    {
        var test = MultilevelCase.Load(id);
        foreach (var (fit, answered) in Pairs("multilevel", id, Answer("multilevel", id)))
        {
            var expect = fit.GetProperty("expect");
            foreach (var field in expect.EnumerateObject())
            {
                answered.TryGetProperty(field.Name, out var value).ShouldBeTrue($"{id}: {field.Name} is not answered: {answered}");
                value.ValueKind.ShouldBe(field.Value.ValueKind, $"{id} {field.Name}");
                Numbers(value).Length.ShouldBe(Numbers(field.Value).Length, $"{id} {field.Name}");
            }

            var method = fit.GetProperty("method").GetString()!;
            if (fit.TryGetProperty("robust", out var robust))
            {
                var errors = test.Fit(method, "z", "residual").Robust([.. Clusters(test, fit.GetProperty("cluster").GetString()!)], Enum.Parse<RobustType>(robust.GetString()!));
                Numbers(answered.GetProperty("se")).ShouldBe(errors.Coefficients.Select(c => c.StandardError));
                Numbers(answered.GetProperty("df")).ShouldBe(errors.Coefficients.Select(c => c.DegreesOfFreedom));

                // The tolerance of the issue for robust results, with the variances that metafor stops at.
                Numbers(answered.GetProperty("se")).ShouldBeNear(Numbers(expect.GetProperty("se")), 1e-6, id);
                continue;
            }

            var result = test.Fit(method, fit.GetProperty("test").GetString()!, fit.GetProperty("dfs").GetString()!);
            Numbers(answered.GetProperty("beta")).ShouldBe(result.Coefficients.Select(c => c.Estimate));
            Numbers(answered.GetProperty("ci_ub")).ShouldBe(result.Coefficients.Select(c => c.Interval.Upper));
            Numbers(answered.GetProperty("ddf")).ShouldBe(Numbers(expect.GetProperty("ddf")));
            answered.GetProperty("ll_reml").GetDouble().ShouldBe(result.Fit.RestrictedLogLikelihood);
            foreach (var name in new[] { "sigma2", "tau2", "rho", "gamma2", "phi", "QM" })
            {
                // As in MultilevelReferenceTests: metafor stops up to 4e-4 short where the likelihood is flat.
                Numbers(answered.GetProperty(name)).ShouldBeNear(Numbers(expect.GetProperty(name)), 4e-4, $"{id} {name}");
            }
        }
    }

    private static IEnumerable<string> Clusters(MultilevelCase test, string column) =>
        Enumerable.Range(0, test.Effects.Count).Select(row => test.Column(column).Category(row));

    [EveryCultureTheory]
    [InlineData("\"random\": \"~ 1 | trail\"", "missing-field", "data.trail")]
    [InlineData("\"random\": \"~ 1 |\"", "bad-random", "random")]
    [InlineData("\"random\": [\"~ lab | trial\"], \"struct\": \"UM\"", "bad-random", "struct")]
    [InlineData("\"random\": [\"~ 1 | trial\"], \"V\": \"diagonal\"", "wrong-type", "V")]
    [InlineData("\"random\": [\"~ 1 | trial\"], \"V\": [[1, 0], [0, 1]]", "bad-data", "V")]
    [InlineData("\"random\": [\"~ 1 | trial\"], \"V\": [[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]", "bad-data", "V")]
    [InlineData("\"random\": [\"~ 1 | short\"]", "bad-data", "data.short")]
    [InlineData("\"randm\": [\"~ 1 | trial\"]", "unknown-field", "randm")]
    public void Wrong_requests_of_dependent_effects_are_told_where(string fields, string code, string path)
    {
        var answer = JsonDocument.Parse(Batch.Answer(
            $"{{\"id\": 1, \"kind\": \"multilevel\", \"data\": {{\"yi\": [1, 2, 4], \"vi\": [1, 1, 1], \"trial\": [1, 1, 2], \"lab\": [\"a\", \"b\", \"a\"], \"short\": [1]}}, {fields}, \"fits\": [{{}}]}}")).RootElement;
        var error = answer.GetProperty("error");
        (error.GetProperty("code").GetString(), error.GetProperty("path").GetString()).ShouldBe((code, path), error.ToString());
    }

    [EveryCultureFact]
    public void A_wrong_fit_of_dependent_effects_leaves_the_others_alone()
    {
        var answer = JsonDocument.Parse(Batch.Answer(
            """
            {"id": 1, "kind": "multilevel", "random": "~ 1 | trial", "V": [[1, 0.5, 0, 0], [0.5, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 2]],
             "data": {"yi": [1, 2, 4, 6], "trial": ["a", "a", "b", "c"]},
             "fits": [{"test": "knha"}, {"dfs": "full", "test": "t"}, {"method": "DL"}, {"cluster": "lab"}, {"dsf": 1}, {"test": "t", "dfs": "satterthwaite", "level": 90}, {"cluster": "trial"}]}
            """.ReplaceLineEndings(" "))).RootElement;
        var fits = answer.GetProperty("fits").EnumerateArray().ToList();
        fits.Take(5).Select(fit => fit.GetProperty("error").GetProperty("code").GetString()).ShouldBe(["unknown-test", "unknown-test", "bad-option", "missing-field", "unknown-field"]);
        Numbers(answer.GetProperty("vi")).ShouldBe([1, 1, 1, 2]);
        fits[5].GetProperty("ddf")[0].GetDouble().ShouldBeGreaterThan(0);
        fits[6].GetProperty("clusters").GetInt32().ShouldBe(3);
    }

    [EveryCultureTheory]
    [MemberData(nameof(StratifiedCases))]
    public void Stratified_counts_are_answered_as_the_file_has_them(string id)
    {
        foreach (var (fit, answered) in Pairs("mantel-haenszel", id, Answer("mantel-haenszel", id)))
        {
            foreach (var (name, actual, expected) in Fields(fit, answered))
            {
                var tolerance = name.EndsWith('p') || name == "pval" ? 1e-6 : 1e-7;
                Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(tolerance * Math.Abs(expected), $"{id} {fit} {name}");
            }
        }
    }

    /// <summary>The numbers of the library, which <see cref="CountModelReferenceTests"/> holds against the file; those that need no quadrature also those of the file.</summary>
    [EveryCultureTheory]
    [MemberData(nameof(CountModelCases))]
    public void Count_models_are_answered_as_the_library_has_them(string id)
    {
        var test = new CountCase("glmm", id);
        foreach (var (fit, answered) in Pairs("glmm", id, Answer("glmm", id)))
        {
            var options = CountModelReferenceTests.Options(fit);
            var points = fit.GetProperty("nAGQ");
            options = options with { Points = options.Method == PoolingMethod.EE || points.ValueKind == JsonValueKind.Null ? null : points.GetInt32() };
            var result = CountModels.Fit(Measures.Find(test.Measure!), test.Data, options);
            foreach (var (name, actual, expected) in Fields(fit, answered))
            {
                actual.ShouldBe(CountModelReferenceTests.Field(result, name), $"{id} {fit} {name}");

                // metafor's log-likelihood of UM.RS lacks the penalty of the random baselines, as CountModelReferenceTests says.
                if (options.Method == PoolingMethod.EE && (name is "beta" or "se" or "QE_df" or "k" || (name == "ll" && options.Model != CountModel.UMRS)))
                {
                    Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(2e-4 * Math.Abs(expected), $"{id} {fit} {name}");
                }
            }
        }
    }

    /// <summary>
    /// A design is taken as it is given. The files list an intercept in Z that their fits do not have (<see cref="LocationScaleTests"/>): without
    /// it the answer is the file's, to what metafor's optimiser leaves; with it, it has both coefficients.
    /// </summary>
    [EveryCultureTheory]
    [MemberData(nameof(LocationScaleCases))]
    public void Location_scale_models_are_answered_for_the_designs_as_given(string id)
    {
        var request = JsonNode.Parse(Request("location-scale", id))!;
        var whole = JsonDocument.Parse(Batch.Answer(request.ToJsonString())).RootElement.GetProperty("fits");
        whole.EnumerateArray().ShouldAllBe(fit => fit.GetProperty("alpha").GetArrayLength() == 2 && fit.GetProperty("se_alpha").GetArrayLength() == 2);
        foreach (var row in request["Z"]!.AsArray())
        {
            row!.AsArray().RemoveAt(0);
        }

        var answer = JsonDocument.Parse(Batch.Answer(request.ToJsonString())).RootElement;
        foreach (var (fit, answered) in Pairs("location-scale", id, answer))
        {
            foreach (var field in fit.GetProperty("expect").EnumerateObject())
            {
                var (actual, expected) = (Numbers(answered.GetProperty(field.Name)), Numbers(field.Value));
                actual.Length.ShouldBe(expected.Length);
                var tolerance = field.Name == "ll" ? 1e-7 : 2e-5;
                actual.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Abs(pair.Second), $"{id} {fit} {field.Name}");
            }
        }

        foreach (var (without, with) in answer.GetProperty("fits").EnumerateArray().Zip(whole.EnumerateArray()))
        {
            with.GetProperty("ll").GetDouble().ShouldBeGreaterThanOrEqualTo(without.GetProperty("ll").GetDouble() - 1e-9);
        }
    }

    private static double[] Numbers(JsonElement value) => value.ValueKind == JsonValueKind.Array ? ReferenceCase.Numbers(value) : [value.GetDouble()];

    private static IEnumerable<(string Name, double Actual, double Expected)> Fields(JsonElement fit, JsonElement answered)
    {
        foreach (var field in fit.GetProperty("expect").EnumerateObject())
        {
            answered.TryGetProperty(field.Name, out var value).ShouldBeTrue($"{fit}: {field.Name} is not answered: {answered}");
            yield return (field.Name, value.GetDouble(), field.Value.GetDouble());
        }
    }

    private static List<(JsonElement Fit, JsonElement Answered)> Pairs(string kind, string id, JsonElement answer)
    {
        answer.GetProperty("id").GetString().ShouldBe(id);
        answer.TryGetProperty("yi", out _).ShouldBeTrue();
        var answers = answer.GetProperty("fits").EnumerateArray().ToList();
        var fits = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/{kind}/{id}.json"))).RootElement.GetProperty("fits").EnumerateArray().ToList();
        answers.Count.ShouldBe(fits.Count);
        return [.. fits.Zip(answers)];
    }

    private static JsonElement Answer(string kind, string id) => JsonDocument.Parse(Batch.Answer(Request(kind, id))).RootElement;

    /// <summary>A case file as a request: without what it expects.</summary>
    private static string Request(string kind, string id)
    {
        var request = JsonNode.Parse(File.ReadAllText(TestFiles.Path($"Reference/{kind}/{id}.json")))!.AsObject();
        foreach (var name in new[] { "source", "used" }.Concat(kind == "univariate" ? ["yi", "vi"] : []))
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
