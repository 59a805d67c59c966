using System.Text.Json;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary>What makes the tool easy to live with: help, completion, starter files, lists of methods, colours, progress.</summary>
public sealed class ComfortTests : IDisposable
{
    private const string Trials = "study,ai,n1i,ci,n2i,alloc\nAronson,4,123,11,139,random\nFerguson,6,306,29,303,random\nRosenthal,3,231,11,220,other\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Commands => [.. CommandHelp.Examples.Keys];

    [EveryCultureFact]
    public void Every_command_has_examples()
    {
        var help = Run("--help").Out;
        var names = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0]).ToList();
        names.Count.ShouldBeGreaterThanOrEqualTo(10);
        names.Order(StringComparer.Ordinal).ShouldBe(CommandHelp.Examples.Keys.Order(StringComparer.Ordinal));
    }

    [EveryCultureTheory]
    [MemberData(nameof(Commands))]
    public void The_help_of_a_command_shows_examples_that_the_tool_understands(string command)
    {
        var help = Run(command, "--help");
        help.Status.ShouldBe(0);
        help.Out.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 80);
        foreach (var example in CommandHelp.Examples[command])
        {
            help.Out.ShouldContain($"  {example}");
            example.ShouldStartWith($"metaspine {command}");
            var words = example.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split([' '], StringSplitOptions.RemoveEmptyEntries)).Skip(1)
                .TakeWhile(word => word is not (">" or ">>" or "<")).ToArray();
            var parsed = Tool.Parse(words, new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null });
            parsed.Errors.ShouldBeEmpty(example);
            parsed.CommandResult.Command.Name.ShouldBe(command);
        }
    }

    [EveryCultureTheory]
    [InlineData("metaspine po", "pool")]
    [InlineData("metaspine pool x.csv --method R", "REML")]
    [InlineData("metaspine pool x.csv --test k", "kenward-roger|knha|kr")]
    [InlineData("metaspine pool x.csv --layout a", "arm-long")]
    [InlineData("metaspine pool x.csv -f j", "json")]
    [InlineData("metaspine methods paule", "")]
    [InlineData("metaspine measures PL", "PLN|PLO")]
    [InlineData("metaspine completion z", "zsh")]
    [InlineData("metaspine pool REVIEW --analysis l", "latitude")]
    [InlineData("metaspine pool REVIEW --outcome t", "tuberculosis")]
    [InlineData("metaspine pool REVIEW --subgroup l", "latitude")]
    [InlineData("metaspine pool TABLE --subgroup al", "alloc")]
    [InlineData("metaspine pool TABLE --where al", "alloc=")]
    [InlineData("metaspine plot fun", "funnel")]
    [InlineData("metaspine new r", "review")]
    [InlineData("metaspine schema s", "study")]
    [InlineData("metaspine dedup a.ris --to b", "bibtex")]
    [InlineData("metaspine convert a.ris --to b", "bibtex")]
    [InlineData("metaspine pool x.csv --to o", "only0")]
    [InlineData("metaspine plot funnel TABLE --y-axis inverse-s", "inverse-size")]
    [InlineData("metaspine plot gosh TABLE --highlight F", "Ferguson")]
    [InlineData("metaspine plot bubble REVIEW --moderator l", "latitude")]
    [InlineData("metaspine plot funnel TABLE --theme mono", "monochrome|monochrome-dark")]
    [InlineData("metaspine sensitivity TABLE --order s", "size|study")]
    [InlineData("metaspine pool TABLE --weights e", "equal")]
    [InlineData("metaspine pool none.yaml --analysis l", "")]
    [InlineData("metaspine pool BROKEN --analysis l", "")]
    public void Values_are_completed(string line, string expected)
    {
        line = line.Replace("REVIEW", Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"), StringComparison.Ordinal)
            .Replace("TABLE", Written("bcg.csv", Trials), StringComparison.Ordinal).Replace("BROKEN", Written("broken.yaml", "{"), StringComparison.Ordinal);
        var run = Run(FormattableString.Invariant($"[suggest:{line.Length}]"), line);
        run.Status.ShouldBe(0);
        var word = line.Split(' ')[^1];
        var offered = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(text => text.StartsWith(word, StringComparison.Ordinal));
        string.Join('|', offered).ShouldBe(expected);
        run.Error.ShouldBeEmpty();
    }

    [EveryCultureTheory]
    [InlineData("plot funel TABLE", "there is no plot 'funel'; there are forest (a command of its own), funnel, ", "; did you mean funnel?")]
    [InlineData("plot funnel TABLE -m OR --y-axis varaince", "--y-axis varaince: expected standard-error, variance, ", "; did you mean variance?")]
    [InlineData("forest TABLE -m OR --sort wieght", "--sort wieght: expected ", "; did you mean weight?")]
    [InlineData("new revew", "there is no new 'revew'; there are study, review, table", "; did you mean review?")]
    [InlineData("schema revew", "there is no schema 'revew'; there are study, review", "; did you mean review?")]
    [InlineData("completion bsh", "there is no shell 'bsh'; there are bash, zsh, fish, pwsh", "; did you mean bash?")]
    [InlineData("new zebra", "there is no new 'zebra'; there are study, review, table", "table")]
    public void A_mistyped_choice_names_the_nearest(string line, string begin, string end)
    {
        var run = Run(line.Replace("TABLE", Written("bcg.csv", Trials), StringComparison.Ordinal).Split(' '));
        run.Status.ShouldBe(2);
        var message = run.Error.Split('\n')[0].TrimEnd();
        message.ShouldStartWith($"error: {begin}");
        message.ShouldEndWith(end);
    }

    [EveryCultureTheory]
    [InlineData("measures")]
    [InlineData("measures SMD")]
    [InlineData("methods")]
    public void Lists_fit_a_line_where_words_allow_it(string line) =>
        Run(line.Split(' ')).Out.Split('\n').Where(text => text.TrimEnd().Length > 80 && text.Trim().Contains(' ')).ShouldBeEmpty();

    [EveryCultureFact]
    public void A_prediction_at_a_mistyped_name_is_refused()
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");
        var run = Run("pool", file, "-a", "latitude", "--predict", "latitud=30");
        (run.Status, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("There is no prediction at latitud = 30: The model has no moderator 'latitud'; did you mean latitude?");
        Run("pool", file, "-a", "latitude", "--predict", "latitude=30").Status.ShouldBe(0);
    }

    [EveryCultureTheory]
    [InlineData("bash", "complete -o default -F _metaspine metaspine")]
    [InlineData("zsh", "compdef _metaspine metaspine")]
    [InlineData("fish", "complete -c metaspine")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void A_completion_script_asks_the_tool(string shell, string part)
    {
        var script = Run("completion", shell).Out;
        script.ShouldContain(part);
        script.ShouldContain("[suggest:");
        script.ShouldNotContain("\r");
    }

    [EveryCultureTheory]
    [InlineData("study", "study.yaml", "metaspine/study/1")]
    [InlineData("review", "review.yaml", "metaspine/review/1")]
    [InlineData("table", "trials.csv", "study,year,")]
    public void A_new_file_passes_the_check_and_can_be_pooled(string kind, string name, string part)
    {
        var path = Path.Combine(_folder, name);
        Run("new", kind, "-o", path).Status.ShouldBe(0);
        File.ReadAllText(path).ShouldContain(part);
        Run("new", kind).Out.ShouldBe(File.ReadAllText(path));
        Run("check", path).Status.ShouldBe(0);
        var pooled = Run(["pool", path, .. kind == "table" ? new[] { "-m", "OR", "--subgroup", "region" } : []]);
        pooled.Status.ShouldBe(0, pooled.Error);
        pooled.Out.ShouldContain("Smith");
        if (kind != "table")
        {
            File.ReadLines(path).Count(line => line.Contains('#')).ShouldBeGreaterThan(6);
        }

        var again = Run("new", kind, "-o", path);
        again.Status.ShouldBe(2);
        again.Error.ShouldContain("is there already, and is left as it is");
        Run("new", kind, "-o", Path.Combine(_folder, "none", name)).Error.ShouldContain("cannot be written");
    }

    [EveryCultureFact]
    public void Methods_lists_every_code_with_its_reference()
    {
        var rows = JsonDocument.Parse(Run("methods", "-f", "json").Out).RootElement.EnumerateArray().ToList();
        rows.Select(row => row.GetProperty("code").GetString()).ShouldBe(MethodCatalogue.Groups.SelectMany(group => group.Methods).Select(method => method.Code));
        var text = Run("methods").Out;
        foreach (var group in MethodCatalogue.Groups)
        {
            text.ShouldContain(group.Kind);
            group.Methods.ShouldAllBe(method => text.Contains($"  {method.Code} ", StringComparison.Ordinal));
        }

        text.Split('\n').ShouldAllBe(line => line.Length <= 80);
        Run("methods", "-f", "markdown").Out.ShouldContain("| REML | restricted maximum likelihood | Viechtbauer 2005");
    }

    [EveryCultureFact]
    public void One_method_is_shown_wherever_it_has_a_meaning()
    {
        Run("methods", "genq").Out.ShouldBe(
            "estimators of the between-study variance (--method)\n  GENQ  generalised Q with given weights; DerSimonian and Kacker 2007,\n          doi:10.1016/j.cct.2006.04.004\n\n"
            + "confidence intervals of the between-study variance (--tau2-interval)\n  GENQ  generalised Q with the weights given, otherwise 1/v; Jackson 2013,\n          doi:10.1002/jrsm.1081\n");
        var run = Run("methods", "REMLL");
        run.Status.ShouldBe(2);
        run.Error.ShouldContain("there is no method 'REMLL'; did you mean REML?");
    }

    [EveryCultureFact]
    public void The_catalogue_knows_the_options_of_the_tool()
    {
        var help = Run("pool", "--help").Out;
        MethodCatalogue.Groups.Where(group => group.Option.StartsWith('-')).ShouldAllBe(group => help.Contains(group.Option + " ", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void Titles_headings_and_pooled_rows_are_bold_and_the_text_is_the_same()
    {
        var csv = Written("bcg.csv", Trials);
        var plain = Run("pool", csv, "-m", "OR").Out;
        var coloured = Run("pool", csv, "-m", "OR", "--color", "always").Out;
        coloured.Replace("\e[1m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal).ShouldBe(plain);
        coloured.Split('\n').Where(line => line.StartsWith("\e[1m", StringComparison.Ordinal)).Select(line => line[4..].Split("  ")[0].Replace("\e[0m", "", StringComparison.Ordinal))
            .ShouldBe(["Odds ratio, random-effects model, REML", "Study", "Pooled", "95% prediction interval", "Notes", "Where the numbers come from"]);
        Run(coloured: true, "pool", csv, "-m", "OR", "--color", "never").Out.ShouldBe(plain);
        Run("pool", csv, "-m", "OR", "--color", "always", "-f", "csv").Out.ShouldNotContain("\e[");
        Run("pool", csv, "-m", "ORR", "--color", "always").Error.ShouldStartWith("\e[31merror:\e[0m ");
    }

    [EveryCultureFact]
    public void What_cannot_be_pooled_is_headed_in_yellow() =>
        Run("pool", Path.Combine(TestFiles.RepositoryRoot, "samples", "cervical-pedicle-screws.yaml"), "--outcome", "survival_months", "--color", "always").Out.ShouldContain("\e[33mNot pooled\e[0m\n");

    [EveryCultureFact]
    public void What_was_decided_in_reading_a_table_is_said_apart_from_the_result()
    {
        var csv = Written("arms.csv", "study;arm;events;n\nA;drug;4;1.200\n;placebo;5;21\nB;drug;3;9\n;placebo;4;9\n");
        var run = Run("pool", csv, "-m", "OR", "--decimal", ",", "-f", "json");
        run.Status.ShouldBe(0, run.Error);
        run.Error.ReplaceLineEndings("\n").ShouldBe(
            "layout: arm-long, one row per arm\nnote: control: placebo (2 studies)\nnote: 2 rows without a study were taken as further arms of the study above\n"
            + "columns: ai from events of the intervention, n1i from n of the intervention, ci from events of the control, n2i from n of the control\n");
        JsonDocument.Parse(run.Out);
        Run("effects", csv, "-m", "OR", "--decimal", ",", "--where", "study=A").Out.ShouldContain("4/1200");
        Run("check", csv, "--decimal", ",").Out.ShouldStartWith($"{csv}: 2 studies; measures: OR, ");
    }

    [EveryCultureTheory]
    [InlineData("there is no layout 'arms-long'; did you mean arm-long?", "--layout", "arms-long")]
    [InlineData("--decimal ;: expected . or ,", "--decimal", ";")]
    [InlineData("--effect-scale log: expected natural or analysis", "--effect-scale", "log")]
    [InlineData("--where alloc: expected COLUMN=VALUE, such as outcome=pain", "--where", "alloc")]
    [InlineData("TABLE has no column 'aloc'; did you mean alloc?", "--where", "aloc=random")]
    [InlineData("TABLE has no row whose alloc is 'randm'; did you mean random?", "--where", "alloc=randm")]
    [InlineData("--interval-level 0: expected a percentage between 0 and 100, such as 95", "--interval-level", "0")]
    [InlineData("there is no measure 'ORR'; did you mean OR?", "-m", "ORR")]
    public void A_slip_in_reading_a_table_is_a_usage_error(string message, params string[] options)
    {
        var csv = Written("bcg.csv", Trials);
        var run = Run(["effects", csv, .. options]);
        run.Status.ShouldBe(2, run.Error);
        run.Error.ShouldStartWith($"error: {message.Replace("TABLE", csv, StringComparison.Ordinal)}");
    }

    [EveryCultureFact]
    public void A_workbook_is_to_be_saved_as_a_table() =>
        Run("pool", Written("trials.xlsx", "x")).Error.ShouldContain("save the workbook's sheet as CSV, in UTF-8");

    [EveryCultureTheory]
    [InlineData("--metod", "did you mean --method?", "pool", "x.csv", "--where", "a=b", "--metod", "DL")]
    [InlineData("--mesure", "did you mean --measure?", "pool", "--mesure", "OR", "x.csv")]
    [InlineData("--decima", "did you mean --decimal?", "check", "x.csv", "--decima", ",")]
    [InlineData("--zzz", "", "measures", "--zzz")]
    public void A_misspelt_option_is_never_taken_for_a_value(string word, string hint, params string[] arguments)
    {
        var run = Run(arguments);
        run.Status.ShouldBe(2);
        run.Error.ShouldStartWith($"error: there is no option '{word}'{(hint.Length == 0 ? "" : "; ")}{hint}");
    }

    [EveryCultureFact]
    public void Progress_is_shown_to_those_who_watch_and_erased()
    {
        var (error, clock) = (new StringWriter(), new Clock());
        var terminal = new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = error, IsWatched = true };
        using (var progress = new ProgressLine(terminal, "permutations", clock))
        {
            progress.Report(0.01);
            error.ToString().ShouldBeEmpty("quick work shows nothing");
            clock.Now = 1000;
            progress.Report(0.25);
            progress.Report(0.26);
            clock.Now = 5000;
            progress.Report(0.5);
        }

        error.ToString().Split("\r\e[K").ShouldBe(["", $"permutations {new string('━', 7)}{new string('─', 23)}  25%, 3 s left", $"permutations {new string('━', 15)}{new string('─', 15)}  50%, 5 s left", ""]);
    }

    [EveryCultureFact]
    public void Progress_writes_nothing_where_nobody_watches_and_never_wraps()
    {
        var (error, clock) = (new StringWriter(), new Clock());
        var terminal = new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = error };
        using (var progress = new ProgressLine(terminal, "work", clock))
        {
            clock.Now = 9000;
            progress.Report(0.5);
        }

        error.ToString().ShouldBeEmpty();
        using (var progress = new ProgressLine(new() { In = TextReader.Null, Out = TextWriter.Null, Error = error, IsWatched = true, Width = 20 }, new string('x', 90), clock))
        {
            clock.Now = 19000;
            progress.Report(double.NaN);
            progress.Report(7);
        }

        error.ToString().Split("\r\e[K")[1].Length.ShouldBe(19);
    }

    [EveryCultureFact]
    public void A_file_cannot_steer_the_terminal()
    {
        var file = Path.Combine(_folder, "steer.csv");
        File.WriteAllText(file, "study,ai,n1i,ci,n2i\n\e[31mRed\e]0;title\a,4,123,11,139\n\"two\r\nlines\",6,306,29,303\n");
        var shown = Run("pool", file, "--measure", "RR");
        shown.Status.ShouldBe(0);
        shown.Out.ShouldNotContain('\e');
        shown.Out.ShouldNotContain('\a');
        shown.Out.ShouldContain("\ntwo lines ");
        Run("pool", file, "--measure", "RR", "--format", "markdown").Out.ShouldNotContain('\e');

        File.WriteAllText(file, "study,ai,n1i,ci,n2i\n\e[31mRed,four,123,11,139\n");
        var refused = Run("pool", file, "--measure", "RR");
        refused.Status.ShouldBe(1);
        refused.Error.ShouldContain("'four' is not a number");
        refused.Error.ShouldNotContain('\e');
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments) => Run(coloured: false, arguments);

    private static (int Status, string Out, string Error) Run(bool coloured, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = Tool.Run(arguments, new Terminal { In = TextReader.Null, Out = output, Error = error, Coloured = coloured, ErrorColoured = coloured });
        return (status, output.ToString(), error.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }
}
