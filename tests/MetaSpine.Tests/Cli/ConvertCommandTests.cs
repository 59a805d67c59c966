using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private const string Medline = "PMID- 16741452\nOWN - NLM\nTI  - Stability\nFAU - Oda, Ichiro\nAU  - Oda I\nJT  - Spine\nDP  - 2006 Jun 1\nRIN - Spine. 2010;35:1\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void Several_files_become_one()
    {
        var output = Path.Combine(_folder, "library.ris");
        var run = Run("convert", Written("a.nbib", Medline), Written("b.ris", "TY  - JOUR\nTI  - Größe\nER  - \n"), "-o", output);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe($"left out, as the format has no place for it: MEDLINE OWN (1){Environment.NewLine}2 references written{Environment.NewLine}");
        ReferenceFile.Load(output).References.Select(reference => reference.Title).ShouldBe(["Stability", "Größe"]);
        File.ReadAllBytes(output)[0].ShouldBe((byte)'T');
        File.ReadAllText(output).ShouldNotContain("\r");
    }

    [EveryCultureFact]
    public void A_file_may_be_written_over_itself()
    {
        var file = Written("a.ris", "TY - JOUR\nT1 - A\nXX - kept\nER -\n");
        Run("convert", file, "-o", file).Status.ShouldBe(0);
        File.ReadAllText(file).ShouldBe("TY  - JOUR\nTI  - A\nXX  - kept\nER  - \n\n");
    }

    [EveryCultureFact]
    public void What_was_there_stays_where_a_file_cannot_be_read()
    {
        var output = Written("out.ris", "as it was");
        var run = Run("convert", Written("a.nbib", Medline), Path.Combine(_folder, "none.ris"), "-o", output);
        run.Status.ShouldBe(1);
        run.Error.ShouldContain("none.ris: there is no such file");
        File.ReadAllText(output).ShouldBe("as it was");
    }

    [EveryCultureFact]
    public void A_broken_record_is_told_and_the_rest_is_written()
    {
        var run = Run("convert", Written("a.ris", "TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n"), "--to", "medline");
        run.Status.ShouldBe(1);
        run.Error.ShouldContain("a.ris:1:1: the record has no ER at its end");
        run.Out.ShouldContain("TI  - A\n");
        run.Out.ShouldContain("TI  - B\n");
    }

    [EveryCultureTheory]
    [InlineData("say in which format to write", "a.nbib")]
    [InlineData("No format is known by the end of the name 'x.doc'; there are .", "a.nbib", "-o", "x.doc")]
    [InlineData("There is no format 'endnote20'; there are ris, ", "a.nbib", "--to", "endnote20")]
    public void Without_a_format_it_says_which_there_are(string message, string file, params string[] options)
    {
        var run = Run(["convert", Written(file, Medline), .. options]);
        run.Status.ShouldBe(2);
        run.Error.ShouldContain(message);
    }

    [EveryCultureFact]
    public void Check_holds_a_review_against_references()
    {
        var review = Written("review.yaml", "schema: metaspine/review/1\nstudies:\n  - id: oda2006\n    citation: {authors: [Oda I], year: 2006, pmid: 16741452}\n  - id: x\n");
        var library = Written("library.nbib", Medline);
        var run = Run("check", review, "--references", library);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain($"{review}:4:52: warning retraction: Oda 2006 was retracted (Spine. 2010;35:1), says {library}:1:1;");
        run.Out.ShouldEndWith($"{library}: 1 reference, 1 of 2 studies found; without PMID, PMCID and DOI: x; 1 notice{Environment.NewLine}");

        // A study that stands in two of the files is one study.
        Run("check", review, review, "--references", library).Out.ShouldContain("1 of 2 studies found");

        Run("check", review).Out.ShouldNotContain("retract");
        Run("check", Written("t.csv", "study,xi,ni\nA,1,2\n"), "--references", library).Error.ShouldContain("is a table, which names neither");
        var broken = Run("check", review, "--references", Written("cut.ris", "TY  - JOUR\nTI  - A\n"));
        broken.Status.ShouldBe(1);
        broken.Error.ShouldContain("cut.ris:1:1: the file ends within the record");
    }

    [EveryCultureFact]
    public void Check_warns_of_what_the_study_file_says()
    {
        var run = Run("check", Written("review.yaml", "schema: metaspine/review/1\nstudies:\n  - id: oda2006\n    status: {retracted: true}\n"));
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("review.yaml:4:25: warning retraction: oda2006 was retracted, as its study file says");
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = Tool.Run(arguments, new() { In = TextReader.Null, Out = output, Error = error });
        return (status, output.ToString(), error.ToString());
    }
}
