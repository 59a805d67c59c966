namespace MetaSpine;

/// <summary>One thread's view of the studies of one analysis after the other: the columns themselves, or a copy without what is missing.</summary>
internal ref struct BulkRows(ReadOnlyMemory<double> estimates, ReadOnlyMemory<double> variances, ReadOnlyMemory<int> offsets)
{
    private readonly ReadOnlySpan<double> _estimates = estimates.Span;
    private readonly ReadOnlySpan<double> _variances = variances.Span;
    private readonly ReadOnlySpan<int> _offsets = offsets.Span;
    private double[] _kept = [];

    /// <summary>The estimates that are there.</summary>
    public ReadOnlySpan<double> Y { get; private set; }

    /// <summary>Their variances.</summary>
    public ReadOnlySpan<double> V { get; private set; }

    /// <summary>Goes to an analysis; what is wrong with it, or null.</summary>
    public string? Select(int analysis)
    {
        var (from, to) = (_offsets[analysis], _offsets[analysis + 1]);
        Y = _estimates[from..to];
        V = _variances[from..to];
        var isWhole = true;
        for (var i = 0; i < Y.Length; i++)
        {
            isWhole &= UsableRows.CanPool(Y[i], V[i]);
        }

        return isWhole && Y.Length > 0 ? null : Keep();
    }

    private string? Keep()
    {
        var length = Y.Length;
        if (_kept.Length < 2 * length)
        {
            _kept = new double[2 * length];
        }

        var count = 0;
        for (var i = 0; i < length; i++)
        {
            if (double.IsNaN(Y[i]) || double.IsNaN(V[i]))
            {
                continue;
            }

            if (!UsableRows.CanPool(Y[i], V[i]))
            {
                return FormattableString.Invariant($"study {i + 1} has the estimate {Y[i]} and the variance {V[i]}; a variance must be above 0, and both of a size that can be computed with");
            }

            (_kept[count], _kept[length + count]) = (Y[i], V[i]);
            count++;
        }

        Y = _kept.AsSpan(0, count);
        V = _kept.AsSpan(length, count);
        return count == 0 ? "there are no studies to pool" : null;
    }
}
