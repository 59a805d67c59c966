using System.Numerics;
using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>One thread's memory while it pools blocks of subsets and sorts them into histograms.</summary>
internal sealed class GoshWork
{
    private readonly GoshShape _shape;
    private readonly int[] _bins;
    private readonly double[] _scratch;

    /// <summary>Histograms of the estimates of some subsets and of all in a block; the empty one has a bin of its own, the last.</summary>
    private readonly int[] _some;
    private readonly int[] _all;

    public GoshWork(GoshShape shape, PooledResult result)
    {
        _shape = shape;
        var size = shape.Blocks.BlockSize;
        (Estimates, I2, _bins, _scratch) = (new double[size], new double[size], new int[size], new double[size]);
        Pool = new SubsetPool(result, Estimates, I2);
        (_some, _all) = (new int[shape.EstimateBins + 1], new int[shape.EstimateBins + 1]);
        Members = new int[shape.Studies];
        Drawn = shape.Blocks is RandomSubsets ? new ulong[size * RandomSubsets.Words(shape.Studies)] : [];
        Counts = new int[shape.EstimateBins * shape.I2Bins];
        CountsWith = new int[shape.Studies * shape.EstimateBins];
    }

    /// <summary>Pools subsets into <see cref="Estimates"/> and <see cref="I2"/>.</summary>
    public SubsetPool Pool { get; }

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
        double count = 0, ofEstimates = 0, ofSquares = 0, ofI2 = 0;
        for (var i = 0; i < Estimates.Length; i++)
        {
            if (double.IsNaN(Estimates[i]))
            {
                _bins[i] = _shape.EstimateBins;
                continue;
            }

            var distance = Estimates[i] - _shape.Centre;
            _bins[i] = Math.Clamp((int)((Estimates[i] - _shape.Lower) * _shape.BinsPerUnit), 0, _shape.EstimateBins - 1);
            Counts[_bins[i] * _shape.I2Bins + Math.Min((int)(I2[i] * _shape.I2Bins / 100), _shape.I2Bins - 1)]++;
            count++;
            ofI2 += I2[i];
            ofEstimates += distance;
            ofSquares += distance * distance;
        }

        (sums[GoshShape.OfCount], sums[GoshShape.OfEstimates], sums[GoshShape.OfSquares], sums[GoshShape.OfI2]) = (count, ofEstimates, ofSquares, ofI2);
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
        for (var i = 0; i < Estimates.Length && _bins[i] < _shape.EstimateBins; i++)
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

    private void Fold(ExhaustiveBlocks exhaustive, long block, Span<double> sums)
    {
        FoldSums(exhaustive.Bits, sums);
        FoldCounts(exhaustive.Bits);
        for (var study = exhaustive.Bits; study < _shape.Studies; study++)
        {
            if (exhaustive.Includes(this, block, 0, study))
            {
                Add(sums, study, sums[GoshShape.OfCount], sums[GoshShape.OfEstimates], sums[GoshShape.OfSquares]);
                AddCounts(study, _all);
            }
        }
    }

    /// <summary>The sums over the subsets with each study: those with the last one are the second half, which is then laid on the first.</summary>
    private void FoldSums(int studies, Span<double> sums)
    {
        var empty = _bins[0] == _shape.EstimateBins ? 1 : 0;
        for (var power = 1; power <= 2; power++)
        {
            for (var i = 0; i < _scratch.Length; i++)
            {
                var distance = i < empty ? 0 : Estimates[i] - _shape.Centre;
                _scratch[i] = power == 1 ? distance : distance * distance;
            }

            for (var study = studies - 1; study >= 0; study--)
            {
                var sum = SumAndLay(_scratch.AsSpan(1 << study, 1 << study), _scratch);
                Add(sums, study, power == 1 ? _scratch.Length / 2 : 0, power == 1 ? sum : 0, power == 1 ? 0 : sum);
            }
        }
    }

    /// <summary>The histograms with each study, by way of those of the subsets that share the first, or the last, half of a block's studies.</summary>
    private void FoldCounts(int studies)
    {
        Array.Clear(_all);
        var half = studies / 2;
        for (var last = 0; last < 1 << (studies - half); last++)
        {
            Array.Clear(_some);
            foreach (var bin in _bins.AsSpan(last << half, 1 << half))
            {
                _some[bin]++;
            }

            Lay(_some, _all);
            for (var rest = last; rest != 0; rest &= rest - 1)
            {
                AddCounts(half + BitOperations.TrailingZeroCount(rest), _some);
            }
        }

        for (var first = 1; first < 1 << half; first++)
        {
            Array.Clear(_some);
            for (var i = first; i < _bins.Length; i += 1 << half)
            {
                _some[_bins[i]]++;
            }

            for (var rest = first; rest != 0; rest &= rest - 1)
            {
                AddCounts(BitOperations.TrailingZeroCount(rest), _some);
            }
        }
    }

    private static double SumAndLay(ReadOnlySpan<double> values, Span<double> onto)
    {
        var eight = Vector512<double>.Zero;
        double sum = 0;
        var i = 0;
        for (; i + Vector512<double>.Count <= values.Length; i += Vector512<double>.Count)
        {
            var next = Vector512.Create(values[i..]);
            eight += next;
            (Vector512.Create<double>(onto[i..]) + next).CopyTo(onto[i..]);
        }

        for (; i < values.Length; i++)
        {
            sum += values[i];
            onto[i] += values[i];
        }

        for (var lane = 0; lane < Vector512<double>.Count; lane++)
        {
            sum += eight[lane];
        }

        return sum;
    }

    private void AddCounts(int study, int[] counts) => Lay(counts.AsSpan(0, _shape.EstimateBins), CountsWith.AsSpan(study * _shape.EstimateBins, _shape.EstimateBins));

    private static void Lay(ReadOnlySpan<int> counts, Span<int> onto)
    {
        var i = 0;
        for (; i + Vector256<int>.Count <= onto.Length; i += Vector256<int>.Count)
        {
            (Vector256.Create(counts[i..]) + Vector256.Create<int>(onto[i..])).CopyTo(onto[i..]);
        }

        for (; i < onto.Length; i++)
        {
            onto[i] += counts[i];
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
