namespace MetaSpine;

/// <summary>What pooling the subsets of the studies gives: all of them, or a random sample.</summary>
public sealed partial record GoshResult
{
    private readonly Lazy<double[]>? _sorted;

    /// <summary>The result of all studies.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>Whether every subset but the empty one was pooled.</summary>
    public required bool IsExhaustive { get; init; }

    /// <summary>The number of subsets that were pooled; single studies count as subsets, with I^2 = 0.</summary>
    public required long Subsets { get; init; }

    /// <summary>The seed of the random subsets; null where all were pooled.</summary>
    public required ulong? Seed { get; init; }

    /// <summary>The measure, which knows the way to the scale that people read; everything here is on the analysis scale.</summary>
    public Measure Measure => Model.Effects.Measure;

    /// <summary>The mean of the estimates, on the analysis scale.</summary>
    public required double MeanEstimate { get; init; }

    /// <summary>The standard deviation of the estimates (with the number of subsets less 1).</summary>
    public required double EstimateDeviation { get; init; }

    /// <summary>The mean of I^2, in percent.</summary>
    public required double MeanI2 { get; init; }

    /// <summary>How often each estimate comes with each I^2.</summary>
    public required GoshHistogram Histogram { get; init; }

    /// <summary>What each study's inclusion does, in the order of the studies.</summary>
    public required IReadOnlyList<GoshStudy> Studies { get; init; }

    /// <summary>Every subset by itself; null where there are more than the options keep.</summary>
    public required GoshPoints? Points
    {
        get;
        init
        {
            field = value;
            _sorted = value is null ? null : new Lazy<double[]>(() =>
            {
                double[] sorted = [.. value.Estimates];
                Array.Sort(sorted);
                return sorted;
            });
        }
    }

    /// <summary>A hint at a study that splits the subsets into clusters, and what else a careful reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>A quantile of the estimates: exact where the subsets are kept (linear between order statistics), else within a bin of the histogram.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no probability.</exception>
    public double Quantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
        }

        if (_sorted is null)
        {
            return Histogram.Quantile(probability);
        }

        var sorted = _sorted.Value;
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        return below == sorted.Length - 1 ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    /// <summary>The share of the subsets whose estimate is below a value: exact where the subsets are kept, else to a bin of the histogram.</summary>
    /// <param name="estimate">The value, on the analysis scale.</param>
    /// <exception cref="ArgumentException">The value is not a number.</exception>
    public double ShareBelow(double estimate)
    {
        if (double.IsNaN(estimate))
        {
            throw new ArgumentException("The value must be a number.", nameof(estimate));
        }

        return Points is { } points ? (double)points.Estimates.Count(value => value < estimate) / points.Estimates.Count : Histogram.ShareBelow(estimate);
    }
}

/// <summary>A histogram of estimates, on the analysis scale, and I^2 together.</summary>
/// <param name="Lower">The lower end of the first bin of the estimate.</param>
/// <param name="Upper">The upper end of its last bin.</param>
/// <param name="EstimateBins">The number of bins of the estimate, of equal width.</param>
/// <param name="I2Bins">The number of bins of I^2, of equal width from 0 to 100.</param>
/// <param name="Counts">The subsets in each bin: those of the first bin of the estimate by I^2, then those of the second.</param>
public sealed record GoshHistogram(double Lower, double Upper, int EstimateBins, int I2Bins, IReadOnlyList<long> Counts)
{
    /// <summary>The subsets in a bin.</summary>
    public long this[int estimateBin, int i2Bin] => Counts[estimateBin * I2Bins + i2Bin];

    /// <summary>The subsets in each bin of the estimate, whatever their I^2.</summary>
    public IReadOnlyList<long> ByEstimate()
    {
        var counts = new long[EstimateBins];
        for (var i = 0; i < Counts.Count; i++)
        {
            counts[i / I2Bins] += Counts[i];
        }

        return counts;
    }

    /// <summary>A quantile of the estimates, the subsets of a bin taken as spread evenly over it.</summary>
    internal double Quantile(double probability)
    {
        var counts = ByEstimate();
        var target = probability * counts.Sum();
        double passed = 0;
        for (var bin = 0; bin < counts.Count; bin++)
        {
            if (counts[bin] > 0 && passed + counts[bin] >= target)
            {
                return Lower + (Upper - Lower) * (bin + (target - passed) / counts[bin]) / EstimateBins;
            }

            passed += counts[bin];
        }

        return Upper;
    }

    /// <summary>The share of the estimates below a value, the subsets of a bin taken as spread evenly over it.</summary>
    internal double ShareBelow(double value)
    {
        var position = Math.Clamp((value - Lower) / (Upper - Lower), 0, 1) * EstimateBins;
        var counts = ByEstimate();
        double below = 0;
        for (var bin = 0; bin < counts.Count; bin++)
        {
            below += counts[bin] * Math.Clamp(position - bin, 0, 1);
        }

        return below / counts.Sum();
    }
}

/// <summary>The subsets with a study against those without it.</summary>
/// <param name="Label">The study.</param>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="MeanWith">The mean estimate of the subsets with it.</param>
/// <param name="MeanWithout">The mean estimate of those without it.</param>
/// <param name="DeviationWith">The standard deviation of the estimates with it.</param>
/// <param name="DeviationWithout">The standard deviation of those without it.</param>
/// <param name="CountsWith">The subsets with it in each bin of the estimate; those without are the rest.</param>
public sealed record GoshStudy(
    string Label, int Row, double MeanWith, double MeanWithout, double DeviationWith, double DeviationWithout, IReadOnlyList<long> CountsWith)
{
    /// <summary>
    /// How far the two groups of subsets lie apart: the distance of their means in root mean square standard deviations. Above 2 two normal clusters show
    /// as two (Ashman, Bird and Zepf 1994, The Astronomical Journal 108:2348, doi:10.1086/117248).
    /// </summary>
    public double Separation
    {
        get
        {
            var spread = Math.Sqrt((DeviationWith * DeviationWith + DeviationWithout * DeviationWithout) / 2);
            return MeanWith == MeanWithout ? 0 : Math.Abs(MeanWith - MeanWithout) / spread;
        }
    }
}

/// <summary>Each subset's estimate and I^2.</summary>
public sealed class GoshPoints
{
    private readonly ulong? _seed;
    private readonly int _studies;

    internal GoshPoints(double[] estimates, double[] i2, int studies, ulong? seed) => (Estimates, I2, _studies, _seed) = (estimates, i2, studies, seed);

    /// <summary>The estimates, on the analysis scale.</summary>
    public IReadOnlyList<double> Estimates { get; }

    /// <summary>I^2 in percent, in the same order.</summary>
    public IReadOnlyList<double> I2 { get; }

    /// <summary>Whether a study is in a subset.</summary>
    /// <param name="point">The position of the subset in <see cref="Estimates"/>.</param>
    /// <param name="study">The position of the study in the model, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such subset or study.</exception>
    public bool Includes(int point, int study)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Estimates.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(study);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(study, _studies);
        if (_seed is not { } seed)
        {
            return ((ulong)(point + 1) >> study & 1) != 0;
        }

        Span<ulong> members = new ulong[RandomSubsets.Words(_studies)];
        RandomSubsets.Draw(seed, point, _studies, members);
        return (members[study >> 6] >> (study & 63) & 1) != 0;
    }
}
