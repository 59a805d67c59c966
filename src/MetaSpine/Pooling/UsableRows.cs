namespace MetaSpine;

/// <summary>The rows of a set of effect sizes that a model can use, and the reasons for the others.</summary>
internal sealed class UsableRows
{
    private readonly EffectSizes _effects;
    private readonly int[] _rows;

    private UsableRows(EffectSizes effects, int[] rows, IReadOnlyList<ExcludedStudy> excluded)
    {
        _effects = effects;
        _rows = rows;
        Excluded = excluded;
        Y = Array.ConvertAll(rows, row => effects.Studies[row].Estimate);
        V = Array.ConvertAll(rows, row => effects.Studies[row].Variance);
    }

    public int Count => _rows.Length;

    public double[] Y { get; }

    public double[] V { get; }

    public IReadOnlyList<ExcludedStudy> Excluded { get; }

    /// <summary>The design matrix's values for the usable rows.</summary>
    public double[] DesignOf(DesignMatrix design) =>
        [.. _rows.SelectMany(row => Enumerable.Range(0, design.Columns.Count).Select(column => design[row, column]))];

    public static UsableRows Select(EffectSizes effects, DesignMatrix? design)
    {
        var rows = new List<int>();
        var excluded = new List<ExcludedStudy>();
        for (var row = 0; row < effects.Count; row++)
        {
            if (Reason(effects.Studies[row], design, row) is { } reason)
            {
                excluded.Add(new ExcludedStudy(effects.Studies[row].Label, row, reason));
            }
            else
            {
                rows.Add(row);
            }
        }

        if (rows.Count == 0)
        {
            throw new PoolingException(effects.Count == 0
                ? "There are no studies to pool."
                : $"No study can be pooled: {string.Join("; ", excluded.Select(study => $"{study.Label}: {study.Reason}"))}.");
        }

        return new UsableRows(effects, [.. rows], excluded);
    }

    public PooledStudy[] Weighted(double tau2)
    {
        var weights = Array.ConvertAll(V, v => 1 / (v + tau2));
        var sum = weights.Sum();
        return [.. _rows.Select((row, i) => new PooledStudy(_effects.Studies[row], row, weights[i] / sum))];
    }

    /// <summary>Whether a study can be in a model, as far as its effect size goes.</summary>
    public static bool IsUsable(EffectSize effect) => Reason(effect, null, 0) is null;

    private static string? Reason(EffectSize effect, DesignMatrix? design, int row)
    {
        if (effect.Problem is not null)
        {
            return effect.Problem;
        }

        if (effect.Variance == 0)
        {
            return "its sampling variance is 0, which would give it all the weight; check the numbers or correct zero counts";
        }

        return design?.MissingModerator(row) is { } missing ? $"the moderator '{missing}' is missing" : null;
    }
}
