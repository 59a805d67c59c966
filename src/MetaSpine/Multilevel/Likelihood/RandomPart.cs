namespace MetaSpine;

/// <summary>One term of random effects, as the likelihood needs it.</summary>
/// <param name="Name">How results call it.</param>
/// <param name="Levels">The level of each row, from 0.</param>
/// <param name="Widths">The number of random effects of each level.</param>
/// <param name="Entries">For each row, which effects of its level it has, and the factor of each.</param>
/// <param name="Factor">The covariance of the effects of a level.</param>
internal sealed record RandomPart(string Name, int[] Levels, int[] Widths, (int Effect, double Value)[][] Entries, CovarianceFactor Factor);
