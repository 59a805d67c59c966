using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>The forms in which programs save tables: separators, encodings, empty rows and columns; and files that are none.</summary>
public sealed class TableFormTests : IDisposable
{
    private const string Text = "study,xi,ni\nMüller – A,3,20\nKim,5,30\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureTheory]
    [InlineData("study,xi,ni\nA,3,20\nB,5,30\n")]
    [InlineData("study;xi;ni\nA;3;20\nB;5;30\n")]
    [InlineData("study\txi\tni\nA\t3\t20\nB\t5\t30\n")]
    [InlineData("study|xi|ni\nA|3|20\nB|5|30\n")]
    [InlineData("sep=;\nstudy;xi;ni\nA;3;20\nB;5;30\n")]
    [InlineData("\uFEFFstudy,xi,ni\r\nA,3,20\r\nB,5,30")]
    [InlineData("study,xi,ni,,,\nA,3,20,,,\nB,5,30,,,\n,,,,,\n,,,,,\n\n")]
    [InlineData("study,xi,ni\nA,3,20,,\nB,5,30,\n")]
    [InlineData("study, \"xi\" , ni \n \"A\",3, 20\nB,5,30")]
    [InlineData("\n\n\nstudy,xi,ni\n\nA,3,20\n\nB,5,30\n")]
    public void The_form_of_a_file_does_not_matter(string csv)
    {
        var table = Read(csv);
        table.Labels.ShouldBe(["A", "B"]);
        table.ColumnNames.ShouldBe(["study", "xi", "ni"]);
        var data = table.Data(Measures.PLO);
        (data["xi"][1], data["ni"][1]).ShouldBe((5, 30));
    }

    [EveryCultureFact]
    public void A_column_of_row_names_without_a_heading_is_left_alone() =>
        Read("\"\",\"study\",\"xi\",\"ni\"\n\"1\",\"A\",3,20\n\"2\",\"B\",5,30\n").Labels.ShouldBe(["A", "B"]);

    [EveryCultureFact]
    public void A_header_of_two_lines_is_refused_where_it_begins_again()
    {
        var fault = Should.Throw<StudyFileException>(() => Read(",Treatment,,Control,\nstudy,events,total,events,total\nA,4,123,11,139\n")).Faults.Single();
        fault.Position.Line.ShouldBe(2);
        fault.Message.ShouldContain("make one line of them, such as study,treatment_events");
    }

    [EveryCultureFact]
    public void Studies_are_named_by_the_column_of_a_forest_plot() => Read("Study or Subgroup,xi,ni\nAronson,3,20\n").Labels.ShouldBe(["Aronson"]);

    [EveryCultureTheory]
    [InlineData("Study,Experimental events,Experimental total,Control events,Control total")]
    [InlineData("study,TREATMENT_EVENTS,treatment n,control.events,Control_N")]
    [InlineData("Trial,Events intervention,Total intervention,Events placebo,Total placebo")]
    public void The_group_may_stand_before_or_after_what_was_counted(string header)
    {
        var data = Read(header + "\nA,4,123,11,139\n").Data(Measures.OR);
        new[] { data["ai"][0], data["n1i"][0], data["ci"][0], data["n2i"][0] }.ShouldBe([4.0, 123, 11, 139]);
    }

    [EveryCultureTheory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Unicode_is_read_in_each_of_its_forms(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        var table = StudyTable.ReadCsv(Written([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)]));
        table.Labels[0].ShouldBe("Müller – A");
        table.Notes.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void What_spreadsheets_save_in_western_Europe_is_read_and_said()
    {
        // Windows-1252: the dash is one byte that Latin-1 leaves to a control character.
        var table = StudyTable.ReadCsv(Written([.. Encoding.Latin1.GetBytes(Text.Replace('–', '\u0096'))]));
        table.Labels[0].ShouldBe("Müller – A");
        table.Notes.ShouldHaveSingleItem().ShouldStartWith("the file is not UTF-8: its letters beyond ASCII were read as Windows-1252 (Latin-1)");
    }

    [EveryCultureFact]
    public void UTF_16_without_its_mark_and_workbooks_are_named()
    {
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(Written(Encoding.Unicode.GetBytes(Text)))).Message.ShouldContain("UTF-16 without a mark");
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(Written([0x50, 0x4b, 3, 4, 0x14, 0, 0xff, 0]))).Message.ShouldContain("this is a workbook");
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(Written([]))).Message.ShouldContain("the file is empty");
    }

    [EveryCultureTheory]
    [InlineData("Table 1. The trials\nstudy,xi,ni\nA,1,2\n", "f.csv:2:1: the row has 3 fields, but the header has 1: the header must be the first line of the file")]
    [InlineData("study,xi,ni\nA,1\n", "f.csv:2:1: the row has 2 fields, but the header has 3")]
    [InlineData("study,xi,ni\nA,1,2,9\n", "f.csv:2:1: the row has 4 fields, but the header has 3")]
    [InlineData("study,xi,ni\n,,\n\n", "f.csv:1:1: there is a header but no row below it")]
    public void A_ragged_table_says_where(string csv, string message) => Should.Throw<StudyFileException>(() => Read(csv)).Message.ShouldStartWith(message);

    [EveryCultureFact]
    public void Columns_that_differ_only_in_marks_are_refused_where_one_of_them_is_wanted()
    {
        Should.Throw<StudyFileException>(() => Read("study,events.1,n.1,events 2,n.2,Events_1\nA,1,9,2,9,3\n").Data(Measures.OR)).Message
            .ShouldBe("f.csv:1:33: the columns 'events.1' and 'Events_1' differ in nothing but case and marks, and ai may be either: rename one, or say --map ai=events.1");
        Read("study,xi,ni,a+,a-\nA,1,9,2,9\n").Data(Measures.PLO)["xi"].ShouldBe([1]);
    }

    [EveryCultureFact]
    public void Two_columns_that_may_both_be_meant_are_not_chosen_from()
    {
        const string csv = "study,events,n,total\nA,16,32,18\n";
        Should.Throw<StudyFileException>(() => Read(csv).Data(Measures.PLO)).Message
            .ShouldBe("f.csv:1:16: ni may be 'n' or 'total', which differ: say which with a map such as ni=total");
        Read(csv, new() { Columns = new Dictionary<string, string> { ["ni"] = "total" } }).Data(Measures.PLO)["ni"].ShouldBe([18]);
        Read("study,events,n,total\nA,16,32,32\n").Data(Measures.PLO)["ni"].ShouldBe([32]);
    }

    [EveryCultureFact]
    public void A_faulty_cell_is_named_by_line_column_header_and_study() =>
        Should.Throw<StudyFileException>(() => Read("study;xi;ni\nOda;1;20\nKim;12,5;many\n").Data(Measures.PLO)).Message.ReplaceLineEndings("\n").ShouldBe(
            "f.csv:3:5: '12,5' is not a number: write 12.5, or say that the file has decimal commas (--decimal ,) (column xi of Kim)\n"
            + "f.csv:3:10: 'many' is not a number; leave the cell empty where nothing is reported (column ni of Kim)");

    [EveryCultureFact]
    public void Rows_are_chosen_by_the_values_of_columns()
    {
        const string csv = "study,outcome,time,xi,ni\nA,pain,1,1,10\nA,Death,1,2,10\nB,PAIN,1,3,10\nB,pain,2,4,10\n";
        var where = new Dictionary<string, string> { ["Outcome"] = "pain", ["time"] = "1" };
        Read(csv, new() { Where = where }).Data(Measures.PLO)["xi"].ShouldBe([1, 3]);
        where["outcome"] = "pian";
        where.Remove("Outcome");
        Should.Throw<ArgumentException>(() => Read(csv, new() { Where = where })).Message.ShouldBe("f.csv has no row whose outcome is 'pian'; did you mean pain?");
    }

    [EveryCultureFact]
    public void A_moderator_that_was_meant_as_a_number_never_becomes_categories()
    {
        var table = Read("study;xi;ni;lat;women;where\nA;1;20;44,5;40%;1st\nB;2;20;13;55%;2nd\n");
        Should.Throw<StudyFileException>(() => table.Predictor("lat")).Message.ShouldContain("write 44.5");
        table.Predictor("women").Columns.ShouldBe(["women"]);
        table.Predictor("where").Columns.ShouldBe(["where: 2nd"]);
        Read("study;xi;ni;lat\nA;1;20;44,5\nB;2;20;13\n", new() { DecimalMark = ',' }).Predictor("lat").Columns.ShouldBe(["lat"]);
    }

    [Fact]
    public void Millions_of_characters_of_nothing_end_in_a_message_and_not_in_memory()
    {
        foreach (var nothing in " ,\"x\0")
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(new Endless("study,xi,ni\nA,1," + (nothing == '"' ? "\"" : ""), nothing == '"' ? ' ' : nothing, int.MaxValue), "f.csv"));
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(40_000_000, $"for '{nothing}'");
        }
    }

    [Fact]
    public void Empty_lines_without_end_are_only_skipped()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        StudyTable.ReadCsv(new Endless("study,xi,ni\nA,1,2", '\n', 5_000_000), "f.csv").Count.ShouldBe(1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Rows_without_end_end_in_a_message() =>
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(new Repeated($"study{Commas}x\n", $"A{Commas}1\n", 100_000), "f.csv")).Message.ShouldContain("more than two million cells");

    [Fact]
    public void Random_bytes_are_a_table_or_a_fault()
    {
        var path = Path.Combine(_folder, "random.csv");
        var pieces = Gen.OneOf(ArbMap.Default.ArbFor<byte[]>().Generator, Gen.Elements("study,xi,ni\n", "study;OR;lower;upper\n", "study,arm,events,n\n", ",", "\n", "1,2", "A,", "\"").Select(Encoding.UTF8.GetBytes));
        Prop.ForAll(pieces.ListOf().ToArbitrary(), parts =>
        {
            File.WriteAllBytes(path, [.. parts.SelectMany(part => part)]);
            try
            {
                var table = StudyTable.ReadCsv(path);
                table.Labels.Count.ShouldBe(table.Count);
                table.Candidates.ToList().ForEach(measure => table.Read(measure).Data.Count.ShouldBe(table.Count));
            }
            catch (StudyFileException fault)
            {
                fault.Faults.ShouldAllBe(each => each.Position.File == path && each.Message.Length > 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    /// <summary>Cells at random under the header of each layout: whatever is read can be computed with, or is refused with its place.</summary>
    [Fact]
    public void Random_cells_are_numbers_or_faults()
    {
        var headers = Gen.Elements("study,ai,n1i,ci,n2i", "study,arm,events,n,year", "trial;group;mean;sd;n", "study,OR,lower,upper,p", "study|effect|se|vi|ni", "study,r,n,xi,ti", "study,prevalence,lci,uci,p",
            "Study,Experimental cases,Experimental N,Control cases,Control N", "Name,Data Type,Events 1,Total 1,Events 2,Total 2,df");
        var cells = Gen.Elements("", "A", "B", "control", "drug", "placebo", "1", "2", "20", "0", "-1", "0.5", "0,5", "1,234", "1.234", "1 234", "83%", "NA", "-", "<0.05", "1e999", "DIC", "x", "\"a,b\"", "−3", "∞");
        var tables = headers.SelectMany(header => cells.ArrayOf(header.Split(',', ';', '|').Length).ListOf(), (header, rows) =>
            $"{header}\n{string.Join('\n', rows.Select(row => string.Join(header.First(CsvReader.Separators.Contains), row)))}");
        var options = Gen.Elements(TableOptions.Default, new() { DecimalMark = ',' }, new() { Layout = TableLayout.Contrast }, new() { Layout = TableLayout.ArmLong }, new() { Scale = EstimateScale.Natural });
        Prop.ForAll(tables.ToArbitrary(), options.ToArbitrary(), (csv, option) =>
        {
            try
            {
                var table = Read(csv, option);
                foreach (var measure in table.Candidates.Append(Measures.OR).Append(Measures.GEN))
                {
                    var effects = table.Read(measure).Compute();
                    effects.Count.ShouldBe(table.Count);
                    effects.Studies.ShouldAllBe(study => !study.IsComputed || (double.IsFinite(study.Estimate) && study.Variance >= 0));
                }
            }
            catch (StudyFileException fault)
            {
                fault.Faults.ShouldAllBe(each => each.Position.File == "f.csv" && each.Message.Length > 0);
            }
            catch (EffectDataException)
            {
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    private static string Commas { get; } = new(',', 1000);

    private static StudyTable Read(string csv, TableOptions? options = null) => StudyTable.ReadCsv(new StringReader(csv), "f.csv", options);

    private string Written(byte[] bytes)
    {
        var path = Path.Combine(_folder, "table.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A start and then one character many times, which are nowhere in memory.</summary>
    private sealed class Endless(string start, char character, int times) : TextReader
    {
        private int _next;

        public override int Peek() => _next < start.Length ? start[_next] : _next < times ? character : -1;

        public override int Read() => Peek() is >= 0 and var next && _next++ >= 0 ? next : -1;
    }

    private sealed class Repeated(string header, string row, int times) : TextReader
    {
        private long _next;

        public override int Peek() => _next < header.Length ? header[(int)_next] : _next < header.Length + (long)row.Length * times ? row[(int)((_next - header.Length) % row.Length)] : -1;

        public override int Read() => Peek() is >= 0 and var next && _next++ >= 0 ? next : -1;
    }
}
