namespace MetaSpine;

/// <summary>The part of a histogram that holds any subsets, in fewer and larger cells: as many as a picture can show.</summary>
internal sealed class GoshWindow
{
    private readonly GoshHistogram _histogram;
    private readonly int _first;
    private readonly int _acrossEach;
    private readonly int _upEach;

    private GoshWindow(GoshHistogram histogram, int first, int last, int columns, int rows)
    {
        (_histogram, _first) = (histogram, first);
        _acrossEach = (last - first) / columns + 1;
        _upEach = (histogram.I2Bins - 1) / rows + 1;
        Columns = (last - first) / _acrossEach + 1;
        Rows = (histogram.I2Bins - 1) / _upEach + 1;
    }

    public int Columns { get; }

    public int Rows { get; }

    public double Lower => Estimate(0);

    public double Upper => Estimate(Columns);

    /// <param name="histogram">The histogram.</param>
    /// <param name="columns">The most cells along the estimate.</param>
    /// <param name="rows">The most along I^2.</param>
    public static GoshWindow Of(GoshHistogram histogram, int columns, int rows)
    {
        var counts = histogram.ByEstimate();
        var (first, last) = (0, counts.Count - 1);
        while (first < last && counts[first] == 0)
        {
            first++;
        }

        while (last > first && counts[last] == 0)
        {
            last--;
        }

        return new GoshWindow(histogram, first, last, columns, rows);
    }

    /// <summary>Where a column begins; the last one ends where the next would begin.</summary>
    public double Estimate(int column) => _histogram.Lower + (_histogram.Upper - _histogram.Lower) * (_first + column * _acrossEach) / _histogram.EstimateBins;

    /// <summary>Where a row begins, in percent.</summary>
    public double I2(int row) => Math.Min(100, 100.0 * row * _upEach / _histogram.I2Bins);

    /// <summary>Counts by bins of the estimate, by columns.</summary>
    public long[] Coarse(IReadOnlyList<long> byEstimate)
    {
        var counts = new long[Columns];
        for (var bin = _first; bin < byEstimate.Count && (bin - _first) / _acrossEach < Columns; bin++)
        {
            counts[(bin - _first) / _acrossEach] += byEstimate[bin];
        }

        return counts;
    }

    public GoshCells Cells(GoshHistogram histogram)
    {
        var cells = new GoshCells(Columns, Rows);
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            if (histogram.Counts[i] > 0)
            {
                cells.Add((i / histogram.I2Bins - _first) / _acrossEach, i % histogram.I2Bins / _upEach, histogram.Counts[i]);
            }
        }

        return cells;
    }

    /// <summary>The subsets with a study and those without it.</summary>
    public IReadOnlyList<GoshCells> Split(GoshPoints points, int study)
    {
        GoshCells[] parts = [new(Columns, Rows), new(Columns, Rows)];
        var width = _histogram.Upper - _histogram.Lower;
        for (var i = 0; i < points.Estimates.Count; i++)
        {
            var across = width > 0 ? (int)((points.Estimates[i] - _histogram.Lower) / width * _histogram.EstimateBins) : 0;
            var up = (int)(points.I2[i] / 100 * _histogram.I2Bins);
            parts[points.Includes(i, study) ? 0 : 1].Add(
                Math.Clamp((Math.Clamp(across, 0, _histogram.EstimateBins - 1) - _first) / _acrossEach, 0, Columns - 1),
                Math.Clamp(up, 0, _histogram.I2Bins - 1) / _upEach,
                1);
        }

        return parts;
    }
}

/// <summary>Counts by column and row.</summary>
internal sealed class GoshCells(int columns, int rows)
{
    private readonly long[] _counts = new long[columns * rows];

    public IReadOnlyList<long> Counts => _counts;

    public long this[int column, int row] => _counts[column * rows + row];

    public void Add(int column, int row, long count) => _counts[column * rows + row] += count;

    /// <summary>The counts of each row.</summary>
    public long[] ByRow()
    {
        var sums = new long[rows];
        for (var i = 0; i < _counts.Length; i++)
        {
            sums[i % rows] += _counts[i];
        }

        return sums;
    }
}
