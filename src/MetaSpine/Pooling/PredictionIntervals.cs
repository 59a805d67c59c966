namespace MetaSpine;

/// <summary>Where the true effect of a new study is expected: the pooled estimate's error and tau^2 together.</summary>
internal static class PredictionIntervals
{
    public static Interval Predict(PooledResult result, PredictionMethod method)
    {
        var tail = (1 - result.Options.Level) / 2;
        var critical = Freedom(result, method) is { } freedom ? StudentT.UpperQuantile(tail, freedom) : NormalDistribution.UpperQuantile(tail);
        var margin = critical * Math.Sqrt(Variance(result, method));
        return new Interval(result.Estimate - margin, result.Estimate + margin, result.Options.Level);
    }

    /// <summary>The probability that the true effect of a new study lies below a value: the same distribution as the interval's.</summary>
    public static double ShareBelow(PooledResult result, double threshold, PredictionMethod method)
    {
        var distance = (threshold - result.Estimate) / Math.Sqrt(Variance(result, method));
        return Freedom(result, method) is { } freedom ? StudentT.Lower(distance, freedom) : NormalDistribution.Lower(distance);
    }

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
