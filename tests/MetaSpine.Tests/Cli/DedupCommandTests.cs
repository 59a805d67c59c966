using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class DedupCommandTests : IDisposable
{
    private const string Embase = """
        TY  - JOUR
        TI  - Decompressive surgery for spinal metastases: a cohort
        AU  - Hartmann, J.
        JO  - Journal of Spinal Oncology
        PY  - 2014
        VL  - 21
        SP  - 301
        EP  - 309
        N1  - Duplicate
        ER  - 

        TY  - JOUR
        TI  - Stereotactic radiosurgery of renal metastases in the spine
        AU  - Ito, M.
        JO  - Acta Neurologica
        PY  - 2010
        ER  - 

        """;

    private const string PubMed = """
        PMID- 11112222
        TI  - Decompressive surgery for spinal metastases: a cohort.
        FAU - Hartmann, Jana
        TA  - J Spinal Oncol
        DP  - 2014 Mar
        VI  - 21
        PG  - 301-9

        PMID- 11113333
        TI  - Stereotactic radiosurgery of renal metastases in the spine.
        FAU - Ito, Mika
        JT  - Pain and function
        DP  - 2010

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void One_record_for_each_report_with_reasons_and_questions()
    {
        var (unique, ask, merges) = (Path.Combine(_folder, "unique.ris"), Path.Combine(_folder, "ask.csv"), Path.Combine(_folder, "merges.csv"));
        var run = Run("dedup", Written("e.ris", Embase), Written("p.nbib", PubMed), "-o", unique, "--review", ask, "--report", merges);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ReplaceLineEndings(" ").ShouldContain("4 records: 3 reports. 1 report has more than one record; 1 record was merged into others. 1 pair needs a person; none of these was merged.");
        run.Out.ShouldContain("title and page agree, nothing contradicts");
        ReferenceFile.Load(unique).References.Select(reference => reference.Pmid).ShouldBe(["11112222", null, "11113333"]);
        File.ReadAllLines(ask).Length.ShouldBe(2);
        File.ReadAllText(ask).ShouldContain(",venues,");
        File.ReadAllText(merges).ShouldContain("e.ris:1:1,");
        File.ReadAllText(merges).ShouldContain(",place,");
    }

    [EveryCultureFact]
    public void The_records_go_to_standard_output_and_the_summary_beside_them()
    {
        var run = Run("dedup", Written("e.ris", Embase), "--to", "ris");
        run.Status.ShouldBe(0);
        run.Out.ShouldStartWith("TY  - JOUR");
        run.Error.ShouldContain("2 records: 2 reports.");
        Run("dedup", Written("e.ris", Embase), "--format", "json").Out.ShouldContain("\"unique\": 2");
    }

    [EveryCultureFact]
    public void A_score_says_what_was_missed()
    {
        var run = Run("dedup", Written("e.ris", Embase), "--score", "duplicate");
        run.Status.ShouldBe(0, run.Error);
        run.Error.ShouldContain("sensitivity 0.0000 (0 of 1 labelled record); specificity 1.0000 (1 of 1 other record)");
        run.Error.ShouldContain("e.ris:1:1: Decompressive surgery");
        Run("dedup", Written("e.ris", Embase), "--score", "dup").ShouldSatisfyAllConditions(none => none.Status.ShouldBe(1), none => none.Error.ShouldContain("no record has the label 'dup'"));
    }

    [EveryCultureFact]
    public void What_cannot_be_written_or_read_is_told()
    {
        var file = Written("e.ris", Embase);
        Run("dedup", file, "--review", Path.Combine(_folder, "ask.xlsx")).ShouldSatisfyAllConditions(wrong => wrong.Status.ShouldBe(2), wrong => wrong.Error.ShouldContain("ask.xlsx: a table is written as .csv"));
        Run("dedup", file, "-o", Path.Combine(_folder, "unique.doc")).Status.ShouldBe(2);
        Run("dedup", Path.Combine(_folder, "none.ris")).Status.ShouldBe(1);
        Run("dedup", file, "--format", "jsn").ShouldSatisfyAllConditions(wrong => wrong.Status.ShouldBe(2), wrong => wrong.Error.ShouldContain("did you mean json?"));
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = new StringReader(""), Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
