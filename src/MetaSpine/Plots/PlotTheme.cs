using System.Buffers;

namespace MetaSpine;

/// <summary>
/// The colours and sizes of the drawings. Colours are "#rrggbb". In every theme the text stands out from the paper by a contrast
/// of at least 4.5 and the marks by at least 3 (WCAG 2.2, 1.4.3 and 1.4.11), and what colours tell apart, shapes tell apart too.
/// </summary>
/// <example><code>
/// ForestPlot.Draw(result, new() { Theme = PlotTheme.RevMan });
/// FunnelPlot.Draw(result, new() { Theme = PlotTheme.Default.Dark });
/// </code></example>
public sealed record PlotTheme
{
    // Stands first, because the themes below are checked with it.
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Blue effects and vermilion summaries, the pair of Okabe and Ito that every kind of colour vision tells apart.</summary>
    public static PlotTheme Default { get; } = new();

    /// <summary>Blue squares and black diamonds on white, as readers of Cochrane reviews know them.</summary>
    public static PlotTheme RevMan { get; } = new()
    {
        Name = "revman", Effect = "#1f5ea8", Pooled = "#111111",
    };

    /// <summary>Slate squares and a dark red summary with thin grey rules, in the manner of JAMA.</summary>
    public static PlotTheme Jama { get; } = new()
    {
        Name = "jama", Ink = "#222222", Effect = "#3b4a5a", Pooled = "#9c2a3c", Band = "#f2f2f2",
    };

    /// <summary>Blue on blue tints, in the manner of The BMJ.</summary>
    public static PlotTheme Bmj { get; } = new()
    {
        Name = "bmj", Effect = "#2a6ebb", Pooled = "#0b2d54", Band = "#e8eff8", Contours = ["#b9cfe8", "#d3e1f1", "#e9f0f8"],
    };

    /// <summary>Greys, for print in one colour.</summary>
    public static PlotTheme Monochrome { get; } = new()
    {
        Name = "monochrome", Ink = "#000000", Effect = "#555555", Pooled = "#000000",
        Palette = ["#000000", "#6e6e6e", "#3c3c3c", "#878787", "#555555", "#222222"],
        Risk = new("#8c8c8c", "#5e5e5e", "#2b2b2b", "#000000", "#757575"),
    };

    private static readonly PlotTheme Night = new()
    {
        Name = "default-dark", IsDark = true, Paper = "#15171a", Ink = "#e8e8e8", Faint = "#a0a0a0", Effect = "#56b4e9", Pooled = "#f08030",
        Band = "#24272c", Contours = ["#464c54", "#343940", "#25292f"],
        Palette = ["#56b4e9", "#e69f00", "#f0e442", "#d4513b", "#8f63e8", "#c8c8c8"],
        Risk = new("#4fc26b", "#f2cf3a", "#ff6a5c", "#d58cff", "#9a9a9a"),
    };

    private static readonly PlotTheme[] Nights =
    [
        Night,
        Night with { Name = "revman-dark", Effect = "#6fa8ee", Pooled = "#f2f2f2" },
        Night with { Name = "jama-dark", Effect = "#a9bccf", Pooled = "#f0808f" },
        Night with { Name = "bmj-dark", Effect = "#5ea3ea", Pooled = "#d3e6fb", Band = "#1d2836", Contours = ["#324660", "#27374b", "#1d2938"] },
        Night with
        {
            Name = "monochrome-dark", Paper = "#171717", Effect = "#a5a5a5", Pooled = "#ffffff", Band = "#272727", Contours = ["#4c4c4c", "#393939", "#292929"],
            Palette = ["#ffffff", "#8f8f8f", "#c8c8c8", "#7a7a7a", "#aaaaaa", "#e0e0e0"],
            Risk = new("#8a8a8a", "#a3a3a3", "#d8d8d8", "#ffffff", "#7d7d7d"),
        },
    ];

    /// <summary>The themes by name, in light; each has its <see cref="Dark"/> one.</summary>
    public static IReadOnlyList<PlotTheme> All { get; } = [Default, RevMan, Jama, Bmj, Monochrome];

    /// <summary>The theme of a name: "revman", "revman-dark".</summary>
    /// <param name="name">One of the names in <see cref="All"/> in any case, with "-dark" after it for the dark one.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static PlotTheme Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<PlotTheme> themes = [.. All, .. All.Select(theme => theme.Dark)];
        return themes.Find(theme => string.Equals(theme.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no theme '{name}'{NearestName.Hint(name, [.. themes.Select(theme => theme.Name)])}", nameof(name));
    }

    /// <summary>The name. <value>Default "default"; that of a dark theme ends in "-dark".</value></summary>
    public string Name { get; init; } = "default";

    /// <summary>Whether it is light on dark.</summary>
    public bool IsDark { get; private init; }

    /// <summary>The theme of the same name light on dark, for screens, with the sizes of this one; itself where it is dark, and the default one's where the name is new.</summary>
    public PlotTheme Dark => IsDark
        ? this
        : (Array.Find(Nights, night => night.Name == Name + "-dark") ?? Night) with { TextSize = TextSize, SmallSize = SmallSize, TitleSize = TitleSize, Margin = Margin };

    /// <summary>The background.</summary>
    public string Paper { get; init => field = Colour(value); } = "#ffffff";

    /// <summary>Text, axes and intervals.</summary>
    public string Ink { get; init => field = Colour(value); } = "#1a1a1a";

    /// <summary>Rules, reference lines and what is present but not part of the result.</summary>
    public string Faint { get; init => field = Colour(value); } = "#6b6b6b";

    /// <summary>The studies' effects.</summary>
    public string Effect { get; init => field = Colour(value); } = "#0072b2";

    /// <summary>Pooled results.</summary>
    public string Pooled { get; init => field = Colour(value); } = "#d55e00";

    /// <summary>A tint behind rows and headings that text is read on.</summary>
    public string Band { get; init => field = Colour(value); } = "#f0f0f0";

    /// <summary>The colours of groups, in order; at least six. <value>Default: after Okabe and Ito, darkened where white paper takes it.</value></summary>
    public IReadOnlyList<string> Palette { get; init => field = Colours(value, 1); } = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#6a1fb0", "#262626"];

    /// <summary>Three shades for regions, from the one that stands out most.</summary>
    public IReadOnlyList<string> Contours { get; init => field = Colours(value, 3); } = ["#c8c8c8", "#dcdcdc", "#eeeeee"];

    /// <summary>The colours of judgements of the risk of bias; each judgement has a sign of its own as well.</summary>
    public RiskColours Risk { get; init; } = new("#1f8a3b", "#b07d00", "#c4261d", "#6b0f4b", "#6b6b6b");

    /// <summary>The size of text in pixels. <value>Default 12.</value></summary>
    public double TextSize { get; init => field = Pixels(value); } = 12;

    /// <summary>The size of remarks in pixels. <value>Default 11.</value></summary>
    public double SmallSize { get; init => field = Pixels(value); } = 11;

    /// <summary>The size of a title in pixels. <value>Default 14.</value></summary>
    public double TitleSize { get; init => field = Pixels(value); } = 14;

    /// <summary>The empty border in pixels. <value>Default 14.</value></summary>
    public double Margin { get; init => field = Pixels(value); } = 14;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static string Colour(string value) =>
        value is ['#', _, _, _, _, _, _] && value.AsSpan(1).IndexOfAnyExcept(HexDigits) < 0
            ? value
            : throw new ArgumentException($"'{value}' is not a colour in the form \"#rrggbb\", such as \"#0072b2\".", nameof(value));

    private static string[] Colours(IReadOnlyList<string> values, int least) =>
        values.Count >= least
            ? [.. values.Select(Colour)]
            : throw new ArgumentException(FormattableString.Invariant($"There are {values.Count} colours; give at least {least}."), nameof(values));

    private static double Pixels(double value) =>
        value is >= 5 and <= 100 ? value : throw new ArgumentException(FormattableString.Invariant($"A size of {value} pixels; give 5 to 100."), nameof(value));
}

/// <summary>The colours of judgements of the risk of bias.</summary>
/// <param name="Low">Low risk.</param>
/// <param name="Some">Some concerns, or moderate risk.</param>
/// <param name="High">High or serious risk.</param>
/// <param name="Critical">Critical risk.</param>
/// <param name="Unclear">Unclear, or no information.</param>
/// <exception cref="ArgumentException">A colour is not written as #rrggbb.</exception>
public sealed record RiskColours(string Low, string Some, string High, string Critical, string Unclear)
{
    /// <summary>Low risk.</summary>
    public string Low { get; init => field = PlotTheme.Colour(value); } = PlotTheme.Colour(Low);

    /// <summary>Some concerns, or moderate risk.</summary>
    public string Some { get; init => field = PlotTheme.Colour(value); } = PlotTheme.Colour(Some);

    /// <summary>High or serious risk.</summary>
    public string High { get; init => field = PlotTheme.Colour(value); } = PlotTheme.Colour(High);

    /// <summary>Critical risk.</summary>
    public string Critical { get; init => field = PlotTheme.Colour(value); } = PlotTheme.Colour(Critical);

    /// <summary>Unclear, or no information.</summary>
    public string Unclear { get; init => field = PlotTheme.Colour(value); } = PlotTheme.Colour(Unclear);

    /// <summary>The outline of signs and bars, where the colours do not stand out from the paper by themselves. <value>Default null: none.</value></summary>
    public string? Outline { get; init => field = value is null ? null : PlotTheme.Colour(value); }

    /// <summary>The green, yellow, red and dark red that readers of Cochrane reviews know, with black outlines.</summary>
    public static RiskColours Cochrane { get; } = new("#02c100", "#e2df07", "#bf0000", "#820000", "#4ea1f7") { Outline = "#000000" };

    /// <summary>Shades from pale yellow to brown for colour-blind readers, as the R package robvis has them, with black outlines.</summary>
    public static RiskColours ColourBlind { get; } = new("#fed98e", "#fe9929", "#d95f0e", "#993404", "#ffffff") { Outline = "#000000" };
}
