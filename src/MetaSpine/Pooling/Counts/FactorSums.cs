using MathNet.Numerics.Integration;

namespace MetaSpine;

/// <summary>Sums over j = 0, 1, ... of functions of u = start + j step: of ln u, 1/u, j/u, 1/u^2, j/u^2 and (j/u)^2.</summary>
/// <remarks>
/// A registry counts a million participants, so that only the first terms are added one by one. The rest is Euler and Maclaurin's formula: the
/// integral, by Gauss and Legendre's rule on intervals that double, and corrections at both ends. The singularity at u = 0 lies at least as far before an
/// interval as the interval is long, so that twelve points give every digit: their error falls like (3 + sqrt 8)^-24, about 4e-19. With the first 64 terms
/// added, the first correction left out is below 1e-16.
/// </remarks>
internal readonly record struct FactorSums(double Log, double Inverse, double Index, double InverseSquare, double IndexSquare, double SquareSquare)
{
    /// <summary>That many terms are added one by one.</summary>
    private const int OneByOne = 64;

    /// <summary>Below this adding up is as fast.</summary>
    private const int FewTerms = 512;

    private static readonly GaussLegendreRule Rule = new(-1, 1, 12);

    /// <summary>The sums over j from 0 to below a count.</summary>
    public static FactorSums Below(double count, double start, double step)
    {
        if (count <= FewTerms)
        {
            return OneAfterOther(count, start, step);
        }

        var sum = OneAfterOther(OneByOne, start, step);
        for (double from = OneByOne; from < count; from *= 2)
        {
            var to = Math.Min(2 * from, count);
            var (middle, half) = ((from + to) / 2, (to - from) / 2);
            for (var point = 0; point < Rule.Order; point++)
            {
                var j = middle + half * Rule.GetAbscissa(point);
                sum = sum.Plus(Term(j, start + j * step), half * Rule.GetWeight(point));
            }
        }

        return sum.Plus(Correction(count, start, step), 1).Plus(Correction(OneByOne, start, step), -1);
    }

    private static FactorSums OneAfterOther(double count, double start, double step)
    {
        double log = 0, product = 1, inverses = 0, index = 0, squares = 0, indexSquares = 0, squareSquares = 0;
        for (var j = 0.0; j < count; j++)
        {
            var factor = start + j * step;
            var inverse = 1 / factor;
            product *= factor;
            if (product is < 1e-200 or > 1e200)
            {
                log += Math.Log(product);
                product = 1;
            }

            inverses += inverse;
            index += j * inverse;
            squares += inverse * inverse;
            indexSquares += j * inverse * inverse;
            squareSquares += j * inverse * (j * inverse);
        }

        return new FactorSums(log + Math.Log(product), inverses, index, squares, indexSquares, squareSquares);
    }

    private static FactorSums Term(double j, double u) => new(Math.Log(u), 1 / u, j / u, 1 / (u * u), j / (u * u), j / u * (j / u));

    /// <summary>What an end adds to the integral: minus half the function, 1/12 of its first derivative, -1/720 of its third, 1/30240 of its fifth.</summary>
    private static FactorSums Correction(double j, double start, double step)
    {
        var u = start + j * step;
        var (r, a, u2) = (step / u, start / u, u * u);
        var (r2, r4) = (r * r, r * r * r * r);
        return new FactorSums(0, 0, 0, 0, 0, 0)
            .Plus(Term(j, u), -1.0 / 2)
            .Plus(new(r, -r / u, a / u, -2 * r / u2, (2 * a - 1) / u2, 2 * a * j / u2), 1.0 / 12)
            .Plus(new(2 * r * r2, -6 * r * r2 / u, 6 * a * r2 / u, -24 * r * r2 / u2, (24 * a - 6) * r2 / u2, (12 - 24 * a) * a * r / u2), -1.0 / 720)
            .Plus(new(24 * r * r4, -120 * r * r4 / u, 120 * a * r4 / u, -720 * r * r4 / u2, (720 * a - 120) * r4 / u2, (240 - 720 * a) * a * r * r2 / u2), 1.0 / 30240);
    }

    private FactorSums Plus(FactorSums other, double times) => new(
        Log + times * other.Log, Inverse + times * other.Inverse, Index + times * other.Index,
        InverseSquare + times * other.InverseSquare, IndexSquare + times * other.IndexSquare, SquareSquare + times * other.SquareSquare);
}
