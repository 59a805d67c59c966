using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>The highest likelihood of a mixed model.</summary>
/// <param name="Theta">The parameters; a standard deviation is not below 0.</param>
/// <param name="Fit">The fit there.</param>
/// <param name="IsFree">Which of them are estimated and not at a boundary.</param>
/// <param name="IsEstimated">Which of them are estimated.</param>
/// <param name="Starts">How many searches were begun.</param>
/// <param name="Agreeing">How many of them ended at this likelihood.</param>
/// <param name="Evaluations">How often the likelihood was computed.</param>
/// <param name="Converged">Whether the gradient is 0 to rounding.</param>
/// <param name="Uncertainty">The covariance of the free parameters in the numbers of the search, by the observed information; null where its matrix is not positive definite. Directions that are flat by design have none.</param>
internal sealed record ComponentMaximum(
    double[] Theta, MixedFit Fit, bool[] IsFree, bool[] IsEstimated, int Starts, int Agreeing, int Evaluations, bool Converged, double[]? Uncertainty);

/// <summary>
/// Searches the likelihood of a mixed model from several starts, since it may have several maxima, and tries every boundary that the
/// highest one comes near to: a variance of exactly 0, a correlation at its bound.
/// </summary>
internal sealed class ComponentSearch
{
    /// <summary>A loss of likelihood this small is rounding.</summary>
    private const double Rounding = 1e-9;

    private readonly MixedLikelihood _likelihood;
    private readonly IReadOnlyList<ComponentParameter> _parameters;
    private readonly double?[] _fixed;
    private readonly bool _restricted;
    private readonly double _unit;
    private readonly int _flat;
    private int _evaluations;

    private ComponentSearch(MixedLikelihood likelihood, double?[] fixedAt, bool restricted, double unit, int flat = 0)
    {
        (_likelihood, _fixed, _restricted, _unit, _flat) = (likelihood, fixedAt, restricted, unit, flat);
        _parameters = likelihood.Parameters;
    }

    /// <param name="likelihood">The model.</param>
    /// <param name="fixedAt">For each parameter the value at which it is fixed; null where it is estimated.</param>
    /// <param name="restricted">Whether the restricted likelihood is maximised.</param>
    /// <param name="unit">A typical standard deviation of true effects.</param>
    /// <param name="flat">The number of directions in which the likelihood is known not to change.</param>
    /// <param name="near">Parameters that nearly the same data gave, to begin with; null to begin at several places.</param>
    public static ComponentMaximum Highest(MixedLikelihood likelihood, double?[] fixedAt, bool restricted, double unit, int flat, double[]? near)
    {
        var search = new ComponentSearch(likelihood, fixedAt, restricted, unit, flat);
        return search.Run(near?.Length == fixedAt.Length ? [search.OffZero(near), search.Starts().First()] : [.. search.Starts()]);
    }

    /// <summary>The highest log-likelihood with some parameters held, from a point near it: what a profile needs at each of its values.</summary>
    /// <param name="likelihood">The model.</param>
    /// <param name="held">For each parameter the value at which it is held; null where it is free.</param>
    /// <param name="restricted">Whether the restricted likelihood is maximised.</param>
    /// <param name="unit">A typical standard deviation of true effects.</param>
    /// <param name="near">Where to begin; on return, where the maximum is.</param>
    public static double Constrained(MixedLikelihood likelihood, double?[] held, bool restricted, double unit, double[] near)
    {
        var search = new ComponentSearch(likelihood, held, restricted, unit);
        var (best, at) = (new[] { near, search.OffZero(near) }.Select(start => search.Climb(start, held)).MinBy(end => end.Value)!, held);

        // Beside a correlation that is held the likelihood may fall from a deviation of 0 at once, where a search by slopes only comes near.
        foreach (var (index, bound) in search.NearBounds(search.Values(best.Point, held), held).Where(bound => search._parameters[bound.Index].Kind == ParameterKind.Deviation).ToList())
        {
            double?[] tried = [.. at.Select((value, i) => i == index ? bound : value)];
            var end = search.Climb(search.Values(best.Point, at), tried);
            (best, at) = end.Value <= best.Value ? (end, tried) : (best, at);
        }

        search.Values(best.Point, at).CopyTo(near, 0);
        return -best.Value;
    }

    /// <summary>A standard deviation of 0 has no slope, nor has the diagonal of a factor: a search that begins there never leaves it.</summary>
    private double[] OffZero(double[] theta) =>
        [.. theta.Select((value, i) => _parameters[i].Kind is ParameterKind.Deviation or ParameterKind.Entry && Math.Abs(value) < 1e-3 * _unit ? .1 * _unit : value)];

    private ComponentMaximum Run(List<double[]> starts)
    {
        var ends = starts.ConvertAll(start => Climb(start, _fixed));
        var best = ends.MinBy(end => end.Value)!;
        var agreeing = ends.Count(end => end.Value - best.Value < 1e-6);
        var (theta, held) = (Values(best.Point, _fixed), (double?[])_fixed.Clone());
        var (value, converged) = (best.Value, best.Converged);
        for (var isMoving = true; isMoving;)
        {
            isMoving = false;
            foreach (var (index, bound) in NearBounds(theta, held).ToList())
            {
                var tried = (double?[])held.Clone();
                tried[index] = bound;
                var end = Climb(theta, tried);
                if (end.Value <= value + Rounding * (1 + Math.Abs(value)))
                {
                    (theta, held, value, converged, isMoving) = (Values(end.Point, tried), tried, end.Value, end.Converged, true);
                }
            }
        }

        for (var i = 0; i < theta.Length; i++)
        {
            // The likelihood knows no sign of a standard deviation.
            theta[i] = _parameters[i].Kind == ParameterKind.Deviation ? Math.Abs(theta[i]) : theta[i];
        }

        (theta, converged, var uncertainty) = Polished(theta, held, converged);
        var fit = _likelihood.At(theta, _restricted) ?? throw new PoolingException("The likelihood of the model cannot be computed at any variance: the numbers are too far apart.");
        return new(theta, fit, [.. held.Select(at => at is null)], [.. _fixed.Select(at => at is null)], starts.Count, agreeing, _evaluations, converged, uncertainty);
    }

    /// <summary>The variance shared equally, each term having nearly all of it in turn, and next to none.</summary>
    private IEnumerable<double[]> Starts()
    {
        double[] At(Func<int, double> factor) => [.. _parameters.Select((parameter, i) => _fixed[i] ?? parameter.Start * factor(i))];
        bool IsScale(int i) => _parameters[i].Kind is ParameterKind.Deviation or ParameterKind.Entry;
        yield return At(_ => 1);
        var scales = Enumerable.Range(0, _parameters.Count).Where(i => _parameters[i].Kind == ParameterKind.Deviation && _fixed[i] is null).ToList();
        if (scales.Count + _parameters.Count(parameter => parameter.Kind != ParameterKind.Deviation) < 2)
        {
            yield break;
        }

        yield return At(i => IsScale(i) ? .2 : .5);
        if (scales.Count is > 1 and <= 6)
        {
            foreach (var main in scales)
            {
                yield return At(i => !IsScale(i) ? 1 : i == main ? 1.5 : .2);
            }
        }

        if (_parameters.Any(parameter => parameter.Kind is ParameterKind.Correlation or ParameterKind.Range))
        {
            yield return At(i => _parameters[i].Kind switch { ParameterKind.Correlation => 1.8, ParameterKind.Range => 5, _ => 1 });
        }
    }

    private Minimum Climb(double[] theta, double?[] held)
    {
        var free = Free(held);
        var start = Array.ConvertAll(free, i => ComponentScale.Search(_parameters[i], theta[i], _unit));
        return QuasiNewton.Minimise((point, gradient) => Value(point, held, free, gradient), start);
    }

    /// <summary>The negative log-likelihood in the numbers of the search.</summary>
    private double Value(ReadOnlySpan<double> point, double?[] held, int[] free, Span<double> gradient)
    {
        _evaluations++;
        var (theta, slopes) = (Array.ConvertAll(held, at => at ?? 0), new double[free.Length]);
        for (var i = 0; i < free.Length; i++)
        {
            (theta[free[i]], slopes[i]) = ComponentScale.Natural(_parameters[free[i]], point[i], _unit);
        }

        var natural = new double[theta.Length];
        if (_likelihood.At(theta, _restricted, natural) is not { } fit)
        {
            return double.NaN;
        }

        for (var i = 0; i < free.Length; i++)
        {
            gradient[i] = -natural[free[i]] * slopes[i];
        }

        return -(_restricted ? fit.RestrictedLogLikelihood : fit.LogLikelihood);
    }

    private double[] Values(double[] point, double?[] held)
    {
        var free = Free(held);
        var theta = Array.ConvertAll(held, at => at ?? 0);
        for (var i = 0; i < free.Length; i++)
        {
            theta[free[i]] = ComponentScale.Natural(_parameters[free[i]], point[i], _unit).Value;
        }

        return theta;
    }

    /// <summary>The bounds that some parameters are near, the nearest first.</summary>
    private IEnumerable<(int Index, double Bound)> NearBounds(double[] theta, double?[] held) =>
        from i in Free(held)
        let parameter = _parameters[i]
        let distances = parameter.Kind switch
        {
            ParameterKind.Deviation => [(Math.Abs(theta[i]) / _unit, 0.0)],
            ParameterKind.Correlation => [(theta[i] - parameter.Lower, parameter.Lower), (parameter.Upper - theta[i], parameter.Upper)],
            _ => Array.Empty<(double Distance, double Bound)>(),
        }
        from near in distances
        where near.Item1 < .03
        orderby near.Item1
        select (i, near.Item2);

    /// <summary>Newton's last steps, by differences of the gradient, where the curvature is that of a maximum.</summary>
    private (double[] Theta, bool Converged, double[]? Uncertainty) Polished(double[] theta, double?[] held, bool converged)
    {
        var free = Free(held);
        var n = free.Length;
        if (n == 0)
        {
            return (theta, true, []);
        }

        double[]? uncertainty = null;
        var point = Array.ConvertAll(free, i => ComponentScale.Search(_parameters[i], theta[i], _unit));
        var gradient = new double[n];
        var value = Value(point, held, free, gradient);
        for (var turn = 0; turn < 3; turn++)
        {
            if (Curvature(point, held, free) is not { } curvature || Inverse(curvature, n) is not { } inverse)
            {
                break;
            }

            uncertainty = inverse;
            double[] step = [.. Enumerable.Range(0, n).Select(i => OrthogonalFit.Dot(inverse.AsSpan(i * n, n), gradient))];
            if (step.Max(Math.Abs) > .1)
            {
                break;
            }

            double[] next = [.. point.Zip(step, (a, b) => a - b)];
            var slope = new double[n];
            var there = Value(next, held, free, slope);
            if (!(there <= value + 1e-12 * (1 + Math.Abs(value))))
            {
                break;
            }

            (point, value, gradient) = (next, there, slope);
            converged = true;
            if (step.Max(Math.Abs) < 1e-10)
            {
                break;
            }
        }

        return (Values(point, held), converged, uncertainty);
    }

    /// <summary>The inverse of a curvature; null where it is not that of a maximum. Across flat directions it is that of what the others leave.</summary>
    private double[]? Inverse(double[] curvature, int n)
    {
        if (_flat == 0)
        {
            return DenseCholesky.Factor(curvature, n) < 0 ? DenseCholesky.Inverse(curvature, n) : null;
        }

        var spectrum = Matrix<double>.Build.DenseOfRowMajor(n, n, curvature).Evd(Symmetricity.Symmetric);
        int[] kept = [.. Enumerable.Range(0, n).OrderBy(i => Math.Abs(spectrum.EigenValues[i].Real)).Skip(_flat)];
        if (kept.Any(i => spectrum.EigenValues[i].Real <= 0))
        {
            return null;
        }

        var inverse = Matrix<double>.Build.Dense(n, n);
        foreach (var i in kept)
        {
            var direction = spectrum.EigenVectors.Column(i);
            inverse += direction.OuterProduct(direction) / spectrum.EigenValues[i].Real;
        }

        return inverse.ToRowMajorArray();
    }

    private double[]? Curvature(double[] point, double?[] held, int[] free)
    {
        var n = point.Length;
        var curvature = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var (up, down) = (new double[n], new double[n]);
            var step = 1e-5 * Math.Max(1, Math.Abs(point[i]));
            foreach (var (sign, slope) in new[] { (1, up), (-1, down) })
            {
                var moved = (double[])point.Clone();
                moved[i] += sign * step;
                if (!double.IsFinite(Value(moved, held, free, slope)))
                {
                    return null;
                }
            }

            for (var j = 0; j < n; j++)
            {
                curvature[i * n + j] = (up[j] - down[j]) / (2 * step);
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                curvature[i * n + j] = curvature[j * n + i] = (curvature[i * n + j] + curvature[j * n + i]) / 2;
            }
        }

        return curvature;
    }

    private static int[] Free(double?[] held) => [.. Enumerable.Range(0, held.Length).Where(i => held[i] is null)];
}
