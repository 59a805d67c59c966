using System.Globalization;

namespace MetaSpine.Tests;

/// <summary>Weighted sums of chi-squared variables against exact values, against the plain distribution, and by their symmetries.</summary>
public sealed class WeightedChiSquaredTests
{
    /// <summary>What is promised; the errors seen are near 1e-14, and grow with |ln p| as every exponential's do.</summary>
    private const double Tolerance = 1e-12;

    [EveryCultureFact]
    public void Both_tails_have_their_digits_right()
    {
        var faults = new List<string>();
        var rows = 0;
        foreach (var line in File.ReadLines(TestFiles.Path("Numerics/Reference/weighted-chi-squared.csv")).Skip(1))
        {
            var fields = line.Split(',');
            var distribution = new WeightedChiSquared(Weights(fields[0]));
            var (lower, upper) = distribution.Tails(Number(fields[1]));
            Compare("lower", lower, Number(fields[2]));
            Compare("upper", upper, Number(fields[3]));
            rows++;

            void Compare(string what, double actual, double expected)
            {
                if (!(Math.Abs(actual - expected) <= Tolerance * expected))
                {
                    faults.Add(FormattableString.Invariant($"{what} of {line[..Math.Min(60, line.Length)]}... is {actual:R} not {expected:R}, wrong by {actual / expected - 1:e1}"));
                }
            }
        }

        faults.ShouldBeEmpty();
        rows.ShouldBeGreaterThan(250);
    }

    [EveryCultureTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(60)]
    [InlineData(400)]
    public void Equal_weights_make_a_scaled_chi_squared_variable(int count)
    {
        const double weight = 3e-7;
        var distribution = new WeightedChiSquared(Enumerable.Repeat(weight, count).ToArray());
        foreach (var p in new[] { 1e-120, 1e-30, 1e-8, .01, .3, .5, .7, .99 })
        {
            distribution.Lower(weight * ChiSquared.Quantile(p, count)).ShouldBe(p, p * 1e-11);
            distribution.Upper(weight * ChiSquared.UpperQuantile(p, count)).ShouldBe(p, p * 1e-11);
        }
    }

    [EveryCultureFact]
    public void Order_and_unit_do_not_matter()
    {
        double[] weights = [3, 1e-4, 250, 17, 17, .2];
        var distribution = new WeightedChiSquared(weights);
        var scaled = new WeightedChiSquared([.. weights.Reverse().Select(weight => weight * 1e150)]);
        foreach (var x in new[] { 1e-3, 1, 80, 287, 2000.0 })
        {
            scaled.Lower(x * 1e150).ShouldBe(distribution.Lower(x), 1e-13 * distribution.Lower(x));
            scaled.Upper(x * 1e150).ShouldBe(distribution.Upper(x), 1e-13 * distribution.Upper(x));
        }
    }

    [EveryCultureFact]
    public void Tails_are_monotone_across_the_mean()
    {
        var distribution = new WeightedChiSquared([1, 1e-3, 1e-3, 40, 1e5]);
        double before = 0;
        for (var x = 1e-6; x < 1e7; x *= 1.1)
        {
            var lower = distribution.Lower(x);
            lower.ShouldBeGreaterThan(before - 1e-14);
            before = lower;
        }

        distribution.Lower(Math.BitIncrement(distribution.Mean)).ShouldBe(distribution.Lower(distribution.Mean), 1e-13);
    }

    [EveryCultureFact]
    public void The_ends_are_certain_and_bad_weights_are_refused()
    {
        var distribution = new WeightedChiSquared([1, 2]);
        distribution.Tails(0).ShouldBe((0, 1));
        distribution.Tails(-1).ShouldBe((0, 1));
        distribution.Tails(double.PositiveInfinity).ShouldBe((1, 0));
        double.IsNaN(distribution.Lower(double.NaN)).ShouldBeTrue();
        distribution.Upper(1e300).ShouldBe(0);
        distribution.Lower(1e-300).ShouldBe(1e-300 / 2 / Math.Sqrt(2), 1e-312);
        Should.Throw<ArgumentException>(() => new WeightedChiSquared([]));
        Should.Throw<ArgumentOutOfRangeException>(() => new WeightedChiSquared([1, 0]));
        Should.Throw<ArgumentOutOfRangeException>(() => new WeightedChiSquared([double.PositiveInfinity, 1]));
    }

    private static double[] Weights(string text)
    {
        var weights = new List<double>();
        foreach (var group in text.Split(' '))
        {
            var parts = group.Split('*');
            weights.AddRange(Enumerable.Repeat(Number(parts[0]), parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1));
        }

        return [.. weights];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>
    /// Pairs of equal weights are exponential variables, whose sum has the closed form sum_i exp(-x/(2 lambda_i)) prod lambda_i/(lambda_i - lambda_j);
    /// its terms are of both signs, and for weights a factor of three and more apart lose up to two digits.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(new[] { 1.0, 5.0 })]
    [InlineData(new[] { 1e-9, 1e9 })]
    [InlineData(new[] { .2, 1.0, 7.0 })]
    [InlineData(new[] { 1e-6, 1e-3, 1.0, 1e3, 1e6 })]
    [InlineData(new[] { 1.0, 3.0, 10.0, 31.0, 100.0 })]
    public void Weights_in_pairs_have_a_closed_form(double[] pairs)
    {
        var distribution = new WeightedChiSquared([.. pairs, .. pairs]);
        foreach (var share in new[] { .1, .5, 1, 1.7, 4, 10, 30 })
        {
            var x = share * distribution.Mean;
            var upper = pairs.Sum(a => Math.Exp(-x / (2 * a)) * pairs.Where(b => b != a).Aggregate(1.0, (product, b) => product * (a / (a - b))));
            distribution.Upper(x).ShouldBe(upper, 1e-12 * Math.Max(upper, share < 1 ? 1 : 0));
        }
    }

    /// <summary>Two weights: over the angle at which (z1, z2) lies its squared length is exponential, and the trapezoidal rule over a period is exact.</summary>
    [EveryCultureTheory]
    [InlineData(1, 1)]
    [InlineData(1, 2.5)]
    [InlineData(3, 40)]
    public void Two_weights_are_a_mean_over_angles(double a, double b)
    {
        const int nodes = 2000;
        var distribution = new WeightedChiSquared([a, b]);
        foreach (var x in new[] { .1, 1, 5, 20, 100, 400 })
        {
            var mean = Enumerable.Range(0, nodes).Average(i =>
            {
                var (sin, cos) = Math.SinCos(Math.PI * i / nodes);
                return Math.Exp(-x / (2 * (a * cos * cos + b * sin * sin)));
            });
            distribution.Upper(x).ShouldBe(mean, 1e-12 * mean);
        }
    }
}
