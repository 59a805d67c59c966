using System.Runtime.CompilerServices;

namespace MetaSpine;

/// <summary>How an odds ratio is seen as a difference of means.</summary>
public enum OddsRatioScale
{
    /// <summary>The continuous outcome is logistic: ln OR = d pi / sqrt 3. The default, and the usual choice.</summary>
    Logistic,

    /// <summary>Cox's factor: ln OR = 1.65 d, which is less biased for normal outcomes that are split in two.</summary>
    Cox,
}

/// <summary>From odds ratios to standardized mean differences and back, and to and from measures that need a base rate.</summary>
public static class OddsRatios
{
    /// <summary>A log odds ratio as a standardized mean difference.</summary>
    /// <remarks>
    /// V. Hasselblad and L. V. Hedges (1995), Psychological Bulletin 117, 167-178, doi:10.1037/0033-2909.117.1.167; Cox's factor and
    /// the comparison of both: J. Sánchez-Meca, F. Marín-Martínez and S. Chacón-Moscoso (2003), Psychological Methods 8, 448-467,
    /// doi:10.1037/1082-989X.8.4.448.
    /// </remarks>
    /// <param name="logOddsRatio">The logarithm of the odds ratio.</param>
    /// <param name="standardError">Its standard error, above 0.</param>
    /// <param name="scale">The factor. <value>Default logistic.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate ToStandardizedMeanDifference(
        double logOddsRatio, double standardError, OddsRatioScale scale = OddsRatioScale.Logistic) =>
        Rescaled(Given.Finite(logOddsRatio, "log odds ratio"), Given.Positive(standardError, "standard error"), 1 / Factor(scale), scale);

    /// <summary>A standardized mean difference as a log odds ratio.</summary>
    /// <param name="difference">The standardized mean difference.</param>
    /// <param name="standardError">Its standard error, above 0.</param>
    /// <param name="scale">The factor. <value>Default logistic.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate FromStandardizedMeanDifference(
        double difference, double standardError, OddsRatioScale scale = OddsRatioScale.Logistic) =>
        Rescaled(Given.Finite(difference, "standardized mean difference"), Given.Positive(standardError, "standard error"), Factor(scale), scale);

    /// <summary>The risk ratio that an odds ratio means at a base rate.</summary>
    /// <remarks>R. L. Grant (2014), BMJ 348, f7450, doi:10.1136/bmj.f7450.</remarks>
    /// <param name="oddsRatio">The odds ratio, natural scale, above 0.</param>
    /// <param name="baseRisk">The risk without the intervention, between 0 and 1.</param>
    /// <param name="interval">The interval of the odds ratio, natural scale, to be converted as well; null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue ToRiskRatio(double oddsRatio, double baseRisk, Interval? interval = null) =>
        Convert(oddsRatio, baseRisk, interval, or => Risk(or, baseRisk) / baseRisk, Sources.Grant);

    /// <summary>The risk difference that an odds ratio means at a base rate.</summary>
    /// <param name="oddsRatio">The odds ratio, natural scale, above 0.</param>
    /// <param name="baseRisk">The risk without the intervention, between 0 and 1.</param>
    /// <param name="interval">The interval of the odds ratio, natural scale, to be converted as well; null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue ToRiskDifference(double oddsRatio, double baseRisk, Interval? interval = null) =>
        Convert(oddsRatio, baseRisk, interval, or => Difference(or, baseRisk), Sources.Grant);

    /// <summary>How many have to be treated for one event less (or more) that an odds ratio means at a base rate.</summary>
    /// <remarks>
    /// D. G. Altman (1998), BMJ 317, 1309-1312, doi:10.1136/bmj.317.7168.1309: where the interval of the odds ratio includes 1, that of the
    /// number goes from its finite bound through infinity to harm, which two bounds cannot show; it is then left out, with a warning that
    /// names both ends.
    /// </remarks>
    /// <param name="oddsRatio">The odds ratio of an unwanted event, natural scale, above 0.</param>
    /// <param name="baseRisk">The risk without the intervention, between 0 and 1.</param>
    /// <param name="interval">The interval of the odds ratio, natural scale, to be converted as well; null: none.</param>
    /// <returns>1 / (base risk - risk): positive for one event less, negative for one more, infinite for an odds ratio of 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue ToNumberNeededToTreat(double oddsRatio, double baseRisk, Interval? interval = null)
    {
        var result = Convert(oddsRatio, baseRisk, interval, or => Needed(or, baseRisk), Sources.Altman);
        if (interval is not { } odds || odds.Lower > 1 || odds.Upper < 1)
        {
            return result;
        }

        return result with
        {
            Interval = null,
            Warnings =
            [
                $"The interval includes no effect: it goes from {Ends(odds.Lower)} through infinity to {Ends(odds.Upper)}.",
            ],
        };

        string Ends(double or) => Needed(or, baseRisk) is var needed && double.IsInfinity(needed) ? "infinity"
            : $"{Given.Text(Math.Round(Math.Abs(needed), 1))} {(needed > 0 ? "(one event less)" : "(one event more)")}";
    }

    /// <summary>The odds ratio that a risk ratio means at a base rate.</summary>
    /// <param name="riskRatio">The risk ratio, natural scale, above 0, and below 1 / base risk.</param>
    /// <param name="baseRisk">The risk without the intervention, between 0 and 1.</param>
    /// <param name="interval">The interval of the risk ratio, natural scale, to be converted as well; null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, such as a risk ratio that makes a risk of 1 or more.</exception>
    public static ConvertedValue FromRiskRatio(double riskRatio, double baseRisk, Interval? interval = null)
    {
        foreach (var (ratio, name) in ((double, string)[])[(riskRatio, nameof(riskRatio)), (interval?.Upper ?? riskRatio, nameof(interval))])
        {
            if (ratio * baseRisk >= 1)
            {
                throw Given.Fault(name, $"A risk ratio of {Given.Text(ratio)} at a base risk of {Given.Text(baseRisk)} would make a risk of "
                    + $"{Given.Text(ratio * baseRisk)}; it must stay below 1.");
            }
        }

        return Convert(riskRatio, baseRisk, interval, rr => rr * (1 - baseRisk) / (1 - rr * baseRisk), Sources.Grant);
    }

    private static double Risk(double oddsRatio, double baseRisk) => oddsRatio * baseRisk / (1 - baseRisk + oddsRatio * baseRisk);

    /// <summary>Risk less base risk, without the loss of digits of the subtraction.</summary>
    private static double Difference(double oddsRatio, double baseRisk) =>
        baseRisk * (1 - baseRisk) * (oddsRatio - 1) / (1 - baseRisk + oddsRatio * baseRisk);

    private static double Needed(double oddsRatio, double baseRisk) => oddsRatio == 1 ? double.PositiveInfinity : -1 / Difference(oddsRatio, baseRisk);

    private static ConvertedValue Convert(
        double ratio, double baseRisk, Interval? interval, Func<double, double> convert, string source, [CallerArgumentExpression(nameof(ratio))] string name = "")
    {
        Given.Risk(baseRisk, "base risk");
        Given.Positive(ratio, "ratio", name);
        Interval? converted = null;
        if (interval is { } bounds)
        {
            Given.Positive(bounds.Lower, "lower bound of the ratio", nameof(interval));
            Given.Bounds(bounds.Lower, bounds.Upper);
            double one = convert(bounds.Lower), other = convert(bounds.Upper);
            converted = new Interval(Math.Min(one, other), Math.Max(one, other), bounds.Level);
        }

        return new ConvertedValue
        {
            Value = convert(ratio),
            Interval = converted,
            Assumptions =
            [
                $"base risk {Given.Text(baseRisk)}, taken as known{(interval is null ? "" : "; the bounds converted one by one")} ({source})",
            ],
        };
    }

    private static ConvertedEstimate Rescaled(double estimate, double standardError, double factor, OddsRatioScale scale) => new()
    {
        Estimate = estimate * factor,
        StandardError = standardError * factor,
        Assumptions =
        [
            scale == OddsRatioScale.Cox
                ? $"a normal outcome split in two, ln OR = 1.65 d ({Sources.SanchezMeca})"
                : $"a logistic outcome split in two, ln OR = d pi / sqrt 3 ({Sources.Hasselblad})",
        ],
    };

    private static double Factor(OddsRatioScale scale) => scale switch
    {
        OddsRatioScale.Logistic => Math.PI / Math.Sqrt(3),
        OddsRatioScale.Cox => 1.65,
        _ => throw Given.Fault(nameof(scale), $"There is no scale numbered {(int)scale}."),
    };
}
