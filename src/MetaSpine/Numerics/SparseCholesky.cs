namespace MetaSpine;

/// <summary>
/// The Cholesky factor of a sparse symmetric positive-definite matrix, and the entries of its inverse where the factor has entries. The
/// pattern is analysed once; each factorisation of numbers then costs what the filled pattern asks for.
/// </summary>
/// <remarks>
/// Matrices are given by the entries on and below the diagonal, column by column with rising rows, as Davis (2006), Direct Methods for Sparse
/// Linear Systems, doi:10.1137/1.9780898718881. The inverse: Takahashi, Fagan and Chin (1973), as in Erisman and Tinney (1975),
/// Communications of the ACM 18:177, doi:10.1145/360680.360704.
/// </remarks>
internal sealed class SparseCholesky
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly int[] _places;
    private readonly double[] _values;

    /// <param name="starts">Where each column begins, and the number of entries at the end.</param>
    /// <param name="rows">The rows; the diagonal is the first of each column.</param>
    public SparseCholesky(int[] starts, int[] rows)
    {
        Count = starts.Length - 1;
        (_starts, _rows) = Fill(starts, rows);
        _values = new double[_rows.Length];
        _places = new int[rows.Length];
        for (var j = 0; j < Count; j++)
        {
            var place = _starts[j];
            for (var p = starts[j]; p < starts[j + 1]; p++)
            {
                while (_rows[place] != rows[p])
                {
                    place++;
                }

                _places[p] = place;
            }
        }
    }

    /// <summary>The number of columns.</summary>
    public int Count { get; }

    /// <summary>The number of entries of the factor.</summary>
    public int FactorCount => _rows.Length;

    /// <summary>Where the matrix's entries stand among those of the factor.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>ln of the determinant of the matrix last factored.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (var j = 0; j < Count; j++)
            {
                sum += Math.Log(_values[_starts[j]]);
            }

            return 2 * sum;
        }
    }

    /// <summary>Factors a matrix; false where it is not positive definite.</summary>
    /// <param name="entries">Its entries, in the order of the pattern.</param>
    public bool Factor(ReadOnlySpan<double> entries)
    {
        Array.Clear(_values);
        for (var p = 0; p < entries.Length; p++)
        {
            _values[_places[p]] = entries[p];
        }

        // Column j needs the columns whose next unused entry is in row j: they are kept in a list for each row.
        var column = new double[Count];
        var (first, next, used) = (new int[Count], new int[Count], new int[Count]);
        Array.Fill(first, -1);
        for (var j = 0; j < Count; j++)
        {
            var (start, end) = (_starts[j], _starts[j + 1]);
            for (var p = start; p < end; p++)
            {
                column[_rows[p]] = _values[p];
            }

            for (var k = first[j]; k >= 0;)
            {
                var following = next[k];
                var place = used[k];
                var factor = _values[place];
                for (var p = place; p < _starts[k + 1]; p++)
                {
                    column[_rows[p]] -= factor * _values[p];
                }

                Queue(k, place + 1);
                k = following;
            }

            var pivot = column[j];
            if (!(pivot > 0 && double.IsFinite(pivot)))
            {
                return false;
            }

            var root = Math.Sqrt(pivot);
            _values[start] = root;
            for (var p = start + 1; p < end; p++)
            {
                _values[p] = column[_rows[p]] / root;
            }

            Queue(j, start + 1);
        }

        return true;

        void Queue(int k, int place)
        {
            used[k] = place;
            if (place < _starts[k + 1])
            {
                var row = _rows[place];
                next[k] = first[row];
                first[row] = k;
            }
        }
    }

    /// <summary>Solves for one right side, in place.</summary>
    public void Solve(Span<double> right)
    {
        for (var j = 0; j < Count; j++)
        {
            var value = right[j] /= _values[_starts[j]];
            for (var p = _starts[j] + 1; p < _starts[j + 1]; p++)
            {
                right[_rows[p]] -= _values[p] * value;
            }
        }

        for (var j = Count - 1; j >= 0; j--)
        {
            var value = right[j];
            for (var p = _starts[j] + 1; p < _starts[j + 1]; p++)
            {
                value -= _values[p] * right[_rows[p]];
            }

            right[j] = value / _values[_starts[j]];
        }
    }

    /// <summary>The entries of the inverse at the places of the factor's entries.</summary>
    /// <param name="inverse">Takes them; <see cref="FactorCount"/> long.</param>
    public void Invert(Span<double> inverse)
    {
        var sums = new double[Count];
        var isIn = new bool[Count];
        for (var j = Count - 1; j >= 0; j--)
        {
            var (start, end, pivot) = (_starts[j], _starts[j + 1], _values[_starts[j]]);
            for (var p = start + 1; p < end; p++)
            {
                isIn[_rows[p]] = true;
            }

            for (var p = start + 1; p < end; p++)
            {
                var (k, factor) = (_rows[p], _values[p]);
                sums[k] += factor * inverse[_starts[k]];
                var own = p + 1;
                for (var q = _starts[k] + 1; q < _starts[k + 1]; q++)
                {
                    var i = _rows[q];
                    if (isIn[i])
                    {
                        while (_rows[own] != i)
                        {
                            own++;
                        }

                        sums[i] += factor * inverse[q];
                        sums[k] += _values[own] * inverse[q];
                    }
                }
            }

            double diagonal = 0;
            for (var p = start + 1; p < end; p++)
            {
                var i = _rows[p];
                inverse[p] = -sums[i] / pivot;
                diagonal += _values[p] * inverse[p];
                (sums[i], isIn[i]) = (0, false);
            }

            inverse[start] = (1 / pivot - diagonal) / pivot;
        }
    }

    /// <summary>The pattern of the factor: a column hands its rows on to the first column below the diagonal.</summary>
    private static (int[] Starts, int[] Rows) Fill(int[] starts, int[] rows)
    {
        var n = starts.Length - 1;
        var (filled, total) = (new int[n][], 0);
        var (firstChild, nextChild, mark) = (new int[n], new int[n], new int[n]);
        Array.Fill(firstChild, -1);
        Array.Fill(mark, -1);
        var pattern = new List<int>();
        for (var j = 0; j < n; j++)
        {
            pattern.Clear();
            Take(rows.AsSpan(starts[j], starts[j + 1] - starts[j]), j);
            for (var child = firstChild[j]; child >= 0; child = nextChild[child])
            {
                Take(filled[child].AsSpan(1), j);
            }

            pattern.Sort();
            filled[j] = [.. pattern];
            total += pattern.Count;
            if (pattern.Count > 1)
            {
                nextChild[j] = firstChild[pattern[1]];
                firstChild[pattern[1]] = j;
            }
        }

        var (allStarts, allRows) = (new int[n + 1], new int[total]);
        for (var j = 0; j < n; j++)
        {
            allStarts[j + 1] = allStarts[j] + filled[j].Length;
            filled[j].CopyTo(allRows, allStarts[j]);
        }

        return (allStarts, allRows);

        void Take(ReadOnlySpan<int> from, int j)
        {
            foreach (var row in from)
            {
                if (row >= j && mark[row] != j)
                {
                    mark[row] = j;
                    pattern.Add(row);
                }
            }
        }
    }
}
