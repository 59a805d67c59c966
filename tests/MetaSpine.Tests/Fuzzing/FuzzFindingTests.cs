using System.Text;

namespace MetaSpine.Tests;

/// <summary>What broken inputs, or a hostile eye on the readers, once brought to light: each the smallest that showed it.</summary>
public sealed class FuzzFindingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Reading went round until the stack was full.</summary>
    [EveryCultureTheory]
    [InlineData("a.yaml", "a.yaml")]
    [InlineData("?.yaml", "a.yaml, b.yaml")]
    [InlineData("b.yaml", "a.yaml")]
    public void Reviews_that_name_each_other_as_studies_are_a_fault(string ofA, string ofB)
    {
        var a = Written("a.yaml", $"schema: metaspine/review/1\nstudies: [{ofA}]\n");
        Written("b.yaml", $"schema: metaspine/review/1\nstudies: [{ofB}]\n");
        Review.TryLoad(a, out _, out var faults).ShouldBeFalse();
        faults.ShouldHaveSingleItem().Message.ShouldBe("this file holds a review; expected a single study (read it as a review)");
    }

    /// <summary>Every way of the pattern through the folders was walked, and each found the file again: 2.7 million ways here.</summary>
    [Fact]
    public void A_pattern_of_many_stars_finds_a_file_once()
    {
        var deep = Path.Combine([_folder, .. Enumerable.Repeat("d", 12)]);
        Directory.CreateDirectory(deep);
        File.WriteAllText(Path.Combine(deep, "s.yaml"), "");
        StudyFilePattern.Find(_folder, string.Concat(Enumerable.Repeat("**/", 12)) + "*.yaml", Path.Combine(_folder, "r.yaml"), out var problem).ShouldBe([Path.Combine(deep, "s.yaml")]);
        problem.ShouldBeNull();
    }

    /// <summary>It was written as a key with nothing behind it, which reads as nothing there.</summary>
    [EveryCultureFact]
    public void An_empty_part_is_still_there_when_it_is_written_and_read_again()
    {
        var study = Study.Parse("schema: metaspine/study/1\nid: x\ndesign:\n  type:\nintegrity: {waive: }\n");
        study.Design.ShouldNotBeNull();
        Study.Parse(study.ToYaml()).ShouldBe(study);
    }

    /// <summary>YAML takes keys of more than 1024 characters only behind a question mark.</summary>
    [EveryCultureFact]
    public void A_key_of_any_length_is_written_and_read_again()
    {
        var name = new string('x', 20_000);
        var study = RobvisTable.ReadCsv(new StringReader($"Study,{name},Overall\nA,Low,Low\n"), "f.csv").Studies[0];
        Study.Parse(study.ToYaml()).RiskOfBias.ShouldBe(study.RiskOfBias);
    }

    /// <summary>Messages quoted names of a megabyte, and listed faults without end.</summary>
    [EveryCultureFact]
    public void Messages_stay_readable_whatever_they_quote()
    {
        var name = new string('x', 500_000);
        new FileFault(default, name).Message.Length.ShouldBe(4003);
        Should.Throw<StudyFileException>(() => Read($"{name},b\n1,2\n").Read(Measures.OR)).Message.Length.ShouldBeLessThan(2000);
        var many = Should.Throw<StudyFileException>(() => Read($"study,xi,ni\n{string.Concat(Enumerable.Repeat("A,x,10\n", 300))}").Read(Measures.PR));
        (many.Faults.Count, many.Message.Split('\n').Length).ShouldBe((300, 251));
        many.Message.ShouldEndWith("and 50 more faults, not shown");
        var impossible = Should.Throw<EffectDataException>(() => Read($"study,xi,ni\n{string.Concat(Enumerable.Repeat("A,20,10\n", 300))}").Read(Measures.PR).Compute());
        (impossible.Faults.Count, impossible.Message.Split('\n').Length).ShouldBe((300, 252));
    }

    /// <summary>Each long name took a table of its length times that of the mistyped one: here 40 MB.</summary>
    [Fact]
    public void A_mistyped_name_is_not_measured_against_names_of_any_length()
    {
        var table = Read($"study,dose,{new string('x', 1_000_000)}\nA,1,2\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<ArgumentException>(() => table.Predictor("doze")).Message.ShouldEndWith("did you mean dose?");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    /// <summary>Their results were put into one outcome, which no file can hold.</summary>
    [EveryCultureFact]
    public void Two_analyses_of_one_number_in_RevMan_are_a_fault()
    {
        static string Outcome(string kind, string data) => RevManFiles.Outcome($"{kind}_OUTCOME", "EFFECT_MEASURE=\"OR\" METHOD=\"MH\"", "", [$"<{kind}_DATA STUDY_ID=\"STD-A\" {data} ESTIMABLE=\"YES\"/>\n"]);
        var text = RevManFiles.Rm5(Outcome("DICH", "EVENTS_1=\"4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"") + Outcome("IV", "ESTIMATE=\"0.1\" SE=\"0.2\""));
        Should.Throw<StudyFileException>(() => RevManFiles.Read(text).ToReview()).Message.ShouldBe("review.rm5:18:2: analysis 1.1 stands here, and already at review.rm5:14:2: a review has one of each number");
    }

    /// <summary>The largest difference relative to a stored result was shown as Infinity.</summary>
    [EveryCultureFact]
    public void A_stored_result_of_next_to_nothing_has_a_finite_difference()
    {
        var text = RevManFiles.Rm5(RevManFiles.Outcome(
            "DICH_OUTCOME", "EFFECT_MEASURE=\"OR\" METHOD=\"MH\"", "",
            ["<DICH_DATA STUDY_ID=\"STD-A\" EVENTS_1=\"4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\" ESTIMABLE=\"YES\" EFFECT_SIZE=\"1e-320\" CI_START=\"0.1\" CI_END=\"1\" SE=\"0.6\" WEIGHT=\"100\"/>\n"]));
        var agreement = RevManFiles.Read(text).Agreement();
        agreement.Checks.ShouldContain(check => check.Stored == 1e-320);
        agreement.ToString().ShouldNotContain("Infinity");
    }

    /// <summary>The exact interval of no events refused the sign.</summary>
    [EveryCultureFact]
    public void A_negative_zero_is_a_zero()
    {
        var study = Study.Parse("schema: metaspine/study/1\nid: x\noutcomes: [{id: pain, type: dichotomous, results: [{events: -0, total: 10}]}]\n");
        study.AsReview().Analyse("pain").ToString().ShouldContain("0/10");
        BitConverter.DoubleToInt64Bits(Read("study,xi,ni\nA,-0,10\n").Data(Measures.PR)["xi"][0]).ShouldBe(0);
        SingleStudyIntervals.Garwood(-0.0, 10).Lower.ShouldBe(0);
    }

    [EveryCultureFact]
    public void What_is_no_term_is_quoted_in_short()
    {
        var text = $"{new string('x', 10_000)}//|";
        Should.Throw<ArgumentException>(() => RandomTerm.Parse(text)).Message.Length.ShouldBeLessThan(300);
        Should.Throw<ArgumentException>(() => ModeratorValues.Parse(text)).Message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void An_empty_file_is_no_checkpoint() =>
        Should.Throw<InvalidDataException>(() => GoshCheckpoint.Load(new MemoryStream())).Message.ShouldStartWith("This is not a checkpoint");

    /// <summary>By rounding it was 100.00000000000001.</summary>
    [Fact]
    public void I2_is_never_more_than_100_percent()
    {
        ModelSummary.Share(0.7, 5e-17).ShouldBeLessThanOrEqualTo(100);
        for (var i = 1; i < 1000; i++)
        {
            ModelSummary.Share(1.0 / i, 1e-18).ShouldBeLessThanOrEqualTo(100);
            ModelSummary.ShareOfQ(1e17 / i, 1).ShouldBeLessThanOrEqualTo(100);
        }
    }

    /// <summary>Each two letters stood for a hundred thousand: a file of 30 kB for a gigabyte, and so on.</summary>
    [CostlyFact]
    public void Names_that_BibTeX_defines_stand_for_so_much_in_a_file_and_no_more()
    {
        var text = new StringBuilder($"@string{{a = {{{new string('x', 100_000)}}}}}\n");
        for (var i = 0; i < 30; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@misc{{k{i}, note = {string.Join("#", Enumerable.Repeat("a", 50))}}}\n");
        }

        var library = ReferenceFile.Parse(text.ToString(), "bomb.bib");
        library.References.Sum(reference => reference.Notes.Sum(note => (long)note.Length)).ShouldBeInRange(100_000_000, 100_001_000);
        library.Faults[0].ToString().ShouldBe("bomb.bib:22:19: the names in this file stand for more than 100 million characters: from here on they are left as they are");
    }

    private static StudyTable Read(string csv) => StudyTable.ReadCsv(new StringReader(csv), "f.csv");

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
