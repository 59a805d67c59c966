using FsCheck;
using FsCheck.Fluent;
using MetaSpine.Tests.Studies;

namespace MetaSpine.Tests;

public sealed class ExtractionComparisonTests : IDisposable
{
    private const string First = """
        schema: metaspine/study/1
        id: oda2006   # as in the register
        population:
          enrolled: 32        # page 2
        groups:
          all: {label: all patients, n: 32}
          neurologic: {n: 29, within: all}
        timepoints: {early: {months: 1}, late: {months: 12}}
        outcomes:
          # the main one
          - id: improved
            type: dichotomous
            results:
              - group: neurologic
                timepoint: early
                events: 24   # table 3
                total: 29
              - {group: neurologic, timepoint: late, events: 20, total: 29}
          - id: survival
            type: continuous
            unit: months
            results:
              - {group: all, n: 32, mean: 12.2, sd: nr}
        risk_of_bias:
          - {tool: jbi-case-series, assessor: AB, answers: {q1: yes, q2: no, q3: yes, q4: unclear, q5: yes}}
        extraction:
          - {by: AB, date: 2026-01-05}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void Results_are_matched_by_what_they_are_and_not_by_their_order()
    {
        const string Early = "      - group: neurologic\n        timepoint: early\n        events: 24   # table 3\n        total: 29\n";
        const string Late = "      - {group: neurologic, timepoint: late, events: 20, total: 29}\n";
        var turned = First.Replace(Early + Late, Late + Early, StringComparison.Ordinal);
        turned.ShouldNotBe(First);
        var comparison = Compare(First, turned.Replace("assessor: AB", "assessor: CD", StringComparison.Ordinal));
        comparison.Differences.ShouldBeEmpty();
        comparison.Agreed.ShouldBe(comparison.Fields);
    }

    [EveryCultureFact]
    public void Different_missing_and_written_otherwise_are_told_apart_with_their_places()
    {
        var comparison = Compare(First, First.Replace("events: 24 ", "events: 23 ", StringComparison.Ordinal).Replace("mean: 12.2, sd: nr", "mean: 12.20, median: 10", StringComparison.Ordinal));
        comparison.Differences.Select(difference => (difference.Path, difference.Kind, difference.A, difference.B)).ShouldBe(
        [
            ("outcomes[improved].results[group=neurologic, timepoint=early].events", DifferenceKind.Different, "24", "23"),
            ("outcomes[survival].results[group=all].mean", DifferenceKind.Form, "12.2", "12.20"),
            ("outcomes[survival].results[group=all].sd", DifferenceKind.OnlyA, "nr", null),
            ("outcomes[survival].results[group=all].median", DifferenceKind.OnlyB, null, "10"),
        ]);
        comparison.Differences[0].AtA.ToString().ShouldEndWith("a.yaml:16:17");
        comparison.Differences[3].AtB.ToString().ShouldEndWith("b.yaml:23:50");
        var events = comparison.Agreement.Single(group => group.Name == "outcomes.events");
        (events.Both, events.Agreed, events.WithinRounding, events.MeanAbsoluteDifference).ShouldBe((2, 1, 1, 0.5));
        comparison.ToString().ShouldContain("only A gives it, 'nr'");
    }

    [EveryCultureFact]
    public void A_result_whose_group_is_named_otherwise_is_the_same_result_where_it_alone_is_left()
    {
        var comparison = Compare(First, First.Replace("{group: all, n: 32, mean", "{group: neurologic, n: 32, mean", StringComparison.Ordinal));
        comparison.Differences.Select(difference => difference.Path).ShouldBe(["outcomes[survival].results[group=all].group"]);
    }

    [EveryCultureFact]
    public void A_time_that_is_only_named_is_there()
    {
        const string A = "schema: metaspine/study/1\nid: s\ntimepoints:\n  early:\n  late:\n", B = "schema: metaspine/study/1\nid: s\ntimepoints:\n  early: {months: 3}\n  last:\n";
        var comparison = Compare(A, B);
        comparison.Differences.Select(d => (d.Path, d.Kind)).ShouldBe([("timepoints.early", DifferenceKind.OnlyB), ("timepoints.late", DifferenceKind.OnlyA), ("timepoints.last", DifferenceKind.OnlyB)]);
        var result = comparison.Reconcile([.. comparison.Differences.Select(d => new ExtractionDecision("", d.Path, "B", "x"))], "EF").Single();
        result.Study.Timepoints.Select(time => (time.Id, time.Months?.Text)).ShouldBe([("early", "3"), ("last", null)]);
        result.KeepsLayout.ShouldBeTrue();
    }

    [EveryCultureFact]
    public void Judgements_have_kappa_and_numbers_have_concordance()
    {
        var answers = Compare(First, First.Replace("q2: no", "q2: yes", StringComparison.Ordinal)).Agreement.Single(group => group.Name == "risk_of_bias.jbi-case-series answers");
        (answers.Both, answers.Agreed, answers.Kind).ShouldBe((5, 4, FieldKind.Category));

        // Observed 4/5; expected (3 x 4 + 1 x 0 + 1 x 1) / 25; so kappa is (20 - 13) / (25 - 13).
        answers.Kappa!.Kappa.Estimate!.Value.ShouldBe(7.0 / 12, 1e-15);

        string Study(string numbers) => $"schema: metaspine/study/1\nid: s\ngroups: {{{string.Join(", ", numbers.Split(' ').Select((n, i) => $"g{i}: {{n: {n}}}"))}}}\n";
        var sizes = Compare(Study("1 2 3 4"), Study("1 2 3 5")).Agreement.Single();

        // Deviations about 10/4 and 11/4: 2 x 6.5 / (5 + 8.75 + 4 / 16).
        sizes.Concordance!.Value.ShouldBe(13.0 / 14, 1e-15);
        Compare(Study("3 3 3"), Study("3 3 3")).Agreement.Single().Concordance.ShouldBeNull();
        Compare(Study("1 2"), Study("1 3")).Agreement.Single().Concordance.ShouldBeNull();
    }

    [EveryCultureTheory]
    [InlineData("12.2", "12.24", 1)]
    [InlineData("12.2", "12.25", 1)]
    [InlineData("12.2", "12.26", 0)]
    [InlineData("0.3", "0.35", 1)]
    [InlineData("12", "12.5", 1)]
    [InlineData("12", "13", 0)]
    [InlineData("nr", "13", 0)]
    [InlineData("nr", "nr", 1)]
    public void Numbers_are_close_where_one_could_be_the_rounding_of_the_other(string a, string b, int close) => Compare(
        First.Replace("mean: 12.2", $"mean: {a}", StringComparison.Ordinal), First.Replace("mean: 12.2", $"mean: {b}", StringComparison.Ordinal))
        .Agreement.Where(group => group.Name == "outcomes.mean").Sum(group => group.WithinRounding ?? 0).ShouldBe(a == "nr" && b == "nr" ? 0 : close);

    [EveryCultureFact]
    public void What_was_decided_stands_in_the_first_file_whose_comments_stay()
    {
        var comparison = Compare(First, First.Replace("events: 24 ", "events: {value: 23, source: {page: \"5\"}} ", StringComparison.Ordinal)
            .Replace("mean: 12.2, sd: nr", "mean: 12.20, median: 10", StringComparison.Ordinal).Replace("    unit: months\n", "", StringComparison.Ordinal)
            .Replace("by: AB, date: 2026-01-05", "by: CD", StringComparison.Ordinal).Replace("enrolled: 32", "enrolled: 33", StringComparison.Ordinal));
        var result = comparison.Reconcile([.. comparison.Differences.Where(d => d.Kind != DifferenceKind.Form)
            .Select(d => new ExtractionDecision("", d.Path, d.Path == "population.enrolled" ? "34" : "b", "looked again"))], "EF", "2026-02-01").Single();
        result.KeepsLayout.ShouldBeTrue();
        var expected = First.Replace("enrolled: 32", "enrolled: 34", StringComparison.Ordinal).Replace("events: 24 ", "events: {value: 23, source: {page: \"5\"}} ", StringComparison.Ordinal)
            .Replace("    unit: months\n", "", StringComparison.Ordinal).Replace("mean: 12.2, sd: nr", "mean: 12.2, median: 10", StringComparison.Ordinal) + "\n  - {by: CD}\n\nreconciled:\n  by: EF\n";
        result.Text.ShouldStartWith(expected);
        var record = result.Study.Reconciliation!;
        (record.By, record.Date, record.Differences.Count).ShouldBe(("EF", "2026-02-01", 7));
        record.Differences[0].ShouldBe(new ExtractionDifference { Path = "population.enrolled", A = "32", B = "33", Kept = "34", Reason = "looked again" });
        record.Differences.Single(item => item.Path.EndsWith(".mean", StringComparison.Ordinal)).ShouldSatisfyAllConditions(item => item.Kept.ShouldBe("12.2"), item => item.Reason!.ShouldStartWith("the same number"));
        record.Differences.Single(item => item.Path.EndsWith(".sd", StringComparison.Ordinal)).Kept.ShouldBeNull();
        result.Study.Extractions.Select(item => item.By).ShouldBe(["AB", "CD"]);
    }

    [Fact]
    public void Keeping_all_of_one_side_gives_that_side()
    {
        var pairs = from a in StudyGenerator.Studies from b in StudyGenerator.Studies select (A: a with { Reconciliation = null }, B: b with { Id = a.Id, Reconciliation = null });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(1, 1), Prop.ForAll(pairs.ToArbitrary(), pair =>
        {
            var comparison = ExtractionComparison.Of(pair.A, pair.B);
            foreach (var (side, kept) in new[] { (pair.A, "A"), (pair.B, "B") })
            {
                // Through the table, as people do.
                var decisions = comparison.Differences.Count == 0 ? [] : DecisionTable.Read(new StringReader(Filled(comparison, kept)), "d.csv");
                var reconciled = comparison.Reconcile(decisions, "EF").Single();
                ExtractionComparison.Of(reconciled.Study, side).Differences.ShouldAllBe(difference => difference.Kind == DifferenceKind.Form);
            }
        }));
    }

    [EveryCultureTheory]
    [InlineData("B", "n", "A", "B")]
    [InlineData("B", "n", "b", "n")]
    [InlineData("n", "A", "a", "n")]
    [InlineData("n", "A", "B", "A")]
    [InlineData("n", "b", "n", "n")]
    [InlineData("B", "n", "'B'", "B")]
    [InlineData("m", "n", "'A'", "A")]
    public void A_letter_is_a_side_also_where_a_file_says_that_letter(string a, string b, string kept, string expected)
    {
        string Study(string volume) => $"schema: metaspine/study/1\nid: s\ncitation: {{volume: {volume}}}\n";
        Compare(Study(a), Study(b)).Reconcile([new("s", "citation.volume", kept, "x")], "EF").Single().Study.Citation!.Volume.ShouldBe(expected);
    }

    [EveryCultureFact]
    public void Samples_keep_their_comments_whatever_is_decided()
    {
        foreach (var path in Directory.GetFiles(Samples.Path("spinal-metastases/studies"), "*.yaml"))
        {
            var text = File.ReadAllText(path);
            var other = System.Text.RegularExpressions.Regex.Replace(text, "(events|total|n): ([0-9]+)(?![.0-9])", match => $"{match.Groups[1].Value}: {int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) + 1}");
            var comparison = Compare(text, other);
            comparison.Differences.Count.ShouldBeGreaterThan(0, path);
            var result = comparison.Reconcile([.. comparison.Differences.Select(d => new ExtractionDecision(d.Study, d.Path, "B", "test"))], "EF").Single();
            result.KeepsLayout.ShouldBeTrue(path);
            result.Text.ShouldStartWith(other.TrimEnd().Split("\nextraction:", 2)[0].TrimEnd(), Case.Sensitive, path);
        }
    }

    [EveryCultureFact]
    public void Every_undecided_difference_and_every_stray_decision_is_told_with_its_line()
    {
        var comparison = Compare(First, First.Replace("events: 24 ", "events: 23 ", StringComparison.Ordinal).Replace("enrolled: 32", "enrolled: 33", StringComparison.Ordinal).Replace("unit: months", "unit: years", StringComparison.Ordinal));
        const string Table = "path,a,b,kept,reason\npopulation.enrolled,32,33,,\noutcomes[survival].unit,months,years,B,\noutcomes[improved].results[group=neurologic, timepoint=erly].events,24,23,A,x\npopulation.enrolled,32,33,A,x\n";
        var quoted = Table.Replace("outcomes[improved].results[group=neurologic, timepoint=erly].events", "\"outcomes[improved].results[group=neurologic, timepoint=erly].events\"", StringComparison.Ordinal);
        var faults = Should.Throw<StudyFileException>(() => comparison.Reconcile(DecisionTable.Read(new StringReader(quoted), "d.csv"), "EF")).Faults.Select(fault => fault.ToString()).ToList();
        faults.ShouldContain(fault => fault.StartsWith("d.csv:2:27: ") && fault.Contains("population.enrolled (A '32', B '33') is undecided"));
        faults.ShouldContain(fault => fault.StartsWith("d.csv:3:") && fault.Contains("without a reason"));
        faults.ShouldContain(fault => fault.StartsWith("d.csv:4:") && fault.Contains("did you mean outcomes[improved].results[group=neurologic, timepoint=early].events?)"));
        faults.ShouldContain(fault => fault.StartsWith("d.csv:5:") && fault.Contains("already at d.csv:2:"));
        faults.ShouldContain(fault => fault.Contains("a.yaml:16:17: ") && fault.Contains("no row of the decisions is about it"));
    }

    [EveryCultureTheory]
    [InlineData("population.enrolled,31,33,A,x", "was decided on A '31' and B '33', but the files give A '32'")]
    [InlineData("population.enrolled,32,33,many,x", "gives no valid study: 'many' is not a number")]
    [InlineData("population.enrolled,32,33,-1,x", "gives no valid study: found -1, expected a count")]
    public void A_decision_on_other_files_or_for_an_impossible_value_is_refused(string row, string message)
    {
        var comparison = Compare(First, First.Replace("enrolled: 32", "enrolled: 33", StringComparison.Ordinal));
        Should.Throw<StudyFileException>(() => comparison.Reconcile(DecisionTable.Read(new StringReader($"path,a,b,kept,reason\n{row}\n"), "d.csv"), "EF")).Message.ShouldContain(message);
    }

    [EveryCultureFact]
    public void Unrelated_empty_and_broken_files_are_told_with_their_places()
    {
        string Message(string a, string b) => Should.Throw<StudyFileException>(() => Compare(a, b)).Message;
        Message(First, First.Replace("oda2006", "oda2007", StringComparison.Ordinal)).ShouldSatisfyAllConditions(m => m.ShouldContain("b.yaml:2:5: this study is 'oda2007'"), m => m.ShouldContain("mistyped"));
        Message("", First).ShouldContain("a.yaml:1:1: the file is empty");
        Message(First + "\nnotez: x\n", "").ShouldSatisfyAllConditions(m => m.ShouldContain("unknown key 'notez'; did you mean notes?"), m => m.ShouldContain("b.yaml:1:1: the file is empty"));
        Message(First.Replace("id: survival", "id: improved", StringComparison.Ordinal), First).ShouldContain("the outcome 'improved' stands here and already on line 11");
        Message(First, "schema: metaspine/review/1\nstudies:\n  - {id: x}\n  - {id: y}\n").ShouldContain("b.yaml: this holds several studies");
        var review = "schema: metaspine/review/1\nstudies:\n  - {id: x}\n";
        Message(review, review.Replace("id: x", "id: y", StringComparison.Ordinal)).ShouldContain("no study of it is in");
        Should.Throw<StudyFileException>(() => ExtractionComparison.Load(Path.Combine(_folder, "none.yaml"), _folder)).Message.ShouldContain("does not exist");
    }

    [EveryCultureFact]
    public void Folders_and_reviews_are_compared_study_by_study()
    {
        var (ab, cd) = (Directory.CreateDirectory(Path.Combine(_folder, "ab")).FullName, Directory.CreateDirectory(Path.Combine(_folder, "cd")).FullName);
        string Study(string id, int n) => $"schema: metaspine/study/1\nid: {id}\npopulation: {{enrolled: {n}}}   # kept\n";
        File.WriteAllText(Path.Combine(ab, "1.yaml"), Study("one", 10));
        File.WriteAllText(Path.Combine(ab, "2.yaml"), Study("two", 20));
        File.WriteAllText(Path.Combine(cd, "x.yaml"), Study("two", 21));
        File.WriteAllText(Path.Combine(cd, "y.yaml"), Study("three", 30));
        var comparison = ExtractionComparison.Load(ab, cd);
        comparison.Differences.Select(d => (d.Study, d.Path, d.Kind)).ShouldBe([("one", "", DifferenceKind.OnlyA), ("two", "population.enrolled", DifferenceKind.Different), ("three", "", DifferenceKind.OnlyB)]);
        var reconciled = comparison.Reconcile([new("one", "", "B", "not eligible"), new("two", "population.enrolled", "B", "x"), new("three", "", "b", "missed by AB")], "EF");
        reconciled.Select(study => (study.FileName, study.Study.Population!.Enrolled!.Text, study.KeepsLayout)).ShouldBe([("2.yaml", "21", true), ("y.yaml", "30", true)]);
        reconciled[1].Text.ShouldContain("# kept");

        // A name that both folders use for different studies is given to one of them.
        File.Move(Path.Combine(cd, "y.yaml"), Path.Combine(cd, "2.yaml"));
        ExtractionComparison.Load(ab, cd).Reconcile([new("one", "", "B", "not eligible"), new("two", "population.enrolled", "B", "x"), new("three", "", "b", "missed by AB")], "EF")
            .Select(study => study.FileName).ShouldBe(["2.yaml", "2-2.yaml"]);

        File.WriteAllText(Path.Combine(cd, "z.yaml"), Study("two", 22));
        Should.Throw<StudyFileException>(() => ExtractionComparison.Load(ab, cd)).Message.ShouldContain("z.yaml:2:5: the study 'two' stands here and already in");

        string Review(int n) => $"schema: metaspine/review/1\nstudies:\n  - {{id: one, population: {{enrolled: {n}}}}}\n  - {{id: two}}\n";
        var inReviews = Compare(Review(5), Review(6));
        inReviews.Differences.Single().AtB.ToString().ShouldEndWith("b.yaml:3:38");
        Should.Throw<StudyFileException>(() => inReviews.Reconcile([new("one", "population.enrolled", "A", "x")], "EF")).Message.ShouldContain("a.yaml:3:5: the study 'one' stands within a review file");
    }

    private static string Filled(ExtractionComparison comparison, string kept)
    {
        var rows = Report.Csv(comparison);
        rows.ShouldStartWith("study,path,difference,a,b,at_a,at_b,kept,reason\r\n");
        var table = comparison.Rows;
        return new Table(table.Columns, [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Take(7), kept, "why"])]).ToCsv();
    }

    private ExtractionComparison Compare(string a, string b)
    {
        var (first, second) = (Path.Combine(_folder, "a.yaml"), Path.Combine(_folder, "b.yaml"));
        File.WriteAllText(first, a);
        File.WriteAllText(second, b);
        return ExtractionComparison.Load(first, second);
    }
}
