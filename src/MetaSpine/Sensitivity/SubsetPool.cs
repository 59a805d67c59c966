namespace MetaSpine;

/// <summary>Pools subsets of the studies into their places; where only inverse variances weigh them, those of one size eight at a time.</summary>
internal sealed class SubsetPool
{
    private readonly SubsetModel _model;
    private readonly FitsBySize? _fits;
    private readonly double[] _estimates;
    private readonly double[] _i2;
    private readonly double[] _y;
    private readonly double[] _v;

    /// <param name="result">The result of all studies.</param>
    /// <param name="estimates">Receives the estimates.</param>
    /// <param name="i2">Receives I^2 in percent.</param>
    public SubsetPool(PooledResult result, double[] estimates, double[] i2)
    {
        (_model, _estimates, _i2) = (new SubsetModel(result), estimates, i2);
        (_y, _v) = (new double[_model.Data.K], new double[_model.Data.K]);
        _fits = _model.IsByInverseVariance
            ? new FitsBySize(result.Options, (int place, int studies, in InterceptFit fit) => (estimates[place], i2[place]) = (fit.Estimate, fit.Heterogeneity(studies - 1, result.Options).I2))
            : null;
    }

    /// <summary>Takes a subset; its numbers are in their place when <see cref="Complete"/> was called.</summary>
    public void Add(int place, ReadOnlySpan<int> studies)
    {
        if (_fits is null || studies.Length == 1)
        {
            (_estimates[place], _i2[place]) = _model.Pool(studies);
            return;
        }

        for (var i = 0; i < studies.Length; i++)
        {
            (_y[i], _v[i]) = (_model.Data.Y[studies[i]], _model.Data.V[studies[i]]);
        }

        _fits.Add(place, _y.AsSpan(0, studies.Length), _v.AsSpan(0, studies.Length));
    }

    /// <summary>Pools what is left.</summary>
    public void Complete() => _fits?.Complete();
}
