using Microsoft.Playwright;

namespace MetaSpine.BrowserTests;

/// <summary>A forest plot in a page answers to clicks: with subgroups, in the dark, with few studies and below zero.</summary>
public sealed class LivePictureTests(Chromium browser) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_study_of_a_subgroup_leaves_its_subgroup_and_the_whole()
    {
        var trials = Review.Load(Path.Combine(ReportTests.Samples, "bcg-vaccine.yaml"));
        var analysis = trials.Analyse("allocation");
        var (page, errors) = await browser.Show(ForestPage.Html(analysis, new() { Theme = PlotTheme.Bmj.Dark }));
        var before = await Shapes(page);
        before.Count.ShouldBe(4);

        await page.Locator("g[data-study='7'][role=checkbox]").ClickAsync();
        var lines = (await page.Locator("[role=status]").TextContentAsync())!.Split('\n');
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("Without TPT Madras 1980: 12 studies: risk ratio " + Numbers(Without(analysis.Pooled!, 7)));
        lines[1].ShouldStartWith("random: 6 studies: risk ratio " + Numbers(Without(analysis.Subgroups.Single(group => group.Name == "random").Pooled!, 7)));
        var after = await Shapes(page);
        Enumerable.Range(0, 4).Select(i => before[i] != after[i]).ShouldBe([true, false, false, true]);
        (await page.Locator("polygon[stroke-dasharray]:visible").CountAsync()).ShouldBe(2);

        await page.Locator("button").ClickAsync();
        (await Shapes(page)).ShouldBe(before);
        errors.ShouldBeEmpty();
        await page.CloseAsync();
    }

    /// <summary>Of three studies one can be left out; without two there is nothing to show but the outline of all.</summary>
    [Fact]
    public async Task Where_one_study_is_left_there_is_no_pooled_result()
    {
        var pooled = MetaAnalysis.Pool(Measures.MD.Compute(new EffectData(["A", "B", "C"])
        {
            ["m1i"] = [5, 6, 4], ["sd1i"] = [2, 2, 3], ["n1i"] = [40, 50, 30], ["m2i"] = [7, 7, 7], ["sd2i"] = [2, 3, 2], ["n2i"] = [40, 50, 30],
        }));
        var (page, errors) = await browser.Show(ForestPage.Html(pooled, new() { Theme = PlotTheme.Jama.Dark }));
        var (status, diamond) = (page.Locator("[role=status]"), page.Locator("[data-overall]"));
        var all = await status.TextContentAsync();
        all!.ShouldStartWith("3 studies: mean difference −");
        all.ShouldNotContain(" -");

        await page.Locator("g[data-study='0'][role=checkbox]").ClickAsync();
        (await status.TextContentAsync())!.ShouldStartWith("Without A: 2 studies: mean difference −");
        await page.Locator("g[data-study='2'][role=checkbox]").ClickAsync();
        (await status.TextContentAsync()).ShouldBe("Without A, C: fewer than two studies are left, and nothing is pooled.");
        (await diamond.IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator("polygon[stroke-dasharray]").IsVisibleAsync()).ShouldBeTrue();

        await page.Locator("g[data-study='0'][role=checkbox]").ClickAsync();
        (await status.TextContentAsync())!.ShouldStartWith("Without C: 2 studies:");
        (await diamond.IsVisibleAsync()).ShouldBeTrue();
        errors.ShouldBeEmpty();
        await page.CloseAsync();
    }

    /// <summary>Mantel and Haenszel's estimate has no tau^2, and answers too.</summary>
    [Fact]
    public async Task Models_for_counts_answer()
    {
        var effects = Plots.Trials(13);
        var (page, errors) = await browser.Show(ForestPage.Html(MantelHaenszel.Pool(Measures.RR, effects.Data)));
        await page.Locator("g[data-study='4'][role=checkbox]").ClickAsync();
        var others = MantelHaenszel.Pool(Measures.RR, Plots.Trials(13).Data).LeaveOneOut().Subsets.Single(subset => subset.Rows is [4]).Natural!.Value;
        (await page.Locator("[role=status]").TextContentAsync())!.ShouldContain("12 studies: risk ratio " + Numbers(others));
        errors.ShouldBeEmpty();
        await page.CloseAsync();
    }

    private static NaturalResult Without(PooledResult pooled, int row) => MetaAnalysis.Pool(
        pooled.Effects with { Studies = [.. pooled.Effects.Studies.Select((study, i) => i == row ? study with { Problem = "left out" } : study)] }, pooled.Options).Natural;

    private static string Numbers(NaturalResult result) =>
        FormattableString.Invariant($"{result.Estimate:0.00} (95% CI {result.Interval.Lower:0.00} to {result.Interval.Upper:0.00})");

    private static async Task<IReadOnlyList<string?>> Shapes(IPage page) =>
        await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-overall],[data-subgroup]')].map(shape => shape.getAttribute('points'))");
}
