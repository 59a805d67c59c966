using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary><see cref="ResidualProjection"/> of eight problems side by side; a study may be heavy in some of them.</summary>
internal sealed class EightResidualProjection(EightOrthogonalFit fit, int k, int p)
{
    private static readonly Vector512<double> Heavy = Vector512.Create(ResidualProjection.Heavy);

    private readonly EightRows _rows = new(k);

    /// <summary>The studies that are heavy in a problem or more.</summary>
    private readonly List<int> _heavy = new(p);

    /// <summary>The diagonal of R.</summary>
    public Span<Vector512<double>> Diagonal => _rows.Of(0, k);

    /// <summary>Takes in the latest fit.</summary>
    public void Update()
    {
        Span<Vector512<double>> diagonal = Diagonal, leverages = fit.Leverages;
        _heavy.Clear();
        for (var i = 0; i < k; i++)
        {
            diagonal[i] = Vector512<double>.One - leverages[i];
            if (IsHeavy(i) != default)
            {
                _heavy.Add(i);
            }
        }

        foreach (var i in _heavy)
        {
            Vector512<double> others = default;
            for (var j = 0; j < k; j++)
            {
                others += j == i ? default : Square(Shared(i, j));
            }

            var root = Vector512.Sqrt(Vector512.Max(default, Vector512<double>.One - Vector512.Create(4.0) * others));
            diagonal[i] = Vector512.ConditionalSelect(IsHeavy(i), Vector512.Create(2.0) * others / (Vector512<double>.One + root), diagonal[i]);
        }
    }

    /// <summary>The sum of w_i R_ij^2 w_j over all i and j.</summary>
    public Vector512<double> Trace(ReadOnlySpan<Vector512<double>> w)
    {
        Span<Vector512<double>> diagonal = Diagonal;
        Vector512<double> sum = default;
        for (var i = 0; i < k; i++)
        {
            sum += w[i] * w[i] * Square(diagonal[i]);
        }

        for (var h = 0; h < _heavy.Count; h++)
        {
            var i = _heavy[h];
            for (var j = 0; j < k; j++)
            {
                sum += Vector512.AndNot(IsHeavy(i), IsHeavy(j)) & (w[i] * w[j] + w[j] * w[i]) * Square(Shared(i, j));
            }

            for (var g = 0; g < h; g++)
            {
                var j = _heavy[g];
                sum += IsHeavy(i) & IsHeavy(j) & (w[i] * w[j] + w[j] * w[i]) * Square(Between(i, j));
            }
        }

        return sum + LightPairs(w);
    }

    private Vector512<double> LightPairs(ReadOnlySpan<Vector512<double>> w)
    {
        Vector512<double> pairs = default;
        for (var c = 0; c < p; c++)
        {
            for (var d = 0; d < p; d++)
            {
                ReadOnlySpan<Vector512<double>> first = fit.Column(c), second = fit.Column(d), leverages = fit.Leverages;
                Vector512<double> sum = default;
                for (var i = 0; i < w.Length; i++)
                {
                    sum += Vector512.LessThanOrEqual(leverages[i], Heavy) & w[i] * first[i] * second[i];
                }

                pairs += sum * sum;
            }
        }

        for (var i = 0; i < k; i++)
        {
            pairs -= Vector512.LessThanOrEqual(fit.Leverages[i], Heavy) & w[i] * w[i] * Square(fit.Leverages[i]);
        }

        return Vector512.Max(default, pairs);
    }

    private Vector512<double> Between(int i, int j)
    {
        Vector512<double> sum = default;
        for (var m = 0; m < k; m++)
        {
            sum += m == i || m == j ? default : Shared(i, m) * Shared(m, j);
        }

        return sum / (Vector512<double>.One - Diagonal[i] - Diagonal[j]);
    }

    private Vector512<double> Shared(int i, int j)
    {
        Vector512<double> sum = default;
        for (var c = 0; c < p; c++)
        {
            var column = fit.Column(c);
            sum += column[i] * column[j];
        }

        return sum;
    }

    private Vector512<double> IsHeavy(int i) => Vector512.GreaterThan(fit.Leverages[i], Heavy);

    private static Vector512<double> Square(Vector512<double> x) => x * x;
}
