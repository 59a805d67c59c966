using System.Text.Json;

namespace MetaSpine.Tests.Studies;

public sealed class SampleTests
{
    private static readonly Lazy<Review> Metastases = new(() => Review.Load(Samples.Path("spinal-metastases/review.yaml")));

    public static TheoryData<string> Names() => [.. Samples.All().Select(p => Path.GetRelativePath(Samples.Path(""), p))];

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [MemberData(nameof(Names))]
    public void Every_sample_loads_and_comes_back_from_its_own_yaml(string name)
    {
        var file = StudyFile.Load(Samples.Path(name));
        if (file.Study is { } study)
            Study.Parse(study.ToYaml()).ShouldBe(study);
        else
            Review.Parse(file.Review!.ToYaml(), "again.yaml", Path.GetDirectoryName(Samples.Path(name))).ShouldBe(file.Review);
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [MemberData(nameof(Names))]
    public void Every_finding_in_a_sample_is_explained(string name)
    {
        IntegrityCheck.Run(StudyFile.Load(Samples.Path(name))).Where(f => !f.IsWaived).ShouldBeEmpty();
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Every_percentage_in_a_sample_is_that_of_its_count()
    {
        var printed = Metastases.Value.Studies.SelectMany(study => ResultWalk.Of<DichotomousResult>(study).Select(r => (study, r.Result)))
            .Where(r => r.Result.ReportedPercent?.Value is not null).ToList();
        printed.Count.ShouldBeGreaterThan(20);
        foreach (var (study, result) in printed)
        {
            var check = Percentage.Check(result.ReportedPercent!.Text, ResultWalk.Events(study, result), ResultWalk.Count(ResultWalk.Whole(study, result))!.Value);
            check.Agrees.ShouldBeTrue($"{study.Id}: {check.Sentence}");
        }
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("regained_ambulation", "oda2006 16/18, jnsspine2004 38/51, kim2011 39/57, younsi2020 41/81, patchell2005 10/16, shehadi2007 3/4")]
    [InlineData("pain_improved",
        "oda2006 32/32, gokaslan1998 60/65, li2018 32/34, park2015 22/23, gorbacheva2023 35/38, vazifehdan2017 23/24, medicine2016 14/15, "
        + "jns2017occ 15/15, ucs1996 10/11")]
    [InlineData("neurologic_improvement", "oda2006 24/29, esj2006 179/255, gokaslan1998 35/46, gorbacheva2023 34/38, vazifehdan2017 9/13, josr2015 22/29")]
    [InlineData("complication_patients",
        "spine1999 20/80, kim2011 15/57, kanda2021 11/46, wjso2016 5/39, vazifehdan2017 5/24, ppsf2016 18/101, bulthuis2023 50/144, ohashi2018 12/18")]
    [InlineData("wound_complication", "bmcsurg2021 41/237, song2024 17/167, scielo2021 66/324, esj2011 8/118")]
    public void The_metastasis_review_holds_the_published_counts(string outcome, string expected)
    {
        // The last result of an arm of surgery is the latest; the files list timepoints in their order.
        var found = Metastases.Value.Studies.Select(s => (s.Id, Result: s.FindOutcome(outcome)?.Results.OfType<DichotomousResult>().LastOrDefault(r => r.Arm != "radiotherapy")))
            .Where(s => s.Result is not null).Select(s => $"{s.Id} {s.Result!.Events}/{s.Result.Total}");
        found.ShouldBe(expected.Split(", "), ignoreOrder: true);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void The_metastasis_review_has_its_five_analyses() => Metastases.Value.Analyses.Select(a => (a.Id, a.Measure)).ShouldBe(
        [("regained-ambulation", "PLO"), ("pain-improved", "PLO"), ("neurologic-improvement", "PLO"), ("complication-patients", "PLO"), ("wound-complication", "PLO")]);

    [Fact]
    public void The_metastasis_review_agrees_with_the_table_of_counts()
    {
        var table = Samples.InRepository("../shared/inputs/spinal-metastasis-series.csv");
        Assert.SkipUnless(File.Exists(table), "the table of counts does not lie beside this checkout");
        var studies = Metastases.Value.Studies.ToDictionary(s => s.Id);
        var rows = File.ReadLines(table).Skip(1).Select(Csv).ToList();
        studies.Keys.ShouldBe(rows.Select(r => SampleId(r[0])).Distinct(), ignoreOrder: true);
        foreach (var row in rows)
        {
            var study = studies[SampleId(row[0])];
            var counted = study.FindOutcome(row[8])!.Results.OfType<DichotomousResult>().ToList();
            var result = counted.ShouldHaveSingleItem(row, r => r.Events!.Text == row[10] && r.Total!.Text == row[11]);
            (result.ReportedPercent?.Text ?? "").ShouldBe(row[12]);
            (result.SourceOf(result.Events)!.Kind == SourceKind.Derived).ShouldBe(row[13].StartsWith("derived", StringComparison.Ordinal), row[0]);
            var isNamed = !row[1].Contains("unconfirmed", StringComparison.Ordinal) && !row[1].Contains("not shown", StringComparison.Ordinal);
            (study.Citation.Authors.Count > 0).ShouldBe(isNamed, row[0]);
            (study.Citation.Doi ?? "", row[3].StartsWith('(') ? null : row[3]).ShouldBe((row[5], study.Citation.Journal));
        }
    }

    /// <summary>The table's ids name first authors; where it does not confirm them, the sample is named after its journal.</summary>
    private static string SampleId(string id) => id switch
    {
        "jansson2006" => "esj2006",
        "wang2004" => "jnsspine2004",
        "wise1999" => "spine1999",
        "quan2011" => "esj2011",
        _ => id,
    };

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void The_bcg_trials_hold_the_counts_of_the_reference_case()
    {
        var review = Review.Load(Samples.Path("bcg-vaccine.yaml"));
        review.Studies.Count.ShouldBe(13);
        Totals(review, "tuberculosis", "bcg").ShouldBe((1065, 191_064));
        review.Studies.Select(s => s.FindModerator("latitude")!.Number).ShouldBe([44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]);
        review.Studies[1].DisplayName.ShouldBe("Ferguson & Simes 1949");

        var file = Samples.InRepository("../shared/reference/univariate/bcg-rr.json");
        Assert.SkipUnless(File.Exists(file), "the reference case does not lie beside this checkout");
        using var reference = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var (key, arm, name) in new[] { ("ai", "bcg", "events"), ("bi", "bcg", "others"), ("ci", "control", "events"), ("di", "control", "others") })
            reference.RootElement.GetProperty("data").GetProperty(key).EnumerateArray().Select(v => v.GetDouble()).ShouldBe(
                review.Studies.Select(s => s.Outcomes[0].Results.OfType<DichotomousResult>().Single(r => r.Arm == arm))
                    .Select(r => (name == "events" ? r.Events : r.NonEvents)!.Value!.Value));
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("stroke-stay.yaml", 9, "MD")]
    [InlineData("warfarin-stroke.yaml", 6, "IRR")]
    [InlineData("conscientiousness-adherence.yaml", 16, "ZCOR")]
    public void The_other_reviews_hold_their_studies(string name, int studies, string measure)
    {
        var review = Review.Load(Samples.Path(name));
        review.Studies.Count.ShouldBe(studies);
        review.Analyses[0].Measure.ShouldBe(measure);
        review.Notes!.ShouldContain("doi:10.");
        review.Analyses[0].PositionOf("measure").Line.ShouldBeGreaterThan(review.Analyses[0].Position.Line - 1);
    }

    private static (double Events, double Total) Totals(Review review, string outcome, string arm)
    {
        var results = review.Studies.Select(s => s.FindOutcome(outcome)!.Results.OfType<DichotomousResult>().Single(r => r.Arm == arm)).ToList();
        return (results.Sum(r => r.Events!.Value!.Value), results.Sum(r => r.Total!.Value!.Value));
    }

    private static string[] Csv(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.Add("");
            else
                cells[^1] += c;
        }
        return [.. cells];
    }
}

file static class RowAssertions
{
    internal static DichotomousResult ShouldHaveSingleItem(this List<DichotomousResult> results, string[] row, Func<DichotomousResult, bool> fits)
    {
        var found = results.Where(fits).ToList();
        found.Count.ShouldBe(1, string.Join(',', row));
        return found[0];
    }
}
