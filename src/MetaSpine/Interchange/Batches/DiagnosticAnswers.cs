using System.Text.Json;

namespace MetaSpine;

/// <summary>Diagnostics under metafor's names, a column an array in the order of the studies.</summary>
internal static class DiagnosticAnswers
{
    private static readonly double[] Quantiles = [.05, .25, .5, .75, .95];

    public static void Influence(Utf8JsonWriter answer, InfluenceResult result) => Columns(answer, result.Studies,
        ("rstudent", study => study.Deleted?.Studentised),
        ("dffits", study => study.Deleted?.Dffits),
        ("cook", study => study.Deleted?.CooksDistance),
        ("cov_r", study => study.Deleted?.CovarianceRatio),
        ("tau2_del", study => study.Deleted?.Tau2),
        ("QE_del", study => study.Deleted?.Q.Statistic),
        ("hat", study => study.Hat),
        ("weight", study => 100 * study.Weight),
        ("dfbs", study => study.Deleted?.Dfbetas[0]));

    /// <summary>The influential studies by their numbers, from 1.</summary>
    public static void Influential(Utf8JsonWriter answer, InfluenceResult result)
    {
        answer.WriteStartArray();
        foreach (var study in result.Influential)
        {
            answer.WriteNumberValue(study.Row + 1);
        }

        answer.WriteEndArray();
    }

    public static void Standardised(Utf8JsonWriter answer, InfluenceResult result) => Columns(answer, result.Studies,
        ("resid", study => study.Residual), ("se", study => study.ResidualStandardError), ("z", study => study.Standardised));

    public static void Studentised(Utf8JsonWriter answer, InfluenceResult result) => Columns(answer, result.Studies,
        ("resid", study => study.Deleted?.Residual), ("se", study => study.Deleted?.ResidualStandardError), ("z", study => study.Deleted?.Studentised));

    public static void Subsets(Utf8JsonWriter answer, IReadOnlyList<SubsetResult> subsets) => Columns(answer, subsets,
        ("estimate", subset => subset.Estimate),
        ("se", subset => subset.StandardError),
        ("pval", subset => subset.PValue),
        ("ci_lb", subset => subset.Interval.Lower),
        ("ci_ub", subset => subset.Interval.Upper),
        ("Q", subset => subset.Q?.Statistic),
        ("tau2", subset => subset.Tau2),
        ("I2", subset => subset.I2),
        ("H2", subset => subset.H2));

    public static void Predictions(Utf8JsonWriter answer, BlupResult result) => Columns(answer, result.Studies,
        ("pred", study => study.Estimate), ("se", study => study.StandardError), ("pi_lb", study => study.PredictionInterval.Lower), ("pi_ub", study => study.PredictionInterval.Upper));

    public static void Subsets(Utf8JsonWriter answer, GoshResult result)
    {
        answer.WriteStartObject();
        answer.WriteNumber("rows", result.Subsets);
        answer.WriteFinite("mean_estimate", result.MeanEstimate);
        answer.WriteFinite("sd_estimate", result.EstimateDeviation);
        answer.WriteFinite("mean_I2", result.MeanI2);
        ResultJson.Numbers(answer, "q_estimate", [.. Quantiles.Select(result.Quantile)]);
        answer.WriteEndObject();
    }

    public static void HenmiCopas(Utf8JsonWriter answer, HenmiCopasResult result)
    {
        answer.WriteStartObject();
        answer.WriteFinite("beta", result.Estimate);
        answer.WriteFinite("se", result.StandardError);
        answer.WriteFinite("ci_lb", result.Interval.Lower);
        answer.WriteFinite("ci_ub", result.Interval.Upper);
        answer.WriteEndObject();
    }

    public static void Permutation(Utf8JsonWriter answer, PermutationResult result)
    {
        if (!result.IsExact)
        {
            throw new PoolingException("There are too many studies to try all sign changes of their estimates; the exact test takes up to 20.");
        }

        answer.WriteStartObject();
        answer.WriteFinite("pval", result.Coefficients[0].PValue);
        answer.WriteEndObject();
    }

    private static void Columns<T>(Utf8JsonWriter answer, IReadOnlyList<T> rows, params ReadOnlySpan<(string Name, Func<T, double?> Value)> columns)
    {
        answer.WriteStartObject();
        foreach (var (name, value) in columns)
        {
            answer.WriteStartArray(name);
            foreach (var row in rows)
            {
                answer.WriteFinite(value(row));
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
    }
}
