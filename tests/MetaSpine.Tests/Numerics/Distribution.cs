namespace MetaSpine.Tests;

/// <summary>A function of a point or a probability and of up to two parameters; those that it lacks are ignored.</summary>
internal delegate double DistributionFunction(double x, double first, double second);

/// <summary>The members that the distributions have in common, so that one test serves them all.</summary>
/// <param name="Lower">The lower tail.</param>
/// <param name="Upper">The upper tail.</param>
/// <param name="Quantile">The inverse of the lower tail.</param>
/// <param name="UpperQuantile">The inverse of the upper tail.</param>
/// <param name="LargestFirst">The largest first parameter that properties are tried with; the smallest is 0.1.</param>
/// <param name="LargestSecond">The largest second parameter.</param>
/// <param name="Mirror">The point whose upper tail is the lower tail of its argument, the parameters being exchanged.</param>
internal sealed record Distribution(
    DistributionFunction Lower, DistributionFunction Upper, DistributionFunction Quantile, DistributionFunction UpperQuantile,
    double LargestFirst = .1, double LargestSecond = .1, Func<double, double>? Mirror = null)
{
    public static readonly Dictionary<string, Distribution> All = new()
    {
        ["normal"] = new(
            (x, _, _) => NormalDistribution.Lower(x), (x, _, _) => NormalDistribution.Upper(x),
            (p, _, _) => NormalDistribution.Quantile(p), (p, _, _) => NormalDistribution.UpperQuantile(p), Mirror: x => -x),
        ["student"] = new(
            (x, df, _) => StudentT.Lower(x, df), (x, df, _) => StudentT.Upper(x, df),
            (p, df, _) => StudentT.Quantile(p, df), (p, df, _) => StudentT.UpperQuantile(p, df), 1e10, Mirror: x => -x),
        ["chi-squared"] = new(
            (x, df, _) => ChiSquared.Lower(x, df), (x, df, _) => ChiSquared.Upper(x, df),
            (p, df, _) => ChiSquared.Quantile(p, df), (p, df, _) => ChiSquared.UpperQuantile(p, df), 1e5),
        ["f"] = new(
            FDistribution.Lower, FDistribution.Upper, FDistribution.Quantile, FDistribution.UpperQuantile, 1e3, 1e6, x => 1 / x),
        ["beta"] = new(
            BetaDistribution.Lower, BetaDistribution.Upper, BetaDistribution.Quantile, BetaDistribution.UpperQuantile,
            1e5, 1e5, x => 1 - x),
    };
}
