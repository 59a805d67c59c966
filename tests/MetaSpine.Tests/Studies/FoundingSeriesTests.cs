namespace MetaSpine.Tests.Studies;

public sealed class FoundingSeriesTests
{
    private static readonly Study Series = Study.Load(Samples.Path("cervical-pedicle-screws.yaml"));

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Names_its_publication()
    {
        Series.DisplayName.ShouldBe("Oda 2006");
        Series.Citation.Pmid.ShouldBe("16741452");
        Series.Citation.Pages.ShouldBe("1439-44");
        Series.Citation.Issue.ShouldBe("13");
        Series.Design!.Type.ShouldBe(StudyType.CaseSeries);
        Series.Design.Timing.ShouldBe(StudyTiming.Retrospective);
        Series.Design.Country.ShouldBe("JP");
        Series.Design.Institution!.ShouldContain("Hokkaido");
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("pain_improved", "intractable_pain", 32, 32, null, SourceKind.Derived)]
    [InlineData("neurologic_improvement", "myelopathy", 24, 29, "83", SourceKind.Reported)]
    [InlineData("regained_ambulation", "nonambulatory", 16, 18, "89", SourceKind.Reported)]
    [InlineData("maintained", "all", 30, 32, "94", SourceKind.Reported)]
    [InlineData("anterior_reconstruction_avoided", "all", 25, 32, "78", SourceKind.Reported)]
    public void Holds_each_count_with_its_denominator(string outcome, string group, int events, int total, string? percent, SourceKind kind)
    {
        var result = Series.FindOutcome(outcome)!.Results.ShouldHaveSingleItem().ShouldBeOfType<DichotomousResult>();
        result.Group.ShouldBe(group);
        result.Events!.Value.ShouldBe(events);
        result.Total!.Value.ShouldBe(total);
        result.ReportedPercent?.Text.ShouldBe(percent);
        result.SourceOf(result.Events)!.Kind.ShouldBe(kind);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Holds_the_mean_survival_without_a_standard_deviation()
    {
        var survival = Series.FindOutcome("survival_months")!.Results.ShouldHaveSingleItem().ShouldBeOfType<ContinuousResult>();
        survival.Mean!.Text.ShouldBe("12.2");
        survival.Mean.Value.ShouldBe(12.2);
        survival.Sd!.Text.ShouldBe("nr");
        survival.Sd.Value.ShouldBeNull();
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Holds_its_groups_levels_and_operations()
    {
        Series.Groups.Select(g => (g.Id, g.N!.Value)).ShouldBe([("all", 32), ("intractable_pain", 32), ("myelopathy", 29), ("nonambulatory", 18)]);
        Series.Partitions.Select(p => string.Join("+", p.Parts.Select(part => part.Number.Text))).ShouldBe(["4+28", "25+7"]);
        Series.FindArm("pedicle_screws")!.Indication!.ShouldContain("2 years");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Comes_back_from_its_own_yaml()
    {
        var text = Series.ToYaml();
        Study.Parse(text).ShouldBe(Series);
        Study.Parse(text).ToYaml().ShouldBe(text);
    }
}
