namespace MetaSpine;

/// <summary>What an effect means for a thousand people.</summary>
/// <param name="Label">Whose risk it is; empty where nobody says.</param>
/// <param name="Without">The risk without the intervention, per 1000; null for a single group.</param>
/// <param name="With">The risk with the intervention, per 1000, with its interval.</param>
/// <param name="Difference">How many more (or, negative, fewer) per 1000, with its interval; null for a single group.</param>
/// <param name="Note">What was done to numbers that no risk can be; null where nothing.</param>
/// <remarks>
/// The interval is that of the relative effect at a baseline risk that is taken as known (Schünemann et al., Cochrane Handbook, chapters 14 and 15). A hazard
/// ratio moves the risk by the end of the follow-up: 1 - (1 - p)^HR.
/// </remarks>
public sealed record AbsoluteEffect(string Label, double? Without, PerThousand With, PerThousand? Difference, string? Note)
{
    /// <summary>The absolute effects of a result for its baseline risks; empty where the measure has none.</summary>
    internal static IReadOnlyList<AbsoluteEffect> Of(CertaintyEvidence evidence)
    {
        if (evidence.Overall is not { } overall)
        {
            return [];
        }

        var (code, natural) = (evidence.Measure.Code, overall.Natural);
        if (evidence.Measure.ReadAs == "proportion")
        {
            return [new("", null, new(1000 * natural.Estimate, 1000 * natural.Interval.Lower, 1000 * natural.Interval.Upper), null, null)];
        }

        return code is "OR" or "PETO" or "RR" or "HR" or "RD"
            ? [.. Baselines(evidence).Select(baseline => Of(code, natural, baseline))]
            : [];
    }

    /// <summary>The baseline risks: those that the reviewers give, else that of the control groups together.</summary>
    internal static IReadOnlyList<BaselineRisk> Baselines(CertaintyEvidence evidence) =>
        evidence.Given is { Baselines.Count: > 0 } given ? given.Baselines
        : evidence.ControlRisk is > 0 and < 1 and { } risk ? [new BaselineRisk { Per1000 = 1000 * risk, Label = "the control groups together" }]
        : [];

    /// <summary>The risk with an intervention whose effect is of the measure; it may be none where a ratio or difference does not fit the baseline.</summary>
    internal static double Risk(string measure, double effect, double baseline) => measure switch
    {
        "RR" => baseline * effect,
        "RD" => baseline + effect,
        "HR" => -Expm1(effect * Log1p(-baseline)),
        _ => baseline * effect / (1 - baseline + baseline * effect),
    };

    private static AbsoluteEffect Of(string code, NaturalResult natural, BaselineRisk baseline)
    {
        var risk = baseline.Per1000 / 1000;
        double[] risks = [.. new[] { natural.Estimate, natural.Interval.Lower, natural.Interval.Upper }.Select(effect => double.IsPositiveInfinity(effect) ? 1 : Risk(code, effect, risk))];
        var note = risks.Any(value => value is < 0 or > 1) ? "cut off at 0 or 1000, beyond which there is no risk: the effect does not fit this baseline" : null;
        double[] cut = [.. risks.Select(value => 1000 * Math.Clamp(value, 0, 1))];
        return new(
            baseline.Label ?? "", baseline.Per1000, new(cut[0], cut[1], cut[2]),
            new(cut[0] - baseline.Per1000, cut[1] - baseline.Per1000, cut[2] - baseline.Per1000), note);
    }

    /// <summary>Small risks keep their digits: 1 - (1 - p)^h by the series of ln(1 - p) and e^x - 1.</summary>
    private static double Log1p(double x) => 1 + x is var sum && sum == 1 ? x : Math.Log(sum) * x / (sum - 1);

    private static double Expm1(double x) => Math.Exp(x) is var power && power == 1 ? x : power - 1 is var less && less == -1 ? -1 : less * x / Math.Log(power);
}

/// <summary>A number of people per thousand with its interval.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
public readonly record struct PerThousand(double Estimate, double Lower, double Upper);
