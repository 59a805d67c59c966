namespace MetaSpine;

/// <summary>The signs of judgements: a disc whose colour and symbol say the same, as traffic lights cannot be read by everyone.</summary>
internal static class RiskSign
{
    /// <summary>The levels that have a sign, as they stand in a legend.</summary>
    public static IReadOnlyList<(RiskLevel Level, string Name)> Legend { get; } =
    [
        (RiskLevel.Low, "Low risk"), (RiskLevel.Some, "Some concerns"), (RiskLevel.High, "High risk"), (RiskLevel.Critical, "Critical risk"),
        (RiskLevel.Unclear, "Unclear or no information"),
    ];

    /// <summary>The level of a judgement in the usual words of any tool.</summary>
    public static RiskLevel Level(string? judgement) => JudgementWords.Level(judgement);

    /// <summary>The word that <see cref="Level(string?)"/> reads as a level.</summary>
    public static string Word(RiskLevel level) => level switch
    {
        RiskLevel.Low => "low",
        RiskLevel.Some => "some concerns",
        RiskLevel.High => "high",
        RiskLevel.Critical => "critical",
        RiskLevel.Unclear => "unclear",
        _ => "",
    };

    public static string Colour(RiskLevel level, RiskColours colours) => level switch
    {
        RiskLevel.Low => colours.Low,
        RiskLevel.Some => colours.Some,
        RiskLevel.High => colours.High,
        RiskLevel.Critical => colours.Critical,
        _ => colours.Unclear,
    };

    /// <summary>The symbol's colour: the paper's, or where discs have an outline and so colours of their own, black or white, whichever stands out.</summary>
    private static string Ink(RiskLevel level, PlotTheme theme)
    {
        if (theme.Risk.Outline is null)
        {
            return theme.Paper;
        }

        // Relative luminance as in WCAG 2.1; black and white contrast equally with 0.179.
        var colour = Colour(level, theme.Risk);
        double Linear(int start) => Convert.ToInt32(colour.Substring(start, 2), 16) / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear(1) + 0.7152 * Linear(3) + 0.0722 * Linear(5) > 0.179 ? "#000000" : "#ffffff";
    }

    /// <summary>The disc around a point with its symbol: plus, minus, cross, exclamation mark, question mark; a short rule for none.</summary>
    public static IEnumerable<Mark> Draw(RiskLevel level, double x, double y, double radius, PlotTheme theme)
    {
        if (level == RiskLevel.None)
        {
            yield return new LineMark(x - radius / 2, y, x + radius / 2, y, theme.Faint, 1);
            yield break;
        }

        var ink = Ink(level, theme);
        yield return theme.Risk.Outline is { } outline
            ? new CircleMark(x, y, radius, Colour(level, theme.Risk), Outline: new Stroke(outline, 0.75))
            : new CircleMark(x, y, radius, Colour(level, theme.Risk));
        var (arm, width) = (0.5 * radius, 0.26 * radius);
        LineMark Line(double x1, double y1, double x2, double y2) => new(x + arm * x1, y + arm * y1, x + arm * x2, y + arm * y2, ink, width);
        switch (level)
        {
            case RiskLevel.Low:
                yield return Line(-1, 0, 1, 0);
                yield return Line(0, -1, 0, 1);
                break;
            case RiskLevel.Some:
                yield return Line(-1, 0, 1, 0);
                break;
            case RiskLevel.High:
                yield return Line(-0.8, -0.8, 0.8, 0.8);
                yield return Line(-0.8, 0.8, 0.8, -0.8);
                break;
            case RiskLevel.Critical:
                yield return Line(0, -1.2, 0, 0.45);
                yield return Line(0, 0.8, 0, 1.3);
                break;
            default:
                yield return new CurveMark(
                    [.. Enumerable.Range(0, 9).Select(i => -Math.PI + i * 1.4 * Math.PI / 8).Select(turn => (x + 0.62 * arm * Math.Cos(turn), y + arm * (-0.55 + 0.62 * Math.Sin(turn)))), (x, y + 0.45 * arm)],
                    new Stroke(ink, width));
                yield return Line(0, 0.8, 0, 1.3);
                break;
        }
    }
}
