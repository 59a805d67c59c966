namespace MetaSpine;

/// <summary>Where the true effect of a new study is expected: the pooled estimate's error and tau^2 together.</summary>
internal static class PredictionIntervals
{
    public static Interval Predict(PooledResult result, PredictionMethod method) =>
        Reference(result, method).Around(result.Estimate, Math.Sqrt(Variance(result, method)));

    /// <summary>The probability that the true effect of a new study lies below a value: the same distribution as the interval's.</summary>
    public static double ShareBelow(PooledResult result, double threshold, PredictionMethod method) =>
        Reference(result, method).Lower((threshold - result.Estimate) / Math.Sqrt(Variance(result, method)));

    private static ReferenceDistribution Reference(PooledResult result, PredictionMethod method) => new(Freedom(result, method), result.Options.Level);

    private static double Variance(PooledResult result, PredictionMethod method) =>
        result.Tau2 + (method == PredictionMethod.Simple ? 0 : result.StandardError * result.StandardError);

    /// <summary>The degrees of freedom of t; null for the normal distribution.</summary>
    public static double? Freedom(PooledResult result, PredictionMethod method)
    {
        var freedom = result.DegreesOfFreedom ?? result.StudyCount - 1;
        return method switch
        {
            PredictionMethod.Simple => null,
            PredictionMethod.Standard when result.Options.Test == PoolingTest.Z => null,
            PredictionMethod.Riley => Math.Max(1, freedom - (result.Options.FixedTau2 is null ? 1 : 0)),
            PredictionMethod.T => Math.Max(1, result.StudyCount - 1),
            _ => freedom,
        };
    }
}
