using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class BatchTests
{
    private const string Good = """{"id":1,"kind":"univariate","measure":"PLO","data":{"xi":[16,24,3],"ni":[18,29,20]},"fits":[{"method":"DL","test":"z"}]}""";

    [EveryCultureFact]
    public void Answers_come_one_a_line_in_the_order_of_the_requests()
    {
        var answers = Run($"{Good}\n\n   \n{Good.Replace("\"id\":1", "\"id\":\"zwei\"", StringComparison.Ordinal)}\r\n{Good}");
        answers.Select(answer => answer.GetProperty("id").ToString()).ShouldBe(["1", "zwei", "1"]);
        answers.ShouldAllBe(answer => answer.GetProperty("fits")[0].GetProperty("k").GetInt32() == 3);
    }

    /// <summary>From metafor 3.8.1's rma on dat.bcg (log odds ratios, test knha), in the 12 digits that R printed.</summary>
    [EveryCultureFact]
    public void Fits_take_a_fixed_variance_and_weights()
    {
        const string request = """
            {"id":1,"kind":"univariate","measure":"OR","data":{"ai":[4,6,3,62,33,180,8,505,29,17,186,5,27],"n1i":[123,306,231,13598,5069,1541,2545,88391,7499,1716,50634,2498,16913],
             "ci":[11,29,11,248,47,372,10,499,45,65,141,3,29],"n2i":[139,303,220,12867,5808,1451,629,88391,7277,1665,27338,2341,17854]},"fits":[{"tau2":0.05},
             {"weights":[48,49,60,77,73,53,73,80,68,61,74,69,76],"method":"GENQ"},{"weighted":false,"method":"DL"}]}
            """;
        var fits = JsonDocument.Parse(Batch.Answer(request)).RootElement.GetProperty("fits");
        double Of(int fit, string name) => fits[fit].GetProperty(name).ValueKind == JsonValueKind.Array ? fits[fit].GetProperty(name)[0].GetDouble() : fits[fit].GetProperty(name).GetDouble();
        (double Estimate, double Error)[] expected = [(-0.668769100664, 0.173217119402), (-0.720536407717, 0.194322749657)];
        for (var i = 0; i < expected.Length; i++)
        {
            Of(i, "beta").ShouldBe(expected[i].Estimate, 1e-11);
            Of(i, "se").ShouldBe(expected[i].Error, 1e-11);
        }

        Of(0, "tau2").ShouldBe(0.05);
        Of(1, "tau2").ShouldBe(0.373056742414, 1e-11);
        Of(2, "beta").ShouldBe(-0.771627242823, 1e-11);
    }

    [EveryCultureFact]
    public void Fits_answer_what_is_asked_for_beside_them()
    {
        const string request = """
            {"id":1,"kind":"univariate","measure":"GEN","data":{"yi":[-0.5,-0.2,0.1,-0.7,-0.4],"vi":[0.04,0.02,0.05,0.09,0.03]},"fits":[
             {"tau2_interval":"PL","cluster":["x","x","y","z","w"],"robust":"CR2","profile":true,"share_below":-0.1,"nagashima":true},
             {"mods":{"X":[[1,0],[1,1],[1,2],[1,3],[1,5]]},"share_below":0},{"cluster":["x","y"]},{"tau2_interval":"QQ"},{"robust":"CR1"}]}
            """;
        var result = MetaAnalysis.Pool([-0.5, -0.2, 0.1, -0.7, -0.4], [0.04, 0.02, 0.05, 0.09, 0.03], new() { Tau2Interval = Tau2IntervalMethod.ProfileLikelihood });
        var robust = result.Robust(["x", "x", "y", "z", "w"]);
        var profile = result.ProfileLikelihoodInterval();
        var fits = JsonDocument.Parse(Batch.Answer(request.ReplaceLineEndings(""))).RootElement.GetProperty("fits");
        var fit = fits[0];
        fit.GetProperty("tau2_ci")[1].GetDouble().ShouldBe(result.Tau2Interval!.Value.Upper);
        fit.GetProperty("robust").GetProperty("se")[0].GetDouble().ShouldBe(robust.Coefficients[0].StandardError);
        fit.GetProperty("robust").GetProperty("df")[0].GetDouble().ShouldBe(robust.Coefficients[0].DegreesOfFreedom);
        fit.GetProperty("robust").GetProperty("F").GetDouble().ShouldBe(robust.Moderators!.Value.Statistic);
        fit.GetProperty("ci_lb_PL")[0].GetDouble().ShouldBe(profile.Interval.Lower);
        fit.GetProperty("pval_LRT")[0].GetDouble().ShouldBe(profile.PValue);
        fit.GetProperty("share_below").GetDouble().ShouldBe(result.ShareBelow(-0.1)!.Value);
        fit.GetProperty("pi_ub_nagashima").GetDouble().ShouldBe(result.NagashimaPredictionInterval()!.Value.Upper);

        string Message(int failed) => fits[failed].GetProperty("error").GetProperty("message").GetString()!;
        Message(1).ShouldContain("belongs to a fit without mods");
        Message(2).ShouldContain("2 clusters, but 5 effect sizes");
        fits[3].GetProperty("error").GetProperty("code").GetString().ShouldBe("unknown-interval");
        Message(4).ShouldContain("name one for each study under cluster");
    }

    [EveryCultureFact]
    public void Options_of_effect_sizes_have_metafors_names()
    {
        static double[] Of(string options, string column) => [.. JsonDocument.Parse(Batch.Answer(
            $$$"""{"id":1,"kind":"univariate","measure":"OR","data":{"ai":[0,3],"n1i":[10,12],"ci":[2,1],"n2i":[10,9]},"options":{{{options}}},"fits":[]}"""))
            .RootElement.GetProperty(column).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];
        var data = new EffectData { ["ai"] = [0, 3], ["n1i"] = [10, 12], ["ci"] = [2, 1], ["n2i"] = [10, 9] };
        foreach (var (options, expected) in new (string, EffectSizeOptions)[]
        {
            ("""{"onlyo1":true}""", new() { AddOnlyToEvents = true }),
            ("""{"addvi":false,"to":"all"}""", new() { AddInVariance = false, To = ZeroCellRule.All }),
            ("""{"addyi":false,"to":"all"}""", new() { AddInEstimate = false, To = ZeroCellRule.All }),
            ("""{"flip":true}""", new() { Factors = [-1] }),
            ("""{"flip":[1,-2]}""", new() { Factors = [1, -2] }),
            ("""{"flip":[false,true]}""", new() { Factors = [1, -1] }),
        })
        {
            var effects = Measures.OR.Compute(data, expected);
            effects.Studies.ShouldContain(study => study.IsComputed, options);
            Of(options, "yi").ShouldBe(effects.Studies.Select(study => study.Estimate), options);
            Of(options, "vi").ShouldBe(effects.Studies.Select(study => study.Variance), options);
        }
    }

    [EveryCultureFact]
    public void A_bad_line_is_answered_by_an_error_and_the_next_line_is_read()
    {
        var answers = Run($"{Good}\nthis is no JSON\n{{\"id\":7,\"kind\":\"network\"}}\n[]\n42\n{Good}\n");
        answers.Count.ShouldBe(6);
        answers.Select(Code).ShouldBe([null, "bad-json", "unsupported-kind", "wrong-type", "wrong-type", null]);
        answers[2].GetProperty("id").GetInt32().ShouldBe(7);
        answers[1].GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [EveryCultureFact]
    public void An_error_without_an_id_says_which_line_and_where_in_it()
    {
        var answers = Run($"\uFEFF{Good}\r\n\r\n{{\"id\":1,NaN}}\r\n[]\r\n{{\"id\":2}}");
        answers.Select(answer => Code(answer) is null ? null : answer.GetProperty("error").GetProperty("message").GetString()).ShouldBe(
        [
            null,
            "line 3: not JSON at byte 9: 'N' is an invalid start of a property name. Expected a '\"'.",
            "line 4: expected an object, found an array",
            "the field 'kind' is missing",
        ]);
    }

    /// <summary>Fields of the case files and of people's own are let pass; only what is nearly a field is taken for a slip.</summary>
    [EveryCultureFact]
    public void Remarks_are_let_pass()
    {
        var remarked = Good.Replace("\"id\":1", "\"id\":1,\"dataset\":\"dat.x\",\"note\":\"n\",\"used\":[1],\"date\":\"today\",\"tolerance\":1,\"expect\":{}", StringComparison.Ordinal)
            .Replace("\"test\":\"z\"", "\"test\":\"z\",\"expect\":{}", StringComparison.Ordinal);
        Batch.Answer(remarked).ShouldBe(Batch.Answer(Good));
    }

    [EveryCultureTheory]
    [InlineData("\"measure\":\"PLO\"", "\"measure\":\"QQQ\"", "unknown-measure", "measure")]
    [InlineData("\"measure\":\"PLO\"", "\"measure\":5", "wrong-type", "measure")]
    [InlineData("\"measure\":\"PLO\",", "", "missing-field", "measure")]
    [InlineData("\"kind\":\"univariate\",", "", "missing-field", "kind")]
    [InlineData("\"xi\":[16,24,3]", "\"xi\":[16,\"24\",3]", "wrong-type", "data.xi[1]")]
    [InlineData("\"xi\":[16,24,3]", "\"xi\":[16,NaN,3]", "bad-json", null)]
    [InlineData("\"xi\":[16,24,3]", "\"xi\":[16,1e999,3]", "wrong-type", "data.xi[1]")]
    [InlineData("\"xi\":[16,24,3]", "\"xi\":[16,24]", "bad-data", "data.ni")]
    [InlineData("\"xi\":[16,24,3]", "\"xi\":[19,24,3]", "bad-data", "data")]
    [InlineData("\"xi\":[16,24,3],", "", "bad-data", "data")]
    [InlineData("\"data\":{\"xi\":[16,24,3],\"ni\":[18,29,20]}", "\"data\":[]", "wrong-type", "data")]
    [InlineData("\"fits\":[", "\"options\":{\"to\":\"some\"},\"fits\":[", "bad-option", "options.to")]
    [InlineData("\"fits\":[", "\"options\":{\"vtype\":\"HO\"},\"fits\":[", "bad-option", "options.vtype")]
    [InlineData("\"fits\":[", "\"options\":{\"add\":-1},\"fits\":[", "bad-option", "options.add")]
    [InlineData("\"fits\":[", "\"options\":{\"flip\":true},\"fits\":[", "bad-option", "options")]
    [InlineData("\"fits\":[", "\"options\":{\"onlyo1\":1},\"fits\":[", "wrong-type", "options.onlyo1")]
    [InlineData("\"fits\":[", "\"slab\":[\"a\"],\"fits\":[", "bad-data", "data.xi")]
    [InlineData("PLO", "P\\ud800", "wrong-type", null)]
    [InlineData("\"id\":1", "\"id\":1,\"id\":2", "bad-json", null)]
    [InlineData("\"fits\":", "\"fit\":", "unknown-field", "fit")]
    [InlineData("\"fits\":[", "\"optons\":{},\"fits\":[", "unknown-field", "optons")]
    [InlineData("\"fits\":[", "\"options\":{\"ad\":1},\"fits\":[", "unknown-field", "options.ad")]
    [InlineData("\"fits\":[", "\"method\":\"DL\",\"fits\":[", "unknown-field", "method")]
    public void A_request_that_is_wrong_says_where(string part, string replaced, string code, string? path)
    {
        var answer = JsonDocument.Parse(Batch.Answer(Good.Replace(part, replaced, StringComparison.Ordinal))).RootElement;
        Code(answer).ShouldBe(code, answer.ToString());
        answer.GetProperty("error").GetProperty("path").GetString().ShouldBe(path);
        answer.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [EveryCultureTheory]
    [InlineData("""{"method":"RML"}""", "unknown-method", "fits[0].method")]
    [InlineData("""{"test":"f"}""", "unknown-test", "fits[0].test")]
    [InlineData("""{"method":"GENQ"}""", "bad-option", "fits[0]")]
    [InlineData("""{"method":"GENQ","weights":[1,2]}""", "bad-option", "fits[0]")]
    [InlineData("""{"weights":[1,2,0]}""", "bad-option", "fits[0]")]
    [InlineData("""{"weights":[1,2,null]}""", "bad-option", "fits[0]")]
    [InlineData("""{"tau2":-1}""", "bad-option", "fits[0]")]
    [InlineData("""{"weighted":"no"}""", "wrong-type", "fits[0].weighted")]
    [InlineData("""{"method":"DL","test":"kr"}""", "bad-option", "fits[0]")]
    [InlineData("""{"test":"wider","mods":{"X":[[1,1],[1,2],[1,5]]}}""", "bad-option", "fits[0]")]
    [InlineData("""{"level":100}""", "bad-level", "fits[0].level")]
    [InlineData("""{"level":-5}""", "bad-level", "fits[0].level")]
    [InlineData("""{"methd":"DL"}""", "unknown-field", "fits[0].methd")]
    [InlineData("""{"model":"UM.FS"}""", "unknown-field", "fits[0].model")]
    [InlineData("""{"mods":{"X":[[1],[1],[1]],"row":[1,2,3]}}""", "unknown-field", "fits[0].mods.row")]
    [InlineData("""{"mods":{"X":[[1],[1]]}}""", "bad-design", "fits[0].mods")]
    [InlineData("""{"mods":{"X":[[1],[1],[1]],"rows":[1,2,2]}}""", "bad-design", "fits[0].mods")]
    [InlineData("""{"mods":{"X":[[1],[1]],"rows":[1]}}""", "bad-design", "fits[0].mods")]
    [InlineData("""{"mods":{"X":[[1],[1,2],[1]]}}""", "bad-design", "fits[0].mods")]
    [InlineData("""{"mods":{"X":[[1],[1],[1]],"rows":[1,2,4]}}""", "bad-design", "fits[0].mods")]
    [InlineData("""{"mods":{"X":[[1,1],[1,1],[1,1]]}}""", "cannot-pool", "fits[0]")]
    [InlineData("""{"mods":{"X":[[1,1,2],[1,3,4],[1,2,8]]}}""", "cannot-pool", "fits[0]")]
    public void A_fit_that_fails_leaves_the_others_alone(string fit, string code, string path)
    {
        var answer = JsonDocument.Parse(Batch.Answer(Good.Replace("\"fits\":[", $"\"fits\":[{fit},", StringComparison.Ordinal))).RootElement;
        Code(answer.GetProperty("fits")[0]).ShouldBe(code);
        answer.GetProperty("fits")[0].GetProperty("error").GetProperty("path").GetString().ShouldBe(path);
        answer.GetProperty("fits")[1].GetProperty("k").GetInt32().ShouldBe(3);
    }

    [EveryCultureTheory]
    [InlineData("mantel-haenszel", """{"method":"MH","measure":"SMD"}""", "bad-option", "There is no Mantel-Haenszel estimate of SMD")]
    [InlineData("mantel-haenszel", """{"method":"MH"}""", "missing-field", "the field 'measure' is missing")]
    [InlineData("mantel-haenszel", """{"method":"Mantel","measure":"OR"}""", "unknown-method", "there are MH and Peto")]
    [InlineData("mantel-haenszel", """{"method":"Peto","measure":"RR"}""", "bad-option", "an odds ratio (OR), not RR")]
    [InlineData("mantel-haenszel", """{"method":"MH","measure":"IRR"}""", "bad-data", "x1i")]
    [InlineData("glmm", """{"method":"DL"}""", "bad-option", "by ML or under equal effects (EE)")]
    [InlineData("glmm", """{"test":"knha"}""", "bad-option", "Z or T")]
    [InlineData("glmm", """{"model":"CM.XL"}""", "unknown-model", "UM.FS, UM.RS, CM.AL and CM.EL")]
    [InlineData("glmm", """{"points":7}""", "unknown-field", "known here: method, model, nAGQ, test, level, mods")]
    [InlineData("mantel-haenszel", """{"method":"MH","measure":"OR","corect":false}""", "unknown-field", "did you mean correct?")]
    [InlineData("location-scale", """{"lnk":"log"}""", "unknown-field", "did you mean link?")]
    [InlineData("glmm", """{"nAGQ":0}""", "bad-option", "from 1 to 200 points")]
    [InlineData("glmm", """{"mods":{"X":[[1],[1]],"rows":[1]}}""", "bad-design", "X has 2 rows, but 'rows' names 1;")]
    [InlineData("location-scale", """{"method":"DL"}""", "bad-option", "REML or ML, not DL")]
    [InlineData("location-scale", """{"link":"probit"}""", "unknown-link", "log and identity")]
    public void A_fit_of_another_kind_that_fails_leaves_the_others_alone(string kind, string fit, string code, string part)
    {
        var good = kind == "mantel-haenszel" ? """{"method":"Peto"}""" : "{}";
        var answer = JsonDocument.Parse(Batch.Answer($$"""
            {"id":1,"kind":"{{kind}}",{{(kind == "glmm" ? "\"measure\":\"OR\"," : "")}}"data":{"ai":[4,6,3,9],"n1i":[20,30,20,40],"ci":[8,9,9,12],"n2i":[20,31,22,40]},
            "yi":[0.1,0.5,0.2,0.9],"vi":[0.1,0.2,0.1,0.1],"X":[[1],[1],[1],[1]],"Z":[[1],[1],[1],[1]],"fits":[{{fit}},{{good}}]}
            """)).RootElement;
        Code(answer).ShouldBeNull(answer.ToString());
        Code(answer.GetProperty("fits")[0]).ShouldBe(code, answer.ToString());
        answer.GetProperty("fits")[0].GetProperty("error").GetProperty("message").GetString()!.ShouldContain(part);
        answer.GetProperty("fits")[1].GetProperty("k").GetInt32().ShouldBe(4);
    }

    [EveryCultureTheory]
    [InlineData("""{"kind":"mantel-haenszel","data":[],"fits":[]}""", "wrong-type", "data")]
    [InlineData("""{"kind":"glmm","data":{"xi":[1]},"fits":[]}""", "missing-field", "measure")]
    [InlineData("""{"kind":"location-scale","yi":[1,2],"vi":[1],"X":[[1],[1]],"Z":[[1],[1]]}""", "bad-data", "vi")]
    [InlineData("""{"kind":"location-scale","yi":[1,2],"vi":[1,-1],"X":[[1],[1]],"Z":[[1],[1]]}""", "bad-data", "data")]
    [InlineData("""{"kind":"location-scale","yi":[1,2],"vi":[1,1],"X":[[1]],"Z":[[1],[1]]}""", "bad-design", "X")]
    [InlineData("""{"kind":"location-scale","yi":[1,2],"vi":[1,1],"X":[[1],[1]],"Z":[[1],[1,2]]}""", "bad-design", "Z")]
    public void A_request_of_another_kind_that_is_wrong_says_where(string request, string code, string path)
    {
        var answer = JsonDocument.Parse(Batch.Answer(request)).RootElement;
        Code(answer).ShouldBe(code, answer.ToString());
        answer.GetProperty("error").GetProperty("path").GetString().ShouldBe(path);
    }

    [EveryCultureFact]
    public void One_study_is_only_answered_where_nothing_has_to_be_estimated()
    {
        const string request = """{"kind":"univariate","measure":"GEN","data":{"yi":[2,null],"vi":[4,1]},"fits":[{"method":"REML"},{"method":"EE","test":"z"}]}""";
        var answer = JsonDocument.Parse(Batch.Answer(request)).RootElement;
        Code(answer.GetProperty("fits")[0]).ShouldBe("one-study");
        answer.GetProperty("fits")[0].GetProperty("error").GetProperty("message").GetString()!.ShouldContain("(not pooled: Study 2: yi is missing)");
        answer.GetProperty("fits")[1].GetProperty("se")[0].GetDouble().ShouldBe(2);
        answer.GetProperty("yi")[1].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(Good, 2000)]
    [InlineData("""{"id":1,"kind":"mantel-haenszel","data":{"ai":[4,6,3],"n1i":[20,30,20],"ci":[8,9,0],"n2i":[20,31,22]},"fits":[{"method":"MH","measure":"OR","correct":true},{"method":"Peto"}]}""", 500)]
    [InlineData("""{"id":1,"kind":"glmm","measure":"OR","data":{"ai":[4,6,3],"n1i":[20,30,20],"ci":[8,9,0],"n2i":[20,31,22]},"fits":[{"method":"ML","model":"CM.EL","nAGQ":7}]}""", 300)]
    [InlineData("""{"id":1,"kind":"location-scale","yi":[0.1,0.5,0.2,0.9],"vi":[0.1,0.2,0.1,0.1],"X":[[1],[1],[1],[1]],"Z":[[1,0],[1,1],[1,0],[1,1]],"fits":[{"method":"ML","link":"log"}]}""", 300)]
    public void A_damaged_request_is_still_answered(string good, int times)
    {
        var damage = Gen.Choose(0, good.Length - 1).Three().SelectMany(
            at => Gen.Elements("", "\"", "{", "]", ",", "null", "-1", "1e400", "\\ud800", "[[]]", "\0", "é", "9", "1e9", "0.5"),
            (at, text) => good.Remove(at.Item1, 1).Insert(at.Item2 - 1 < 0 ? 0 : at.Item2 - 1, text));
        Prop.ForAll(damage.ToArbitrary(), request =>
        {
            var answer = JsonDocument.Parse(Batch.Answer(request)).RootElement;
            Code(answer).ShouldNotBe("internal-error", answer.ToString());
            (answer.TryGetProperty("error", out _) ^ answer.TryGetProperty("yi", out _)).ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
    }

    [EveryCultureTheory]
    [InlineData("12345678901234567890.50")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\": [1, null]}")]
    [InlineData("\"müller\"")]
    public void An_id_comes_back_as_it_was(string id) =>
        Batch.Answer(Good.Replace("\"id\":1", $"\"id\":{id}", StringComparison.Ordinal)).ShouldStartWith($"{{\"id\":{id},\"yi\":");

    [EveryCultureTheory]
    [InlineData("1e150", "1")]
    [InlineData("1", "1e-150")]
    [InlineData("-1e300", "1e300")]
    [InlineData("0", "5e-324")]
    public void Numbers_with_which_nothing_can_be_computed_keep_their_study_out(string y, string v)
    {
        var request = $$"""{"kind":"univariate","measure":"GEN","data":{"yi":[{{y}},1,2,3],"vi":[{{v}},1,2,1]},"fits":[{"method":"ML"},{"method":"REML"},{"method":"PM"},{"method":"EE"}]}""";
        foreach (var fit in JsonDocument.Parse(Batch.Answer(request)).RootElement.GetProperty("fits").EnumerateArray())
        {
            fit.GetProperty("k").GetInt32().ShouldBe(3);
            fit.GetProperty("beta")[0].GetDouble().ShouldBe(2, 0.5);
        }
    }

    /// <summary>Here a drop of the log-likelihood by the quantile is lost in rounding: the interval must not be sought for ever.</summary>
    [EveryCultureFact]
    public void A_profile_likelihood_that_says_nothing_is_answered()
    {
        const string request = """{"kind":"univariate","measure":"GEN","data":{"yi":[1,-5.180778376307032e36,0.6117797364597779],"vi":[1,1.2358336379178274e-36,284.83573295623955]},"fits":[{"method":"ML","mods":{"X":[[1,1],[1,2.8843751650829133e102],[1,1]]}}]}""";
        var fit = JsonDocument.Parse(Batch.Answer(request)).RootElement.GetProperty("fits")[0];
        fit.GetProperty("tau2_ci_PL")[0].GetDouble().ShouldBeLessThanOrEqualTo(fit.GetProperty("tau2").GetDouble());
    }

    [EveryCultureTheory]
    [InlineData("90")]
    [InlineData("0.9")]
    public void A_level_is_a_percentage_or_a_proportion(string level)
    {
        var fit = JsonDocument.Parse(Batch.Answer(Good.Replace("\"method\"", $"\"level\":{level},\"method\"", StringComparison.Ordinal))).RootElement.GetProperty("fits")[0];
        var margin = fit.GetProperty("ci_ub")[0].GetDouble() - fit.GetProperty("beta")[0].GetDouble();
        (margin / fit.GetProperty("se")[0].GetDouble()).ShouldBe(1.6448536269514722, 1e-12);
    }

    [Fact]
    public void A_line_that_is_too_long_is_passed_over_without_keeping_it()
    {
        Run(new EndlessLine(Batch.LongestLine + 1L, Good)).Select(Code).ShouldBe(["line-too-long", null]);

        var lines = new BoundedLines(new EndlessLine(20_000_000, Good), 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        lines.TryRead(out _, out var tooLong).ShouldBeTrue();
        tooLong.ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
        lines.TryRead(out var next, out tooLong).ShouldBeTrue();
        (next, tooLong).ShouldBe((Good, false));
        lines.TryRead(out _, out _).ShouldBeFalse();
    }

    /// <summary>A program that asks, waits for the answer and asks again must get it: here the next line comes only once the last answer is flushed.</summary>
    [Fact]
    public void An_answer_does_not_wait_for_the_next_request()
    {
        var output = new Flushed();
        Batch.Run(new Waiting([Good, Good, Good], output), output, TestContext.Current.CancellationToken);
        output.Lines.ShouldBe(3);
    }

    [Fact]
    public void Answers_come_in_the_order_of_the_requests()
    {
        // Long and short ones in turn, so that a later answer is ready before an earlier one.
        var slow = $"{{\"id\":0,\"kind\":\"diagnostics\",\"yi\":[{string.Join(',', Enumerable.Range(0, 12).Select(i => i % 5))}],\"vi\":[{string.Join(',', Enumerable.Range(1, 12))}],\"diagnostics\":[\"gosh_DL\"]}}";
        var requests = Enumerable.Range(0, 3 * Batch.Ahead).Select(i => (i % 50 == 0 ? slow.Replace("\"id\":0", $"\"id\":{i}", StringComparison.Ordinal) : Good.Replace("\"id\":1", $"\"id\":{i}", StringComparison.Ordinal)));
        Run(string.Join('\n', requests)).Select(answer => answer.GetProperty("id").GetInt32()).ShouldBe(Enumerable.Range(0, 3 * Batch.Ahead));
    }

    [Fact]
    public void What_was_read_is_answered_where_the_input_breaks_off()
    {
        var output = new StringWriter();
        Should.Throw<IOException>(() => Batch.Run(new BreaksOff($"{Good}\n{Good}\n"), output, TestContext.Current.CancellationToken)).Message.ShouldBe("input lost");
        output.ToString().Count(c => c == '\n').ShouldBe(2);
    }

    [Fact]
    public void An_output_that_takes_no_more_ends_the_run()
    {
        var endless = Enumerable.Repeat(Good, 100_000);
        Should.Throw<IOException>(() => Batch.Run(new StringReader(string.Join('\n', endless)), new Broken(), TestContext.Current.CancellationToken)).Message.ShouldBe("broken pipe");
    }

    private static string? Code(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    private static List<JsonElement> Run(string requests) => Run(new StringReader(requests));

    private static List<JsonElement> Run(TextReader requests)
    {
        var output = new StringWriter();
        Batch.Run(requests, output);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>A line of so many characters, and then a last line.</summary>
    private sealed class EndlessLine(long length, string last) : TextReader
    {
        private readonly string _last = $"\n{last}\n";
        private long _read;

        public override int Read(char[] buffer, int index, int count)
        {
            for (var i = 0; i < count; i++, _read++)
            {
                if (_read >= length + _last.Length)
                {
                    return i;
                }

                buffer[index + i] = _read < length ? 'x' : _last[(int)(_read - length)];
            }

            return count;
        }
    }

    private sealed class BreaksOff(string text) : TextReader
    {
        private bool _isRead;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_isRead)
            {
                throw new IOException("input lost");
            }

            _isRead = true;
            text.CopyTo(0, buffer, index, text.Length);
            return text.Length;
        }
    }

    private sealed class Broken : StringWriter
    {
        public override void Write(string? value) => throw new IOException("broken pipe");
    }

    private sealed class Flushed : StringWriter
    {
        private readonly SemaphoreSlim _flushes = new(1);

        public int Lines => ToString().Count(c => c == '\n');

        public override void Flush() => _flushes.Release();

        /// <summary>Waits for one flush more than were waited for.</summary>
        public void Wait() => _flushes.Wait(TimeSpan.FromSeconds(60)).ShouldBeTrue();
    }

    private sealed class Waiting(string[] lines, Flushed output) : TextReader
    {
        private int _next;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_next == lines.Length)
            {
                return 0;
            }

            output.Wait();
            output.Lines.ShouldBe(_next);
            var line = lines[_next++] + "\n";
            line.CopyTo(0, buffer, index, line.Length);
            return line.Length;
        }
    }
}
