using System.Reflection;

namespace MetaSpine.BrowserTests;

/// <summary>The report of a review, as a browser shows it.</summary>
public sealed class ReportTests(Chromium browser) : IClassFixture<Chromium>
{
    internal static readonly string Samples = Path.GetFullPath(Path.Combine(
        typeof(ReportTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "ProjectDirectory").Value!, "..", "..", "samples"));

    private static Review Vaccine => Review.Load(Path.Combine(Samples, "bcg-vaccine.yaml"));

    public static TheoryData<string> Reviews =>
        ["bcg-vaccine.yaml", "spinal-metastases/review.yaml", "conscientiousness-adherence.yaml", "stroke-stay.yaml", "warfarin-stroke.yaml"];

    [Theory]
    [MemberData(nameof(Reviews))]
    public async Task Opens_without_an_error_or_a_collision(string name)
    {
        var (page, errors) = await browser.Show(ReviewReport.Of(Review.Load(Path.Combine(Samples, name))).ToHtml());
        errors.ShouldBeEmpty();
        (await Chromium.Collisions(page)).ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_study_ticked_off_leaves_the_result_of_the_others()
    {
        var pooled = Vaccine.Analyse("risk-ratio").Pooled!;
        var (page, errors) = await browser.Show(ReviewReport.Of(Vaccine).ToHtml());
        var figure = page.Locator("figure[data-live]").First;
        var status = figure.Locator("[role=status]");
        var all = await status.TextContentAsync();
        var diamond = await figure.Locator("[data-overall]").GetAttributeAsync("points");

        await figure.Locator("g[data-study='7'][role=checkbox]").ClickAsync();
        var others = MetaAnalysis.Pool(pooled.Effects with
        {
            Studies = [.. pooled.Effects.Studies.Select((study, row) => row == 7 ? study with { Problem = "left out" } : study)],
        }).Natural;
        (await status.TextContentAsync())!.ShouldStartWith(FormattableString.Invariant(
            $"Without TPT Madras 1980: 12 studies: risk ratio {others.Estimate:0.00} (95% CI {others.Interval.Lower:0.00} to {others.Interval.Upper:0.00})"));
        (await figure.Locator("[data-overall]").GetAttributeAsync("points")).ShouldNotBe(diamond);

        // The numbers in the picture stay those of all studies, and so does an outline of their diamond.
        var outline = figure.Locator("polygon[stroke-dasharray]");
        (await outline.GetAttributeAsync("points")).ShouldBe(diamond);
        (await outline.IsVisibleAsync()).ShouldBeTrue();

        await figure.Locator("g[data-study='0'][role=checkbox]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        (await status.TextContentAsync())!.ShouldStartWith("Without Aronson 1948, TPT Madras 1980: 11 studies:");
        (await figure.Locator("g[data-study='0'][role=checkbox]").GetAttributeAsync("aria-checked")).ShouldBe("false");

        await figure.Locator("button").ClickAsync();
        (await status.TextContentAsync()).ShouldBe(all);
        (await figure.Locator("[data-overall]").GetAttributeAsync("points")).ShouldBe(diamond);
        (await outline.IsVisibleAsync()).ShouldBeFalse();
        errors.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_pointer_on_a_study_shows_its_numbers()
    {
        var (page, _) = await browser.Show(ReviewReport.Of(Vaccine).ToHtml());
        (await page.Locator("figure[data-live]").First.Locator("g[data-study='0'] title").First.TextContentAsync())!.ShouldContain("Aronson 1948");
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_hostile_name_runs_nothing()
    {
        var study = Vaccine.Studies[0] with { Label = "<img src=x onerror=\"document.title='caught'\"></script><script>document.title='caught'</script>" };
        var (page, _) = await browser.Show(ReviewReport.Of(Vaccine with { Studies = [study, .. Vaccine.Studies.Skip(1)] }).ToHtml());
        (await page.TitleAsync()).ShouldBe(Vaccine.Title);
        (await page.Locator("img").CountAsync()).ShouldBe(0);
        await page.CloseAsync();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1200)]
    public async Task The_page_fits_its_window(int width)
    {
        var (page, _) = await browser.Show(ReviewReport.Of(Vaccine).ToHtml(), width);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await page.CloseAsync();
    }

    [Fact]
    public async Task Paper_shows_what_the_screen_folds_and_nothing_is_cut_off()
    {
        var (page, _) = await browser.Show(ReviewReport.Of(Vaccine).ToHtml(), 680);
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        (await page.Locator("details:not([open])").CountAsync()).ShouldBe(0);
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await page.Locator("figcaption button").First.IsVisibleAsync()).ShouldBeFalse();

        // A4 less its margins is 178 mm, 673 pixels, wide.
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(680);
        (await page.PdfAsync(new() { Format = "A4" })).Length.ShouldBeGreaterThan(10_000);
        await page.CloseAsync();
    }

    [Fact]
    public async Task Long_addresses_leave_the_other_columns_their_room_on_paper()
    {
        var (page, _) = await browser.Show(ReviewReport.Of(Review.Load(Path.Combine(Samples, "spinal-metastases", "review.yaml"))).ToHtml(), 680);
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(680);

        // The longest remark takes ten lines; squeezed into what addresses left, thirty.
        (await page.EvaluateAsync<double>("Math.max(...[...document.querySelectorAll('td')].map(cell => cell.getBoundingClientRect().height))")).ShouldBeLessThan(180);
        await page.CloseAsync();
    }
}
