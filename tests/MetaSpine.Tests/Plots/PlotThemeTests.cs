using System.Globalization;

namespace MetaSpine.Tests;

public sealed class PlotThemeTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => PlotTheme.All.SelectMany(theme => new[] { theme.Name, theme.Dark.Name }).Select(name => new TheoryDataRow<string>(name));

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void Text_and_marks_stand_out_from_the_paper(string name)
    {
        var theme = PlotTheme.Find(name);

        // The thresholds of WCAG 2.2: 1.4.3 for text, 1.4.11 for what is not text.
        foreach (var background in new[] { theme.Paper, theme.Band })
        {
            Contrast(theme.Ink, background).ShouldBeGreaterThan(4.5);
            Contrast(theme.Faint, background).ShouldBeGreaterThan(4.5);
        }

        string[] marks = [theme.Effect, theme.Pooled, .. theme.Palette, .. Risks(theme)];
        marks.Where(mark => Contrast(mark, theme.Paper) < 3).ShouldBeEmpty();
        theme.Contours.Where(shade => Contrast(theme.Effect, shade) < 3).ShouldBeEmpty();
    }

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_colour_vision_tells_the_colours_apart(string name)
    {
        var theme = PlotTheme.Find(name);

        theme.Palette.Count.ShouldBeGreaterThanOrEqualTo(6);
        theme.Palette.Distinct().Count().ShouldBe(theme.Palette.Count);
        theme.Contours.Distinct().Count().ShouldBe(3);
        Difference(theme.Effect, theme.Pooled).ShouldBeGreaterThan(15);
        if (!name.StartsWith("monochrome", StringComparison.Ordinal))
        {
            // A difference of 10 in CIELAB is several times what a careful eye sees; it is larger between most.
            Pairs(theme.Palette).ShouldAllBe(pair => Difference(pair.First, pair.Second) > 10);
            Pairs(Risks(theme)).ShouldAllBe(pair => Difference(pair.First, pair.Second) > 10);
        }
    }

    /// <summary>Greys are told apart by their lightness alone: neighbours on the scale of judgements by a fifth at least, on that of p-values by enough to see an edge.</summary>
    [EveryCultureFact]
    public void Shades_without_colour_stand_apart()
    {
        foreach (var theme in PlotTheme.All.SelectMany(theme => new[] { theme, theme.Dark }))
        {
            string[] shades = [.. theme.Contours, theme.Paper];
            Neighbours(shades).ShouldAllBe(pair => Contrast(pair.First, pair.Second) > 1.1, theme.Name);
        }

        foreach (var theme in new[] { PlotTheme.Monochrome, PlotTheme.Monochrome.Dark })
        {
            string[] colours = [theme.Paper, theme.Ink, theme.Faint, theme.Effect, theme.Pooled, theme.Band, .. theme.Palette, .. theme.Contours, .. Risks(theme)];
            colours.ShouldAllBe(colour => colour.Substring(1, 2) == colour.Substring(3, 2) && colour.Substring(3, 2) == colour.Substring(5, 2), theme.Name);
        }

        var risk = PlotTheme.Monochrome.Risk;
        Neighbours([risk.Low, risk.Some, risk.High, risk.Critical]).ShouldAllBe(pair => Contrast(pair.First, pair.Second) > 1.2);
    }

    [EveryCultureFact]
    public void A_theme_is_found_by_its_name_and_a_wrong_name_hints_at_the_nearest()
    {
        PlotTheme.Find("RevMan").ShouldBe(PlotTheme.RevMan);
        PlotTheme.Find("bmj-dark").ShouldBe(PlotTheme.Bmj.Dark);
        PlotTheme.Default.Dark.Dark.IsDark.ShouldBeTrue();
        PlotTheme.All.ShouldAllBe(theme => !theme.IsDark && theme.Dark.IsDark && theme.Dark.Name == theme.Name + "-dark");
        (PlotTheme.Jama with { TextSize = 15 }).Dark.TextSize.ShouldBe(15);
        Should.Throw<ArgumentException>(() => PlotTheme.Find("monochrom")).Message.ShouldContain("did you mean monochrome?");
    }

    [EveryCultureFact]
    public void A_colour_or_a_size_that_is_none_is_refused()
    {
        Should.Throw<ArgumentException>(() => PlotTheme.Default with { Ink = "\"/><script>" }).Message.ShouldContain("#rrggbb");
        Should.Throw<ArgumentException>(() => PlotTheme.Default with { Palette = ["#0072b2", "red"] }).Message.ShouldContain("'red'");
        Should.Throw<ArgumentException>(() => PlotTheme.Default with { Contours = ["#0072b2"] }).Message.ShouldContain("at least 3");
        Should.Throw<ArgumentException>(() => PlotTheme.Default.Risk with { Low = "green" }).Message.ShouldContain("'green'");
        Should.Throw<ArgumentException>(() => PlotTheme.Default with { TextSize = double.NaN }).Message.ShouldContain("5 to 100");
    }

    private static string[] Risks(PlotTheme theme) => [theme.Risk.Low, theme.Risk.Some, theme.Risk.High, theme.Risk.Critical, theme.Risk.Unclear];

    private static IEnumerable<(string First, string Second)> Pairs(IReadOnlyList<string> colours) =>
        from i in Enumerable.Range(0, colours.Count) from j in Enumerable.Range(0, i) select (colours[i], colours[j]);

    private static IEnumerable<(string First, string Second)> Neighbours(string[] colours) => colours.Zip(colours.Skip(1));

    private static double[] Linear(string colour) =>
        [.. new[] { 1, 3, 5 }.Select(at => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];

    private static double Contrast(string a, string b)
    {
        double Luminance(string colour) => Linear(colour) is [var r, var g, var blue] ? 0.2126 * r + 0.7152 * g + 0.0722 * blue : double.NaN;
        var (one, two) = (Luminance(a) + 0.05, Luminance(b) + 0.05);
        return Math.Max(one / two, two / one);
    }

    /// <summary>
    /// The smallest distance in CIELAB under usual, protan, deutan and tritan vision: the matrices for complete deficiency of
    /// Machado, Oliveira and Fernandes (2009), IEEE Transactions on Visualization and Computer Graphics 15:1291.
    /// </summary>
    private static double Difference(string a, string b)
    {
        double[][] visions =
        [
            [1, 0, 0, 0, 1, 0, 0, 0, 1],
            [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
            [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
            [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
        ];
        return visions.Min(vision => Math.Sqrt(Lab(Times(vision, Linear(a))).Zip(Lab(Times(vision, Linear(b))), (x, y) => (x - y) * (x - y)).Sum()));
    }

    private static double[] Times(double[] m, double[] v) =>
        [.. new[] { 0, 3, 6 }.Select(row => Math.Clamp(m[row] * v[0] + m[row + 1] * v[1] + m[row + 2] * v[2], 0, 1))];

    private static double[] Lab(double[] rgb)
    {
        double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
        var xyz = new[]
        {
            (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047,
            0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2],
            (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883,
        };
        return [116 * F(xyz[1]) - 16, 500 * (F(xyz[0]) - F(xyz[1])), 200 * (F(xyz[1]) - F(xyz[2]))];
    }
}
