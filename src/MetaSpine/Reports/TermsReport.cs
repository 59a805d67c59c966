using System.Text.Json;

namespace MetaSpine;

/// <summary>A meta-regression term by term and at chosen values of its moderators, in words, as tables and as JSON.</summary>
internal static class TermsReport
{
    public static IEnumerable<Block> Findings(RegressionTerms terms)
    {
        yield return new Paragraph("Term by term, each given all others, with the generalised variance inflation factor (GVIF) and its root for one coefficient:");
        yield return new TableBlock(new Table(
            [new("Term") { Wraps = true }, new("Test"), new("GVIF", Alignment.DecimalPoint), new("GVIF^(1/2m)", Alignment.DecimalPoint)],
            [.. terms.Tests.Zip(terms.Inflations, (test, inflation) => (string[])[
                test.Term, RegressionReport.Test(test.Test), Readable.Fixed(inflation.Factor, 2), Readable.Fixed(inflation.PerCoefficient, 2)])]));
        foreach (var category in terms.Categories)
        {
            var (effects, options) = (terms.Regression.Effects, terms.Regression.Options);
            yield return new Paragraph($"The mean of each category of {category.Moderator}, numbers at their mean and the other categories alike, and all differences, with p-values also adjusted by Holm for their number:");
            yield return new TableBlock(Natural(
                effects, options.Level, PooledReport.Capital(category.Moderator), [.. category.Means.Select(mean => (mean.Category, mean.Estimate, mean.Interval, (Interval?)null))]));
            var table = CoefficientTable.Of("Difference", Rows(category.Differences), options.Level, IsRatio(effects.Measure));
            yield return new TableBlock(new Table(
                [.. table.Columns, new("p, Holm", Alignment.Right)],
                [.. table.Rows.Zip(category.Differences.Contrasts, (row, contrast) => (string[])[.. row, Readable.PCell(contrast.AdjustedPValue)])]));
        }
    }

    public static IEnumerable<string> Methods(RegressionTerms terms)
    {
        yield return "Inflation: Fox and Monette 1992, doi:10.1080/01621459.1992.10475190; m is the number of a term's coefficients.";
        if (terms.Categories.Count > 0)
        {
            yield return "Means of categories: Searle, Speed and Milliken 1980, doi:10.1080/00031305.1980.10483031; adjusted p-values: Holm 1979, Scandinavian Journal of Statistics 6:65.";
        }
    }

    /// <summary>What the meta-regression predicts.</summary>
    public static IEnumerable<Block> Findings(EffectSizes effects, IReadOnlyList<Prediction> predictions)
    {
        yield return new Paragraph("The meta-regression predicts:");
        yield return new TableBlock(Natural(
            effects, predictions[0].Interval.Level, "At", [.. predictions.Select(p => (p.At.ToString(), p.Estimate, p.Interval, p.PredictionInterval))]));
    }

    /// <summary>The means of categories, where there are no tests of terms beside them.</summary>
    public static IEnumerable<Block> Findings(EffectSizes effects, IReadOnlyList<ModeratorMeans> moderators)
    {
        foreach (var (moderator, means) in moderators)
        {
            yield return new Paragraph($"The mean of each category of {moderator}, numbers at their mean and the other categories alike:");
            yield return new TableBlock(Natural(effects, means[0].Interval.Level, PooledReport.Capital(moderator), [.. means.Select(mean => (mean.Category, mean.Estimate, mean.Interval, (Interval?)null))]));
        }
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ModeratorMeans> moderators)
    {
        writer.WriteStartArray("means");
        foreach (var (moderator, means) in moderators)
        {
            writer.WriteStartObject();
            writer.WriteString("moderator", moderator);
            ResultJson.Coefficients(writer, [.. means.Select(Row)], "means");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static IReadOnlyList<CoefficientRow> Rows(ContrastSet contrasts) =>
        [.. contrasts.Contrasts.Select(c => new CoefficientRow(c.Name, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval))];

    public static CoefficientRow Row(MarginalMean mean) => new(mean.Category, mean.Estimate, mean.StandardError, null, mean.DegreesOfFreedom, null, mean.Interval);

    public static CoefficientRow Row(Prediction p) => new(p.At.ToString(), p.Estimate, p.StandardError, null, p.DegreesOfFreedom, null, p.Interval);

    public static void Write(Utf8JsonWriter writer, RegressionTerms terms)
    {
        writer.WriteStartObject("terms");
        writer.WriteStartArray("tests");
        foreach (var (test, inflation) in terms.Tests.Zip(terms.Inflations))
        {
            writer.WriteStartObject();
            writer.WriteString("term", test.Term);
            ResultJson.Moderators(writer, test.Test, "test");
            writer.WriteFinite("inflation", inflation.Factor);
            writer.WriteFinite("inflationPerCoefficient", inflation.PerCoefficient);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("categories");
        foreach (var category in terms.Categories)
        {
            writer.WriteStartObject();
            writer.WriteString("moderator", category.Moderator);
            ResultJson.Coefficients(writer, [.. category.Means.Select(Row)], "means");
            ResultJson.Coefficients(writer, Rows(category.Differences), "differences");
            ResultJson.Numbers(writer, "adjustedPValues", [.. category.Differences.Contrasts.Select(contrast => contrast.AdjustedPValue)]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Prediction> predictions)
    {
        writer.WriteStartArray("predictions");
        foreach (var prediction in predictions)
        {
            writer.WriteStartObject();
            writer.WriteString("at", prediction.At.ToString());
            writer.WriteFinite("estimate", prediction.Estimate);
            writer.WriteFinite("standardError", prediction.StandardError);
            writer.WriteFinite("degreesOfFreedom", prediction.DegreesOfFreedom);
            ResultJson.Interval(writer, "interval", prediction.Interval);
            ResultJson.Interval(writer, "predictionInterval", prediction.PredictionInterval);
            ResultJson.Natural(writer, prediction.Natural);
            ResultJson.Write(writer, "notes", prediction.Notes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool IsRatio(Measure measure) => measure.NullValue is 0 && ReferenceEquals(measure.Scale, MetaSpine.Scale.Log);

    /// <summary>Estimates on the scale that people read.</summary>
    private static Table Natural(EffectSizes effects, double level, string heading, IReadOnlyList<(string Name, double Estimate, Interval Interval, Interval? Prediction)> rows)
    {
        var format = NaturalFormat.For(effects.Measure, rows, row => ScaleTable.Back(effects, row.Interval));
        List<TableColumn> columns = [new(heading) { Wraps = true }, new(format.Heading, Alignment.DecimalPoint), new($"{Readable.Level(level)}% CI", Alignment.DecimalPoint)];
        if (rows.Any(row => row.Prediction is not null))
        {
            columns.Add(new($"{Readable.Level(level)}% PI", Alignment.DecimalPoint));
        }

        return new Table(columns, [.. rows.Select(row => ((string[])[
            row.Name, format.Number(effects.BackTransform(row.Estimate)), format.Range(ScaleTable.Back(effects, row.Interval)),
            row.Prediction is { } prediction ? format.Range(ScaleTable.Back(effects, prediction)) : ""])[..columns.Count])]);
    }
}
