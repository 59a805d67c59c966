namespace MetaSpine;

/// <summary>Fits a model again and again to other data, with no more work than its estimates and statistics need.</summary>
internal static class Refit
{
    /// <summary>Refuses a model that is not refitted as it was fitted.</summary>
    /// <exception cref="ArgumentException">Its weights or its tau^2 were given, I^2 is not from tau^2, or its test is not z, t, knha or adhoc.</exception>
    public static void Check(PoolingOptions options)
    {
        if (options is not
            {
                Test: PoolingTest.Z or PoolingTest.T or PoolingTest.KnappHartung or PoolingTest.KnappHartungFloor,
                Weights: null, Weighted: true, FixedTau2: null, I2From: HeterogeneityBasis.Tau2, QAround: QCentre.InverseVariance,
            })
        {
            throw new ArgumentException(
                "Resampling refits models with inverse-variance weights, an estimated tau^2, I^2 from tau^2, and one of the tests z, t, knha and adhoc; fit such a model first.", nameof(options));
        }
    }

    /// <summary>The pooled estimate, its test statistic, tau^2 and I^2 in percent.</summary>
    public static (double Estimate, double Statistic, double Tau2, double I2) Pool(ReadOnlySpan<double> y, ReadOnlySpan<double> v, PoolingOptions options)
    {
        var profile = new InterceptProfile(y, v);
        var tau2 = Tau2(profile, y, options);
        var (estimate, sumW) = profile.Estimate(tau2);
        return (estimate, estimate / Math.Sqrt(Factor(profile, tau2, options) / sumW), tau2, I2(profile, tau2, options));
    }

    /// <summary>The test statistics of a meta-regression's coefficients, then the Wald statistic of those tested together.</summary>
    public static double[] Regress(RegressionProfile profile, ReadOnlySpan<double> y, int[] tested, PoolingOptions options)
    {
        var p = profile.P;
        var tau2 = Tau2(profile, y, options);
        var factor = Factor(profile, tau2, options);
        var (coefficients, covariance) = profile.Solve(tau2);
        var statistics = new double[p + 1];
        for (var j = 0; j < p; j++)
        {
            statistics[j] = coefficients[j] / Math.Sqrt(factor * covariance[j * p + j]);
        }

        statistics[p] = WaldTest.Statistic(
            Array.ConvertAll(tested, j => coefficients[j]), (i, j) => factor * covariance[tested[i] * p + tested[j]]) ?? double.NaN;
        return statistics;
    }

    private static double Tau2<TProfile>(in TProfile profile, ReadOnlySpan<double> y, PoolingOptions options)
        where TProfile : IProfile, allows ref struct =>
        options.Method == PoolingMethod.EE ? 0 : Tau2Estimator.Estimate(profile, options.Method, y).Tau2;

    /// <summary>What the test multiplies the covariance by.</summary>
    private static double Factor<TProfile>(in TProfile profile, double tau2, PoolingOptions options)
        where TProfile : IProfile, allows ref struct =>
        Inference.Factor(options.Test, profile.At(tau2).Rss / (profile.K - profile.P));

    private static double I2(in InterceptProfile profile, double tau2, PoolingOptions options)
    {
        var (atZero, freedom) = (profile.At(0), profile.K - 1);
        return options.Method == PoolingMethod.EE ? ModelSummary.ShareOfQ(atZero.Rss, freedom) : ModelSummary.Share(tau2, freedom / atZero.TrP);
    }
}
