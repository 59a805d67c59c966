namespace MetaSpine;

/// <summary>
/// The colours and sizes of the drawings. Effects are blue and pooled results vermilion, the pair of Okabe and Ito that every
/// kind of colour vision tells apart; shape tells them apart in black and white.
/// </summary>
internal sealed record PlotTheme
{
    public static PlotTheme Default { get; } = new();

    public string Paper { get; init; } = "#ffffff";

    public string Ink { get; init; } = "#1a1a1a";

    /// <summary>Rules, reference lines and what is present but not part of the result.</summary>
    public string Faint { get; init; } = "#6b6b6b";

    public string Effect { get; init; } = "#0072b2";

    public string Pooled { get; init; } = "#d55e00";

    public double TextSize { get; init; } = 12;

    public double SmallSize { get; init; } = 11;

    public double TitleSize { get; init; } = 14;

    public double Margin { get; init; } = 14;
}
