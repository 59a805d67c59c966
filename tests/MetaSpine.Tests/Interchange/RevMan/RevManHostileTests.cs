using System.IO.Compression;
using System.Text;

namespace MetaSpine.Tests;

/// <summary>Files that are broken, or meant to harm: an error with its place, and nothing else happens.</summary>
public sealed class RevManHostileTests
{
    private const string Settings = "Analysis group,Analysis number,Analysis name,Data type,Statistical method,Effect measure,Analysis model\n1,1,Death,Dichotomous,MH,Odds Ratio,Fixed effect\n";
    private const string Rows = "Analysis group,Analysis number,Study,Experimental cases,Experimental N,Control cases,Control N\n1,1,A,4,50,9,48\n";
    private const string Csv = "Name,Data Type,Statistical Method,Effect Measure,Analysis Model,Events 1,Total 1,Events 2,Total 2,df\nDeath,DIC,MH,OR,Fixed,4,50,9,48,0\n";

    [EveryCultureTheory]
    [InlineData("", "f: the file is empty")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"b\">]><COCHRANE_REVIEW>&a;</COCHRANE_REVIEW>", "f:1:22: the file has a document type (DOCTYPE)")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE r SYSTEM \"file:///etc/passwd\"><COCHRANE_REVIEW/>", "f:1:22: the file has a document type (DOCTYPE)")]
    [InlineData("<COCHRANE_REVIEW>&lol9;</COCHRANE_REVIEW>", "f:1:19: this is no XML that can be read: Reference to undeclared entity 'lol9'")]
    [InlineData("<?xml version=\"1.0\"?>\n<COCHRANE_REVIEW>\n<ANALYSES_AND_DATA>", "f:3:20: the file ends too early")]
    [InlineData("<html><body/></html>", "f:1:2: the file is XML, but no review of RevMan: its first element is html, expected COCHRANE_REVIEW")]
    [InlineData("<COCHRANE_REVIEW></COCHRANE>", "f:1:20: this is no XML that can be read")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-99\"?><COCHRANE_REVIEW/>", "f:1:31: this is no XML that can be read")]
    [InlineData("<COCHRANE_REVIEW/>", "f:1:2: the review has neither studies nor analyses")]
    [InlineData("just words", "f:1:1: the header is not that of RevMan 5")]
    public void What_is_no_review_says_so(string text, string message) => Fault(Encoding.UTF8.GetBytes(text)).ShouldStartWith(message);

    [EveryCultureFact]
    public void A_name_with_a_code_point_that_is_no_character_has_an_id() =>
        RevManFiles.Read(Encoding.UTF8.GetBytes($"{Csv}A\uFFFEble,,,,,4,50,9,48,\n"), "f").ToReview().Studies.ShouldHaveSingleItem();

    [EveryCultureFact]
    public void Every_truncation_of_a_review_is_an_error()
    {
        var text = Encoding.UTF8.GetBytes(RevManFiles.Rm5(RevManFiles.Outcome("DICH_OUTCOME", "EFFECT_MEASURE=\"OR\" METHOD=\"MH\"", "", RevManFiles.Rows("DICH_DATA", "OR MH F", ("A", "EVENTS_1=\"4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", true)))));
        for (var length = 0; length < text.Length - 20; length += 7)
        {
            Should.Throw<StudyFileException>(() => RevManFiles.Read(text[..length], "f"));
        }
    }

    [EveryCultureFact]
    public void Bytes_of_chance_are_an_error()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            Should.Throw<StudyFileException>(() => RevManFiles.Read(bytes, "f"));
            Should.Throw<StudyFileException>(() => RevManFiles.Read([(byte)'P', (byte)'K', 3, 4, .. bytes], "f"));
            Should.Throw<StudyFileException>(() => RevManFiles.Read([.. "<COCHRANE_REVIEW "u8, .. bytes], "f"));
        }
    }

    [EveryCultureFact]
    public void Depth_does_not_overflow_the_stack() =>
        Fault(Encoding.UTF8.GetBytes($"<COCHRANE_REVIEW>{string.Concat(Enumerable.Repeat("<P>", 200_000))}")).ShouldStartWith("f:1:211: elements are nested more than 64 deep");

    [Fact]
    public void Very_many_elements_and_rows_come_to_an_end()
    {
        Fault(Encoding.UTF8.GetBytes($"<COCHRANE_REVIEW>{string.Concat(Enumerable.Repeat("<P/>", 1_000_001))}</COCHRANE_REVIEW>")).ShouldContain("the file has more than a million elements");
        var csv = $"{Csv}{string.Concat(Enumerable.Repeat("A,,,,,4,50,9,48,\n", 5_000))}";
        var review = RevManFiles.Read(Encoding.UTF8.GetBytes(csv), "f").ToReview();
        review.Studies.ShouldHaveSingleItem().Groups.Count.ShouldBe(5_000);
        var strange = $"{Csv}{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{(char)(0x4e00 + i)},,,,,4,50,9,48,\n"))}";
        RevManFiles.Read(Encoding.UTF8.GetBytes(strange), "f").ToReview().Studies.Select(study => study.Id).Distinct().Count().ShouldBe(5_000);
    }

    [EveryCultureFact]
    public void Latin_1_is_read_as_declared_and_refused_where_UTF_8_is_promised()
    {
        const string Text = "<COCHRANE_REVIEW><STUDIES_AND_REFERENCES><STUDIES><INCLUDED_STUDIES><STUDY ID=\"S\" NAME=\"Müller 2001\"/></INCLUDED_STUDIES></STUDIES></STUDIES_AND_REFERENCES></COCHRANE_REVIEW>";
        RevManFiles.Read(Encoding.Latin1.GetBytes($"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{Text}"), "f").Studies.ShouldHaveSingleItem().Name.ShouldBe("Müller 2001");
        RevManFiles.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)], "f").Studies.ShouldHaveSingleItem().Name.ShouldBe("Müller 2001");
        Fault(Encoding.Latin1.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{Text}")).ShouldStartWith("f:1:");
    }

    [EveryCultureTheory]
    [InlineData("EVENTS_1=\"x\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", "EVENTS_1 of DICH_DATA is 'x', expected a number")]
    [InlineData("EVENTS_1=\"60\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", "A has 60 events of 50 participants (Events 1) in analysis 1.1")]
    [InlineData("EVENTS_1=\"-4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", "Events 1 of A in analysis 1.1 is -4, expected a count")]
    [InlineData("EVENTS_1=\"4.5\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", "Events 1 of A in analysis 1.1 is 4.5, expected a count")]
    [InlineData("EVENTS_1=\"1e999\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", "EVENTS_1 of DICH_DATA is '1e999', expected a number")]
    public void Numbers_that_cannot_be_have_their_place(string data, string message)
    {
        var text = RevManFiles.Rm5(RevManFiles.Outcome("DICH_OUTCOME", "EFFECT_MEASURE=\"OR\" METHOD=\"MH\"", "", RevManFiles.Rows("DICH_DATA", "OR MH F", ("A", data, true))));
        Should.Throw<StudyFileException>(() => RevManFiles.Read(Encoding.UTF8.GetBytes(text), "f").ToReview()).Message.ShouldBe($"f:14:2: {message}");
    }

    [EveryCultureTheory]
    [InlineData("Effect Measure,", "", "f:1:1: the header lacks Effect Measure; the file has Name, Data Type")]
    [InlineData(",OR,", ",OR,,,,,,,,,", "f:2:1: the row has")]
    [InlineData(",MH,", ",Bayes,", "f:2:1: analysis 1.1: the statistical method 'Bayes' is not known; expected MH, IV or Peto")]
    [InlineData("Death,DIC", "Death,XYZ", "f:1:1: there is no analysis with rows of studies")]
    [InlineData("A,,,,,4", "A,,,,,\"4", "f:3:7: the quote that opens here is never closed")]
    [InlineData("A,,,,,4", "A,,,,,four", "f:3:7: 'four' is not a number")]
    public void A_CSV_that_lacks_something_says_what(string from, string to, string message)
    {
        var csv = $"{Csv}A,,,,,4,50,9,48,\n";
        csv.ShouldContain(from);
        var text = csv.Replace(from, to, StringComparison.Ordinal);
        Fault(Encoding.UTF8.GetBytes(from == "Effect Measure," ? text.Replace(",OR,", ",", StringComparison.Ordinal).Replace("A,,,,,", "A,,,,", StringComparison.Ordinal) : text)).ShouldStartWith(message);
    }

    [EveryCultureTheory]
    [InlineData("../../etc/x-data-rows.csv")]
    [InlineData("/etc/x-data-rows.csv")]
    [InlineData("..\\x-data-rows.csv")]
    [InlineData("C:\\x-data-rows.csv")]
    [InlineData("a/../../x-data-rows.csv")]
    public void Names_that_lead_out_of_a_package_are_refused(string name)
    {
        var folder = Directory.CreateTempSubdirectory("metaspine").FullName;
        var file = Path.Combine(folder, "p.zip");
        File.WriteAllBytes(file, RevManFiles.Zip((name, Rows), ("x-overall-estimates-and-settings.csv", Settings)));
        Should.Throw<StudyFileException>(() => RevManReview.Load(file)).Message.ShouldBe($"{file}/{name}: the entry's name leads out of the package; nothing was read or written. RevMan makes no such package");
        Directory.GetFileSystemEntries(folder).ShouldBe([file]);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A gigabyte of zeros is a megabyte compressed. Reading stops at fifty megabytes, whatever the entry's header promises.</summary>
    [Fact]
    public void A_gigabyte_of_zeros_is_not_unpacked()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var entry = archive.CreateEntry("x-data-rows.csv", CompressionLevel.Fastest).Open())
            {
                var zeros = new byte[1 << 20];
                for (var i = 0; i < 1024; i++)
                {
                    entry.Write(zeros);
                }
            }

            using var settings = archive.CreateEntry("x-overall-estimates-and-settings.csv").Open();
            settings.Write(Encoding.UTF8.GetBytes(Settings));
        }

        var bytes = stream.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fault(bytes).ShouldBe("f/x-data-rows.csv: the content is larger than 50 MB, and reading stopped there: this is no review");

        // The buffer doubles up to the limit: four times it at the most, and not a gigabyte.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(300L << 20);
    }

    [EveryCultureFact]
    public void A_package_within_packages_is_opened_once()
    {
        var inner = RevManFiles.Zip(("x-overall-estimates-and-settings.csv", Settings), ("x-data-rows.csv", Rows));
        RevManFiles.Read(RevManFiles.Zip(("a/x-data.zip", inner)), "f").Analyses.ShouldHaveSingleItem().Rows.ShouldHaveSingleItem().Study.ShouldBe("A");
        var deep = RevManFiles.Zip(("x-data.zip", RevManFiles.Zip(("y-data.zip", inner))));
        Fault(deep).ShouldBe("f/x-data.zip: this is no data package of RevMan Web: expected overall-estimates-and-settings.csv and data-rows.csv in it; it has y-data.zip");
    }

    [EveryCultureFact]
    public void Packages_that_lack_something_name_it()
    {
        Fault(RevManFiles.Zip(("readme.txt", "no"))).ShouldBe("f: this is no data package of RevMan Web: expected overall-estimates-and-settings.csv and data-rows.csv in it; it has readme.txt");
        Fault(RevManFiles.Zip(("x-data-rows.csv", Rows))).ShouldBe("f: the package lacks the table overall-estimates-and-settings.csv; download the whole data package again");
        Fault(RevManFiles.Zip(("x-overall-estimates-and-settings.csv", Settings), ("x-data-rows.csv", Rows.Replace("Study,", "Trial,", StringComparison.Ordinal))))
            .ShouldStartWith("f/x-data-rows.csv:1:1: the header lacks Study; the file has Analysis group, Analysis number, Trial");
        Fault(RevManFiles.Zip(("x-overall-estimates-and-settings.csv", Settings), ("x-data-rows.csv", Rows), ("y/y-data-rows.csv", Rows))).ShouldStartWith("f/y/y-data-rows.csv: the package has two files of this kind");
        Fault(RevManFiles.Zip(("x-overall-estimates-and-settings.csv", Settings), ("x-data-rows.csv", Rows.Replace(",50,", ",many,", StringComparison.Ordinal)))).ShouldStartWith("f/x-data-rows.csv:2:9: 'many' is not a number");
    }

    [EveryCultureFact]
    public void A_damaged_package_is_an_error()
    {
        var bytes = RevManFiles.Zip(("x-overall-estimates-and-settings.csv", Settings), ("x-data-rows.csv", Rows));
        for (var length = 2; length < bytes.Length - 30; length += 11)
        {
            Should.Throw<StudyFileException>(() => RevManFiles.Read(bytes[..length], "f"));
        }

        for (var at = 40; at < bytes.Length; at += 13)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0xff;
            try
            {
                _ = RevManFiles.Read(damaged, "f").ToReview();
            }
            catch (StudyFileException e)
            {
                e.Faults.ShouldNotBeEmpty();
            }
        }
    }

    private static string Fault(byte[] bytes) => Should.Throw<StudyFileException>(() => RevManFiles.Read(bytes, "f")).Message;
}
