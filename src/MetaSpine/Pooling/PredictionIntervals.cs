namespace MetaSpine;

/// <summary>Where the true effect of a new study is expected: the error of the mean and tau^2 together.</summary>
internal static class PredictionIntervals
{
    public static Interval Predict(PooledResult result, PredictionMethod method) =>
        Predict(result.Estimate, result.StandardError, result.Tau2, result.DegreesOfFreedom, Residual(result), result.Options, method);

    /// <param name="estimate">The mean of the true effects.</param>
    /// <param name="standardError">Its standard error, as the test scales it.</param>
    /// <param name="tau2">The between-study variance.</param>
    /// <param name="freedom">The degrees of freedom of the mean's test; null under z.</param>
    /// <param name="residual">k - p.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="method">Which interval.</param>
    public static Interval Predict(
        double estimate, double standardError, double tau2, double? freedom, int residual, PoolingOptions options, PredictionMethod method) =>
        new ReferenceDistribution(Freedom(freedom, residual, options, method), options.Level).Around(estimate, Math.Sqrt(Variance(standardError, tau2, method)));

    /// <summary>The probability that the true effect of a new study lies below a value: the same distribution as the interval's.</summary>
    public static double ShareBelow(PooledResult result, double threshold, PredictionMethod method)
    {
        // At the estimate itself it is one half, also where the distribution is a point.
        var distance = threshold - result.Estimate;
        return distance == 0 ? 0.5 : new ReferenceDistribution(Freedom(result, method), result.Options.Level)
            .Lower(distance / Math.Sqrt(Variance(result.StandardError, result.Tau2, method)));
    }

    /// <summary>The degrees of freedom of t; null for the normal distribution.</summary>
    public static double? Freedom(PooledResult result, PredictionMethod method) =>
        Freedom(result.DegreesOfFreedom, Residual(result), result.Options, method);

    /// <summary>The same, from the degrees of freedom of the mean's test (null under z) and k - p.</summary>
    public static double? Freedom(double? ofTest, int residual, PoolingOptions options, PredictionMethod method)
    {
        var freedom = ofTest ?? residual;
        return method switch
        {
            PredictionMethod.Simple => null,
            PredictionMethod.Standard when options.Test == PoolingTest.Z => null,
            PredictionMethod.Riley => Math.Max(1, freedom - (options.FixedTau2 is null ? 1 : 0)),
            PredictionMethod.T => Math.Max(1, residual),
            _ => freedom,
        };
    }

    /// <summary>The variance of a new study's true effect around the estimate.</summary>
    public static double Variance(double standardError, double tau2, PredictionMethod method) =>
        tau2 + (method == PredictionMethod.Simple ? 0 : standardError * standardError);

    private static int Residual(PooledResult result) => result.SharedFreedom ?? result.StudyCount - 1;
}
