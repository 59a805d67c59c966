namespace MetaSpine;

/// <summary>The rows of a set of effect sizes that a model can use, and the reasons for the others.</summary>
internal sealed class UsableRows
{
    /// <summary>Products of five such numbers, as the derivatives of the likelihood have them, do not overflow.</summary>
    private const double Largest = 1e50;

    /// <summary>So many studies are named where none can be pooled.</summary>
    private const int MostNamed = 50;

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

    /// <summary>Their rows in the effect sizes.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    public double[] Y { get; }

    public double[] V { get; }

    public IReadOnlyList<ExcludedStudy> Excluded { get; }

    /// <summary>How many studies a model with moderators has, in words.</summary>
    public static string Complete(int count) => count == 1 ? "1 study with all its values" : FormattableString.Invariant($"{count} studies with all their values");

    /// <summary>The design matrix's values for the usable rows.</summary>
    public double[] DesignOf(DesignMatrix design)
    {
        var p = design.Columns.Count;
        var x = new double[_rows.Length * p];
        for (var i = 0; i < _rows.Length; i++)
        {
            design.Values.Slice(_rows[i] * p, p).CopyTo(x.AsSpan(i * p));
        }

        return x;
    }

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
                : Wording.Bounded($"No study can be pooled: {string.Join("; ", excluded.Take(MostNamed).Select(study => $"{study.Label}: {study.Reason}"))}{(excluded.Count > MostNamed ? "; and so on" : "")}."));
        }

        return new UsableRows(effects, [.. rows], excluded);
    }

    /// <summary>The weights that the options give to the usable rows; empty where they are the inverse variances.</summary>
    public double[] GivenWeights(PoolingOptions options)
    {
        if (options.Weights is not { } given)
        {
            return options.Weighted ? [] : Array.ConvertAll(_rows, _ => 1.0);
        }

        if (given.Count != _effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {given.Count} weights, but {_effects.Count} effect sizes: give one weight for each, in the same order."));
        }

        foreach (var row in _rows)
        {
            if (!(given[row] > 0 && double.IsFinite(given[row])))
            {
                throw new ArgumentException(FormattableString.Invariant($"The weight of {_effects.Studies[row].Label} is {given[row]}; weights must be above 0 and finite."));
            }
        }

        return Array.ConvertAll(_rows, row => given[row]);
    }

    /// <summary>The studies with their shares of the weight.</summary>
    public PooledStudy[] Weigh(ReadOnlySpan<double> given, double tau2)
    {
        var weights = given.IsEmpty ? Array.ConvertAll(V, v => 1 / (v + tau2)) : given.ToArray();
        var sum = weights.Sum();
        return [.. _rows.Select((row, i) => new PooledStudy(_effects.Studies[row], row, weights[i] / sum))];
    }

    /// <summary>Whether a study can be in a model, as far as its effect size goes.</summary>
    public static bool IsUsable(EffectSize effect) => Reason(effect, null, 0) is null;

    /// <summary>Whether numbers that an effect size has are such that they can be computed with.</summary>
    public static bool CanPool(double estimate, double variance) => Math.Abs(estimate) <= Largest && variance is >= 1 / Largest and <= Largest;

    private static string? Reason(EffectSize effect, DesignMatrix? design, int row)
    {
        if (effect.Problem is not null)
        {
            return effect.Problem;
        }

        if (!CanPool(effect.Estimate, effect.Variance))
        {
            return effect.Variance == 0
                ? "its sampling variance is 0, which would give it all the weight; check the numbers or correct zero counts"
                : FormattableString.Invariant($"its estimate ({effect.Estimate:G3}) or variance ({effect.Variance:G3}) is beyond {Largest:G1} or its inverse, with which nothing can be computed; check the numbers");
        }

        return design?.MissingModerator(row) is { } missing ? $"the moderator '{missing}' is missing" : null;
    }
}
