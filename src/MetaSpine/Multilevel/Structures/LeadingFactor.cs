namespace MetaSpine;

/// <summary>
/// The covariance matrix UN in other numbers: the standard deviations of the first two effects and their correlation, which a profile can hold, and then the rows of the factor of
/// the others.
/// </summary>
internal sealed class LeadingFactor : CovarianceFactor
{
    /// <summary>Where the correlation stands among the parameters.</summary>
    public const int Correlation = 2;

    private readonly int _width;

    private LeadingFactor(int width)
    {
        _width = width;
        ComponentParameter deviation = new("", ParameterKind.Deviation, 0, double.PositiveInfinity, 1);
        Parameters =
        [
            deviation,
            .. width == 1 ? Array.Empty<ComponentParameter>() : [deviation, new("", ParameterKind.Correlation, -1, 1, 0)],
            .. Enumerable.Repeat(new ComponentParameter("", ParameterKind.Entry, double.NegativeInfinity, double.PositiveInfinity, 1), Math.Max(0, width * (width + 1) / 2 - 3)),
        ];
    }

    public override IReadOnlyList<ComponentParameter> Parameters { get; }

    public override bool IsShared => true;

    /// <summary>An unstructured term with two of its effects first, and its parameters in these numbers.</summary>
    public static (RandomPart Part, double[] Theta) Of(RandomPart part, ReadOnlySpan<double> theta, int first, int second)
    {
        var width = part.Widths[0];
        int[] order = [.. new[] { first, second }.Distinct(), .. Enumerable.Range(0, width).Where(effect => effect != first && effect != second)];
        var free = new double[width * width];
        part.Factor.Fill(theta, 0, free);
        var factor = new double[width * width];
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j < width; j++)
            {
                factor[i * width + j] = OrthogonalFit.Dot(free.AsSpan(order[i] * width, width), free.AsSpan(order[j] * width, width));
            }
        }

        DenseCholesky.FactorSemidefinite(factor, width);
        var numbers = new List<double> { factor[0] };
        for (var i = 1; i < width; i++)
        {
            var row = factor.AsSpan(i * width, i + 1);
            var length = Math.Sqrt(OrthogonalFit.Dot(row, row));
            numbers.AddRange(i == 1 ? [length, length > 0 ? row[0] / length : 0] : row.ToArray());
        }

        var entries = Array.ConvertAll(part.Entries, row => Array.ConvertAll(row, entry => (Array.IndexOf(order, entry.Effect), entry.Value)));
        return (part with { Entries = entries, Factor = new LeadingFactor(width) }, [.. numbers]);
    }

    public override void Fill(ReadOnlySpan<double> theta, int level, Span<double> factor)
    {
        factor[0] = Math.Abs(theta[0]);
        if (_width == 1)
        {
            return;
        }

        (factor[_width], factor[_width + 1]) = (Math.Abs(theta[1]) * theta[Correlation], Math.Abs(theta[1]) * Beside(theta));
        for (int i = 2, next = 3; i < _width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                factor[i * _width + j] = theta[next++];
            }
        }
    }

    public override void AddGradient(ReadOnlySpan<double> theta, int level, ReadOnlySpan<double> score, Span<double> gradient)
    {
        gradient[0] += theta[0] < 0 ? -score[0] : score[0];
        if (_width == 1)
        {
            return;
        }

        var (along, across, beside) = (score[_width], score[_width + 1], Beside(theta));
        gradient[1] += (theta[1] < 0 ? -1 : 1) * (along * theta[Correlation] + across * beside);
        gradient[Correlation] += Math.Abs(theta[1]) * (along - (beside > 0 ? across * theta[Correlation] / beside : 0));
        for (int i = 2, next = 3; i < _width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gradient[next++] += score[i * _width + j];
            }
        }
    }

    private static double Beside(ReadOnlySpan<double> theta) => Math.Sqrt(Math.Max(0, 1 - theta[Correlation] * theta[Correlation]));
}
