namespace MetaSpine;

/// <summary>Turns the parameters of covariance structures into the variances and correlations that people read.</summary>
internal static class ComponentValues
{
    public static IReadOnlyList<VarianceComponent> Of(MultilevelModel model)
    {
        var components = new List<VarianceComponent>();
        for (var part = 0; part < model.Parts.Count; part++)
        {
            var (first, current) = (model.FirstParameter(part), model.Parts[part]);
            var span = first..(first + current.Factor.Parameters.Count);
            components.AddRange(current.Factor is FreeFactor ? Unstructured(model, current, span) : Structured(model, current, span));
        }

        return components;
    }

    /// <summary>Sets the values at which a term's numbers are fixed.</summary>
    public static void Fix(RandomTerm term, ReadOnlySpan<RandomPart> parts, Span<double?[]> held)
    {
        var count = 0;
        foreach (var part in parts)
        {
            count += part.Factor.Parameters.Count;
        }

        if (term.Fixed.Count == 0)
        {
            return;
        }

        if (term.Fixed.Count != count || (parts[0].Factor is FreeFactor && term.Fixed.Any(value => value is not null)))
        {
            throw new ArgumentException(parts[0].Factor is FreeFactor
                ? $"The numbers of an unstructured term such as '{term}' cannot be fixed one by one; take another structure."
                : FormattableString.Invariant($"The term '{term}' has {count} numbers, but {term.Fixed.Count} values are given to fix them: give one for each, null where it is to be estimated."));
        }

        for (int part = 0, next = 0; part < parts.Length; part++)
        {
            for (var i = 0; i < held[part].Length; i++)
            {
                var (parameter, value) = (parts[part].Factor.Parameters[i], term.Fixed[next++]);
                var isPossible = value is null || (double.IsFinite(value.Value) && (parameter.Kind == ParameterKind.Range ? value > 0 : value >= parameter.Lower && value <= parameter.Upper));
                held[part][i] = isPossible
                    ? parameter.Kind == ParameterKind.Deviation ? value is { } variance ? Math.Sqrt(variance) : null : value
                    : throw new ArgumentException(FormattableString.Invariant($"A number of the term '{term}' cannot be fixed at {value}: it lies from {parameter.Lower} to {parameter.Upper}."));
            }
        }
    }

    private static IEnumerable<VarianceComponent> Structured(MultilevelModel model, RandomPart part, Range span)
    {
        var (maximum, parameters) = (model.Maximum, part.Factor.Parameters);
        var start = span.Start.Value;
        for (var i = 0; i < parameters.Count; i++)
        {
            var (theta, isFree, isEstimated) = (maximum.Theta[start + i], maximum.IsFree[start + i], maximum.IsEstimated[start + i]);
            var (value, slope, kind) = parameters[i].Kind switch
            {
                ParameterKind.Correlation => (theta, 1.0, ComponentKind.Correlation),
                ParameterKind.Range => (theta, 1.0, ComponentKind.Range),
                _ => (theta * theta, 2 * theta, ComponentKind.Variance),
            };

            // Effects that do not vary have no correlation.
            if (kind != ComponentKind.Variance && Enumerable.Range(0, i).Count(j => maximum.Theta[start + j] != 0) is var varying && (varying == 0 || (i > 1 && varying < 2)))
            {
                value = double.NaN;
            }

            double? error = isFree && double.IsFinite(value) && Variance(model, start + i, start + i) is { } variance ? Math.Abs(slope) * Math.Sqrt(variance) : null;
            yield return new VarianceComponent(part.Name, parameters[i].Name, kind, value, error, !isEstimated, isEstimated && !isFree, part.Widths.Length);
        }
    }

    private static IEnumerable<VarianceComponent> Unstructured(MultilevelModel model, RandomPart part, Range span)
    {
        var width = part.Widths[0];
        var (start, theta) = (span.Start.Value, model.Maximum.Theta);
        double Entry(int i, int j) => j > i ? 0 : theta[start + i * (i + 1) / 2 + j];
        double Product(int a, int b) => Enumerable.Range(0, width).Sum(j => Entry(a, j) * Entry(b, j));
        var names = Names(part);
        for (var a = 0; a < width; a++)
        {
            var current = a;
            var variance = Product(a, a);
            yield return new VarianceComponent(
                part.Name, names[a], ComponentKind.Variance, variance,
                Error(model, span, (i, j) => i == current ? 2 * Entry(i, j) : 0), false, variance == 0, part.Widths.Length);
        }

        for (var a = 0; a < width; a++)
        {
            for (var b = a + 1; b < width; b++)
            {
                var (first, second) = (a, b);
                var (va, vb) = (Product(a, a), Product(b, b));
                var rho = va > 0 && vb > 0 && !part.Apart.Contains((a, b)) ? Math.Clamp(Product(a, b) / Math.Sqrt(va * vb), -1, 1) : double.NaN;
                yield return new VarianceComponent(
                    part.Name, $"{names[a]}, {names[b]}", ComponentKind.Correlation, rho,
                    Error(model, span, (i, j) =>
                        i == first ? Entry(second, j) / Math.Sqrt(va * vb) - rho * Entry(i, j) / va
                        : i == second ? Entry(first, j) / Math.Sqrt(va * vb) - rho * Entry(i, j) / vb : 0),
                    false, Math.Abs(rho) == 1, part.Widths.Length);
            }
        }
    }

    /// <summary>The standard error, by the delta method, of a number whose derivatives by the entries of the factor are given.</summary>
    private static double? Error(MultilevelModel model, Range span, Func<int, int, double> slope)
    {
        var (entries, start) = (new List<(int Parameter, double Slope)>(), span.Start.Value);
        for (int i = 0, next = start; next < span.End.Value; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                entries.Add((next++, slope(i, j)));
            }
        }

        double sum = 0;
        foreach (var (a, left) in entries)
        {
            foreach (var (b, right) in entries)
            {
                if (Variance(model, a, b) is not { } covariance)
                {
                    return null;
                }

                sum += left * covariance * right;
            }
        }

        return sum >= 0 && double.IsFinite(sum) ? Math.Sqrt(sum) : null;
    }

    /// <summary>The covariance of two parameters on their own scale; null where the information has no inverse.</summary>
    private static double? Variance(MultilevelModel model, int a, int b)
    {
        if (model.Maximum.Uncertainty is not { } uncertainty || !model.Maximum.IsFree[a] || !model.Maximum.IsFree[b])
        {
            return null;
        }

        var free = model.Free;
        var (i, j) = (Array.IndexOf(free, a), Array.IndexOf(free, b));
        return uncertainty[i * free.Length + j] * Slope(a) * Slope(b);

        double Slope(int parameter)
        {
            var row = model.Likelihood.Parameters[parameter];
            return ComponentScale.Natural(row, ComponentScale.Search(row, model.Maximum.Theta[parameter], model.Unit), model.Unit).Slope;
        }
    }

    private static IReadOnlyList<string> Names(RandomPart part) => ((FreeFactor)part.Factor).Names;
}
