using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetaSpine.Tests;

/// <summary>Requests of kind diagnostics: the reference files through the batch, and what goes wrong with one name.</summary>
public sealed class DiagnosticsBatchTests
{
    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids];

    /// <summary>
    /// Every name of a file but selection models, which have their own test, is asked for and agrees with every number. The exact permutation test of the files
    /// is that by DerSimonian and Laird (46 of 512 sign changes): by REML metafor counts 52, as does the library.
    /// </summary>
    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Every_name_of_a_file_is_answered_in_its_place(string id)
    {
        var file = JsonNode.Parse(File.ReadAllText(TestFiles.Path($"Reference/diagnostics/{id}.json")))!;
        var expect = file["expect"]!.AsObject();
        var names = expect.Select(pair => pair.Key).Where(name => name != "selmodel").ToList();
        var line = Batch.Answer(new JsonObject
        {
            ["id"] = id, ["kind"] = "diagnostics", ["yi"] = file["yi"]!.DeepClone(), ["vi"] = file["vi"]!.DeepClone(),
            ["diagnostics"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
        }.ToJsonString());
        line.ShouldNotContain('\n');
        var answer = JsonNode.Parse(line)!;
        answer["id"]!.GetValue<string>().ShouldBe(id);
        Numbers(answer["yi"]!).ShouldBe(Numbers(file["yi"]!));
        var diagnostics = answer["diagnostics"]!.AsObject();
        diagnostics.Select(pair => pair.Key).ShouldBe(names);
        foreach (var name in names)
        {
            Agree(expect[name]!, diagnostics[name]!, $"{id} {name}");
        }
    }

    /// <summary>
    /// The numbers of the files, to the agreement that they ask for: 1e-7, p-values 1e-6; what is near 0 to 1e-9. metafor solves for the critical value of
    /// Henmi and Copas to 1.2e-4 only (<see cref="HenmiCopasTests"/> shows that ours is exact), which times a standard error of at most 0.45 is 5e-5 of a bound;
    /// its mixed-effects regressions stop where tau^2 changes by less than 1e-5, and <see cref="SmallStudyTestsTests"/> holds ours against that.
    /// </summary>
    private static void Agree(JsonNode? expected, JsonNode? actual, string where)
    {
        switch (expected)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    actual!.AsObject().ContainsKey(name).ShouldBeTrue($"{where}.{name} is not answered");
                    Agree(value, actual[name], $"{where}.{name}");
                }

                break;
            case JsonArray items:
                actual!.AsArray().Count.ShouldBe(items.Count, where);
                for (var i = 0; i < items.Count; i++)
                {
                    Agree(items[i], actual[i], FormattableString.Invariant($"{where}[{i}]"));
                }

                break;
            default:
                if (expected is null || expected.GetValueKind() == JsonValueKind.String)
                {
                    actual?.ToString().ShouldBe(expected?.ToString(), where);
                    break;
                }

                var (theirs, ours) = (expected.GetValue<double>(), actual!.GetValue<double>());
                var tolerance = where.Contains("pval", StringComparison.Ordinal) ? 1e-6 : 1e-7;
                var least = where.Contains("hc.ci", StringComparison.Ordinal) ? 5e-5
                    : where.Contains("regtest[0]", StringComparison.Ordinal) || where.Contains("regtest[1]", StringComparison.Ordinal) ? 2e-4 : 1e-9;
                Math.Abs(ours - theirs).ShouldBeLessThanOrEqualTo(Math.Max(tolerance * Math.Abs(theirs), least), FormattableString.Invariant($"{where} is {ours:R}, expected {theirs:R}"));
                break;
        }
    }

    /// <summary>
    /// Every model of the file is answered under its names, by the library's numbers, which <see cref="SelectionReferenceTests"/> holds against the file; where
    /// metafor reached the same maximum, also by the file's, to what its optimiser leaves.
    /// </summary>
    [Fact]
    public void Selection_models_are_answered_by_function_steps_and_side()
    {
        var file = JsonNode.Parse(File.ReadAllText(TestFiles.Path("Reference/diagnostics/normand1999.json")))!;
        var models = Ask(new JsonObject
        {
            ["kind"] = "diagnostics", ["yi"] = file["yi"]!.DeepClone(), ["vi"] = file["vi"]!.DeepClone(), ["diagnostics"] = new JsonArray("selmodel"),
        }.ToJsonString())["selmodel"]!.AsArray();
        models.Count.ShouldBe(20);
        static string Key(JsonNode model) => $"{model["type"]} {model["steps"]?.ToJsonString()} {model["alternative"]}";
        var answered = models.ToDictionary(model => Key(model!), model => model!.AsObject());
        var same = 0;
        foreach (var expected in file["expect"]!["selmodel"]!.AsArray())
        {
            var model = answered[Key(expected!)];
            model.Select(pair => pair.Key).ShouldBe(expected!.AsObject().Select(pair => pair.Key), Key(expected));
            foreach (var name in new[] { "beta", "se", "delta", "se_delta" })
            {
                model[name]!.AsArray().Count.ShouldBe(expected[name]!.AsArray().Count, Key(expected));
            }

            if (Math.Abs(model["ll"]!.GetValue<double>() - expected["ll"]!.GetValue<double>()) < 1e-5)
            {
                same++;
                double[] Of(JsonNode from) => [.. Numbers(from["beta"]!), from["tau2"]!.GetValue<double>(), .. Numbers(from["delta"]!), from["LRT"]!.GetValue<double>(), from["LRTp"]!.GetValue<double>()];
                Of(model).ShouldBe(Of(expected), 5e-3);
            }
        }

        same.ShouldBe(9);
        var alone = PooledResultOf(file).Selection(SelectionFunction.Step(0.025), new SelectionOptions { Side = SelectionSide.Less, Intervals = false });
        answered["stepfun [0.025] less"]["delta"]![1]!.GetValue<double>().ShouldBe(alone.Steps[1].Weight);
        answered["stepfun [0.025] less"]["se_delta"]![0].ShouldBeNull();
        answered["stepfun [0.025] less"]["se_delta"]![1]!.GetValue<double>().ShouldBe(alone.Parameters[0].StandardError!.Value);
    }

    [EveryCultureFact]
    public void A_selection_model_with_too_many_parameters_has_its_error_in_its_place()
    {
        var models = Ask("""{"kind":"diagnostics","yi":[0.1,0.3,0.9],"vi":[0.1,0.2,0.1],"diagnostics":["selmodel"]}""")["selmodel"]!.AsArray();
        models.Count.ShouldBe(20);
        models[0]!["error"]!["message"]!.GetValue<string>().ShouldContain("needs at least 4 studies");
        models[2]!["ll"]!.GetValue<double>().ShouldBeLessThan(0);
    }

    [EveryCultureFact]
    public void What_is_wrong_with_one_name_leaves_the_others_alone()
    {
        var answer = Ask("""{"id":1,"kind":"diagnostics","yi":[0.1,0.3],"vi":[0.1,0.2],"diagnostics":["blup","leave1out","cumul_XX","cumul_EE","rstuden","blup","permutest_exact","rstudent"]}""");
        answer.Select(pair => pair.Key).ShouldBe(["blup", "leave1out", "cumul_XX", "cumul_EE", "rstuden", "permutest_exact", "rstudent"]);
        answer["blup"]!["pred"]!.AsArray().Count.ShouldBe(2);
        Error(answer, "leave1out").ShouldBe(("cannot-pool", "diagnostics[1]"));
        Error(answer, "cumul_XX").ShouldBe(("unknown-method", "diagnostics[2]"));
        answer["cumul_EE"]!["estimate"]![0]!.GetValue<double>().ShouldBe(0.1);
        Error(answer, "rstuden").Code.ShouldBe("unknown-diagnostic");
        answer["rstuden"]!["error"]!["message"]!.GetValue<string>().ShouldContain("cumul_METHOD");
        answer["permutest_exact"]!["pval"]!.GetValue<double>().ShouldBe(0.5, "of the signs of two estimates, two of four are as extreme");
        Error(answer, "rstudent").Code.ShouldBe("cannot-pool");
    }

    [EveryCultureFact]
    public void The_permutation_test_takes_another_method()
    {
        var test = DiagnosticsCase.Load("normand1999");
        var answer = Ask(new JsonObject
        {
            ["kind"] = "diagnostics", ["method"] = "REML", ["yi"] = new JsonArray([.. test.Y.Select(y => (JsonNode)y)]), ["vi"] = new JsonArray([.. test.V.Select(v => (JsonNode)v)]),
            ["diagnostics"] = new JsonArray("permutest_exact"),
        }.ToJsonString());

        // metafor 3.8.1, permutest(rma(yi, vi), exact = TRUE).
        answer["permutest_exact"]!["pval"]!.GetValue<double>().ShouldBe(52 / 512.0);
    }

    [EveryCultureFact]
    public void An_exact_test_of_too_many_studies_is_refused()
    {
        var ones = string.Join(',', Enumerable.Range(1, 25));
        var answer = Ask($$"""{"id":1,"kind":"diagnostics","method":"EE","yi":[{{ones}}],"vi":[{{ones}}],"diagnostics":["permutest_exact"]}""");
        answer["permutest_exact"]!["error"]!["message"]!.GetValue<string>().ShouldContain("up to 20");
    }

    [EveryCultureFact]
    public void The_options_of_the_model_are_heeded()
    {
        var answer = Ask("""{"id":1,"kind":"diagnostics","method":"DL","test":"knha","level":90,"yi":[0.1,0.3,0.9,1.2],"vi":[0.1,0.2,0.1,0.3],"diagnostics":["leave1out","rstudent","influential"]}""");
        var result = MetaAnalysis.Pool([0.1, 0.3, 0.9, 1.2], [0.1, 0.2, 0.1, 0.3], new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.KnappHartung, Level = 0.9 });
        Numbers(answer["leave1out"]!["ci_lb"]!).ShouldBe(result.LeaveOneOut().Subsets.Select(subset => subset.Interval.Lower));
        Numbers(answer["rstudent"]!["z"]!).ShouldBe(result.Influence().Studies.Select(study => study.Deleted!.Studentised));
        Numbers(answer["influential"]!).ShouldBe(result.Influence().Influential.Select(study => study.Row + 1.0));
    }

    private static JsonObject Ask(string request) => JsonNode.Parse(Batch.Answer(request))!["diagnostics"]!.AsObject();

    private static (string Code, string Path) Error(JsonObject answer, string name) =>
        (answer[name]!["error"]!["code"]!.GetValue<string>(), answer[name]!["error"]!["path"]!.GetValue<string>());

    private static PooledResult PooledResultOf(JsonNode file) => MetaAnalysis.Pool(Numbers(file["yi"]!), Numbers(file["vi"]!), new PoolingOptions { Test = PoolingTest.Z });

    private static double[] Numbers(JsonNode array) => [.. array.AsArray().Select(item => item!.GetValue<double>())];
}
