namespace MetaSpine;

/// <summary>The rearrangements of the data under which a permutation test's null hypothesis leaves them equally likely.</summary>
internal interface IArrangements
{
    /// <summary>The number of distinct ones; -1 where it is above the limit.</summary>
    long Count { get; }

    /// <summary>The one that leaves the data as they are.</summary>
    int[] AsObserved { get; }

    /// <summary>One of the distinct ones by its number, from 0.</summary>
    void Take(long number, Span<int> into);

    /// <summary>A random one.</summary>
    void Draw(ref RandomStream random, Span<int> into);
}

/// <summary>A sign for each study.</summary>
internal sealed class SignFlips(int studies, long limit) : IArrangements
{
    public long Count { get; } = studies < 62 && 1L << studies <= limit ? 1L << studies : -1;

    public int[] AsObserved { get; } = [.. Enumerable.Repeat(1, studies)];

    public void Take(long number, Span<int> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = (number >> i & 1) == 0 ? 1 : -1;
        }
    }

    public void Draw(ref RandomStream random, Span<int> into)
    {
        foreach (ref var sign in into)
        {
            sign = random.Next() >> 63 == 0 ? 1 : -1;
        }
    }
}

/// <summary>A row of the design matrix for each study; rows that are equal are not told apart.</summary>
internal sealed class RowPermutations : IArrangements
{
    private readonly int[] _representatives;
    private readonly int[] _sizes;
    private readonly int _studies;

    public RowPermutations(ModelData data, long limit)
    {
        _studies = data.K;
        var groups = new List<(int Row, int Size)>();
        for (var i = 0; i < data.K; i++)
        {
            var row = data.X.AsSpan(i * data.P, data.P);
            var found = -1;
            for (var g = 0; g < groups.Count && found < 0; g++)
            {
                found = row.SequenceEqual(data.X.AsSpan(groups[g].Row * data.P, data.P)) ? g : -1;
            }

            if (found < 0)
            {
                groups.Add((i, 1));
            }
            else
            {
                groups[found] = (groups[found].Row, groups[found].Size + 1);
            }
        }

        _representatives = [.. groups.Select(group => group.Row)];
        _sizes = [.. groups.Select(group => group.Size)];
        Count = Multinomial(_sizes, limit);
    }

    public long Count { get; }

    public int[] AsObserved => [.. Enumerable.Range(0, _studies)];

    public void Take(long number, Span<int> into)
    {
        Span<int> left = stackalloc int[_sizes.Length];
        _sizes.CopyTo(left);
        var arrangements = Count;
        for (var i = 0; i < into.Length; i++)
        {
            // Of the arrangements of what is left, those that begin with a group are as many as its share of the places.
            for (var g = 0; g < left.Length; g++)
            {
                var beginning = arrangements * left[g] / (_studies - i);
                if (number < beginning)
                {
                    into[i] = _representatives[g];
                    left[g]--;
                    arrangements = beginning;
                    break;
                }

                number -= beginning;
            }
        }
    }

    public void Draw(ref RandomStream random, Span<int> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = i;
        }

        random.Shuffle(into);
    }

    private static long Multinomial(int[] sizes, long limit)
    {
        long count = 1;
        var places = 0;
        foreach (var size in sizes)
        {
            for (var i = 1; i <= size; i++)
            {
                // A product of binomial coefficients: each step divides without a remainder.
                places++;
                count = count * places / i;
                if (count > limit)
                {
                    return -1;
                }
            }
        }

        return count;
    }
}
