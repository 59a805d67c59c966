using System.Text.Json;

namespace MetaSpine;

/// <summary>Profile-likelihood and Henmi-Copas intervals in words, as tables and as JSON.</summary>
internal static class IntervalReport
{
    private const string Statistic = "χ²(1)";

    public static ReportParts Parts(HenmiCopasResult result) => new(
        $"{ModelText.Subject(result.Model)}, Henmi-Copas interval",
        Findings(result),
        ModelText.LeftOut(result.Model),
        [],
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static ReportParts Parts(CoefficientProfile result) => new(
        $"{ModelText.Subject(result.Model)}, profile likelihood",
        Findings([result]),
        ModelText.LeftOut(result.Model),
        [],
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static IEnumerable<Block> Findings(HenmiCopasResult result)
    {
        var effects = result.Model.Effects;
        yield return new Paragraph(
            $"By Henmi and Copas, with less weight on small studies, the {ModelText.Finding(result.Model, result.Estimate, result.Interval)}.");
        yield return new TableBlock(ScaleTable.Of(effects, result.Interval.Level, new CoefficientRow("", result.Estimate, result.StandardError, null, null, null, result.Interval)));
    }

    public static IEnumerable<string> Methods(HenmiCopasResult result)
    {
        yield return $"Henmi-Copas: the equal-effects estimate with a standard error of random effects (DerSimonian-Laird τ² = {ModelText.Variance(result.Tau2)}) "
            + $"and its own critical value ({Readable.Fixed(result.CriticalValue, 2)}); Henmi and Copas 2010, doi:10.1002/sim.4029.";
    }

    public static Table Exact(HenmiCopasResult result) =>
        CoefficientTable.Exact([new CoefficientRow("estimate", result.Estimate, result.StandardError, null, null, null, result.Interval)]);

    public static void Write(Utf8JsonWriter writer, HenmiCopasResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteFinite("estimate", result.Estimate);
        writer.WriteFinite("standardError", result.StandardError);
        writer.WriteFinite("tau2", result.Tau2);
        writer.WriteFinite("criticalValue", result.CriticalValue);
        ResultJson.Interval(writer, "interval", result.Interval);
        ResultJson.Natural(writer, result.Model.Effects, result.Estimate, result.Interval);
        writer.WriteEndObject();
    }

    public static ReportParts Parts(ConfidencePredictionResult result) => new(
        $"{ModelText.Subject(result.Model)}, prediction interval",
        Findings(result),
        ModelText.LeftOut(result.Model),
        [],
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static IEnumerable<Block> Findings(ConfidencePredictionResult result)
    {
        var effects = result.Model.Effects;
        var natural = ScaleTable.Back(effects, result.Interval);
        var format = new NaturalFormat(effects.Measure, natural);
        yield return new Paragraph(
            $"By Nagashima et al., with τ² as uncertain as it is, the true {effects.Measure.ReadAs} of a new, similar study is expected between {format.Number(natural.Lower)}{format.Unit} "
            + $"and {format.Number(natural.Upper)}{format.Unit} ({Readable.Level(natural.Level)}% prediction interval).");
    }

    public static IEnumerable<string> Methods(ConfidencePredictionResult result) =>
        [$"Prediction interval over the confidence distribution of τ², integrated in place of a bootstrap: {ModelNames.Of(FurtherInference.Nagashima).Source}."];

    public static Table Exact(ConfidencePredictionResult result) =>
        CoefficientTable.Exact([new CoefficientRow("prediction", double.NaN, null, null, null, null, result.Interval)]);

    public static void Write(Utf8JsonWriter writer, ConfidencePredictionResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        ResultJson.Interval(writer, "interval", result.Interval);
        ResultJson.Interval(writer, "natural", ScaleTable.Back(result.Model.Effects, result.Interval));
        writer.WriteEndObject();
    }

    public static ReportParts Parts(ThresholdShare result) => new(
        $"{ModelText.Subject(result.Model)}, share beyond a threshold",
        Findings(result),
        ModelText.LeftOut(result.Model),
        [],
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static IEnumerable<Block> Findings(ThresholdShare result)
    {
        var measure = result.Model.Effects.Measure;
        yield return new Paragraph(
            $"In settings like those of the studies, the true {measure.ReadAs} is expected below {Readable.Exact(result.Threshold)} in {Share(result.Below)} and above it in {Share(1 - result.Below)}.");

        static string Share(double share) => share is > 0 and < .001 ? "less than 0.1%" : share is > .999 and < 1 ? "more than 99.9%" : $"{Readable.Fixed(100 * share, 1)}%";
    }

    public static IEnumerable<string> Methods(ThresholdShare result) =>
        [$"Shares of settings: the distribution that the {Readable.Level(result.Model.Options.Level)}% prediction interval is of."];

    public static Table Exact(ThresholdShare result) => new(
        [new("threshold"), new("share_below"), new("share_above")],
        [[Readable.Exact(result.Threshold), Readable.Exact(result.Below), Readable.Exact(1 - result.Below)]]);

    public static void Write(Utf8JsonWriter writer, ThresholdShare result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteFinite("threshold", result.Threshold);
        writer.WriteFinite("shareBelow", result.Below);
        writer.WriteFinite("shareAbove", 1 - result.Below);
        writer.WriteEndObject();
    }

    /// <summary>The profiles of the coefficients of one model.</summary>
    public static IEnumerable<Block> Findings(IReadOnlyList<CoefficientProfile> profiles)
    {
        var (first, model) = (profiles[0], profiles[0].Model);
        var level = first.Interval.Level;
        if (model is PooledResult)
        {
            yield return new Paragraph(
                $"By maximum likelihood (τ² = {ModelText.Variance(first.Tau2)}), the {ModelText.Finding(model, first.Estimate, first.Interval, Test(first))}, a profile-likelihood interval.");
            yield return new TableBlock(ScaleTable.Of(model.Effects, level, Row(first), Statistic));
            yield break;
        }

        yield return new Paragraph($"Profile-likelihood intervals, around the estimates by maximum likelihood (τ² = {ModelText.Variance(first.Tau2)}):");
        yield return new TableBlock(CoefficientTable.Of(model.Effects.Measure, [.. profiles.Select(Row)], level, Statistic));
    }

    public static IEnumerable<string> Methods(CoefficientProfile result)
    {
        yield return "Profile likelihood: τ² and the other coefficients at their best for each value; likelihood-ratio test; Hardy and Thompson 1996, Statistics in Medicine 15:619.";
        if (result.Model is RegressionResult)
        {
            foreach (var line in RegressionReport.Scale(result.Model.Effects.Measure))
            {
                yield return line;
            }
        }
    }

    public static Table Exact(CoefficientProfile result) => CoefficientTable.Exact([Row(result)]);

    public static void Write(Utf8JsonWriter writer, CoefficientProfile result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteString("name", result.Name);
        writer.WriteFinite("estimate", result.Estimate);
        writer.WriteFinite("tau2", result.Tau2);
        writer.WriteFinite("logLikelihood", result.LogLikelihood);
        writer.WriteFinite("statistic", result.Statistic);
        writer.WriteFinite("pValue", result.PValue);
        ResultJson.Interval(writer, "interval", result.Interval);
        writer.WriteEndObject();
    }

    private static string Test(CoefficientProfile profile) => $"{Statistic} = {Readable.Fixed(profile.Statistic, 2)}, {Readable.PValue(profile.PValue)}";

    private static CoefficientRow Row(CoefficientProfile profile) => new(profile.Name, profile.Estimate, null, profile.Statistic, null, profile.PValue, profile.Interval);
}
