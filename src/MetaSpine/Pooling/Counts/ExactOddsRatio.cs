namespace MetaSpine;

/// <summary>
/// An exact common odds ratio: the number of treated events of all studies together, given every table's margins, with no approximation
/// and no correction, however rare the events. A study without events says nothing and changes nothing.
/// </summary>
/// <remarks>
/// Gart (1970), Biometrika 57:471, doi:10.1093/biomet/57.3.471: the tables' noncentral hypergeometric distributions are convolved. The mid-p
/// interval counts half of the observed number's own probability in each tail (Lancaster 1961, doi:10.1080/01621459.1961.10482105; Mehta and
/// Walsh 1992, The American Statistician 46:146).
/// </remarks>
public static class ExactOddsRatio
{
    /// <summary>Beyond this the observed number is certain, to the last bit, whatever the tables.</summary>
    private const double Farthest = 600;

    /// <summary>Estimates a common odds ratio by the conditional likelihood, with an exact interval.</summary>
    /// <param name="data">Tables of whole numbers: <c>ai ci</c> with <c>bi di</c> or <c>n1i n2i</c>.</param>
    /// <param name="level">The level of the interval, as a proportion.</param>
    /// <param name="midP">Whether the tails hold half of the observed number's probability (mid-p: close to the level on average, as default), or
    /// all of it (Fisher: never below the level, usually well above).</param>
    /// <exception cref="ArgumentException">The level is out of range.</exception>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="PoolingException">No table has both an event and a participant without one.</exception>
    public static ExactOddsRatioResult Pool(EffectData data, double level = 0.95, bool midP = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        _ = new StratifiedOptions { Level = level }.Validated();
        var effects = Measures.OR.Compute(data, new EffectSizeOptions { DropDoubleZero = true });
        var counts = CountModelData.Of(effects, new CountModelOptions { Model = CountModel.CMEL }, null);
        var tables = Array.ConvertAll(counts.Rows, row =>
        {
            var (a, c) = (data["ai"][row], data["ci"][row]);
            return new ConditionalTable(
                a, a + Rest("bi", "n1i", a, row), c + Rest("di", "n2i", c, row), a + c);
        });
        var (sum, lowest, highest) = (tables.Sum(table => table.Events), tables.Sum(table => table.Lowest), tables.Sum(table => table.Highest));
        var estimate = sum == lowest ? double.NegativeInfinity : sum == highest ? double.PositiveInfinity : Estimate(tables);
        var distribution = new Tilted(tables, double.IsFinite(estimate) ? estimate : 0, (int)(sum - lowest), midP);
        var tail = (1 - level) / 2;
        return new ExactOddsRatioResult
        {
            Effects = effects,
            Studies = [.. counts.Rows.Select(row => new CountedStudy(data.Label(row), row))],
            Excluded = counts.Excluded,
            Estimate = estimate,
            Interval = new Interval(
                sum == lowest ? double.NegativeInfinity : distribution.Where(upperTail: true, tail),
                sum == highest ? double.PositiveInfinity : distribution.Where(upperTail: false, tail),
                level),
            PValue = Math.Min(1, 2 * Math.Min(distribution.Tail(0, upper: true), distribution.Tail(0, upper: false))),
            MidP = midP,
        };

        double Rest(string rest, string total, double events, int row) =>
            data.Has(rest) && !double.IsNaN(data[rest][row]) ? data[rest][row] : data[total][row] - events;
    }

    /// <summary>Where the expected number is the observed one; the likelihood is concave.</summary>
    private static double Estimate(ConditionalTable[] tables)
    {
        double theta = 0;
        for (var i = 0; i < 200; i++)
        {
            double slope = 0, information = 0;
            foreach (var table in tables)
            {
                var at = table.At(theta);
                slope += at.First;
                information -= at.Second;
            }

            var step = Math.Clamp(slope / information, -1, 1);
            theta += step;
            if (Math.Abs(step) < 1e-14 * (1 + Math.Abs(theta)))
            {
                break;
            }
        }

        return theta;
    }

    /// <summary>The distribution of the sum at one odds ratio, from which that at any other follows by a power of their ratio.</summary>
    private sealed class Tilted
    {
        private readonly double[] _logs;
        private readonly double _center;
        private readonly int _observed;
        private readonly bool _midP;

        public Tilted(ConditionalTable[] tables, double center, int observed, bool midP)
        {
            double[] terms = [1];
            foreach (var table in tables)
            {
                var one = table.Terms(center);
                var product = new double[terms.Length + one.Length - 1];
                for (var i = 0; i < terms.Length; i++)
                {
                    for (var j = 0; j < one.Length && terms[i] > 0; j++)
                    {
                        product[i + j] += terms[i] * one[j];
                    }
                }

                var largest = product.Max();
                terms = Array.ConvertAll(product, term => term / largest);
            }

            (_logs, _center, _observed, _midP) = (Array.ConvertAll(terms, Math.Log), center, observed, midP);
        }

        /// <summary>The probability of at least, or at most, the observed number; half its own with mid-p.</summary>
        public double Tail(double theta, bool upper)
        {
            double inside = 0, outside = 0, shift = theta - _center;
            var reference = double.NegativeInfinity;
            for (var j = 0; j < _logs.Length; j++)
            {
                reference = Math.Max(reference, _logs[j] + (j - _observed) * shift);
            }

            for (var j = 0; j < _logs.Length; j++)
            {
                var term = Math.Exp(_logs[j] + (j - _observed) * shift - reference);
                var share = j == _observed ? _midP ? 0.5 : 1 : upper == j > _observed ? 1 : 0;
                inside += share * term;
                outside += (1 - share) * term;
            }

            return inside / (inside + outside);
        }

        /// <summary>The log odds ratio at which a tail has the given probability.</summary>
        public double Where(bool upperTail, double probability)
        {
            var distance = 1.0;
            var sign = upperTail ? -1 : 1;
            while (Tail(_center + sign * distance, upperTail) > probability && distance < Farthest)
            {
                distance *= 2;
            }

            var (near, far) = (_center - sign * distance, _center + sign * distance);
            return RootFinding.TryFind(theta => Tail(theta, upperTail) - probability, Math.Min(near, far), Math.Max(near, far), out var root)
                ? root
                : sign * double.PositiveInfinity;
        }
    }
}

/// <summary>An exact common odds ratio, on the log scale; <see cref="Natural"/> holds it as people read it.</summary>
public sealed partial record ExactOddsRatioResult : IPooledEffect
{
    /// <summary>The studies' own estimates, zeros corrected; nothing here depends on them.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The studies that say something, in order.</summary>
    public required IReadOnlyList<CountedStudy> Studies { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The conditional maximum-likelihood estimate of the log odds ratio; infinite where the observed number is the smallest or the largest possible.</summary>
    public required double Estimate { get; init; }

    /// <summary>The exact interval; one end is infinite where the estimate is.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The exact p-value of no effect: twice the smaller tail.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the tails hold half of the observed number's own probability.</summary>
    public required bool MidP { get; init; }

    /// <summary>Estimate and interval as odds ratios, from 0 to infinity.</summary>
    public NaturalResult Natural => new(
        Effects.Measure.ReadAs, Math.Exp(Estimate), Interval with { Lower = Math.Exp(Interval.Lower), Upper = Math.Exp(Interval.Upper) }, null);

    /// <inheritdoc/>
    public int StudyCount => Studies.Count;

    /// <inheritdoc/>
    public IReadOnlyList<StudyShare> Shares => [.. Studies.Select(study => new StudyShare(study.Row, null))];

    string IPooledEffect.ModelName => "Exact common effect";

    string IPooledEffect.ModelDetail => MidP ? "conditional likelihood, mid-p" : "conditional likelihood";

    double? IPooledEffect.StandardError => null;

    double? IPooledEffect.Statistic => null;

    double? IPooledEffect.DegreesOfFreedom => null;

    Interval? IPooledEffect.PredictionInterval => null;

    double? IPooledEffect.Tau2 => null;

    double? IPooledEffect.I2 => null;

    Interval? IPooledEffect.I2Interval => null;

    ChiSquaredTest? IPooledEffect.Heterogeneity => null;

    IReadOnlyList<string> IPooledEffect.Notes => [];
}
