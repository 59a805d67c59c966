namespace MetaSpine;

/// <summary>
/// The sampling variances of effect sizes, and the covariances of those whose sampling errors depend on each other: the matrix V. Only blocks of
/// dependent effects are kept, so that memory grows with the dependence and not with the square of the number of effects.
/// </summary>
public sealed partial class SamplingCovariance
{
    /// <summary>The covariances of so many effects take 200 MB.</summary>
    private const int LargestBlock = 5000;

    private readonly int[] _block;
    private readonly int[] _place;

    private SamplingCovariance(int count, IReadOnlyList<CovarianceBlock> blocks)
    {
        Count = count;
        Blocks = blocks;
        (_block, _place) = (new int[count], new int[count]);
        for (var b = 0; b < blocks.Count; b++)
        {
            for (var i = 0; i < blocks[b].Rows.Length; i++)
            {
                (_block[blocks[b].Rows[i]], _place[blocks[b].Rows[i]]) = (b, i);
            }
        }
    }

    /// <summary>The number of effect sizes.</summary>
    public int Count { get; }

    /// <summary>Whether no two effects depend on each other.</summary>
    public bool IsDiagonal => Blocks.All(block => block.Rows.Length == 1);

    /// <summary>The groups of effects that depend on each other, each effect in one.</summary>
    internal IReadOnlyList<CovarianceBlock> Blocks { get; }

    /// <summary>The covariance of two effects; of one with itself its variance.</summary>
    /// <param name="row">The first, from 0.</param>
    /// <param name="column">The second, from 0.</param>
    public double this[int row, int column] => _block[row] == _block[column] ? Blocks[_block[row]][_place[row], _place[column]] : 0;

    /// <summary>Effects that are independent.</summary>
    /// <param name="variances">Their sampling variances.</param>
    public static SamplingCovariance Diagonal(IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(variances);
        return new(variances.Count, [.. variances.Select((variance, row) => new CovarianceBlock([row], [variance]))]);
    }

    /// <summary>A whole matrix.</summary>
    /// <param name="rows">Its rows; NaN in the row and column of an effect that has no variance.</param>
    /// <exception cref="ArgumentException">It is not square or not symmetric.</exception>
    public static SamplingCovariance FromRows(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var links = new DisjointSets(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != rows.Count)
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {i + 1} of the matrix V has {rows[i].Count} values, but there are {rows.Count} rows: V is square."), nameof(rows));
            }

            for (var j = 0; j < i; j++)
            {
                if (Math.Abs(rows[i][j] - rows[j][i]) > 1e-8 * Math.Max(Math.Abs(rows[i][j]), Math.Abs(rows[j][i])))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"The matrix V is not symmetric: row {i + 1}, column {j + 1} is {rows[i][j]}, but row {j + 1}, column {i + 1} is {rows[j][i]}."), nameof(rows));
                }

                if (rows[i][j] != 0 && !double.IsNaN(rows[i][j]))
                {
                    links.Join(i, j);
                }
            }
        }

        return Of(rows.Count, links.Groups(), (i, j) => rows[i][j]);
    }

    /// <summary>Blocks of given effects, whose covariances a function says.</summary>
    /// <exception cref="ArgumentException">A block is larger than memory should hold: a table of a million rows and one cluster would ask for terabytes.</exception>
    internal static SamplingCovariance Of(int count, IEnumerable<int[]> groups, Func<int, int, double> covariance) =>
        new(count, [.. groups.Select(rows =>
        {
            if (rows.Length > LargestBlock)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{rows.Length} effects depend on each other in one cluster; covariances of at most {LargestBlock} are held. Name clusters that are smaller, or leave the correlation out and describe the dependence by random effects."));
            }

            var values = new double[rows.Length * rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    values[i * rows.Length + j] = values[j * rows.Length + i] = covariance(rows[i], rows[j]);
                }
            }

            return new CovarianceBlock(rows, values);
        })]);

    /// <summary>The matrix of some of the effects, numbered anew in the order given.</summary>
    internal SamplingCovariance Of(IReadOnlyList<int> rows)
    {
        var groups = Enumerable.Range(0, rows.Count).GroupBy(i => _block[rows[i]]).Select(group => group.ToArray());
        return Of(rows.Count, groups, (i, j) => this[rows[i], rows[j]]);
    }
}

/// <summary>Effects whose sampling errors depend on each other.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Values">Their covariances, row by row.</param>
internal sealed record CovarianceBlock(int[] Rows, double[] Values)
{
    public double this[int i, int j] => Values[i * Rows.Length + j];
}
