namespace MetaSpine.Tests;

public sealed class CertaintyTests
{
    private static readonly string Sample = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-certainty.yaml");

    [EveryCultureFact]
    public void The_sample_reads_like_a_summary_of_findings() => Snapshot.Verify(Report.Text(CertaintyReport.Of(Review.Load(Sample)), 80), "txt");

    [EveryCultureFact]
    public void The_same_summary_is_markdown() => Snapshot.Verify(CertaintyReport.Of(Review.Load(Sample)).ToMarkdown(), "md");

    [EveryCultureFact]
    public void Programs_get_every_digit()
    {
        var report = CertaintyReport.Of(Review.Load(Sample));
        using var json = System.Text.Json.JsonDocument.Parse(Report.Json(report));
        var first = json.RootElement[0];
        first.GetProperty("certainty").GetString().ShouldBe("low");
        first.GetProperty("domains")[1].GetProperty("suggested").GetInt32().ShouldBe(2);
        first.GetProperty("domains")[1].GetProperty("chosen").GetInt32().ShouldBe(1);
        first.GetProperty("domains")[2].GetProperty("suggested").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var ratio = Review.Load(Sample).Analyse("all").Overall!.Natural.Estimate;
        first.GetProperty("absolute")[1].GetProperty("with").GetProperty("estimate").GetDouble().ShouldBe(50 * ratio, 1e-12);
        Report.Csv(report).ShouldContain("all,down,inconsistency,2,1,1,");
        report.ToHtml().ShouldContain("⊕⊕○○ Low");
    }

    /// <summary>Every start and every sum of levels: the certainty stays between very low and high.</summary>
    [Fact]
    public void Certainty_is_the_start_less_what_lowers_it_between_its_ends()
    {
        foreach (var start in Enum.GetValues<CertaintyLevel>())
        {
            for (var down = 0; down <= 10; down++)
            {
                for (var up = 0; up <= 4; up++)
                {
                    CertaintyDomain[] domains =
                    [
                        .. Enumerable.Range(0, 5).Select(i => Domain((CertaintyReason)i, Math.Clamp(down - 2 * i, 0, 2))),
                        Domain(CertaintyReason.LargeEffect, Math.Min(up, 2)), Domain(CertaintyReason.DoseResponse, up > 2 ? 1 : 0), Domain(CertaintyReason.OpposingConfounding, up > 3 ? 1 : 0),
                    ];
                    ((int)CertaintyAssessment.Level(start, domains)).ShouldBe(Math.Max(1, Math.Min(4, (int)start - down + up)));
                }
            }
        }

        CertaintyAssessment.Symbols(CertaintyLevel.VeryLow).ShouldBe("⊕○○○");
        CertaintyAssessment.Symbols(CertaintyLevel.High).ShouldBe("⊕⊕⊕⊕");
    }

    /// <summary>By hand, at 200 of 1000: odds 0.25 x 0.5 = 0.125 is 1/9; half of it; 1 - sqrt(0.8); 50 fewer.</summary>
    [EveryCultureTheory]
    [InlineData("OR", 0.5, 0.2, 1 / 9.0)]
    [InlineData("RR", 0.5, 0.2, 0.1)]
    [InlineData("HR", 0.5, 0.2, 0.10557280900008413)]
    [InlineData("RD", -0.05, 0.2, 0.15)]
    [InlineData("OR", 1, 0.37, 0.37)]
    [InlineData("HR", 1, 0.37, 0.37)]
    [InlineData("HR", 2, 1e-9, 2e-9 - 1e-18)]
    [InlineData("HR", 1e6, 0.5, 1)]
    public void A_risk_with_the_intervention_follows_from_the_effect(string measure, double effect, double baseline, double risk) =>
        AbsoluteEffect.Risk(measure, effect, baseline).ShouldBe(risk, 4e-16 + 1e-15 * risk);

    [EveryCultureFact]
    public void An_effect_that_does_not_fit_its_baseline_is_cut_off_and_says_so()
    {
        var review = Trials((60, 100, 20, 100), (50, 100, 18, 100)) with { Grades = [new Grade { Analysis = "a", Baselines = [new BaselineRisk { Per1000 = 800 }, new BaselineRisk { Per1000 = 10 }] }] };
        var effects = review.AssessCertainty().Single().AbsoluteEffects;
        effects[0].With.Estimate.ShouldBe(1000);
        effects[0].Note.ShouldNotBeNull().ShouldContain("does not fit this baseline");
        effects[1].Note.ShouldBeNull();
        effects[1].Difference!.Value.Lower.ShouldBe(effects[1].With.Lower - 10, 1e-9);
    }

    [EveryCultureFact]
    public void Without_a_baseline_the_control_groups_give_it()
    {
        var effect = Trials((10, 100, 20, 100), (30, 300, 40, 200)).AssessCertainty().Single().AbsoluteEffects.Single();
        effect.Without.ShouldBe(200);
        effect.Label.ShouldBe("the control groups together");
    }

    [EveryCultureFact]
    public void Trials_start_high_others_low_and_those_judged_as_trials_high()
    {
        Found(Trials((10, 100, 20, 100), (30, 300, 40, 200))).Start.ShouldBe(CertaintyLevel.High);
        Found(Designed(StudyType.Cohort)).Start.ShouldBe(CertaintyLevel.Low);
        Found(Designed(null)).StartSuggestion.ShouldBe("2 of 2 studies do not say their design (design: {type: ...}), and none is said to be randomised: low is assumed.");
        Found(Designed(StudyType.Cohort, new RiskOfBias { Tool = "ROBINS-I", Overall = "moderate" })).Start.ShouldBe(CertaintyLevel.High);
        var chosen = Designed(StudyType.Cohort) with { Grades = [new Grade { Analysis = "a", Start = CertaintyLevel.High }] };
        Found(chosen).Start.ShouldBe(CertaintyLevel.High);
        Found(chosen).Findings.ShouldContain("It starts at high where the designs suggest low; say why (start_reason).");
    }

    [EveryCultureTheory]
    [InlineData("low low high", 1, "of the weight is in studies at high risk of bias: half or more: 1 level.")]
    [InlineData("low high low", 0, "that is less than half, and the conclusion is the same without them: none.")]
    [InlineData("low low critical", 2, "half or more is at critical risk: 2 levels.")]
    [InlineData("low low low", 0, "0% of the weight is in studies at high risk of bias; that is less than half: none.")]
    [InlineData("- - -", null, "No study has an overall judgement of its risk of bias")]
    public void Risk_of_bias_is_weighed(string judgements, int? levels, string sentence)
    {
        // The last of the trials has more than half of the weight.
        var words = judgements.Split(' ');
        var review = Trials((30, 100, 60, 100), (32, 100, 60, 100), (300, 1000, 600, 1000));
        var suggestion = Found(review with { Studies = [.. review.Studies.Select((study, i) => words[i] == "-" ? study : study with { RiskOfBias = [new RiskOfBias { Tool = "robins-i", Overall = words[i] }] })] }).Domains[0].Suggestion;
        suggestion.Levels.ShouldBe(levels);
        suggestion.Sentence.ShouldContain(sentence);
    }

    [EveryCultureFact]
    public void Few_studies_at_high_risk_count_where_the_conclusion_rests_on_them()
    {
        var review = Trials((5, 100, 30, 100), (200, 1000, 230, 1000), (190, 1000, 205, 1000));
        var fixedEffect = review with { Analyses = [review.Analyses[0] with { Method = "EE", Test = "z" }] };
        var judged = fixedEffect with { Studies = [fixedEffect.Studies[0] with { RiskOfBias = [new RiskOfBias { Tool = "rob2", Overall = "high" }] }, .. fixedEffect.Studies.Skip(1).Select(study => study with { RiskOfBias = [new RiskOfBias { Tool = "rob2", Overall = "low" }] })] };
        // What the analysis asks beside its pooled result is not asked again without them.
        judged = judged with
        {
            Analyses = [judged.Analyses[0] with { Subgroup = "risk_of_bias", SubgroupTau2 = "common" }],
        };
        var suggestion = Found(judged).Domains[0].Suggestion;
        suggestion.Levels.ShouldBe(1);
        suggestion.Sentence.ShouldContain("which is another answer to whether it lies beyond no effect (1.00): 1 level.");
    }

    [EveryCultureFact]
    public void Inconsistency_is_held_against_what_matters()
    {
        // As large and as alike as trials can be: no crossing.
        Found(Trials((30, 100, 60, 100), (60, 200, 120, 200), (90, 300, 180, 300))).Domains[1].Suggestion.Levels.ShouldBe(0);
        Found(Trials((30, 100, 60, 100))).Domains[1].Suggestion.Sentence.ShouldBe("One study cannot be inconsistent with others: none.");

        // The trials of the BCG vaccine: settings on both sides, and I^2 above 75%.
        var bcg = Review.Load(Sample);
        bcg.AssessCertainty(bcg.Analyse("all")).Domains[1].Suggestion.Levels.ShouldBe(2);

        // With the threshold far away all settings are on one side of it.
        var far = bcg with { Grades = [bcg.Grades[0] with { Threshold = 4 }] };
        far.AssessCertainty().Single().Domains[1].Suggestion.ShouldBe(new CertaintySuggestion(0, "I² = 92%, prediction interval 0.14 to 1.76: true effects are expected on one side of the threshold 4.00, however they differ: none."));
    }

    [EveryCultureFact]
    public void Imprecision_is_the_interval_and_the_size()
    {
        var small = Found(Trials((3, 30, 6, 30), (2, 25, 3, 25))).Domains[3].Suggestion;
        small.Levels.ShouldBe(2);
        small.Sentence.ShouldEndWith("on both sides of no effect (1.00); 14 events, fewer than the 300 as a rule of thumb: 2 levels.");
        var large = Trials((300, 1000, 600, 1000), (290, 1000, 600, 1000));
        Found(large).Domains[3].Suggestion.Levels.ShouldBe(0);
        Found(large with { Grades = [new Grade { Analysis = "a", InformationSize = 5000 }] }).Domains[3].Suggestion.Sentence.ShouldEndWith("4,000 participants, fewer than the 5,000 needed (information_size): 1 level.");
    }

    [EveryCultureFact]
    public void Publication_bias_needs_ten_studies_and_the_test_that_suits()
    {
        var nine = Found(Trials([.. Enumerable.Range(1, 9).Select(i => (2 * i, 50 * i, 4 * i, 50 * i))])).Domains[4].Suggestion;
        nine.Levels.ShouldBeNull();
        nine.Sentence.ShouldStartWith("With 9 studies no test tells chance from bias");

        // The smaller the trial, the larger its effect; the p-value is the test's own.
        var review = Trials([.. Enumerable.Range(1, 12).Select(i => (5 * i * i / 2 + 1, 50 * i, 10 * i + 20, 50 * i))]);
        var test = review.Analyse("a").Pooled!.TestSmallStudyEffects();
        var suggestion = Found(review).Domains[4].Suggestion;
        suggestion.Levels.ShouldBe(test.PValue < 0.1 ? 1 : 0);
        suggestion.Levels.ShouldBe(1);
        suggestion.Sentence.ShouldContain($"{test.Name} of 12 studies: p = ");
    }

    [EveryCultureFact]
    public void A_large_effect_raises_only_what_starts_low_without_doubts()
    {
        var review = Trials((100, 1000, 400, 1000), (200, 2000, 800, 2000), (150, 1500, 600, 1500));
        Found(review).Domains[5].Suggestion.Sentence.ShouldBe("The risk ratio is 0.25; certainty that starts at high is not raised: none.");
        var cohorts = review with { Studies = [.. review.Studies.Select(study => study with { Design = new StudyDesign { Type = StudyType.Cohort } })] };
        var found = Found(cohorts);
        found.Domains[5].Suggestion.ShouldBe(new CertaintySuggestion(1, "The risk ratio is 0.25, beyond 0.5 or 2: 1 level."));
        found.Certainty.ShouldBe(CertaintyLevel.Moderate);
        Found(cohorts with { Grades = [new Grade { Analysis = "a", Down = new GradeDown { Indirectness = new GradeStep { Levels = 1, Reason = "animals" } } }] }).Domains[5].Suggestion.Levels.ShouldBe(0);

        // Odds of 1/9 against 2/3 are an odds ratio of 1/6, but at the baseline of 400 in 1000 a risk ratio of 1/4.
        var odds = cohorts with { Analyses = [cohorts.Analyses[0] with { Measure = "OR" }] };
        Found(odds).Domains[5].Suggestion.Sentence.ShouldStartWith("The risk ratio is 0.25, beyond 0.5 or 2");
    }

    [EveryCultureFact]
    public void A_choice_that_differs_shows_both_and_asks_why()
    {
        var review = Trials((3, 30, 6, 30), (2, 25, 3, 25)) with { Grades = [new Grade { Analysis = "a", Down = new GradeDown { Imprecision = new GradeStep { Levels = 0 } } }] };
        var found = Found(review);
        found.Domains[3].Differs.ShouldBeTrue();
        found.Domains[3].Levels.ShouldBe(0);
        found.Findings.ShouldBe(["Imprecision: 0 was chosen where the numbers suggest 2; say why (reason)."]);
        found.IsJudged.ShouldBeFalse();
        CertaintyReport.Of(review).ToString().ReplaceLineEndings(" ").ShouldContain("Imprecision: 0 (suggested -2), without a reason. The numbers:");
        var both = Trials((3, 30, 6, 30), (2, 25, 3, 25)) with
        {
            Grades = [new Grade { Analysis = "a", Up = new GradeUp { DoseResponse = new GradeStep { Levels = 1, Reason = "twice the dose" } } }],
        };
        Found(both).Findings.ShouldContain(finding => finding.StartsWith("Certainty is raised and lowered at once"));
    }

    [EveryCultureFact]
    public void Single_groups_and_means_have_the_absolute_numbers_that_they_have()
    {
        var series = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "spinal-metastases", "review.yaml"));
        var walked = series.AssessCertainty(series.Analyse("regained-ambulation"));
        walked.Start.ShouldBe(CertaintyLevel.Low);
        walked.AbsoluteEffects.Single().With.Estimate.ShouldBe(1000 * walked.Analysis.Overall!.Natural.Estimate);
        walked.AbsoluteEffects.Single().Without.ShouldBeNull();
        var stay = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "stroke-stay.yaml"));
        stay.AssessCertainty(stay.AnalyseAll()[0]).AbsoluteEffects.ShouldBeEmpty();
        var rates = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "warfarin-stroke.yaml"));
        rates.AssessCertainty(rates.AnalyseAll()[0]).Participants.ShouldBeNull();
    }

    [CostlyFact]
    public void Judgements_come_back_from_their_file_and_stand_in_the_report()
    {
        var review = Review.Load(Sample);
        Review.Parse(review.ToYaml(), "again.yaml").Grades.ShouldBe(review.Grades);
        var page = ReviewReport.Of(review).ToMarkdown();
        page.ShouldContain("## Summary of findings");
        page.ShouldContain("⊕⊕○○ Low");
    }

    [EveryCultureTheory]
    [InlineData("{analysis: b}", "there is no analysis 'b'")]
    [InlineData("{analysis: a}, {analysis: a}", "the certainty of 'a' stands here and already at")]
    [InlineData("{analysis: a, start: hihg}", "did you mean high?")]
    [InlineData("{analysis: a, down: {imprecision: {levels: 3}}}", "expected 0, 1 or 2 levels")]
    [InlineData("{analysis: a, down: {imprecision: {reason: few}}}", "the key 'levels' is missing")]
    [InlineData("{analysis: a, up: {dose_response: {levels: 2}}}", "only a very large effect counts for two levels")]
    [InlineData("{analysis: a, baseline: [{per_1000: 1000}]}", "a risk per 1000 people, above 0 and below 1000")]
    [InlineData("{analysis: a, baseline: [{label: low}]}", "the key 'per_1000' is missing")]
    [InlineData("{analysis: a, information_size: 0}", "a number of participants above 0")]
    [InlineData("{analysis: a, down: {imprecison: {levels: 1}}}", "did you mean imprecision?")]
    public void What_is_wrong_in_a_file_is_named(string grade, string fault)
    {
        var text = $$"""
            schema: metaspine/review/1
            analyses: [{id: a, outcome: pain, measure: PLO}]
            grade: [{{grade}}]
            studies: [{id: s, outcomes: [{id: pain, type: dichotomous, results: [{events: 1, total: 9}]}]}]
            """;
        Should.Throw<StudyFileException>(() => Review.Parse(text)).Message.ShouldContain(fault);
    }

    private static CertaintyDomain Domain(CertaintyReason reason, int levels) => new(reason, new(null, ""), levels, "because");

    private static CertaintyAssessment Found(Review review) => review.AssessCertainty().Single();

    private static Review Designed(StudyType? type, RiskOfBias? judged = null)
    {
        var review = Trials((10, 100, 20, 100), (30, 300, 40, 200));
        return review with { Studies = [.. review.Studies.Select(study => study with { Design = new StudyDesign { Type = type }, RiskOfBias = judged is null ? [] : [judged] })] };
    }

    /// <summary>Randomised trials of a treatment against a control: events and people in each.</summary>
    private static Review Trials(params (int A, int N1, int C, int N2)[] counts) => new()
    {
        Analyses = [new Analysis { Id = "a", Outcome = "death", Measure = "RR" }],
        Studies =
        [
            .. counts.Select((count, i) => new Study
            {
                Id = FormattableString.Invariant($"s{i}"), Label = FormattableString.Invariant($"Study {i}"), Design = new StudyDesign { Type = StudyType.RandomisedTrial },
                Arms = [new StudyArm { Id = "t", Role = ArmRole.Intervention }, new StudyArm { Id = "c", Role = ArmRole.Control }],
                Outcomes =
                [
                    new Outcome
                    {
                        Id = "death", Type = OutcomeType.Dichotomous,
                        Results = [new DichotomousResult { Arm = "t", Events = count.A, Total = count.N1 }, new DichotomousResult { Arm = "c", Events = count.C, Total = count.N2 }],
                    },
                ],
            }),
        ],
    };
}
