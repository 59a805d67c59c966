namespace MetaSpine;

/// <summary>How far several raters agree who each judged every record.</summary>
public sealed partial record MultiraterAgreement
{
    /// <summary>The categories.</summary>
    public required ValueList<string> Categories { get; init; }

    /// <summary>How many records were judged.</summary>
    public required int Records { get; init; }

    /// <summary>How many raters judged each.</summary>
    public required int Raters { get; init; }

    /// <summary>The share of each category among all judgements.</summary>
    public required ValueList<double> Shares { get; init; }

    /// <summary>The level of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>
    /// Fleiss' kappa (Fleiss 1971, doi:10.1037/h0031619), with the null standard error of Fleiss, Nee and Landis 1979
    /// (doi:10.1037/0033-2909.86.5.974) and, for the interval, that of Gwet 2008 (doi:10.1348/000711006X126600).
    /// </summary>
    public required AgreementCoefficient Kappa { get; init; }

    /// <summary>Gwet's AC1 for several raters, with its standard error (Gwet 2008).</summary>
    public required AgreementCoefficient Ac1 { get; init; }

    /// <summary>The agreement in a table of counts.</summary>
    /// <param name="categories">The categories, at least two.</param>
    /// <param name="counts">For each record how many raters chose each category; every record has the same number of raters, at least two.</param>
    /// <param name="level">The level of the intervals. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentException">The table is empty, negative, or its rows differ in length or sum.</exception>
    public static MultiraterAgreement Of(IReadOnlyList<string> categories, IReadOnlyList<IReadOnlyList<int>> counts, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(counts);
        AgreementKernel.Level(level);
        var (n, size, m) = (counts.Count, categories.Count, counts.Count == 0 ? 0 : counts[0].Sum());
        if (n == 0 || size < 2 || m < 2)
        {
            throw new ArgumentException("Agreement needs at least one record, two categories and two raters.", nameof(counts));
        }

        if (Enumerable.Range(0, n).Where(i => counts[i].Count != size || counts[i].Any(count => count < 0) || counts[i].Sum() != m).Select(i => (int?)i).FirstOrDefault() is { } odd)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Record {odd + 1} has {counts[odd].Count} counts that sum to {counts[odd].Sum()}; each needs {size}, none negative, that sum to {m} as the first do."), nameof(counts));
        }

        var shares = new double[size];
        var agreements = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < size; k++)
            {
                shares[k] += counts[i][k] / ((double)n * m);
                agreements[i] += counts[i][k] * (counts[i][k] - 1.0) / (m * (m - 1.0));
            }
        }

        var observed = agreements.Average();
        double Mean(int i, Func<double, double> chance) => Enumerable.Range(0, size).Sum(k => counts[i][k] * chance(shares[k])) / m;
        var kappa = Finish(
            new("fleiss-kappa", "Fleiss' kappa", observed, shares.Sum(share => share * share)), agreements, i => Mean(i, share => share), level);
        return new()
        {
            Categories = categories.ToValueList(), Records = n, Raters = m, Shares = shares.ToValueList(), Level = level,
            Kappa = kappa with { NullStandardError = NullError(shares, n, m) },
            Ac1 = Finish(
                new("ac1", "Gwet's AC1", observed, shares.Sum(share => share * (1 - share)) / (size - 1)), agreements, i => Mean(i, share => (1 - share) / (size - 1)), level),
        };
    }

    private static double? NullError(double[] shares, int n, int m)
    {
        var spread = shares.Sum(share => share * (1 - share));
        var skew = shares.Sum(share => share * (1 - share) * (1 - 2 * share));
        return spread > 0 ? Math.Sqrt(2 * Math.Max(0, spread * spread - skew) / ((double)n * m * (m - 1))) / spread : null;
    }

    /// <summary>The standard error from each record's own part in the coefficient (Gwet 2008).</summary>
    private static AgreementCoefficient Finish(AgreementCoefficient coefficient, double[] agreements, Func<int, double> chance, double level)
    {
        if (coefficient.Estimate is not { } estimate || agreements.Length < 2)
        {
            return coefficient;
        }

        var (expected, n) = (coefficient.Expected, agreements.Length);
        var square = Enumerable.Range(0, n).Sum(i =>
            Math.Pow(((agreements[i] - expected) - 2 * (1 - estimate) * (chance(i) - expected)) / (1 - expected) - estimate, 2));
        return AgreementKernel.WithInterval(coefficient, Math.Sqrt(square / ((double)n * (n - 1))), level);
    }
}
