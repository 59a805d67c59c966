namespace MetaSpine;

/// <summary>
/// The eigenvalues of S^(1/2) P S^(1/2) for P = A - A11'A/1'A1 with weights A and variances S: those of diag(a s) after one
/// dimension is taken out. They are the roots of sum a_i/(lambda - a_i s_i) = 0, one between each two neighbours of the a_i s_i, and each keeps
/// its own digits however far the others are from it. O(k^2).
/// </summary>
/// <remarks>The secular equation: Golub (1973), SIAM Review 15:318, doi:10.1137/1015032.</remarks>
internal static class InterceptSpectrum
{
    /// <param name="weights">Positive weights a.</param>
    /// <param name="variances">Positive variances s.</param>
    /// <returns>k - 1 values, ascending.</returns>
    public static double[] Of(ReadOnlySpan<double> weights, ReadOnlySpan<double> variances)
    {
        var k = weights.Length;
        var (poles, shares) = (new double[k], weights.ToArray());
        double heaviest = 0;
        for (var i = 0; i < k; i++)
        {
            poles[i] = weights[i] * variances[i];
            heaviest = Math.Max(heaviest, weights[i]);
        }

        Array.Sort(poles, shares);
        var unit = poles[^1];
        for (var i = 0; i < k; i++)
        {
            poles[i] /= unit;
            shares[i] /= heaviest;
        }

        var values = new double[k - 1];
        for (var j = 0; j < values.Length; j++)
        {
            values[j] = unit * Between(poles, shares, j);
        }

        return values;
    }

    private static double Between(double[] poles, double[] shares, int j)
    {
        var (below, above) = (poles[j], poles[j + 1]);
        var gap = above - below;
        if (gap == 0)
        {
            return below;
        }

        // The root is sought as its distance from the nearer pole, so that a small distance has all its digits.
        var found = Equation(below, .5 * gap) > 0
            ? RootFinding.TryFind(x => Equation(above, x), -.5 * gap, 0, out var distance) ? above + distance : double.NaN
            : RootFinding.TryFind(x => Equation(below, x), 0, .5 * gap, out distance) ? below + distance : double.NaN;
        return double.IsNaN(found) ? below + .5 * gap : found;

        // The sum at origin + x, times the distances from both poles: smooth between them, positive at the lower and negative at the upper.
        double Equation(double origin, double x)
        {
            double low = origin - below + x, high = above - origin - x, sum = 0;
            for (var i = 0; i < poles.Length; i++)
            {
                sum += shares[i] * (poles[i] == below ? high : poles[i] == above ? -low : low * high / (origin - poles[i] + x));
            }

            return sum;
        }
    }
}
