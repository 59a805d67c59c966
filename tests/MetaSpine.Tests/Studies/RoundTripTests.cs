using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests.Studies;

public sealed class RoundTripTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_study_comes_back_from_its_yaml() => Check.One(Config, Prop.ForAll(StudyGenerator.Studies.ToArbitrary(), study =>
    {
        var text = study.ToYaml();
        var again = Study.Parse(text);
        return again == study && again.GetHashCode() == study.GetHashCode() && again.ToYaml() == text;
    }));

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_review_comes_back_from_its_yaml() => Check.One(Config, Prop.ForAll(StudyGenerator.Reviews.ToArbitrary(), review =>
    {
        var text = review.ToYaml();
        var again = Review.Parse(text);
        return again == review && again.ToYaml() == text;
    }));

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("25.0")]
    [InlineData("012")]
    [InlineData("+3.50")]
    [InlineData("1e-3")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-0")]
    [InlineData("nr")]
    [InlineData("na")]
    public void A_number_keeps_its_text(string text)
    {
        var study = Study.Parse($"schema: metaspine/study/1\nid: x\npopulation: {{age: {{mean: {text}}}}}\n");
        study.Population!.Age!.Mean!.Text.ShouldBe(text);
        Study.Parse(study.ToYaml()).Population!.Age!.Mean!.Text.ShouldBe(text);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Numbers_made_in_code_are_written_as_a_reviewer_would()
    {
        ((ReportedNumber)25.0m).Text.ShouldBe("25.0");
        ((ReportedNumber)24).Text.ShouldBe("24");
        ((ReportedNumber)0.1).Text.ShouldBe("0.1");
        ((ReportedNumber)25.00m).Decimals.ShouldBe(2);
        Should.Throw<FormatException>(() => (ReportedNumber)double.NaN);
        Should.Throw<FormatException>(() => new ReportedNumber("12,2")).Message.ShouldContain("write 12.2");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Where_a_record_was_written_takes_no_part_in_equality()
    {
        var here = Study.Parse("schema: metaspine/study/1\nid: x\nnotes: a\n", "here");
        var there = Study.Parse("schema: metaspine/study/1\n\n\nid:   x\nnotes: 'a'\n", "there");
        there.ShouldBe(here);
        there.PositionOf("notes").ShouldBe(new("there", 5, 8));
        there.ShouldNotBe(here with { Notes = "b" });
    }
}
