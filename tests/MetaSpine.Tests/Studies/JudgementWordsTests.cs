namespace MetaSpine.Tests.Studies;

public sealed class JudgementWordsTests
{
    [EveryCultureTheory]
    [InlineData("Some_Concerns", "some concerns")]
    [InlineData("HIGH  risk", "high")]
    [InlineData("low-risk of bias", "low")]
    [InlineData("Very\thigh\u00a0RISK", "very high")]
    [InlineData("low concern", "low")]
    [InlineData("some concerns", "some concerns")]
    [InlineData(" - ", "")]
    [InlineData("risk", "risk")]
    [InlineData("low risk\u00ad", "low risk\u00ad")]
    public void Judgements_are_compared_without_case_marks_and_the_word_risk(string written, string folded) =>
        JudgementWords.Fold(written).ShouldBe(folded);

    [EveryCultureTheory]
    [InlineData(RiskLevel.None, null, "", "Not applicable", "na", "n/a")]
    [InlineData(RiskLevel.Low, "low", "LOW RISK", "yes", "y", "definitely low")]
    [InlineData(RiskLevel.Some, "some concerns", "some", "moderate", "probably yes", "py", "probably low risk")]
    [InlineData(RiskLevel.High, "high", "SERIOUS", "no", "n", "probably high", "definitely high")]
    [InlineData(RiskLevel.Critical, "critical", "very_high")]
    [InlineData(RiskLevel.Unclear, "unclear", "no information", "pn", "perhaps")]
    public void Each_word_of_the_tools_has_its_level(RiskLevel level, params string?[] words) =>
        words.Select(JudgementWords.Level).ShouldAllBe(found => found == level);
}
