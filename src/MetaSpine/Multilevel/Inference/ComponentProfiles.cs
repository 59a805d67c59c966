namespace MetaSpine;

/// <summary>Profile-likelihood intervals of the numbers of how true effects vary.</summary>
/// <remarks>
/// A value is in the interval where the likelihood, with everything else at its best, falls by less than half the quantile of chi-squared with 1 degree of freedom. The
/// likelihood is that by which the model was fitted: the restricted one is comparable between variances, since the coefficients are the same.
/// Hardy and Thompson (1996), Statistics in Medicine 15:619, doi:10.1002/(SICI)1097-0258(19960330)15:6&lt;619::AID-SIM188&gt;3.0.CO;2-A, with more than one variance.
/// </remarks>
public static class ComponentProfiles
{
    private const int MostSteps = 200;

    /// <summary>The intervals of all numbers that are estimated.</summary>
    /// <param name="result">A model of dependent effects.</param>
    /// <returns>One for each component that was estimated and has a value: none for a correlation of effects that do not vary, or that no level has both of.</returns>
    public static IReadOnlyList<ComponentProfile> ProfileComponents(this MultilevelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (model, intervals) = (result.Model, new List<ComponentProfile>());
        var components = new Queue<VarianceComponent>(result.Components);
        for (var part = 0; part < model.Parts.Count; part++)
        {
            var parameters = Enumerable.Range(model.FirstParameter(part), model.Parts[part].Factor.Parameters.Count);
            var profiles = model.Parts[part].Factor is FreeFactor free
                ? Pairs(free.Names.Count).Select(pair => (Func<ProfiledModel>)(() => Unstructured(model, part, pair.First, pair.Second)))
                : parameters.Select(parameter => (Func<ProfiledModel>)(() => new(model.Likelihood, model.Maximum.Theta, model.Maximum.IsEstimated, parameter)));
            foreach (var profile in profiles)
            {
                if (components.Dequeue() is { IsFixed: false } component && double.IsFinite(component.Value))
                {
                    intervals.Add(Of(result, component, profile()));
                }
            }
        }

        return intervals;
    }

    /// <summary>The numbers of an unstructured matrix in the order of the components: an effect with itself for a variance, then each two.</summary>
    private static IEnumerable<(int First, int Second)> Pairs(int width) =>
        Enumerable.Range(0, width).Select(a => (a, a)).Concat(from a in Enumerable.Range(0, width) from b in Enumerable.Range(a + 1, width - a - 1) select (a, b));

    /// <summary>The model with the numbers of an unstructured matrix turned so that one of them can be held.</summary>
    private static ProfiledModel Unstructured(MultilevelModel model, int part, int first, int second)
    {
        var (theta, start, count) = (model.Maximum.Theta, model.FirstParameter(part), model.Parts[part].Factor.Parameters.Count);
        var (turned, numbers) = LeadingFactor.Of(model.Parts[part], theta.AsSpan(start, count), first, second);
        var likelihood = new MixedLikelihood(model.Y, model.V, model.X, model.P, [.. model.Parts.Select((other, i) => i == part ? turned : other)]);
        return new(likelihood, [.. theta[..start], .. numbers, .. theta[(start + count)..]], model.Maximum.IsEstimated, start + (first == second ? 0 : LeadingFactor.Correlation));
    }

    private static ComponentProfile Of(MultilevelResult result, VarianceComponent component, ProfiledModel profiled)
    {
        var (model, (likelihood, best, isEstimated, parameter)) = (result.Model, profiled);
        var restricted = result.Options.Method == PoolingMethod.REML;
        var highest = restricted ? model.Maximum.Fit.RestrictedLogLikelihood : model.Maximum.Fit.LogLikelihood;
        var cut = ChiSquared.UpperQuantile(1 - result.Options.Level, 1);
        var row = likelihood.Parameters[parameter];
        var at = best[parameter];
        var (lower, isOpenBelow) = Bound(-1);
        var (upper, isOpenAbove) = Bound(1);
        double Shown(double theta) => row.Kind == ParameterKind.Deviation ? theta * theta : theta;
        return new ComponentProfile(component, new Interval(Shown(lower), Shown(upper), result.Options.Level), isOpenBelow, isOpenAbove);

        // The bound on one side, and whether the likelihood does not fall enough on that side.
        (double Bound, bool IsOpen) Bound(int side)
        {
            var near = (double[])best.Clone();
            double Fall(double value)
            {
                var held = new double?[near.Length];
                for (var i = 0; i < held.Length; i++)
                {
                    held[i] = i == parameter ? value : isEstimated[i] ? null : best[i];
                }

                return 2 * (highest - ComponentSearch.Constrained(likelihood, held, restricted, model.Unit, near)) - cut;
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

    /// <summary>A likelihood, its highest point, and the parameter whose profile is wanted.</summary>
    private sealed record ProfiledModel(MixedLikelihood Likelihood, double[] Theta, bool[] IsEstimated, int Parameter);
}

/// <summary>The profile-likelihood interval of one number of how true effects vary.</summary>
/// <param name="Component">The number.</param>
/// <param name="Interval">Its interval: of variances on the analysis scale squared, of correlations from -1 to 1.</param>
/// <param name="IsOpenBelow">Whether the likelihood does not fall enough before the smallest possible value; not so for a variance, whose interval may begin at 0.</param>
/// <param name="IsOpenAbove">Whether it does not fall enough before the largest possible value.</param>
public sealed record ComponentProfile(VarianceComponent Component, Interval Interval, bool IsOpenBelow, bool IsOpenAbove);
