namespace MetaSpine;

/// <summary>Studies that a reviewer could as well have left out: one choice of a multiverse, made and not made.</summary>
public sealed record MultiverseExclusion
{
    private readonly IReadOnlyList<bool>? _rows;
    private readonly Func<Study, bool>? _study;

    private MultiverseExclusion(string name, IReadOnlyList<bool>? rows, Func<Study, bool>? study) => (Name, _rows, _study) = (name, rows, study);

    /// <summary>What is left out: "high risk of bias", "not randomised".</summary>
    public string Name { get; }

    /// <summary>The studies whose results are outliers among the others: beyond 1.96 standard errors from what the others predict for them.</summary>
    public static MultiverseExclusion Outliers { get; } = new("outliers", null, null);

    /// <summary>Some rows of the data.</summary>
    /// <param name="name">What they have in common.</param>
    /// <param name="leaveOut">One value for each row: whether it is left out.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MultiverseExclusion Rows(string name, IReadOnlyList<bool> leaveOut)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(leaveOut);
        return new MultiverseExclusion(name, [.. leaveOut], null);
    }

    /// <summary>Some studies of a review.</summary>
    /// <param name="name">What they have in common.</param>
    /// <param name="leaveOut">Whether a study is left out.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MultiverseExclusion Studies(string name, Func<Study, bool> leaveOut)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(leaveOut);
        return new MultiverseExclusion(name, null, leaveOut);
    }

    /// <summary>The studies of a review that are of some kinds; a study that does not say its kind stays.</summary>
    public static MultiverseExclusion Designs(params IReadOnlyList<StudyType> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        StudyType[] kinds = [.. types];
        return Studies($"designs {string.Join(", ", kinds)}", study => study.Design?.Type is { } type && kinds.Contains(type));
    }

    /// <summary>The studies of a review with some overall judgement of their risk of bias, by any tool and assessor; a study without one stays.</summary>
    /// <param name="judgements">In the tool's words, in any case: high, critical.</param>
    public static MultiverseExclusion RiskOfBias(params IReadOnlyList<string> judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        string[] words = [.. judgements];
        return Studies($"risk of bias {string.Join(", ", words)}", study => study.RiskOfBias.Any(judgement => judgement.Overall is { } overall && words.Contains(overall, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Whether each row is left out.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="studies">The study of each row; null for data without a review.</param>
    internal bool[] Of(EffectSizes effects, IReadOnlyList<Study>? studies)
    {
        if (_rows is not null)
        {
            return _rows.Count == effects.Count ? [.. _rows] : throw new ArgumentException(FormattableString.Invariant($"The exclusion '{Name}' has {_rows.Count} values, but there are {effects.Count} studies: give one for each."));
        }

        if (_study is not null)
        {
            return studies is not null ? [.. studies.Select(_study)] : throw new ArgumentException($"The exclusion '{Name}' asks about studies of a review, but these are bare data; use MultiverseExclusion.Rows.");
        }

        var outliers = new bool[effects.Count];
        if (effects.Studies.Count(UsableRows.IsUsable) >= Fewest)
        {
            foreach (var study in MetaAnalysis.Pool(effects, new PoolingOptions { Test = PoolingTest.Z }).Influence().Studies)
            {
                outliers[study.Row] = study.Deleted is { } deleted && Math.Abs(deleted.Studentised) > NormalDistribution.UpperQuantile(.025);
            }
        }

        return outliers;
    }

    /// <summary>With fewer studies there are no others from which one could differ.</summary>
    private const int Fewest = 3;
}
