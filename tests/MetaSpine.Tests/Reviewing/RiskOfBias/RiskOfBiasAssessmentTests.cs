namespace MetaSpine.Tests;

public sealed class RiskOfBiasAssessmentTests
{
    [EveryCultureTheory]
    [InlineData("2 2 2 2 2 2 2 2", null, "16 of 16")]
    [InlineData("2 2 0 2 1 2 2 0", null, "11 of 16")]
    [InlineData("2 1 0 2 1 2 2 0 2 2 1 2", null, "17 of 24")]
    [InlineData("2 1 0 2 1 2 2 0", true, null)]
    [InlineData("2 1 0 2", null, null)]
    public void Minors_adds_its_points(string points, bool? comparative, string? score) =>
        Assess("minors", Numbered(points), comparative: comparative).Score.ShouldBe(score);

    [EveryCultureFact]
    public void Items_of_minors_that_are_missing_are_named() =>
        Sentences(Assess("minors", Numbered("2 1 0 2 1 2"))).ShouldBe(["S: MINORS: nothing follows before the items 7, 8 are scored"]);

    [EveryCultureTheory]
    [InlineData("yes yes yes yes yes yes yes yes yes yes", "10 of 10")]
    [InlineData("yes no unclear yes yes yes yes yes yes na", "7 of 9")]
    public void The_checklist_for_case_series_counts_what_is_met_of_what_applies(string answers, string score)
    {
        var assessed = Assess("jbi-case-series", Numbered(answers));
        assessed.Score.ShouldBe(score);
        assessed.Overall.Algorithm.ShouldBeNull();
        Sentences(assessed).ShouldBeEmpty();
    }

    /// <summary>All 2^7 x 3 patterns of stars against the thresholds, written out.</summary>
    [Fact]
    public void Stars_are_good_fair_or_poor_by_the_thresholds()
    {
        string[] items = ["S1", "S2", "S3", "S4", "O1", "O2", "O3"];
        foreach (var pattern in Enumerable.Range(0, 1 << 7))
        {
            for (var comparability = 0; comparability <= 2; comparability++)
            {
                var answers = items.Select((item, i) => (item, (pattern >> i & 1).ToString(System.Globalization.CultureInfo.InvariantCulture))).Append(("C1", $"{comparability}"));
                var selection = Enumerable.Range(0, 4).Count(i => (pattern >> i & 1) == 1);
                var outcome = Enumerable.Range(4, 3).Count(i => (pattern >> i & 1) == 1);
                var expected = (selection, comparability, outcome) switch
                {
                    (3 or 4, 1 or 2, 2 or 3) => "good",
                    (2, 1 or 2, 2 or 3) => "fair",
                    _ => "poor",
                };
                var assessed = Assess("newcastle-ottawa", answers);
                assessed.Overall.Algorithm.ShouldBe(expected);
                assessed.Score.ShouldBe($"{selection + comparability + outcome} of 9");
            }
        }
    }

    [EveryCultureTheory]
    [InlineData("", "high")]
    [InlineData("1", "high")]
    [InlineData("1 3", "moderate")]
    [InlineData("2", "low")]
    [InlineData("2 1 3 5 6 8", "low")]
    [InlineData("2 4", "critically low")]
    [InlineData("7 9 11 13 15", "critically low")]
    public void Confidence_in_a_review_falls_with_its_critical_flaws(string flaws, string confidence)
    {
        var no = flaws.Split(' ');
        var assessed = Assess("amstar-2", Enumerable.Range(1, 16).Select(item => ($"{item}", no.Contains($"{item}") ? "no" : item % 2 == 0 ? "partial yes" : "yes")));
        assessed.Overall.Algorithm.ShouldBe(confidence);

        // Low confidence is what a high risk of bias is elsewhere.
        assessed.Overall.Level.ShouldBe(confidence switch { "high" => RiskLevel.Low, "moderate" => RiskLevel.Some, "low" => RiskLevel.High, _ => RiskLevel.Critical });
    }

    [EveryCultureFact]
    public void A_domain_of_quadas_is_low_where_all_is_well_and_otherwise_left_to_people()
    {
        var assessed = Assess("QUADAS-2", [("1.1", "yes"), ("1.2", "yes"), ("1.3", "yes"), ("2.1", "yes"), ("2.2", "no")]);
        assessed.Domains[0].Algorithm.ShouldBe("low");
        assessed.Domains[1].Algorithm.ShouldBeNull();
        assessed.Overall.Algorithm.ShouldBeNull();
        Sentences(Assess("quadas-2", [], overall: "low")).ShouldBe(["S: QUADAS-2 has no overall judgement; say in the methods how 'low' came about"]);
    }

    [EveryCultureTheory]
    [InlineData("low low low low low low low", "low")]
    [InlineData("low moderate low low low low low", "moderate")]
    [InlineData("low moderate serious NI low low low", "serious")]
    [InlineData("low moderate NI low low low low", "no information")]
    [InlineData("critical serious low low low low NI", "critical")]
    public void The_worst_domain_decides_in_robins(string judgements, string overall) =>
        Assess("ROBINS-I", [], judgements.Split(' ')).Overall.Algorithm.ShouldBe(overall);

    [EveryCultureFact]
    public void Domains_that_are_missing_leave_the_whole_open_but_for_the_worst()
    {
        Assess("robins-i", [], ["low", "serious"]).Overall.Algorithm.ShouldBeNull();
        Assess("robins-e", [], ["low", "very high"]).Overall.Algorithm.ShouldBe("very high");
        Assess("rob2", [], ["low", "high"]).Overall.Algorithm.ShouldBe("high");
        Assess("rob2-cluster", [], ["low", "low", "low", "low", "low"]).Overall.Algorithm.ShouldBeNull();
        Assess("rob2-cluster", [], ["low", "low", "low", "low", "low", "some concerns"]).Overall.Algorithm.ShouldBe("some concerns");
    }

    [EveryCultureFact]
    public void A_judgement_that_differs_from_the_algorithm_needs_a_reason()
    {
        var given = new RiskOfBias
        {
            Tool = "rob2", Outcome = "pain", Overall = "low",
            Answers = [Answered("1.1", "Y"), Answered("1.2", "N"), Answered("1.3", "N")],
            Domains = [new DomainJudgement { Domain = "randomisation_process", Judgement = "some concerns" }],
        };
        var assessed = RiskOfBiasAssessment.Of(Study(), given);
        assessed.Domains[0].Judgement.ShouldBe("some concerns");
        assessed.Domains[0].Algorithm.ShouldBe("high");
        assessed.Domains[0].Differs.ShouldBeTrue();
        Sentences(assessed).ShouldBe(["S: D1 (Randomisation process): judged some concerns, where the algorithm gives high; give the reason as its justification"]);

        var explained = given with { Domains = [given.Domains[0] with { Justification = "the clerk had no contact with patients" }] };
        Sentences(RiskOfBiasAssessment.Of(Study(), explained)).ShouldBeEmpty();
    }

    /// <summary>Several domains with some concerns make the whole high only where people say so, and then with their reason.</summary>
    [EveryCultureFact]
    public void Some_concerns_are_not_added_up()
    {
        string[] judgements = ["some concerns", "some concerns", "some concerns", "some concerns", "some concerns"];
        var assessed = Assess("rob2", [], judgements, "high");
        assessed.Overall.Algorithm.ShouldBe("some concerns");
        Sentences(assessed).Single().ShouldStartWith("S: judged high overall, where the domains (D1 some concerns, D2 some concerns");
        Sentences(RiskOfBiasAssessment.Of(Study(), assessed.Given with { Justification = "together they take away all confidence" })).ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void What_a_tool_does_not_have_is_named_with_what_it_has()
    {
        var given = new RiskOfBias
        {
            Tool = "rob2", Outcome = "pain", Overall = "moderate",
            Answers = [Answered("1.1", "perhaps"), Answered("9.1", "Y")],
            Domains = [new DomainJudgement { Domain = "D9", Judgement = "low" }, new DomainJudgement { Domain = "D1", Judgement = "low" }, new DomainJudgement { Domain = "randomisation", Judgement = "high" }],
        };
        var found = Sentences(RiskOfBiasAssessment.Of(Study(), given));
        found.ShouldContain(sentence => sentence.StartsWith("S: the answer 'perhaps' to question 1.1 of RoB 2 is not known; write one of yes (Y), probably yes (PY)"));
        found.ShouldContain(sentence => sentence.StartsWith("S: RoB 2 has no question '9.1'; there are 1.1, 1.2"));
        found.ShouldContain(sentence => sentence.StartsWith("S: RoB 2 has no domain 'D9'; there are D1 (Randomisation process)"));
        found.ShouldContain("S: the domain D1 (Randomisation process) is judged twice: as 'D1' and as 'randomisation'");
        found.ShouldContain("S: Overall: RoB 2 has no judgement 'moderate'; its words are low, some concerns, high, no information");
        Sentences(Assess("robs2", [])).ShouldBe(["S: the rules of the tool 'robs2' are not known; did you mean rob2?"]);
        Sentences(Assess("our own list", [("a", "yes")], overall: "fine")).ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void A_recorded_algorithm_is_computed_again()
    {
        var given = new RiskOfBias
        {
            Tool = "rob2", Outcome = "pain", Answers = [Answered("1.1", "Y"), Answered("1.2", "Y"), Answered("1.3", "N")],
            Domains = [new DomainJudgement { Domain = "D1", Judgement = "low", Algorithm = "high" }],
        };
        Sentences(RiskOfBiasAssessment.Of(Study(), given)).ShouldBe(["S: D1: the file says that the algorithm gives high; with the answers in the file it gives low"]);
    }

    [EveryCultureFact]
    public void A_tool_for_results_asks_which_result_is_judged()
    {
        var study = Study() with { Outcomes = [new Outcome { Id = "pain", Type = OutcomeType.Dichotomous }, new Outcome { Id = "sleep", Type = OutcomeType.Dichotomous }] };
        var assessed = RiskOfBiasAssessment.Of(study, new RiskOfBias { Tool = "rob2" });
        assessed.Findings.Single().Severity.ShouldBe(IntegritySeverity.Note);
        assessed.Findings.Single().Sentence.ShouldBe("S: RoB 2 judges a result and not a study; name the outcome that is judged (pain, sleep)");
    }

    [EveryCultureFact]
    public void The_registry_is_sound()
    {
        RiskOfBiasTools.All.Select(tool => tool.Code).ShouldBeUnique();
        RiskOfBiasTools.All.ShouldAllBe(tool => tool.Reference.Contains("doi:10."));
        foreach (var tool in RiskOfBiasTools.All)
        {
            Codecs.IsId(tool.Code).ShouldBeTrue();
            RiskOfBiasTools.Find(tool.Name.ToUpperInvariant())!.Code.ShouldBe(tool.Code);
            tool.Domains.Select(domain => domain.Code).ShouldBeUnique();
            tool.Domains.ShouldAllBe(domain => Codecs.IsId(domain.Code) && tool.FindDomain(domain.Name) == domain);
            tool.Domains.SelectMany(domain => domain.Questions).Select(question => question.Code).ShouldBeUnique();
        }

        // 22 signalling questions for assignment, 21 for adherence.
        var rob2 = RiskOfBiasTools.Find("rob2")!;
        rob2.Domains.Sum(domain => domain.QuestionsFor(EffectOfInterest.Assignment).Count).ShouldBe(22);
        rob2.Domains.Sum(domain => domain.QuestionsFor(EffectOfInterest.Adherence).Count).ShouldBe(21);
        RiskOfBiasTools.Find("minors")!.Domains[0].Questions.Sum(item => item.Most).ShouldBe(24);
        RiskOfBiasTools.Find("newcastle-ottawa")!.Domains.Select(domain => domain.Questions.Sum(item => item.Most)).ShouldBe([4, 2, 3]);
    }

    private static Study Study(bool? comparative = null) => new()
    {
        Id = "s", Label = "S", Citation = new Citation(), Outcomes = [new Outcome { Id = "pain", Type = OutcomeType.Dichotomous }], Design = new StudyDesign { Comparative = comparative },
    };

    private static Answer Answered(string question, string text) => new() { Question = question, Text = text };

    private static IEnumerable<(string, string)> Numbered(string answers) => answers.Split(' ').Select((answer, i) => (FormattableString.Invariant($"q{i + 1}"), answer));

    private static RiskOfBiasAssessment Assess(string tool, IEnumerable<(string Question, string Text)> answers, string[]? judgements = null, string? overall = null, bool? comparative = null)
    {
        var domains = RiskOfBiasTools.Find(tool)?.Domains ?? [];
        return RiskOfBiasAssessment.Of(Study(comparative), new RiskOfBias
        {
            Tool = tool, Overall = overall, Answers = [.. answers.Select(answer => Answered(answer.Question, answer.Text))],
            Domains = [.. (judgements ?? []).Select((judgement, i) => new DomainJudgement { Domain = domains[i].Code, Judgement = judgement })],
        });
    }

    private static string[] Sentences(RiskOfBiasAssessment assessed) => [.. assessed.Findings.Select(finding => finding.Sentence)];
}
