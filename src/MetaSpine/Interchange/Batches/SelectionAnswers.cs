using System.Text.Json;

namespace MetaSpine;

/// <summary>Selection models under metafor's names: each function with the usual cut points, favouring large estimates and favouring small ones.</summary>
internal static class SelectionAnswers
{
    /// <summary>metafor's word for each function, its cut points, and the function.</summary>
    private static readonly (string Type, double[]? Steps, SelectionFunction Function)[] Functions =
    [
        ("beta", null, SelectionFunction.Beta()),
        ("halfnorm", null, SelectionFunction.HalfNormal()),
        ("negexp", null, SelectionFunction.NegativeExponential()),
        ("logistic", null, SelectionFunction.Logistic()),
        ("power", null, SelectionFunction.Power()),
        ("negexppow", null, SelectionFunction.NegativeExponentialPower()),
        Stepped(.025),
        Stepped(.025, .5),
        Stepped(.05, .1, .5),
        ("halfnorm", [.05], SelectionFunction.HalfNormal(.05)),
    ];

    /// <summary>A model that cannot be fitted is answered by its error and leaves the others alone.</summary>
    public static void Models(Utf8JsonWriter answer, PooledResult result)
    {
        answer.WriteStartArray();
        foreach (var (type, steps, function) in Functions)
        {
            foreach (var (side, alternative) in new[] { (SelectionSide.Greater, "greater"), (SelectionSide.Less, "less") })
            {
                answer.WriteStartObject();
                answer.WriteString("type", type);
                if (steps is null)
                {
                    answer.WriteNull("steps");
                }
                else
                {
                    ResultJson.Numbers(answer, "steps", steps);
                }

                answer.WriteString("alternative", alternative);
                Model(answer, result, function, side);
                answer.WriteEndObject();
            }
        }

        answer.WriteEndArray();
    }

    private static (string Type, double[]? Steps, SelectionFunction Function) Stepped(params double[] cuts) => ("stepfun", cuts, SelectionFunction.Step(cuts));

    private static void Model(Utf8JsonWriter answer, PooledResult result, SelectionFunction function, SelectionSide side)
    {
        SelectionResult found;
        try
        {
            found = result.Selection(function, new SelectionOptions { Side = side, Intervals = false });
        }
        catch (PoolingException error)
        {
            Batch.WriteError(answer, new BatchException("cannot-pool", error.Message));
            return;
        }

        FitAnswer.WriteEach(answer, "beta", found.Coefficients, coefficient => coefficient.Estimate);
        FitAnswer.WriteEach(answer, "se", found.Coefficients, coefficient => coefficient.StandardError ?? double.NaN);
        answer.WriteFinite("tau2", found.Tau2.Estimate);

        // The weight of the first interval is 1 and not estimated.
        ResultJson.Numbers(answer, "delta", found.Steps.Count > 0 ? [.. found.Steps.Select(step => step.Weight)] : [.. found.Parameters.Select(parameter => parameter.Estimate)]);
        ResultJson.Numbers(answer, "se_delta", [.. found.Steps.Take(1).Select(_ => double.NaN), .. found.Parameters.Select(parameter => parameter.StandardError ?? double.NaN)]);
        answer.WriteFinite("ll", found.LogLikelihood);
        answer.WriteFinite("LRT", found.SelectionTest?.Statistic);
        answer.WriteFinite("LRTp", found.SelectionTest?.PValue);
    }
}
