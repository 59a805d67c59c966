using System.Text.Json;

namespace MetaSpine;

/// <summary>A location-scale model in words, as tables and as JSON.</summary>
internal static class LocationScaleReport
{
    public static ReportParts Parts(LocationScaleResult result) => new(
        $"location-scale model of the {result.Effects.Measure.Name}, {MethodNames.Of(result.Options.Method).Code}",
        Findings(result),
        ModelText.LeftOut(result.Excluded),
        result.Notes,
        [.. ModelText.EffectSize(result.Effects.Measure), .. Methods(result)]);

    public static IEnumerable<Block> Findings(LocationScaleResult result)
    {
        var measure = result.Effects.Measure;
        var level = result.Options.Level;
        yield return new Paragraph(string.Join(' ', Sentences(result)));
        yield return new TableBlock(CoefficientTable.Of(
            "Mean", CoefficientRow.Of(result.Coefficients), level, measure.NullValue is 0 && ReferenceEquals(measure.Scale, Scale.Log)));
        yield return new TableBlock(CoefficientTable.Of(
            Variance(result), ScaleRows(result), level, result.Link == ScaleLink.Log));
    }

    public static IEnumerable<string> Methods(LocationScaleResult result)
    {
        yield return $"Location-scale model: {(result.Link == ScaleLink.Log ? "ln τ² is linear in its moderators; exp(b) multiplies τ²" : "τ² is linear in its moderators, and not below 0 in any study")}; "
            + $"{MethodNames.Of(result.Options.Method).Name}; {ModelText.Convergence(result.Provenance)}; Viechtbauer and López-López 2022, doi:10.1002/jrsm.1562.";
        var test = MethodNames.Of(result.Options.Test);
        yield return $"Tests and intervals of the mean: {test.Name}; {test.Source}. Those of {Variance(result)}: Wald.";
        foreach (var line in RegressionReport.Scale(result.Effects.Measure))
        {
            yield return line;
        }
    }

    public static Table Exact(LocationScaleResult result) => new(
        [new("part"), .. CoefficientTable.ExactColumns],
        [
            .. CoefficientRow.Of(result.Coefficients).Select(row => (string[])["location", .. CoefficientTable.Exact(row)]),
            .. ScaleRows(result).Select(row => (string[])["scale", .. CoefficientTable.Exact(row)]),
        ]);

    public static void Write(Utf8JsonWriter writer, LocationScaleResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteString("method", MethodNames.Of(result.Options.Method).Code);
        writer.WriteString("test", MethodNames.Of(result.Options.Test).Code);
        writer.WriteString("link", ModelNames.Of(result.Link).Code);
        writer.WriteFinite("level", result.Options.Level);
        writer.WriteNumber("studyCount", result.Studies.Count);
        ResultJson.Coefficients(writer, CoefficientRow.Of(result.Coefficients));
        ResultJson.Matrix(writer, "covariance", result.Covariance);
        ResultJson.Moderators(writer, result.Moderators);
        ResultJson.Coefficients(writer, ScaleRows(result), "scaleCoefficients");
        ResultJson.Matrix(writer, "scaleCovariance", result.ScaleCovariance);
        ResultJson.Moderators(writer, result.ScaleModerators, "scaleModerators");
        ResultJson.Write(writer, "constantTau2", result.ConstantTau2);
        ResultJson.Write(writer, "q", result.Q);
        ResultJson.Write(writer, result.Fit);
        writer.WriteStartArray("studies");
        foreach (var (study, tau2) in result.Studies.Zip(result.StudyTau2))
        {
            writer.WriteStartObject();
            ResultJson.Effect(writer, study.Effect);
            writer.WriteFinite("weight", study.Weight);
            writer.WriteFinite("tau2", tau2);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Excluded(writer, result.Excluded);
        ResultJson.Provenance(writer, result.Provenance);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    private static IEnumerable<string> Sentences(LocationScaleResult result)
    {
        var studies = ModelText.Studies(result.Effects, [.. result.Studies.Select(study => study.Row)]);
        yield return $"In a location-scale model the mean {result.Effects.Measure.Name} of {studies} depends on {RegressionReport.Names(result.Coefficients.Select(c => c.Name))}, "
            + $"and {Variance(result)} on {RegressionReport.Names(result.ScaleCoefficients.Select(c => c.Name))}.";
        if (result.Coefficients.Count > 1)
        {
            yield return $"Test of the moderators of the mean: {RegressionReport.Test(result.Moderators)}.";
        }

        if (result.ScaleModerators is { } test)
        {
            yield return $"Test of the moderators of τ²: {RegressionReport.Test(test)}.";
        }

        if (result.ConstantTau2 is { } ratio)
        {
            yield return $"Likelihood-ratio test against one τ² for all studies: {ModelText.Test("χ²", ratio)}.";
        }

        yield return $"τ² of the studies: {ModelText.Variance(result.StudyTau2.Min())} to {ModelText.Variance(result.StudyTau2.Max())}.";
    }

    private static string Variance(LocationScaleResult result) => result.Link == ScaleLink.Log ? "ln τ²" : "τ²";

    public static IReadOnlyList<CoefficientRow> ScaleRows(LocationScaleResult result) =>
        [.. result.ScaleCoefficients.Select(c => new CoefficientRow(c.Name, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval))];
}
