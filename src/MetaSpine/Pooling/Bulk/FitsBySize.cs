namespace MetaSpine;

/// <summary>Fits problems of any numbers of studies, those of one size eight at a time.</summary>
/// <param name="options">How; without weights of studies.</param>
/// <param name="done">Receives each fit, at the latest when <see cref="Complete"/> is called.</param>
internal sealed class FitsBySize(PoolingOptions options, FitDone done)
{
    private readonly Dictionary<int, EightFits> _sizes = [];

    /// <summary>Takes a problem of at least two studies, under a number of the caller's.</summary>
    public void Add(int number, ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        if (!_sizes.TryGetValue(y.Length, out var fits))
        {
            _sizes.Add(y.Length, fits = new EightFits(options, y.Length));
        }

        fits.Add(number, y, v);
        if (fits.IsFull)
        {
            HandOver(fits);
        }
    }

    /// <summary>Fits what is left.</summary>
    public void Complete()
    {
        foreach (var fits in _sizes.Values)
        {
            HandOver(fits);
        }
    }

    private void HandOver(EightFits fits)
    {
        foreach (ref readonly var fitted in fits.Take())
        {
            done(fitted.Number, fits.Studies, fitted.Fit);
        }
    }
}

/// <summary>Takes a fit.</summary>
/// <param name="number">The number under which the problem was given.</param>
/// <param name="studies">Its studies.</param>
/// <param name="fit">Its fit.</param>
internal delegate void FitDone(int number, int studies, in InterceptFit fit);
