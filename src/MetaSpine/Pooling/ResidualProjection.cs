namespace MetaSpine;

/// <summary>
/// The projection R = I - QQ' on what a weighted fit leaves. A study that outweighs the others by many orders of magnitude has a
/// leverage of nearly 1, of which 1 - leverage would keep no digits; for such studies, hardly more than there are coefficients, the entries of R come
/// from those of the other studies, because R = RR.
/// </summary>
internal sealed class ResidualProjection(OrthogonalFit fit, int k, int p)
{
    /// <summary>A leverage above this makes a study heavy; below, 1 - leverage is nearly as exact as the leverage.</summary>
    public const double Heavy = .75;

    private readonly List<int> _heavy = new(p);

    /// <summary>The diagonal of R.</summary>
    public double[] Diagonal { get; } = new double[k];

    /// <summary>Takes in the latest fit.</summary>
    public void Update()
    {
        _heavy.Clear();
        for (var i = 0; i < k; i++)
        {
            Diagonal[i] = 1 - fit.Leverages[i];
            if (fit.Leverages[i] > Heavy)
            {
                _heavy.Add(i);
            }
        }

        foreach (var i in _heavy)
        {
            // R_ii = sum over j of R_ij^2, so that r (1 - r) is the sum over the others; r is below 1/4.
            double others = 0;
            for (var j = 0; j < k; j++)
            {
                others += j == i ? 0 : Square(Shared(i, j));
            }

            Diagonal[i] = 2 * others / (1 + Math.Sqrt(Math.Max(0, 1 - 4 * others)));
        }
    }

    /// <summary>An entry of R.</summary>
    public double Entry(int i, int j) => i == j ? Diagonal[i] : _heavy.Contains(i) && _heavy.Contains(j) ? Between(i, j) : -Shared(i, j);

    /// <summary>The sum of a_i R_ij^2 b_j over all i and j: tr ARBR for diagonal A and B that are not negative.</summary>
    public double Trace(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < k; i++)
        {
            sum += a[i] * b[i] * Square(Diagonal[i]);
        }

        for (var h = 0; h < _heavy.Count; h++)
        {
            var i = _heavy[h];
            for (var j = 0; j < k; j++)
            {
                if (!_heavy.Contains(j))
                {
                    sum += (a[i] * b[j] + a[j] * b[i]) * Square(Shared(i, j));
                }
            }

            for (var g = 0; g < h; g++)
            {
                var j = _heavy[g];
                sum += (a[i] * b[j] + a[j] * b[i]) * Square(Between(i, j));
            }
        }

        return sum + LightPairs(a, b);
    }

    /// <summary>
    /// The pairs of studies that are not heavy, as the square of a sum less its diagonal: what that loses in rounding is little beside the
    /// diagonal of R, whose entries are at least a third of the leverages here.
    /// </summary>
    private double LightPairs(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double pairs = 0;
        for (var c = 0; c < p; c++)
        {
            for (var d = 0; d < p; d++)
            {
                ReadOnlySpan<double> first = fit.Column(c), second = fit.Column(d);
                double sumA = 0, sumB = 0;
                for (var i = 0; i < k; i++)
                {
                    if (fit.Leverages[i] <= Heavy)
                    {
                        sumA += a[i] * first[i] * second[i];
                        sumB += b[i] * first[i] * second[i];
                    }
                }

                pairs += sumA * sumB;
            }
        }

        for (var i = 0; i < k; i++)
        {
            pairs -= fit.Leverages[i] <= Heavy ? a[i] * b[i] * Square(fit.Leverages[i]) : 0;
        }

        return Math.Max(0, pairs);
    }

    /// <summary>The entry of two heavy studies: R_ij = sum over m of R_im R_mj.</summary>
    private double Between(int i, int j)
    {
        double sum = 0;
        for (var m = 0; m < k; m++)
        {
            sum += m == i || m == j ? 0 : Shared(i, m) * Shared(m, j);
        }

        return sum / (1 - Diagonal[i] - Diagonal[j]);
    }

    /// <summary>The entry of QQ'.</summary>
    private double Shared(int i, int j)
    {
        double sum = 0;
        for (var c = 0; c < p; c++)
        {
            sum += fit.Column(c)[i] * fit.Column(c)[j];
        }

        return sum;
    }

    private static double Square(double x) => x * x;
}
