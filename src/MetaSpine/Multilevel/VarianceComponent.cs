namespace MetaSpine;

/// <summary>One number of how true effects vary.</summary>
/// <param name="Term">The term of random effects that it belongs to: <c>district/school</c>, <c>outcome | trial</c>.</param>
/// <param name="Name">What it is of within the term: an inner value for a variance, two for a correlation; empty where there is one only.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The estimate: a variance on the analysis scale, a correlation, or a distance; NaN for a correlation of effects that do not vary, or that no level has both of.</param>
/// <param name="StandardError">Its standard error by the observed information; null where it is fixed, at a boundary, or not to be had.</param>
/// <param name="IsFixed">Whether it was fixed and not estimated.</param>
/// <param name="IsAtBound">Whether it lies exactly at the end of what is possible: a variance of 0, a correlation of 1.</param>
/// <param name="Levels">The number of levels of the term.</param>
public sealed record VarianceComponent(string Term, string Name, ComponentKind Kind, double Value, double? StandardError, bool IsFixed, bool IsAtBound, int Levels)
{
    /// <summary>"district/school", "outcome | trial: AL".</summary>
    internal string Label => Name.Length == 0 ? Term : $"{Term}: {Name}";
}

/// <summary>What a number of how true effects vary is.</summary>
public enum ComponentKind
{
    /// <summary>A variance.</summary>
    Variance,

    /// <summary>A correlation.</summary>
    Correlation,

    /// <summary>The distance that a spatial correlation is measured by.</summary>
    Range,
}
