using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>The page of a whole review.</summary>
public sealed partial class ReviewReportTests
{
    private static Review Sample(params string[] path) => Review.Load(Path.Combine([TestFiles.RepositoryRoot, "samples", .. path]));

    private static readonly Review Vaccine = Sample("bcg-vaccine.yaml");

    [EveryCultureFact]
    public void The_page_in_Markdown() => Snapshot.Verify(ReviewReport.Of(Vaccine).ToMarkdown(), "md");

    [CostlyFact]
    public void The_same_review_gives_the_same_page() =>
        ReviewReport.Of(Vaccine).ToHtml().ShouldBe(ReviewReport.Of(Sample("bcg-vaccine.yaml")).ToHtml());

    [CostlyFact]
    public void Nothing_comes_from_elsewhere()
    {
        var page = ReviewReport.Of(Sample("spinal-metastases", "review.yaml")).ToHtml();
        Elsewhere().Matches(page).Select(match => match.Value).ShouldBeEmpty();
        page.ShouldContain("default-src 'none'");
    }

    [CostlyFact]
    public void A_hostile_review_stays_text()
    {
        const string hostile = "<script>alert(1)</script>";
        var study = Vaccine.Studies[0] with { Label = hostile, Notes = hostile, Citation = Vaccine.Studies[0].Citation with { Title = hostile } };
        var review = Vaccine with { Title = hostile, Notes = hostile, Studies = [study, .. Vaccine.Studies.Skip(1)] };
        var report = ReviewReport.Of(review);
        report.ToHtml().ShouldNotContain("<script>alert", Case.Insensitive);
        Regex.Count(report.ToHtml(), "<script").ShouldBe(1 + report.Analyses.Count);
        report.ToMarkdown().ShouldNotContain("\n<script");
    }

    [CostlyFact]
    public void Every_ticked_off_result_is_the_result_of_pooling_the_others()
    {
        var pooled = Vaccine.Analyse("risk-ratio").Pooled!;
        var table = LeaveOutTable.Of(pooled, []).Single();
        table.Most.ShouldBe(4);
        table.Results.Count.ShouldBe(1 + 13 + 78 + 286 + 715);
        foreach (var rows in new[] { new[] { 3 }, [0, 12], [1, 4, 7], [2, 5, 8, 11] })
        {
            var effects = pooled.Effects with
            {
                Studies = [.. pooled.Effects.Studies.Select((study, row) => rows.Contains(row) ? study with { Problem = "left out" } : study)],
            };
            var others = MetaAnalysis.Pool(effects).Natural;
            var line = table.Results[string.Join(',', rows)];
            line.Estimate.ShouldBe(others.Estimate, 1e-12);
            line.Interval.Lower.ShouldBe(others.Interval.Lower, 1e-12);
            line.Interval.Upper.ShouldBe(others.Interval.Upper, 1e-12);
        }
    }

    [CostlyTheory]
    [InlineData(3, 1)]
    [InlineData(60, 2)]
    [InlineData(200, 1)]
    [InlineData(2500, 0)]
    public void The_table_of_results_stays_small(int studies, int most)
    {
        var y = Enumerable.Range(0, studies).Select(i => Math.Sin(i)).ToArray();
        var tables = LeaveOutTable.Of(MetaAnalysis.Pool(y, [.. y.Select(_ => 0.1)], new PoolingOptions { Method = PoolingMethod.DL }), []);
        (tables.Count == 0 ? 0 : tables[0].Most).ShouldBe(most);
    }

    [CostlyFact]
    public void Judgements_of_each_tool_have_their_pictures()
    {
        Study Judged(Study study, string tool) => study with
        {
            RiskOfBias = [new RiskOfBias { Tool = tool, Domains = [new DomainJudgement { Domain = "Randomisation", Judgement = "low" }], Overall = "high" }],
        };
        var review = Vaccine with { Studies = [Judged(Vaccine.Studies[0], "rob2"), Judged(Vaccine.Studies[1], "../robins-i"), .. Vaccine.Studies.Skip(2)] };
        var names = ReviewReport.Of(review).Pictures.Select(picture => picture.Name).ToList();
        names.Take(4).ShouldBe(["risk-of-bias-1", "risk-of-bias-summary-1", "risk-of-bias-2", "risk-of-bias-summary-2"]);
        names.ShouldAllBe(name => !name.Contains('/'));
    }

    [CostlyFact]
    public void A_series_of_numbers_reads_as_one() =>
        ReviewReport.Of(Sample("spinal-metastases", "review.yaml")).ToMarkdown()
            .ShouldContain("survival at months 3, proportion 0.63; months 6, proportion 0.47; months 12, proportion 0.30; months 24, proportion 0.16 |");

    [CostlyFact]
    public void An_interval_is_headed_by_its_own_level()
    {
        var (risk, latitude) = (Vaccine.FindAnalysis("risk-ratio")!, Vaccine.FindAnalysis("latitude")!);
        ReviewReport.Of(Vaccine with { Analyses = [risk with { Level = 0.9 }] }).ToMarkdown().ShouldContain("| Pooled | 90% CI | Prediction interval |");
        var mixed = ReviewReport.Of(Vaccine with { Analyses = [risk with { Level = 0.9 }, latitude] }).ToMarkdown();
        mixed.ShouldContain("| Pooled | CI | Prediction interval |");
        mixed.ShouldContain("| 0.49 | 95%: 0.33 to 0.73 |");
    }

    [CostlyFact]
    public void An_address_may_be_broken_and_stays_whole_when_copied()
    {
        const string address = "https://example.org/a-long-address?with=parts&more=parts";
        var html = HtmlTable.Render(new Table([new("Source")], [["see " + address]]));
        html.ShouldContain("<wbr>");
        System.Net.WebUtility.HtmlDecode(html.Replace("<wbr>", "", StringComparison.Ordinal)).ShouldContain($">see {address}<");
    }

    [CostlyFact]
    public void What_analyses_of_the_same_studies_share_is_said_once()
    {
        var page = ReviewReport.Of(Vaccine).ToMarkdown();
        Regex.Count(page, "### Without each study in turn").ShouldBe(1);
        Regex.Count(page, "Whichever study is left out, direction").ShouldBe(1);
        Regex.Count(page, "- Meta-regression: ").ShouldBe(2);
        Regex.Count(page, "The pooled result is that of “Risk of tuberculosis with and without the vaccine”").ShouldBe(2);
        Regex.Count(page, "-forest.svg").ShouldBe(3);

        var other = ReviewReport.Of(Vaccine with { Analyses = [Vaccine.Analyses[0], Vaccine.Analyses[2] with { Method = "DL" }] }).ToMarkdown();
        Regex.Count(other, "### Without each study in turn").ShouldBe(2);
    }

    [CostlyFact]
    public void Every_model_is_questioned_as_far_as_it_can_be()
    {
        var page = ReviewReport.Of(Vaccine with { Analyses = [Vaccine.Analyses[0] with { Measure = "OR", Method = null, Model = "mantel-haenszel" }] }).ToMarkdown();
        page.ShouldContain("| Without | Odds ratio | 95% CI | I² |\n");
        page.ShouldContain("- Whichever study is left out, direction and conclusion stay the same.");
        page.ShouldContain("pooled so (equal effects): 0.65");
        page.ShouldContain("(risk-ratio-funnel.svg)");
    }

    [CostlyFact]
    public void Methods_that_differ_in_their_degrees_of_freedom_are_one_sentence()
    {
        var page = ReviewReport.Of(Sample("spinal-metastases", "review.yaml")).ToMarkdown();
        Regex.Count(page, "Prediction interval: estimate").ShouldBe(1);
        page.ShouldContain("t with 3, 5, 7 and 8 degrees of freedom");
        page.ShouldContain("- Are too many studies significant? PLO");
    }

    [Fact]
    public void Numbers_stay_on_their_line_and_words_may_wrap()
    {
        var html = HtmlTable.Render(new Table([new("Study"), new("95% CI", Alignment.DecimalPoint)], [["Aronson", "0.13 to 1.26"], ["Bo", "a reason that is longer than any number is"]]));
        Regex.Count(html, "nowrap").ShouldBe(1);
        html.ShouldContain("white-space:nowrap;\">0.13 to 1.26<");
    }

    [Fact]
    public void A_study_file_is_named_as_its_own_folder_sees_it() =>
        InputFile.Of(StudyFile.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "cervical-pedicle-screws.yaml")).Study!.AsReview())
            .Single().Name.ShouldBe("cervical-pedicle-screws.yaml");

    [CostlyFact]
    public void An_empty_review_says_so() =>
        ReviewReport.Of(new Review { Title = "Nothing yet" }).ToMarkdown().ShouldContain("The review has no studies yet.");

    [CostlyFact]
    public void The_inputs_are_named_with_their_hashes()
    {
        var review = Sample("spinal-metastases", "review.yaml");
        var inputs = InputFile.Of(review);
        inputs.Count.ShouldBe(29);
        inputs.ShouldAllBe(input => input.Sha256.Length == 64);
        inputs[0].Name.ShouldBe("review.yaml");
        inputs.Select(input => input.Name).ShouldContain("studies/oda2006.yaml");
        ReviewReport.Of(review, new ReviewReportOptions { Inputs = inputs }).ToMarkdown().ShouldContain(inputs[0].Sha256);
    }

    [GeneratedRegex(@"(src|href|url)\s*[=(]\s*[""']?(https?:)?//[^""')]+", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}
