using System.Globalization;

namespace MetaSpine;

/// <summary>A characteristic of the studies that may explain their effects: a number, or a category coded by indicator columns.</summary>
public sealed class Predictor
{
    private readonly double[]? _numbers;
    private readonly string?[] _categories;

    private Predictor(string name, double[]? numbers, string?[] categories, string? reference)
    {
        Name = name;
        Reference = reference;
        (_numbers, _categories) = (numbers, categories);
        Levels = [.. categories.OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(category => category != reference)];
        Columns = numbers is null ? [.. Levels.Skip(1).Select(category => $"{name}: {category}")] : [name];
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The number of studies.</summary>
    public int Count => _numbers?.Length ?? _categories.Length;

    /// <summary>Whether it is a number per study rather than a category.</summary>
    public bool IsNumeric => _numbers is not null;

    /// <summary>The category that was named as the one that others are compared with; null where none was.</summary>
    public string? Reference { get; }

    /// <summary>The names of its columns in the design matrix: the name itself, or one "name: category" for each category but the reference.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The categories in the order of their appearance, after the reference; empty for a number.</summary>
    internal IReadOnlyList<string> Levels { get; }

    /// <summary>A number per study; NaN where missing.</summary>
    public static Predictor Numeric(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        return new Predictor(name, [.. values], [], null);
    }

    /// <summary>A category per study; null where missing.</summary>
    /// <param name="name">The predictor's name.</param>
    /// <param name="values">The categories, compared as written.</param>
    /// <param name="reference">The category that the others are compared with; unless given, the first that occurs in <see cref="DesignMatrix.WithIntercept"/>,
    /// and the first of the alphabet in a <see cref="Formula"/>, as in R.</param>
    /// <exception cref="ArgumentException">The reference does not occur.</exception>
    public static Predictor Categorical(string name, IReadOnlyList<string?> values, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        if (reference is not null && !values.Contains(reference, StringComparer.Ordinal))
        {
            var categories = values.OfType<string>().Distinct(StringComparer.Ordinal);
            throw new ArgumentException($"The reference '{reference}' is not a category of {name}; there are {string.Join(", ", categories)}.", nameof(reference));
        }

        return new Predictor(name, null, [.. values], reference);
    }

    internal bool IsMissing(int row) => _numbers is { } numbers ? !double.IsFinite(numbers[row]) : _categories[row] is null;

    /// <summary>The number of a study; NaN for a category.</summary>
    internal double Number(int row) => _numbers?[row] ?? double.NaN;

    /// <summary>The category of a study that has one; a number as its text.</summary>
    internal string Category(int row) => _numbers is { } numbers ? (numbers[row] + 0.0).ToString("R", CultureInfo.InvariantCulture) : _categories[row]!;
}
