namespace MetaSpine;

/// <summary>A characteristic of the studies that may explain their effects: a number, or a category coded by indicator columns.</summary>
public sealed class Predictor
{
    private readonly double[][] _columns;

    private Predictor(string name, int count, string[] columns, double[][] values)
    {
        Name = name;
        Count = count;
        Columns = columns;
        _columns = values;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The number of studies.</summary>
    public int Count { get; }

    /// <summary>The names of its columns in the design matrix: the name itself, or one "name: category" for each category but the reference.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>A number per study; NaN where missing.</summary>
    public static Predictor Numeric(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Predictor(name, values.Count, [name], [[.. values]]);
    }

    /// <summary>A category per study; null where missing.</summary>
    /// <param name="name">The predictor's name.</param>
    /// <param name="values">The categories, compared as written.</param>
    /// <param name="reference">The category that the others are compared with; the first that occurs unless given.</param>
    /// <exception cref="ArgumentException">The reference does not occur.</exception>
    public static Predictor Categorical(string name, IReadOnlyList<string?> values, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var categories = values.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        reference ??= categories.FirstOrDefault();
        if (reference is not null && !categories.Contains(reference))
        {
            throw new ArgumentException($"The reference '{reference}' is not a category of {name}; there are {string.Join(", ", categories)}.", nameof(reference));
        }

        var others = categories.Where(category => category != reference).ToArray();
        return new Predictor(
            name,
            values.Count,
            [.. others.Select(category => $"{name}: {category}")],
            [.. others.Select(category => values.Select(value => value is null ? double.NaN : value == category ? 1 : 0.0).ToArray())]);
    }

    internal IEnumerable<double> Row(int row) => _columns.Select(column => column[row]);
}
