using System.Numerics;

namespace MetaSpine;

/// <summary>The subsets of the studies, cut into blocks of equal size that any thread can pool; a block's numbers depend on nothing but its own number.</summary>
internal abstract class SubsetBlocks
{
    /// <summary>The subsets in a block; a power of 2 where all subsets are pooled.</summary>
    public abstract int BlockSize { get; }

    /// <summary>Blocks.</summary>
    public abstract long Count { get; }

    /// <summary>The blocks between two checkpoints, about a tenth of a second of work.</summary>
    public abstract int Round { get; }

    /// <summary>Subsets, the empty one not counted.</summary>
    public abstract long Subsets { get; }

    /// <summary>Pools a block. Its subsets are those of the numbers from block x size on; an empty one, and what lies beyond the end, gets NaN.</summary>
    public abstract void Pool(long block, GoshWork work);

    /// <summary>Whether a study is in the subset at a position of a block that was just pooled.</summary>
    public abstract bool Includes(GoshWork work, long block, int position, int study);
}

/// <summary>All subsets: bit j of a subset's number says whether study j is in it.</summary>
internal abstract class ExhaustiveBlocks(int studies, int bits) : SubsetBlocks
{
    /// <summary>The studies that vary inside a block; the others are the same for all its subsets.</summary>
    public int Bits { get; } = Math.Min(bits, studies);

    public override int BlockSize => 1 << Bits;

    public override long Count => 1L << (studies - Bits);

    public override long Subsets => (1L << studies) - 1;

    public override bool Includes(GoshWork work, long block, int position, int study) => ((block << Bits | (long)position) >> study & 1) != 0;
}

/// <summary>All subsets under a model that must be fitted to each.</summary>
internal sealed class FittedBlocks(int studies) : ExhaustiveBlocks(studies, 8)
{
    public override int Round => 64;

    public override void Pool(long block, GoshWork work)
    {
        for (var low = 0; low < BlockSize; low++)
        {
            var count = 0;
            for (var rest = (ulong)(block << Bits | (long)low); rest != 0; rest &= rest - 1)
            {
                work.Members[count++] = BitOperations.TrailingZeroCount(rest);
            }

            if (count == 0)
            {
                (work.Estimates[low], work.I2[low]) = (double.NaN, double.NaN);
                continue;
            }

            work.Pool.Add(low, work.Members.AsSpan(0, count));
        }

        work.Pool.Complete();
    }
}

/// <summary>Random subsets, each of which follows from the seed and its number alone.</summary>
internal sealed class RandomSubsets(int studies, long draws, ulong seed) : SubsetBlocks
{
    public override int BlockSize => 256;

    public override long Count => (draws + BlockSize - 1) / BlockSize;

    public override int Round => 64;

    public override long Subsets => draws;

    public static int Words(int studies) => (studies + 63) / 64;

    /// <summary>Draws the members of a subset: each study with probability 1/2, again where none is in it.</summary>
    public static void Draw(ulong seed, long number, int studies, Span<ulong> members)
    {
        var random = new RandomStream(seed, (ulong)number);
        do
        {
            for (var word = 0; word < members.Length; word++)
            {
                members[word] = random.Next();
            }

            members[^1] &= ulong.MaxValue >> (64 * members.Length - studies);
        }
        while (members.IndexOfAnyExcept(0UL) < 0);
    }

    public override void Pool(long block, GoshWork work)
    {
        var words = Words(studies);
        for (var position = 0; position < BlockSize; position++)
        {
            var number = block * BlockSize + position;
            if (number >= draws)
            {
                (work.Estimates[position], work.I2[position]) = (double.NaN, double.NaN);
                continue;
            }

            var drawn = work.Drawn.AsSpan(position * words, words);
            Draw(seed, number, studies, drawn);
            var count = 0;
            for (var word = 0; word < words; word++)
            {
                for (var rest = drawn[word]; rest != 0; rest &= rest - 1)
                {
                    work.Members[count++] = 64 * word + BitOperations.TrailingZeroCount(rest);
                }
            }

            work.Pool.Add(position, work.Members.AsSpan(0, count));
        }

        work.Pool.Complete();
    }

    public override bool Includes(GoshWork work, long block, int position, int study) =>
        (work.Drawn[position * Words(studies) + (study >> 6)] >> (study & 63) & 1) != 0;
}
