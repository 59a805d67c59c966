namespace MetaSpine.Tests;

/// <summary>The edges of counts for the models that integrate or enumerate: every number is finite, or an error says what to do.</summary>
public sealed class CountEdgeTableTests
{
    private static readonly CountModelOptions RandomBaselines = new() { Model = CountModel.UMRS, Points = 5, Tau2Interval = false };

    /// <summary>Treated events and total, control events and total.</summary>
    private static readonly (string Name, int[][] Tables)[] Ordinary =
    [
        ("one study", [[3, 20, 5, 22]]),
        ("two studies", [[3, 20, 5, 22], [7, 30, 6, 28]]),
        ("three studies", [[3, 20, 5, 22], [7, 30, 6, 28], [1, 15, 4, 16]]),
        ("all equal", [[3, 20, 5, 20], [3, 20, 5, 20], [3, 20, 5, 20]]),
        ("all equal without effect", [[5, 20, 5, 20], [5, 20, 5, 20], [5, 20, 5, 20]]),
        ("one enormous", [[3, 20, 5, 22], [400_000, 1_000_000, 410_000, 1_000_000], [1, 15, 4, 16]]),
        ("one tiny", [[1, 1, 0, 1], [7, 30, 6, 28], [12, 90, 20, 88]]),
        ("less spread than chance", [[5, 20, 10, 40], [10, 40, 20, 80], [15, 60, 30, 120]]),
        ("effects far apart", [[19, 20, 1, 20], [1, 20, 19, 20], [10, 20, 10, 20]]),
        ("one in a million", [[1, 1_000_000, 2, 1_000_000], [3, 1_000_000, 1, 1_000_000], [2, 900_000, 4, 900_000]]),
    ];

    private static IEnumerable<(string Name, int[][] Tables)> WithZeros()
    {
        for (var zeros = 0; zeros < 256; zeros++)
        {
            int Cell(int position, int count) => (zeros >> position & 1) == 1 ? 0 : count;
            int[] Table(int first, int a, int b, int c, int d)
            {
                var (events, controls) = (Cell(first, a), Cell(first + 2, c));
                return [events, events + Cell(first + 1, b), controls, controls + Cell(first + 3, d)];
            }

            yield return ($"zeros {zeros:x}", [Table(0, 3, 9, 4, 12), Table(4, 2, 15, 3, 11), [1, 9, 4, 13]]);
        }
    }

    [Theory]
    [InlineData(PoolingMethod.ML, false)]
    [InlineData(PoolingMethod.ML, true)]
    [InlineData(PoolingMethod.EE, false)]
    public void Random_baselines(PoolingMethod method, bool correlated)
    {
        // Zeros in every position of one study, and in the same positions of two; all 256 take minutes in two dimensions.
        var zeros = WithZeros().Where((_, i) => i < 16 || (i % 17 == 0 && !correlated));
        foreach (var (name, tables) in Ordinary.Concat(zeros))
        {
            // Double zeros matter where there are some.
            foreach (var keep in tables.Any(t => t[0] + t[2] == 0 || t[0] + t[2] == t[1] + t[3]) ? new[] { false, true } : [false])
            {
                var options = RandomBaselines with { Method = method, Correlated = correlated, KeepDoubleZeros = keep };
                Finite(() => CountModels.Fit(Measures.OR, StratifiedPropertyTests.Data(tables), options), result => PublicNumbers.Of(result), result => result.Notes, $"{name}, {keep}", Ordinary.Any(o => o.Name == name));
            }
        }
    }

    [EveryCultureFact]
    public void Beta_binomial()
    {
        foreach (var (name, tables) in Ordinary.Concat(WithZeros()))
        {
            Finite(() => BetaBinomial.Fit(Measures.OR, StratifiedPropertyTests.Data(tables)), result => PublicNumbers.Of(result), _ => [], name, Ordinary.Any(o => o.Name == name));
            Finite(() => BetaBinomial.Fit(Measures.PLO, OneGroup(tables)), result => PublicNumbers.Of(result), _ => [], name, Ordinary.Any(o => o.Name == name));
        }
    }

    /// <summary>An infinite estimate is one the tables allow, and says so by its bounds; nothing is ever no number.</summary>
    [EveryCultureFact]
    public void Exact_odds_ratio()
    {
        foreach (var (name, tables) in Ordinary.Where(o => o.Name != "one enormous").Concat(WithZeros()))
        {
            foreach (var midP in new[] { true, false })
            {
                try
                {
                    var result = ExactOddsRatio.Pool(StratifiedPropertyTests.Data(tables), midP: midP);
                    result.PValue.ShouldBeInRange(0, 1, name);
                    (result.Interval.Lower <= result.Estimate && result.Estimate <= result.Interval.Upper).ShouldBeTrue(name);
                    (result.Interval.Lower < result.Interval.Upper).ShouldBeTrue(name);
                    result.Interval.Lower.ShouldNotBe(double.PositiveInfinity, name);
                    result.Interval.Upper.ShouldNotBe(double.NegativeInfinity, name);
                }
                catch (Exception refusal) when (refusal is PoolingException)
                {
                    Ordinary.ShouldNotContain(o => o.Name == name);
                    refusal.Message.Length.ShouldBeGreaterThan(40, name);
                }
            }
        }
    }

    private static EffectData OneGroup(int[][] tables) =>
        new() { ["xi"] = [.. tables.Select(t => (double)t[0])], ["ni"] = [.. tables.Select(t => (double)t[1])] };

    private static void Finite<T>(
        Func<T> fit, Func<T, IEnumerable<(string Name, double Value)>> numbers, Func<T, IEnumerable<string>> notes, string what, bool mustFit)
    {
        try
        {
            var result = fit();
            numbers(result).ShouldBeFinite(notes(result), what);
        }
        catch (Exception refusal) when (refusal is PoolingException or EffectDataException)
        {
            mustFit.ShouldBeFalse($"{what}: {refusal.Message}");
            refusal.Message.Length.ShouldBeGreaterThan(40, what);
        }
    }
}
