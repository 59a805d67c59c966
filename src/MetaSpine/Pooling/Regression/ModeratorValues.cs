using System.Globalization;

namespace MetaSpine;

/// <summary>A moderator's value: a number or a category. Both convert to it by themselves.</summary>
public readonly record struct ModeratorValue
{
    private ModeratorValue(double? number, string? category) => (Number, Category) = (number, category);

    /// <summary>The number; null for a category.</summary>
    public double? Number { get; }

    /// <summary>The category; null for a number.</summary>
    public string? Category { get; }

    /// <summary>A number.</summary>
    public static ModeratorValue FromDouble(double number) => new(number, null);

    /// <summary>A category.</summary>
    public static ModeratorValue FromString(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new(null, category);
    }

    /// <summary>A number.</summary>
    public static implicit operator ModeratorValue(double number) => FromDouble(number);

    /// <summary>A category.</summary>
    public static implicit operator ModeratorValue(string category) => FromString(category);

    /// <summary>The value as text.</summary>
    public override string ToString() => Category ?? (Number.GetValueOrDefault() + 0.0).ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Values of moderators by name, at which a model is asked for its prediction.</summary>
public sealed class ModeratorValues
{
    private readonly Dictionary<string, ModeratorValue> _values = new(StringComparer.Ordinal);

    private ModeratorValues(IEnumerable<KeyValuePair<string, ModeratorValue>> values)
    {
        foreach (var (name, value) in values)
        {
            if (!_values.TryAdd(name, value))
            {
                throw new ArgumentException($"The moderator '{NumberText.Shorten(name)}' is given twice.", nameof(values));
            }
        }
    }

    /// <summary>The names, in the order given.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The value of a moderator.</summary>
    /// <exception cref="KeyNotFoundException">It is not given.</exception>
    public ModeratorValue this[string name] => _values[name];

    /// <summary>Values by name: <c>ModeratorValues.Of(("ablat", 33.5), ("alloc", "random"))</c>.</summary>
    /// <exception cref="ArgumentException">A name is given twice.</exception>
    public static ModeratorValues Of(params IReadOnlyList<(string Name, ModeratorValue Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ModeratorValues(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
    }

    /// <summary>Reads values by name from text: "ablat = 33.5, alloc = random"; what can be read as a number is one.</summary>
    /// <exception cref="ArgumentException">A value is not written as name = value, or a name is given twice.</exception>
    public static ModeratorValues Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of([.. text.Split(',').Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value]
            ? (name, double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (ModeratorValue)number : value)
            : throw new ArgumentException($"'{NumberText.Shorten(part.Trim())}' is no value of a moderator; write name = value, separated by commas, as in ablat = 33.5, alloc = random"))]);
    }

    /// <summary>The same values with one set anew.</summary>
    public ModeratorValues With(string name, ModeratorValue value) =>
        new(_values.Where(pair => pair.Key != name).Append(KeyValuePair.Create(name, value)));

    /// <summary>The values as text: "ablat = 33.5, alloc = random".</summary>
    public override string ToString() => string.Join(", ", _values.Select(pair => $"{pair.Key} = {pair.Value}"));
}

/// <summary>Named values as the source of a design row, once they are known to fit the moderators.</summary>
internal readonly struct NamedSource(ModeratorValues values) : IModeratorSource
{
    public double Number(string name) => values[name].Number ?? double.Parse(values[name].Category!, CultureInfo.InvariantCulture);

    public string Category(string name) => values[name].ToString();

    /// <summary>The row of a design for named values.</summary>
    /// <exception cref="ArgumentException">A moderator has no value, one has none of its kind, or a name is not one of the model.</exception>
    public static double[] Row(DesignTerms terms, ModeratorValues at, IReadOnlyList<PooledStudy> studies)
    {
        foreach (var name in at.Names.Where(name => !terms.Used.Contains(name)))
        {
            throw new ArgumentException($"The model has no moderator '{name}'{NearestName.Ending(name, [.. terms.Used])}", nameof(at));
        }

        foreach (var name in terms.Used)
        {
            var levels = terms.LevelsOf(name);
            var known = levels is null ? Range(terms.Moderators[name], studies) : string.Join(", ", levels);
            if (!at.Names.Contains(name))
            {
                throw new ArgumentException($"Give a value of '{name}' to predict at ({known}).", nameof(at));
            }

            if (levels is null ? at[name].Number is not { } number || !double.IsFinite(number) : !levels.Contains(at[name].ToString()))
            {
                throw new ArgumentException(levels is null
                    ? $"'{name}' needs a finite number ({known}), not {at[name]}."
                    : $"'{at[name]}' is not a category of '{name}' among the studies in the model{NearestName.Ending(at[name].ToString(), [.. levels])}", nameof(at));
            }
        }

        var row = terms.Row(new NamedSource(at));
        return Array.TrueForAll(row, double.IsFinite)
            ? row
            : throw new ArgumentException($"The model's {terms.Columns[Array.FindIndex(row, value => !double.IsFinite(value))]} is not a finite number at {at}.", nameof(at));
    }

    /// <summary>What a careful reader should know about predicting at some values: beyond the range, or where no study combines the categories.</summary>
    public static IReadOnlyList<string> Notes(DesignTerms terms, ModeratorValues at, IReadOnlyList<PooledStudy> studies)
    {
        var notes = new List<string>();
        foreach (var name in terms.Used.Where(name => terms.LevelsOf(name) is null))
        {
            var values = studies.Select(study => terms.Moderators[name].Number(study.Row));
            if (at[name].Number < values.Min() || at[name].Number > values.Max())
            {
                notes.Add($"{name} = {at[name]} lies beyond the studies ({Range(terms.Moderators[name], studies)}): the model is extrapolated.");
            }
        }

        string[] categories = [.. terms.Used.Where(name => terms.LevelsOf(name) is not null)];
        if (categories.Length > 1 && !studies.Any(study => categories.All(name => terms.Moderators[name].Category(study.Row) == at[name].ToString())))
        {
            notes.Add($"No study has {string.Join(" and ", categories.Select(name => $"{name} = {at[name]}"))} together: the prediction rests on the model's form.");
        }

        return notes;
    }

    private static string Range(Predictor moderator, IReadOnlyList<PooledStudy> studies) =>
        FormattableString.Invariant($"{studies.Min(study => moderator.Number(study.Row)):G6} to {studies.Max(study => moderator.Number(study.Row)):G6}");
}
