namespace MetaSpine.Tests;

public sealed class PrismaFlowTests
{
    /// <summary>The counts of the flow diagrams of real reviews, put together from what was found wrong in each.</summary>
    public static TheoryData<string, PrismaCounts, string, string> RealReviews => new()
    {
        {
            "one that is off by 2", new()
            {
                PreviousStudies = 0, PreviousReports = 0, DatabaseRecords = 1902, Databases = [new("Embase", 1902)], RegisterRecords = 0, WebsiteRecords = 0, OrganisationRecords = 0, CitationRecords = 0,
                Duplicates = 29, RemovedByAutomation = 0, RemovedOtherwise = 0, Screened = 1873, Excluded = 1840, Sought = 35, NotRetrieved = 7, OtherSought = 0, OtherNotRetrieved = 0, Assessed = 28,
                ReportsExcluded = [new("Pattern of resistance not described", 10), new("others", 0)], OtherAssessed = 0, NewStudies = 18, NewReports = 18, TotalStudies = 18, TotalReports = 0,
            }, "P4 33 35", "P13 18 0"
        },
        {
            "a thesis", new()
            {
                DatabaseRecords = 2706, Databases = [new("A", 1670), new("B", 871), new("C", 165)], Duplicates = 1038, Screened = 1668, Excluded = 1544, Sought = 134, NotRetrieved = 70, Assessed = 64,
                OtherAssessed = 228, OtherReportsExcluded = [new("a", 127), new("b", 68), new("c", 33)],
            }, "P4 124 134", ""
        },
        {
            "an update", new()
            {
                PreviousStudies = 0, DatabaseRecords = 912, Duplicates = 88, Screened = 824, Excluded = 684, Sought = 140, NotRetrieved = 2, Assessed = 138, ReportsExcluded = [new("all reasons", 62)],
                OtherAssessed = 8, OtherReportsExcluded = [new("none", 0)], NewStudies = 84, NewReports = 84, TotalStudies = 86,
            }, "P12 84 86", ""
        },
        {
            "reports from other methods that are not added", new()
            {
                DatabaseRecords = 579, Databases = [new("A", 400), new("B", 179)], Duplicates = 343, Screened = 236, Excluded = 215, Sought = 21, NotRetrieved = 0, Assessed = 21, ReportsExcluded = [new("a", 17)],
                OtherAssessed = 2, OtherReportsExcluded = [new("none", 0)], NewStudies = 4, NewReports = 4,
            }, "P10 6 4", ""
        },
        { "a script", new() { WebsiteRecords = 797, OtherSought = 42, PreviousStudies = 0, NewStudies = 23, TotalStudies = 26 }, "P12 23 26", "P7 797 42" },
        {
            "another script", new()
            {
                DatabaseRecords = 6874, RegisterRecords = 345, Duplicates = 2539, RemovedOtherwise = 4511, Screened = 169, Excluded = 85, Sought = 84, NotRetrieved = 46, Assessed = 38, ReportsExcluded = [new("a", 8)], NewReports = 30, NewStudies = 30,
            }, "", ""
        },
        { "a text", new() { DatabaseRecords = 162, Duplicates = 23, Screened = 139, Excluded = 25, Sought = 114, NotRetrieved = 4, Assessed = 110, ReportsExcluded = [new("a", 88)], NewReports = 22, NewStudies = 22 }, "", "" },
        {
            "another text", new()
            {
                DatabaseRecords = 678, RegisterRecords = 22, Duplicates = 167, Screened = 533, Excluded = 398, Sought = 135, NotRetrieved = 0, Assessed = 135, ReportsExcluded = [new("a", 93)], NewReports = 42, NewStudies = 42,
            }, "", ""
        },
    };

    [Theory]
    [MemberData(nameof(RealReviews), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_in_real_diagrams_is_found_and_nothing_else(string name, PrismaCounts counts, string broken, string remarked)
    {
        var flow = PrismaFlow.Check(counts);
        string Told(Func<FlowFinding, bool> which) => string.Join("; ", flow.Findings.Where(which).Select(finding => FormattableString.Invariant($"{finding.Rule.Code} {finding.Expected} {finding.Found}")));
        Told(finding => finding.Verdict == FlowVerdict.Error).ShouldBe(broken, name);
        Told(finding => finding.Verdict is FlowVerdict.Warning or FlowVerdict.Note).ShouldBe(remarked, name);
        flow.IsConsistent.ShouldBe(broken.Length == 0);
        flow.Findings.Count.ShouldBe(15);
    }

    [Fact]
    public void Explanations_name_the_nearest_count_that_would_settle_it()
    {
        string Sentence(string name, string rule) => PrismaFlow.Check(RealReviews.Single(row => row.Data.Item1 == name).Data.Item2)[rule].Sentence;
        Sentence("one that is off by 2", "P4").ShouldBe("Records screened (1,873) less records excluded (1,840) give 33, but 35 reports sought for retrieval are given, 2 more. With 1,838 records excluded, every rule would hold.");
        Sentence("a thesis", "P4").ShouldContain("With 1,534 records excluded, which differ in one digit, every rule would hold.");
        Sentence("reports from other methods that are not added", "P10").ShouldContain("The difference is the number of reports from other methods that are left: it seems not to have been added.");
        PrismaFlow.Check(new() { DatabaseRecords = 100, Duplicates = 20, Screened = 100 })["P3"].Sentence.ShouldContain("duplicate records: it seems not to have been taken off.");
        PrismaFlow.Check(new() { DatabaseRecords = 100, Duplicates = 20, Screened = 60 })["P3"].Sentence.ShouldContain("duplicate records: it seems to have been taken off twice.");
        PrismaFlow.Check(new() { Screened = 1873, Excluded = 1480, Sought = 33 })["P4"].Sentence.ShouldContain("With 1,840 records excluded, the same digits with two of them swapped, every rule would hold.");
    }

    /// <summary>Each rule is broken by its own count, and by no more than that.</summary>
    [Theory]
    [InlineData("P1", "database_results", 1)]
    [InlineData("P2", "register_results", 1)]
    [InlineData("P3", "excluded_other", 1)]
    [InlineData("P4", "records_excluded", 1)]
    [InlineData("P5", "dbr_notretrieved_reports", 1)]
    [InlineData("P7", "website_results", -1)]
    [InlineData("P8", "other_notretrieved_reports", 1)]
    [InlineData("P12", "total_studies", 1)]
    [InlineData("P13", "total_reports", 1)]
    [InlineData("P14", "total_studies_ma", 100)]
    [InlineData("P15", "total_reports_ma", -1000)]
    public void Each_rule_sees_its_own_count(string rule, string key, int change)
    {
        var field = PrismaField.Find(key)!;
        PrismaFlow.Check(Whole).Findings.ShouldAllBe(finding => finding.Verdict == FlowVerdict.Holds);
        var flow = PrismaFlow.Check(field.With(Whole, field.Number!(Whole)!.Value + change));
        flow[rule].Verdict.ShouldBe(FlowVerdict.Error);

        // The total of all databases is also a part of the rule on records screened.
        flow.Findings.Count(finding => finding.Verdict == FlowVerdict.Error).ShouldBe(rule is "P1" or "P2" ? 2 : 1);
        flow[rule].ToString().ShouldStartWith($"error {rule} ");
    }

    [Fact]
    public void No_more_can_be_excluded_than_were_assessed_and_no_more_studies_than_reports()
    {
        PrismaFlow.Check(new() { Assessed = 5, ReportsExcluded = [new("a", 6)] })["P6"].ShouldSatisfyAllConditions(
            finding => finding.Verdict.ShouldBe(FlowVerdict.Error), finding => finding.Difference.ShouldBe(1));
        PrismaFlow.Check(new() { OtherAssessed = 5, OtherReportsExcluded = [new("a", 6)] })["P9"].Verdict.ShouldBe(FlowVerdict.Error);
        PrismaFlow.Check(new() { NewStudies = 5, NewReports = 4 })["P11"].Verdict.ShouldBe(FlowVerdict.Error);
        PrismaFlow.Check(new() { NewStudies = 4, NewReports = 5 })["P11"].Verdict.ShouldBe(FlowVerdict.Holds);
        PrismaFlow.Check(new() { CitationRecords = 4, OtherSought = 5 })["P7"].Verdict.ShouldBe(FlowVerdict.Error);
        PrismaFlow.Check(new() { CitationRecords = 5, OtherSought = 4 })["P7"].Verdict.ShouldBe(FlowVerdict.Warning);
        PrismaFlow.Check(new() { CitationRecords = 5, OtherSought = 5 })["P7"].Verdict.ShouldBe(FlowVerdict.Holds);
    }

    [Theory]
    [InlineData(18, null, FlowVerdict.Note)]
    [InlineData(18, 0, FlowVerdict.Note)]
    [InlineData(18, 18, FlowVerdict.Holds)]
    [InlineData(18, 17, FlowVerdict.Error)]
    [InlineData(12, 0, FlowVerdict.Note)]
    [InlineData(20, 0, FlowVerdict.Error)]
    [InlineData(null, null, FlowVerdict.NotChecked)]
    public void Who_counts_studies_where_reports_belong_gets_a_note(int? studies, int? reports, FlowVerdict verdict)
    {
        var flow = PrismaFlow.Check(new() { Assessed = 28, ReportsExcluded = [new("a", 10)], NewStudies = studies, NewReports = reports });
        flow["P10"].Verdict.ShouldBe(verdict, flow["P10"].Sentence);
        flow["P10"].Expected.ShouldBe(verdict == FlowVerdict.NotChecked ? null : 18);
    }

    [Fact]
    public void A_box_without_counts_is_a_note_and_not_a_contradiction()
    {
        PrismaFlow.Check(new() { Sought = 35, Assessed = 28 })["P5"].ShouldSatisfyAllConditions(
            finding => finding.Verdict.ShouldBe(FlowVerdict.Note), finding => finding.Sentence.ShouldContain("The difference would be reports not retrieved, of which no count is given."));
        PrismaFlow.Check(new() { Sought = 28, Assessed = 35 })["P5"].Verdict.ShouldBe(FlowVerdict.Error);
        PrismaFlow.Check(new() { DatabaseRecords = 100, Screened = 80 })["P3"].Verdict.ShouldBe(FlowVerdict.Note);
        PrismaFlow.Check(new() { DatabaseRecords = 100, Duplicates = 10, Screened = 80 })["P3"].Verdict.ShouldBe(FlowVerdict.Error);
        PrismaFlow.Check(new() { NewStudies = 84, TotalStudies = 86 })["P12"].Verdict.ShouldBe(FlowVerdict.Warning);
        PrismaFlow.Check(new()).Findings.ShouldAllBe(finding => finding.Verdict == FlowVerdict.NotChecked || finding.Rule.Code == "P15");
    }

    /// <summary>Sums do not run over, whatever the counts are.</summary>
    [Fact]
    public void Large_counts_are_added_without_overflow() =>
        PrismaFlow.Check(new() { Databases = [new("a", int.MaxValue), new("b", int.MaxValue)], Duplicates = 1, Screened = 5 })["P3"].Expected.ShouldBe(2L * int.MaxValue - 1);

    [Fact]
    public void Counts_are_filled_in_from_references_and_decisions_and_given_ones_stand()
    {
        Reference[] references = [.. Enumerable.Range(0, 7).Select(i => new Reference { Database = i < 4 ? "MEDLINE" : "Embase" })];
        ScreeningDecision Decide(string record, ScreeningVerdict verdict, ScreeningStage stage = ScreeningStage.TitleAbstract, string? reason = null) =>
            new() { Record = record, Reviewer = "AB", Stage = stage, Decision = verdict, Reason = reason };
        ScreeningDecision[] decisions =
        [
            Decide("1", ScreeningVerdict.Exclude), Decide("2", ScreeningVerdict.Exclude), Decide("3", ScreeningVerdict.Include), Decide("4", ScreeningVerdict.Maybe), Decide("5", ScreeningVerdict.Include),
            Decide("3", ScreeningVerdict.Include, ScreeningStage.FullText), Decide("4", ScreeningVerdict.Exclude, ScreeningStage.FullText, "wrong design"),
        ];
        var flow = PrismaFlow.Fill(new() { Duplicates = 2, NotRetrieved = 1, NewStudies = 1 }, references, Screening.Of(decisions));
        flow.Counts.Databases.ShouldBe([new("MEDLINE", 4), new("Embase", 3)]);
        (flow.Counts.Screened, flow.Counts.Excluded, flow.Counts.Sought, flow.Counts.Assessed, flow.Counts.NewReports).ShouldBe((5, 2, 3, 2, 1));
        flow.Counts.ReportsExcluded.ShouldBe([new("wrong design", 1)]);
        flow.IsConsistent.ShouldBeTrue(flow.ToString());
        flow.Notes.ShouldContain("records screened: 5, from the decisions on titles and abstracts");

        var given = PrismaFlow.Fill(new() { DatabaseRecords = 8, Duplicates = 2, Screened = 6 }, references, Screening.Of(decisions));
        given.Counts.Screened.ShouldBe(6);
        given.Differences.ShouldBe(["records from databases and registers: 8 is given, but the references have 7 (1 fewer)", "records screened: 6 is given, but the decisions on titles and abstracts have 5 (1 fewer)"]);
        given.IsConsistent.ShouldBeFalse();

        ScreeningDecision[] open = [.. decisions, Decide("2", ScreeningVerdict.Include) with { Reviewer = "CD" }];
        var unsettled = PrismaFlow.Fill(new(), screening: Screening.Of(open));
        unsettled.Counts.Excluded.ShouldBeNull();
        unsettled.Notes.ShouldContain(note => note.Contains("leave 1 record open", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void A_review_holds_its_counts_and_takes_others_from_its_searches()
    {
        const string text = "schema: metaspine/review/1\nsearches: [{source: MEDLINE, records: 60}, {source: Embase, records: 40}]\nflow:\n  duplicates: 20\n  records_screened: 81\n  dbr_excluded: [{name: wrong design, count: 3}]\n";
        Review.TryParse(text, "r", null, out var review, out var faults).ShouldBeTrue(string.Join("; ", faults));
        var flow = PrismaFlow.Of(review!);
        flow.Counts.Databases.Sum(item => item.Count).ShouldBe(100);
        flow["P3"].ToString().ShouldStartWith("r:5:21: error P3 screened: Records from databases (100) less duplicate records (20) give 80, but 81 records screened are given, 1 more.");
        Review.TryParse(text.Replace("81", "-3", StringComparison.Ordinal), "r", null, out _, out faults).ShouldBeFalse();
        Review.TryParse(text.Replace("records_screened", "records_screend", StringComparison.Ordinal), "r", null, out _, out faults).ShouldBeFalse();
        faults[0].Message.ShouldContain("did you mean records_screened?");
        var report = ReviewReport.Of(review!);
        report.ToHtml().ShouldContain("Study selection");
        report.ToMarkdown().ShouldContain("P3: Records from databases");
        report.Pictures.Select(picture => picture.Name).ShouldContain("flow");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_diagram_in_characters_keeps_to_the_width(int width)
    {
        foreach (var counts in new[] { PlotSamples.Flow, PlotSamples.Flow with { PreviousStudies = null, PreviousReports = null }, Whole with { WebsiteRecords = 0, CitationRecords = 0, OtherSought = 0, OtherNotRetrieved = 0, OtherAssessed = 0, OtherReportsExcluded = [] }, new() { Screened = 3 } })
        {
            var diagram = PrismaFlow.Check(counts).ToDiagram(width);
            diagram.Split('\n').ShouldAllBe(line => line.Length <= width);

            // Every number that the picture says is there, on one line or over two.
            var text = string.Join(' ', diagram.Split(['│', '┃', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
            foreach (var number in new[] { counts.Screened, counts.Excluded, counts.Sought, counts.Assessed, counts.NewStudies }.OfType<int>())
            {
                text.ShouldContain($"n = {number.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)})");
            }
        }
    }

    [Fact]
    public void The_diagram_at_80_characters() => Snapshot.Verify(PrismaFlow.Check(PlotSamples.Flow).ToString(), "txt");

    [Fact]
    public void The_diagram_at_120_characters() => Snapshot.Verify(PrismaFlow.Check(PlotSamples.Flow with { PreviousStudies = null, PreviousReports = null }).ToDiagram(120), "txt");

    [Fact]
    public void The_diagram_in_Mermaid() => Snapshot.Verify(PrismaFlow.Check(PlotSamples.Flow).ToMermaid(), "mmd");

    [Fact]
    public void Names_that_mean_something_to_Mermaid_are_escaped()
    {
        var mermaid = PrismaFlow.Check(new() { Assessed = 3, ReportsExcluded = [new("\"a\" <b> & #c`\n", 1), new("x", 1)] }).ToMermaid();
        mermaid.ShouldContain("#34;a#34; #60;b#62; #38; #35;c#96;  (n\u00A0=\u00A01)");
    }

    [Fact]
    public void All_forms_say_the_same()
    {
        var flow = PrismaFlow.Check(new() { Screened = 1873, Excluded = 1840, Sought = 35 });
        flow.ToMarkdown().ShouldContain("```mermaid\nflowchart TD");
        flow.ToHtml().ShouldContain("<svg ");
        Report.Json(flow).ShouldContain("\"records_screened\": 1873");
        Report.Csv(flow).ShouldContain("P4,sought,broken,33,35,2,");
        Should.Throw<ArgumentException>(() => flow["P16"]).Message.ShouldContain("no rule 'P16'");
        PrismaFlow.Check(new()).ToString().ShouldContain("There are no counts that a rule could hold between.");
        PrismaFlow.Check(new() { Screened = -1 }).ToString().ShouldContain("A count is negative: records screened.");
    }

    private static PrismaCounts Whole { get; } = new()
    {
        PreviousStudies = 5, PreviousReports = 6, DatabaseRecords = 1902, Databases = [new("MEDLINE", 1200), new("Embase", 702)], RegisterRecords = 45, Registers = [new("ClinicalTrials.gov", 45)],
        WebsiteRecords = 4, OrganisationRecords = 0, CitationRecords = 8, Duplicates = 29, RemovedByAutomation = 0, RemovedOtherwise = 3, Screened = 1915, Excluded = 1880, Sought = 35, NotRetrieved = 7,
        Assessed = 28, ReportsExcluded = [new("a", 10)], OtherSought = 12, OtherNotRetrieved = 3, OtherAssessed = 9, OtherReportsExcluded = [new("b", 1)], NewStudies = 24, NewReports = 26,
        TotalStudies = 29, TotalReports = 32, StudiesInMetaAnalysis = 20, ReportsInMetaAnalysis = 21,
    };
}
