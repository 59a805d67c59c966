namespace MetaSpine;

/// <summary>How the cells of a column are drawn.</summary>
internal enum ForestFieldKind
{
    /// <summary>Parts that line up with the same parts of the other rows.</summary>
    Parts,

    /// <summary>Running text, broken into lines.</summary>
    Text,

    /// <summary>A judgement, drawn as its sign.</summary>
    Sign,
}

/// <summary>A column of a forest plot before it has a place.</summary>
/// <param name="Group">The heading over this and its neighbours of the same group; null for none.</param>
/// <param name="Heading">The lines of its own heading.</param>
/// <param name="Cell">The parts of a row's cell; empty for none.</param>
internal sealed record ForestField(string? Group, IReadOnlyList<string> Heading, Func<ForestRow, string[]> Cell)
{
    public const double UsualGap = 16;

    public ForestFieldKind Kind { get; init; } = ForestFieldKind.Parts;

    /// <summary>How the texts of each part line up.</summary>
    public IReadOnlyList<TextAnchor> Anchors { get; init; } = [TextAnchor.End];

    /// <summary>Before the second part and those after it, in pixels.</summary>
    public IReadOnlyList<double> Gaps { get; init; } = [0.5];

    /// <summary>Between it and its left neighbour, in pixels.</summary>
    public double GapBefore { get; init; } = UsualGap;

    /// <summary>What the heading stands for, where a legend says so.</summary>
    public string? Meaning { get; init; }
}
