namespace MetaSpine;

/// <summary>The design matrix of a meta-regression: one row per study, one column per coefficient, the intercept's ones included.</summary>
public sealed class DesignMatrix
{
    private readonly double[] _values;

    private DesignMatrix(string[] columns, double[] values, DesignTerms? terms = null)
    {
        Columns = columns;
        _values = values;
        RowCount = columns.Length == 0 ? 0 : values.Length / columns.Length;
        HasIntercept = Enumerable.Range(0, columns.Length).Any(IsConstantOne);
        Terms = terms ?? TermsOfColumns();
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

    /// <summary>What the columns mean: the terms of a formula, or each column a moderator of its own.</summary>
    internal DesignTerms Terms { get; }

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

    /// <summary>The moderator that a study lacks; null where it has all.</summary>
    internal string? MissingModerator(int row)
    {
        for (var column = 0; column < Columns.Count; column++)
        {
            if (!double.IsFinite(this[row, column]))
            {
                return Terms.MissingIn(row) ?? Columns[column];
            }
        }

        return null;
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

    /// <summary>An intercept and the given predictors, in order; a <see cref="Formula"/> says more.</summary>
    /// <exception cref="ArgumentException">There is no predictor, two have the same name, or their lengths differ.</exception>
    public static DesignMatrix WithIntercept(params IReadOnlyList<Predictor> predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        if (predictors.Count == 0)
        {
            throw new ArgumentException("Give at least one predictor; without any, pool.", nameof(predictors));
        }

        var moderators = new Dictionary<string, Predictor>(StringComparer.Ordinal);
        foreach (var predictor in predictors)
        {
            if (!moderators.TryAdd(predictor.Name, predictor) || predictor.Count != predictors[0].Count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The predictors need different names and one value per study each; '{predictor.Name}' has {predictor.Count} values, '{predictors[0].Name}' {predictors[0].Count}."), nameof(predictors));
            }
        }

        ModelVariable[] variables = [.. predictors.Select(ModelVariable (p) => p.IsNumeric
            ? new NumberVariable(p.Name, new Arithmetic.Moderator(p.Name))
            : new CategoryVariable(p.Name, p.Name, p.Levels, ": "))];
        var terms = new DesignTerms(moderators, variables, [[], .. Enumerable.Range(0, variables.Length).Select(IReadOnlyList<int> (i) => [i])]);
        var matrix = Of(terms, predictors[0].Count);
        return new DesignMatrix(["intercept", .. matrix.Columns.Skip(1)], matrix._values, terms);
    }

    /// <summary>The design matrix of some terms; the columns of a term are NaN where a study lacks one of its moderators.</summary>
    internal static DesignMatrix Of(DesignTerms terms, int count)
    {
        var p = terms.Columns.Count;
        var values = new double[count * p];
        for (var row = 0; row < count; row++)
        {
            var isComplete = terms.MissingIn(row) is null;
            double[] cells = isComplete ? terms.Row(new PredictorRow(terms.Moderators, row)) : [.. Enumerable.Repeat(double.NaN, p)];
            foreach (var term in terms.Terms.Where(term => term.Variables.Count == 0 && !isComplete))
            {
                cells[term.First] = 1;
            }

            cells.CopyTo(values, row * p);
        }

        return new DesignMatrix([.. terms.Columns], values, terms);
    }

    private DesignTerms TermsOfColumns()
    {
        var moderators = new Dictionary<string, Predictor>(StringComparer.Ordinal);
        var variables = new List<ModelVariable>();
        var terms = new List<IReadOnlyList<int>>();
        for (var column = 0; column < Columns.Count; column++)
        {
            if (IsConstantOne(column))
            {
                terms.Add([]);
                continue;
            }

            terms.Add([variables.Count]);
            variables.Add(new NumberVariable(Columns[column], new Arithmetic.Moderator(Columns[column])));
            moderators[Columns[column]] = Predictor.Numeric(Columns[column], [.. Enumerable.Range(0, RowCount).Select(row => this[row, column])]);
        }

        return new DesignTerms(moderators, variables, terms);
    }
}
