namespace MetaSpine;

/// <summary>One thread's memory while it pools blocks of subsets and sorts them into histograms.</summary>
internal sealed class GoshWork
{
    private readonly GoshShape _shape;
    private readonly int[] _bins;
    private readonly double[] _scratch;

    public GoshWork(GoshShape shape, PooledResult result)
    {
        _shape = shape;
        var size = shape.Blocks.BlockSize;
        Model = new SubsetModel(result);
        (Estimates, I2, _bins, _scratch) = (new double[size], new double[size], new int[size], new double[size]);
        Members = new int[shape.Studies];
        Drawn = shape.Blocks is RandomSubsets ? new ulong[size * RandomSubsets.Words(shape.Studies)] : [];
        Counts = new int[shape.EstimateBins * shape.I2Bins];
        CountsWith = new int[shape.Studies * shape.EstimateBins];
    }

    public SubsetModel Model { get; }

    public double[] Estimates { get; }

    public double[] I2 { get; }

    public int[] Members { get; }

    /// <summary>The members of random subsets, as bits.</summary>
    public ulong[] Drawn { get; }

    /// <summary>The subsets in each bin since the last round.</summary>
    public int[] Counts { get; }

    /// <summary>The subsets with each study in each bin of the estimate since the last round.</summary>
    public int[] CountsWith { get; }

    /// <summary>Pools a block and counts it; the sums that go into means and deviations are written to their place.</summary>
    public void Do(long block, Span<double> sums)
    {
        _shape.Blocks.Pool(block, this);
        sums.Clear();
        for (var i = 0; i < Estimates.Length; i++)
        {
            if (double.IsNaN(Estimates[i]))
            {
                _bins[i] = -1;
                continue;
            }

            var distance = Estimates[i] - _shape.Centre;
            _bins[i] = Math.Clamp((int)((Estimates[i] - _shape.Lower) * _shape.BinsPerUnit), 0, _shape.EstimateBins - 1);
            Counts[_bins[i] * _shape.I2Bins + Math.Min((int)(I2[i] * _shape.I2Bins / 100), _shape.I2Bins - 1)]++;
            sums[GoshShape.OfI2] += I2[i];
            sums[GoshShape.OfCount]++;
            sums[GoshShape.OfEstimates] += distance;
            sums[GoshShape.OfSquares] += distance * distance;
        }

        if (_shape.Blocks is ExhaustiveBlocks exhaustive)
        {
            Fold(exhaustive, block, sums);
        }
        else
        {
            EachMember(block, sums);
        }
    }

    private void EachMember(long block, Span<double> sums)
    {
        for (var i = 0; i < Estimates.Length && _bins[i] >= 0; i++)
        {
            var distance = Estimates[i] - _shape.Centre;
            for (var study = 0; study < _shape.Studies; study++)
            {
                if (_shape.Blocks.Includes(this, block, i, study))
                {
                    CountsWith[study * _shape.EstimateBins + _bins[i]]++;
                    Add(sums, study, 1, distance, distance * distance);
                }
            }
        }
    }

    /// <summary>The sums over the subsets with each study, by adding up neighbours again and again: two additions a subset for all studies together.</summary>
    private void Fold(ExhaustiveBlocks exhaustive, long block, Span<double> sums)
    {
        var empty = _bins[0] < 0 ? 1 : 0;
        for (var power = 1; power <= 2; power++)
        {
            for (var i = 0; i < _scratch.Length; i++)
            {
                var distance = i < empty ? 0 : Estimates[i] - _shape.Centre;
                _scratch[i] = power == 1 ? distance : distance * distance;
            }

            var length = _scratch.Length;
            for (var study = 0; study < exhaustive.Bits; study++)
            {
                length /= 2;
                double with = 0;
                for (var i = 0; i < length; i++)
                {
                    with += _scratch[2 * i + 1];
                    _scratch[i] = _scratch[2 * i] + _scratch[2 * i + 1];
                }

                Add(sums, study, power == 1 ? _scratch.Length / 2 : 0, power == 1 ? with : 0, power == 1 ? 0 : with);
            }
        }

        for (var study = 0; study < exhaustive.Bits; study++)
        {
            var counts = CountsWith.AsSpan(study * _shape.EstimateBins, _shape.EstimateBins);
            var step = 1 << study;
            for (var first = step; first < _bins.Length; first += 2 * step)
            {
                for (var i = first; i < first + step; i++)
                {
                    counts[_bins[i]]++;
                }
            }
        }

        for (var study = exhaustive.Bits; study < _shape.Studies; study++)
        {
            if (exhaustive.Includes(this, block, 0, study))
            {
                Add(sums, study, sums[GoshShape.OfCount], sums[GoshShape.OfEstimates], sums[GoshShape.OfSquares]);
                var counts = CountsWith.AsSpan(study * _shape.EstimateBins, _shape.EstimateBins);
                foreach (var bin in _bins)
                {
                    counts[bin]++;
                }
            }
        }
    }

    private static void Add(Span<double> sums, int study, double count, double distance, double square)
    {
        var place = GoshShape.OfStudies + 3 * study;
        sums[place] += count;
        sums[place + 1] += distance;
        sums[place + 2] += square;
    }
}

/// <summary>What a run over subsets is about: the blocks, the bins, and the places of the sums.</summary>
internal sealed record GoshShape(SubsetBlocks Blocks, int Studies, int EstimateBins, int I2Bins, double Lower, double Upper, double Centre)
{
    /// <summary>Places in the sums: the subsets, their estimates (less the centre), the squares of those, I^2; then three for each study that is in.</summary>
    public const int OfCount = 0, OfEstimates = 1, OfSquares = 2, OfI2 = 3, OfStudies = 4;

    public int Sums => OfStudies + 3 * Studies;

    public double BinsPerUnit => Upper > Lower ? EstimateBins / (Upper - Lower) : 0;
}
