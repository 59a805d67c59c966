namespace MetaSpine;

/// <summary>How the subsets of the studies are gone through.</summary>
public sealed record GoshOptions
{
    /// <summary>The defaults.</summary>
    public static GoshOptions Default { get; } = new();

    /// <summary>
    /// All subsets or random ones. <value>Default: all, up to 30 studies under equal effects and 24 under random effects, then random ones. DerSimonian-Laird and
    /// equal effects take seconds; an iterative estimator of tau^2 takes less than a microsecond a subset, so some ten seconds for 24 studies.</value>
    /// </summary>
    public GoshSubsets Subsets { get; init; } = GoshSubsets.Automatic;

    /// <summary>The number of random subsets. <value>Default 1,000,000.</value></summary>
    public long Draws { get; init; } = 1_000_000;

    /// <summary>What the random subsets follow from. <value>Default 1.</value></summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The bins of the histogram along the estimate, between the smallest and the largest estimate of a study. <value>Default 512.</value></summary>
    public int EstimateBins { get; init; } = 512;

    /// <summary>The bins of the histogram along I^2, from 0 to 100. <value>Default 100.</value></summary>
    public int I2Bins { get; init; } = 100;

    /// <summary>Up to so many subsets, each one's estimate and I^2 is kept (16 bytes a subset), and quantiles are exact. <value>Default 2^20.</value></summary>
    public long KeepUpTo { get; init; } = 1 << 20;

    /// <summary>The number of threads, on which the result does not depend. <value>Default null: as many as the machine has.</value></summary>
    public int? Threads { get; init; }

    /// <summary>Where an earlier run of the same studies, model and options stopped; null to begin anew.</summary>
    public GoshCheckpoint? Resume { get; init; }

    /// <summary>Receives a checkpoint every now and then, for work that may be cut off. <value>Default null: only a cancelled run hands one over.</value></summary>
    public IProgress<GoshCheckpoint>? Checkpoints { get; init; }

    internal GoshOptions Validated()
    {
        if (Draws < 1 || EstimateBins is < 1 or > 1 << 14 || I2Bins is < 1 or > 1 << 12 || KeepUpTo is < 0 or > 1L << 30 || Threads is < 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Subsets need at least 1 draw, 1 to 16384 and 1 to 4096 bins, 0 to 2^30 subsets to keep, and at least 1 thread; the options say {Draws}, {EstimateBins}, {I2Bins}, {KeepUpTo} and {Threads}."));
        }

        return this;
    }
}

/// <summary>Which subsets of the studies are looked at.</summary>
public enum GoshSubsets
{
    /// <summary>All where they are few enough, else random ones.</summary>
    Automatic,

    /// <summary>All; up to 36 studies.</summary>
    All,

    /// <summary>Random ones: every study is in or out with probability 1/2.</summary>
    Random,
}
