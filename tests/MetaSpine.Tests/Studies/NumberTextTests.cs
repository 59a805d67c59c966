namespace MetaSpine.Tests.Studies;

public sealed class NumberTextTests
{
    private const string Absent = "write nr (not reported) or na (not applicable), or leave the key out";

    [EveryCultureTheory]
    [InlineData("abc", null)]
    [InlineData("", "leave the key out, or write nr (not reported) or na (not applicable)")]
    [InlineData("1e999", "it is too large for a number")]
    [InlineData("1,234", "write 1234 without a thousands separator (or 1.234 if the comma is a decimal mark)")]
    [InlineData("1,234,567", "write 1234567 without a thousands separator")]
    [InlineData("1'234.5", "write 1234.5 without a thousands separator")]
    [InlineData("-1\u202f234", "write -1234 without a thousands separator")]
    [InlineData("12,25", "write 12.25 with a decimal point")]
    [InlineData("1.234,5", "write 1234.5 with a decimal point")]
    [InlineData("−3.5", "write -3.5 with the hyphen of the keyboard as minus sign")]
    [InlineData("−x", null)]
    [InlineData("83 %", "write 83 without the percent sign")]
    [InlineData("x%", null)]
    [InlineData("-", Absent)]
    [InlineData("NR", Absent)]
    [InlineData("NA", Absent)]
    [InlineData("N/A", Absent)]
    [InlineData("n/a", Absent)]
    [InlineData("N.R.", Absent)]
    [InlineData("not reported", Absent)]
    [InlineData("not applicable", Absent)]
    [InlineData("12.2 years", "write 12.2 alone; a unit or a note has its own key")]
    [InlineData("12.2.3", null)]
    [InlineData("<", null)]
    [InlineData("<x", null)]
    [InlineData(">=1", null)]
    public void Says_how_to_write_the_number(string text, string? advice) =>
        Should.Throw<FormatException>(() => new ReportedNumber(text)).Message.ShouldBe($"'{text}' is not a number{(advice is null ? "" : $": {advice}")}");

    [EveryCultureFact]
    public void A_long_text_is_shown_by_its_beginning_on_one_line()
    {
        Problem("a\nb").ShouldBe("'a b' is not a number");
        Problem($"a\n{new string('x', 58)}").ShouldBe($"'a {new string('x', 58)}' is not a number");
        Problem($"a\n{new string('x', 59)}").ShouldBe($"'a {new string('x', 58)}...' is not a number");
        Problem($"5 {new string('x', 58)}").ShouldBe($"'5 {new string('x', 58)}' is not a number: write 5 alone; a unit or a note has its own key");
        Problem($"5 {new string('x', 59)}").ShouldBe($"'5 {new string('x', 58)}...' is not a number");
        new ReportedNumber(new string('1', 60)).Value.ShouldNotBeNull();
        Problem(new string('1', 61)).ShouldBe($"'{new string('1', 60)}...' is not a number");
    }

    [EveryCultureTheory]
    [InlineData("12", 0)]
    [InlineData("5.", 0)]
    [InlineData(".5", 1)]
    [InlineData("1.50", 2)]
    [InlineData("1.25e10", 2)]
    [InlineData("1.5E-3", 1)]
    [InlineData("1e-3", 0)]
    [InlineData("<0.001", 3)]
    [InlineData("nr", 0)]
    public void Decimals_are_those_printed(string text, int decimals) => new ReportedNumber(text).Decimals.ShouldBe(decimals);

    [EveryCultureTheory]
    [InlineData("<1", true)]
    [InlineData("> 0.05", true)]
    [InlineData("=1", false)]
    [InlineData("1", false)]
    [InlineData("<", false)]
    [InlineData("<nr", false)]
    public void A_bound_is_a_number_behind_its_sign(string text, bool isBound) => NumberText.IsBound(text).ShouldBe(isBound);

    private static string Problem(string text) => Should.Throw<FormatException>(() => new ReportedNumber(text)).Message;
}
