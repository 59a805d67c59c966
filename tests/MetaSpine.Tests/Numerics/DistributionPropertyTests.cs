using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class DistributionPropertyTests
{
    private delegate double Function(double x, double first, double second);

    private sealed record Family(
        Function Lower, Function Upper, Function Quantile, Function UpperQuantile,
        double LargestFirst, double LargestSecond, Func<double, double>? Mirror = null);

    private static readonly Dictionary<string, Family> Families = new()
    {
        ["normal"] = new((x, _, _) => NormalDistribution.Lower(x), (x, _, _) => NormalDistribution.Upper(x),
            (p, _, _) => NormalDistribution.Quantile(p), (p, _, _) => NormalDistribution.UpperQuantile(p), 1, 1, x => -x),
        ["student"] = new((x, df, _) => StudentT.Lower(x, df), (x, df, _) => StudentT.Upper(x, df),
            (p, df, _) => StudentT.Quantile(p, df), (p, df, _) => StudentT.UpperQuantile(p, df), 1e10, 1, x => -x),
        ["chi-squared"] = new((x, df, _) => ChiSquared.Lower(x, df), (x, df, _) => ChiSquared.Upper(x, df),
            (p, df, _) => ChiSquared.Quantile(p, df), (p, df, _) => ChiSquared.UpperQuantile(p, df), 1e5, 1),
        ["F"] = new(FDistribution.Lower, FDistribution.Upper, FDistribution.Quantile, FDistribution.UpperQuantile, 1e3, 1e6, x => 1 / x),
        ["beta"] = new(BetaDistribution.Lower, BetaDistribution.Upper, BetaDistribution.Quantile, BetaDistribution.UpperQuantile,
            1e5, 1e5, x => 1 - x),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    public static TheoryData<string> Mirrored => [.. Families.Where(family => family.Value.Mirror is not null).Select(family => family.Key)];

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void The_quantile_inverts_the_probability(string name) => ForAll(name, (family, p, first, second) =>
    {
        Holds(family.Lower, family.Quantile(p, first, second));
        Holds(family.Upper, family.UpperQuantile(p, first, second));

        void Holds(Function tail, double x)
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
    public void The_tails_are_probabilities_that_add_to_one(string name) => ForAll(name, (family, p, first, second) =>
    {
        var x = family.UpperQuantile(p, first, second);
        double lower = family.Lower(x, first, second), upper = family.Upper(x, first, second);

        lower.ShouldBeInRange(0, 1);
        upper.ShouldBeInRange(0, 1);
        (lower + upper).ShouldBe(1, 1e-15);
    });

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void A_smaller_tail_is_farther_out(string name) => ForAll(name, (family, p, first, second) =>
    {
        double x = family.UpperQuantile(p, first, second), farther = family.UpperQuantile(.999 * p, first, second);

        farther.ShouldBeGreaterThanOrEqualTo(x);
        if (farther > x)
        {
            family.Upper(farther, first, second).ShouldBeLessThan(family.Upper(x, first, second));
            family.Lower(farther, first, second).ShouldBeGreaterThanOrEqualTo(family.Lower(x, first, second));
        }
    });

    [EveryCultureTheory]
    [MemberData(nameof(Mirrored))]
    public void The_tails_are_mirror_images(string name) => ForAll(name, (family, p, first, second) =>
    {
        var x = family.Quantile(p, first, second);
        var exchanged = name is "F" or "beta" ? (second, first) : (first, second);
        var mirror = family.Mirror!(x);
        if (double.IsNormal(x) && double.IsNormal(mirror) && family.Mirror(mirror) == x)
        {
            family.Upper(mirror, exchanged.Item1, exchanged.Item2).ShouldBe(family.Lower(x, first, second), 1e-11 * p);
        }
    });

    /// <summary>Probabilities from 1e-300 to almost 1, and parameters from 0.1 up, all spread evenly by their logarithms.</summary>
    private static void ForAll(string name, Action<Family, double, double, double> property)
    {
        var family = Families[name];
        var probability = Gen.OneOf(LogUniform(1e-300, .5), LogUniform(1e-3, .5), LogUniform(1e-12, .5).Select(p => 1 - p));
        var gen = from p in probability
                  from first in LogUniform(.1, family.LargestFirst)
                  from second in LogUniform(.1, family.LargestSecond)
                  select (p, first, second);
        Prop.ForAll(gen.ToArbitrary(), row => property(family, row.p, row.first, row.second))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
    }

    private static Gen<double> LogUniform(double smallest, double largest) => Gen.Choose(0, 1_000_000)
        .Select(i => smallest * Math.Pow(largest / smallest, i / 1e6));
}
