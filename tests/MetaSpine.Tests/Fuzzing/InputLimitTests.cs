using System.IO.Compression;
using System.Text;

namespace MetaSpine.Tests;

/// <summary>
/// The limits that SECURITY.md states: what is just within is read, or fails for another reason, and what is just beyond is refused with the limit. Where a fault has
/// its place, that place shows where the limit is.
/// </summary>
public sealed class InputLimitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(20 * 1024 * 1024, null)]
    [InlineData((20 * 1024 * 1024) + 1, "the file is larger than 20 MB")]
    public void A_study_file_has_20_MB(int bytes, string? fault)
    {
        const string start = "schema: metaspine/study/1\nid: x\n#";
        var path = Path.Combine(_folder, "s.yaml");
        File.WriteAllText(path, start + new string('x', bytes - start.Length));
        Study.TryLoad(path, out _, out var faults);
        Holds(fault, faults);
    }

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "nested more than 32 deep")]
    public void Its_lists_are_32_deep(int depth, string? fault)
    {
        Study.TryParse($"schema: metaspine/study/1\nid: x\nnotes: {new string('[', depth - 1)}a{new string(']', depth - 1)}\n", "s.yaml", out _, out var faults);
        Holds(fault, faults, "nested more");
    }

    [Theory]
    [InlineData("id: &a x", "'&a' is a YAML anchor")]
    [InlineData("id: *a", "'*a' is a YAML alias")]
    [InlineData("id: !a x", "'!a' is a YAML tag")]
    [InlineData("id: x\nid: y", "the key 'id' stands here and already on line 2")]
    [InlineData("id: x\n---\nid: y", "a second YAML document begins here")]
    public void It_has_no_anchors_aliases_tags_repeated_keys_and_further_documents(string text, string fault)
    {
        Study.TryParse($"schema: metaspine/study/1\n{text}\n", "s.yaml", out _, out var faults);
        Holds(fault, faults);
    }

    [Theory]
    [InlineData(200, 200, "unknown key 'k200'")]
    [InlineData(201, 201, "and 1 more faults, not shown")]
    public void The_first_200_of_its_faults_are_listed(int keys, int count, string last)
    {
        Study.TryParse($"schema: metaspine/study/1\nid: x\n{string.Concat(Enumerable.Range(1, keys).Select(i => $"k{i}: 1\n"))}", "s.yaml", out _, out var faults);
        faults.Count.ShouldBe(count);
        faults[^1].Message.ShouldStartWith(last);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(61, "is not a number")]
    public void Its_numbers_have_60_characters(int length, string? fault)
    {
        Study.TryParse($"schema: metaspine/study/1\nid: x\npopulation: {{enrolled: {new string('0', length - 2)}32}}\n", "s.yaml", out _, out var faults);
        Holds(fault, faults);
    }

    /// <summary>Files that are not there are faults of their own, so that their number shows how many were looked for.</summary>
    [CostlyFact]
    public void A_review_names_20_000_files_and_100_patterns()
    {
        var path = Path.Combine(_folder, "r.yaml");
        File.WriteAllText(path, $"schema: metaspine/review/1\nstudies: [{string.Concat(Enumerable.Repeat("x, ", 20_001))}]\n");
        Review.TryLoad(path, out _, out var faults);
        faults.Count(fault => fault.Message == "the file does not exist").ShouldBe(20_000);
        faults[0].Message.ShouldBe("the review names more than 20000 study files; from here on they are not read");

        File.WriteAllText(path, $"schema: metaspine/review/1\nstudies: [{string.Concat(Enumerable.Repeat("\"*.none\", ", 101))}]\n");
        Review.TryLoad(path, out _, out faults);
        faults.Count(fault => fault.Message.StartsWith("no file is named", StringComparison.Ordinal)).ShouldBe(100);
        faults[^1].Message.ShouldStartWith("the review names its files by more than 100 patterns");
    }

    [CostlyFact]
    public void A_pattern_or_a_folder_has_20_000_files()
    {
        var files = Directory.CreateDirectory(Path.Combine(_folder, "s"));
        for (var i = 0; i <= 20_000; i++)
        {
            using var file = File.Create(Path.Combine(files.FullName, $"{i}.yaml"));
        }

        StudyFilePattern.Find(_folder, "s/*.yaml", Path.Combine(_folder, "r.yaml"), out var problem).ShouldBeEmpty();
        problem.ShouldBe("'s/*.yaml' names more than 20000 files");
        Should.Throw<StudyFileException>(() => ExtractionComparison.Load(files.FullName, files.FullName)).Message.ShouldContain("this folder holds more than 20000 files");
        File.Delete(Path.Combine(files.FullName, "0.yaml"));
        StudyFilePattern.Find(_folder, "s/*.yaml", Path.Combine(_folder, "r.yaml"), out problem).Count.ShouldBe(20_000);
    }

    /// <summary>A hundred folders are looked through once for each of the stars behind.</summary>
    [Theory]
    [InlineData(199, "no file is named")]
    [InlineData(200, "there are more than 20000 folders to look through")]
    public void A_pattern_looks_through_20_000_folders(int stars, string problem)
    {
        for (var i = 1; i < 100; i++)
        {
            Directory.CreateDirectory(Path.Combine(_folder, $"{i}"));
        }

        StudyFilePattern.Find(_folder, string.Concat(Enumerable.Repeat("**/", stars)) + "*.yaml", Path.Combine(_folder, "r.yaml"), out var found).ShouldBeEmpty();
        found!.ShouldContain(problem);
    }

    [Theory]
    [InlineData(1_000_000, null)]
    [InlineData(1_000_001, "found a field of more than a million characters")]
    public void A_cell_has_a_million_characters(int length, string? fault) => HoldsTable(fault, $"study,xi,ni\n{new string('x', length)},1,2\n");

    [Theory]
    [InlineData(20_000, null)]
    [InlineData(20_001, "found more than 20000 fields in one row")]
    public void A_row_has_20_000_cells(int cells, string? fault) =>
        HoldsTable(fault, $"{string.Join(',', Enumerable.Range(1, cells).Select(i => $"c{i}"))}\n{string.Join(',', Enumerable.Repeat("1", cells))}\n");

    /// <summary>The row that goes beyond is named, and it is the one after those that fill the table.</summary>
    [CostlyTheory]
    [InlineData(10_000, 1, "f.csv:202:1: the table is too large for one of studies: more than two million cells")]
    [InlineData(101, 9900, "f.csv:102:1: the table is too large for one of studies: more than a hundred million characters")]
    public void A_table_has_two_million_cells_and_a_hundred_million_characters(int columns, int width, string fault)
    {
        var row = string.Join(',', Enumerable.Repeat(new string('1', width), columns)) + "\n";
        var header = string.Join(',', Enumerable.Range(1, columns).Select(i => $"c{i}")) + "\n";
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(new Pieces([header, .. Enumerable.Repeat(row, 202)]), "f.csv")).Message.ShouldBe(fault);
    }

    [Theory]
    [InlineData(64, "the review has neither studies nor analyses")]
    [InlineData(65, "elements are nested more than 64 deep")]
    public void Elements_of_RevMan_are_64_deep(int depth, string fault) =>
        HoldsRevMan(fault, Encoding.UTF8.GetBytes($"<COCHRANE_REVIEW>{string.Concat(Enumerable.Repeat("<P>", depth))}{string.Concat(Enumerable.Repeat("</P>", depth))}</COCHRANE_REVIEW>"));

    [CostlyTheory]
    [InlineData(999_999, "the review has neither studies nor analyses")]
    [InlineData(1_000_000, "the file has more than a million elements")]
    public void There_are_a_million_of_them(int within, string fault) =>
        HoldsRevMan(fault, Encoding.UTF8.GetBytes($"<COCHRANE_REVIEW>{string.Concat(Enumerable.Repeat("<P/>", within))}</COCHRANE_REVIEW>"));

    [CostlyTheory]
    [InlineData(100 * 1024 * 1024, "found a NUL character")]
    [InlineData((100 * 1024 * 1024) + 1, "the content is larger than 100 MB")]
    public void A_file_of_RevMan_has_100_MB(int bytes, string fault)
    {
        var path = Path.Combine(_folder, "r.rm5");
        using (var file = File.Create(path))
        {
            file.SetLength(bytes);
        }

        Should.Throw<StudyFileException>(() => RevManReview.Load(path)).Message.ShouldContain(fault);
    }

    /// <summary>The entry is a thousandth of its size in the package.</summary>
    [CostlyTheory]
    [InlineData(50 * 1024 * 1024, "found a NUL character")]
    [InlineData((50 * 1024 * 1024) + 1, "the content is larger than 50 MB")]
    public void An_entry_of_a_package_has_50_MB(int bytes, string fault)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var rows = archive.CreateEntry("x-data-rows.csv", CompressionLevel.Fastest).Open())
            {
                rows.Write(new byte[bytes]);
            }

            using var settings = archive.CreateEntry("x-overall-estimates-and-settings.csv").Open();
            settings.Write("Analysis group,Analysis number\n1,1\n"u8);
        }

        stream.Length.ShouldBeLessThan(1024 * 1024);
        HoldsRevMan(fault, stream.ToArray());
    }

    [Theory]
    [InlineData(10_000, "this is no data package of RevMan Web")]
    [InlineData(10_001, "the package has 10001 entries")]
    public void A_package_has_10_000_entries(int entries, string fault) => HoldsRevMan(fault, RevManFiles.Zip([.. Enumerable.Range(1, entries).Select(i => ($"{i}", ""))]));

    public static TheoryData<string, string, string> Records => new()
    {
        { "a.ris", Ris(9, "a"), "" },
        { "a.ris", Ris(10, "a"), "the record is larger than any reference can be" },
        { "a.ris", $"TY  - JOUR\nAB  - {new string('x', 999_994)}\nER  - \n", "" },
        { "a.ris", $"TY  - JOUR\nAB  - {new string('x', 999_995)}\nER  - \n", "the line has more than a million characters" },
        { "a.ris", $"TY  - JOUR\n{string.Concat(Enumerable.Repeat("KW  - a\n", 99_999))}ER  - \n", "" },
        { "a.ris", $"TY  - JOUR\n{string.Concat(Enumerable.Repeat("KW  - a\n", 100_001))}ER  - \n", "the record is larger than any reference can be" },
        { "a.json", $"[{{\"title\":\"{new string('x', 9_999_988)}\"}}]", "" },
        { "a.json", $"[{{\"title\":\"{new string('x', 9_999_989)}\"}}]", "the record is larger than any reference can be" },
        { "a.json", $"[{{\"title\":\"x\",\"a\":{new string('[', 63)}{new string(']', 63)}}}]", "" },
        { "a.json", $"[{{\"title\":\"x\",\"a\":{new string('[', 64)}{new string(']', 64)}}}]", "the record is not well-formed JSON" },
        { "a.xml", EndNote($"{string.Concat(Enumerable.Repeat("<a>", 63))}{string.Concat(Enumerable.Repeat("</a>", 63))}"), "" },
        { "a.xml", EndNote($"{string.Concat(Enumerable.Repeat("<a>", 64))}{string.Concat(Enumerable.Repeat("</a>", 64))}"), "elements stand in one another more than 64 deep" },
        { "a.bib", $"@string{{a = {{{new string('x', 100_000)}}}}}\n@misc{{k, title = {{x}}}}", "" },
        { "a.bib", $"{string.Concat(Enumerable.Range(1, 100_000).Select(i => $"@string{{a{i} = 1}}"))}\n@misc{{k, title = {{x}}}}", "" },
        { "a.bib", $"{string.Concat(Enumerable.Range(1, 100_001).Select(i => $"@string{{a{i} = 1}}"))}\n@misc{{k, title = {{x}}}}", "there are more than 100000 definitions" },
        { "a.bib", $"@string{{a = {{{new string('x', 100_001)}}}}}\n@misc{{k, title = {{x}}}}", "is longer than any name of a journal" },
    };

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void Records_of_references_have_limits(string name, string text, string fault) => Holds(fault.Length == 0 ? null : fault, ReferenceFile.Parse(text, name).Faults);

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1001)]
    [InlineData(1002, 1001)]
    public void The_first_1000_faults_of_references_are_listed_and_that_there_are_more(int objects, int count) =>
        ReferenceFile.Parse($"[{string.Join(',', Enumerable.Repeat("1", objects))}]", "a.json").Faults.Count.ShouldBe(count);

    [CostlyTheory]
    [InlineData(Batch.LongestLine, "unsupported-kind")]
    [InlineData(Batch.LongestLine + 1, "line-too-long")]
    public void A_request_has_32_million_characters(int length, string code)
    {
        const string start = "{\"kind\":\"", end = "\"}";
        var answers = new StringWriter();
        Batch.Run(new StringReader(start + new string('x', length - start.Length - end.Length) + end), answers);
        answers.ToString().ShouldContain($"\"code\":\"{code}\"");
    }

    [Theory]
    [InlineData(64, "missing-field")]
    [InlineData(65, "bad-json")]
    public void A_request_is_nested_64_deep(int depth, string code) =>
        Batch.Answer($"{{\"remark\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}").ShouldContain($"\"code\":\"{code}\"");

    public static TheoryData<string, string?> Formulas => new()
    {
        { "~ x".PadRight(2000), null },
        { "~ x".PadRight(2001), "a formula has at most 2000 characters" },
        { $"~ {Sum('v', 60)}", null },
        { $"~ {Sum('v', 61)}", "a formula has at most 60 variables" },
        { $"~ {new string('(', 50)}x{new string(')', 50)}", null },
        { $"~ {new string('(', 51)}x{new string(')', 51)}", "brackets" },
        { $"~ ({Sum('a', 8)})*({Sum('b', 8)})*({Sum('c', 25)})", null },
        { $"~ ({Sum('a', 8)})*({Sum('b', 8)})*({Sum('c', 26)})", "this makes more interactions than any set of studies can tell apart" },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_formula_has_2000_characters_60_variables_50_brackets_and_2000_interactions(string formula, string? fault)
    {
        if (fault is null)
        {
            Formula.Parse(formula).ShouldNotBeNull();
        }
        else
        {
            Should.Throw<FormulaException>(() => Formula.Parse(formula)).Message.ShouldContain(fault);
        }
    }

    [CostlyTheory]
    [InlineData(5000, null)]
    [InlineData(5001, "5001 effects depend on each other in one cluster; covariances of at most 5000 are held")]
    public void Correlated_sampling_errors_are_of_5000_effects_a_cluster(int effects, string? fault)
    {
        SamplingCovariance Assumed() => SamplingCovariance.WithinClusters([.. Enumerable.Repeat(1.0, effects)], Predictor.Categorical("study", [.. Enumerable.Repeat("a", effects)]), 0.5);
        if (fault is null)
        {
            Assumed().ShouldNotBeNull();
        }
        else
        {
            Should.Throw<ArgumentException>(Assumed).Message.ShouldStartWith(fault);
        }
    }

    private static string Sum(char name, int count) => string.Join(" + ", Enumerable.Range(1, count).Select(i => $"{name}{i}"));

    private static string Ris(int million, string text) => $"TY  - JOUR\n{string.Concat(Enumerable.Repeat($"AB  - {new string(text[0], 999_990)}\n", million))}AB  - {new string(text[0], 90)}\nER  - \n";

    private static string EndNote(string within) => $"<xml><records><record><titles><title>x</title></titles>{within}</record></records></xml>";

    private static void Holds(string? fault, IReadOnlyList<FileFault> faults, string? other = null)
    {
        if (fault is null)
        {
            faults.Where(each => other is null || each.Message.Contains(other, StringComparison.Ordinal)).ShouldBeEmpty();
        }
        else
        {
            faults.Select(each => each.Message).ShouldContain(message => message.Contains(fault));
        }
    }

    private static void HoldsTable(string? fault, string csv)
    {
        if (fault is null)
        {
            StudyTable.ReadCsv(new StringReader(csv), "f.csv").Count.ShouldBe(1);
        }
        else
        {
            Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(new StringReader(csv), "f.csv")).Message.ShouldContain(fault);
        }
    }

    private static void HoldsRevMan(string fault, byte[] bytes) => Should.Throw<StudyFileException>(() => RevManFiles.Read(bytes, "f")).Message.ShouldContain(fault);

    /// <summary>Texts one after another, without the whole in memory.</summary>
    private sealed class Pieces(IReadOnlyList<string> pieces) : TextReader
    {
        private int _piece, _next;

        public override int Peek()
        {
            while (_piece < pieces.Count && _next == pieces[_piece].Length)
            {
                (_piece, _next) = (_piece + 1, 0);
            }

            return _piece < pieces.Count ? pieces[_piece][_next] : -1;
        }

        public override int Read()
        {
            var next = Peek();
            _next++;
            return next;
        }
    }
}
