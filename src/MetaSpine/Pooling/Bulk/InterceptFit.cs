namespace MetaSpine;

/// <summary>What the results of an inverse-variance model with an intercept only are made from.</summary>
/// <param name="Q">Cochran's Q.</param>
/// <param name="TrP">tr P at a tau^2 of 0: k - 1 over it is the typical sampling variance.</param>
/// <param name="Tau2">tau^2.</param>
/// <param name="Estimate">The weighted mean.</param>
/// <param name="Variance">Its variance, which no test has scaled.</param>
/// <param name="Rss">The weighted residual sum of squares at tau^2.</param>
/// <param name="ClassicVariance">The variance under DerSimonian-Laird, where IQWiG's rule asks for it; else NaN.</param>
internal readonly record struct InterceptFit(double Q, double TrP, double Tau2, double Estimate, double Variance, double Rss, double ClassicVariance)
{
    /// <summary>The fit to at least two studies.</summary>
    public static InterceptFit Of(ReadOnlySpan<double> y, ReadOnlySpan<double> v, PoolingOptions options)
    {
        var profile = new InterceptProfile(y, v);
        var atZero = profile.At(0);
        var tau2 = Tau2Estimator.Estimate(profile, options, y, []).Tau2;
        var (estimate, variance) = profile.Estimate(Weighting.InverseVariance(tau2), tau2);
        var classic = options.Test == PoolingTest.KnappHartungIqwig ? MetaAnalysis.ClassicVariance(profile) : double.NaN;
        return new InterceptFit(atZero.Rss, atZero.TrP, tau2, estimate, variance, profile.At(tau2).Rss, classic);
    }

    /// <summary>I^2 in percent and H^2, from tau^2 or, under equal effects or where the options ask for it, from Q.</summary>
    public (double I2, double H2) Heterogeneity(int freedom, PoolingOptions options)
    {
        var typical = freedom / TrP;
        return options.Method == PoolingMethod.EE || options.I2From == HeterogeneityBasis.Q
            ? (ModelSummary.ShareOfQ(Q, freedom), Q / freedom)
            : (ModelSummary.Share(Tau2, typical), Tau2 / typical + 1);
    }
}
