using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests.Studies;

/// <summary>The forms of numbers and ids, which are read by hand, beside the regular expressions that define them.</summary>
public sealed partial class WrittenFormTests
{
    // Short, and mostly of what numbers are made of, so that many are numbers or miss it by one character.
    private static readonly Gen<string> Texts = Gen.Choose(0, 7).SelectMany(length =>
        Gen.Elements([.. "0790790790..-+eE_aZ \n٣é"]).ArrayOf(length).Select(characters => new string(characters)));

    [Fact]
    public void Numbers_are_those_of_their_expression() =>
        Prop.ForAll(Arb.From(Texts), text => NumberText.IsNumber(text)
            == (text.Length <= 60 && Number().IsMatch(text) && double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)))).Check(Many);

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.", true)]
    [InlineData(".5", true)]
    [InlineData("+0.5e-10", true)]
    [InlineData("-1E9", true)]
    [InlineData("1e0005", true)]
    [InlineData("1e00005", false)]
    [InlineData("1e999", false)]
    [InlineData(".", false)]
    [InlineData("-.", false)]
    [InlineData("+", false)]
    [InlineData("", false)]
    [InlineData("1e", false)]
    [InlineData("1e+", false)]
    [InlineData("e5", false)]
    [InlineData("1.5.2", false)]
    [InlineData("--1", false)]
    [InlineData("1 ", false)]
    [InlineData("1\n", false)]
    [InlineData("Infinity", false)]
    [InlineData("NaN", false)]
    [InlineData("0x1F", false)]
    public void Numbers_at_the_edges(string text, bool isNumber) => Assert.Equal(isNumber, NumberText.IsNumber(text));

    [Fact]
    public void Ids_are_those_of_their_expression() => Prop.ForAll(Arb.From(Texts), text => Codecs.IsId(text) == Id().IsMatch(text)).Check(Many);

    [Theory]
    [InlineData("oda2006", true)]
    [InlineData("0", true)]
    [InlineData("a_b-c.d", true)]
    [InlineData("", false)]
    [InlineData("_a", false)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void Ids_at_the_edges(string text, bool isId) => Assert.Equal(isId, Codecs.IsId(text));

    private static Config Many => Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true);

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
