namespace MetaSpine.Tests;

public sealed class RobvisTableTests
{
    /// <summary>Judgements that break the tool's overall rule, as published tables do: a domain with some concerns under a low whole, a high one under some concerns.</summary>
    private const string Broken = """
        Study,D1,D2,D3,D4,D5,Overall
        Dowling 2008,Some Concerns,Low,Low,Low,Low,Low
        Jallouli 2022,High,Low,Low,Low,Low,Some Concerns
        Sound 2020,Low,Low,Low,Low,Low,Low

        """;

    [EveryCultureFact]
    public void Judgements_that_break_the_overall_rule_are_found_whatever_their_case()
    {
        var table = Read(Broken);
        table.Tool.ShouldBe("rob2");
        var findings = table.Studies.SelectMany(study => study.RiskOfBias.SelectMany(given => RiskOfBiasAssessment.Of(study, given).Findings)).Select(finding => finding.Sentence).ToList();
        findings.Count.ShouldBe(2);
        findings[0].ShouldStartWith("Dowling 2008: judged low overall, where the domains (D1 some concerns, D2 low, D3 low, D4 low, D5 low) give some concerns;");
        findings[1].ShouldStartWith("Jallouli 2022: judged some concerns overall, where the domains (D1 high, D2 low, D3 low, D4 low, D5 low) give high;");
    }

    [EveryCultureFact]
    public void What_is_written_is_what_was_read()
    {
        var table = Read("Study,D1,D2,D3,D4,D5,Overall,Weight\r\n\"Able, 2001\",Low,Some concerns,High,No information,Low,High,33.5\r\nBaker,Low,,Low,Low,Low,Low,66.5\r\n");
        table.Weights["able-2001"].ShouldBe(33.5);
        var written = RobvisTable.Write(table.Studies, weights: table.Weights);
        written.ShouldBe("Study,D1,D2,D3,D4,D5,Overall,Weight\r\n\"Able, 2001\",Low,Some concerns,High,No information,Low,High,33.5\r\nBaker,Low,,Low,Low,Low,Low,66.5\r\n");
        Should.Throw<ArgumentException>(() => RobvisTable.Write(table.Studies, weights: new Dictionary<string, double> { ["baker"] = 1 })).Message.ShouldContain("'able-2001' has no weight");

        // A study file holds the same.
        var again = Study.Parse(table.Studies[0].ToYaml());
        again.RiskOfBias.ShouldBe(table.Studies[0].RiskOfBias);
    }

    [EveryCultureTheory]
    [InlineData("D1,D2,D3,D4,D5,Overall", "low,low,high,low,low,high", "rob2")]
    [InlineData("D1,D1b,D2,D3,D4,D5,Overall", "low,low,low,high,low,low,high", "rob2-cluster")]
    [InlineData("D1,D2,D3,D4", "low,high,unclear,low", "quadas-2")]
    [InlineData("D1,D2,D3,D4,D5,D6,D7,Overall", "low,moderate,low,low,low,low,low,moderate", "robins-i")]
    [InlineData("D1,D2,D3,D4,D5,D6,Overall", "low,moderate,low,low,low,low,moderate", "robins-i-v2")]
    [InlineData("D1,D2,D3,D4,D5,D6,D7,Overall", "low,very high,low,low,low,low,low,very high", "robins-e")]
    [InlineData("Random.sequence.generation,Allocation.concealment,Overall", "low,unclear,unclear", "rob1")]
    [InlineData("Zeal,Skill,Overall", "low,high,high", "risk of bias")]
    public void The_tool_is_recognised_by_columns_and_words(string columns, string judgements, string tool) => Read($"Study,{columns}\nA,{judgements}\n").Tool.ShouldBe(tool);

    [EveryCultureFact]
    public void First_letters_are_enough()
    {
        var judged = Read("Study,D1,D2,D3,D4,D5,Overall\nA,L,s,H,n,x,h\n", "rob2").Studies[0].RiskOfBias[0];
        judged.Domains.Select(domain => domain.Judgement).ShouldBe(["low", "some concerns", "high", "no information", "not applicable"]);
        judged.Overall.ShouldBe("high");
        Read("Study,D1,Overall\nA,S,C\n", "robins-i").Studies[0].RiskOfBias[0].Domains[0].Judgement.ShouldBe("serious");
    }

    [EveryCultureFact]
    public void What_cannot_be_read_is_named_with_its_place()
    {
        Faults("Study,D1,D2,D3,D4,D5,Overall,Weight\nA,Low,Hihg,Low,Low,Low,High,a lot\n,Low,Low,Low,Low,Low,Low,1\n").ShouldBe(
        [
            "x.csv:2:7: found 'Hihg', expected a judgement: low, some concerns, high, no information; did you mean high?",
            "x.csv:2:29: found 'a lot', expected a weight from 0, such as 12.5",
            "x.csv:3:1: the study has no name",
        ]);
        Faults("Study,Overall\nA,Low\n").ShouldBe(["x.csv:1:1: there are no columns of judgements: expected Study, a column for each domain such as D1, and Overall"]);
        Faults("").Single().ShouldContain("the file is empty");
    }

    [EveryCultureFact]
    public void A_tool_that_is_not_known_is_told_and_its_judgements_stay() =>
        Read("Study,D1,Overall\nA,Low,Low\n", "robin-i").Notes.Single().ShouldBe("the rules of the tool 'robin-i' are not known; did you mean robins-i? The judgements are shown as they are");

    [EveryCultureFact]
    public void Studies_of_the_same_name_keep_apart() =>
        Read("Study,D1,D2,D3,D4,D5,Overall\nLee 2020,Low,Low,Low,Low,Low,Low\nLee 2020,High,Low,Low,Low,Low,High\n").Studies.Select(study => study.Id).ShouldBe(["lee-2020", "lee-2020-2"]);

    /// <summary>The tables that robvis itself is shown with: each is read, drawn both ways, and written again with the same judgements.</summary>
    [EveryCultureTheory]
    [InlineData("data_quadas.csv", "quadas-2", 12)]
    [InlineData("data_rob1.csv", "rob1", 9)]
    [InlineData("data_rob2.csv", "rob2", 9)]
    [InlineData("data_robins_e.csv", "robins-e", 10)]
    [InlineData("data_robins_i.csv", "robins-i", 10)]
    public void The_tables_of_robvis_come_through(string name, string tool, int count)
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "..", "shared", "inputs", "rob", name);
        Assert.SkipUnless(File.Exists(file), "the tables of robvis are not beside this checkout");
        var table = RobvisTable.ReadCsv(file);
        table.Tool.ShouldBe(tool);
        table.Studies.Count.ShouldBe(count);
        RiskOfBiasPlot.TrafficLights(table.Studies).Scene.Marks.OfType<CircleMark>().Count().ShouldBeGreaterThan(count * 5);
        RiskOfBiasPlot.Summary(table.Studies).ToSvg().ShouldContain("Share of the studies");
        string[] Cells(string line) => line.Split(',');
        var given = File.ReadAllLines(file).Where(line => line.Length > 0).Select(Cells).ToList();
        var written = RobvisTable.Write(table.Studies).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(Cells).ToList();
        written.Count.ShouldBe(given.Count);
        foreach (var (row, expected) in written.Skip(1).Zip(given.Skip(1)))
        {
            row.ShouldBe(expected, StringComparer.OrdinalIgnoreCase);
        }
    }

    private static RobvisTable Read(string text, string? tool = null) => RobvisTable.ReadCsv(new StringReader(text), "x.csv", tool);

    private static string[] Faults(string text) => [.. Should.Throw<StudyFileException>(() => Read(text)).Faults.Select(fault => fault.ToString())];
}
