using System.Collections.Concurrent;

namespace MetaSpine;

/// <summary>
/// One run over the subsets, round by round. Counts are whole numbers, so that the order in which threads add them does not matter; sums are
/// added block after block in the order of the blocks. A round that is cut off leaves nothing behind.
/// </summary>
internal sealed class GoshRun
{
    private readonly PooledResult _result;
    private readonly ModelData _data;
    private readonly GoshOptions _options;
    private readonly GoshShape _shape;
    private readonly ulong _fingerprint;
    private readonly long[] _counts;
    private readonly long[] _countsWith;
    private readonly double[] _sums;
    private readonly double[] _estimates;
    private readonly double[] _i2;
    private long _next;

    public GoshRun(PooledResult result, ModelData data, GoshOptions options, GoshShape shape)
    {
        (_result, _data, _options, _shape) = (result, data, options, shape);
        _fingerprint = Named();
        var kept = shape.Blocks.Subsets <= options.KeepUpTo ? shape.Blocks.Subsets : 0;
        (_counts, _countsWith, _sums) = (new long[shape.EstimateBins * shape.I2Bins], new long[shape.Studies * shape.EstimateBins], new double[shape.Sums]);
        (_estimates, _i2) = (new double[kept], new double[kept]);
        if (options.Resume is { } resume)
        {
            if (resume.Fingerprint != _fingerprint)
            {
                throw new ArgumentException("The checkpoint belongs to other studies, another model or other options; resume with those it was made with, or begin anew.", nameof(options));
            }

            _next = resume.Next;
            resume.Counts.CopyTo(_counts, 0);
            resume.CountsWith.CopyTo(_countsWith, 0);
            resume.Sums.CopyTo(_sums, 0);
            resume.Estimates.CopyTo(_estimates, 0);
            resume.I2.CopyTo(_i2, 0);
        }
    }

    public GoshResult Complete(IProgress<double>? progress, CancellationToken cancellation)
    {
        var blocks = _shape.Blocks;
        var works = new ConcurrentBag<GoshWork>();
        var how = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = _options.Threads ?? -1 };
        var sums = new double[Math.Min(blocks.Round, blocks.Count) * _shape.Sums];
        try
        {
            while (_next < blocks.Count)
            {
                var count = (int)Math.Min(blocks.Round, blocks.Count - _next);
                Parallel.For(0, count, how, () => works.TryTake(out var work) ? work : new GoshWork(_shape, _result), (i, _, work) =>
                {
                    work.Do(_next + i, sums.AsSpan(i * _shape.Sums, _shape.Sums));
                    Keep(_next + i, work);
                    return work;
                }, works.Add);
                Merge(works, sums.AsSpan(0, count * _shape.Sums));
                _next += count;
                progress?.Report((double)_next / blocks.Count);
                _options.Checkpoints?.Report(Checkpoint());
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new GoshCancelledException(Checkpoint(), cancellation);
        }

        return Result();
    }

    /// <summary>Position n holds the subset with the number n + 1 where all are pooled (the empty one has no place), and draw n of random ones.</summary>
    private void Keep(long block, GoshWork work)
    {
        if (_estimates.Length == 0)
        {
            return;
        }

        var skip = _shape.Blocks is ExhaustiveBlocks ? 1 : 0;
        var first = block * _shape.Blocks.BlockSize - skip;
        for (var i = Math.Max(0, -first); i < work.Estimates.Length && first + i < _estimates.Length; i++)
        {
            (_estimates[first + i], _i2[first + i]) = (work.Estimates[i], work.I2[i]);
        }
    }

    private void Merge(ConcurrentBag<GoshWork> works, ReadOnlySpan<double> sums)
    {
        foreach (var work in works)
        {
            Move(work.Counts, _counts);
            Move(work.CountsWith, _countsWith);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            _sums[i % _sums.Length] += sums[i];
        }

        static void Move(int[] from, long[] to)
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] += from[i];
            }

            Array.Clear(from);
        }
    }

    private GoshCheckpoint Checkpoint() =>
        new(_fingerprint, _next, _shape.Blocks.Count, [.. _counts], [.. _countsWith], [.. _sums], [.. _estimates], [.. _i2]);

    /// <summary>What a checkpoint must agree with: everything that the numbers follow from.</summary>
    private ulong Named()
    {
        var model = _result.Options;
        var name = new Fingerprint()
            .With((ulong)model.Method).With((ulong)model.I2From).With((ulong)model.QAround).With(model.FixedTau2 ?? -1).With(model.Weighted ? 1UL : 0)
            .With((ulong)_shape.Blocks.Subsets).With(_shape.Blocks is RandomSubsets ? _options.Seed : 0).With(_shape.Blocks is RandomSubsets ? 1UL : 0)
            .With((ulong)_shape.EstimateBins).With((ulong)_shape.I2Bins).With(_shape.Blocks.Subsets <= _options.KeepUpTo ? 1UL : 0);
        for (var i = 0; i < _data.K; i++)
        {
            name = name.With(_data.Y[i]).With(_data.V[i]).With(model.Weights?[_data.Rows[i]] ?? 0);
        }

        return name.Value;
    }

    private GoshResult Result()
    {
        var (k, bins, isExhaustive) = (_shape.Studies, _shape.EstimateBins, _shape.Blocks is ExhaustiveBlocks);
        var count = _sums[GoshShape.OfCount];
        var (mean, deviation) = Spread(count, _sums[GoshShape.OfEstimates], _sums[GoshShape.OfSquares]);
        var studies = new GoshStudy[k];
        for (var study = 0; study < k; study++)
        {
            var place = GoshShape.OfStudies + 3 * study;
            var with = Spread(_sums[place], _sums[place + 1], _sums[place + 2]);
            var without = Spread(count - _sums[place], _sums[GoshShape.OfEstimates] - _sums[place + 1], _sums[GoshShape.OfSquares] - _sums[place + 2]);
            studies[study] = new GoshStudy(
                _result.Studies[study].Effect.Label, _data.Rows[study], with.Mean, without.Mean, with.Deviation, without.Deviation,
                _countsWith.AsSpan(study * bins, bins).ToArray());
        }

        return new GoshResult
        {
            IsExhaustive = isExhaustive,
            Subsets = _shape.Blocks.Subsets,
            Seed = isExhaustive ? null : _options.Seed,
            Model = _result,
            MeanEstimate = mean,
            EstimateDeviation = deviation,
            MeanI2 = _sums[GoshShape.OfI2] / count,
            Histogram = new GoshHistogram(_shape.Lower, _shape.Upper, bins, _shape.I2Bins, _counts),
            Studies = studies,
            Points = _estimates.Length == 0 ? null : new GoshPoints(_estimates, _i2, k, isExhaustive ? null : _options.Seed),
            Notes = GoshNotes.For(_result, studies, isExhaustive, _shape.Blocks.Subsets),
        };
    }

    private (double Mean, double Deviation) Spread(double count, double sum, double squares) =>
        (_shape.Centre + sum / count, count > 1 ? Math.Sqrt(Math.Max(0, squares - sum / count * sum) / (count - 1)) : 0);
}
