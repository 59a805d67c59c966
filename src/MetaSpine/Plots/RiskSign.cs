namespace MetaSpine;

/// <summary>What a judgement of the risk of bias amounts to, whatever the tool's words.</summary>
internal enum RiskLevel
{
    Low,
    Some,
    High,
    Critical,
    Unclear,
    None,
}

/// <summary>The signs of judgements: a disc whose colour and symbol say the same, as traffic lights cannot be read by everyone.</summary>
internal static class RiskSign
{
    /// <summary>The levels that have a sign, as they stand in a legend.</summary>
    public static IReadOnlyList<(RiskLevel Level, string Name)> Legend { get; } =
    [
        (RiskLevel.Low, "Low risk"), (RiskLevel.Some, "Some concerns"), (RiskLevel.High, "High risk"), (RiskLevel.Critical, "Critical risk"),
        (RiskLevel.Unclear, "Unclear or no information"),
    ];

    /// <summary>
    /// The level of a judgement in the words of RoB 2, ROBINS-I, QUADAS-2, the JBI checklists and the first Cochrane tool. Questions
    /// that a checklist answers with yes are met criteria: low risk. Words that are not known are unclear; nothing, or "not applicable", is none.
    /// </summary>
    public static RiskLevel Level(string? judgement) => judgement?.Trim().ToLowerInvariant().Replace('_', ' ').Replace('-', ' ') switch
    {
        null or "" or "not applicable" or "na" or "n/a" => RiskLevel.None,
        "low" or "low risk" or "low risk of bias" or "yes" or "y" or "low concern" or "definitely low" => RiskLevel.Low,
        "some concerns" or "some" or "moderate" or "moderate risk" or "probably yes" or "py" or "probably low" => RiskLevel.Some,
        "high" or "high risk" or "high risk of bias" or "serious" or "serious risk" or "no" or "n" or "high concern" or "probably high" or "definitely high" => RiskLevel.High,
        "critical" or "critical risk" or "very high" => RiskLevel.Critical,
        _ => RiskLevel.Unclear,
    };

    public static string Colour(RiskLevel level, RiskColours colours) => level switch
    {
        RiskLevel.Low => colours.Low,
        RiskLevel.Some => colours.Some,
        RiskLevel.High => colours.High,
        RiskLevel.Critical => colours.Critical,
        _ => colours.Unclear,
    };

    /// <summary>The disc around a point with its symbol: plus, minus, cross, exclamation mark, question mark; a short rule for none.</summary>
    public static IEnumerable<Mark> Draw(RiskLevel level, double x, double y, double radius, PlotTheme theme)
    {
        if (level == RiskLevel.None)
        {
            yield return new LineMark(x - radius / 2, y, x + radius / 2, y, theme.Faint, 1);
            yield break;
        }

        yield return new CircleMark(x, y, radius, Colour(level, theme.Risk));
        var (arm, width) = (0.5 * radius, 0.26 * radius);
        LineMark Line(double x1, double y1, double x2, double y2) => new(x + arm * x1, y + arm * y1, x + arm * x2, y + arm * y2, theme.Paper, width);
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
                    new Stroke(theme.Paper, width));
                yield return Line(0, 0.8, 0, 1.3);
                break;
        }
    }
}
