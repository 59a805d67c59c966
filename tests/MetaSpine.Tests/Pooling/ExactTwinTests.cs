namespace MetaSpine.Tests;

/// <summary>
/// The kernels against exact arithmetic on ugly problems: variances over up to forty orders of magnitude, near ties, as few studies as
/// there can be, given weights that have nothing to do with the variances.
/// </summary>
public sealed class ExactTwinTests
{
    /// <summary>
    /// The sums have no terms that cancel, up to the residuals' own: a few hundred roundings of 1e-16. Residuals of estimates that nearly fit are
    /// small differences, and are compared against the estimates that they come from.
    /// </summary>
    private const double Tolerance = 1e-12;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [EveryCultureTheory]
    [MemberData(nameof(Seeds))]
    public void Traces_and_quadratic_forms_have_their_digits_whatever_the_weights(int seed)
    {
        var random = new Random(seed);
        for (var problem = 0; problem < 10; problem++)
        {
            var (y, v, rows, given) = Problem(random);
            var twin = new ExactTwin(y, v, rows);
            var tau2 = random.Next(3) == 0 ? 0 : Math.Pow(10, random.Next(-12, 12));
            var what = $"seed {seed}, problem {problem}, {y.Length} studies, {rows[0].Length} coefficients, v {string.Join(' ', v)}, tau^2 {tau2}";

            // Regressions with an intercept are fitted to the distances from the mean.
            var regression = new RegressionProfile([.. y.Select(value => value - y.Average())], v, [.. rows.SelectMany(row => row)], rows[0].Length);
            Same(regression, twin, y, v, tau2, given, what);
            if (rows[0].Length == 1)
            {
                Same(new InterceptProfile(y, v), twin, y, v, tau2, given, what);
            }
        }
    }

    /// <summary>
    /// With given weights a and variances s: the sum of the eigenvalues is tr PS, that of their squares tr PSPS, their product that of the a s
    /// times sum 1/s over sum a; and one lies between each two neighbours of the a s.
    /// </summary>
    [EveryCultureTheory]
    [MemberData(nameof(Seeds))]
    public void The_spectrum_has_the_exact_sums_and_product_however_far_apart_its_values_are(int seed)
    {
        var random = new Random(seed);
        for (var problem = 0; problem < 20; problem++)
        {
            var (y, s, _, a) = Problem(random);
            var values = InterceptSpectrum.Of(a, s);
            var exact = new ExactTwin(y, s, Array.ConvertAll(y, _ => new[] { 1.0 })).At(Array.ConvertAll(a, weight => (Fraction)weight)).Traces;
            double[] poles = [.. a.Zip(s, (weight, variance) => weight * variance).Order()];
            values.Sum().ShouldBe(exact.PV, Tolerance * exact.PV);
            values.Sum(value => value * value).ShouldBe(exact.PVPV, Tolerance * exact.PVPV);
            values.Sum(Math.Log).ShouldBe(poles.Sum(Math.Log) + Math.Log(s.Sum(variance => 1 / variance) / a.Sum()), Tolerance * y.Length * 100);
            for (var j = 0; j < values.Length; j++)
            {
                values[j].ShouldBeInRange(poles[j], poles[j + 1]);
            }
        }
    }

    /// <summary>The precise study outweighs the others by twelve orders of magnitude; S1 - S2/S1 in doubles would keep four digits, decimals keep them all.</summary>
    [EveryCultureFact]
    public void A_study_that_outweighs_all_keeps_the_others_digits()
    {
        double[] y = [3, 4, 4.5, 3.5];
        double[] v = [1e-12, 1, 1, 2];
        decimal s1 = 1e12m + 2.5m, s2 = 1e24m / s1, rest = 2.25m / s1;
        var trace = (double)(1e12m - s2 + 2.5m - rest);
        var q = (double)(1m + 2.25m + 0.125m - (1m + 1.5m + 0.25m) * (2.75m / s1));
        MetaAnalysis.Pool(y, v, new PoolingOptions { Method = PoolingMethod.DL }).Tau2.ShouldBe(Math.Max(0, (q - 3) / trace), 1e-13);
    }

    private static void Same<TProfile>(in TProfile profile, ExactTwin twin, double[] y, double[] v, double tau2, double[] given, string what)
        where TProfile : IProfile, allows ref struct
    {
        var weights = twin.Weights(tau2);
        var (exact, ppy) = twin.At(weights);
        var at = profile.At(tau2);
        Near(at.TrP, exact.P, "tr P");
        Near(at.TrPP, exact.PP, "tr PP");
        Size(at.Rss, exact.Rss, v.Select(variance => 1 / (variance + tau2)), "Q");
        Size(at.PPy, ppy, v.Select(variance => 1 / ((variance + tau2) * (variance + tau2))), "y'PPy");
        Same(profile.TracesAt(Weighting.InverseVariance(tau2)), exact, v.Select(variance => 1 / (variance + tau2)), "inverse variances");
        Same(profile.TracesAt(Weighting.Given(given)), twin.At(Array.ConvertAll(given, w => (Fraction)w)).Traces, given, "given weights");
        Same(profile.TracesAt(Weighting.Unit), twin.At(Array.ConvertAll(given, _ => (Fraction)1)).Traces, given.Select(_ => 1.0), "unit weights");

        void Same(Traces actual, Traces expected, IEnumerable<double> size, string which)
        {
            Size(actual.Rss, expected.Rss, size, $"Q with {which}");
            Near(actual.P, expected.P, $"tr P with {which}");
            Near(actual.PP, expected.PP, $"tr PP with {which}");
            Near(actual.PV, expected.PV, $"tr PV with {which}");
            Near(actual.PVP, expected.PVP, $"tr PVP with {which}");
            Near(actual.PVPV, expected.PVPV, $"tr PVPV with {which}");
        }

        void Near(double actual, double expected, string name) =>
            Within(actual, expected, Tolerance * expected, name);

        // Residuals are known to the last digit of the estimates; the heaviest study has next to none.
        void Size(double actual, double expected, IEnumerable<double> sizes, string name)
        {
            var spread = y.Max() - y.Min();
            Within(actual, expected, Tolerance * (expected + spread * spread * sizes.Order().ElementAt(y.Length - 2)), name);
        }

        void Within(double actual, double expected, double error, string name) =>
            (Math.Abs(actual - expected) <= error).ShouldBeTrue($"{name} is {actual:R}, not {expected:R}: {what}");
    }

    private static (double[] Y, double[] V, double[][] Rows, double[] Given) Problem(Random random)
    {
        var k = random.Next(2, 7);
        var p = k < 4 ? 1 : random.Next(1, Math.Min(4, k - 1));
        double Power(int span) => Math.Pow(10, span * (2 * random.NextDouble() - 1));
        int span = new[] { 0, 3, 6, 12, 20 }[random.Next(5)], other = new[] { 0, 2, 8, 15 }[random.Next(4)];
        double[] v = [.. Enumerable.Range(0, k).Select(_ => random.Next(8) == 0 ? 1 : Power(span))];
        double scale = Power(3), base_ = random.Next(2) == 0 ? 0 : 1e8;
        double[] y = random.Next(3) switch
        {
            0 => [.. v.Select(_ => base_ + random.Next(-4, 5) * .25)],
            1 => [.. v.Select(variance => Math.Sqrt(variance) * (random.NextDouble() - .5))],
            _ => [.. v.Select(_ => scale * (1 + random.NextDouble() * (random.Next(2) == 0 ? 1e-12 : 1)))],
        };
        double[][] rows;
        do
        {
            rows = [.. v.Select(_ => Enumerable.Range(0, p).Select(j => j == 0 ? 1 : new[] { 0, 1, 2, 3, 2000, -1.5, random.NextDouble() }[random.Next(7)]).ToArray())];
        }
        while (new RegressionProfile(y, v, [.. rows.SelectMany(row => row)], p).DependentColumn >= 0);
        return (y, v, rows, [.. v.Select(_ => Power(other))]);
    }
}
