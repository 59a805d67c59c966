namespace MetaSpine;

/// <summary>The rows of a design at which marginal means are taken.</summary>
internal static class MarginalGrid
{
    private const int MostCombinations = 10_000;

    /// <summary>For each category, the row of the design matrix averaged over the reference grid.</summary>
    public static List<(string Name, double[] Weights)> Rows(DesignTerms terms, IReadOnlyList<PooledStudy> studies, string moderator, MarginalWeights weights)
    {
        string[] categories = [.. terms.Used.Where(name => terms.LevelsOf(name) is not null)];
        if (!categories.Contains(moderator))
        {
            throw new ArgumentException($"The model has no category '{moderator}'{NearestName.Ending(moderator, categories)}", nameof(moderator));
        }

        string[] others = [.. categories.Where(name => name != moderator)];
        var numbers = terms.Used.Except(categories).Select(name => (name, (ModeratorValue)studies.Average(study => terms.Moderators[name].Number(study.Row))));
        List<ModeratorValues> grid = [ModeratorValues.Of([.. numbers])];
        foreach (var name in others)
        {
            grid = [.. grid.SelectMany(values => terms.LevelsOf(name)!.Select(level => values.With(name, level)))];
            if (grid.Count > MostCombinations)
            {
                throw new ArgumentException("The other moderators have too many combinations to average over.", nameof(moderator));
            }
        }

        double[] shares = [.. grid.Select(values => weights == MarginalWeights.Equal ? 1.0 : studies.Count(
            study => others.All(name => terms.Moderators[name].Category(study.Row) == values[name].ToString())))];
        var total = shares.Sum();
        return
        [
            .. terms.LevelsOf(moderator)!.Select(level =>
            {
                var mean = new double[terms.Columns.Count];
                for (var g = 0; g < grid.Count; g++)
                {
                    var row = terms.Row(new NamedSource(grid[g].With(moderator, level)));
                    for (var i = 0; i < mean.Length; i++)
                    {
                        mean[i] += shares[g] / total * row[i];
                    }
                }

                return (level, mean);
            }),
        ];
    }
}
