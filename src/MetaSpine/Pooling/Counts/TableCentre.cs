namespace MetaSpine;

/// <summary>The Mantel-Haenszel estimates that Q is taken around (see <see cref="QCentre"/>).</summary>
internal sealed class TableCentre
{
    private readonly TwoByTwo[] _tables;
    private readonly Func<IReadOnlyList<TwoByTwo>, StratifiedEstimate> _kernel;
    private readonly double _factor;

    private TableCentre(EffectSizes effects, Func<IReadOnlyList<TwoByTwo>, StratifiedEstimate> kernel)
    {
        _kernel = kernel;
        _factor = effects.Options.Factors is [var factor, ..] ? factor : 1;
        _tables = new TwoByTwo[effects.Count];
        var reader = new RowReader(effects.Data);
        for (var row = 0; row < _tables.Length; row++)
        {
            reader.MoveTo(row);
            _tables[row] = TwoByTwo.Read(reader);
        }

        _tables = [.. StratifiedSummary.Corrected(_tables, effects.Measure, effects.Options)];
    }

    /// <summary>Null where the options do not ask for it, or the effect sizes are not of tables.</summary>
    /// <exception cref="ArgumentException">Studies are multiplied by different factors, so that their tables have no common effect.</exception>
    public static TableCentre? For(EffectSizes effects, PoolingOptions options)
    {
        if (options is not { QAround: QCentre.MantelHaenszel, Method: not PoolingMethod.EE } || StratifiedKernels.Of(effects.Measure, RiskDifferenceVariance.Sato) is not { } kernel)
        {
            return null;
        }

        return effects.Options.Factors?.Distinct().Count() > 1
            ? throw new ArgumentException("Q around the Mantel-Haenszel estimate takes all studies as they are or all turned; give one factor for all, or take Q around the inverse-variance mean.", nameof(options))
            : new TableCentre(effects, kernel);
    }

    /// <summary>By how much the Q of some rows is larger around their Mantel-Haenszel estimate than around their mean: sum w (mean - centre)^2.</summary>
    /// <exception cref="PoolingException">Their tables do not determine the estimate, as where zeros are not corrected.</exception>
    public double Excess(in InterceptProfile profile, ReadOnlySpan<int> rows)
    {
        var tables = new TwoByTwo[rows.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = _tables[rows[i]];
        }

        var centre = _factor * _kernel(tables).Value;
        if (!double.IsFinite(centre))
        {
            throw new PoolingException("Q cannot be taken around the Mantel-Haenszel estimate, which is not finite: correct zero counts, or take Q around the inverse-variance mean.");
        }

        var (mean, weight) = profile.Estimate(0);
        return weight * (mean - centre) * (mean - centre);
    }
}
