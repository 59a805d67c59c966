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

    private async Task Clean(Drawing drawing, string what)
    {
        var (page, errors) = await browser.Show($"<!doctype html><meta charset=\"utf-8\"><title>plot</title>{drawing.ToSvg()}");
        errors.ShouldBeEmpty(what);
        (await Chromium.Collisions(page)).ShouldBeEmpty(what);
        await page.CloseAsync();
    }
}
