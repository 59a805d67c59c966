namespace MetaSpine;

/// <summary>One term of random effects, as the likelihood needs it.</summary>
/// <param name="Name">How results call it.</param>
/// <param name="Levels">The level of each row, from 0.</param>
/// <param name="Widths">The number of random effects of each level.</param>
/// <param name="Entries">For each row, which effects of its level it has, and the factor of each.</param>
/// <param name="Factor">The covariance of the effects of a level.</param>
internal sealed record RandomPart(string Name, int[] Levels, int[] Widths, (int Effect, double Value)[][] Entries, CovarianceFactor Factor)
{
    /// <summary>The pairs of effects of an unstructured matrix that no level has both of: their covariance is in no likelihood.</summary>
    public IReadOnlyList<(int First, int Second)> Apart { get; } = Factor is FreeFactor ? Never(Levels, Widths[0], Entries) : [];

    private static List<(int First, int Second)> Never(int[] levels, int width, (int Effect, double Value)[][] entries)
    {
        var together = new bool[width, width];
        foreach (var level in Enumerable.Range(0, levels.Length).GroupBy(i => levels[i]))
        {
            var present = level.SelectMany(i => entries[i]).Where(entry => entry.Value != 0).Select(entry => entry.Effect).Distinct().ToList();
            present.ForEach(a => present.ForEach(b => together[a, b] = true));
        }

        return [.. from a in Enumerable.Range(0, width) from b in Enumerable.Range(a + 1, width - a - 1) where !together[a, b] select (a, b)];
    }
}
