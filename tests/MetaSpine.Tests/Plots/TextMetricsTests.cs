namespace MetaSpine.Tests;

public sealed class TextMetricsTests
{
    [EveryCultureTheory]
    [InlineData("0123456789", false, 10 * 1139)]
    [InlineData("0123456789", true, 10 * 1139)]
    [InlineData("A", false, 1366)]
    [InlineData("A", true, 1479)]
    [InlineData("τ²", false, 809 + 682)]
    [InlineData("−", false, 1196)]
    [InlineData("中文", false, 2 * 2048)]
    [InlineData("A\u030A", false, 1366)]
    [InlineData("", false, 0)]
    public void Width_is_that_of_the_font(string text, bool bold, double units) =>
        TextMetrics.Width(text, 12, bold).ShouldBe(units / 2048 * 12, 1e-9);

    [EveryCultureFact]
    public void Characters_that_the_font_lacks_are_wide_rather_than_nothing()
    {
        foreach (var text in new[] { "م", "ก", "अ", "ế", "\uD83D\uDE00", "\uD83D" })
        {
            TextMetrics.Width(text, 10).ShouldBeGreaterThan(4, text);
        }
    }

    [EveryCultureTheory]
    [InlineData("Frimodt-Moller et al 1973", 70)]
    [InlineData("Donaudampfschifffahrtsgesellschaft", 50)]
    [InlineData("北京大学第三医院骨科脊柱外科 2010", 60)]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 20)]
    [InlineData("short", 500)]
    [InlineData("  spaces   within  ", 30)]
    public void Wrapped_lines_fit_and_lose_nothing_but_spaces(string text, double width)
    {
        var lines = TextMetrics.Wrap(text, width, 12);

        string.Concat(lines).Replace(" ", "").ShouldBe(text.Replace(" ", ""));
        lines.ShouldAllBe(line => TextMetrics.Width(line, 12, false) <= width);
        lines.Skip(1).ShouldAllBe(line => !line.StartsWith('\u0301'));
    }

    [EveryCultureFact]
    public void Words_stay_whole_where_they_fit() =>
        TextMetrics.Wrap("Hart and Sutherland", 70, 12).ShouldBe(["Hart and", "Sutherland"]);

    [EveryCultureTheory]
    [InlineData("Pooled: risk ratio 0.84 [0.69, 1.01]", 170, "Pooled: risk ratio 0.84", "[0.69, 1.01]")]
    [InlineData("An [unclosed bracket of words", 95, "An [unclosed", "bracket of words")]
    [InlineData("[0.69, 1.01]", 40, "[0.69,", "1.01]")]
    public void The_bounds_of_an_interval_stay_together_where_they_fit(string text, double width, params string[] expected) =>
        TextMetrics.Wrap(text, width, 12).ShouldBe(expected);

    [EveryCultureFact]
    public void A_line_too_narrow_for_a_letter_holds_one() => TextMetrics.Wrap("abc", 1, 12).ShouldBe(["a", "b", "c"]);

    [EveryCultureFact]
    public void What_xml_forbids_is_replaced() => TextMetrics.Clean("a\0b\uD800c\td\uFFFEe\U0001F600").ShouldBe("a\uFFFDb\uFFFDc d\uFFFDe\U0001F600");
}
