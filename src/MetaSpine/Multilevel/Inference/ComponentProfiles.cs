namespace MetaSpine;

/// <summary>Profile-likelihood intervals of the numbers of how true effects vary.</summary>
/// <remarks>
/// A value is in the interval where the likelihood, with everything else at its best, falls by less than half the quantile of chi-squared with 1 degree of freedom. The
/// likelihood is that by which the model was fitted: the restricted one is comparable between variances, since the coefficients are the same.
/// </remarks>
public static class ComponentProfiles
{
    private const int MostSteps = 200;

    /// <summary>The intervals of all numbers that are estimated.</summary>
    /// <param name="result">A model of dependent effects.</param>
    /// <returns>
    /// One for each component that was estimated and is not of an unstructured matrix (UN, GEN), whose numbers cannot be held one by one: take HCS or DIAG for the intervals of those.
    /// </returns>
    public static IReadOnlyList<ComponentProfile> ProfileComponents(this MultilevelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (model, intervals) = (result.Model, new List<ComponentProfile>());
        var components = result.Components.ToList();
        var (index, next) = (0, 0);
        foreach (var part in model.Parts)
        {
            if (part.Factor is FreeFactor free)
            {
                index += free.Names.Count * (free.Names.Count + 1) / 2;
                next += part.Factor.Parameters.Count;
                continue;
            }

            for (var i = 0; i < part.Factor.Parameters.Count; i++, next++, index++)
            {
                if (!components[index].IsFixed && double.IsFinite(components[index].Value))
                {
                    intervals.Add(Of(result, components[index], next));
                }
            }
        }

        return intervals;
    }

    private static ComponentProfile Of(MultilevelResult result, VarianceComponent component, int parameter)
    {
        var model = result.Model;
        var restricted = result.Options.Method == PoolingMethod.REML;
        var highest = restricted ? model.Maximum.Fit.RestrictedLogLikelihood : model.Maximum.Fit.LogLikelihood;
        var cut = ChiSquared.UpperQuantile(1 - result.Options.Level, 1);
        var row = model.Likelihood.Parameters[parameter];
        var at = model.Maximum.Theta[parameter];
        var (lower, isOpenBelow) = Bound(-1);
        var (upper, isOpenAbove) = Bound(1);
        double Shown(double theta) => row.Kind == ParameterKind.Deviation ? theta * theta : theta;
        return new ComponentProfile(component, new Interval(Shown(lower), Shown(upper), result.Options.Level), isOpenBelow, isOpenAbove);

        // The bound on one side, and whether the likelihood does not fall enough on that side.
        (double Bound, bool IsOpen) Bound(int side)
        {
            var near = (double[])model.Maximum.Theta.Clone();
            double Fall(double value)
            {
                var held = new double?[near.Length];
                for (var i = 0; i < held.Length; i++)
                {
                    held[i] = i == parameter ? value : model.Maximum.IsEstimated[i] ? null : model.Maximum.Theta[i];
                }

                return 2 * (highest - ComponentSearch.Constrained(model.Likelihood, held, restricted, model.Unit, near)) - cut;
            }

            var end = side < 0 ? row.Lower : row.Upper;
            if (at == end || (double.IsFinite(end) && row.Kind != ParameterKind.Range && Fall(end) < 0))
            {
                return (end, row.Kind != ParameterKind.Deviation);
            }

            if (double.IsFinite(end) && row.Kind != ParameterKind.Range)
            {
                return RootFinding.TryFind(Fall, Math.Min(at, end), Math.Max(at, end), out var inside) ? (inside, false) : (end, true);
            }

            var (from, to) = (at, at);
            var step = Math.Max(Math.Abs(at), .1 * (row.Kind == ParameterKind.Range ? row.Start : model.Unit)) / 2;
            for (var turn = 0; turn < MostSteps; turn++)
            {
                to = side < 0 ? from / 2 : from + step;
                step *= 1.5;
                if (Fall(to) >= 0)
                {
                    return RootFinding.TryFind(Fall, Math.Min(from, to), Math.Max(from, to), out var root) ? (root, false) : (to, false);
                }

                from = to;
                if (row.Kind == ParameterKind.Range && (to > 1e6 * row.Start || to < 1e-6 * row.Start))
                {
                    break;
                }
            }

            return (side < 0 ? 0 : double.PositiveInfinity, true);
        }
    }
}

/// <summary>The profile-likelihood interval of one number of how true effects vary.</summary>
/// <param name="Component">The number.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="IsOpenBelow">Whether the likelihood does not fall enough before the smallest possible value; not so for a variance, whose interval may begin at 0.</param>
/// <param name="IsOpenAbove">Whether it does not fall enough before the largest possible value.</param>
public sealed record ComponentProfile(VarianceComponent Component, Interval Interval, bool IsOpenBelow, bool IsOpenAbove);
