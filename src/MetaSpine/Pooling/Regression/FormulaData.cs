namespace MetaSpine;

/// <summary>The moderators of a formula, and the rows that have all of them: the rows that decide on categories, knots and polynomials.</summary>
internal sealed class FormulaData
{
    private readonly string _formula;

    private FormulaData(string formula, IReadOnlyDictionary<string, Predictor> moderators, int[] rows)
    {
        _formula = formula;
        Moderators = moderators;
        Rows = rows;
    }

    public IReadOnlyDictionary<string, Predictor> Moderators { get; }

    /// <summary>The complete rows.</summary>
    public IReadOnlyList<int> Rows { get; }

    public static FormulaData Of(string formula, IReadOnlyList<Predictor> given, IReadOnlyDictionary<string, int> named, int count, Func<int, bool> include)
    {
        var all = new Dictionary<string, Predictor>(StringComparer.Ordinal);
        foreach (var moderator in given)
        {
            if (!all.TryAdd(moderator.Name, moderator))
            {
                throw new ArgumentException($"The moderator '{moderator.Name}' is given twice.");
            }

            if (moderator.Count != count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The moderator '{moderator.Name}' has {moderator.Count} values, but there are {count} studies: give one value per study, NaN or null where it is missing."));
            }
        }

        var used = new Dictionary<string, Predictor>(StringComparer.Ordinal);
        foreach (var (name, column) in named)
        {
            used[name] = all.TryGetValue(name, out var moderator)
                ? moderator
                : throw new FormulaException(formula, column, $"there is no moderator '{name}'{NearestName.Ending(name, [.. all.Keys])}");
        }

        int[] rows = [.. Enumerable.Range(0, count).Where(row => include(row) && used.Values.All(moderator => !moderator.IsMissing(row)))];
        return rows.Length > 0
            ? new FormulaData(formula, used, rows)
            : throw new PoolingException($"No study has an effect size and a value for each of {string.Join(", ", used.Keys)}.");
    }

    public FormulaException Fault(int column, string problem) => new(_formula, column, problem);

    /// <summary>An expression, once it is certain that all its moderators are numbers.</summary>
    public Arithmetic Numeric(Arithmetic expression, int column)
    {
        var names = new List<string>();
        expression.AddNames(names);
        return names.Find(name => !Moderators[name].IsNumeric) is { } category
            ? throw Fault(column, $"'{category}' is a category, and this needs a number.")
            : expression;
    }

    /// <summary>The values of an expression in the complete rows; one that is not a number is a fault, never a missing value.</summary>
    public double[] Values(Arithmetic expression, string text, int column)
    {
        var values = new double[Rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = expression.At(new PredictorRow(Moderators, Rows[i]));
            if (!double.IsFinite(values[i]))
            {
                var names = new List<string>();
                expression.AddNames(names);
                var inputs = names.Distinct(StringComparer.Ordinal).Select(name => FormattableString.Invariant($"{name} = {Moderators[name].Number(Rows[i])}"));
                throw Fault(column, FormattableString.Invariant($"{text} is not a finite number in row {Rows[i] + 1}, where {string.Join(", ", inputs)}."));
            }
        }

        return values;
    }
}

/// <summary>One row of a set of moderators.</summary>
internal readonly struct PredictorRow(IReadOnlyDictionary<string, Predictor> moderators, int row) : IModeratorSource
{
    public double Number(string name) => moderators[name].Number(row);

    public string Category(string name) => moderators[name].Category(row);
}
