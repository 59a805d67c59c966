namespace MetaSpine;

/// <summary>Counts, over the arrangements, how often each statistic is at least as extreme as the observed one.</summary>
internal sealed class PermutationCounts
{
    private const int BlockSize = 128;

    /// <summary>Statistics this close count as equal: arrangements that are the same by symmetry differ in their last digits.</summary>
    private const double Tie = 1.5e-8;

    private readonly ModelData _data;
    private readonly PoolingOptions _options;
    private readonly IArrangements _arrangements;
    private readonly PermutationOptions _how;
    private readonly bool _signs;

    public PermutationCounts(ModelResult result, PermutationOptions how)
    {
        _data = ModelData.Of(result);
        _options = result.Options;
        _how = how;
        _signs = result is PooledResult;
        _arrangements = _signs ? new SignFlips(_data.K, how.ExactLimit) : new RowPermutations(_data, how.ExactLimit);
    }

    public bool IsExact => _arrangements.Count >= 0;

    /// <summary>The arrangements that a p-value is a share of, the observed one included.</summary>
    public long Total => IsExact ? _arrangements.Count : _how.Draws + 1L;

    public ModelData Data => _data;

    /// <summary>The statistics of estimates in their observed order, and for each of them the arrangements with a statistic as large in size, as high, and as low.</summary>
    public (double[] Observed, long[] Sizes, long[] Highs, long[] Lows) Count(double[] y)
    {
        var asObserved = Fits();
        asObserved.Add(_arrangements.AsObserved);
        var observed = asObserved.Take()[0];
        var (sizes, highs, lows) = (new long[observed.Length], new long[observed.Length], new long[observed.Length]);
        var others = IsExact ? _arrangements.Count : _how.Draws;
        Parallel.For(0, (others + BlockSize - 1) / BlockSize, new ParallelOptions { MaxDegreeOfParallelism = _how.Threads ?? -1 }, Fits, (block, _, fits) =>
        {
            var random = new RandomStream(_how.Seed, (ulong)block);
            var arrangement = new int[_data.K];
            var (size, high, low) = (new long[observed.Length], new long[observed.Length], new long[observed.Length]);
            var end = Math.Min(others, (block + 1) * BlockSize);
            for (var number = block * BlockSize; number < end; number++)
            {
                if (IsExact)
                {
                    _arrangements.Take(number, arrangement);
                }
                else
                {
                    _arrangements.Draw(ref random, arrangement);
                }

                fits.Add(arrangement);
                if (fits.IsFull || number + 1 == end)
                {
                    foreach (var statistics in fits.Take())
                    {
                        Tally(statistics);
                    }
                }
            }

            for (var j = 0; j < observed.Length; j++)
            {
                Interlocked.Add(ref sizes[j], size[j]);
                Interlocked.Add(ref highs[j], high[j]);
                Interlocked.Add(ref lows[j], low[j]);
            }

            return fits;

            void Tally(double[] statistics)
            {
                for (var j = 0; j < observed.Length; j++)
                {
                    // A statistic that does not exist (no residual variance and no effect) counts against the hypothesis of an effect.
                    var near = Tie * Math.Max(1, Math.Abs(observed[j]));
                    size[j] += Math.Abs(statistics[j]) < Math.Abs(observed[j]) - near ? 0 : 1;
                    high[j] += statistics[j] < observed[j] - near ? 0 : 1;
                    low[j] += statistics[j] > observed[j] + near ? 0 : 1;
                }
            }
        }, _ => { });

        for (var j = 0; !IsExact && j < observed.Length; j++)
        {
            (sizes[j], highs[j], lows[j]) = (sizes[j] + 1, highs[j] + 1, lows[j] + 1);
        }

        return (observed, sizes, highs, lows);

        IRearrangedFits Fits() => _signs ? new FlippedSigns(y, _data, _options) : new ExchangedRows(y, _data, _options);
    }
}
