namespace MetaSpine;

/// <summary>One term of random effects: true effects that vary between the levels of a grouping, and inside them by what stands before the bar.</summary>
public sealed record RandomTerm
{
    /// <summary>The grouping, from the outermost level inwards: <c>district</c>, <c>school</c> for schools in districts.</summary>
    public required ValueList<string> Grouping { get; init; }

    /// <summary>What the effects of one level differ by (an outcome, a time, coordinates, moderators with random slopes); empty for intercepts.</summary>
    public ValueList<string> Inner { get; init; } = [];

    /// <summary>How the effects of one level depend on each other; without meaning for intercepts. <value>Default CS, as metafor.</value></summary>
    public CovarianceStructure Structure { get; init; } = CovarianceStructure.CS;

    /// <summary>How spatial distances are measured. <value>Default Euclidean.</value></summary>
    public SpatialDistance Distance { get; init; } = SpatialDistance.Euclidean;

    /// <summary>The known correlations of the levels, for intercepts: relatedness of species, say. <value>Default null: levels are independent.</value></summary>
    public KnownCorrelation? Correlation { get; init; }

    /// <summary>
    /// Values at which the term's numbers are fixed, null where one is estimated: the variances first, then the correlation. <value>Default empty: all are estimated.</value>
    /// </summary>
    public ValueList<double?> Fixed { get; init; } = [];

    /// <summary>Reads a term: <c>study</c>, <c>study/effect</c>, <c>~ 1 | study/effect</c>, <c>~ outcome | trial</c>, <c>~ lat + long | region</c>.</summary>
    /// <param name="text">The term; the grouping after the bar, nested levels after strokes.</param>
    /// <param name="structure">How the effects of one level depend on each other, where something stands before the bar.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static RandomTerm Parse(string text, CovarianceStructure structure = CovarianceStructure.CS)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().TrimStart('~').Split('|');
        var grouping = parts[^1].Split('/', StringSplitOptions.TrimEntries);
        string[] inner = parts.Length == 2 ? [.. parts[0].Split('+', StringSplitOptions.TrimEntries).Where(name => name != "1")] : [];
        return parts.Length <= 2 && grouping.Concat(inner).All(name => name.Length > 0)
            ? new RandomTerm { Grouping = [.. grouping], Inner = [.. inner], Structure = structure }
            : throw new ArgumentException(
                $"'{NumberText.Shorten(text)}' is no term of random effects: write a grouping such as study or study/effect, or what varies inside it before a bar, such as outcome | study.", nameof(text));
    }

    /// <summary>The term as a formula: <c>~ outcome | trial</c>.</summary>
    public override string ToString() => $"~ {(Inner.Count == 0 ? "1" : string.Join(" + ", Inner))} | {string.Join("/", Grouping)}";
}

/// <summary>How the distance of two places is measured.</summary>
public enum SpatialDistance
{
    /// <summary>The root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>The sum of absolute differences.</summary>
    Manhattan,

    /// <summary>The largest difference.</summary>
    Maximum,

    /// <summary>Kilometres along the earth's surface (a sphere of radius 6371), from latitude and longitude in degrees.</summary>
    GreatCircle,
}

/// <summary>Known correlations between the levels of a grouping.</summary>
/// <param name="Levels">The names of the levels.</param>
/// <param name="Values">The correlations, row by row in that order.</param>
public sealed record KnownCorrelation(IReadOnlyList<string> Levels, IReadOnlyList<IReadOnlyList<double>> Values);
