namespace MetaSpine;

/// <summary>
/// Natural cubic splines in the basis of R's ns: cubic B-splines (de Boor 1972, doi:10.1016/0021-9045(72)90080-9) whose second derivatives vanish at
/// the smallest and the largest value, without the constant; beyond these values the curve goes on in a straight line. The space of curves
/// does not depend on the basis; the basis is R's so that coefficients can be compared.
/// </summary>
internal sealed record NaturalSpline : Basis
{
    private const int Order = 4;
    private readonly double[] _knots;
    private readonly double[][] _reflectors;
    private readonly double _lower;
    private readonly double _upper;

    private NaturalSpline(double[] inner, double lower, double upper)
    {
        (_lower, _upper) = (lower, upper);
        _knots = [.. Enumerable.Repeat(lower, Order), .. inner, .. Enumerable.Repeat(upper, Order)];
        _reflectors = Reflectors(Derivative(lower, 2)[1..], Derivative(upper, 2)[1..]);
    }

    public override IReadOnlyList<string> Suffixes => Numbered(_knots.Length - Order - 3);

    /// <summary>df - 1 inner knots at equally spaced quantiles.</summary>
    public static NaturalSpline WithFreedom(double[] x, int freedom)
    {
        var sorted = Sorted(x);
        return WithKnots(x, [.. Enumerable.Range(1, freedom - 1).Select(i => Quantile(sorted, i / (double)freedom))]);
    }

    public static NaturalSpline WithKnots(double[] x, double[] inner)
    {
        var (lower, upper) = (x.Min(), x.Max());
        double[] all = [lower, .. inner, upper];
        for (var i = 1; i < all.Length; i++)
        {
            if (!(all[i] > all[i - 1]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"the knots {string.Join(", ", inner.Select(knot => FormattableString.Invariant($"{knot:G6}")))} must increase and lie between the smallest and the largest value, {lower:G6} and {upper:G6}; use fewer, or choose them yourself, as in ns(x, knots = c(20, 40))."));
            }
        }

        return new NaturalSpline(inner, lower, upper);
    }

    public override double[] At(double x)
    {
        var inside = Math.Clamp(x, _lower, _upper);
        var values = Derivative(inside, 0);
        if (inside != x)
        {
            var slopes = Derivative(inside, 1);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += (x - inside) * slopes[i];
            }
        }

        var natural = values[1..];
        foreach (var reflector in _reflectors)
        {
            Reflect(reflector, natural);
        }

        return natural[2..];
    }

    /// <summary>The Householder reflectors that bring two vectors to triangular form: their last coordinates then span what is orthogonal to both.</summary>
    private static double[][] Reflectors(double[] first, double[] second)
    {
        var one = Reflector(first, 0);
        Reflect(one, second);
        return [one, Reflector(second, 1)];
    }

    private static double[] Reflector(double[] vector, int from)
    {
        double square = 0;
        for (var i = from; i < vector.Length; i++)
        {
            square += vector[i] * vector[i];
        }

        var norm = Math.CopySign(Math.Sqrt(square), vector[from]);
        var reflector = new double[vector.Length];
        for (var i = from; i < vector.Length; i++)
        {
            reflector[i] = vector[i] / norm;
        }

        reflector[from] += 1;
        return reflector;
    }

    private static void Reflect(double[] reflector, double[] vector)
    {
        double dot = 0, square = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            dot += reflector[i] * vector[i];
            square += reflector[i] * reflector[i];
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] -= 2 * dot / square * reflector[i];
        }
    }

    /// <summary>A derivative (0, 1 or 2) of all B-splines at a point from the smallest to the largest knot.</summary>
    private double[] Derivative(double x, int derivative)
    {
        var interval = Order - 1;
        while (interval < _knots.Length - Order - 1 && x >= _knots[interval + 1])
        {
            interval++;
        }

        var values = new double[_knots.Length - 1];
        values[interval] = 1;
        for (var order = 2; order <= Order; order++)
        {
            // Raising the order gives the value; the last steps differentiate instead.
            var differentiates = order > Order - derivative;
            for (var i = 0; i < _knots.Length - order; i++)
            {
                var (left, right) = (_knots[i + order - 1] - _knots[i], _knots[i + order] - _knots[i + 1]);
                var low = left == 0 ? 0 : values[i] / left;
                var high = right == 0 ? 0 : values[i + 1] / right;
                values[i] = differentiates ? (order - 1) * (low - high) : (x - _knots[i]) * low + (_knots[i + order] - x) * high;
            }
        }

        return values[..(_knots.Length - Order)];
    }
}
