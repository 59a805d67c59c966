namespace MetaSpine;

/// <summary>
/// The lower-triangular factor L of the covariance matrix G = LL' of the random effects of one level of a term, as a function of its parameters. A
/// factor exists at every boundary, where G itself has no inverse.
/// </summary>
internal abstract class CovarianceFactor
{
    public abstract IReadOnlyList<ComponentParameter> Parameters { get; }

    /// <summary>Whether every level has the same covariance matrix.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Fills the factor of a level, row by row, its upper triangle left 0.</summary>
    public abstract void Fill(ReadOnlySpan<double> theta, int level, Span<double> factor);

    /// <summary>Adds to the gradient by the parameters what a gradient by the entries of a level's factor means for them.</summary>
    public abstract void AddGradient(ReadOnlySpan<double> theta, int level, ReadOnlySpan<double> score, Span<double> gradient);
}
