
namespace MetaSpine.Tests;

/// <summary>Records that are made to be slow: what is done for each part of them must not look at all the others.</summary>
public sealed class SlowReferenceTests
{
    private const int Long = 900_000, Many = 90_000;

    public static TheoryData<string> Attacks => [.. Texts.Keys];

    private static readonly Dictionary<string, Func<string>> Texts = new(StringComparer.Ordinal)
    {
        ["initials without an end"] = () => Ris("AU", Repeated("A. ", Long) + "x"),
        ["spaces within a name"] = () => Ris("AU", "a" + new string(' ', Long) + "b"),
        ["spaces before a remark that does not come"] = () => Ris("SN", "a" + new string(' ', Long) + "b"),
        ["beginnings of identifiers"] = () => Ris("DO", Repeated("10.1000.", Long)),
        ["brackets behind an identifier"] = () => Ris("DO", "10.1000/x" + new string(')', Long)),
        ["spaces behind a number"] = () => Ris("AN", "PMID: 12" + new string(' ', Long) + "x"),
        ["spaces within a remark"] = () => Ris("N1", "RAYYAN-" + new string(' ', Long) + "b"),
        ["strokes within a remark"] = () => Ris("N1", Repeated("| RAYYAN-", Long)),
        ["ranges of pages"] = () => Ris("SP", Repeated("1-", Long)),
        ["spaces within pages"] = () => Ris("SP", Repeated("1 ", Long)),
        ["digits of a year"] = () => Ris("PY", new string('1', Long)),
        ["brackets of a title"] = () => Ris("TI", Repeated("[retracted(", Long)),
        ["keywords"] = () => Ris("KW", string.Join('\n', Enumerable.Range(0, 5 * Many).Select(i => $"word {i}"))),
        ["notices"] = () => Ris("N1", string.Join('\n', Enumerable.Range(0, 2 * Many).Select(i => $"Erratum in: {i}"))),
        ["numbers in databases"] = () => "TY  - JOUR\n" + Numbered("AN  - x{0}\nC5  - y{0}\n", Many / 2) + "ER  - \n",
        ["journals"] = () => "TY  - JOUR\n" + Numbered("T2  - x{0}\n", Many) + "ER  - \n",
        ["addresses of authors"] = () => "PMID- 1\n" + Numbered("FAU - Oda, I{0}\nAD  - place {0}\n", Many / 2),
        ["tags before the authors"] = () => "PMID- 1\n" + Numbered("OWN - {0}\n", Many),
        ["partial retractions"] = () => "PMID- 1\n" + Numbered("PRIN- Spine. {0}\n", Many),
        ["groups among the authors"] = () => "FN x\nPT J\n" + Numbered("AU Spine group {0}\n", Many) + "ER\n",
    };

    /// <summary>Below a second; looking at everything for each part takes many minutes to days, and no run of the tests would pass over that.</summary>
    [Theory]
    [MemberData(nameof(Attacks))]
    public void It_is_read_and_written(string attack)
    {
        var text = Texts[attack]();
        var library = ReferenceFile.Parse(text, "slow");
        var writer = new StringWriter();
        ReferenceFile.Write(library.References, writer, library.Format);
        ReferenceFile.Parse(writer.ToString(), "slow", library.Format).References.Count.ShouldBe(1);
    }

    private static string Ris(string tag, string text) => $"TY  - JOUR\n{tag}  - {text}\nER  - \n";

    private static string Repeated(string part, int length) => string.Concat(Enumerable.Repeat(part, length / part.Length));

    private static string Numbered(string lines, int times) => string.Concat(Enumerable.Range(0, times).Select(i => lines.Replace("{0}", FormattableString.Invariant($"{i}"), StringComparison.Ordinal)));
}
