namespace MetaSpine;

/// <summary>A variable as it enters the design matrix: the columns that it makes from a study's moderators.</summary>
/// <param name="Text">Its text in the formula.</param>
internal abstract record ModelVariable(string Text)
{
    /// <summary>Whether it is a category, so that its coding depends on the terms around it.</summary>
    public virtual bool IsCategory => false;

    /// <summary>What its columns add to its text in their names.</summary>
    /// <param name="full">One column for each category, not one less.</param>
    public abstract IReadOnlyList<string> Suffixes(bool full);

    /// <summary>The values of its columns.</summary>
    public abstract double[] At(IModeratorSource source, bool full);

    /// <summary>Adds the names of the moderators that it reads.</summary>
    public abstract void AddNames(ICollection<string> names);
}

/// <summary>A number: a moderator, or an expression of some.</summary>
internal sealed record NumberVariable(string Text, Arithmetic Expression) : ModelVariable(Text)
{
    public override IReadOnlyList<string> Suffixes(bool full) => [""];

    public override double[] At(IModeratorSource source, bool full) => [Expression.At(source)];

    public override void AddNames(ICollection<string> names) => Expression.AddNames(names);
}

/// <summary>A category, coded by indicator columns; the first level is the reference.</summary>
/// <param name="Text">Its text in the formula.</param>
/// <param name="Moderator">The moderator's name.</param>
/// <param name="Levels">The categories, the reference first.</param>
/// <param name="Separator">Between text and category in the columns' names.</param>
internal sealed record CategoryVariable(string Text, string Moderator, IReadOnlyList<string> Levels, string Separator = "") : ModelVariable(Text)
{
    public override bool IsCategory => true;

    public override IReadOnlyList<string> Suffixes(bool full) => [.. Levels.Skip(full ? 0 : 1).Select(level => Separator + level)];

    public override double[] At(IModeratorSource source, bool full)
    {
        var category = source.Category(Moderator);
        return [.. Levels.Skip(full ? 0 : 1).Select(level => level == category ? 1.0 : 0)];
    }

    public override void AddNames(ICollection<string> names) => names.Add(Moderator);

    /// <summary>
    /// The categories of the complete rows, sorted as R sorts them (numbers by size, words by the alphabet whatever their case),
    /// with the reference first: the one that the formula names, or else the moderator, or else the first.
    /// </summary>
    public static CategoryVariable Sorted(string text, string moderator, FormulaData data, string? reference, int column)
    {
        var predictor = data.Moderators[moderator];
        var levels = data.Rows.Select(predictor.Category).Distinct(StringComparer.Ordinal).ToList();
        if (predictor.IsNumeric)
        {
            levels = [.. levels.OrderBy(level => double.Parse(level, System.Globalization.CultureInfo.InvariantCulture))];
        }
        else
        {
            levels = [.. levels.OrderBy(level => level, StringComparer.OrdinalIgnoreCase).ThenByDescending(level => level, StringComparer.Ordinal)];
        }

        if (reference is not null && !levels.Contains(reference))
        {
            throw data.Fault(column, $"the reference '{reference}' is not a category of {moderator} among the studies that can be used{NearestName.Ending(reference, levels)}");
        }

        reference ??= predictor.Reference;
        if (reference is not null && levels.Remove(reference))
        {
            levels.Insert(0, reference);
        }

        return new CategoryVariable(text, moderator, levels);
    }
}

/// <summary>A curve: the columns of a basis.</summary>
internal sealed record CurveVariable(string Text, Arithmetic Expression, Basis Basis) : ModelVariable(Text)
{
    public override IReadOnlyList<string> Suffixes(bool full) => Basis.Suffixes;

    public override double[] At(IModeratorSource source, bool full) => Basis.At(Expression.At(source));

    public override void AddNames(ICollection<string> names) => Expression.AddNames(names);
}
