namespace MetaSpine.Tests;

public sealed class RevManTableTests
{
    private const string Header = "Analysis group,Analysis number,Analysis name,Subgroup,Applicability,Study,Study year,GIV Mean,GIV SE,Experimental mean,Experimental SD,Experimental cases,Experimental N,"
        + "Control mean,Control SD,Control cases,Control N,O-E,Variance,Weight,Mean,CI start,CI end,Footnotes\n";

    [EveryCultureTheory]
    [InlineData("0,0,0,0,4,123,0,0,11,139,0,0", "OR", "ai=Experimental cases n1i=Experimental N ci=Control cases n2i=Control N", "4 123 11 139")]
    [InlineData("0,0,1.5,2,0,30,1,2.5,0,31,0,0", "MD", "m1i=Experimental mean sd1i=Experimental SD n1i=Experimental N m2i=Control mean sd2i=Control SD n2i=Control N", "1.5 2 30 1 2.5 31")]
    [InlineData("-0.5,0.2,0,0,0,0,0,0,0,0,0,0", "GEN", "yi=GIV Mean sei=GIV SE", "-0.5 0.2")]
    [InlineData("0,0,0,0,20,40,0,0,30,41,-5,10", "HR", "yi=O-E / Variance vi=1 / Variance", "-0.5 0.31622776601683794")]
    public void Each_kind_of_data_is_told_by_the_columns_in_use(string numbers, string measure, string match, string values)
    {
        var table = Read($"{Header}1,1,Death,low,SUBGROUP_AND_OVERALL,Oda,2006,{numbers},50,0,0,0,\n1,1,Death,high,SUBGROUP_AND_OVERALL,Kim,2007,{numbers},50,0,0,0,\n");
        table.Layout.ShouldBe(TableLayout.RevMan);
        table.Labels.ShouldBe(["Oda", "Kim"]);
        table.Categories("Subgroup").ShouldBe(["low", "high"]);
        table.Predictor("year").Columns.ShouldBe(["year"]);
        var data = table.Read(Measures.Find(measure)).Data;
        string.Join(' ', table.Match(Measures.Find(measure))!.Select(item => $"{item.Input}={item.Column}")).ShouldBe(match);
        string.Join(' ', data.Columns.Where(column => column != "ni").Select(column => FormattableString.Invariant($"{data[column][0]}"))).ShouldBe(values);
    }

    [EveryCultureFact]
    public void A_standard_error_of_zero_stands_for_an_effect_that_cannot_be_estimated()
    {
        const string rest = "0,0,0,0,0,0,0,0,0,0,50,0,0,0,\n";
        var table = Read($"{Header}1,1,Death,,SUBGROUP_AND_OVERALL,Oda,2006,-0.5,0.2,{rest}1,1,Death,,SUBGROUP_AND_OVERALL,Kim,2007,0,0,{rest}1,1,Death,,SUBGROUP_AND_OVERALL,Lee,2008,-0.4,0.3,{rest}");
        var result = MetaAnalysis.Pool(table.Read(Measures.GEN).Compute());
        result.StudyCount.ShouldBe(2);
        result.Excluded.Single().Label.ShouldBe("Kim");
    }

    [EveryCultureFact]
    public void Several_analyses_are_chosen_from_and_rows_that_are_not_pooled_left_out()
    {
        var csv = $"{Header}1,1,Death,,SUBGROUP_AND_OVERALL,Oda,2006,0,0,0,0,4,123,0,0,11,139,0,0,50,0,0,0,\n1,2,Pain,,SUBGROUP_AND_OVERALL,Kim,2007,0,0,0,0,5,123,0,0,11,139,0,0,50,0,0,0,\n"
            + "1,2,Pain,,SUBGROUP_ONLY,Lee,2007,0,0,0,0,6,123,0,0,11,139,0,0,50,0,0,0,\n";
        Should.Throw<StudyFileException>(() => Read(csv)).Message.ShouldBe(
            "f.csv:2:1: the file has 2 analyses: 1.1 Death; 1.2 Pain. Choose one by the values of its columns, such as --where \"Analysis number=1\"");
        var table = Read(csv, new() { Where = new Dictionary<string, string> { ["Analysis number"] = "2" } });
        table.Labels.ShouldBe(["Kim"]);
        table.Notes.ShouldHaveSingleItem().ShouldStartWith("1 row");
    }

    /// <summary>RevMan 5 and RevMan Web store their own results beside the data of Fleiss (1993), which are in both files.</summary>
    [EveryCultureFact]
    public void The_results_that_RevMan_stores_come_out_again()
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "..", "shared", "inputs", "revman", "Fleiss1993_CR.csv");
        Assert.SkipUnless(File.Exists(file), "the exports of RevMan are not beside this checkout");
        var table = StudyTable.ReadCsv(file, new() { Where = new Dictionary<string, string> { ["Outcome Number"] = "1" } });
        table.Count.ShouldBe(7);
        var pooled = MantelHaenszel.Pool(Measures.OR, table.Data(Measures.OR));
        Math.Exp(pooled.Estimate).ShouldBe(0.89686556, 5e-9);
        var means = StudyTable.ReadCsv(file, new() { Where = new Dictionary<string, string> { ["Outcome Number"] = "2" } });
        means.Candidates.ShouldContain(Measures.SMD);
        means.Count.ShouldBe(5);
        Should.Throw<StudyFileException>(() => StudyTable.ReadCsv(file)).Message.ShouldContain("1.1 Aspirin for Preventing Death after Myocardial Infarction; 1.2 Mental Health Treatment versus Control");
    }

    [EveryCultureFact]
    public void RevMan_5_has_its_subgroups_above_their_studies()
    {
        const string header = "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Events 1,Total 1,Events 2,Total 2,df,Year of study\n";
        var table = Read(header + "1,0,0,Comparison,,,,,,,\n1,1,0,Death,DIC,9,50,10,50,3,\n1,1,1,Children,,4,20,5,20,1,\n1,1,1,Oda,,4,20,5,20,,2006\n1,1,2,Adults,,5,30,5,30,1,\n1,1,2,Kim,,5,\"1,030\",5,30,,2007\n");
        table.Labels.ShouldBe(["Oda", "Kim"]);
        table.Categories("subgroup").ShouldBe(["Children", "Adults"]);
        table.Data(Measures.RR)["n1i"].ShouldBe([20, 1030]);
    }

    [EveryCultureFact]
    public void Another_header_is_not_RevMans() =>
        Should.Throw<StudyFileException>(() => Read("study,xi,ni\nA,1,2\n", new() { Layout = TableLayout.RevMan })).Message.ShouldStartWith("f.csv:1:1: the header is not one of RevMan");

    private static StudyTable Read(string csv, TableOptions? options = null) => StudyTable.ReadCsv(new StringReader(csv), "f.csv", options);
}
