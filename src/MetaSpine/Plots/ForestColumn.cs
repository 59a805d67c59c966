namespace MetaSpine;

/// <summary>
/// A column of a forest plot. The picture is one of them, so that their order says what stands left and right of it.
/// </summary>
/// <example><code>
/// ForestPlot.Draw(result, new()
/// {
///     Columns = [ForestColumn.Data, ForestColumn.Of("Year", years), ForestColumn.Picture, ForestColumn.Effect, ForestColumn.RiskOfBias(review)],
/// });
/// </code></example>
public sealed class ForestColumn
{
    private readonly Func<ForestFrame, IEnumerable<ForestField>> _fields;

    internal ForestColumn(string name, Func<ForestFrame, IEnumerable<ForestField>> fields)
    {
        Name = name;
        _fields = fields;
    }

    /// <summary>What the studies reported: events and totals, or means, standard deviations and totals; in a sequence of results, what goes with each. None for ready estimates.</summary>
    public static ForestColumn Data { get; } = new("data", frame => frame.Data);

    /// <summary>The picture: squares, diamonds and the axis.</summary>
    public static ForestColumn Picture { get; } = new("picture", _ => []);

    /// <summary>The estimate with its confidence interval.</summary>
    public static ForestColumn Effect { get; } = new("effect", frame => [frame.Effect]);

    /// <summary>The weight in percent; none for models that do not weigh studies.</summary>
    public static ForestColumn Weight { get; } = new("weight", frame => frame.Weight);

    /// <summary>What the column is: its heading, or "data", "picture", "effect", "weight", "risk of bias".</summary>
    public string Name { get; }

    /// <summary>The columns that a theme has where none are named, in their order; add yours to them.</summary>
    /// <param name="theme">The theme; <see cref="PlotTheme.Default"/> where null.</param>
    public static IReadOnlyList<ForestColumn> Usual(PlotTheme? theme = null) => ForestStyle.Of(theme ?? PlotTheme.Default).Columns;

    /// <summary>The column of a name: "data", "picture", "effect" or "weight" in any case, or one of others.</summary>
    /// <param name="name">The name.</param>
    /// <param name="others">What else can be named, and how it is made; null for nothing.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static ForestColumn Find(string name, IReadOnlyDictionary<string, Func<ForestColumn>>? others = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ForestColumn[] own = [Data, Picture, Effect, Weight];
        List<string> known = [.. own.Select(column => column.Name), .. others?.Keys ?? []];
        return Array.Find(own, column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (others is not null && others.TryGetValue(name, out var make) ? make() : null)
            ?? throw new ArgumentException($"There is no column '{name}'{NearestName.Hint(name, known)}", nameof(name));
    }

    /// <summary>A text for each study; long ones are broken into lines.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="values">One for each row of the effect sizes; null for nothing to say, shown as a dash.</param>
    public static ForestColumn Of(string heading, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(values);
        return new ForestColumn(heading, frame =>
        {
            frame.RequireCount(heading, values.Count);
            return [ForestColumns.Text(heading, row => row.Index is { } index ? values[index] ?? "–" : null)];
        });
    }

    /// <summary>A number for each study, with as many decimals as the most precise needs.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="values">One for each row of the effect sizes; NaN, shown as a dash, where there is none.</param>
    public static ForestColumn Of(string heading, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(values);
        return new ForestColumn(heading, frame =>
        {
            frame.RequireCount(heading, values.Count);
            return [ForestColumns.Number(heading, values, row => row.Index is { } index ? values[index] : null)];
        });
    }

    /// <summary>A characteristic of the studies, as a meta-regression has it.</summary>
    /// <param name="predictor">One value for each row of the effect sizes.</param>
    /// <param name="heading">The heading; the predictor's name where null.</param>
    public static ForestColumn Of(Predictor predictor, string? heading = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        heading ??= ForestColumns.Readable(predictor.Name);
        var rows = Enumerable.Range(0, predictor.Count);
        return predictor.IsNumeric
            ? Of(heading, [.. rows.Select(predictor.Number)])
            : Of(heading, [.. rows.Select(row => predictor.IsMissing(row) ? null : predictor.Category(row))]);
    }

    /// <summary>A column of the data that the effect sizes were computed from.</summary>
    /// <param name="column">Its name in <see cref="EffectData"/>: "ni", or whatever else was put there.</param>
    /// <param name="heading">The heading; the name where null.</param>
    /// <remarks>Drawing fails where there is no such column; the message names the nearest.</remarks>
    public static ForestColumn Input(string column, string? heading = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        heading ??= ForestColumns.Readable(column);
        return new ForestColumn(heading, frame => [ForestColumns.Input(frame, column, heading)]);
    }

    /// <summary>A moderator of a review's studies, as written; a dash where a study does not give it.</summary>
    /// <param name="review">The review that the effect sizes come from.</param>
    /// <param name="name">The moderator's name.</param>
    /// <param name="heading">The heading; the name where null.</param>
    /// <exception cref="ArgumentException">No study of the review has it; the message names the nearest.</exception>
    public static ForestColumn Moderator(Review review, string name, string? heading = null)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(name);
        return ForestColumns.Moderator(review, name, heading ?? ForestColumns.Readable(name));
    }

    /// <summary>
    /// The risk of bias, a sign for each domain: plus, minus, cross, exclamation mark or question mark on a disc of its own colour. A
    /// legend under the plot says which is which.
    /// </summary>
    /// <param name="domains">The domains in order; those of more than three characters stand in the legend under a letter.</param>
    /// <param name="judgements">For each row of the effect sizes one judgement for each domain, in the words of RoB 2, ROBINS-I, QUADAS-2 or JBI ("low", "some concerns", "no"); null for none.</param>
    /// <exception cref="ArgumentException">A study has more or fewer judgements than there are domains.</exception>
    public static ForestColumn RiskOfBias(IReadOnlyList<string> domains, IReadOnlyList<IReadOnlyList<string?>> judgements)
    {
        ArgumentNullException.ThrowIfNull(domains);
        ArgumentNullException.ThrowIfNull(judgements);
        for (var row = 0; row < judgements.Count; row++)
        {
            if (judgements[row].Count != domains.Count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {row} has {judgements[row].Count} judgements for {domains.Count} domains; give one each, null where there is none."), nameof(judgements));
            }
        }

        return ForestColumns.Risk(domains, judgements.Count, (row, domain) => row.Index is { } index ? judgements[index][domain] : null);
    }

    /// <summary>
    /// The risk of bias as the files of a review have it: its domains, or its questions where the tool has no domains, and the overall judgement; of several
    /// people's judgements the first.
    /// </summary>
    /// <param name="review">The review that the effect sizes come from.</param>
    /// <param name="outcome">The outcome, for tools that judge each result; what is said of all outcomes counts where it has no judgement of its own.</param>
    /// <param name="tool">The tool, such as "rob2"; null where the review has only one.</param>
    /// <exception cref="ArgumentException">The review has no judgements, or by several tools; the message names them.</exception>
    public static ForestColumn RiskOfBias(Review review, string? outcome = null, string? tool = null)
    {
        ArgumentNullException.ThrowIfNull(review);
        return ForestColumns.Risk(review, outcome, tool);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal IEnumerable<ForestField> Fields(ForestFrame frame) => _fields(frame);
}
