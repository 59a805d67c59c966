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

    /// <summary>The test statistic of a pooled estimate.</summary>
    public static double Statistic(in InterceptFit fit, int studies, PoolingOptions options) =>
        fit.Estimate / Math.Sqrt(Inference.Factor(options.Test, fit.Rss / (studies - 1)) * fit.Variance);
}
