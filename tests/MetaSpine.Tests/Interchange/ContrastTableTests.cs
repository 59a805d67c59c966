namespace MetaSpine.Tests;

public sealed class ContrastTableTests
{
    /// <summary>The standard normal quantile of 0.975, from tables of Abramowitz and Stegun (1964), section 26.</summary>
    private const double Z = 1.959963984540054;

    [EveryCultureFact]
    public void Odds_ratios_with_intervals_are_pooled_as_odds_ratios()
    {
        var table = Read("study,OR,lower,upper\nA,0.5,0.25,1\nB,2,1,4\n");
        table.Layout.ShouldBe(TableLayout.Contrast);
        table.Candidates.ShouldBe([Measures.OR]);
        var data = table.Read(Measures.OR);
        data.Notes.ShouldBe(["standard errors of 2 studies from the 95% interval, taken as estimate ± z x SE on the log scale"]);
        var effects = data.Compute();
        effects.Measure.Code.ShouldBe("OR");
        effects.Studies[0].Estimate.ShouldBe(Math.Log(0.5), 1e-15);
        Math.Sqrt(effects.Studies[0].Variance).ShouldBe(Math.Log(4) / (2 * Z), 1e-12);
        MetaAnalysis.Pool(effects).Natural.Estimate.ShouldBe(1, 1e-12);
    }

    [EveryCultureTheory]
    [InlineData("study,yi,vi\nA,.1,.04\nB,.3,.09", "GEN", "yi=yi vi=vi", .1, .2)]
    [InlineData("study,TE,seTE\nA,.1,.2\nB,.3,.3", "GEN", "yi=TE sei=seTE", .1, .2)]
    [InlineData("study,yi,vi\nA,.1,.04\nB,.3,.09", "OR", "yi=yi vi=vi", .1, .2)]
    [InlineData("study,logOR,SE\nA,.1,.2\nB,.3,.3", "OR", "yi=logOR sei=SE", .1, .2)]
    [InlineData("study,ln(HR),SE\nA,.1,.2\nB,.3,.3", "HR", "yi=ln(HR) sei=SE", .1, .2)]
    [InlineData("study,OR,se.log.or\nA,1,.2\nB,1,.3", "OR", "yi=OR sei=se.log.or", 0, .2)]
    [InlineData("study,Mean difference,SE\nA,.1,.2\nB,.3,.3", "MD", "yi=Mean difference sei=SE", .1, .2)]
    [InlineData("study,MD,95% CI lower,95% CI upper\nA,1,0,2\nB,1,0,2", "MD", "yi=MD lower=95% CI lower upper=95% CI upper", 1, 1 / Z)]
    [InlineData("study,hazard ratio,LCI,UCI\nA,1,0.5,2\nB,1,0.5,2", "HR", "yi=hazard ratio lower=LCI upper=UCI", 0, 0.69314718055994531 / Z)]
    [InlineData("study,HR,p\nA,0.5,0.05\nB,0.5,0.05", "HR", "yi=HR p=p", -0.69314718055994531, 0.69314718055994531 / Z)]
    [InlineData("study,SMD,ci.lb,ci.ub,ni\nA,1,0,2,40\nB,1,0,2,50", "SMD", "yi=SMD lower=ci.lb upper=ci.ub ni=ni", 1, 1 / Z)]
    [InlineData("study,r,lower,upper\nA,0,-0.5,0.5\nB,0,-0.5,0.5", "ZCOR", "yi=r lower=lower upper=upper", 0, 0.54930614433405485 / Z)]
    public void Each_form_of_precision_is_known(string csv, string measure, string match, double estimate, double error)
    {
        var table = Read(csv);
        string.Join(' ', table.Match(Measures.Find(measure))!.Select(item => $"{item.Input}={item.Column}")).ShouldBe(match);
        var effect = table.Read(Measures.Find(measure)).Compute().Studies[0];
        effect.Estimate.ShouldBe(estimate, 1e-14);
        Math.Sqrt(effect.Variance).ShouldBe(error, 1e-12);
    }

    [EveryCultureFact]
    public void Each_row_takes_what_it_has()
    {
        var data = Read("study,logOR,se,lower,upper,p\nA,1,.5,,,\nB,1,,0,2,\nC,1,NR,-,n/a,0.05\nD,1,,,,<0.001\nE,,,,,\n").Read(Measures.OR);
        data.Data["sei"].Select(error => Math.Round(error * Z, 10)).ShouldBe([Math.Round(.5 * Z, 10), 1, 1, double.NaN, double.NaN]);
        data.Notes.ShouldBe([
            "standard error of 1 study from the two-sided p-value of z = estimate / SE",
            "standard error of 1 study from the 95% interval, taken as estimate ± z x SE",
            "D: p <0.001 is a bound, from which no standard error follows",
        ]);
        data.Compute().Studies[3].IsComputed.ShouldBeFalse();
    }

    [EveryCultureTheory]
    [InlineData("study,effect,lower,upper\nA,2,1,4\n", "OR", "f.csv:1:1: the column 'effect' may hold the odds ratio or its log: name it OR or logOR, or say which with --effect-scale natural or analysis")]
    [InlineData("study,OR,lower,upper\nA,2,1,4\n", "RR", "f.csv:1:1: the column 'OR' holds estimates of OR (odds ratio), not of RR")]
    [InlineData("study,OR,se\nA,2,1\n", "OR", "f.csv:2:5: '1' may be of the odds ratio or of its log: give the interval, or the log of the estimate (yi) with its standard error (sei) (column se of A)")]
    [InlineData("study,OR,lower,upper\nA,0,0,4\n", "OR", "f.csv:2:3: '0' has no log, on which odds ratios are pooled")]
    [InlineData("study,OR,lower,upper\nA,5,1,4\n", "OR", "f.csv:2:5: The estimate must lie in its interval, but 5 is outside 1 to 4.")]
    [InlineData("study,OR,lower,upper\nA,2,4,1\n", "OR", "f.csv:2:5: ")]
    [InlineData("study,OR,p\nA,1,0.5\n", "OR", "f.csv:2:5: An estimate of exactly no effect")]
    [InlineData("study,yi,vi\nA,1,-0.5\n", "GEN", "f.csv:2:5: '-0.5' is not a variance: it must be above 0, since without sampling error the study would take all the weight; give its interval or p-value, or leave the cell empty (column vi of A)")]
    [InlineData("study,yi,vi\nA,1,0\n", "GEN", "f.csv:2:5: '0' is not a variance: it must be above 0")]
    [InlineData("study,yi,se\nA,1,-0.5\n", "GEN", "f.csv:2:5: '-0.5' is not a standard error: it must be above 0, since without sampling error the study would take all the weight; give its interval or p-value, or leave the cell empty (column se of A)")]
    [InlineData("study,yi,se\nA,1,0.0\n", "GEN", "f.csv:2:5: '0.0' is not a standard error: it must be above 0")]
    public void What_cannot_be_an_estimate_of_the_measure_is_refused(string csv, string measure, string message) =>
        Should.Throw<StudyFileException>(() => Read(csv).Read(Measures.Find(measure))).Message.ShouldStartWith(message);

    [EveryCultureFact]
    public void A_scale_that_the_name_does_not_tell_can_be_said()
    {
        const string csv = "study,effect,lower,upper\nA,2,1,4\n";
        Read(csv, new() { Scale = EstimateScale.Natural }).Data(Measures.OR)["yi"][0].ShouldBe(Math.Log(2), 1e-15);
        Read(csv, new() { Scale = EstimateScale.Analysis }).Data(Measures.OR)["yi"].ShouldBe([2]);
        Read(csv, new() { IntervalLevel = 0.9 }).Data(Measures.MD)["sei"][0].ShouldBe(1.5 / 1.6448536269514722, 1e-12);
        Read("study,prevalence,lower,upper\nA,50%,25%,75%\n").Read(Measures.PLO).Data["sei"][0].ShouldBe(Math.Log(3) / Z, 1e-12);
    }

    [EveryCultureFact]
    public void A_misprint_in_an_interval_is_remarked_on() =>
        Read("study,OR,lower,upper\nA,2,1,40\n").Read(Measures.OR).Notes[1].ShouldStartWith("A: The estimate lies 31.2% of the width from the middle of its interval");

    [EveryCultureFact]
    public void Counts_go_before_ready_estimates_unless_asked_otherwise()
    {
        const string csv = "study,ai,n1i,ci,n2i,OR,lower,upper\nA,4,123,11,139,0.4,0.1,1.2\n";
        Read(csv).Layout.ShouldBe(TableLayout.Wide);
        Read(csv).Data(Measures.OR)["ai"].ShouldBe([4]);
        var ready = Read(csv, new() { Layout = TableLayout.Contrast });
        ready.Candidates.ShouldBe([Measures.OR]);
        ready.Data(Measures.OR)["yi"][0].ShouldBe(Math.Log(0.4), 1e-15);
    }

    [EveryCultureFact]
    public void An_analysis_of_ready_estimates_shows_the_measure_and_what_was_assumed()
    {
        var result = Read("study,OR,lower,upper,risk\nA,0.5,0.25,1,low\nB,2,1,4,high\nC,1,0.5,2,low\n").Analyse(new() { Id = "x", Outcome = "x", Measure = "OR", Subgroup = "risk" });
        result.Pooled!.Natural.Estimate.ShouldBe(1, 1e-9);
        result.Subgroups.Count.ShouldBe(2);
        result.Notes.ShouldContain(note => note.StartsWith("standard errors of 3 studies from the 95% interval", StringComparison.Ordinal));
        result.ToString().ShouldContain("odds ratio");
    }

    private static StudyTable Read(string csv, TableOptions? options = null) => StudyTable.ReadCsv(new StringReader(csv), "f.csv", options);
}
