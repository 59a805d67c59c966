using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class DistributionPropertyTests
{
    public static TheoryData<string> Names => [.. Distribution.All.Keys];

    public static TheoryData<string> Mirrored =>
        [.. Distribution.All.Keys.Where(name => Distribution.All[name].Mirror is not null)];

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void The_quantile_inverts_the_probability(string name) => ForAll(name, (distribution, p, first, second) =>
    {
        Holds(distribution.Lower, distribution.Quantile(p, first, second));
        Holds(distribution.Upper, distribution.UpperQuantile(p, first, second));

        void Holds(DistributionFunction tail, double x)
        {
            // Left out: quantiles that no double is small or large enough for, and proportions that it cannot tell from 1.
            var isKnown = name == "beta" ? x is > 0 and < .5 : x != 0 && double.IsFinite(x);
            if (isKnown)
            {
                // The last bit of x moves a tail by as much times the slope of ln p by ln x, here 4e4 at most.
                tail(x, first, second).ShouldBe(p, 1e-11 * p);
            }
        }
    });

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void The_tails_are_probabilities_that_add_to_one(string name) => ForAll(name, (distribution, p, first, second) =>
    {
        var x = distribution.UpperQuantile(p, first, second);
        double lower = distribution.Lower(x, first, second), upper = distribution.Upper(x, first, second);

        lower.ShouldBeInRange(0, 1);
        upper.ShouldBeInRange(0, 1);
        (lower + upper).ShouldBe(1, 1e-15);
    });

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void A_smaller_tail_is_farther_out(string name) => ForAll(name, (distribution, p, first, second) =>
    {
        double x = distribution.UpperQuantile(p, first, second), farther = distribution.UpperQuantile(.999 * p, first, second);

        farther.ShouldBeGreaterThanOrEqualTo(x);
        if (farther > x)
        {
            distribution.Upper(farther, first, second).ShouldBeLessThan(distribution.Upper(x, first, second));
            distribution.Lower(farther, first, second).ShouldBeGreaterThanOrEqualTo(distribution.Lower(x, first, second));
        }
    });

    [EveryCultureTheory]
    [MemberData(nameof(Mirrored))]
    public void The_tails_are_mirror_images(string name) => ForAll(name, (distribution, p, first, second) =>
    {
        var x = distribution.Quantile(p, first, second);
        var exchanged = name is "f" or "beta" ? (second, first) : (first, second);
        var mirror = distribution.Mirror!(x);
        if (double.IsNormal(x) && double.IsNormal(mirror) && distribution.Mirror(mirror) == x)
        {
            distribution.Upper(mirror, exchanged.Item1, exchanged.Item2).ShouldBe(distribution.Lower(x, first, second), 1e-11 * p);
        }
    });

    /// <summary>Probabilities from 1e-300 to almost 1, and parameters from 0.1 up, all spread evenly by their logarithms.</summary>
    private static void ForAll(string name, Action<Distribution, double, double, double> property)
    {
        var distribution = Distribution.All[name];
        var probability = Gen.OneOf(LogUniform(1e-300, .5), LogUniform(1e-3, .5), LogUniform(1e-12, .5).Select(p => 1 - p));
        var gen = from p in probability
                  from first in LogUniform(.1, distribution.LargestFirst)
                  from second in LogUniform(.1, distribution.LargestSecond)
                  select (p, first, second);
        Prop.ForAll(gen.ToArbitrary(), row => property(distribution, row.p, row.first, row.second))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
    }

    private static Gen<double> LogUniform(double smallest, double largest) => Gen.Choose(0, 1_000_000)
        .Select(i => smallest * Math.Pow(largest / smallest, i / 1e6));
}
