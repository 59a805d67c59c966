namespace MetaSpine;

/// <summary>
/// The random effects of a model in an order of elimination, as blocks: the effects of one level of one term. Terms with more effects come first, so
/// that nested terms fill nothing in.
/// </summary>
internal sealed class EffectBlocks
{
    private readonly int[][] _blockOf;

    public EffectBlocks(IReadOnlyList<RandomPart> parts)
    {
        Parts = parts;
        _blockOf = [.. parts.Select(part => new int[part.Widths.Length])];
        var starts = new List<int> { 0 };
        var (owners, levels) = (new List<int>(), new List<int>());
        foreach (var part in Enumerable.Range(0, parts.Count).OrderByDescending(part => parts[part].Widths.Sum()))
        {
            for (var level = 0; level < parts[part].Widths.Length; level++)
            {
                _blockOf[part][level] = owners.Count;
                owners.Add(part);
                levels.Add(level);
                starts.Add(starts[^1] + parts[part].Widths[level]);
            }
        }

        (Starts, Part, Level) = ([.. starts], [.. owners], [.. levels]);
    }

    public IReadOnlyList<RandomPart> Parts { get; }

    /// <summary>Where the effects of each block begin, and their number at the end.</summary>
    public int[] Starts { get; }

    /// <summary>The term of each block.</summary>
    public int[] Part { get; }

    /// <summary>The level of each block in its term.</summary>
    public int[] Level { get; }

    /// <summary>The number of blocks.</summary>
    public int Count => Part.Length;

    /// <summary>The number of random effects.</summary>
    public int EffectCount => Starts[^1];

    public int Width(int block) => Starts[block + 1] - Starts[block];

    /// <summary>The random effects of a row among all.</summary>
    public (int Column, double Value)[] Of(int row) =>
        [.. Enumerable.Range(0, Parts.Count).SelectMany(part => Parts[part].Entries[row].Select(entry =>
            (Starts[_blockOf[part][Parts[part].Levels[row]]] + entry.Effect, entry.Value)))];
}
