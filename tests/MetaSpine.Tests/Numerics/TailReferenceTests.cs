using System.Globalization;

namespace MetaSpine.Tests;

/// <summary>Every distribution function and quantile against Reference/tails.csv, which has 20 digits.</summary>
public sealed class TailReferenceTests
{
    // The quantile inherits the tail's error divided by the slope of ln p by ln x, and the rounding of the p that is given.
    private const double QuantileTolerance = 1e-12;

    [EveryCultureTheory]
    [InlineData("normal", 191)]
    [InlineData("student", 774)]
    [InlineData("chi-squared", 418)]
    [InlineData("f", 1113)]
    [InlineData("beta", 856)]
    public void The_digits_are_right_in_both_tails(string name, int count)
    {
        var rows = File.ReadLines(TestFiles.Path("Numerics/Reference/tails.csv"))
            .Select(line => line.Split(',')).Where(fields => fields[0] == name).ToList();
        rows.Count.ShouldBe(count);

        var distribution = Distribution.All[name];
        var faults = new List<string>();
        foreach (var fields in rows)
        {
            double first = Number(fields[1]), second = Number(fields[2]), x = Number(fields[3]);
            double low = Number(fields[4]), high = Number(fields[5]);
            Compare("lower", distribution.Lower(x, first, second), low, ProbabilityTolerance(name, low));
            Compare("upper", distribution.Upper(x, first, second), high, ProbabilityTolerance(name, high));

            // A p next to a half does not hold the digits of a quantile next to 0: those have a test of their own.
            if (Math.Abs(low - .5) > 1e-4)
            {
                var quantile = low < high ? distribution.Quantile(low, first, second) : distribution.UpperQuantile(high, first, second);
                Compare("quantile", quantile, x, QuantileTolerance);
            }

            void Compare(string what, double actual, double expected, double tolerance)
            {
                var error = Math.Abs(actual / expected - 1);
                if (!(error <= tolerance))
                {
                    faults.Add(FormattableString.Invariant($"{what} of {string.Join(' ', fields)} is {actual:R}, wrong by {error:e1}"));
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    // The normal tail has the square in its exponent with all its digits, and no fraction: a few last bits, 2e-16 each.
    // Any other is an exponential of ln p, whose last bit alone is |ln p| 2^-53 of the tail: 8e-14 at 1e-300. Its parts, the two
    // deviances, have a few roundings each. A continued fraction of a hundred levels has as many roundings, here 1e-14.
    private static double ProbabilityTolerance(string name, double p) => name == "normal" ? 1e-15 : 1e-14 - 5e-16 * Math.Log(p);

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
