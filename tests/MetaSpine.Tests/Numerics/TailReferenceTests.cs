using System.Globalization;

namespace MetaSpine.Tests;

/// <summary>Every distribution function and quantile against Reference/tails.csv, which has 20 digits.</summary>
public sealed class TailReferenceTests
{
    // A tail p is an exponential of ln p, whose last bit alone is |ln p| 2^-53 of the tail: 8e-14 at 1e-300. Its parts, the two
    // deviances, have a few roundings each. So much is allowed, and 1e-13 where the tail is not small.
    private static double ProbabilityTolerance(double p) => 1e-13 + 5e-16 * -Math.Log(p);

    // The quantile inherits the tail's error divided by the slope of ln p by ln x, and the rounding of the p that is given.
    // A p next to a half does not hold the digits of a quantile next to 0: those are left to a property.
    private const double QuantileTolerance = 1e-12;

    private delegate double Function(double x, double first, double second);

    [EveryCultureFact]
    public void Normal() => Check("normal", 154, (x, _, _) => NormalDistribution.Lower(x), (x, _, _) => NormalDistribution.Upper(x),
        (p, _, _) => NormalDistribution.Quantile(p), (p, _, _) => NormalDistribution.UpperQuantile(p));

    [EveryCultureFact]
    public void Student() => Check("student", 774, (x, df, _) => StudentT.Lower(x, df), (x, df, _) => StudentT.Upper(x, df),
        (p, df, _) => StudentT.Quantile(p, df), (p, df, _) => StudentT.UpperQuantile(p, df));

    [EveryCultureFact]
    public void Chi_squared() => Check("chi-squared", 418, (x, df, _) => ChiSquared.Lower(x, df), (x, df, _) => ChiSquared.Upper(x, df),
        (p, df, _) => ChiSquared.Quantile(p, df), (p, df, _) => ChiSquared.UpperQuantile(p, df));

    [EveryCultureFact]
    public void F() => Check("f", 1113, FDistribution.Lower, FDistribution.Upper, FDistribution.Quantile, FDistribution.UpperQuantile);

    [EveryCultureFact]
    public void Beta() => Check("beta", 856,
        BetaDistribution.Lower, BetaDistribution.Upper, BetaDistribution.Quantile, BetaDistribution.UpperQuantile);

    private static void Check(string name, int count, Function lower, Function upper, Function quantile, Function upperQuantile)
    {
        var rows = File.ReadLines(TestFiles.Path("Numerics/Reference/tails.csv")).Select(line => line.Split(','))
            .Where(fields => fields[0] == name).ToList();
        rows.Count.ShouldBe(count);
        var faults = new List<string>();
        foreach (var fields in rows)
        {
            double first = Number(fields[1]), second = Number(fields[2]), x = Number(fields[3]), low = Number(fields[4]), high = Number(fields[5]);
            Compare("lower", lower(x, first, second), low, ProbabilityTolerance(low));
            Compare("upper", upper(x, first, second), high, ProbabilityTolerance(high));
            if (Math.Abs(low - .5) > 1e-4)
            {
                Compare("quantile", low < high ? quantile(low, first, second) : upperQuantile(high, first, second), x, QuantileTolerance);
            }

            void Compare(string what, double actual, double expected, double tolerance)
            {
                if (!(Math.Abs(actual / expected - 1) <= tolerance))
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{what} of {string.Join(' ', fields)} is {actual:R}, wrong by {actual / expected - 1:e1}"));
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
