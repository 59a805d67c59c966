namespace MetaSpine;

/// <summary>The tests that go with stratified counts. Each is null where no table says anything.</summary>
internal static class StratifiedTests
{
    /// <summary>
    /// Mantel and Haenszel (1959), Journal of the National Cancer Institute 22:719, doi:10.1093/jnci/22.4.719; and Cochran (1954), Biometrics
    /// 10:417, doi:10.2307/3001616, whose variance has N where theirs has N - 1.
    /// </summary>
    public static ChiSquaredTest? NoEffect(IReadOnlyList<TwoByTwo> tables, bool correct, bool cochran)
    {
        double difference = 0, variance = 0;
        foreach (var t in tables)
        {
            difference += StratifiedKernels.ObservedLessExpected(t);
            variance += StratifiedKernels.HypergeometricVariance(t) * (cochran ? (t.Size - 1) / t.Size : 1);
        }

        return Corrected(difference, variance, correct);
    }

    /// <summary>The same test for person-time: given their sum, the events of the groups are binomial.</summary>
    public static ChiSquaredTest? NoEffect(IReadOnlyList<TwoRates> tables, bool correct)
    {
        double difference = 0, variance = 0;
        foreach (var t in tables)
        {
            var (share1, share2) = (t.T1 / t.Size, t.T2 / t.Size);
            difference += t.X1 * share2 - t.X2 * share1;
            variance += (t.X1 + t.X2) * share1 * share2;
        }

        return Corrected(difference, variance, correct);
    }

    /// <summary>
    /// Breslow and Day (1980), Statistical Methods in Cancer Research 1 (IARC), section 4.4, and its correction by Tarone (1985),
    /// Biometrika 72:91, doi:10.1093/biomet/72.1.91.
    /// </summary>
    public static (ChiSquaredTest BreslowDay, ChiSquaredTest Tarone)? EqualOddsRatios(IReadOnlyList<TwoByTwo> tables, double oddsRatio)
    {
        double statistic = 0, difference = 0, variance = 0;
        var freedom = -1;
        foreach (var t in tables)
        {
            if (t.HasDoubleZero)
            {
                continue;
            }

            var events = t.A + t.C;
            var expected = ExpectedEvents(t, oddsRatio);
            var v = 1 / (1 / expected + 1 / (t.N1 - expected) + 1 / (events - expected) + 1 / (t.N2 - events + expected));
            statistic += (t.A - expected) * (t.A - expected) / v;
            difference += t.A - expected;
            variance += v;
            freedom++;
        }

        if (freedom < 1)
        {
            return null;
        }

        var corrected = Math.Max(0, statistic - difference * difference / variance);
        return (Test(statistic, freedom), Test(corrected, freedom));
    }

    public static ChiSquaredTest Test(double statistic, int freedom) =>
        new(statistic, freedom, freedom > 0 ? ChiSquared.Upper(statistic, freedom) : 1);

    /// <summary>The treated events of a table with the same margins and exactly this odds ratio: the smaller root of a quadratic.</summary>
    private static double ExpectedEvents(in TwoByTwo t, double oddsRatio)
    {
        var events = t.A + t.C;
        var product = oddsRatio * t.N1 * events;
        var half = oddsRatio * (t.N1 + events) + t.N2 - events;
        return 2 * product / (half + Math.Sqrt(half * half - 4 * (oddsRatio - 1) * product));
    }

    private static ChiSquaredTest? Corrected(double difference, double variance, bool correct)
    {
        var distance = correct ? Math.Max(0, Math.Abs(difference) - 0.5) : difference;
        return variance > 0 ? Test(distance * distance / variance, 1) : null;
    }
}
