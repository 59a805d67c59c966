using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class StudyTableTests
{
    [EveryCultureFact]
    public void Inputs_are_found_by_their_own_names_in_any_case()
    {
        var data = Table("Study,AI,N1I,CI,N2I\nOda,4,123,11,139\n").Data(Measures.OR);
        data.Label(0).ShouldBe("Oda");
        (data["ai"][0], data["n1i"][0], data["ci"][0], data["n2i"][0]).ShouldBe((4, 123, 11, 139));
    }

    [EveryCultureTheory]
    [InlineData("study,event.e,n.e,event.c,n.c\nA,1,2,3,4", "OR", "ai=event.e n1i=n.e ci=event.c n2i=n.c")]
    [InlineData("study,Events 1,Total 1,Events 2,Total 2\nA,1,2,3,4", "RR", "ai=Events 1 n1i=Total 1 ci=Events 2 n2i=Total 2")]
    [InlineData("study,events_treatment,n_treatment,events_control,n_control\nA,1,2,3,4", "RD", "ai=events_treatment n1i=n_treatment ci=events_control n2i=n_control")]
    [InlineData("study,mean.e,sd.e,n.e,mean.c,sd.c,n.c\nA,1,2,3,4,5,6", "SMD", "m1i=mean.e sd1i=sd.e n1i=n.e m2i=mean.c sd2i=sd.c n2i=n.c")]
    [InlineData("study,events,total\nA,1,2", "PLO", "xi=events ni=total")]
    [InlineData("study,mean,sd,n\nA,1,2,3", "MN", "mi=mean sdi=sd ni=n")]
    [InlineData("study,cor,n\nA,.1,20", "ZCOR", "ri=cor ni=n")]
    [InlineData("study,TE,seTE\nA,.1,.2", "GEN", "yi=TE sei=seTE")]
    [InlineData("study,yi,vi,ni\nA,.1,.2,20", "GEN", "yi=yi vi=vi ni=ni")]
    public void The_usual_names_are_known_and_the_match_says_which_was_used(string csv, string measure, string match) =>
        string.Join(' ', Table(csv).Match(Measures.Find(measure))!.Select(m => $"{m.Input}={m.Column}")).ShouldBe(match);

    [EveryCultureFact]
    public void A_map_goes_before_the_names()
    {
        var table = Table("trial,tpos,tneg,cpos,cneg\nA,4,119,11,128\n")
            .WithColumns(new Dictionary<string, string> { ["ai"] = "tpos", ["bi"] = "tneg", ["ci"] = "cpos", ["di"] = "cneg", ["label"] = "trial" });
        var effects = Measures.OR.Compute(table.Data(Measures.OR));
        effects.Studies[0].Label.ShouldBe("A");
        effects.Studies[0].Estimate.ShouldBe(Math.Log(4.0 * 128 / (119 * 11)), 1e-12);
    }

    [EveryCultureTheory]
    [InlineData("ai", "tpoz", "f.csv has no column 'tpoz'; did you mean tpos?")]
    [InlineData("n1ii", "tpos", "no measure has an input 'n1ii'; did you mean n1i?")]
    public void A_map_that_names_what_is_not_there_is_refused(string input, string column, string message) =>
        Should.Throw<ArgumentException>(() => Table("trial,tpos\nA,4\n").WithColumns(new Dictionary<string, string> { [input] = column })).Message.ShouldStartWith(message);

    [EveryCultureTheory]
    [InlineData("study,xi,ni\nA,1,2", "PR PLN PLO PRZ PAS PFT")]
    [InlineData("study,yi,sei\nA,1,2", "GEN")]
    [InlineData("study,x1i,t1i,x2i,t2i\nA,1,2,3,4", "IRR IRD IRSD")]
    [InlineData("study,events,time,n\nA,1,9,3", "PR PLN PLO PRZ PAS PFT IR IRLN IRS IRFT")]
    [InlineData("study,age\nA,1", "")]
    public void The_columns_say_which_measures_are_possible(string csv, string candidates) =>
        string.Join(' ', Table(csv).Candidates.Select(measure => measure.Code)).ShouldBe(candidates);

    [EveryCultureTheory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("na")]
    [InlineData("n/a")]
    [InlineData(".")]
    [InlineData("nr")]
    public void Missing_values_are_missing(string text)
    {
        var effects = Measures.PLO.Compute(Table($"study,xi,ni\nA,{text},20\nB,3,20\n").Data(Measures.PLO));
        effects.Studies[0].Problem.ShouldBe("xi is missing");
        effects.Studies[1].IsComputed.ShouldBeTrue();
    }

    [EveryCultureFact]
    public void All_faults_are_told_in_one_go_and_in_their_order() =>
        Should.Throw<StudyFileException>(() => Table("study,xi,ni\nA,one,20\nB,2,many\nC,three,3\n").Data(Measures.PLO))
            .Faults.Select(fault => fault.Position.Line).ShouldBe([2, 3, 4]);

    [EveryCultureTheory]
    [InlineData("", "f.csv: the file is empty: expected a header line")]
    [InlineData("study,xi,ni\n", "f.csv:1:1: there is a header but no row below it")]
    [InlineData("study,xi,ni\nA,1,2\nB,1\n", "f.csv:3:1: the row has 2 fields, but the header has 3")]
    [InlineData("study,xi,ni\nSmith, J,1,2\n", "f.csv:2:1: the row has 4 fields, but the header has 3")]
    [InlineData("study,xi,XI\nA,1,2\n", "f.csv:1:10: the column 'XI' was named before, at column 7 of the line")]
    public void A_file_that_is_no_table_says_why(string csv, string message) =>
        Should.Throw<StudyFileException>(() => Table(csv)).Message.ShouldStartWith(message);

    [EveryCultureFact]
    public void A_missing_column_is_named_with_its_meaning_and_the_way_out()
    {
        var message = Should.Throw<StudyFileException>(() => Table("study,ai,ci\nA,1,2\n").Data(Measures.OR)).Message;
        message.ShouldContain("n1i (participants in the treatment group)");
        message.ShouldContain("The file has study, ai, ci.");
        message.ShouldContain("ai=tpos");
    }

    [EveryCultureTheory]
    [InlineData("study,year,xi,ni\nOda,2006,1,2\nOda,2011,1,2", "Oda 2006|Oda 2011")]
    [InlineData("study,year,xi,ni\nOda,2006,1,2\nKim,2011,1,2", "Oda|Kim")]
    [InlineData("author,xi,ni\nOda,1,2\n,1,2", "Oda|Study 2")]
    [InlineData("xi,ni\n1,2\n1,2", "Study 1|Study 2")]
    public void Studies_are_named_so_that_they_can_be_told_apart(string csv, string labels) => string.Join('|', Table(csv).Labels).ShouldBe(labels);

    [EveryCultureFact]
    public void A_column_of_numbers_is_a_numeric_predictor_and_others_are_categories()
    {
        var table = Table("study,lat,alloc\nA,44,random\nB,NA,alternate\nC,13,random\n");
        table.Predictor("lat").Columns.ShouldBe(["lat"]);
        table.Predictor("ALLOC").Columns.ShouldBe(["ALLOC: alternate"]);
        Should.Throw<ArgumentException>(() => table.Predictor("latt")).Message.ShouldContain("did you mean lat?");
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_directory_are_told_apart()
    {
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv("nowhere.csv")).Message.ShouldBe("nowhere.csv: there is no such file");
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(".")).Message.ShouldBe(".: this is a directory: name a file");
    }

    [Fact]
    public void Whatever_the_text_there_is_a_table_or_a_fault()
    {
        var text = Gen.Elements("study", "xi", "ni", ",", ",", "\n", "\n", "\"", ";", "\t", "1", "20", "3.5", "x", " ", "\r\n", "NA", "\uFEFF", "\0", "-").ListOf()
            .Select(parts => $"study,xi,ni\n{string.Concat(parts)}");
        Prop.ForAll(text.ToArbitrary(), csv =>
        {
            try
            {
                var table = Table(csv);
                Measures.PLO.Compute(table.Data(Measures.PLO)).Count.ShouldBe(table.Count);
            }
            catch (StudyFileException fault)
            {
                fault.Message.ShouldStartWith("f.csv");
            }
            catch (EffectDataException)
            {
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    private static StudyTable Table(string csv) => StudyTable.ReadCsv(new StringReader(csv), "f.csv");
}
