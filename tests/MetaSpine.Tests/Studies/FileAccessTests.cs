using System.Text;

namespace MetaSpine.Tests.Studies;

public sealed class FileAccessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_missing_file_is_named() => Fault("nothing.yaml").Message.ShouldBe("the file does not exist");

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_missing_folder_is_a_missing_file() => Fault("no/where.yaml").Message.ShouldBe("the file does not exist");

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_directory_is_no_file() => Fault("").Message.ShouldStartWith("this is a directory; expected a file");

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void No_name_is_no_file()
    {
        StudyFile.TryLoad("", out _, out var faults).ShouldBeFalse();
        faults.ShouldHaveSingleItem().Message.ShouldBe("the name of the file is empty");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_fault_of_the_whole_file_has_no_line() => Fault("nothing.yaml").ToString().ShouldBe($"{Path.Combine(_folder, "nothing.yaml")}: the file does not exist");

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, 0, "the file is UTF-16 text; save it as UTF-8")]
    [InlineData(new byte[] { 0x61, 0x3A, 0x0A, 0xE9, 0x0A }, 2, "this byte is not UTF-8 text*")]
    [InlineData(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 0x00, 0x00, 0xFF }, 1, "this is a binary file; expected YAML text")]
    [InlineData(new byte[] { 0x61, 0x3A, 0x20, 0x00 }, 1, "a NUL character stands here*")]
    public void Bytes_that_are_no_text_are_refused(byte[] bytes, int line, string expected)
    {
        File.WriteAllBytes(Path.Combine(_folder, "bytes.yaml"), bytes);
        var fault = Fault("bytes.yaml");
        fault.Position.Line.ShouldBe(line);
        FaultAssertions.Matches(fault.Message, expected).ShouldBeTrue(fault.Message);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_byte_order_mark_is_no_fault()
    {
        File.WriteAllText(Path.Combine(_folder, "bom.yaml"), "schema: metaspine/study/1\nid: x\n", new UTF8Encoding(true));
        Study.Load(Path.Combine(_folder, "bom.yaml")).Id.ShouldBe("x");
    }

    [Fact]
    public void A_file_of_100_MB_is_refused_without_being_read()
    {
        using (var file = File.Create(Path.Combine(_folder, "large.yaml")))
            file.SetLength(100 * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fault("large.yaml").Message.ShouldStartWith("the file is larger than 20 MB");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2 * 1024 * 1024);
    }

    [Fact]
    public void A_long_file_is_read_in_seconds()
    {
        var study = "  - id: s{0}\n    outcomes: [{{id: pain, type: dichotomous, results: [{{events: 1, total: 2}}]}}]\n";
        var text = new StringBuilder("schema: metaspine/review/1\nstudies:\n");
        for (var i = 0; i < 20_000; i++)
            text.AppendFormat(null, study, i);
        Review.Parse(text.ToString()).Studies.Count.ShouldBe(20_000);
    }

    private FileFault Fault(string name)
    {
        StudyFile.TryLoad(Path.Combine(_folder, name), out _, out var faults).ShouldBeFalse();
        return faults.ShouldHaveSingleItem();
    }
}
