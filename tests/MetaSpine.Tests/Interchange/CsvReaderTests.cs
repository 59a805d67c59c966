using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class CsvReaderTests
{
    [EveryCultureFact]
    public void A_quoted_field_may_hold_separators_quotes_and_line_ends() =>
        Read("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n").ShouldBe([["a", "b"], ["x, \"y\"", "two\r\nlines"]]);

    [EveryCultureTheory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("a,b\r1,2\r")]
    [InlineData("a,b\n1,2")]
    [InlineData("\uFEFFa,b\n1,2")]
    [InlineData("\n\na,b\n\n1,2\n\n\n")]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a|b\n1|2\n")]
    [InlineData("sep=;\na;b\n1;2\n")]
    [InlineData("a,b\n,\n1,2\n")]
    public void Line_ends_separators_and_empty_lines_do_not_matter(string text) => Read(text).ShouldBe([["a", "b"], ["1", "2"]]);

    [EveryCultureFact]
    public void The_header_decides_the_separator_and_quoted_ones_do_not_count() =>
        Read("\"mean, SD, n\";b\n1,5;2").ShouldBe([["mean, SD, n", "b"], ["1,5", "2"]]);

    [EveryCultureFact]
    public void Fields_know_their_line_and_column_also_behind_a_field_of_two_lines()
    {
        var reader = new CsvReader(new StringReader("a,b,c\n\"1\n2\",x,y\nz,,w\n"), "f.csv");
        reader.Read();
        reader.Read()!.Select(field => field.Position.ToString()).ShouldBe(["f.csv:2:1", "f.csv:3:4", "f.csv:3:6"]);
        reader.Read()!.Select(field => field.Position.ToString()).ShouldBe(["f.csv:4:1", "f.csv:4:3", "f.csv:4:4"]);
    }

    [EveryCultureTheory]
    [InlineData("a,b\n1,\"never closed\n2,3\n", "f.csv:2:3: the quote that opens here is never closed")]
    [InlineData("a,b\n1,x\0\n", "f.csv:2:3: found a NUL character: this is not a text file")]
    [InlineData("a,b\n1,M\uFFFDller\n", "f.csv:2:3: found a character that is not UTF-8: save the file as UTF-8")]
    public void What_is_not_readable_is_pointed_at(string text, string message) =>
        Should.Throw<StudyFileException>(() => Read(text)).Message.ShouldStartWith(message);

    [EveryCultureFact]
    public void An_endless_field_ends_in_an_error_and_not_in_memory() =>
        Should.Throw<StudyFileException>(() => Read("a,b\n\"" + new string('x', 2_000_000))).Message.ShouldContain("more than a million characters");

    [Fact]
    public void What_the_table_writes_the_reader_reads()
    {
        var text = Gen.Elements("", "a", ",", ";", "|", "sep=", "\"", "\r\n", "\t", "é", " b", "1.5").ListOf(4).Select(parts => string.Concat(parts).Trim());
        var rows = text.Where(cell => cell.Length > 0).Two().Select(pair => new[] { pair.Item1, pair.Item2 }).NonEmptyListOf();
        Prop.ForAll(rows.ToArbitrary(), cells =>
        {
            var csv = new Table([new("first"), new("second")], [.. cells]).ToCsv();
            Read(csv).Skip(1).ShouldBe(cells);

            // A table needs no row to be complete, but every row its two cells.
            var table = StudyTable.ReadCsv(new StringReader(csv), "f.csv");
            table.Categories("second").Select((category, i) => category ?? cells.ElementAt(i)[1]).ShouldBe(cells.Select(row => row[1]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    private static List<string[]> Read(string text)
    {
        var reader = new CsvReader(new StringReader(text), "f.csv");
        var rows = new List<string[]>();
        while (reader.Read() is { } row)
        {
            rows.Add([.. row.Select(field => field.Text)]);
        }

        return rows;
    }
}
