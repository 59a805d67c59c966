namespace MetaSpine;

/// <summary>A p-curve: the distribution of the significant p-values.</summary>
/// <remarks>
/// U. Simonsohn, L. D. Nelson and J. P. Simmons (2014), Journal of Experimental Psychology: General 143:534, doi:10.1037/a0033242; Simonsohn, Simmons and Nelson
/// (2015), 144:1146, doi:10.1037/xge0000104, with the half curve. The p-values are those of two-sided z tests at 5%.
/// </remarks>
public sealed partial record PCurveResult
{
    /// <summary>The number of z statistics given.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The number with p below 0.05.</summary>
    public required int SignificantCount { get; init; }

    /// <summary>The number with p below 0.025, the half curve.</summary>
    public required int HalfCount { get; init; }

    /// <summary>How many p-values lie in each of five bins: below 0.01, from there below 0.02, and so on to 0.05.</summary>
    public required IReadOnlyList<int> Bins { get; init; }

    /// <summary>Right skew (evidential value): the one-sided binomial p-value of so many below 0.025.</summary>
    public required double RightSkewBinomialPValue { get; init; }

    /// <summary>Right skew of the full curve, by Stouffer's method.</summary>
    public required StoufferTest RightSkew { get; init; }

    /// <summary>Right skew of the half curve; null where no p-value is below 0.025.</summary>
    public required StoufferTest? RightSkewHalf { get; init; }

    /// <summary>Flatter than with 33% power: the one-sided binomial p-value of so few below 0.025.</summary>
    public required double FlatterBinomialPValue { get; init; }

    /// <summary>Flatter than with 33% power, the full curve.</summary>
    public required StoufferTest Flatter { get; init; }

    /// <summary>
    /// Flatter than with 33% power, the half curve; null where no p-value is below 0.025. The p-values are conditioned on being below 0.025; the authors' app
    /// (4.052) divides by three times that probability instead, so that its values start at 2/3 and can never look flat.
    /// </summary>
    public required StoufferTest? FlatterHalf { get; init; }

    /// <summary>The power at which the curve is as expected, 0.05 to 0.99.</summary>
    public required double Power { get; init; }

    /// <summary>The powers that Stouffer's test rejects on neither side at 5%: a 90% interval.</summary>
    public required Interval PowerInterval { get; init; }

    /// <summary>Whether there is evidential value: the half curve is skewed at 5%, or both curves at 10%.</summary>
    public required bool HasEvidence { get; init; }

    /// <summary>Whether evidential value is absent or inadequate: the full curve is flatter at 5%, or the half curve and the binomial test at 10%.</summary>
    public required bool LacksEvidence { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Stouffer's test of p-values that are uniform under a hypothesis.</summary>
/// <param name="Z">The sum of their normal quantiles over the root of their number.</param>
/// <param name="PValue">The lower tail.</param>
public readonly record struct StoufferTest(double Z, double PValue)
{
    internal static StoufferTest Of(IReadOnlyList<double> quantiles)
    {
        var z = quantiles.Sum() / Math.Sqrt(quantiles.Count);
        return new StoufferTest(z, NormalDistribution.Lower(z));
    }
}

/// <summary>p-curve analysis.</summary>
public static class PCurve
{
    private const double LowestPower = .05;
    private const double HighestPower = .99;

    private static readonly double Critical = NormalDistribution.UpperQuantile(.025);

    /// <summary>The z statistics of the p-values 0, 0.01 to 0.05.</summary>
    private static readonly double[] BinEnds = [double.PositiveInfinity, .. Enumerable.Range(1, 5).Select(i => NormalDistribution.UpperQuantile(.005 * i))];
    private static readonly double HalfCritical = NormalDistribution.UpperQuantile(.0125);

    /// <summary>Analyses the p-values of the studies of a pooled result.</summary>
    /// <exception cref="PoolingException">Fewer than three are significant.</exception>
    /// <exception cref="ArgumentException">The measure has no value of no effect.</exception>
    public static PCurveResult PCurveAnalysis(this PooledResult result) => Analyse(Evidence.Of(result).Z);

    /// <summary>Analyses z statistics, one from each study; a p-value belongs to the hypothesis that the study was about.</summary>
    /// <exception cref="PoolingException">Fewer than three are significant.</exception>
    /// <exception cref="ArgumentException">A statistic is not finite.</exception>
    public static PCurveResult Analyse(IReadOnlyList<double> z)
    {
        ArgumentNullException.ThrowIfNull(z);
        if (z.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException("A z statistic is not finite.", nameof(z));
        }

        double[] full = [.. z.Select(Math.Abs).Where(value => value > Critical)];
        double[] half = [.. full.Where(value => value > HalfCritical)];
        if (full.Length < 3)
        {
            throw new PoolingException(FormattableString.Invariant($"A p-curve needs at least 3 significant studies (p below 0.05); there {(full.Length == 1 ? "is 1" : $"are {full.Length}")} of {z.Count}."));
        }

        var third = Noncentrality(1.0 / 3);
        double[] halfShares = [.. full.Select(_ => .5)], thirdShares = [.. full.Select(_ => 1 - 3 * Tail(HalfCritical, third))];
        var (skew, flat) = (Skew(full, Critical, 0), Flat(full, Critical, third));
        StoufferTest? skewHalf = half.Length > 0 ? Skew(half, HalfCritical, 0) : null, flatHalf = half.Length > 0 ? Flat(half, HalfCritical, third) : null;
        var fewer = full.Length - half.Length;
        var found = new PCurveResult
        {
            StudyCount = z.Count,
            SignificantCount = full.Length,
            HalfCount = half.Length,
            Bins = [.. BinEnds.Skip(1).Select((end, i) => full.Count(value => value > end && value <= BinEnds[i]))],
            RightSkewBinomialPValue = ExcessSignificanceTest.AtLeast(halfShares, half.Length),
            RightSkew = skew,
            RightSkewHalf = skewHalf,
            FlatterBinomialPValue = ExcessSignificanceTest.AtLeast(thirdShares, fewer),
            Flatter = flat,
            FlatterHalf = flatHalf,
            Power = PowerAt(full, 0),
            PowerInterval = new Interval(PowerAt(full, NormalDistribution.Quantile(.95)), PowerAt(full, NormalDistribution.Quantile(.05)), .9),
            HasEvidence = skewHalf?.PValue < .05 || (skewHalf?.PValue < .1 && skew.PValue < .1),
            LacksEvidence = false,
            Notes = [],
        };
        found = found with { LacksEvidence = flat.PValue < .05 || (flatHalf?.PValue < .1 && found.FlatterBinomialPValue < .1) };
        return found with { Notes = Notes(found) };
    }

    /// <summary>The share of the significant p-values in each bin that a power leads one to expect.</summary>
    internal static double[] ExpectedShares(double power)
    {
        var noncentrality = Noncentrality(power);
        return [.. BinEnds.Skip(1).Select((end, i) => (Tail(end, noncentrality) - Tail(BinEnds[i], noncentrality)) / Tail(Critical, noncentrality))];
    }

    /// <summary>P(|Z| > z) where Z is normal around the noncentrality.</summary>
    private static double Tail(double z, double noncentrality) => NormalDistribution.Upper(z - noncentrality) + NormalDistribution.Upper(z + noncentrality);

    /// <summary>The noncentrality at which a two-sided test at 5% has a power.</summary>
    private static double Noncentrality(double power) => RootFinding.TryFind(x => Tail(Critical, x) - power, 0, 10, out var root) ? root : 0;

    /// <summary>p-values given significance are uniform under no effect; small ones count against it.</summary>
    private static StoufferTest Skew(double[] z, double critical, double noncentrality) =>
        StoufferTest.Of(Array.ConvertAll(z, value => NormalDistribution.Quantile(Share(value, critical, noncentrality))));

    /// <summary>The same under 33% power, where large p-values count against it.</summary>
    private static StoufferTest Flat(double[] z, double critical, double noncentrality) =>
        StoufferTest.Of(Array.ConvertAll(z, value => NormalDistribution.UpperQuantile(Share(value, critical, noncentrality))));

    /// <summary>P(|Z| > z) given significance, kept off 0 and 1, where quantiles are infinite.</summary>
    private static double Share(double z, double critical, double noncentrality) =>
        Math.Clamp(Tail(z, noncentrality) / Tail(critical, noncentrality), double.Epsilon, Math.BitDecrement(1));

    /// <summary>The power at which Stouffer's statistic of flatness has a value; it falls with the power.</summary>
    private static double PowerAt(double[] z, double statistic)
    {
        if (Excess(LowestPower) <= 0)
        {
            return LowestPower;
        }

        return Excess(HighestPower) >= 0 ? HighestPower : RootFinding.TryFind(Excess, LowestPower, HighestPower, out var root) ? root : double.NaN;

        double Excess(double power) => Flat(z, Critical, Noncentrality(power)).Z - statistic;
    }

    private static List<string> Notes(PCurveResult found)
    {
        var verdict = (found.HasEvidence, found.LacksEvidence) switch
        {
            (true, false) => "they are right-skewed, as with a true effect",
            (false, true) => "they are flatter than with 33% power, so that evidence is absent or inadequate",
            (true, true) => "they are right-skewed, yet flatter than with 33% power: the effect, if any, is studied with little power",
            _ => "they are neither clearly right-skewed nor flatter than with 33% power",
        };
        return
        [
            SmallStudyNotes.Text($"p-curve of {found.SignificantCount} significant of {found.StudyCount} results ({found.HalfCount} below 0.025): {verdict} (full curve {SmallStudyNotes.P(found.RightSkew.PValue)}, half curve {SmallStudyNotes.P(found.RightSkewHalf?.PValue ?? 1)}); estimated power {100 * found.Power:0}% (90% interval {100 * found.PowerInterval.Lower:0}% to {100 * found.PowerInterval.Upper:0}%)."),
            "A p-curve takes the studies to share one hypothesis and to differ little: with heterogeneity the power is overestimated (van Aert, Wicherts and van Assen 2016, doi:10.1177/1745691616650874).",
        ];
    }
}
