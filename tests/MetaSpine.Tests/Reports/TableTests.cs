using System.Text.Json;

namespace MetaSpine.Tests;

public sealed class TableTests
{
    private static readonly Table Example = new(
        [new("Study"), new("Ratio", Alignment.DecimalPoint), new("95% CI", Alignment.DecimalPoint), new("n", Alignment.Right)],
        [["Müller & Co", "0.39", "0.121 to 1.3", "1234"], ["A|B <c>", "12.5", "", "7"], ["Pooled", "", "-3 to 10.25", ""]])
    { FooterRows = 1 };

    [EveryCultureFact]
    public void Text_lines_up_at_the_decimal_points() => Example.ToText().ShouldBe(
        """
        Study        Ratio           95% CI     n
        ───────────  ─────  ───────────────  ────
        Müller & Co   0.39   0.121 to  1.3   1234
        A|B <c>      12.5                       7
        ───────────  ─────  ───────────────  ────
        Pooled              -3     to 10.25

        """);

    [EveryCultureFact]
    public void A_table_that_is_too_wide_shortens_its_words_and_not_its_numbers()
    {
        var text = new Table(
            [new("Study"), new("Value", Alignment.DecimalPoint)],
            [["A very long name of a study that goes on and on", "123456.789"]]).ToText(30);
        text.Split('\n').ShouldContain("A very long name…   123456.789");
    }

    [EveryCultureFact]
    public void Names_that_differ_at_their_ends_go_on_in_the_next_line() => new Table(
        [new("Coefficient") { Wraps = true }, new("b", Alignment.DecimalPoint)],
        [["allocation: alternate x years", "0.251"], ["pneumonoultramicroscopic", "-1.2"]]).ToText(22).ShouldBe(
        """
        Coefficient          b
        ──────────────  ──────
        allocation:      0.251
        alternate x
        years
        pneumonoultram  -1.2
        icroscopic

        """);

    [EveryCultureFact]
    public void Characters_of_several_code_units_count_as_one() =>
        new Table([new("é"), new("b")], [["e\u0301e\u0301", "x"], ["ab", "y"]]).ToText().ShouldBe("é   b\n──  ─\ne\u0301e\u0301  x\nab  y\n");

    [EveryCultureFact]
    public void Markdown_shows_its_own_characters() => Example.ToMarkdown().ShouldBe(
        """
        | Study | Ratio | 95% CI | n |
        | :--- | ---: | ---: | ---: |
        | Müller & Co | 0.39 | 0.121 to 1.3 | 1234 |
        | A\|B \<c\> | 12.5 |  | 7 |
        | Pooled |  | -3 to 10.25 |  |

        """);

    [EveryCultureFact]
    public void Html_is_encoded_and_styles_nothing_else()
    {
        var html = Example.ToHtml();
        html.ShouldContain("A|B &lt;c&gt;");
        html.ShouldNotContain("<style");
        html.ShouldNotContain("<c>");
        System.Xml.Linq.XElement.Parse(html).Descendants("tr").Count().ShouldBe(4);
    }

    [EveryCultureFact]
    public void Csv_quotes_what_needs_it() =>
        new Table([new("a,b"), new("c")], [["say \"x\"", "line\nbreak"], ["plain", ""]]).ToCsv().ShouldBe("\"a,b\",c\r\n\"say \"\"x\"\"\",\"line\nbreak\"\r\nplain,\r\n");

    [EveryCultureFact]
    public void Json_has_an_object_for_each_row() =>
        JsonDocument.Parse(Example.ToJson()).RootElement[1].GetProperty("Study").GetString().ShouldBe("A|B <c>");

    [EveryCultureFact]
    public void A_table_without_rows_still_shows_its_columns() => new Table([new("a"), new("b", Alignment.DecimalPoint)], []).ToText().ShouldBe("a  b\n─  ─\n");
}
