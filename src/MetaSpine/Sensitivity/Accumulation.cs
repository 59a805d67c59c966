namespace MetaSpine;

/// <summary>Cumulative meta-analysis: the result after each study, in an order that matters.</summary>
/// <remarks>
/// Lau, Antman, Jimenez-Silva et al. (1992), New England Journal of Medicine 327:248, doi:10.1056/NEJM199207233270406. Each step is a pooled result of
/// its own; the repeated looks are not adjusted for, so that the first significant step says nothing by itself.
/// </remarks>
public static class Accumulation
{
    /// <summary>Pools the first study, the first two, and so on.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="order">The order of the studies; as they were given unless said.</param>
    /// <exception cref="ArgumentException">There is no such order, or the data lack what it goes by.</exception>
    public static CumulativeResult Cumulative(this PooledResult result, StudyOrder order = StudyOrder.AsGiven) => Along(Refits.Of(result), order, default);

    /// <inheritdoc cref="Cumulative(PooledResult, StudyOrder)"/>
    public static CumulativeResult Cumulative(this StratifiedResult result, StudyOrder order = StudyOrder.AsGiven) => Along(Refits.Of(result), order, default);

    /// <summary>Fits the first study, the first two, and so on.</summary>
    /// <param name="result">A model without moderators.</param>
    /// <param name="order">The order of the studies; as they were given unless said.</param>
    /// <param name="cancellation">Stops the work: each fit may take a second.</param>
    /// <exception cref="ArgumentException">The model has moderators.</exception>
    public static CumulativeResult Cumulative(this CountModelResult result, StudyOrder order = StudyOrder.AsGiven, CancellationToken cancellation = default) =>
        Along(Refits.Of(result), order, cancellation);

    /// <summary>Pools the first study, the first two, and so on, in the order of any column.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="column">A number (year, size, quality) or a text (an ISO date) for each effect size; studies with equal values keep their order.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <exception cref="ArgumentException">There is not one value per effect size, or a study in the model has none.</exception>
    public static CumulativeResult Cumulative(this PooledResult result, Predictor column, bool descending = false) => Along(Refits.Of(result), column, descending, default);

    /// <inheritdoc cref="Cumulative(PooledResult, Predictor, bool)"/>
    public static CumulativeResult Cumulative(this StratifiedResult result, Predictor column, bool descending = false) => Along(Refits.Of(result), column, descending, default);

    /// <summary>Fits the first study, the first two, and so on, in the order of any column.</summary>
    /// <param name="result">A model without moderators.</param>
    /// <param name="column">A number (year, size, quality) or a text (an ISO date) for each row of the data; studies with equal values keep their order.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <param name="cancellation">Stops the work: each fit may take a second.</param>
    /// <exception cref="ArgumentException">There is not one value per row, a study in the model has none, or the model has moderators.</exception>
    public static CumulativeResult Cumulative(this CountModelResult result, Predictor column, bool descending = false, CancellationToken cancellation = default) =>
        Along(Refits.Of(result), column, descending, cancellation);

    private static CumulativeResult Along(Refits refits, StudyOrder order, CancellationToken cancellation)
    {
        IEnumerable<int> studies = Enumerable.Range(0, refits.Studies.Count);
        EffectSize Effect(int study) => refits.Effects.Studies[refits.Studies[study].Row];
        studies = order switch
        {
            StudyOrder.AsGiven => studies,
            // A study without an estimate of its own is the least precise.
            StudyOrder.Precision => studies.OrderBy(study => Effect(study).IsComputed ? Effect(study).Variance : double.PositiveInfinity),
            StudyOrder.Size when studies.FirstOrDefault(study => double.IsNaN(Effect(study).Size), -1) is >= 0 and var unknown =>
                throw new ArgumentException($"The size of {refits.Studies[unknown].Label} is not known, so the studies cannot be ordered by it; order them by their precision, or give a column.", nameof(order)),
            StudyOrder.Size => studies.OrderByDescending(study => Effect(study).Size),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "There is no such order."),
        };
        return Along(refits, [.. studies], order switch { StudyOrder.Precision => "precision, the most precise first", StudyOrder.Size => "size, the largest first", _ => "as given" }, cancellation);
    }

    private static CumulativeResult Along(Refits refits, Predictor column, bool descending, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Count != refits.Effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"'{column.Name}' has {column.Count} values, but there are {refits.Effects.Count} effect sizes: give one value for each, in the same order."), nameof(column));
        }

        foreach (var (label, row) in refits.Studies)
        {
            if (column.IsMissing(row))
            {
                throw new ArgumentException(FormattableString.Invariant($"{label} (row {row + 1}) has no value of '{column.Name}', so its place in the order is not known."), nameof(column));
            }
        }

        int Compare(int a, int b)
        {
            var (one, other) = (refits.Studies[a].Row, refits.Studies[b].Row);
            var order = column.IsNumeric ? column.Number(one).CompareTo(column.Number(other)) : string.CompareOrdinal(column.Category(one), column.Category(other));
            return descending ? -order : order;
        }

        return Along(refits, [.. Enumerable.Range(0, refits.Studies.Count).Order(Comparer<int>.Create(Compare))], column.Name + (descending ? ", descending" : ""), cancellation);
    }

    private static CumulativeResult Along(Refits refits, int[] order, string name, CancellationToken cancellation)
    {
        var fits = refits.FitAll([.. Enumerable.Range(1, order.Length).Select(count => order[..count])], cancellation);
        for (var i = 0; i < fits.Length; i++)
        {
            var (label, row) = refits.Studies[order[i]];
            fits[i] = fits[i] with { Label = label, Rows = [row] };
        }

        return new CumulativeResult { Model = refits.Model, Order = name, Steps = fits, Notes = SubsetNotes.Accumulated(fits, refits.Effects.Measure) };
    }
}

/// <summary>The order in which studies are added up.</summary>
public enum StudyOrder
{
    /// <summary>As they were given; by year in most tables.</summary>
    AsGiven,

    /// <summary>From the smallest sampling variance to the largest: a drift shows what small studies add.</summary>
    Precision,

    /// <summary>From the largest to the smallest number of participants (person-time for rates).</summary>
    Size,
}

/// <summary>The result after each study.</summary>
public sealed partial record CumulativeResult
{
    /// <summary>The result of all studies as it was given.</summary>
    public required IPooledEffect Model { get; init; }

    /// <summary>The order in words: "as given", or the name of a column.</summary>
    public required string Order { get; init; }

    /// <summary>One result after each study, whose name is its label; the last is that of all studies.</summary>
    public required IReadOnlyList<SubsetResult> Steps { get; init; }

    /// <summary>What a careful reader should know; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
