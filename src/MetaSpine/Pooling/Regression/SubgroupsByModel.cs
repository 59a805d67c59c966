namespace MetaSpine;

/// <content>Subgroups of models that work on the counts themselves.</content>
public static partial class Subgroups
{
    /// <summary>Pools each subgroup by a model for counts and tests whether they differ: their estimates weighted by 1/SE^2.</summary>
    /// <param name="data">The counts.</param>
    /// <param name="categories">The subgroup of each study, in the same order; a study with null is left out and listed.</param>
    /// <param name="model">The model: <c>data => MantelHaenszel.Pool(Measures.OR, data)</c>. Studies of other subgroups reach it with all numbers missing.</param>
    /// <param name="name">What divides the studies, for the reasons.</param>
    /// <returns>The subgroups that the model can pool; the notes give the reason for the others, and for the test where there is none.</returns>
    /// <exception cref="ArgumentException">The number of categories differs from that of the studies.</exception>
    /// <exception cref="EffectDataException">Columns are missing or values impossible.</exception>
    /// <exception cref="PoolingException">The model can pool no subgroup.</exception>
    public static SubgroupAnalysis Pool(
        EffectData data, IReadOnlyList<string?> categories, Func<EffectData, IPooledEffect> model, string name = "subgroup")
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(name);
        RequireOneEach(categories, data.Count);
        var groups = new List<SubgroupResult>();
        var (excluded, notes) = (new List<ExcludedStudy>(), new List<string>());
        for (var row = 0; row < data.Count; row++)
        {
            if (categories[row] is null)
            {
                excluded.Add(new ExcludedStudy(data.Label(row), row, $"its {name} is missing"));
            }
        }

        foreach (var category in categories.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            bool IsMember(int row) => categories[row] == category;
            try
            {
                var result = WithExcluded(model(data.Keeping(IsMember)), IsMember);
                groups.Add(new SubgroupResult(category, result));
                excluded.AddRange(result.Excluded);
            }
            catch (PoolingException e)
            {
                notes.Add($"The subgroup {category} cannot be pooled: {e.Message}");
                excluded.AddRange(Enumerable.Range(0, data.Count).Where(IsMember).Select(row => new ExcludedStudy(data.Label(row), row, $"the subgroup {category} cannot be pooled")));
            }
        }

        if (groups.Count == 0)
        {
            throw new PoolingException(string.Join(' ', notes.DefaultIfEmpty($"No study has a {name}.")));
        }

        if (groups.Count > 1 && groups.Exists(group => group.Result.StandardError is null))
        {
            notes.Add("There is no test between the subgroups, for an exact model has no standard errors; compare their intervals.");
        }

        return new SubgroupAnalysis
        {
            Name = name,
            Groups = groups,
            Tau2 = SubgroupTau2.Separate,
            Test = Between(groups),
            Regression = null,
            Excluded = [.. excluded.OrderBy(study => study.Row)],
            Notes = notes,
        };
    }

    private static void RequireOneEach(IReadOnlyList<string?> categories, int studies)
    {
        if (categories.Count != studies)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {categories.Count} categories for {studies} studies: give one per study, null where it is missing."), nameof(categories));
        }
    }

    /// <summary>The result without the studies of other subgroups among those left out.</summary>
    private static IPooledEffect WithExcluded(IPooledEffect result, Func<int, bool> isMember)
    {
        ExcludedStudy[] own = [.. result.Excluded.Where(study => isMember(study.Row))];
        return result switch
        {
            PooledResult pooled => pooled with { Excluded = own },
            StratifiedResult stratified => stratified with { Excluded = own },
            CountModelResult counts => counts with { Excluded = own },
            BetaBinomialResult beta => beta with { Excluded = own },
            ExactOddsRatioResult exact => exact with { Excluded = own },
            _ => result,
        };
    }
}
