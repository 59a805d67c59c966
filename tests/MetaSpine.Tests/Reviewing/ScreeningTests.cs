namespace MetaSpine.Tests;

public sealed class ScreeningTests
{
    private const string Long = "record,reviewer,stage,decision,reason\n1,Ann,title_abstract,include,\n1,Ben,title_abstract,include,\n2,Ann,,exclude,wrong design\n2,Ben,,maybe,\n2,final,,exclude,\n3,Ann,,Excluded,\n3,Ben,,no,\n4,Ann,,1,\n4,Ben,,0,\n1,Ann,full text,include,\n1,Ben,full-text,include,\n";

    [EveryCultureFact]
    public void A_row_for_each_decision_is_read_with_conflicts_and_what_settles_them()
    {
        var result = Screening.Of(Read(Long).Decisions);
        var titles = result[ScreeningStage.TitleAbstract]!;
        titles.Reviewers.ShouldBe(["Ann", "Ben"]);
        titles.Records.Count.ShouldBe(4);
        titles.Conflicts.Select(record => record.Record).ShouldBe(["2", "4"]);
        titles.Count(ScreeningVerdict.Include).ShouldBe(1);
        titles.Count(ScreeningVerdict.Exclude).ShouldBe(2);
        titles.Count(null).ShouldBe(1);
        titles.Records.Single(record => record.Record == "2").Reason.ShouldBe("wrong design");
        var table = titles.Pairs.Single().Table;
        table.Categories.ShouldBe(["include", "maybe", "exclude"]);
        (table[0, 0], table[0, 2], table[2, 1], table[2, 2], table.Total).ShouldBe((1, 1, 1, 1, 4));
        titles.Pairs[0].Coefficients.Select(coefficient => coefficient.Code).ShouldBe(["kappa", "kappa-linear", "kappa-quadratic", "pabak", "ac1", "scott-pi"]);
        result[ScreeningStage.FullText]!.Records.Count.ShouldBe(1);
        result.ConflictTable().Rows.Select(row => string.Join("|", row)).ShouldBe(["title_abstract|2|exclude|maybe|exclude", "title_abstract|4|include|exclude|"]);
    }

    [EveryCultureTheory]
    [InlineData("id,title,Ann,Ben,year\n1,a,yes,yes,2001\n2,b,no,no,2002\n3,c,no,yes,2003\n4,d,no,,2004\n")]
    [InlineData("id;title;Ann;Ben;year\n1;a;include;Included;2001\n2;b;exclude;irrelevant;2002\n3;c;exclude;relevant;2003\n4;d;exclude;NA;2004\n")]
    public void A_row_for_each_record_has_a_column_for_each_reviewer(string csv)
    {
        var table = Read(csv);
        table.Notes.Single().ShouldBe("records: id; reviewers: Ann, Ben");
        var titles = Screening.Of(table.Decisions)[ScreeningStage.TitleAbstract]!;
        titles.Records.Count.ShouldBe(4);
        var pair = titles.Pairs.Single().Table;
        (pair[0, 0], pair[0, 1], pair[1, 0], pair[1, 1]).ShouldBe((1, 0, 1, 1));
        titles.Conflicts.Single().Record.ShouldBe("3");
    }

    [EveryCultureFact]
    public void A_table_of_counts_is_taken_as_it_is()
    {
        var counts = Read("Ann / Ben,include,exclude,total\ninclude,76,39,115\nexclude,6,\"2,982\",\"2,988\"\ntotal,82,\"3,021\",\"3,103\"\n").Counts!;
        (counts.First, counts.Second, counts.Total).ShouldBe(("Ann", "Ben", 3103));
        counts.Agreement().Kappa.Estimate!.Value.ShouldBe(0.76430, 5e-6);

        // What the library prints it reads.
        var again = Read(ScreeningReport("Ann (rows), Ben,include,exclude\ninclude,1,2\nexclude,3,4\n")).Counts!;
        (again.First, again.Second, again[1, 0]).ShouldBe(("Ann", "Ben", 3));

        static string ScreeningReport(string csv) => csv.Replace("Ann (rows), Ben", "\"Ann (rows), Ben\"", StringComparison.Ordinal);
    }

    [EveryCultureFact]
    public void Labels_of_screening_tools_are_read_from_references()
    {
        Reference[] references =
        [
            new() { Id = "r1", Labels = ["RAYYAN-INCLUSION: {\"Ann\"=>\"Included\", \"Ben\"=>\"Excluded\"}", "RAYYAN-EXCLUSION-REASONS: wrong population"] },
            new() { Id = "r2", Notes = ["a remark | RAYYAN-INCLUSION: {\"Ann\"=>\"Maybe\"} | USER-NOTES: x"] },
            new() { Title = "Third", Labels = ["ASReview_relevant"] }, new() { Title = "Third", Labels = ["ASReview_irrelevant"] },
            new() { Id = "r5", Notes = ["Cyd: include", "Published: 2020", "Note: included in another review"] }, new() { Id = "r6" },
        ];
        ScreeningLabels.Read(references).Select(decision => $"{decision.Record}|{decision.Reviewer}|{decision.Decision}|{decision.Reason}").ShouldBe(
        [
            "r1|Ann|Include|", "r1|Ben|Exclude|wrong population", "r2|Ann|Maybe|", "Third|ASReview|Include|", "Third (2)|ASReview|Exclude|", "r5|Cyd|Include|",
        ]);
    }

    [EveryCultureFact]
    public void Rayyan_exports_its_decisions_in_the_notes_of_a_table()
    {
        const string csv = "key,title,notes\n1,a,\"RAYYAN-INCLUSION: {\"\"Ann\"\"=>\"\"Included\"\", \"\"Ben\"\"=>\"\"Excluded\"\"} | RAYYAN-EXCLUSION-REASONS: wrong outcome\"\n2,b,\n";
        Read(csv).Decisions.Select(decision => (decision.Record, decision.Reviewer, decision.Decision, decision.Reason)).ShouldBe(
            [("1", "Ann", ScreeningVerdict.Include, null), ("1", "Ben", ScreeningVerdict.Exclude, "wrong outcome")]);
    }

    [EveryCultureFact]
    public void Three_reviewers_have_each_pair_and_one_number_together()
    {
        var titles = Screening.Of(Read("id,Ann,Ben,Cyd,Dan\n1,no,no,no,\n2,no,yes,no,\n3,yes,yes,yes,\n4,yes,no,no,\n5,,,,yes\n").Decisions)[ScreeningStage.TitleAbstract]!;
        titles.Pairs.Count.ShouldBe(3);
        titles.Unpaired.ShouldBe(["Ann and Dan", "Ben and Dan", "Cyd and Dan"]);
        titles.Together.ShouldBeNull("no record was judged by all four");
        var three = Screening.Of(Read("id,Ann,Ben,Cyd,Dan\n1,no,no,no,\n2,no,yes,no,\n3,yes,yes,yes,\n4,yes,no,no,\n5,,,,yes\n", ["Ann", "ben", "Cyd"]).Decisions)[ScreeningStage.TitleAbstract]!;
        three.Together!.Kappa.Observed.ShouldBe(2 / 3.0, 1e-12);
        three.Records.Count.ShouldBe(4);
    }

    [EveryCultureTheory]
    [InlineData("id,Ann,Ben\n1,no,no\n2,nope,no\n3,yes,no\n", "t:3:3: 'nope' is no decision: expected include, exclude or maybe")]
    [InlineData("id,Ann,Ben\n1,no,no\n1,yes,no\n", "t:3:3: Ann decided 'include' on record 1 here, and 'exclude' at t:2:3")]
    [InlineData("record,reviewer,decision\n1,,include\n", "t:2:3: the decision 'include' does not say who made it")]
    [InlineData("a,b\n7,8\n", "no column holds decisions")]
    [InlineData("what,reviewer,decision\n1,Ann,include\n", "no column says which record")]
    [InlineData("record,reviewer,decision\n1,Ann,\n", "the table holds no decision")]
    [InlineData("record,reviewer,stage,decision\n1,Ann,third,include\n", "t:2:7: 'third' is no stage")]
    [InlineData("x,include,exclude\ninclude,0,0\nexclude,0,0\n", "every count is 0")]
    [InlineData("x,include,exclude\ninclude,1,b\nexclude,0,0\n", "'b' is not a number")]
    [InlineData("", "the file is empty")]
    public void What_cannot_be_read_is_told_with_its_place(string csv, string message) => Should.Throw<StudyFileException>(() => Read(csv)).Message.ShouldContain(message);

    [EveryCultureFact]
    public void A_review_file_holds_decisions_and_needs_no_studies_yet()
    {
        const string text = "schema: metaspine/review/1\nscreening:\n  - {record: 1, reviewer: AB, decision: include}\n  - {record: 1, reviewer: CD, decision: exclude, reason: wrong design}\n";
        Review.TryParse(text, "r", null, out var review, out var faults).ShouldBeTrue(string.Join("; ", faults));
        Screening.Of(review!.Screening).Stages.Single().Conflicts.Count().ShouldBe(1);
        Review.TryParse(text + "  - {record: 1, reviewer: AB, decision: exclude}\n", "r", null, out _, out faults).ShouldBeFalse();
        faults.Single().ToString().ShouldContain("r:5:5: AB decided 'exclude' on record 1 here, and 'include' at r:3:5");
        Review.TryParse("schema: metaspine/review/1\nscreening:\n  - {record: 1, reviewer: AB, decision: inclde}\n", "r", null, out _, out faults).ShouldBeFalse();
        faults[0].Message.ShouldContain("did you mean include?");
    }

    [Fact]
    public void The_page_of_a_screening() => Snapshot.Verify(Screening.Of(Read(Long).Decisions).ToString(), "txt");

    [Fact]
    public void Without_decisions_there_is_nothing_to_bring_together() => Should.Throw<ArgumentException>(() => Screening.Of([])).Message.ShouldContain("no decisions");

    private static ScreeningTable Read(string csv, IReadOnlyList<string>? reviewers = null) => ScreeningTable.Read(new StringReader(csv), "t", reviewers);
}
