namespace MetaSpine;

/// <summary>A combined estimate, its variance and each table's share in it. Infinite or NaN where the tables do not determine it.</summary>
internal readonly record struct StratifiedEstimate(double Value, double Variance, double[] Weights);

/// <summary>Common effects from stratified counts, no correction added anywhere.</summary>
internal static class StratifiedKernels
{
    /// <summary>
    /// The odds ratio of Mantel and Haenszel (1959), Journal of the National Cancer Institute 22:719, doi:10.1093/jnci/22.4.719, on the
    /// log scale, with the variance of Robins, Breslow and Greenland (1986), Biometrics 42:311, doi:10.2307/2531052.
    /// </summary>
    public static StratifiedEstimate OddsRatio(IReadOnlyList<TwoByTwo> tables)
    {
        double r = 0, s = 0, pr = 0, cross = 0, qs = 0;
        var weights = new double[tables.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var t = tables[i];
            var (ri, si) = (t.A * t.D / t.Size, t.B * t.C / t.Size);
            var (p, q) = ((t.A + t.D) / t.Size, (t.B + t.C) / t.Size);
            weights[i] = si;
            r += ri;
            s += si;
            pr += p * ri;
            qs += q * si;
            cross += p * si + q * ri;
        }

        return new(Math.Log(r / s), (pr / r / r + cross / r / s + qs / s / s) / 2, weights);
    }

    /// <summary>The risk ratio on the log scale, after Greenland and Robins (1985), Biometrics 41:55, doi:10.2307/2530643.</summary>
    public static StratifiedEstimate RiskRatio(IReadOnlyList<TwoByTwo> tables)
    {
        double r = 0, s = 0, sum = 0;
        var weights = new double[tables.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var t = tables[i];
            var (share1, share2) = (t.N1 / t.Size, t.N2 / t.Size);
            weights[i] = t.C * share1;
            r += t.A * share2;
            s += weights[i];
            sum += share1 * share2 * (t.A + t.C) - t.A / t.Size * t.C;
        }

        return new(Math.Log(r / s), sum / r / s, weights);
    }

    /// <summary>
    /// The risk difference of Greenland and Robins (1985), with the variance of Sato (1989), Biometrics 45:1323,
    /// which holds for many small tables as well as for few large ones.
    /// </summary>
    public static StratifiedEstimate RiskDifference(IReadOnlyList<TwoByTwo> tables)
    {
        double difference = 0, sum = 0, linear = 0, rest = 0;
        var weights = new double[tables.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var t = tables[i];
            var (share1, share2) = (t.N1 / t.Size, t.N2 / t.Size);
            weights[i] = t.N1 * share2;
            difference += ObservedLessExpected(t);
            sum += weights[i];
            linear += t.C * share1 * share1 - t.A * share2 * share2 + share1 * share2 * (t.N2 - t.N1) / 2;
            rest += (t.A * t.D + t.C * t.B) / t.Size / 2;
        }

        var value = difference / sum;
        return new(value, (value * linear + rest) / sum / sum, weights);
    }

    /// <summary>The risk difference with the variance of Greenland and Robins (1985), binomial in each group.</summary>
    public static StratifiedEstimate LargeRiskDifference(IReadOnlyList<TwoByTwo> tables)
    {
        var (value, _, weights) = RiskDifference(tables);
        double sum = 0, variance = 0;
        foreach (var t in tables)
        {
            var (share1, share2) = (t.N1 / t.Size, t.N2 / t.Size);
            sum += t.N1 * share2;
            variance += t.A * t.B / t.N1 * share2 * share2 + t.C * t.D / t.N2 * share1 * share1;
        }

        return new(value, variance / sum / sum, weights);
    }

    /// <summary>The estimate for a measure of tables; null for other measures.</summary>
    public static Func<IReadOnlyList<TwoByTwo>, StratifiedEstimate>? Of(Measure measure, RiskDifferenceVariance variance) => measure.Code switch
    {
        "OR" => OddsRatio,
        "RR" => RiskRatio,
        "RD" => variance == RiskDifferenceVariance.Sato ? RiskDifference : LargeRiskDifference,
        _ => null,
    };

    /// <summary>The rate ratio on the log scale, after Greenland and Robins (1985), for person-time.</summary>
    public static StratifiedEstimate RateRatio(IReadOnlyList<TwoRates> tables)
    {
        double r = 0, s = 0, sum = 0;
        var weights = new double[tables.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var t = tables[i];
            var (share1, share2) = (t.T1 / t.Size, t.T2 / t.Size);
            weights[i] = t.X2 * share1;
            r += t.X1 * share2;
            s += weights[i];
            sum += share1 * share2 * (t.X1 + t.X2);
        }

        return new(Math.Log(r / s), sum / r / s, weights);
    }

    /// <summary>The rate difference, after Greenland and Robins (1985), for person-time.</summary>
    public static StratifiedEstimate RateDifference(IReadOnlyList<TwoRates> tables)
    {
        double difference = 0, sum = 0, variance = 0;
        var weights = new double[tables.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var t = tables[i];
            var (share1, share2) = (t.T1 / t.Size, t.T2 / t.Size);
            weights[i] = t.T1 * share2;
            difference += t.X1 * share2 - t.X2 * share1;
            sum += weights[i];
            variance += t.X1 * share2 * share2 + t.X2 * share1 * share1;
        }

        return new(difference / sum, variance / sum / sum, weights);
    }

    /// <summary>
    /// Observed less expected events over the hypergeometric variance: Yusuf et al. (1985), Progress in Cardiovascular Diseases 27:335,
    /// doi:10.1016/s0033-0620(85)80003-7.
    /// </summary>
    public static StratifiedEstimate Peto(IReadOnlyList<TwoByTwo> tables)
    {
        double difference = 0, variance = 0;
        var weights = new double[tables.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = HypergeometricVariance(tables[i]);
            difference += ObservedLessExpected(tables[i]);
            variance += weights[i];
        }

        return new(difference / variance, 1 / variance, weights);
    }

    /// <summary>a - n1 (a + c) / N, which is (a n2 - c n1) / N as well, without the cancellation.</summary>
    public static double ObservedLessExpected(in TwoByTwo t) => (t.A * t.D - t.B * t.C) / t.Size;

    /// <summary>The variance of the treated events given both margins, under no effect; 0 with a single participant.</summary>
    public static double HypergeometricVariance(in TwoByTwo t) =>
        t.Size > 1 ? (t.A + t.C) * (t.B + t.D) * (t.N1 / t.Size) * (t.N2 / t.Size) / (t.Size - 1) : 0;
}
