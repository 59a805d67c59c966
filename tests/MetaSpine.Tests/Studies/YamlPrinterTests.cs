namespace MetaSpine.Tests.Studies;

public sealed class YamlPrinterTests
{
    [EveryCultureTheory]
    [InlineData("word", "word", "word")]
    [InlineData("two words", "two words", "two words")]
    [InlineData("falsely", "falsely", "falsely")]
    [InlineData("nans", "nans", "nans")]
    [InlineData("a#b", "a#b", "a#b")]
    [InlineData("a:b", "a:b", "\"a:b\"")]
    [InlineData("a,b", "a,b", "\"a,b\"")]
    [InlineData("a[b", "a[b", "\"a[b\"")]
    [InlineData("a]b", "a]b", "\"a]b\"")]
    [InlineData("a{b", "a{b", "\"a{b\"")]
    [InlineData("a}b", "a}b", "\"a}b\"")]
    [InlineData("a'b", "a'b", "\"a'b\"")]
    [InlineData("a?b", "a?b", "\"a?b\"")]
    [InlineData("a&b", "a&b", "\"a&b\"")]
    [InlineData("a*b", "a*b", "\"a*b\"")]
    [InlineData("a\"b", "a\"b", "\"a\\\"b\"")]
    [InlineData("a\u00a1", "a\u00a1", "a\u00a1")]
    public void A_text_needs_more_quotes_between_brackets(string text, string alone, string inBrackets)
    {
        YamlPrinter.Inline(Text(text)).ShouldBe(alone);
        YamlPrinter.Inline(List(Text(text))).ShouldBe($"[{inBrackets}]");
        YamlPrinter.Inline(Text(text), flow: true).ShouldBe(inBrackets);
        YamlPrinter.Key(text).ShouldBe(inBrackets);
    }

    [EveryCultureTheory]
    [InlineData("", "")]
    [InlineData("12", "12")]
    [InlineData("~", "~")]
    [InlineData("NULL", "NULL")]
    [InlineData("a: b", "a: b")]
    [InlineData("a:", "a:")]
    [InlineData("a ", "a ")]
    [InlineData("a #b", "a #b")]
    [InlineData("a\nb\tc\\", "a\\nb\\tc\\\\")]
    [InlineData("a\u0001\u001f", "a\\u0001\\u001F")]
    [InlineData("a\u007e\u007f\u0080", "a\u007e\\u007F\\u0080")]
    [InlineData("a\u009f\u00a0\u00a1", "a\\u009F\\u00A0\u00a1")]
    [InlineData("a\u2028\u2029\ufeff", "a\\u2028\\u2029\\uFEFF")]
    [InlineData("a\u2028", "a\\u2028")]
    [InlineData("a\u2029", "a\\u2029")]
    [InlineData("a\ufeff", "a\\uFEFF")]
    [InlineData("a\u00a0", "a\\u00A0")]
    [InlineData("a\U0001F600", "a\U0001F600")]
    public void Whatever_a_reader_could_mistake_stands_in_quotes(string text, string quoted)
    {
        YamlPrinter.Inline(Text(text)).ShouldBe($"\"{quoted}\"");
        YamlPrinter.Key(text).ShouldBe($"\"{quoted}\"");
    }

    [EveryCultureFact]
    public void Code_points_that_are_no_characters_stand_in_quotes()
    {
        YamlPrinter.Inline(Text("a" + (char)0xfffe)).ShouldBe("\"a\\uFFFE\"");
        YamlPrinter.Inline(Text("a" + (char)0xffff)).ShouldBe("\"a\\uFFFF\"");
    }

    [EveryCultureTheory]
    [InlineData("true")]
    [InlineData("FALSE")]
    [InlineData("yes")]
    [InlineData("NO")]
    [InlineData("on")]
    [InlineData("off")]
    [InlineData("y")]
    [InlineData("N")]
    [InlineData("nr")]
    [InlineData("na")]
    [InlineData("NaN")]
    [InlineData("null")]
    public void A_word_that_programs_read_as_a_value_stands_in_quotes(string word)
    {
        YamlPrinter.Inline(Text(word)).ShouldBe($"\"{word}\"");
        YamlPrinter.Inline(new YamlScalar(word, plain: true)).ShouldBe(word);
        YamlPrinter.Key(word).ShouldBe($"\"{word}\"");
        YamlPrinter.Key("n").ShouldBe("n");
    }

    [EveryCultureFact]
    public void What_fits_into_a_line_stands_between_brackets()
    {
        Print(("k", Map(("a", List(Text(X(113))))))).ShouldBe($"k:\n  a: [{X(113)}]\n");
        Print(("k", Map(("a", List(Text(X(114))))))).ShouldBe($"k:\n  a:\n    - {X(114)}\n");
        Print(("k", Map(("a", Map(("bc", Text(X(109)))))))).ShouldBe($"k:\n  a: {{bc: {X(109)}}}\n");
        Print(("k", Map(("a", Map(("bc", Text(X(110)))))))).ShouldBe($"k:\n  a:\n    bc: {X(110)}\n");
        Print(("k", List(List(Text(X(114)))))).ShouldBe($"k:\n  - [{X(114)}]\n");
        Print(("k", List(List(Text(X(115)))))).ShouldBe($"k:\n  - - {X(115)}\n");
        Print(("k", List(Map(("a", Text(X(60))), ("b", Text(X(60))))))).ShouldBe($"k:\n  - a: {X(60)}\n    b: {X(60)}\n");
        Print(("k", Text(X(200))), ("l", List(Text(X(200))))).ShouldBe($"k: {X(200)}\nl:\n  - {X(200)}\n");
    }

    [EveryCultureFact]
    public void The_top_level_is_spread_out_unless_it_is_empty() =>
        Print(("a", Map(("b", Text("c,d")))), ("e", List(Text("f,g"))), ("h", Map()), ("i", List()))
            .ShouldBe("a:\n  b: c,d\ne:\n  - f,g\nh: {}\ni: []\n");

    [EveryCultureFact]
    public void A_key_of_more_than_150_characters_is_marked_as_one()
    {
        Print((X(150), Text("v"))).ShouldBe($"{X(150)}: v\n");
        Print((X(151), Text("v"))).ShouldBe($"? {X(151)}\n: v\n");
        Print(("k", Map((X(151), Text("v"))))).ShouldBe($"k:\n  ? {X(151)}\n  : v\n");
    }

    private static string X(int count) => new('x', count);

    private static YamlScalar Text(string text) => new(text, plain: false);

    private static YamlList List(params YamlNode[] items) => new(default, [.. items]);

    private static YamlMap Map(params (string Key, YamlNode Value)[] entries) => new(default, [.. entries.Select(e => new YamlEntry(e.Key, default, e.Value))]);

    private static string Print(params (string Key, YamlNode Value)[] entries) => YamlPrinter.Print(Map(entries));
}
