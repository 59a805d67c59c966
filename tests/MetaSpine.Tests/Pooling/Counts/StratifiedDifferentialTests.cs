namespace MetaSpine.Tests;

/// <summary>
/// Mantel-Haenszel and Peto by the papers' sums over tables, in 77 digits, on tables with zeros, with up to a million people and with nearly all of them
/// having the event. METASPINE_DIFFERENTIAL=10000 in the environment makes so many problems for each measure.
/// </summary>
public sealed class StratifiedDifferentialTests
{
    /// <summary>
    /// Up to eight tables of a dozen roundings each; sums with terms of both signs are good to that share of their terms' sizes.
    /// </summary>
    private const double Digits = 1e-14;

    /// <summary>A table: events and others in two groups.</summary>
    private readonly record struct Table(Real A, Real B, Real C, Real D)
    {
        public Real N1 => A + B;

        public Real N2 => C + D;

        public Real N => N1 + N2;
    }

    /// <summary>A number as a sum over tables, and the sum of its terms' sizes.</summary>
    private readonly record struct Total(Real Value, Real Size)
    {
        public static Total Of(Table[] tables, params Func<Table, Real>[] terms) => new(
            Dense.Sum(tables.Length, i => terms.Aggregate(Real.Zero, (sum, term) => sum + term(tables[i]))),
            Dense.Sum(tables.Length, i => terms.Aggregate(Real.Zero, (sum, term) => sum + Real.Abs(term(tables[i])))));
    }

    [Fact]
    public void Odds_ratios_are_those_of_Mantel_and_Haenszel_and_Robins_Breslow_and_Greenland() => Compare(Measures.OR, StratifiedOptions.Default, tables =>
    {
        Real r = Sum(tables, t => t.A * t.D / t.N), s = Sum(tables, t => t.B * t.C / t.N);
        var pr = Sum(tables, t => (t.A + t.D) / t.N * (t.A * t.D / t.N));
        var both = Sum(tables, t => (t.A + t.D) / t.N * (t.B * t.C / t.N) + (t.B + t.C) / t.N * (t.A * t.D / t.N));
        var qs = Sum(tables, t => (t.B + t.C) / t.N * (t.B * t.C / t.N));
        var variance = pr / (2 * r * r) + both / (2 * r * s) + qs / (2 * s * s);
        return (Real.Log(r / s), Real.One, variance, variance);
    });

    [Fact]
    public void Risk_ratios_are_those_of_Greenland_and_Robins() => Compare(Measures.RR, StratifiedOptions.Default, tables =>
    {
        Real r = Sum(tables, t => t.A * t.N2 / t.N), s = Sum(tables, t => t.C * t.N1 / t.N);
        var d = Total.Of(tables, t => t.N1 * t.N2 * (t.A + t.C) / (t.N * t.N), t => -t.A * t.C / t.N);
        return (Real.Log(r / s), Real.One, d.Value / (r * s), d.Size / (r * s));
    });

    [Fact]
    public void Risk_differences_are_those_of_Greenland_and_Robins_with_the_variance_of_Sato() => Compare(Measures.RD, StratifiedOptions.Default, tables =>
    {
        var w = Sum(tables, t => t.N1 * t.N2 / t.N);
        var difference = Difference(tables);
        var estimate = difference.Value / w;
        var p = Total.Of(tables, t => t.N1 * t.N1 * t.C / (t.N * t.N), t => -t.N2 * t.N2 * t.A / (t.N * t.N), t => t.N1 * t.N2 * (t.N2 - t.N1) / (2 * t.N * t.N));
        var q = Sum(tables, t => (t.A * t.D + t.C * t.B) / (2 * t.N));
        return (estimate, difference.Size / w, (estimate * p.Value + q) / (w * w), (Real.Abs(estimate) * p.Size + q) / (w * w));
    });

    [Fact]
    public void Risk_differences_have_the_variance_of_Greenland_and_Robins() =>
        Compare(Measures.RD, new StratifiedOptions { RiskDifferenceVariance = RiskDifferenceVariance.GreenlandRobins }, tables =>
        {
            var w = Sum(tables, t => t.N1 * t.N2 / t.N);
            var difference = Difference(tables);
            var variance = Sum(tables, t => (t.A * t.B * t.N2 * t.N2 * t.N2 + t.C * t.D * t.N1 * t.N1 * t.N1) / (t.N1 * t.N2 * t.N * t.N)) / (w * w);
            return (difference.Value / w, difference.Size / w, variance, variance);
        });

    [Fact]
    public void Peto_divides_observed_less_expected_events_by_the_hypergeometric_variance() => Compare(Measures.PETO, StratifiedOptions.Default, tables =>
    {
        var v = Sum(tables, t => t.N1 * t.N2 * (t.A + t.C) * (t.B + t.D) / (t.N * t.N * (t.N - 1)));

        // O - E is (ad - bc)/N; in 77 digits it may as well be the difference that it is.
        var difference = Sum(tables, t => t.A - t.N1 * (t.A + t.C) / t.N);
        var size = Sum(tables, t => (t.A * t.D + t.B * t.C) / t.N);
        return (difference / v, size / v, 1 / v, 1 / v);
    });

    private static void Compare(Measure measure, StratifiedOptions options, Func<Table[], (Real Estimate, Real Size, Real Variance, Real VarianceSize)> formulas)
    {
        var random = new Random(17);
        for (var problem = 0; problem < 10 * PoolingProblem.Count; problem++)
        {
            var counts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Some(random)).ToArray();
            var data = new EffectData { ["ai"] = [.. counts.Select(t => t[0])], ["bi"] = [.. counts.Select(t => t[1])], ["ci"] = [.. counts.Select(t => t[2])], ["di"] = [.. counts.Select(t => t[3])] };
            StratifiedResult result;
            try
            {
                result = measure == Measures.PETO ? PetoMethod.Pool(data, options) : MantelHaenszel.Pool(measure, data, options);
            }
            catch (PoolingException refusal)
            {
                // Some sum of the formulas is 0; which, and what to do, has tests of its own.
                refusal.Message.Length.ShouldBeGreaterThan(40);
                continue;
            }

            var (estimate, size, variance, varianceSize) = formulas([.. counts.Select(t => new Table(t[0], t[1], t[2], t[3]))]);
            var what = $"{measure.Code} {problem}: {string.Join(" / ", counts.Select(t => string.Join(' ', t)))}";
            ((double)Real.Abs(result.Estimate - estimate)).ShouldBeLessThanOrEqualTo(Digits * (double)(Real.Abs(estimate) + size), what);
            ((double)Real.Abs((Real)result.StandardError * result.StandardError - variance)).ShouldBeLessThanOrEqualTo(Digits * (double)varianceSize, what);
        }
    }

    /// <summary>The sum of (a n2 - c n1)/N = (ad - bc)/N, of which the second form has terms of no more than its size where both risks are near 1.</summary>
    private static Total Difference(Table[] tables) => new(
        Sum(tables, t => (t.A * t.N2 - t.C * t.N1) / t.N), Sum(tables, t => (t.A * t.D + t.B * t.C) / t.N));

    private static Real Sum(Table[] tables, Func<Table, Real> term) => Dense.Sum(tables.Length, i => term(tables[i]));

    /// <summary>Two groups of up to a million, in which few, some or nearly all have the event.</summary>
    private static double[] Some(Random random)
    {
        int n1 = (int)Math.Pow(10, 6 * random.NextDouble()) + 1, n2 = (int)Math.Pow(10, 6 * random.NextDouble()) + 1;
        var kind = random.Next(3);
        int a = Events(n1), c = Events(n2);
        return [a, n1 - a, c, n2 - c];

        int Events(int n) => kind switch
        {
            0 => Math.Min(n, random.Next(4)),
            1 => random.Next(n + 1),
            _ => Math.Max(0, n - random.Next(4)),
        };
    }
}
