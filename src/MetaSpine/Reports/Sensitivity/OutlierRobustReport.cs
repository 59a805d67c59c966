using System.Text.Json;

namespace MetaSpine;

/// <summary>Models whose random effects may have outliers in words, as tables and as JSON.</summary>
internal static class OutlierRobustReport
{
    private const string Statistic = "χ²(1)";

    public static ReportParts Parts(OutlierRobustResult result) => new(
        $"{ModelText.Subject(result.Model)}, random effects with outliers",
        Findings(result),
        ModelText.LeftOut(result.Model),
        result.Notes,
        [.. ModelText.EffectSize(result.Model.Effects.Measure), Method(result)]);

    public static (bool Holds, string Verdict)? Verdict(OutlierRobustResult result) =>
        SensitivityText.Compare((PooledResult)result.Model, "With outliers allowed for", result.Estimate, result.Interval);

    public static Table Exact(OutlierRobustResult result) => CoefficientTable.Exact(Rows(result));

    public static void Write(Utf8JsonWriter writer, OutlierRobustResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteString("shape", result.Shape == RandomEffectsShape.Mixture ? "mixture" : "studentT");
        ResultJson.Coefficients(writer, Rows(result));
        writer.WriteFinite("tau2", result.Tau2);
        writer.WriteFinite("inverseDegreesOfFreedom", result.InverseDegreesOfFreedom);
        writer.WriteFinite("outlierTau2", result.OutlierTau2);
        writer.WriteFinite("outlierShare", result.OutlierShare);
        writer.WriteFinite("logLikelihood", result.LogLikelihood);
        writer.WriteFinite("normalLogLikelihood", result.NormalLogLikelihood);
        writer.WriteFinite("aic", result.Aic);
        writer.WriteFinite("bic", result.Bic);
        writer.WriteStartArray("studies");
        foreach (var study in result.Studies)
        {
            writer.WriteStartObject();
            writer.WriteString("label", study.Label);
            writer.WriteNumber("row", study.Row);
            writer.WriteFinite("weight", study.Weight);
            writer.WriteFinite("outlierProbability", study.OutlierProbability);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    private static IEnumerable<Block> Findings(OutlierRobustResult result)
    {
        var (model, first, level) = (result.Model, result.Coefficients[0], result.Interval.Level);
        var name = result.Shape == RandomEffectsShape.Mixture ? "a mixture of ordinary and outlying studies" : "a t distribution";
        if (model is PooledResult)
        {
            var test = $"{Statistic} = {Readable.Fixed(first.Statistic, 2)}, {Readable.PValue(first.PValue)}";
            yield return new Paragraph($"With random effects that may have outliers ({name}), the {ModelText.Finding(model, first.Estimate, first.Interval, test)}.");
            yield return new Paragraph(Spread(result));
            yield return new TableBlock(ScaleTable.Of(model.Effects, level, Rows(result)[0], Statistic));
        }
        else
        {
            yield return new Paragraph($"With random effects that may have outliers ({name}); intervals by profile likelihood:");
            yield return new Paragraph(Spread(result));
            yield return new TableBlock(CoefficientTable.Of(model.Effects.Measure, Rows(result), level, Statistic));
        }

        yield return new TableBlock(Studies(result));
    }

    private static string Spread(OutlierRobustResult result) => result switch
    {
        _ when result.LogLikelihood - result.NormalLogLikelihood <= OutlierRobust.Gain => $"The random effects are normal ones here, with τ² = {ModelText.Variance(result.Tau2)}.",
        { OutlierTau2: { } outlying, OutlierShare: { } share } =>
            $"τ² is {ModelText.Variance(result.Tau2)} among ordinary studies and {ModelText.Variance(outlying)} among outlying ones, whose share is put at {ModelText.Percent(100 * share)}%.",
        { InverseDegreesOfFreedom: > 0 and var inverse } =>
            $"The t distribution has {Readable.Significant(1 / inverse)} degrees of freedom and the squared scale {ModelText.Variance(result.Tau2)}.",
        _ => $"The t distribution is nearly normal here, with the squared scale {ModelText.Variance(result.Tau2)}.",
    };

    private static Table Studies(OutlierRobustResult result)
    {
        List<(string Heading, Func<RobustStudy, int, string> Cell)> columns =
        [
            ("Weight", (study, _) => $"{Readable.Fixed(100 * study.Weight, 1)}%"),
            ("Usual weight", (_, i) => $"{Readable.Fixed(100 * result.Model.Studies[i].Weight, 1)}%"),
            ("P(outlier)", (study, _) => study.OutlierProbability is { } probability ? Readable.Fixed(probability, 2) : ""),
        ];
        columns.RemoveAll(column => column.Heading == "P(outlier)" && result.OutlierShare is null);
        return new Table(
            [new("Study"), .. columns.Select(column => new TableColumn(column.Heading, Alignment.DecimalPoint))],
            [.. result.Studies.Select((study, i) => (string[])[study.Label, .. columns.Select(column => column.Cell(study, i))])]);
    }

    private static string Method(OutlierRobustResult result) =>
        (result.Shape == RandomEffectsShape.Mixture
            ? "Random effects from a mixture of two normal distributions; Beath 2014, doi:10.1002/jrsm.1114"
            : "Random effects from a t distribution; Baker and Jackson 2008, doi:10.1007/s10729-007-9041-8")
        + "; marginal maximum likelihood, likelihood-ratio tests, profile-likelihood intervals.";

    private static IReadOnlyList<CoefficientRow> Rows(OutlierRobustResult result) =>
        [.. result.Coefficients.Select(c => new CoefficientRow(c.Name, c.Estimate, null, c.Statistic, null, c.PValue, c.Interval))];
}
