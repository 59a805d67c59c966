namespace MetaSpine.Tests;

public sealed class ArmLongTableTests
{
    private const string Trials = "study,arm,events,n,year\nAronson,BCG,4,123,1948\nAronson,control,11,139,1948\nFerguson,Control,29,303,1949\nFerguson,BCG,6,306,1949\n";

    [EveryCultureFact]
    public void Two_rows_become_a_study_the_control_told_by_its_name_whatever_the_order()
    {
        var table = Read(Trials);
        table.Layout.ShouldBe(TableLayout.ArmLong);
        table.Notes.ShouldBe(["control: control (2 studies)"]);
        table.Labels.ShouldBe(["Aronson", "Ferguson"]);
        Cells(table, Measures.OR).ShouldBe("4 123 11 139|6 306 29 303");
        string.Join(", ", table.Match(Measures.OR)!.Select(match => $"{match.Input} from {match.Column}"))
            .ShouldBe("ai from events of the intervention, n1i from n of the intervention, ci from events of the control, n2i from n of the control");
        table.Predictor("year").Columns.ShouldBe(["year"]);
    }

    [EveryCultureFact]
    public void The_result_is_that_of_the_wide_table()
    {
        var wide = Read("study,ai,n1i,ci,n2i\nAronson,4,123,11,139\nFerguson,6,306,29,303\n");
        var effects = Read(Trials).Read(Measures.RR).Compute();
        effects.Studies.Select(study => (study.Label, study.Estimate, study.Variance))
            .ShouldBe(wide.Read(Measures.RR).Compute().Studies.Select(study => (study.Label, study.Estimate, study.Variance)));
    }

    [EveryCultureTheory]
    [InlineData("study,group,mean,sd,n\nA,drug,1,2,30\nA,placebo,3,4,31\n", "SMD", "1 2 30 3 4 31")]
    [InlineData("Study,Treatment,Responders,sampleSize\nA,1,5,30\nA,0,6,31\n", "OR", "5 30 6 31")]
    [InlineData("trial,arm,events,person years\nA,usual care,5,30.5\nA,usual care + app,6,31\n", "IRR", "6 31 5 30.5")]
    [InlineData("study;Arm;r;n\nA;sham tablets;5;30\nA;active;6;31\n", "OR", "6 31 5 30")]
    [InlineData("study,arm,events,n\nA,new,5,30\nA,treatment as usual,6,31\n", "OR", "5 30 6 31")]
    public void Other_numbers_and_names_are_known(string csv, string measure, string cells) => Cells(Read(csv), Measures.Find(measure)).ShouldBe(cells);

    [EveryCultureFact]
    public void Studies_written_only_once_are_filled_down_and_that_is_said()
    {
        var table = Read("study,year,arm,events,n\nOda,2006,new,4,20\n,,control,5,21\nOda,2011,new,6,30\n,,control,7,31\n");
        table.Labels.ShouldBe(["Oda 2006", "Oda 2011"]);
        Cells(table, Measures.OR).ShouldBe("4 20 5 21|6 30 7 31");
        table.Notes.ShouldBe(["control: control (2 studies)", "2 rows without a study were taken as further arms of the study above"]);
    }

    [EveryCultureFact]
    public void What_differs_between_arms_has_a_column_for_each()
    {
        var table = Read("study,arm,events,n,age,country,funder\nA,new,4,20,61.5,DE,x\nA,control,5,21,60,DE,\nB,control,5,21,62,IT,\nB,new,5,21,63,IT,y\n");
        table.ColumnNames.ShouldBe(["study", "arm.1", "arm.2", "ai", "x1i", "ci", "x2i", "n1i", "n2i", "age.1", "age.2", "country", "funder"]);
        table.Categories("funder").ShouldBe(["x", "y"]);
        table.Categories("age.2").ShouldBe(["60", "62"]);
    }

    [EveryCultureTheory]
    [InlineData("study,arm,events,n\nA,drug,4,20\nA,placebo,5,21\nB,drug,4,20\nB,placebo,5,21\nB,high dose,5,21\n",
        "f.csv:4:1: the study B has 3 arms (drug, placebo, high dose): say which two are compared with --intervention and --control")]
    [InlineData("study,arm,events,n\nA,drug,4,20\nA,other,5,21\n", "f.csv:2:1: it cannot be told which arm of the study A is the control (drug, other): name it with --control")]
    [InlineData("study,arm,events,n\nA,sham,4,20\nA,placebo,5,21\n", "f.csv:2:1: it cannot be told which arm of the study A is the control (sham, placebo)")]
    [InlineData("study,arm,events,n\nA,drug,4,20\nA,placebo,5,21\nB,drug,3,9\n", "f.csv:4:1: the study B has one arm only (drug): write both arms under the same name")]
    [InlineData("study,arm,time,events,n\nA,drug,1,4,20\nA,placebo,1,5,21\nA,Drug,2,6,20\n", "f.csv:4:3: the study A has the arm 'drug' twice (also in line 2): keep the rows of one outcome at one time")]
    [InlineData("study,arm,events,n,total\nA,drug,4,20,19\nA,placebo,5,21,21\n", "f.csv:1:20: ni may be 'n' or 'total', which differ")]
    public void Arms_that_cannot_be_paired_are_named(string csv, string message) => Should.Throw<StudyFileException>(() => Read(csv)).Message.ShouldStartWith(message);

    private const string Three = "study,arm,events,n\nA,drug,4,20\nA,placebo,5,21\nB,drug,6,22\nB,placebo,7,23\nB,high dose,8,24\nC,high dose,1,9\nC,placebo,2,9\n";

    [EveryCultureFact]
    public void Naming_both_arms_leaves_out_the_studies_that_compare_others()
    {
        var table = Read(Three, new() { Intervention = "Drug", Control = "placebo" });
        Cells(table, Measures.OR).ShouldBe("4 20 5 21|6 22 7 23");
        table.Notes.ShouldBe(["control: placebo (2 studies)", "C is left out: it does not compare Drug with placebo (it has high dose, placebo)"]);
    }

    [EveryCultureFact]
    public void An_arm_that_no_study_has_is_a_slip()
    {
        Should.Throw<ArgumentException>(() => Read(Three, new() { Control = "placbo" })).Message.ShouldBe("no study of f.csv has the arm 'placbo'; did you mean placebo?");
        Should.Throw<StudyFileException>(() => Read("study,arm,events,n\nA,drug,4,20\nA,placebo,5,21\nB,drug,6,22\nB,other,7,23\n", new() { Control = "other" }))
            .Message.ShouldStartWith("f.csv:2:1: the study A has no arm 'other' (it has drug, placebo)");
        Cells(Read("study,arm,events,n\nA,x,4,20\nA,y,5,21\n", new() { Intervention = "y" }), Measures.OR).ShouldBe("5 21 4 20");
    }

    [EveryCultureTheory]
    [InlineData("study,group,events,n\nA,cervical,4,20\nB,lumbar,5,21\n")]
    [InlineData("study,treatment,ai,n1i,ci,n2i\nA,drug,4,20,5,21\nA,other,4,20,5,21\n")]
    [InlineData("study,outcome,events,n\nA,pain,4,20\nA,death,5,21\n")]
    public void One_row_per_study_is_not_taken_for_arms(string csv) => Read(csv).Layout.ShouldBe(TableLayout.Wide);

    [EveryCultureFact]
    public void The_layout_can_be_forced_either_way()
    {
        var series = Read(Trials, new() { Layout = TableLayout.Wide });
        series.Count.ShouldBe(4);
        series.Data(Measures.PLO)["xi"].ShouldBe([4, 11, 29, 6]);
        Should.Throw<StudyFileException>(() => Read("study,xi,ni\nA,1,2\n", new() { Layout = TableLayout.ArmLong })).Message
            .ShouldStartWith("f.csv:1:1: a table with one row per arm needs a column for the arm");
        Should.Throw<StudyFileException>(() => Read(Trials).Data(Measures.PLO)).Message.ShouldContain("(read as arm-long, one row per arm; --layout wide takes each row as a study)");
    }

    [EveryCultureFact]
    public void A_map_names_the_columns_of_arms()
    {
        var map = new Dictionary<string, string> { ["label"] = "Studie", ["arm"] = "Gruppe", ["xi"] = "Ereignisse", ["ni"] = "Anzahl" };
        var table = Read("Studie;Gruppe;Ereignisse;Anzahl\nA;neu;4;20\nA;Placebo;5;1.234\n", new() { Columns = map, DecimalMark = ',' });
        Cells(table, Measures.OR).ShouldBe("4 20 5 1234");
    }

    [EveryCultureFact]
    public void A_map_of_the_inputs_of_a_study_means_one_row_per_study()
    {
        const string csv = "study,arm,events,n,c,m\nA,x,4,20,5,21\nA,y,6,22,7,23\n";
        var map = new Dictionary<string, string> { ["ai"] = "events", ["n1i"] = "n", ["ci"] = "c", ["n2i"] = "m" };
        Cells(Read(csv, new() { Columns = map }), Measures.OR).ShouldBe("4 20 5 21|6 22 7 23");
        Should.Throw<ArgumentException>(() => Read(csv, new() { Columns = map, Layout = TableLayout.ArmLong })).Message.ShouldStartWith("a table with one row per arm has no input 'ai': map label, arm, xi");
        Should.Throw<StudyFileException>(() => Read(csv)).Message.ShouldEndWith("name it with --control; if each row is a study of its own, say --layout wide");
        Should.Throw<ArgumentException>(() => Read(csv, new() { Columns = map, Layout = TableLayout.RevMan })).Message.ShouldStartWith("the columns of RevMan are known");
    }

    [EveryCultureFact]
    public void A_faulty_cell_of_an_arm_is_named_where_it_stands() =>
        Should.Throw<StudyFileException>(() => Read(Trials.Replace("29", "many", StringComparison.Ordinal)).Data(Measures.OR)).Message.ShouldStartWith("f.csv:4:18: 'many' is not a number");

    private static string Cells(StudyTable table, Measure measure)
    {
        var data = table.Data(measure);
        var inputs = measure.Family.Alternatives[0].Select(input => data[input.Column]).ToList();
        return string.Join('|', Enumerable.Range(0, table.Count).Select(i => FormattableString.Invariant($"{string.Join(' ', inputs.Select(input => FormattableString.Invariant($"{input[i]}")))}")));
    }

    private static StudyTable Read(string csv, TableOptions? options = null) => StudyTable.ReadCsv(new StringReader(csv), "f.csv", options);
}
