namespace MetaSpine;

/// <content>Many analyses at once.</content>
public static partial class MetaAnalysis
{
    /// <summary>So many analyses are done by one thread at a time.</summary>
    private const int Chunk = 1024;

    /// <summary>
    /// Pools many sets of studies: columns of numbers in, columns of results out, on all processors. Each result is that of
    /// <see cref="Pool(IReadOnlyList{double}, IReadOnlyList{double}, PoolingOptions?)"/> on the same studies, to the last bit.
    /// </summary>
    /// <param name="estimates">The estimates of all analyses, one after the other, on the scale on which they are averaged: logs of ratios.</param>
    /// <param name="variances">Their squared standard errors. A study whose estimate or variance is NaN is left out.</param>
    /// <param name="offsets">Where each analysis begins, and at last where the last one ends: analysis i has the studies from <c>offsets[i]</c> to before <c>offsets[i + 1]</c>.</param>
    /// <param name="options">How; <see cref="PoolingOptions.Default"/> where null. Weights of studies, the Kenward-Roger test and the generalised Q estimators are for one analysis at a time; intervals of tau^2 are not computed.</param>
    /// <param name="threads">The most threads; all processors where null. Results do not depend on it.</param>
    /// <param name="progress">Receives the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The columns. An analysis that cannot be pooled has NaN in each, and its reason among <see cref="PooledColumns.Problems"/>.</returns>
    /// <exception cref="ArgumentException">The columns differ in length, the offsets fall or leave them, or an option is out of range or for one analysis at a time.</exception>
    /// <example><code>
    /// var many = MetaAnalysis.PoolMany([.1, .3, -.2, .4, .1], [.02, .03, .01, .05, .04], [0, 3, 5]);   // three studies, then two
    /// Console.WriteLine(many.Estimate[1]);
    /// </code></example>
    public static PooledColumns PoolMany(
        ReadOnlyMemory<double> estimates, ReadOnlyMemory<double> variances, ReadOnlyMemory<int> offsets, PoolingOptions? options = null, int? threads = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options = ForMany(Validated(options));
        var count = Analyses(estimates.Length, variances.Length, offsets.Span);
        if (threads < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"At least one thread does the work; threads is {threads}."), nameof(threads));
        }

        var columns = new PooledColumns(count, options);
        var kernel = new BulkKernel(options, Longest(offsets.Span));
        var how = new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1, CancellationToken = cancellation };
        var (chunks, done) = ((count + Chunk - 1) / Chunk, 0);
        Parallel.For(0, chunks, how, () => new FitsBySize(options, Set), (chunk, _, fits) =>
        {
            var rows = new BulkRows(estimates, variances, offsets);
            for (var i = chunk * Chunk; i < Math.Min(count, (chunk + 1) * Chunk); i++)
            {
                if (rows.Select(i) is { } problem)
                {
                    columns.Fail(i, problem);
                }
                else if (rows.Y.Length == 1)
                {
                    columns.Set(i, kernel.Single(rows.Y[0], rows.V[0]));
                }
                else
                {
                    fits.Add(i, rows.Y, rows.V);
                }
            }

            fits.Complete();
            progress?.Report((double)Interlocked.Increment(ref done) / chunks);
            return fits;
        }, _ => { });
        return columns;

        void Set(int analysis, int studies, in InterceptFit fit) => columns.Set(analysis, kernel.Of(studies, fit));
    }

    private static PoolingOptions ForMany(PoolingOptions options) => options switch
    {
        { Weights: not null } or { Weighted: false } => throw new ArgumentException("Weights belong to the studies of one analysis: pool it by itself.", nameof(options)),
        { Test: PoolingTest.KenwardRoger } => throw new ArgumentException("The Kenward-Roger test is for one analysis at a time; choose knha, or pool each by itself.", nameof(options)),
        { Method: PoolingMethod.GENQ or PoolingMethod.GENQM } => throw new ArgumentException($"The generalised Q estimator ({options.Method}) is for one analysis at a time.", nameof(options)),
        _ => options,
    };

    private static int Analyses(int estimates, int variances, ReadOnlySpan<int> offsets)
    {
        if (estimates != variances)
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {estimates} estimates and {variances} variances: give one variance for each estimate."), nameof(variances));
        }

        if (offsets.Length == 0 || offsets[0] < 0 || offsets[^1] > estimates)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The offsets must begin at 0 or later and end at {estimates}, the number of estimates, or before; there is one more of them than there are analyses."), nameof(offsets));
        }

        for (var i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] < offsets[i - 1])
            {
                throw new ArgumentException(FormattableString.Invariant($"The offsets must not fall: analysis {i - 1} would go from {offsets[i - 1]} to {offsets[i]}."), nameof(offsets));
            }
        }

        return offsets.Length - 1;
    }

    private static int Longest(ReadOnlySpan<int> offsets)
    {
        var longest = 1;
        for (var i = 1; i < offsets.Length; i++)
        {
            longest = Math.Max(longest, offsets[i] - offsets[i - 1]);
        }

        return longest;
    }
}
