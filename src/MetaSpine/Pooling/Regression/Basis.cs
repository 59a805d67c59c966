using System.Globalization;

namespace MetaSpine;

/// <summary>Functions of a number whose combinations are curves.</summary>
internal abstract record Basis
{
    /// <summary>What the columns add to the variable's text in their names.</summary>
    public abstract IReadOnlyList<string> Suffixes { get; }

    /// <summary>Their values.</summary>
    public abstract double[] At(double x);

    protected static IReadOnlyList<string> Numbered(int count) =>
        count == 1 ? [""] : [.. Enumerable.Range(1, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Hyndman and Fan (1996, doi:10.1080/00031305.1996.10473566), definition 7: linear between the order statistics.</summary>
    protected static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(position + 4 * double.Epsilon);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    protected static double[] Sorted(double[] x)
    {
        double[] sorted = [.. x];
        Array.Sort(sorted);
        return sorted;
    }
}

/// <summary>x, x^2, ...: poly(x, degree, raw = TRUE).</summary>
internal sealed record RawPolynomial(int Degree) : Basis
{
    public override IReadOnlyList<string> Suffixes => Numbered(Degree);

    public override double[] At(double x) => [.. Enumerable.Range(1, Degree).Select(power => Math.Pow(x, power))];
}

/// <summary>
/// Polynomials that are orthogonal over the studies, each of length 1 and with a positive leading coefficient, by their three-term recurrence
/// (Kennedy and Gentle 1980, Statistical Computing, section 8.2): as R's poly.
/// </summary>
internal sealed record OrthogonalPolynomial(IReadOnlyList<double> Centres, IReadOnlyList<double> Squares) : Basis
{
    public override IReadOnlyList<string> Suffixes => Numbered(Centres.Count);

    public static OrthogonalPolynomial Fit(double[] x, int degree)
    {
        if (x.Distinct().Count() <= degree)
        {
            throw new ArgumentException(FormattableString.Invariant($"the degree must be less than the number of different values, {x.Distinct().Count()}."));
        }

        var (centres, squares) = (new double[degree], new double[degree + 1]);
        double[] before = new double[x.Length], current = [.. x.Select(_ => 1.0)];
        squares[0] = x.Length;
        for (var d = 0; d < degree; d++)
        {
            var ratio = d == 0 ? 0 : squares[d] / squares[d - 1];
            for (var i = 0; i < x.Length; i++)
            {
                centres[d] += x[i] * current[i] * current[i] / squares[d];
            }

            for (var i = 0; i < x.Length; i++)
            {
                (before[i], current[i]) = (current[i], (x[i] - centres[d]) * current[i] - ratio * before[i]);
                squares[d + 1] += current[i] * current[i];
            }
        }

        return new OrthogonalPolynomial(centres, squares);
    }

    public override double[] At(double x)
    {
        var values = new double[Centres.Count];
        double before = 0, current = 1;
        for (var d = 0; d < values.Length; d++)
        {
            var ratio = d == 0 ? 0 : Squares[d] / Squares[d - 1];
            (before, current) = (current, (x - Centres[d]) * current - ratio * before);
            values[d] = current / Math.Sqrt(Squares[d + 1]);
        }

        return values;
    }
}
