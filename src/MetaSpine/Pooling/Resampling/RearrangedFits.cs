namespace MetaSpine;

/// <summary>Fits a model to rearrangements of its data, some at a time, for the statistics of its tests.</summary>
internal interface IRearrangedFits
{
    /// <summary>Whether the statistics must be taken before another arrangement is added.</summary>
    bool IsFull { get; }

    /// <summary>Takes an arrangement.</summary>
    void Add(ReadOnlySpan<int> arrangement);

    /// <summary>The statistics of the arrangements taken since the last time.</summary>
    ReadOnlySpan<double[]> Take();
}

/// <summary>Pools estimates with their signs changed.</summary>
internal sealed class FlippedSigns(double[] y, ModelData data, PoolingOptions options) : IRearrangedFits
{
    private readonly EightFits _fits = new(options, data.K);
    private readonly double[] _flipped = new double[data.K];
    private readonly double[][] _statistics = [.. Enumerable.Range(0, EightFits.Lanes).Select(_ => new double[1])];

    public bool IsFull => _fits.IsFull;

    public void Add(ReadOnlySpan<int> arrangement)
    {
        for (var i = 0; i < _flipped.Length; i++)
        {
            _flipped[i] = arrangement[i] * y[i];
        }

        _fits.Add(0, _flipped, data.V);
    }

    public ReadOnlySpan<double[]> Take()
    {
        var fits = _fits.Take();
        for (var i = 0; i < fits.Length; i++)
        {
            _statistics[i][0] = Refit.Statistic(fits[i].Fit, data.K, options);
        }

        return _statistics.AsSpan(0, fits.Length);
    }
}

/// <summary>Regresses estimates on the rows of other studies.</summary>
internal sealed class ExchangedRows(double[] y, ModelData data, PoolingOptions options) : IRearrangedFits
{
    private readonly EightRegressionFits _fits = new(options, data.K, data.P, data.Tested);
    private readonly double[] _x = new double[data.X.Length];

    public bool IsFull => _fits.IsFull;

    public void Add(ReadOnlySpan<int> arrangement)
    {
        for (var i = 0; i < arrangement.Length; i++)
        {
            data.X.AsSpan(arrangement[i] * data.P, data.P).CopyTo(_x.AsSpan(i * data.P));
        }

        _fits.Add(y, data.V, _x);
    }

    public ReadOnlySpan<double[]> Take() => _fits.Take();
}
