namespace MetaSpine;

/// <summary>The covariance matrix UN: any, by the entries of its factor.</summary>
internal sealed class FreeFactor : CovarianceFactor
{
    private readonly int _width;

    /// <param name="names">What the effects are called.</param>
    /// <param name="scale">Where a search for the standard deviations may begin.</param>
    public FreeFactor(IReadOnlyList<string> names, double scale)
    {
        var width = _width = names.Count;
        Names = names;
        Parameters = [.. from i in Enumerable.Range(0, width)
                         from j in Enumerable.Range(0, i + 1)
                         select new ComponentParameter("", ParameterKind.Entry, double.NegativeInfinity, double.PositiveInfinity, i == j ? scale : .3 * scale)];
    }

    /// <summary>What the effects are called.</summary>
    public IReadOnlyList<string> Names { get; }

    public override IReadOnlyList<ComponentParameter> Parameters { get; }

    public override bool IsShared => true;

    public override void Fill(ReadOnlySpan<double> theta, int level, Span<double> factor)
    {
        for (int i = 0, next = 0; i < _width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                factor[i * _width + j] = theta[next++];
            }
        }
    }

    public override void AddGradient(ReadOnlySpan<double> theta, int level, ReadOnlySpan<double> score, Span<double> gradient)
    {
        for (int i = 0, next = 0; i < _width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gradient[next++] += score[i * _width + j];
            }
        }
    }
}
