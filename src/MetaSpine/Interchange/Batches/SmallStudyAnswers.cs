using System.Text.Json;

namespace MetaSpine;

/// <summary>Small-study effects and what they may come from, under metafor's names.</summary>
internal static class SmallStudyAnswers
{
    /// <summary>With more sets of significant studies than this metafor refers the test of excess significance to chi-squared.</summary>
    private const double MostSets = 1e6;

    /// <summary>By both models and both usual predictors.</summary>
    public static void Regressions(Utf8JsonWriter answer, PooledResult result)
    {
        answer.WriteStartArray();
        foreach (var (model, name) in new[] { (AsymmetryModel.MixedEffects, "rma"), (AsymmetryModel.Classical, "lm") })
        {
            foreach (var (predictor, column) in new[] { (AsymmetryPredictor.StandardError, "sei"), (AsymmetryPredictor.Variance, "vi") })
            {
                var test = result.RegressionTest(model, predictor);
                answer.WriteStartObject();
                answer.WriteString("model", name);
                answer.WriteString("predictor", column);
                answer.WriteFinite("stat", test.Statistic);
                answer.WriteFinite("pval", test.PValue);
                answer.WriteFinite("dfs", test.DegreesOfFreedom);
                answer.WriteFinite("est", test.Limit?.Estimate);
                answer.WriteFinite("ci_lb", test.Limit?.Interval.Lower);
                answer.WriteFinite("ci_ub", test.Limit?.Interval.Upper);
                answer.WriteEndObject();
            }
        }

        answer.WriteEndArray();
    }

    public static void RankTest(Utf8JsonWriter answer, PooledResult result)
    {
        var test = result.TestSmallStudyEffects("BEGG");
        answer.WriteStartObject();
        answer.WriteFinite("tau", test.Estimate);
        answer.WriteFinite("pval", test.PValue);
        answer.WriteEndObject();
    }

    /// <summary>By every estimator, under equal effects and DerSimonian-Laird; without those whose equation has no solution here, as happens to Q0.</summary>
    public static void TrimAndFill(Utf8JsonWriter answer, PooledResult result)
    {
        answer.WriteStartArray();
        foreach (var estimator in new[] { TrimFillEstimator.L0, TrimFillEstimator.R0, TrimFillEstimator.Q0 })
        {
            foreach (var method in new[] { PoolingMethod.EE, PoolingMethod.DL })
            {
                if (Solved(By(method, result), estimator) is not { } filled)
                {
                    continue;
                }

                answer.WriteStartObject();
                answer.WriteString("estimator", estimator.ToString());
                answer.WriteString("method", MethodNames.Of(method).Code);
                answer.WriteString("side", filled.Side == FunnelSide.Left ? "left" : "right");
                answer.WriteNumber("k0", filled.MissingCount);
                answer.WriteFinite("se_k0", filled.MissingStandardError);
                answer.WriteFinite("beta", filled.Adjusted.Estimate);
                answer.WriteFinite("se", filled.Adjusted.StandardError);
                answer.WriteFinite("ci_lb", filled.Adjusted.Interval.Lower);
                answer.WriteFinite("ci_ub", filled.Adjusted.Interval.Upper);
                answer.WriteFinite("tau2", filled.Adjusted.Tau2);
                answer.WriteEndObject();
            }
        }

        answer.WriteEndArray();
    }

    private static TrimAndFillResult? Solved(PooledResult result, TrimFillEstimator estimator)
    {
        try
        {
            return result.TrimAndFill(estimator);
        }
        catch (PoolingException) when (estimator == TrimFillEstimator.Q0)
        {
            return null;
        }
    }

    public static void FailSafe(Utf8JsonWriter answer, PooledResult result)
    {
        answer.WriteStartArray();
        foreach (var method in new[] { FailSafeMethod.Rosenthal, FailSafeMethod.Orwin, FailSafeMethod.Rosenberg })
        {
            var found = result.FailSafeN(method);
            answer.WriteStartObject();
            answer.WriteString("type", method.ToString());
            answer.WriteFinite("fsnum", found.Count);
            answer.WriteFinite("pval", found.PValue);
            answer.WriteFinite("meanes", found.Estimate);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    /// <summary>Around the equal-effects estimate; exact where metafor goes over all sets of significant studies.</summary>
    public static void ExcessSignificance(Utf8JsonWriter answer, PooledResult result)
    {
        var found = By(PoolingMethod.EE, result).ExcessSignificance();
        answer.WriteStartObject();
        answer.WriteNumber("O", found.Observed);
        answer.WriteFinite("E", found.Expected);
        answer.WriteFinite("pval", Sets(result.StudyCount, found.Observed) <= MostSets ? found.PValue : found.ChiSquaredPValue);
        answer.WriteFinite("theta", found.Effect);
        answer.WriteEndObject();
    }

    private static PooledResult By(PoolingMethod method, PooledResult result) => MetaAnalysis.Pool(result.Effects, result.Options with { Method = method });

    /// <summary>The number of sets of at least so many of k studies.</summary>
    private static double Sets(int k, int least)
    {
        double sum = 0, choose = 1;
        for (var count = 0; count <= k; count++)
        {
            sum += count >= least ? choose : 0;
            choose = choose * (k - count) / (count + 1);
        }

        return sum;
    }
}
