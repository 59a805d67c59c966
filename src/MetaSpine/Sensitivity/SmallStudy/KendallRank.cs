namespace MetaSpine;

/// <summary>
/// Kendall's rank correlation and its test (M. G. Kendall 1970, Rank Correlation Methods, 4th ed.): exact where no value occurs twice, from the
/// number of permutations with so many inversions; normal, with the variance for ties and no continuity correction, otherwise.
/// </summary>
/// <param name="Tau">tau-b: concordant less discordant pairs, over the geometric mean of the pairs not tied on either side.</param>
/// <param name="Score">Concordant less discordant pairs.</param>
/// <param name="StandardError">The standard deviation of the score where there is no correlation.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="IsExact">Whether the p-value is exact.</param>
internal readonly record struct KendallRank(double Tau, double Score, double StandardError, double PValue, bool IsExact)
{
    /// <summary>Up to here the exact distribution costs less than a millisecond per thousand values; the normal one is then good to four decimals.</summary>
    private const int LargestExact = 200;

    public static KendallRank Test(double[] x, double[] y)
    {
        var k = x.Length;
        double score = 0;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                score += x[i].CompareTo(x[j]) * y[i].CompareTo(y[j]);
            }
        }

        var (tiesX, tiesY) = (Ties(x), Ties(y));
        double pairs = .5 * k * (k - 1), n = k;
        double tiedX = 0, tiedY = 0, cubesX = 0, cubesY = 0, triplesX = 0, triplesY = 0;
        Add(tiesX, ref tiedX, ref cubesX, ref triplesX);
        Add(tiesY, ref tiedY, ref cubesY, ref triplesY);
        var variance = (n * (n - 1) * (2 * n + 5) - cubesX - cubesY) / 18
            + 2 * tiedX * tiedY / (n * (n - 1))
            + (k > 2 ? triplesX * triplesY / (9 * n * (n - 1) * (n - 2)) : 0);
        var error = Math.Sqrt(Math.Max(0, variance));
        var exact = tiedX + tiedY == 0 && k <= LargestExact;
        var p = exact ? Exact(k, (int)Math.Round((pairs - Math.Abs(score)) / 2)) : error > 0 ? NormalDistribution.TwoSided(score / error) : 1;
        var untied = Math.Sqrt((pairs - tiedX) * (pairs - tiedY));
        return new KendallRank(untied > 0 ? score / untied : 0, score, error, p, exact);
    }

    /// <summary>Twice the probability of at most so many inversions in a random permutation, the smaller side.</summary>
    private static double Exact(int k, int inversions)
    {
        // P(j inversions among i values) by putting the largest in each of its i places.
        var p = new double[inversions + 1];
        p[0] = 1;
        for (var i = 2; i <= k; i++)
        {
            var next = new double[inversions + 1];
            double window = 0;
            for (var j = 0; j <= inversions; j++)
            {
                window += p[j] - (j >= i ? p[j - i] : 0);
                next[j] = window / i;
            }

            p = next;
        }

        return Math.Min(1, 2 * p.Sum());
    }

    private static void Add(List<int> ties, ref double pairs, ref double cubes, ref double triples)
    {
        foreach (double t in ties)
        {
            pairs += t * (t - 1) / 2;
            cubes += t * (t - 1) * (2 * t + 5);
            triples += t * (t - 1) * (t - 2);
        }
    }

    /// <summary>How many values each group of equal ones has.</summary>
    private static List<int> Ties(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var ties = new List<int>();
        for (int i = 0, length = 1; i < sorted.Length; i += length)
        {
            length = 1;
            while (i + length < sorted.Length && sorted[i + length] == sorted[i])
            {
                length++;
            }

            if (length > 1)
            {
                ties.Add(length);
            }
        }

        return ties;
    }
}
