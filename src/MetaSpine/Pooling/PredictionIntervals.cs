namespace MetaSpine;

/// <summary>Prediction intervals: where the true effect of a new study is expected.</summary>
internal static class PredictionIntervals
{
    /// <param name="estimate">The pooled estimate.</param>
    /// <param name="standardError">Its standard error, as the test scales it.</param>
    /// <param name="tau2">The between-study variance.</param>
    /// <param name="freedom">k - p.</param>
    /// <param name="method">Which.</param>
    /// <param name="test">The test of the fit.</param>
    /// <param name="level">The level.</param>
    public static Interval Predict(
        double estimate, double standardError, double tau2, int freedom, PredictionMethod method, PoolingTest test, double level)
    {
        var tail = (1 - level) / 2;
        var critical = method switch
        {
            PredictionMethod.Simple => NormalDistribution.UpperQuantile(tail),
            PredictionMethod.Standard when test == PoolingTest.Z => NormalDistribution.UpperQuantile(tail),
            PredictionMethod.Riley => StudentT.UpperQuantile(tail, Math.Max(1, freedom - 1)),
            _ => StudentT.UpperQuantile(tail, Math.Max(1, freedom)),
        };
        var error = method == PredictionMethod.Simple ? 0 : standardError;
        var margin = critical * Math.Sqrt(error * error + tau2);
        return new Interval(estimate - margin, estimate + margin, level);
    }
}
