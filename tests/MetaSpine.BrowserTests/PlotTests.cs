namespace MetaSpine.BrowserTests;

/// <summary>Each plot as a browser draws it, with the browser's own fonts: no error, no text on another, none beyond the edge.</summary>
public sealed class PlotTests(Chromium browser) : IClassFixture<Chromium>
{
    public static TheoryData<string> Names => [.. Plots.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_text_touches_another_with_one_study_or_two_hundred(string name)
    {
        foreach (var count in new[] { 1, 3, 13, 60, 200 })
        {
            await Clean(Plots.Kinds[name](count, PlotTheme.Default), FormattableString.Invariant($"{name} of {count} studies"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_theme_is_as_clean(string name)
    {
        foreach (var theme in PlotTheme.All.SelectMany(theme => new[] { theme, theme.Dark }))
        {
            await Clean(Plots.Kinds[name](13, theme), $"{name} in the theme {theme.Name}");
        }
    }

    [Fact]
    public async Task A_funnel_on_any_axis_is_as_clean()
    {
        foreach (var (name, drawing) in Plots.Funnels(1).Concat(Plots.Funnels(13)).Concat(Plots.Funnels(200)))
        {
            await Clean(drawing, name);
        }
    }

    [Fact]
    public async Task Five_hundred_studies_fit_a_forest() => await Clean(Plots.Kinds["forest"](500, PlotTheme.Default), "forest of 500 studies");

    /// <summary>The checks below find what they are to find.</summary>
    [Fact]
    public async Task A_text_on_another_on_a_mark_or_beyond_the_edge_is_found()
    {
        var (page, _) = await browser.Show(
            """
            <!doctype html><meta charset="utf-8"><title>plot</title><svg width="300" height="90" xmlns="http://www.w3.org/2000/svg"><text x="10" y="20">one</text><text x="20" y="22">two</text>
            <text x="290" y="20">beyond</text><text x="10" y="60">under</text><line x1="15" y1="55" x2="60" y2="55" stroke="black"/><text x="100" y="60">clear</text><rect x="150" y="50" width="9" height="9"/></svg>
            """);
        (await Chromium.Collisions(page)).ShouldBe(["one | two", "leaves the picture: beyond", "under | line"], ignoreOrder: true);
        await page.CloseAsync();
    }

    private async Task Clean(Drawing drawing, string what)
    {
        var (page, errors) = await browser.Show($"<!doctype html><meta charset=\"utf-8\"><title>plot</title>{drawing.ToSvg()}");
        errors.ShouldBeEmpty(what);
        (await Chromium.Collisions(page)).ShouldBeEmpty(what);
        await page.CloseAsync();
    }
}
