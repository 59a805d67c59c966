namespace MetaSpine.Tests;

/// <summary>Analyses that leave studies out, or group them, by the overall judgement of their risk of bias.</summary>
public sealed class RiskOfBiasAnalysisTests
{
    [EveryCultureFact]
    public void Studies_are_left_out_by_their_judgement_and_the_rest_is_pooled_as_if_they_were_not_there()
    {
        var review = Judged("High risk", "low", "some_concerns", "low");
        var result = review.Analyse(Pain with { Exclude = [new Exclusion { RiskOfBias = ["high"] }] });
        result.NotPooled.Single().ShouldBe(new NotPooledStudy("s0", "Study 0", "excluded by the analysis: its risk of bias is judged high (rob2)"));
        var named = review.Analyse(Pain with { Exclude = [new Exclusion { Study = "s0", Reason = "poor" }] });
        result.Pooled!.Estimate.ShouldBe(named.Pooled!.Estimate);
        result.Pooled.StudyCount.ShouldBe(3);
        review.Analyse(Pain with { Exclude = [new Exclusion { RiskOfBias = ["HIGH", "Some Concerns"], Reason = "planned" }] }).NotPooled
            .Select(study => study.Reason).ShouldBe(["excluded by the analysis: its risk of bias is judged high (rob2): planned", "excluded by the analysis: its risk of bias is judged some concerns (rob2): planned"]);
    }

    [EveryCultureFact]
    public void A_study_that_nobody_judged_stays_and_is_named()
    {
        var result = Judged("high", null, "low", "low").Analyse(Pain with { Exclude = [new Exclusion { RiskOfBias = ["high"] }] });
        result.Pooled!.StudyCount.ShouldBe(3);
        result.Notes.ShouldContain("Nobody wrote down an overall judgement of the risk of bias, so that the exclusion by it lets in: Study 1.");
    }

    [EveryCultureFact]
    public void A_judgement_counts_for_its_outcome_only_and_one_without_for_those_that_have_none()
    {
        var review = Judged("low", "low", "low", "low");
        var study = review.Studies[0] with { RiskOfBias = [Assessment("high", "sleep"), Assessment("low", null)] };
        var other = review.Studies[1] with { RiskOfBias = [Assessment("high", "pain"), Assessment("low", null)] };
        var result = (review with { Studies = [study, other, review.Studies[2], review.Studies[3]] }).Analyse(Pain with { Exclude = [new Exclusion { RiskOfBias = ["high"] }] });
        result.NotPooled.Select(item => item.StudyId).ShouldBe(["s1"]);
    }

    [EveryCultureTheory]
    [InlineData("risk_of_bias")]
    [InlineData("risk-of-bias")]
    [InlineData("risk_of_bias.rob2")]
    public void Studies_are_pooled_apart_by_their_judgement(string name)
    {
        var review = Judged("High", "low", "high", "Low");
        var result = review.Analyse(Pain with { Subgroup = name });
        result.Problem.ShouldBeNull();
        result.Subgroups.Select(group => (group.Name, group.Result.StudyCount)).ShouldBe([("high", 2), ("low", 2)]);
        var regression = review.Analyse(Pain with { Moderators = [name] }).Regression!;
        regression.Coefficients.Count.ShouldBe(2);
    }

    [EveryCultureFact]
    public void Several_tools_must_be_told_apart_and_disputes_are_told()
    {
        var review = Judged("high", "low", "high", "low");
        var twice = review.Studies[0] with { RiskOfBias = [Assessment("high", null), Assessment("serious", null) with { Tool = "robins-i" }] };
        var several = review with { Studies = [twice, .. review.Studies.Skip(1)] };
        Should.Throw<ArgumentException>(() => several.Analyse(Pain with { Subgroup = "risk_of_bias" })).Message.ShouldContain("known here: risk_of_bias.rob2, risk_of_bias.robins-i");
        several.Analyse(Pain with { Subgroup = "risk_of_bias.rob2" }).Subgroups.Count.ShouldBe(2);
        var disputed = review.Studies[0] with { RiskOfBias = [Assessment("high", null) with { Assessor = "AB" }, Assessment("low", null) with { Assessor = "CD" }] };
        (review with { Studies = [disputed, .. review.Studies.Skip(1)] }).Analyse(Pain with { Subgroup = "risk_of_bias" }).Notes
            .ShouldContain("Judged differently by several people, of whom the first in the file counts: Study 0.");
        Should.Throw<ArgumentException>(() => review.Analyse(Pain with { Exclude = [new Exclusion { RiskOfBias = ["hihg"] }] })).Message.ShouldContain("did you mean high?");
    }

    [EveryCultureFact]
    public void A_review_file_says_the_same_and_comes_back()
    {
        var review = Judged("high", "low", "low", "low") with { Analyses = [Pain with { Exclude = [new Exclusion { RiskOfBias = ["high"], Tool = "rob2" }], Subgroup = "risk_of_bias" }] };
        var again = Review.Parse(review.ToYaml());
        again.ShouldBe(review);
        again.Analyse("pain").Subgroups.Select(group => group.Name).ShouldBe(["low"]);
    }

    [EveryCultureFact]
    public void The_summary_counts_studies_by_the_weights_of_an_analysis()
    {
        var review = Judged("high", "low", "low", "low");
        var analysis = review.Analyse(Pain);
        var weights = analysis.StudyWeights();
        weights.Values.Sum().ShouldBe(1, 1e-12);
        var table = RiskOfBiasTable.Of(review.Studies, null, null);
        var high = RiskOfBiasPlot.Shares(table, table.Domains.Count, new() { Weights = weights }).Single(item => item.Level == RiskLevel.High);
        high.Share.ShouldBe(weights["s0"], 1e-12);
        var fewer = review.Analyse(Pain with { Exclude = [new Exclusion { RiskOfBias = ["high"] }] }).StudyWeights();
        Should.Throw<ArgumentException>(() => RiskOfBiasPlot.Summary(review.Studies, new() { Weights = fewer })).Message.ShouldContain("'s0' has no weight");
        Should.Throw<ArgumentException>(() => review.Analyse(Pain with { Model = "glmm" }).StudyWeights()).Message.ShouldContain("has no weights");
    }

    private static readonly Analysis Pain = new() { Id = "pain", Outcome = "pain", Measure = "PLO" };

    private static RiskOfBias Assessment(string? overall, string? outcome) => new()
    {
        Tool = "rob2", Outcome = outcome, Overall = overall, Domains = [new DomainJudgement { Domain = "D1", Judgement = "low" }],
    };

    private static Review Judged(params string?[] overall) => new()
    {
        Title = "Pain",
        Studies =
        [
            .. overall.Select((judgement, i) => new Study
            {
                Id = FormattableString.Invariant($"s{i}"), Label = FormattableString.Invariant($"Study {i}"), Citation = new Citation(),
                Outcomes =
                [
                    new Outcome { Id = "pain", Type = OutcomeType.Dichotomous, Results = [new DichotomousResult { Events = 5 + 3 * i, Total = 40 }] },
                    new Outcome { Id = "sleep", Type = OutcomeType.Dichotomous, Results = [new DichotomousResult { Events = 9, Total = 40 }] },
                ],
                RiskOfBias = [Assessment(judgement, null)],
            }),
        ],
    };
}
