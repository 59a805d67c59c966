using System.Diagnostics;
using System.Globalization;

namespace MetaSpine.Tests;

/// <summary>Files that are made to do harm, or are no files of references at all, give faults and harm nothing.</summary>
public sealed class HostileReferenceTests
{
    private static readonly ReferenceFormat[] All = [ReferenceFormat.EndNoteXml, ReferenceFormat.PubMedXml, ReferenceFormat.BibTeX, ReferenceFormat.CslJson];

    public static TheoryData<ReferenceFormat> Formats => [.. All];

    [Fact]
    public void Entities_that_a_file_declares_are_never_read()
    {
        var secret = Path.GetTempFileName();
        File.WriteAllText(secret, "secret words");
        try
        {
            var text = $"""
                <?xml version="1.0"?>
                <!DOCTYPE xml [ <!ENTITY file SYSTEM "file://{secret}"> <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"> <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
                <!-- ]> --> <!ENTITY % more SYSTEM "http://127.0.0.1:9/x.dtd"> %more; ]>
                <xml><records><record><titles><title>&file;</title></titles></record><record><titles><title>&c;</title></titles></record>
                <record><titles><title>Good &amp; sound</title></titles></record></records></xml>
                """;
            var library = ReferenceFile.Parse(text, "bomb.xml");
            library.References.ShouldHaveSingleItem().Title.ShouldBe("Good & sound");
            library.Faults.Count.ShouldBe(3, string.Join('\n', library.Faults));
            library.Faults[0].ToString().ShouldStartWith("bomb.xml:2:17: the file declares entities of its own (<!ENTITY): they are not read");
            library.Faults.Skip(1).ShouldAllBe(fault => fault.Message.Contains("entity", StringComparison.Ordinal) && fault.Position.Line == 4);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public void Elements_and_braces_without_end_in_one_another_are_refused()
    {
        var deep = Enumerable.Range(0, 200_000);
        string Nested(string open) => string.Concat(deep.Select(_ => open));
        var cases = new[]
        {
            (ReferenceFormat.EndNoteXml, $"<xml><records><record>{Nested("<a>")}</record><record><titles><title>x</title></titles></record></records></xml>"),
            (ReferenceFormat.PubMedXml, $"<PubmedArticleSet><PubmedArticle>{Nested("<a>")}</PubmedArticle><PubmedArticle><MedlineCitation><Article><ArticleTitle>x</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"),
            (ReferenceFormat.CslJson, $"[{{\"id\":{Nested("[")}{Nested("]")}}},{{\"title\":\"x\"}}]"),
            (ReferenceFormat.BibTeX, $"@misc{{a, title = {{{Nested("{")}y{Nested("}")}}}}}\n@misc{{b, title = {{x}}}}"),
        };
        foreach (var (format, text) in cases)
        {
            var library = ReferenceFile.Parse(text, "deep", format);
            library.References[^1].Title.ShouldBe("x", format.ToString());
            (library.Faults.Count + library.References.Count).ShouldBe(2, string.Join('\n', library.Faults));
        }
    }

    [Fact]
    public void Definitions_that_double_one_another_stay_small()
    {
        var text = "@string{a0 = {xxxxxxxxxx}}\n" + string.Concat(Enumerable.Range(1, 60).Select(i => FormattableString.Invariant($"@string{{a{i} = a{i - 1} # a{i - 1}}}\n"))) + "@misc{k, title = {ok}, note = a10}";
        var library = ReferenceFile.Parse(text, "bomb.bib");
        library.References.ShouldHaveSingleItem().Title.ShouldBe("ok");
        library.Faults[0].Message.ShouldContain("is longer than any name of a journal");
        library.References[0].Notes[0].Length.ShouldBe(10240);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Megabytes_of_nothing_are_read_in_little_memory(ReferenceFormat format)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = ReferenceFile.Read(new Repeated("\0", 10_000_000), "zeros", format);
        reader.Read().ShouldBeEmpty();
        reader.Faults.Count.ShouldBe(1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Theory]
    [InlineData(ReferenceFormat.EndNoteXml, "<xml><records><record><titles><title>", "x")]
    [InlineData(ReferenceFormat.PubMedXml, "<PubmedArticleSet><PubmedArticle>", "<a b='")]
    [InlineData(ReferenceFormat.BibTeX, "@article{k, title = {", "{x")]
    [InlineData(ReferenceFormat.CslJson, "[{\"title\": \"", "x")]
    [InlineData(ReferenceFormat.CslJson, "[{\"title\": ", "[[")]
    public void A_record_without_end_is_told_and_not_kept(ReferenceFormat format, string start, string rest)
    {
        using var reader = ReferenceFile.Read(new Repeated(rest, 10_000_000 / rest.Length, start), "endless", format);
        reader.Read().ShouldBeEmpty();
        reader.Faults.ShouldHaveSingleItem().Message.ShouldContain("the file ends");
    }

    /// <summary>Work that grew with the square of their number would take minutes.</summary>
    [Theory(Timeout = 300_000)]
    [InlineData(ReferenceFormat.EndNoteXml, "<xml><records><record><notes>", "Erratum in: {0}\n", "</notes></record></records></xml>")]
    [InlineData(ReferenceFormat.EndNoteXml, "<xml><records><record>", "<titles><a{0}>x</a{0}></titles><b{0}/>", "</record></records></xml>")]
    [InlineData(ReferenceFormat.PubMedXml, "<PubmedArticleSet><PubmedArticle><MedlineCitation><CommentsCorrectionsList>", "<CommentsCorrections RefType=\"ErratumIn\"><RefSource>{0}</RefSource></CommentsCorrections>", "</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>")]
    [InlineData(ReferenceFormat.BibTeX, "@misc{{a, author = {{x", " and y{0}", "}},")]
    [InlineData(ReferenceFormat.BibTeX, "@misc{{a, ", "b{0} = c{0},\n", "")]
    [InlineData(ReferenceFormat.CslJson, "[{{\"title\": \"x\"", ", \"a{0}\": [{{}}]", "}}]")]
    public async Task Many_things_in_one_record_are_read_and_written(ReferenceFormat format, string start, string item, string end)
    {
        const int many = 50_000;
        var text = string.Format(CultureInfo.InvariantCulture, start) + string.Concat(Enumerable.Range(1, many).Select(i => string.Format(CultureInfo.InvariantCulture, item, i))) + string.Format(CultureInfo.InvariantCulture, end, 1) + (format == ReferenceFormat.BibTeX ? "}" : "");
        await Task.Run(
            () =>
            {
                var library = ReferenceFile.Parse(text, "many", format);
                library.Faults.Count.ShouldBeLessThan(1002);
                ReferenceFile.Write(library.References, TextWriter.Null, format);
                library.References.ShouldHaveSingleItem();
            },
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Noise_gives_faults_and_no_crash_and_what_was_read_can_be_written()
    {
        var random = new Random(1);
        string[] pieces =
        [
            "<xml><records>", "<record>", "</record>", "<titles><title>", "</title></titles>", "<style face='italic'>", "</style>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "]>", "&amp;", "&#0;", "&#xD800;", "&x;", "<PubmedArticle>",
            "</PubmedArticle>", "<MedlineCitation>", "<?x", "?>", "<a:b>", "xmlns='q'", "<", ">", "'", "\"", "@article{", "@string(", "@comment", "@", "key,", "author = ", "title={", "}", "{", "}}", "#", "and", ", ", "\\", "\\\"{o}", "\\'", "\\i", "$", "~",
            "[{", "\"title\":", "\"issued\":{\"date-parts\":[[", "\"author\":[{\"family\":", "]]}", "}]", "null", "1e999", "\\ud800", "\"a\"", ":", ",", "2006", "\n", "\r", "\0", "\uFEFF", "🦴", "\ud800", "year = 2006,", "month = jun", "--",
        ];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1500 && watch.Elapsed < TimeSpan.FromSeconds(20); i++)
        {
            var noise = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var format in All)
            {
                var start = format switch { ReferenceFormat.EndNoteXml => "<xml><records><record>", ReferenceFormat.PubMedXml => "<PubmedArticleSet><PubmedArticle><MedlineCitation>", ReferenceFormat.BibTeX => "@misc{", _ => "[{" };
                var end = format switch { ReferenceFormat.EndNoteXml => "</record></records></xml>", ReferenceFormat.PubMedXml => "</MedlineCitation></PubmedArticle></PubmedArticleSet>", ReferenceFormat.BibTeX => "}", _ => "}]" };
                foreach (var text in new[] { noise, start + noise + end })
                {
                    var references = ReferenceFile.Parse(text, "noise", format).References;
                    var writer = new StringWriter();
                    ReferenceFile.Write(references, writer, format);
                    var again = ReferenceFile.Parse(writer.ToString(), "noise", format);
                    again.References.Count.ShouldBe(references.Count, $"{format}\n{text}\n---\n{writer}\n{string.Join('\n', again.Faults)}");
                }
            }
        }
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><rss><channel><title>News</title></channel></rss>", "a.xml", "the file begins with <rss>")]
    [InlineData("{\"version\": 1, \"data\": []}", "a.json", "is no reference: it was left out")]
    [InlineData("[]", "a.json", null)]
    [InlineData("[1, \"a\"]", "a.json", "found a value that is no object")]
    [InlineData("% only a comment\n", "a.bib", "there is no entry in the file")]
    public void A_file_without_references_says_so(string text, string name, string? message)
    {
        var library = ReferenceFile.Parse(text, name);
        library.References.ShouldBeEmpty();
        library.Faults.Select(fault => fault.Message).FirstOrDefault(fault => message is null || fault.Contains(message, StringComparison.Ordinal)).ShouldBe(message is null ? null : library.Faults[0].Message);
    }

    /// <summary>A text that repeats itself, a number of times.</summary>
    private sealed class Repeated(string text, int times, string start = "") : TextReader
    {
        private readonly long _length = start.Length + ((long)text.Length * times);
        private long _next;

        public override int Peek() => _next < _length ? At(_next) : -1;

        public override int Read() => _next < _length ? At(_next++) : -1;

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int ReadBlock(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _length - _next);
            for (var i = 0; i < count; i++)
            {
                buffer[i] = At(_next++);
            }

            return count;
        }

        private char At(long index) => index < start.Length ? start[(int)index] : text[(int)((index - start.Length) % text.Length)];
    }
}
