namespace MetaSpine;

/// <summary>
/// The matrix T = Z'Z of whitened random effects by pairs of blocks, and the matrix A = I + L'TL that the factors L of the blocks' covariances make of it.
/// </summary>
internal sealed class CrossProducts
{
    private readonly EffectBlocks _blocks;
    private readonly (int Row, int Column)[] _pairs;
    private readonly double[][] _values;
    private readonly int[][] _places;
    private readonly double[] _entries;

    public CrossProducts(WhitenedRows rows, EffectBlocks blocks)
    {
        _blocks = blocks;
        var blockOf = new int[blocks.EffectCount];
        for (var block = 0; block < blocks.Count; block++)
        {
            Array.Fill(blockOf, block, blocks.Starts[block], blocks.Width(block));
        }

        var found = new Dictionary<(int Row, int Column), double[]>();
        for (var block = 0; block < blocks.Count; block++)
        {
            found[(block, block)] = new double[blocks.Width(block) * blocks.Width(block)];
        }

        for (var row = 0; row < rows.K; row++)
        {
            var columns = rows.Columns(row);
            var values = rows.Values(row);
            for (var a = 0; a < columns.Length; a++)
            {
                for (var b = 0; b < columns.Length; b++)
                {
                    var (high, low) = (blockOf[columns[a]], blockOf[columns[b]]);
                    if (high < low)
                    {
                        continue;
                    }

                    var width = blocks.Width(low);
                    if (!found.TryGetValue((high, low), out var product))
                    {
                        found[(high, low)] = product = new double[blocks.Width(high) * width];
                    }

                    product[(columns[a] - blocks.Starts[high]) * width + columns[b] - blocks.Starts[low]] += values[a] * values[b];
                }
            }
        }

        _pairs = [.. found.Keys.OrderBy(pair => pair.Column).ThenBy(pair => pair.Row)];
        _values = [.. _pairs.Select(pair => found[pair])];
        (Factorisation, _places) = Pattern();
        _entries = new double[Factorisation.Places.Length];
    }

    /// <summary>The Cholesky factor of A.</summary>
    public SparseCholesky Factorisation { get; }

    /// <summary>Factors A for the factors of the blocks' covariances; false where they are no numbers.</summary>
    public bool Factor(IReadOnlyList<double[]> factors)
    {
        for (var pair = 0; pair < _pairs.Length; pair++)
        {
            var (high, low) = _pairs[pair];
            var (rows, columns) = (_blocks.Width(high), _blocks.Width(low));
            if (rows == 1 && columns == 1)
            {
                _entries[_places[pair][0]] = factors[high][0] * _values[pair][0] * factors[low][0] + (high == low ? 1 : 0);
                continue;
            }

            var product = Scaled(factors[high], rows, _values[pair], factors[low], columns);
            var place = _places[pair];
            for (var j = 0; j < columns; j++)
            {
                for (var i = high == low ? j : 0; i < rows; i++)
                {
                    _entries[place[j] + i] = product[i * columns + j] + (high == low && i == j ? 1 : 0);
                }
            }
        }

        return Factorisation.Factor(_entries);
    }

    /// <summary>Adds the gradient of ln|A| / 2 by the entries of the blocks' factors: for each block the lower triangle of T L A^-1.</summary>
    public void AddDeterminantSlope(IReadOnlyList<double[]> factors, IReadOnlyList<double[]> slopes)
    {
        var inverse = new double[Factorisation.FactorCount];
        Factorisation.Invert(inverse);
        var at = Factorisation.Places;
        for (var pair = 0; pair < _pairs.Length; pair++)
        {
            var (high, low) = _pairs[pair];
            var (rows, columns) = (_blocks.Width(high), _blocks.Width(low));
            if (rows == 1 && columns == 1)
            {
                var product = _values[pair][0] * inverse[at[_places[pair][0]]];
                slopes[high][0] += product * factors[low][0];
                slopes[low][0] += high == low ? 0 : product * factors[high][0];
                continue;
            }

            var block = new double[rows * columns];
            for (var j = 0; j < columns; j++)
            {
                for (var i = high == low ? j : 0; i < rows; i++)
                {
                    block[i * columns + j] = inverse[at[_places[pair][j] + i]];
                    if (high == low)
                    {
                        block[j * columns + i] = block[i * columns + j];
                    }
                }
            }

            // T_(high, low) L_low (A^-1)_(low, high), and for the other block the same turned.
            Add(slopes[high], rows, columns, Product(_values[pair], factors[low], rows, columns), block, turned: true);
            if (high != low)
            {
                Add(slopes[low], columns, rows, TurnedProduct(_values[pair], factors[high], rows, columns), block, turned: false);
            }
        }
    }

    /// <summary>Adds the lower triangle of M B' (turned) or M B to a slope; M is n x m, B m x n or turned n x m.</summary>
    private static void Add(double[] slope, int n, int m, double[] left, double[] block, bool turned)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                for (var c = 0; c < m; c++)
                {
                    sum += left[i * m + c] * (turned ? block[j * m + c] : block[c * n + j]);
                }

                slope[i * n + j] += sum;
            }
        }
    }

    /// <summary>T L, T of n x m and L lower.</summary>
    private static double[] Product(double[] t, double[] factor, int n, int m)
    {
        var product = new double[n * m];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m; j++)
            {
                double sum = 0;
                for (var c = j; c < m; c++)
                {
                    sum += t[i * m + c] * factor[c * m + j];
                }

                product[i * m + j] = sum;
            }
        }

        return product;
    }

    /// <summary>T'L, T of n x m and L lower of n.</summary>
    private static double[] TurnedProduct(double[] t, double[] factor, int n, int m)
    {
        var product = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double sum = 0;
                for (var c = j; c < n; c++)
                {
                    sum += t[c * m + i] * factor[c * n + j];
                }

                product[i * n + j] = sum;
            }
        }

        return product;
    }

    /// <summary>L_high' T L_low.</summary>
    private static double[] Scaled(double[] high, int rows, double[] t, double[] low, int columns)
    {
        var right = Product(t, low, rows, columns);
        var product = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                double sum = 0;
                for (var c = i; c < rows; c++)
                {
                    sum += high[c * rows + i] * right[c * columns + j];
                }

                product[i * columns + j] = sum;
            }
        }

        return product;
    }

    /// <summary>The pattern of A, and for each pair of blocks where in it each of its columns begins (less the first row that it has).</summary>
    private (SparseCholesky Factorisation, int[][] Places) Pattern()
    {
        var starts = new int[_blocks.EffectCount + 1];
        var rows = new List<int>();
        var places = _pairs.Select(pair => new int[_blocks.Width(pair.Column)]).ToArray();
        for (int first = 0, last; first < _pairs.Length; first = last)
        {
            var low = _pairs[first].Column;
            for (last = first; last < _pairs.Length && _pairs[last].Column == low; last++)
            {
            }

            for (var j = 0; j < _blocks.Width(low); j++)
            {
                for (var pair = first; pair < last; pair++)
                {
                    var high = _pairs[pair].Row;
                    var from = high == low ? j : 0;
                    places[pair][j] = rows.Count - from;
                    for (var i = from; i < _blocks.Width(high); i++)
                    {
                        rows.Add(_blocks.Starts[high] + i);
                    }
                }

                starts[_blocks.Starts[low] + j + 1] = rows.Count;
            }
        }

        return (new SparseCholesky(starts, [.. rows]), places);
    }
}
