using System.Text.Json;

namespace MetaSpine;

/// <summary>Case diagnostics in words, as tables and as JSON.</summary>
internal static class InfluenceReport
{
    public static ReportParts Parts(InfluenceResult result) => new(
        $"{ModelText.Subject(result.Model)}, influence of each study",
        [new Paragraph(Sentence(result)), new TableBlock(Studies(result))],
        ModelText.LeftOut(result.Model),
        result.Studies.Any(study => study.Deleted is null || study.Flags != InfluenceCriteria.None) ? result.Notes : [],
        [.. ModelText.Sources(result.Model), Method(result)]);

    private static string Sentence(InfluenceResult result)
    {
        var names = result.Influential.Select(study => study.Label).ToList();
        return names.Count switch
        {
            0 => $"None of the {result.Studies.Count} studies is beyond the usual limits of influence.",
            1 => $"One of the {result.Studies.Count} studies is influential: {names[0]}.",
            _ => $"{names.Count} of the {result.Studies.Count} studies are influential: {Wording.List(names)}.",
        };
    }

    public static (bool Holds, string Verdict)? Verdict(InfluenceResult result) => (!result.Influential.Any(), Sentence(result));

    public static Table Exact(InfluenceResult result)
    {
        TableColumn[] columns =
        [
            .. new[]
            {
                "label", "weight", "hat", "residual", "residual_se", "standardised", "pearson", "deleted_residual", "deleted_residual_se", "studentised", "dffits",
                "cooks_distance", "covariance_ratio", "tau2", "q", "q_df", "q_p", "flags",
            }.Select(name => new TableColumn(name)),
            .. result.Columns.Select(name => new TableColumn($"coefficient {name}")),
            .. result.Columns.Select(name => new TableColumn($"dfbetas {name}")),
        ];
        return new Table(columns, [.. result.Studies.Select(study =>
        {
            var deleted = study.Deleted;
            return (string[])
            [
                study.Label,
                .. new[]
                {
                    study.Weight, study.Hat, study.Residual, study.ResidualStandardError, study.Standardised, study.Pearson, deleted?.Residual, deleted?.ResidualStandardError,
                    deleted?.Studentised, deleted?.Dffits, deleted?.CooksDistance, deleted?.CovarianceRatio, deleted?.Tau2, deleted?.Q.Statistic, deleted?.Q.DegreesOfFreedom,
                    deleted?.Q.PValue,
                }.Select(Readable.Exact),
                string.Join(' ', Flags(study.Flags)),
                .. Enumerable.Range(0, result.Columns.Count).Select(j => Readable.Exact(deleted?.Coefficients[j])),
                .. Enumerable.Range(0, result.Columns.Count).Select(j => Readable.Exact(deleted?.Dfbetas[j])),
            ];
        })]);
    }

    public static void Write(Utf8JsonWriter writer, InfluenceResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        ResultJson.Write(writer, "columns", result.Columns);
        writer.WriteStartObject("limits");
        writer.WriteFinite("dffits", result.Limits.Dffits);
        writer.WriteFinite("cooksDistance", result.Limits.CooksDistance);
        writer.WriteFinite("hat", result.Limits.Hat);
        writer.WriteFinite("dfbetas", result.Limits.Dfbetas);
        writer.WriteEndObject();
        writer.WriteStartArray("studies");
        foreach (var study in result.Studies)
        {
            writer.WriteStartObject();
            writer.WriteString("label", study.Label);
            writer.WriteNumber("row", study.Row);
            writer.WriteFinite("weight", study.Weight);
            writer.WriteFinite("hat", study.Hat);
            writer.WriteFinite("residual", study.Residual);
            writer.WriteFinite("residualStandardError", study.ResidualStandardError);
            writer.WriteFinite("standardised", study.Standardised);
            writer.WriteFinite("pearson", study.Pearson);
            ResultJson.Write(writer, "flags", [.. Flags(study.Flags)]);
            Write(writer, study.Deleted);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DeletedFit? deleted)
    {
        if (deleted is null)
        {
            writer.WriteNull("deleted");
            return;
        }

        writer.WriteStartObject("deleted");
        ResultJson.Numbers(writer, "coefficients", deleted.Coefficients);
        writer.WriteFinite("tau2", deleted.Tau2);
        ResultJson.Write(writer, "q", deleted.Q);
        writer.WriteFinite("residual", deleted.Residual);
        writer.WriteFinite("residualStandardError", deleted.ResidualStandardError);
        writer.WriteFinite("studentised", deleted.Studentised);
        writer.WriteFinite("dffits", deleted.Dffits);
        writer.WriteFinite("cooksDistance", deleted.CooksDistance);
        writer.WriteFinite("covarianceRatio", deleted.CovarianceRatio);
        ResultJson.Numbers(writer, "dfbetas", deleted.Dfbetas);
        writer.WriteEndObject();
    }

    /// <summary>The leverage of a pooled result is the weight, so that only a meta-regression has a column of it.</summary>
    private static Table Studies(InfluenceResult result)
    {
        var isRegression = result.Columns.Count > 1;
        var hasTau2 = result.Model.Options.Method != PoolingMethod.EE;
        List<(string Heading, Func<StudyInfluence, string> Cell)> columns =
        [
            ("Weight", study => $"{Readable.Fixed(100 * study.Weight, 1)}%"),
            ("Residual", study => Two(study.Deleted?.Studentised)),
            ("DFFITS", study => Two(study.Deleted?.Dffits)),
            ("Cook", study => Two(study.Deleted?.CooksDistance)),
            ("Cov. ratio", study => Two(study.Deleted?.CovarianceRatio)),
            ("τ²", study => study.Deleted is { } deleted ? ModelText.Variance(deleted.Tau2) : "–"),
            ("Q", study => Two(study.Deleted?.Q.Statistic)),
            ("Leverage", study => Two(study.Hat)),
            ("", study => study.Flags == InfluenceCriteria.None ? "" : "◆"),
        ];
        columns.RemoveAll(column => (column.Heading.Length == 0 && !result.Influential.Any()) || (column.Heading == "Leverage" && !isRegression) || (column.Heading == "τ²" && !hasTau2));
        return new Table(
            [new("Without"), .. columns.Select(column => new TableColumn(column.Heading, column.Heading.Length == 0 ? Alignment.Left : Alignment.DecimalPoint))],
            [.. result.Studies.Select(study => (string[])[study.Label, .. columns.Select(column => column.Cell(study))])]);
    }

    private static string Method(InfluenceResult result) =>
        "Influence: the model fitted again without each study, τ² included. Residual: the study's estimate less what the others predict, in its standard errors; "
        + $"τ² and Q are those without it. ◆: beyond |DFFITS| {Two(result.Limits.Dffits)}, Cook's distance {Two(result.Limits.CooksDistance)}, "
        + $"leverage {Two(result.Limits.Hat)} or |DFBETAS| {Two(result.Limits.Dfbetas)}, rules of thumb and not tests; {SensitivityText.CaseDiagnostics}.";

    private static IEnumerable<string> Flags(InfluenceCriteria flags) =>
        new[] { InfluenceCriteria.Dffits, InfluenceCriteria.CooksDistance, InfluenceCriteria.Hat, InfluenceCriteria.Dfbetas }.Where(flag => flags.HasFlag(flag)).Select(flag => flag switch
        {
            InfluenceCriteria.Dffits => "dffits",
            InfluenceCriteria.CooksDistance => "cooksDistance",
            InfluenceCriteria.Hat => "hat",
            _ => "dfbetas",
        });

    private static string Two(double? value) => value is { } number ? Readable.Fixed(number, 2) : "–";
}
