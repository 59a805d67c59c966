using System.Text;

namespace MetaSpine.Tests;

public sealed class ReferenceFileTests
{
    private const string Ris = "TY  - JOUR\nAU  - Núñez, José\nTI  - Größe “x”\nER  - \n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public void Letters_are_read_in_any_encoding_that_people_export(string name, bool hasMark)
    {
        // Windows-1252 is Latin-1 but for what stands at 128 to 159: the quotes are 147 and 148 there.
        var encoding = name == "windows-1252" ? Encoding.Latin1 : Encoding.GetEncoding(name);
        var text = name == "windows-1252" ? Ris.Replace('“', '\u0093').Replace('”', '\u0094') : Ris;
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
        try
        {
            var library = ReferenceFile.Load(path);
            var reference = library.References.ShouldHaveSingleItem();
            (reference.Title, reference.Authors[0].ToString()).ShouldBe(("Größe “x”", "Núñez J"));
            library.Notes.Count.ShouldBe(name == "windows-1252" ? 1 : 0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n \n", "the file is empty")]
    [InlineData("PK\u0003\u0004\0\0", "this is a zip file or a workbook")]
    [InlineData("\0\0\0\0", "this is not a text file")]
    [InlineData("once upon a time", "this is no file of references: expected one of the formats")]
    [InlineData("study,ai,n1i\nx,1,2\n", "this is no file of references")]
    public void What_is_no_file_of_references_says_so(string text, string message) =>
        Should.Throw<StudyFileException>(() => ReferenceFile.Parse(text, "a.dat")).Message.ShouldStartWith("a.dat: " + message);

    [Theory]
    [InlineData("TY  - JOUR\nTI  - PMID- 1\nER  - \n", ReferenceFormat.Ris)]
    [InlineData("Provider: X\n1.\nTY  - JOUR\nER  - \n", ReferenceFormat.Ris)]
    [InlineData("\n\nPMID- 12\nTI  - TY  - JOUR\n", ReferenceFormat.Medline)]
    [InlineData("FN x\nVR 1.0\nPT J\nER\n", ReferenceFormat.WebOfScience)]
    [InlineData("PT J\nTI A\nER\n", ReferenceFormat.WebOfScience)]
    public void The_content_tells_the_format_whatever_the_name(string text, ReferenceFormat format) =>
        ReferenceFile.Parse(text, "a.ris").Format.ShouldBe(format);

    [Fact]
    public void The_name_tells_it_where_the_content_does_not() =>
        ReferenceFile.Parse("JF  - X\nTI  - Y\nER  - \n", "a.RIS").References.ShouldHaveSingleItem().Title.ShouldBe("Y");

    [Fact]
    public void References_are_read_one_at_a_time_and_once()
    {
        // A text without an end: only what is asked for is read.
        using var reader = ReferenceFile.Read(new Endless(Ris), "endless.ris");
        var references = reader.Read();
        references.Take(1000).Count().ShouldBe(1000);
        Should.Throw<InvalidOperationException>(() => reader.Read()).Message.ShouldContain("open the file again");
    }

    [Theory]
    [InlineData("TY  - JOUR\nAB  - ", "x", 3_000_000)]
    [InlineData("TY  - JOUR\nAB  - x\n", "a line\n", 3_000_000)]
    [InlineData("TY  - JOUR\n", "AU  - A\n", 200_000)]
    [InlineData("PMID- 1\nTI  - x\n", "      a line\n", 3_000_000)]
    [InlineData("FN x\nPT J\nCR ", "   a line\n", 3_000_000)]
    public void An_endless_record_is_cut_and_told(string start, string rest, int times)
    {
        using var reader = ReferenceFile.Read(new Endless(rest, start, times), "endless.ris");
        reader.Read().Count().ShouldBe(1);
        reader.Faults.ShouldContain(fault => fault.Message.Contains("larger than any reference", StringComparison.Ordinal) || fault.Message.Contains("more than a million", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_are_bounded()
    {
        using var reader = ReferenceFile.Read(new Endless("TY  - JOUR\n", "", 5000), "many.ris");
        reader.Read().Count().ShouldBe(5000);
        reader.Faults.Count.ShouldBe(1001);
        reader.Faults[^1].Message.ShouldContain("more than 1000 faults");
    }

    [Fact]
    public void Cut_anywhere_a_file_gives_what_stands_before_and_no_crash()
    {
        var text = string.Concat(Enumerable.Repeat(Ris, 3));
        for (var length = 12; length < text.Length; length++)
        {
            var library = ReferenceFile.Parse(text[..length], "cut.ris");
            library.References.Count.ShouldBeInRange((length + 1) / (Ris.Length + 1), 3);
        }
    }

    [Fact]
    public void Noise_gives_faults_or_an_error_and_no_crash()
    {
        var random = new Random(1);
        string[] pieces = ["TY  - ", "ER  - ", "PMID- ", "PT J", "\n", "\r", "\0", "\uFEFF", "AU  - ", "SP  - ", "EP  - ", "10.1000/", "-", ",", ";", "|", "RAYYAN-", "1439-", "44", "🦴", "\ud800", "      ", "N1  - ", "FAU - ", "AU  - ", "DP  - ", "AID - ", " [doi]"];
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var format in new[] { ReferenceFormat.Ris, ReferenceFormat.Medline, ReferenceFormat.WebOfScience })
            {
                var references = ReferenceFile.Parse(text, "noise", format).References;
                var writer = new StringWriter();
                ReferenceFile.Write(references, writer, format);
                ReferenceFile.Parse(writer.ToString(), "noise", format).References.Count.ShouldBe(references.Count, $"{format}\n{text}\n---\n{writer}");
            }
        }
    }

    /// <summary>A text that repeats itself.</summary>
    private sealed class Endless(string text, string start = "", int times = int.MaxValue) : TextReader
    {
        private int _next;
        private int _left = times;
        private string _text = start.Length > 0 ? start : text;
        private bool _isStart = start.Length > 0;

        public override int Peek() => Move() ? _text[_next] : -1;

        public override int Read() => Move() ? _text[_next++] : -1;

        public override int Read(Span<char> buffer)
        {
            var count = 0;
            while (count < buffer.Length && Move())
            {
                var taken = Math.Min(buffer.Length - count, _text.Length - _next);
                _text.AsSpan(_next, taken).CopyTo(buffer[count..]);
                (_next, count) = (_next + taken, count + taken);
            }

            return count;
        }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int ReadBlock(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        private bool Move()
        {
            if (_next < _text.Length)
            {
                return _isStart || _left > 0;
            }

            _left -= _isStart ? 0 : 1;
            (_text, _next, _isStart) = (text, 0, false);
            return _left > 0;
        }
    }
}
