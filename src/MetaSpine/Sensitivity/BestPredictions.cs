namespace MetaSpine;

/// <summary>Best linear unbiased predictions of the studies' true effects: each estimate drawn towards the model, the more the less it is known.</summary>
/// <remarks>
/// Raudenbush and Bryk (1985), Journal of Educational Statistics 10:75; Morris (1983), doi:10.1080/01621459.1983.10477920: also empirical Bayes estimates. With
/// lambda = tau^2/(tau^2 + v) a study's effect is lambda y + (1 - lambda) x'b, its standard error sqrt(lambda v + (1 - lambda)^2 x'Cx) for the
/// covariance C of the coefficients; tau^2 counts as known.
/// </remarks>
public static class BestPredictions
{
    /// <summary>Predicts the true effect of each study in the model.</summary>
    /// <param name="result">A pooled result or a meta-regression with inverse-variance weights.</param>
    /// <returns>One prediction for each study in the model.</returns>
    /// <exception cref="PoolingException">There is only one study.</exception>
    /// <exception cref="ArgumentException">The weights are not the inverse variances, for which the predictions are not defined.</exception>
    public static BlupResult Blups(this ModelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Options.Weights is not null || !result.Options.Weighted)
        {
            throw new ArgumentException("The predictions belong to a fit with inverse-variance weights; fit the model without weights of your own.", nameof(result));
        }

        if (result.StudyCount < 2)
        {
            throw new PoolingException("Predictions of the true effects need at least two studies: a single one has nothing to borrow from.");
        }

        var (data, p) = (ModelData.Of(result), result is RegressionResult ? ((RegressionResult)result).Coefficients.Count : 1);
        var reference = result is RegressionResult regression
            ? new ReferenceDistribution(regression.Coefficients[0].DegreesOfFreedom, result.Options.Level)
            : new ReferenceDistribution(((PooledResult)result).DegreesOfFreedom, result.Options.Level);
        var predictions = new StudyPrediction[data.K];
        for (var i = 0; i < predictions.Length; i++)
        {
            double fitted = 0, variance = 0;
            for (var a = 0; a < p; a++)
            {
                fitted += data.X[i * p + a] * Coefficient(result, a);
                for (var b = 0; b < p; b++)
                {
                    variance += data.X[i * p + a] * Covariance(result, a, b) * data.X[i * p + b];
                }
            }

            var (v, share) = (data.V[i], result.Tau2 / (result.Tau2 + data.V[i]));
            var rest = data.V[i] / (result.Tau2 + data.V[i]);
            var effect = share * data.Y[i] + rest * fitted;
            var error = Math.Sqrt(share * v + rest * rest * variance);
            var deviation = share * (data.Y[i] - fitted);
            var deviationError = Math.Sqrt(share * v + share * share * variance);
            predictions[i] = new StudyPrediction(
                result.Studies[i].Effect.Label, data.Rows[i], share, effect, error, reference.Around(effect, error),
                new RandomEffect(deviation, deviationError, reference.Around(deviation, deviationError)));
        }

        return new BlupResult(result, predictions);
    }

    private static double Coefficient(ModelResult result, int a) => result is RegressionResult regression ? regression.Coefficients[a].Estimate : ((PooledResult)result).Estimate;

    private static double Covariance(ModelResult result, int a, int b) =>
        result is RegressionResult regression ? regression.Covariance[a][b] : ((PooledResult)result).StandardError * ((PooledResult)result).StandardError;
}

/// <summary>The predicted true effects of the studies of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Studies">One prediction for each study in the model, in order, on the analysis scale.</param>
public sealed partial record BlupResult(ModelResult Model, IReadOnlyList<StudyPrediction> Studies);

/// <summary>A prediction of one study's true effect, on the analysis scale.</summary>
/// <param name="Label">The study.</param>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="OwnShare">lambda, the share of the study's own estimate in the prediction: 0 where tau^2 is 0, near 1 for a large study.</param>
/// <param name="Estimate">The prediction.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="PredictionInterval">Its interval, by the distribution of the model's test.</param>
/// <param name="RandomEffect">How far the true effect lies from what the model says.</param>
public sealed record StudyPrediction(
    string Label, int Row, double OwnShare, double Estimate, double StandardError, Interval PredictionInterval, RandomEffect RandomEffect);

/// <summary>A predicted random effect: the true effect less what the model says, on the analysis scale.</summary>
/// <param name="Estimate">lambda (y - x'b).</param>
/// <param name="StandardError">Its standard error, sqrt(lambda v + lambda^2 x'Cx).</param>
/// <param name="PredictionInterval">Its interval.</param>
public readonly record struct RandomEffect(double Estimate, double StandardError, Interval PredictionInterval);
