namespace MetaSpine;

/// <summary>The covariance matrix UN: any, by the entries of its factor.</summary>
internal sealed class FreeFactor : CovarianceFactor
{
    private readonly int _width;

    public FreeFactor(int width, double scale)
    {
        _width = width;
        Parameters = [.. from i in Enumerable.Range(0, width)
                         from j in Enumerable.Range(0, i + 1)
                         select new ComponentParameter("", ParameterKind.Entry, double.NegativeInfinity, double.PositiveInfinity, i == j ? scale : .3 * scale)];
    }

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
