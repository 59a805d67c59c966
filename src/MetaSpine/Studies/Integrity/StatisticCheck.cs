using System.Numerics;

namespace MetaSpine;

/// <summary>The test statistics that reports print with their degrees of freedom.</summary>
public enum TestStatistic
{
    /// <summary>Student's t.</summary>
    T,

    /// <summary>The F ratio.</summary>
    F,

    /// <summary>Chi-squared.</summary>
    ChiSquared,

    /// <summary>The standard normal z.</summary>
    Z,

    /// <summary>A correlation, tested by t.</summary>
    R,

    /// <summary>Cochran's Q (total, within, between), tested by chi-squared.</summary>
    Q,
}

/// <summary>Whether a reported p-value is that of the reported test statistic.</summary>
/// <remarks>
/// The statistic may be off by half a unit of its last place, so that a range of p-values is computed; the report agrees where any of them is printed so.
/// M. B. Nuijten, C. H. J. Hartgerink, M. A. L. M. van Assen, S. Epskamp and J. M. Wicherts, "The prevalence of statistical reporting errors in psychology (1985-2013)",
/// Behavior Research Methods 2016;48:1205-1226, doi:10.3758/s13428-015-0664-2.
/// </remarks>
public static class StatisticCheck
{
    internal static readonly Choices<TestStatistic> Codec = new("a test statistic",
        ("t", TestStatistic.T), ("F", TestStatistic.F), ("chi2", TestStatistic.ChiSquared), ("z", TestStatistic.Z), ("r", TestStatistic.R), ("Q", TestStatistic.Q));

    /// <summary>Checks a p-value against its test statistic.</summary>
    /// <param name="statistic">Which statistic.</param>
    /// <param name="value">The statistic as printed: "2.20", or a bound: "&lt;1".</param>
    /// <param name="df">The degrees of freedom: of t, chi-squared, Q and r (pairs minus 2), or the first of F; ignored for z.</param>
    /// <param name="p">The p-value as printed: "0.03", "&lt;0.001", "&gt;0.05" (for "not significant").</param>
    /// <param name="df2">The second degrees of freedom of F.</param>
    /// <param name="oneSided">Whether the report says that t, z or r was tested on one side. Default: no.</param>
    /// <param name="alpha">The level at which the report calls results significant. Default: 0.05.</param>
    /// <returns>An error where the two p-values lie on different sides of alpha, a warning for any other disagreement.</returns>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not above 0, or a correlation is not from -1 to 1.</exception>
    public static NumberCheck Check(
        TestStatistic statistic, string value, double df, string p, double df2 = double.NaN, bool oneSided = false, double alpha = 0.05)
    {
        var printed = PrintedPValue.Parse(p);
        var (low, high) = PValues(statistic, value, df, df2, oneSided);
        var range = PrintedPValue.Print(low, high);
        var name = $"{Name(statistic, df, df2)} {(value.TrimStart() is ['<' or '>', ..] ? value.Trim() : $"= {value.Trim()}")}";
        if (printed.Fits(low, high))
            return Answer(true, $"{name}, {printed.Text}", range, $"{name} gives p = {range}, as printed: {printed.Text}", IntegritySeverity.Warning);
        var computed = high <= alpha ? true : low > alpha ? false : (bool?)null;
        var decides = printed.IsSignificant(alpha) is { } reported && computed is { } found && reported != found;
        var fitsOneSided = !oneSided && HasSides(statistic) && printed.Fits(low / 2, high / 2);
        return Answer(false, $"{name}, {printed.Text}", range, $"{name} gives p = {range}, but the report prints {printed.Text}"
            + (fitsOneSided ? "; it fits a one-sided test" : "")
            + (decides ? $"; only one of the two is significant at {PrintedPValue.Print(alpha, alpha)}" : ""),
            decides && !fitsOneSided ? IntegritySeverity.Error : IntegritySeverity.Warning);
    }

    /// <summary>The smallest and the largest p-value of the statistics that are printed so.</summary>
    /// <param name="statistic">Which statistic.</param>
    /// <param name="value">The statistic as printed: "2.20", or a bound: "&lt;1".</param>
    /// <param name="df">The degrees of freedom; the first of F; ignored for z.</param>
    /// <param name="df2">The second degrees of freedom of F.</param>
    /// <param name="oneSided">Whether t, z or r is tested on one side.</param>
    /// <exception cref="FormatException">The statistic is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not above 0, or a correlation is not from -1 to 1.</exception>
    public static (double Low, double High) PValues(TestStatistic statistic, string value, double df, double df2 = double.NaN, bool oneSided = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (statistic != TestStatistic.Z && !(df > 0 && double.IsFinite(df)))
            throw new ArgumentOutOfRangeException(nameof(df), df, "Degrees of freedom are above 0.");
        if (statistic == TestStatistic.F && !(df2 > 0 && double.IsFinite(df2)))
            throw new ArgumentOutOfRangeException(nameof(df2), df2, "An F ratio has two degrees of freedom, above 0.");
        var (nearest, farthest) = Sizes(value);
        if (statistic == TestStatistic.R && nearest > 1)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A correlation lies from -1 to 1.");
        var (low, high) = (P(statistic, farthest, df, df2), P(statistic, nearest, df, df2));
        return oneSided && HasSides(statistic) ? (low / 2, high / 2) : (low, high);
    }

    private static bool HasSides(TestStatistic statistic) => statistic is TestStatistic.T or TestStatistic.Z or TestStatistic.R;

    /// <summary>How far from 0 the printed statistic is, at least and at most.</summary>
    private static (double Nearest, double Farthest) Sizes(string value)
    {
        var plain = value.Trim();
        var number = PrintedNumber.Parse(plain is ['<' or '>', ..] ? plain[1..] : plain, "test statistic");
        if (plain is ['<', ..])
            return (0, Math.Abs(number.Value));
        if (plain is ['>', ..])
            return (Math.Abs(number.Value), double.PositiveInfinity);
        var size = number with { Units = BigInteger.Abs(number.Units) };
        return (Math.Max(0, size.Low), size.High);
    }

    private static double P(TestStatistic statistic, double size, double df, double df2) => statistic switch
    {
        TestStatistic.T => StudentT.TwoSided(size, df),
        TestStatistic.F => FDistribution.Upper(size, df, df2),
        TestStatistic.Z => NormalDistribution.TwoSided(size),
        TestStatistic.R => size >= 1 ? 0 : StudentT.TwoSided(size * Math.Sqrt(df / ((1 - size) * (1 + size))), df),
        _ => ChiSquared.Upper(size, df),
    };

    private static string Name(TestStatistic statistic, double df, double df2) => statistic switch
    {
        TestStatistic.F => FormattableString.Invariant($"F({df}, {df2})"),
        TestStatistic.Z => "z",
        _ => FormattableString.Invariant($"{Codec.Word(statistic)}({df})"),
    };

    private static NumberCheck Answer(bool agrees, string reported, string range, string sentence, IntegritySeverity severity) =>
        NumberCheck.Of(IntegrityRules.Statistic, agrees, reported, $"p = {range}", range, sentence, severity);
}
