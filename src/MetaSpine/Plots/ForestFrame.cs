namespace MetaSpine;

/// <summary>What the columns of a plot are made from.</summary>
/// <param name="Listed">The results whose studies are listed; one where the rows are a sequence of results.</param>
/// <param name="Effect">The estimates with their intervals.</param>
/// <param name="Data">What was reported, or what goes with each result of a sequence.</param>
/// <param name="Weight">The weights; none where the model has none.</param>
internal sealed record ForestFrame(
    IReadOnlyList<IPooledEffect> Listed, ForestField Effect, IReadOnlyList<ForestField> Data, IReadOnlyList<ForestField> Weight)
{
    /// <summary>Sorts the columns to the left and the right of the picture; unless it is named, it stands at the right.</summary>
    public (IReadOnlyList<ForestField> Left, IReadOnlyList<ForestField> Right) Arrange(IReadOnlyList<ForestColumn> columns)
    {
        if (columns.Count(column => column == ForestColumn.Picture) > 1)
        {
            throw new ArgumentException("The columns name the picture twice; it has one place.", nameof(columns));
        }

        var left = columns.TakeWhile(column => column != ForestColumn.Picture).SelectMany(column => column.Fields(this)).ToList();
        var right = columns.SkipWhile(column => column != ForestColumn.Picture).SelectMany(column => column.Fields(this)).ToList();
        return (left, right);
    }

    /// <summary>Values given row by row must be as many as the rows.</summary>
    public void RequireCount(string heading, int count)
    {
        foreach (var effects in Listed.Select(result => result.Effects))
        {
            if (effects.Count != count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The column '{heading}' has {count} values, but the effect sizes have {effects.Count} rows: give one value per row."));
            }
        }
    }
}
