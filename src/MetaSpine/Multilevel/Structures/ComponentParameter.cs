namespace MetaSpine;

/// <summary>One number that a covariance structure is made of.</summary>
/// <param name="Name">What it is called in the structure: "rho", or the level whose standard deviation it is; empty where there is one only.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Lower">The smallest value that it can have.</param>
/// <param name="Upper">The largest.</param>
/// <param name="Start">Where a search may begin.</param>
internal sealed record ComponentParameter(string Name, ParameterKind Kind, double Lower, double Upper, double Start);

/// <summary>The kinds of number that a covariance structure is made of.</summary>
internal enum ParameterKind
{
    /// <summary>A standard deviation, in the units of the estimates; its sign has no meaning.</summary>
    Deviation,

    /// <summary>A correlation between two bounds.</summary>
    Correlation,

    /// <summary>A distance at which correlation has fallen, above 0.</summary>
    Range,

    /// <summary>An entry of a free lower-triangular factor, in the units of the estimates.</summary>
    Entry,
}
