namespace MetaSpine;

/// <summary>Graphical display of study heterogeneity (GOSH): the pooled estimate and I^2 of every subset of the studies.</summary>
/// <remarks>
/// Olkin, Dahabreh and Trikalinos (2012), Research Synthesis Methods 3:214, doi:10.1002/jrsm.1054. Two clusters of estimates show that a few studies pull
/// against the rest, or that the studies are of two kinds. The subsets are counted in a histogram of bounded memory as they are pooled, in
/// parallel; the result is the same, to the last digit, on any number of threads and after any number of stops.
/// </remarks>
public static class AllSubsets
{
    /// <summary>The most studies of which all subsets are pooled unless asked for otherwise.</summary>
    private const int MostEqual = 30, MostRandom = 24, Most = 36;

    /// <summary>Pools the subsets of the studies.</summary>
    /// <param name="result">A pooled result; its method and weights are used for every subset.</param>
    /// <param name="options">Which subsets and how they are shown; <see cref="GoshOptions.Default"/> where null.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work within about a second.</param>
    /// <exception cref="PoolingException">There are fewer than three studies.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the checkpoint belongs to another run.</exception>
    /// <exception cref="GoshCancelledException">The work was cancelled; the exception holds the checkpoint to go on from.</exception>
    public static GoshResult Gosh(this PooledResult result, GoshOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        options = (options ?? GoshOptions.Default).Validated();
        var k = result.StudyCount;
        if (k < 3)
        {
            throw new PoolingException(FormattableString.Invariant($"Subsets of the studies need at least 3 studies; there {(k == 1 ? "is 1" : $"are {k}")}."));
        }

        if (options.Subsets == GoshSubsets.All && k > Most)
        {
            throw new ArgumentException(FormattableString.Invariant($"{k} studies have 2^{k} subsets, which no run gets through; pool random ones (up to {Most} studies all can be asked for)."), nameof(options));
        }

        var data = ModelData.Of(result);
        var shape = new GoshShape(
            Blocks(result, data, options), k, options.EstimateBins, options.I2Bins, data.Y.Min(), data.Y.Max(), result.Estimate);
        return new GoshRun(result, data, options, shape).Complete(progress, cancellation);
    }

    private static SubsetBlocks Blocks(PooledResult result, ModelData data, GoshOptions options)
    {
        var model = result.Options;
        var most = model.Method == PoolingMethod.EE ? MostEqual : MostRandom;
        if (options.Subsets == GoshSubsets.Random || (options.Subsets == GoshSubsets.Automatic && data.K > most))
        {
            return new RandomSubsets(data.K, options.Draws, options.Seed);
        }

        return model is { Method: PoolingMethod.EE or PoolingMethod.DL, Weights: null, Weighted: true, FixedTau2: null, QAround: QCentre.InverseVariance }
            ? new ClosedFormBlocks(data.Y, data.V, model.Method == PoolingMethod.DL)
            : new FittedBlocks(data.K);
    }
}
