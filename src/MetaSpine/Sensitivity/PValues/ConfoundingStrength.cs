namespace MetaSpine;

/// <summary>How strong an unmeasured confounder would have to be to explain an effect away.</summary>
/// <param name="Estimate">The E-value of the estimate: the least risk ratio of the confounder with exposure and with outcome; 1 where there is nothing to explain.</param>
/// <param name="Bound">That of the bound of the interval nearer to no effect; 1 where the interval includes no effect.</param>
/// <param name="RiskRatio">The effect as a risk ratio, approximately for measures other than RR.</param>
/// <param name="Notes">What was found, in words; one sentence each.</param>
public sealed partial record EValueResult(double Estimate, double Bound, double RiskRatio, IReadOnlyList<string> Notes);

/// <summary>E-values.</summary>
/// <remarks>T. J. VanderWeele and P. Ding (2017), Annals of Internal Medicine 167:268, doi:10.7326/M16-2607.</remarks>
public static class ConfoundingStrength
{
    /// <summary>The E-value of a pooled result.</summary>
    /// <param name="result">A pooled result of RR, OR, HR, IRR, or of a standardised mean difference.</param>
    /// <param name="commonOutcome">Whether more than about 15% have the outcome: then an odds ratio is turned into its square root, a hazard ratio into (1 - 0.5^sqrt(HR))/(1 - 0.5^sqrt(1/HR)).</param>
    /// <exception cref="ArgumentException">The measure cannot be turned into a risk ratio.</exception>
    public static EValueResult EValue(this IPooledEffect result, bool commonOutcome = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        var code = result.Effects.Measure.Code;
        Func<double, double> logRisk = code switch
        {
            "RR" or "IRR" => value => value,
            "OR" or "PETO" => value => commonOutcome ? value / 2 : value,
            "HR" => value => commonOutcome ? Math.Log((1 - Math.Pow(.5, Math.Exp(value / 2))) / (1 - Math.Pow(.5, Math.Exp(-value / 2)))) : value,
            "SMD" or "SMDH" or "SMD1" or "SMD1H" => value => .91 * value,
            _ => throw new ArgumentException($"An E-value is defined for risk ratios and what comes near to one (RR, OR, HR, IRR, SMD), not for {code}.", nameof(result)),
        };
        var (estimate, nearer) = (logRisk(result.Estimate), result.Estimate > 0 ? result.Interval.Lower : result.Interval.Upper);
        double value = OfLog(Math.Abs(estimate)), bound = result.Interval.Contains(0) ? 1 : OfLog(Math.Abs(logRisk(nearer)));
        return new EValueResult(value, bound, Math.Exp(estimate),
        [
            SmallStudyNotes.Text($"To explain the {result.Effects.Measure.ReadAs} of {result.Natural.Estimate:G3} away, an unmeasured confounder would have to be associated with exposure and outcome by risk ratios of at least {value:0.00} each, beyond the measured ones{(bound > 1 ? SmallStudyNotes.Text($"; to make the interval include no effect, of {bound:0.00}") : "; the interval includes no effect already")}."),
            .. code is "RR" or "IRR" ? (string[])[] : [commonOutcome || code.StartsWith("SMD", StringComparison.Ordinal) ? "The risk ratio is approximated." : "The risk ratio is taken to be near, as with a rare outcome."],
        ]);
    }

    /// <summary>The E-value of a risk ratio.</summary>
    /// <param name="riskRatio">The risk ratio, above 0; below 1 its inverse counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The risk ratio is not above 0 and finite.</exception>
    public static double EValue(double riskRatio) => riskRatio > 0 && double.IsFinite(riskRatio)
        ? OfLog(Math.Abs(Math.Log(riskRatio)))
        : throw new ArgumentOutOfRangeException(nameof(riskRatio), riskRatio, "A risk ratio is above 0 and finite.");

    private static double OfLog(double log)
    {
        var ratio = Math.Exp(log);
        return ratio + Math.Sqrt(ratio * (ratio - 1));
    }
}
