namespace MetaSpine;

/// <summary>The design matrix of a meta-regression: one row per study, one column per coefficient, the intercept's ones included.</summary>
public sealed class DesignMatrix
{
    private readonly double[] _values;

    private DesignMatrix(string[] columns, double[] values)
    {
        Columns = columns;
        _values = values;
        RowCount = columns.Length == 0 ? 0 : values.Length / columns.Length;
        HasIntercept = Enumerable.Range(0, columns.Length).Any(IsConstantOne);
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of studies.</summary>
    public int RowCount { get; }

    /// <summary>Whether a column is the intercept: ones, apart from missing values.</summary>
    public bool HasIntercept { get; }

    /// <summary>One value.</summary>
    public double this[int row, int column] => _values[row * Columns.Count + column];

    /// <summary>The values row by row.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>Whether a column is the intercept: ones, apart from missing values.</summary>
    internal bool IsConstantOne(int column)
    {
        for (var row = 0; row < RowCount; row++)
        {
            if (this[row, column] is not (1 or double.NaN))
            {
                return false;
            }
        }

        return RowCount > 0;
    }

    /// <summary>A design matrix from its rows.</summary>
    /// <param name="columns">The names of the coefficients.</param>
    /// <param name="rows">One row per study, in the order of the effect sizes; NaN marks a missing value, and that study is left out of the fit.</param>
    /// <exception cref="ArgumentException">A row's length differs from the number of columns, or there is no column.</exception>
    public static DesignMatrix FromRows(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Count == 0)
        {
            throw new ArgumentException("A design matrix needs at least one column; the intercept is a column of ones.", nameof(columns));
        }

        var values = new double[rows.Count * columns.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Count != columns.Count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {row + 1} of the design matrix has {rows[row].Count} values, but there are {columns.Count} columns ({string.Join(", ", columns)})."), nameof(rows));
            }

            for (var column = 0; column < columns.Count; column++)
            {
                values[row * columns.Count + column] = rows[row][column];
            }
        }

        return new DesignMatrix([.. columns], values);
    }

    /// <summary>An intercept and the given predictors, in order.</summary>
    public static DesignMatrix WithIntercept(params IReadOnlyList<Predictor> predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        if (predictors.Count == 0)
        {
            throw new ArgumentException("Give at least one predictor; without any, pool.", nameof(predictors));
        }

        var columns = new List<string> { "intercept" };
        columns.AddRange(predictors.SelectMany(m => m.Columns));
        var rows = new List<double[]>();
        for (var row = 0; row < predictors[0].Count; row++)
        {
            rows.Add([1, .. predictors.SelectMany(m => m.Row(row))]);
        }

        return FromRows(columns, rows);
    }
}
