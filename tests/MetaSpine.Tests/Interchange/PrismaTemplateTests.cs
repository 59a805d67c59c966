namespace MetaSpine.Tests;

public sealed class PrismaTemplateTests
{
    private const string Filled =
        "data,node,box,description,n\nNA,node4,prevstud,title,0\nprevious_studies,node5,box1,x,NA\nprevious_reports,,,x,xxx\ndatabase_results,,,x,\"1,902\"\n"
        + "database_specific_results,,,x,\"Embase, 1,200; MEDLINE (PubMed), 702; Third, xxx\"\nduplicates,,,x,29\nrecords_screened,,,x,\ndbr_excluded,,,x,\"Wrong population, adults only, 12; Wrong design (n = 4); other: 1\"\n"
        + "other_excluded,,,x,62\nidentification,node1,,x,0\n";

    [EveryCultureFact]
    public void Counts_are_read_as_people_fill_them_in()
    {
        foreach (var csv in new[] { Filled, Semicolons })
        {
            var counts = Read(csv);
            counts.PreviousStudies.ShouldBeNull();
            counts.PreviousReports.ShouldBeNull();
            counts.DatabaseRecords.ShouldBe(1902);
            counts.Databases.ShouldBe([new("Embase", 1200), new("MEDLINE (PubMed)", 702)]);
            counts.Duplicates.ShouldBe(29);
            counts.Screened.ShouldBeNull();
            counts.ReportsExcluded.ShouldBe([new("Wrong population, adults only", 12), new("Wrong design", 4), new("other", 1)]);
            counts.OtherReportsExcluded.ShouldBe([new(PrismaCount.NotNamed, 62)]);
            PrismaFlow.Check(counts)["P1"].Verdict.ShouldBe(FlowVerdict.Holds);
        }
    }

    [EveryCultureFact]
    public void What_is_written_is_read_again()
    {
        foreach (var counts in new[] { PlotSamples.Flow, Read(Filled), new PrismaCounts { Screened = 0 } })
        {
            Read(PrismaTemplate.Write(counts)).ShouldBe(counts);
        }

        PrismaTemplate.Write(PlotSamples.Flow).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(35, "a header and 34 rows");
    }

    [EveryCultureTheory]
    [InlineData("a,b\n1,2\n", "this is no PRISMA2020 template: expected the columns 'data' and 'n', and found a, b")]
    [InlineData("data,n\nrecords_screened,12.5\n", "t:2:18: '12.5' is no count")]
    [InlineData("data,n\nrecords_screened,-3\n", "t:2:18: '-3' is no count: every count is a whole number that is not negative (rule P15; records screened)")]
    [InlineData("data,n\nrecords_screened,about 40\n", "t:2:18: 'about 40' is not a number")]
    [InlineData("data,n\nrecords_screened,3\nrecords_screened,4\n", "t:3:1: the row 'records_screened' stands here and already at t:2:18")]
    [InlineData("data,n\nrecords_screend,3\n", "did you mean records_screened?")]
    [InlineData("data,n\ndbr_excluded,\"Wrong design; Other, 4\"\n", "'Wrong design' has no count")]
    [InlineData("data,n\nidentification,0\n", "names no box")]
    [InlineData("data,n\nrecords_screened,99999999999\n", "is no count")]
    [InlineData("", "the file is empty")]
    public void What_cannot_be_read_is_told_with_its_place(string csv, string message) => Should.Throw<StudyFileException>(() => Read(csv)).Message.ShouldContain(message);

    [Fact]
    public void A_real_template_is_found_off_by_2()
    {
        var flow = PrismaFlow.Check(PrismaTemplate.Load(Input("MiiroEm_DR-epTB_PRISMA.csv")));
        var broken = flow.Findings.Where(finding => finding.Verdict == FlowVerdict.Error).ShouldHaveSingleItem();
        (broken.Rule.Code, broken.Expected, broken.Found, broken.Difference, broken.Position.Line).ShouldBe(("P4", 33, 35, 2, 19));
        flow["P5"].Verdict.ShouldBe(FlowVerdict.Holds);
        flow["P10"].Verdict.ShouldBe(FlowVerdict.Holds);
        flow["P13"].Verdict.ShouldBe(FlowVerdict.Note);
        PrismaFlow.Check(Read(PrismaTemplate.Write(flow.Counts))).Findings.Select(finding => finding.Sentence).ShouldBe(flow.Findings.Select(finding => finding.Sentence));
    }

    [Fact]
    public void The_empty_template_has_nothing_to_complain_of_and_the_rows_that_are_written()
    {
        var file = Input("PRISMA2020_template.csv");
        PrismaFlow.Check(PrismaTemplate.Load(file)).Problems.ShouldBeEmpty();
        static List<string> Boxes(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(',', line.Split(',').Take(3)))];
        var (ours, theirs) = (Boxes(PrismaTemplate.Write(new())), Boxes(File.ReadAllText(file).ReplaceLineEndings("\n")).ConvertAll(line => line.Replace("results,,", "results,NA,", StringComparison.Ordinal)));
        ours.ShouldBe(theirs);
    }

    private const string Semicolons =
        "data;description;n\nprevious_studies;x;NA\nprevious_reports;x;xxx\ndatabase_results;x;1,902\ndatabase_specific_results;x;\"Embase, 1,200; MEDLINE (PubMed), 702; Third, xxx\"\nduplicates;x;29\n"
        + "records_screened;x;\ndbr_excluded;x;\"Wrong population, adults only, 12; Wrong design (n = 4); other: 1\"\nother_excluded;x;62\n";

    private static PrismaCounts Read(string csv) => PrismaTemplate.Read(new StringReader(csv), "t");

    private static string Input(string name)
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "..", "shared", "inputs", "prisma", name);
        Assert.SkipUnless(File.Exists(file), "the PRISMA2020 templates are not beside this checkout");
        return file;
    }
}
