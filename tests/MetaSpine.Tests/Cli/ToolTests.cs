using System.Text.Json;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class ToolTests : IDisposable
{
    private const string Bcg = "study,ai,n1i,ci,n2i\nAronson,4,123,11,139\nFerguson,6,306,29,303\nRosenthal,3,231,11,220\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void Pool_prints_a_result_and_ends_well()
    {
        var run = Run("pool", Written("bcg.csv", Bcg), "--measure", "or");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("The pooled odds ratio of 3 studies (1,322 participants) was ");
        run.Error.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void Options_reach_the_result()
    {
        var run = Run("pool", Written("bcg.csv", Bcg), "-m", "RR", "--method", "dl", "--test", "z", "--level", "90", "--format", "json");
        run.Status.ShouldBe(0, run.Error);
        var json = JsonDocument.Parse(run.Out).RootElement;
        json.GetProperty("measure").GetString().ShouldBe("RR");
        json.GetProperty("method").GetString().ShouldBe("DL");
        json.GetProperty("test").GetString().ShouldBe("z");
        json.GetProperty("interval").GetProperty("level").GetDouble().ShouldBe(0.9);
    }

    [EveryCultureFact]
    public void Dependent_effects_are_pooled_from_a_table()
    {
        var csv = Written("t.csv", "study,outcome,yi,vi\na,x,0.1,0.04\na,y,0.9,0.06\nb,x,0.6,0.04\nb,y,1.4,0.02\nc,x,-0.2,0.09\nd,x,0.5,0.01\nd,y,0.2,0.09\n");
        var run = Run("pool", csv, "--random", "study/effect", "--cluster", "study", "--rho", "0.6", "--test", "contain");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("The pooled estimate of 7 effects in 4 studies was ");
        run.Out.ShouldContain("correlated\n  by 0.6");
        run.Out.ShouldContain("(CR2, 4 clusters)");
        Run("pool", csv, "--random", "outcome | study", "--structure", "DIAG").Out.ShouldContain("variance: y");
        Run("pool", csv, "--random", "stduy").Error.ShouldContain("there is no moderator or column 'stduy' to group effects by; did you mean study?");
        Run("pool", csv, "--random", "study/").Error.ShouldContain("is no term of random effects");
        Run("pool", csv, "--random", "study", "--structure", "UN").Error.ShouldContain("--structure goes with a term that has a bar");
        Run("pool", csv, "--random", "study", "--cluster", "study", "--rho", "2").Error.ShouldContain("--rho 2: expected a correlation from -1 to 1, such as 0.6");
        Run("pool", csv, "--test", "contain").Error.ShouldContain("there is no test 'contain'");
        Run("pool", csv, "--test", "contain", "--cluster", "study").Error.ShouldContain("there is no test 'contain'");
        Run("pool", csv, "--random", "study", "--test", "knha").Error.ShouldContain("there is no test of dependent effects 'knha'");
        Run("forest", csv, "--random", "study/effect", "-o", Path.Combine(_folder, "f.svg")).Status.ShouldBe(0);
        File.ReadAllText(Path.Combine(_folder, "f.svg")).ShouldContain("Multilevel");
        Run("plot", "funnel", csv, "--random", "study/effect", "-o", Path.Combine(_folder, "g.svg")).Error.ShouldContain("leave --model or --random out");
    }

    [EveryCultureFact]
    public void A_map_is_obeyed_and_said()
    {
        var csv = Written("t.csv", Bcg.Replace("ai,n1i,ci,n2i", "tpos,tn,cpos,cn", StringComparison.Ordinal));
        var run = Run("pool", csv, "-m", "OR", "--map", "ai=tpos", "n1i=tn", "--map", "ci=cpos", "n2i=cn");
        run.Status.ShouldBe(0, run.Error);
        run.Error.ShouldBe($"columns: ai from tpos, n1i from tn, ci from cpos, n2i from cn{Environment.NewLine}");
    }

    [EveryCultureFact]
    public void A_table_may_come_from_standard_input()
    {
        var run = RunWith(Bcg, "effects", "-", "-m", "OR", "-f", "csv");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldStartWith("label,yi,vi,sei,");
    }

    [EveryCultureTheory]
    [InlineData("out.md", "| Study |")]
    [InlineData("out.json", "\"estimate\"")]
    [InlineData("out.csv", "natural_estimate")]
    [InlineData("out.html", "<!doctype html>")]
    [InlineData("out.txt", "═════")]
    public void The_name_of_the_output_file_chooses_the_format(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        var run = Run("pool", Written("bcg.csv", Bcg), "-m", "OR", "-o", path);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldBeEmpty();
        File.ReadAllText(path).ShouldContain(content);
    }

    private const string Dosed = "study,ai,n1i,ci,n2i,ablat,alloc\nAronson,4,123,11,139,44,random\nFerguson,6,306,29,303,55,random\nRosenthal,3,231,11,220,42,random\nHart,62,13598,248,12867,52,other\nFrimodt,33,5069,47,5808,13,other\nStein,180,1541,372,1451,44,other\n";

    [EveryCultureFact]
    public void A_table_has_subgroups_and_a_meta_regression_by_its_columns()
    {
        var run = Run("pool", Written("bcg.csv", Dosed), "-m", "RR", "--subgroup", "alloc", "--subgroup-tau2", "common", "--formula", "~ ablat", "-f", "json");
        run.Status.ShouldBe(0, run.Error);
        var json = JsonDocument.Parse(run.Out).RootElement[0];
        json.GetProperty("subgroups").EnumerateArray().Select(group => group.GetProperty("name").GetString()).ShouldBe(["random", "other"]);
        json.GetProperty("subgroupTau2").GetString().ShouldBe("common");
        var effects = Measures.RR.Compute(new EffectData { ["ai"] = [4, 6, 3, 62, 33, 180], ["n1i"] = [123, 306, 231, 13598, 5069, 1541], ["ci"] = [11, 29, 11, 248, 47, 372], ["n2i"] = [139, 303, 220, 12867, 5808, 1451] });
        var fit = MetaAnalysis.Regress(effects, "~ ablat", [Predictor.Numeric("ablat", [44, 55, 42, 52, 13, 44])]);
        json.GetProperty("regression").GetProperty("coefficients")[1].GetProperty("estimate").GetDouble().ShouldBe(fit.Coefficients[1].Estimate);

        var text = Run("pool", Written("bcg.csv", Dosed), "-m", "RR", "--formula", "~ ablat + alloc");
        text.Status.ShouldBe(0, text.Error);
        text.Out.ShouldContain("Formula of the meta-regression: ~ ablat + alloc.");
        Run("forest", Written("bcg.csv", Dosed), "-m", "RR", "--subgroup", "alloc").Out.ShouldContain(">random<");
    }

    [EveryCultureTheory]
    [InlineData("common effect by Mantel-Haenszel", "--model", "mantel-haenszel")]
    [InlineData("common effect by Peto", "--model", "peto")]
    [InlineData("random effects, CM.EL", "--model", "glmm")]
    [InlineData("random effects, UM.RS", "--glmm", "um.rs")]
    [InlineData("equal effects, CM.AL", "--glmm", "CM.AL", "--method", "EE")]
    [InlineData("beta-binomial model", "--model", "beta-binomial")]
    [InlineData("exact conditional estimate", "--model", "exact")]
    public void A_table_of_counts_is_pooled_by_the_model_asked_for(string title, params string[] options)
    {
        var run = Run(["pool", Written("bcg.csv", Dosed), "-m", "OR", .. options]);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ReplaceLineEndings(" ").ShouldContain(title);
        run.Out.ShouldContain("The pooled odds ratio");
        run.Out.ShouldContain("of 6 studies");
    }

    [EveryCultureFact]
    public void Further_inference_of_a_table_is_asked_for_by_options()
    {
        var run = Run(
            "pool", Written("bcg.csv", Dosed), "-m", "OR", "--scale", "~ ablat", "--scale-link", "log", "--cluster", "alloc", "--robust", "CR0",
            "--also", "permutation, henmi-copas, nagashima", "--threshold", "0.7", "-f", "json");
        run.Status.ShouldBe(0, run.Error);
        var json = JsonDocument.Parse(run.Out).RootElement[0];
        json.GetProperty("locationScale").GetProperty("scaleCoefficients")[1].GetProperty("name").GetString().ShouldBe("ablat");
        var further = json.GetProperty("further");
        further.GetProperty("robust").GetProperty("type").GetString().ShouldBe("CR0");
        further.GetProperty("permutation").GetProperty("arrangements").GetInt32().ShouldBe(64);
        further.TryGetProperty("henmiCopas", out _).ShouldBeTrue();
        further.TryGetProperty("nagashima", out _).ShouldBeTrue();
        further.GetProperty("share").GetProperty("threshold").GetDouble().ShouldBe(0.7);
        further.TryGetProperty("bootstrap", out _).ShouldBeFalse();
    }

    [EveryCultureTheory]
    [InlineData("τ² fixed at 0.05", "--tau2", "0.05")]
    [InlineData("weights as given", "--weights", "ablat", "--method", "GENQ")]
    [InlineData("every study with the same weight", "--weights", "equal")]
    [InlineData("without continuity correction", "--model", "mantel-haenszel", "--no-correct")]
    [InlineData("exact, Fisher's", "--exact", "fisher")]
    [InlineData("UM.RS", "--glmm", "UM.RS", "--keep-double-zeros")]
    [InlineData("The sign of every estimate is turned", "--flip")]
    public void Every_option_of_pooling_is_reached_from_the_command_line(string said, params string[] options)
    {
        var run = Run(["pool", Written("bcg.csv", Dosed), "-m", "OR", .. options]);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ReplaceLineEndings(" ").ShouldContain(said);
    }

    [EveryCultureFact]
    public void A_fixed_variance_of_the_command_line_stands_in_place_of_the_files_and_a_method_takes_it_away()
    {
        var sample = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));
        var file = Written("fixed.yaml", sample.Replace("measure: RR, method: REML}", "measure: RR, tau2: 0.25}", StringComparison.Ordinal));
        Run("pool", file, "-a", "risk-ratio").Out.ShouldContain("τ² fixed at 0.25");
        Run("pool", file, "-a", "risk-ratio", "--tau2", "0.5").Out.ShouldContain("τ² fixed at 0.5");
        Run("pool", file, "-a", "latitude", "--tau2", "0.5").Out.ShouldContain("τ² fixed at 0.5");
        Run("pool", file, "-a", "risk-ratio", "--method", "DL").Out.ShouldNotContain("τ² fixed");
        Run("pool", file, "-a", "risk-ratio", "--method", "DL", "--tau2", "0.5").Error.ShouldContain("tau2 of the analysis risk-ratio: it takes the place of the estimate by DL; leave tau2 or method out");
    }

    /// <summary>In a table, in a study file and in a request: 0 is no sampling error, and the message says where it stands.</summary>
    [EveryCultureFact]
    public void A_study_without_sampling_error_is_refused_where_it_stands()
    {
        Run("pool", Written("t.csv", "study,yi,vi\nA,1,2\nB,2,0\n")).Error.ShouldContain("t.csv:3:5: '0' is not a variance: it must be above 0");
        var run = Run("pool", Written("zero.yaml", """
            schema: metaspine/review/1
            studies:
              - {id: a, outcomes: [{id: pain, type: estimate, results: [{measure: MD, value: 1.5, se: 0.00}]}]}
            """));
        run.Status.ShouldBe(1);
        run.Error.ShouldContain("zero.yaml:3:");
        run.Error.ShouldContain("a standard error above 0; where a paper rounds it to 0, give its interval or p-value");
        var answer = new StringWriter();
        Tool.Run(["batch"], new Terminal
        {
            In = new StringReader("""{"kind": "univariate", "measure": "GEN", "data": {"yi": [1, 2], "vi": [1, 0]}, "slab": ["A", "B"], "fits": [{"method": "DL"}]}"""), Out = answer, Error = new StringWriter(),
        });
        answer.ToString().ShouldContain("B (row 2): vi = 0 must be above 0: without sampling error the study would take all the weight; give its variance or standard error, or leave it out");
    }

    [EveryCultureFact]
    public void A_check_of_a_review_names_the_wrong_codes_of_its_analyses()
    {
        var sample = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));
        var run = Run("check", Written("wrong.yaml", sample.Replace("id: risk-ratio", "id: risk-ratio, tau2_interval: QQ", StringComparison.Ordinal)));
        run.Status.ShouldBe(1);
        run.Error.ShouldContain("tau2_interval of the analysis risk-ratio: ");
        run.Error.ShouldContain("wrong.yaml:");
    }

    [EveryCultureFact]
    public void Medians_of_a_study_file_are_converted_as_the_command_line_says()
    {
        var file = Written("review.yaml", """
            schema: metaspine/review/1
            studies:
              - {id: a, outcomes: [{id: score, type: continuous, results: [{mean: 50, sd: 10, n: 25}]}]}
              - {id: b, outcomes: [{id: score, type: continuous, results: [{median: 48, iqr: {low: 41, high: 56}, n: 40}]}]}
            """);
        Run("pool", file).Out.ShouldContain("The mean of the only study");
        Run("pool", file, "--medians", "luo-shi").Out.ShouldContain("The pooled mean of 2 studies");
        Run("pool", Written("bcg.csv", Bcg), "--medians", "luo-shi").Error.ShouldContain("--medians is for study files");
    }

    [EveryCultureFact]
    public void The_models_of_the_command_line_stand_in_place_of_the_reviews()
    {
        var review = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");
        var run = Run("pool", review, "-a", "latitude", "-m", "OR", "--formula", "~ year", "--subgroup", "allocation");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("Formula of the meta-regression: ~ year.");
        run.Out.ShouldContain("Subgroups by allocation");
        Run("pool", review, "-a", "risk-ratio", "--model", "mantel-haenszel").Out.ShouldContain("Mantel-Haenszel");
    }

    [EveryCultureTheory]
    [InlineData("there is no model 'petto'; did you mean peto?", "--model", "petto")]
    [InlineData("there is no model for counts 'CM.XX'", "--glmm", "CM.XX")]
    [InlineData("BCG has no column 'aloc'; did you mean alloc?", "--subgroup", "aloc")]
    [InlineData("Column 3 of the formula '~ ablatt': there is no moderator 'ablatt'; did you mean ablat?", "--formula", "~ ablatt")]
    [InlineData("Column", "--formula", "~ ablat +")]
    [InlineData("subgroup_tau2 of the analysis bcg: there are no subgroups", "--subgroup-tau2", "common")]
    [InlineData("there is no further inference 'bootstrop'; did you mean bootstrap?", "--also", "permutation,bootstrop")]
    [InlineData("there is no cluster-robust covariance 'CR9'", "--cluster", "alloc", "--robust", "CR9")]
    [InlineData("--threshold far: expected a number, such as 0.9", "--threshold", "far")]
    [InlineData("--tau2 -1: expected a variance from 0, such as 0.05", "--tau2=-1")]
    [InlineData("BCG has no column 'aloc'; did you mean alloc?", "--weights", "aloc")]
    [InlineData("there is no exact test 'fischer'; did you mean fisher?", "--exact", "fischer")]
    [InlineData("there is no link of tau^2 'logit'", "--scale", "~ ablat", "--scale-link", "logit")]
    [InlineData("BCG has no column 'aloc'; did you mean alloc?", "--cluster", "aloc")]
    [InlineData("scale of the analysis bcg: a location-scale model is fitted by REML or ML, not PM", "--scale", "~ ablat", "--method", "PM")]
    [InlineData("also of the analysis bcg: it goes with inverse variance and not with the model peto", "--model", "peto", "--also", "bootstrap")]
    [InlineData("method of the analysis bcg: the model peto has no choice of it; leave it out", "--model", "peto", "--method", "DL")]
    public void A_wrong_name_of_a_model_or_column_is_a_usage_error(string message, params string[] options)
    {
        var file = Written("bcg.csv", Dosed);
        var run = Run(["pool", file, "-m", "OR", .. options]);
        run.Status.ShouldBe(2, run.Error);
        run.Error.Replace(file, "BCG", StringComparison.Ordinal).ShouldContain(message);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldNotContain("   at ");
    }

    [EveryCultureFact]
    public void A_moderator_that_no_study_has_is_named()
    {
        var run = Run("pool", Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"), "--subgroup", "alocation");
        run.Status.ShouldBe(2);
        run.Error.ShouldContain("no study of the review has the moderator 'alocation'; did you mean allocation?");
    }

    [EveryCultureTheory]
    [InlineData("there is no command 'poll'; did you mean pool?", "poll", "x.csv")]
    [InlineData("there is no option '--metod'; did you mean --method?", "pool", "x.csv", "--metod", "REML")]
    [InlineData("Required argument 'FILE' missing for command: 'pool'.", "pool")]
    [InlineData("there is no measure 'ORR'; did you mean OR?", "pool", "BCG", "-m", "ORR")]
    [InlineData("there is no method 'rmel'; did you mean REML?", "pool", "BCG", "-m", "OR", "--method", "rmel")]
    [InlineData("there is no test 'kna'; did you mean knha?", "pool", "BCG", "-m", "OR", "--test", "kna")]
    [InlineData("The Kenward-Roger test is defined for an estimated REML model", "pool", "BCG", "-m", "OR", "--method", "DL", "--test", "kr")]
    [InlineData("there is no format 'pdf'; there are text, markdown, html, json, csv", "pool", "BCG", "-m", "OR", "-f", "pdf")]
    [InlineData("--level 95,5: expected a percentage between 0 and 100, such as 95", "pool", "BCG", "-m", "OR", "--level", "95,5")]
    [InlineData("--map tpos: expected INPUT=COLUMN, such as ai=tpos", "pool", "BCG", "-m", "OR", "--map", "tpos")]
    [InlineData("BCG has no column 'tpos'", "pool", "BCG", "-m", "OR", "--map", "ai=tpos")]
    [InlineData("BCG has the columns of several measures; choose one with --measure: OR, RR, RD, AS, PETO", "pool", "BCG")]
    [InlineData("There is no analysis or outcome 'regained'; did you mean", "pool", "SERIES", "--analysis", "regained_ambulatio")]
    [InlineData("--map says how a table is read", "pool", "SERIES", "--map", "ai=b")]
    [InlineData("a table has no analyses or outcomes, so none called 'pain'", "pool", "BCG", "--outcome", "pain")]
    public void A_wrong_command_line_is_status_2_and_says_what_is_right(string message, params string[] arguments)
    {
        var bcg = Written("bcg.csv", Bcg);
        var run = Run([.. arguments.Select(argument => argument switch { "BCG" => bcg, "SERIES" => Series, _ => argument })]);
        run.Status.ShouldBe(2, run.Error);
        run.Error.ShouldStartWith($"error: {message.Replace("BCG", bcg, StringComparison.Ordinal).Replace("'regained'", "'regained_ambulatio'", StringComparison.Ordinal)}");
        run.Out.ShouldBeEmpty();
    }

    [EveryCultureTheory]
    [InlineData("", "the file is empty")]
    [InlineData("study,ai,n1i,ci,n2i\n", "there is a header but no row below it")]
    [InlineData("study,ai,n1i,ci,n2i\nA,1,2\n", "the row has 3 fields")]
    [InlineData("study,ai,n1i,ci,n2i\nA,x,2,3,4\n", "'x' is not a number")]
    [InlineData("study,ai,n1i,ci,n2i\nA,5,2,3,4\n", "ai = 5 is above the group's total, n1i = 2")]
    [InlineData("study,ai,n1i,ci,n2i\n\nA,1,2,3,4\nB,5,2,3,4\n", "t.csv:4:1): ai = 5 is above the group's total, n1i = 2")]
    [InlineData("study,ai,n1i,ci,n2i\nA,,2,3,4\n", "No study can be pooled: A: ai is missing")]
    [InlineData("study,events\nA,1\n", "needs the columns ai")]
    [InlineData("\0\u0001\u0002", "this is not a text file")]
    public void A_wrong_table_is_status_1_and_says_what_is_wrong(string csv, string message)
    {
        var run = Run("pool", Written("t.csv", csv), "-m", "OR");
        run.Status.ShouldBe(1);
        run.Error.ShouldStartWith("error: ");
        run.Error.ShouldContain(message);
        run.Error.ShouldNotContain("   at ");
        run.Out.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void Missing_files_and_directories_are_status_1()
    {
        foreach (var (name, message) in new[] { ("none.csv", "there is no such file"), ("none.yaml", "the file does not exist"), ("", "this is a directory") })
        {
            var run = Run("pool", Path.Combine(_folder, name));
            run.Status.ShouldBe(1);
            run.Error.ShouldContain(message);
        }

        Run("pool", Written("a.pdf", "x")).Error.ShouldContain("expected a table (.csv, .tsv, .txt) or a study or review file (.yaml, .yml)");
    }

    [EveryCultureFact]
    public void A_single_study_file_can_be_analysed()
    {
        var run = Run("pool", Series, "--outcome", "regained_ambulation", "--measure", "PFT");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("Regained ambulation: proportion, a single study");
        run.Out.ShouldContain("double arcsine");

        var survival = Run("pool", Series, "--outcome", "survival_months");
        survival.Status.ShouldBe(1);
        survival.Out.ShouldContain("comes without a spread");
    }

    [EveryCultureFact]
    public void Check_goes_through_all_files_and_fails_if_one_does()
    {
        var good = Written("good.csv", Bcg);
        var run = Run("check", Series, Written("bad.csv", "study,xi,ni\nA,x,2\n"), good);
        run.Status.ShouldBe(1);
        run.Out.ShouldContain($"{good}: 3 studies");
        run.Error.ShouldContain("bad.csv:2:3: 'x' is not a number");
        Run("check", Series).Status.ShouldBe(0);
    }

    [EveryCultureFact]
    public void Check_fails_where_numbers_contradict_each_other()
    {
        var text = File.ReadAllText(Series);
        var wrong = Written("wrong.yaml", text.Replace("reported_percent: 83", "reported_percent: 93", StringComparison.Ordinal));
        File.ReadAllText(wrong).ShouldNotBe(text);
        var run = Run("check", wrong);
        run.Status.ShouldBe(1);
        run.Out.ShouldContain("error percent: ");
        run.Out.ShouldEndWith($"{wrong}: 6 outcomes; 1 contradiction{Environment.NewLine}");
    }

    [EveryCultureFact]
    public void Check_gives_its_findings_to_other_programs()
    {
        var file = Written("means.yaml", "schema: metaspine/study/1\nid: x\noutcomes:\n"
            + "  - {id: pain, type: continuous, scale: {values: integer}, results: [{n: 28, mean: 5.19}, {n: 30, mean: 5.20, timepoint: t, ci: {low: 4.0, high: 7.0}}]}\ntimepoints: {t: {months: 3}}\n");
        var text = Run("check", file);
        text.Status.ShouldBe(1);
        text.Out.ShouldContain("means.yaml:4:84: error grim: pain: 5.19 cannot be the mean of 28 whole numbers; the nearest means are 5.18 and 5.21");
        text.Out.ShouldEndWith($"{file}: 1 outcome; 1 contradiction, 1 more to look at{Environment.NewLine}");
        var csv = Run("check", file, Series, "--format", "csv");
        csv.Status.ShouldBe(1);
        var rows = csv.Out.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        rows.Length.ShouldBe(3);
        rows[0].ShouldBe("study,rule,severity,reported,computed,admissible,finding,path,file,line,column,waived");
        rows[1].ShouldStartWith("x,grim,error,5.19,145/28 = 5.18; 146/28 = 5.21,5.18 or 5.21,pain: 5.19 cannot");
        rows[1].ShouldEndWith($",outcomes[0].results[0].mean,{file},4,84,");
        rows[2].ShouldStartWith("x,interval,warning,5.20 (4.0 to 7.0),5.500,");
        using var json = System.Text.Json.JsonDocument.Parse(Run("check", Series, "-f", "json").Out);
        json.RootElement.GetArrayLength().ShouldBe(0);
    }

    [EveryCultureFact]
    public void Forest_writes_an_svg()
    {
        var (csv, svg) = (Written("bcg.csv", Bcg), Path.Combine(_folder, "bcg.svg"));
        Run("forest", csv, "-m", "OR", "-o", svg, "--title", "BCG & co").Status.ShouldBe(0);
        System.Xml.Linq.XDocument.Load(svg).Root!.Name.LocalName.ShouldBe("svg");
        File.ReadAllText(svg).ShouldContain("BCG &amp; co");
        Run("forest", csv, "-m", "OR").Out.ShouldStartWith("<svg");

        Run("forest", csv, "-m", "OR", "-o", "bcg.gif").Error.ShouldContain("name the file bcg.svg, .png or .pdf");
        Run("forest", Series).Error.ShouldContain("choose one with --analysis: pain_improved, ");
        Run("forest", Series, "--outcome", "survival_months").Error.ShouldContain("No study reports this outcome in a form that can be pooled.");
    }

    [EveryCultureFact]
    public void A_review_runs_all_its_analyses_or_the_one_that_is_named()
    {
        var review = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");
        var all = JsonDocument.Parse(Run("pool", review, "-f", "json").Out).RootElement;
        all.GetArrayLength().ShouldBe(StudyFile.Load(review).Review!.Analyses.Count);
        var id = all[1].GetProperty("id").GetString()!;
        var one = JsonDocument.Parse(Run("pool", review, "-a", id, "--method", "DL", "-f", "json").Out).RootElement;
        one[0].GetProperty("id").GetString().ShouldBe(id);
        one[0].GetProperty("pooled").GetProperty("method").GetString().ShouldBe("DL");
        Run("effects", review, "-f", "csv").Error.ShouldContain("choose one with --analysis");
        Run("effects", review, "-a", id, "-f", "csv").Out.Split("\r\n").Length.ShouldBe(1 + 13 + 1);
    }

    [EveryCultureFact]
    public void Measures_lists_the_registry()
    {
        var run = Run("measures", "--format", "json");
        JsonDocument.Parse(run.Out).RootElement.EnumerateArray().Select(row => row.GetProperty("code").GetString()).ShouldBe(Measures.All.Select(m => m.Code));
    }

    [EveryCultureFact]
    public void Measures_are_listed_by_their_data_and_one_is_shown_in_full()
    {
        var list = Run("measures").Out;
        Measures.All.ShouldAllBe(measure => list.Contains($"  {measure.Code} ", StringComparison.Ordinal));
        var one = Run("measures", "plo").Out;
        one.ShouldContain("  xi    events\n");
        one.ShouldContain("read as:    proportion, from the logit scale");
        Run("measures", "PLOO").Error.ShouldContain("did you mean PLO?");
    }

    [EveryCultureTheory]
    [InlineData("study")]
    [InlineData("review")]
    public void Schema_prints_json(string kind) => JsonDocument.Parse(Run("schema", kind).Out).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);

    [EveryCultureFact]
    public void Batch_answers_standard_input()
    {
        var run = RunWith("""{"id":"a","kind":"univariate","measure":"GEN","data":{"yi":[1,2],"vi":[1,1]},"fits":[{"method":"EE","test":"z"}]}""", "batch");
        run.Status.ShouldBe(0);
        JsonDocument.Parse(run.Out).RootElement.GetProperty("fits")[0].GetProperty("beta")[0].GetDouble().ShouldBe(1.5);
    }

    [EveryCultureFact]
    public void Without_a_command_there_is_help()
    {
        var run = Run();
        run.Status.ShouldBe(0);
        run.Out.ShouldContain("metaspine pool trials.csv --measure OR");
    }

    [EveryCultureFact]
    public void Colours_only_where_they_are_shown()
    {
        var csv = Written("bcg.csv", Bcg);
        Run("pool", csv, "-m", "OR").Out.ShouldNotContain("\e[");
        Run(coloured: true, "", "pool", csv, "-m", "OR").Out.ShouldStartWith("\e[1mOdds ratio, random-effects model, REML\e[0m\n");
        Run(coloured: true, "", "pool", csv).Error.ShouldStartWith("\e[31merror:\e[0m ");
        Run(coloured: true, "", "pool", csv, "-m", "OR", "-f", "json").Out.ShouldNotContain("\e[");
    }

    private static string Series => Path.Combine(TestFiles.RepositoryRoot, "samples", "cervical-pedicle-screws.yaml");

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments) => Run(coloured: false, "", arguments);

    private static (int Status, string Out, string Error) RunWith(string input, params string[] arguments) => Run(coloured: false, input, arguments);

    private static (int Status, string Out, string Error) Run(bool coloured, string input, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal { In = new StringReader(input), Out = output, Error = error, Coloured = coloured, ErrorColoured = coloured };
        return (Tool.Run(arguments, terminal), output.ToString(), error.ToString());
    }
}
