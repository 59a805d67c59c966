namespace MetaSpine;

/// <summary>Covariance matrices DCD: standard deviations, one for all effects or one each, and correlations that a single number decides.</summary>
internal sealed class ScaledCorrelation : CovarianceFactor
{
    private readonly int _deviations;
    private readonly CorrelationKernel? _kernel;
    private readonly int[] _widths;
    private readonly Func<int, double[]>? _distances;
    private readonly double[]? _known;

    private ScaledCorrelation(IReadOnlyList<ComponentParameter> parameters, int deviations, int[] widths, CorrelationKernel? kernel, Func<int, double[]>? distances, double[]? known)
    {
        Parameters = parameters;
        (_deviations, _widths, _kernel, _distances, _known) = (deviations, widths, kernel, distances, known);
    }

    public override IReadOnlyList<ComponentParameter> Parameters { get; }

    public override bool IsShared => _widths.Length == 1;

    /// <summary>Uncorrelated effects.</summary>
    /// <param name="names">The names of the standard deviations: one for all, or one for each effect.</param>
    /// <param name="width">The number of effects of a level.</param>
    /// <param name="scale">Where a search for the standard deviations may begin.</param>
    public static ScaledCorrelation Independent(IReadOnlyList<string> names, int width, double scale) =>
        new(Deviations(names, scale), names.Count, [width], null, null, null);

    /// <summary>Effects whose correlations are known, by the factor of their matrix.</summary>
    public static ScaledCorrelation Known(double[] factor, int width, double scale) => new(Deviations([""], scale), 1, [width], null, null, factor);

    /// <summary>Effects whose correlation depends on a distance, the same in each level.</summary>
    public static ScaledCorrelation By(CorrelationKernel kernel, IReadOnlyList<string> names, int width, double[] distances, double scale) =>
        new([.. Deviations(names, scale), kernel.Parameter], names.Count, [width], kernel, _ => distances, null);

    /// <summary>Effects whose correlation depends on a distance, other in each level.</summary>
    public static ScaledCorrelation By(CorrelationKernel kernel, int[] widths, Func<int, double[]> distances, double scale) =>
        new([.. Deviations([""], scale), kernel.Parameter], 1, widths.Length == 1 ? [.. widths, 0] : widths, kernel, distances, null);

    public override void Fill(ReadOnlySpan<double> theta, int level, Span<double> factor)
    {
        var n = Width(level);
        Correlations(theta, level, factor);
        for (var i = 0; i < n; i++)
        {
            var deviation = Math.Abs(theta[_deviations == 1 ? 0 : i]);
            for (var j = 0; j <= i; j++)
            {
                factor[i * n + j] *= deviation;
            }
        }
    }

    public override void AddGradient(ReadOnlySpan<double> theta, int level, ReadOnlySpan<double> score, Span<double> gradient)
    {
        var n = Width(level);
        var factor = new double[n * n];
        Correlations(theta, level, factor);
        for (var i = 0; i < n; i++)
        {
            double sum = 0;
            for (var j = 0; j <= i; j++)
            {
                sum += score[i * n + j] * factor[i * n + j];
            }

            gradient[_deviations == 1 ? 0 : i] += theta[_deviations == 1 ? 0 : i] < 0 ? -sum : sum;
        }

        if (_kernel is null || n == 1)
        {
            return;
        }

        var slope = FactorSlope(factor, n, theta[_deviations], _distances!(level));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gradient[_deviations] += Math.Abs(theta[_deviations == 1 ? 0 : i]) * score[i * n + j] * slope[i * n + j];
            }
        }
    }

    private int Width(int level) => IsShared ? _widths[0] : _widths[level];

    /// <summary>The factor K of the correlation matrix C.</summary>
    private void Correlations(ReadOnlySpan<double> theta, int level, Span<double> factor)
    {
        var n = Width(level);
        factor[..(n * n)].Clear();
        if (_known is not null)
        {
            _known.CopyTo(factor);
            return;
        }

        var distances = _kernel is null ? null : _distances!(level);
        for (var i = 0; i < n; i++)
        {
            factor[i * n + i] = 1;
            for (var j = 0; j < i && distances is not null; j++)
            {
                factor[i * n + j] = factor[j * n + i] = _kernel!.Correlation(distances[i * n + j], theta[_deviations]);
            }
        }

        if (distances is not null && !DenseCholesky.FactorSemidefinite(factor, n))
        {
            factor[..(n * n)].Fill(double.NaN);
        }
    }

    /// <summary>dK = K low(K^-1 dC K^-T), low being the lower triangle with half its diagonal.</summary>
    private double[] FactorSlope(double[] factor, int n, double rho, double[] distances)
    {
        var inner = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                inner[i * n + j] = i == j ? 0 : _kernel!.Slope(distances[i * n + j], rho);
            }
        }

        // The matrix is symmetric: solving for the rows, turning, and solving for the rows again divides it on both sides.
        for (var turn = 0; turn < 2; turn++)
        {
            for (var row = 0; row < n; row++)
            {
                DenseCholesky.SolveLower(factor, n, inner.AsSpan(row * n, n));
            }

            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    (inner[i * n + j], inner[j * n + i]) = (inner[j * n + i], inner[i * n + j]);
                }
            }
        }

        var slope = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = factor[i * n + j] * inner[j * n + j] / 2;
                for (var m = j + 1; m <= i; m++)
                {
                    sum += factor[i * n + m] * inner[m * n + j];
                }

                slope[i * n + j] = sum;
            }
        }

        return slope;
    }

    private static ComponentParameter[] Deviations(IReadOnlyList<string> names, double scale) =>
        [.. names.Select(name => new ComponentParameter(name, ParameterKind.Deviation, 0, double.PositiveInfinity, scale))];
}
