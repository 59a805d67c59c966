using System.Text.Json;

namespace MetaSpine;

/// <summary>What an analysis of a review gave, in words and as tables.</summary>
internal static class AnalysisReport
{
    public static ReportParts Parts(AnalysisResult result)
    {
        var overall = (result.Overall as Reportable)?.Parts;
        var blocks = new List<Block>();
        if (result.Problem is not null)
        {
            blocks.Add(new Paragraph(result.Problem));
        }

        blocks.AddRange(overall?.Findings ?? []);
        var notes = new List<string>([.. result.Notes, .. overall?.Notes ?? []]);
        var sources = new List<string>(overall?.Sources ?? []);
        if (result.Further is { } further)
        {
            Further(further, result.Overall!.Effects, blocks, notes, sources);
        }

        if (result.SubgroupAnalysis is { } subgroups)
        {
            blocks.AddRange(SubgroupReport.Findings(subgroups));
            sources.AddRange(SubgroupReport.Methods(subgroups));
        }

        Regression(result, blocks, notes, sources);
        if (result.LocationScale is { } scale)
        {
            blocks.AddRange(LocationScaleReport.Findings(scale));
            notes.AddRange([.. scale.Notes, .. Without("location-scale model", scale.Excluded, result)]);
            sources.AddRange(LocationScaleReport.Methods(scale));
        }

        return new ReportParts(
            $"{PooledReport.Capital(result.Title)}: {overall?.Title ?? result.Measure.ReadAs}",
            blocks,
            [.. result.NotPooled.Select(study => $"{study.Label}: {study.Reason}"), .. overall?.LeftOut ?? []],
            notes,
            sources);
    }

    /// <summary>The meta-regression, by whichever model, and what is shown beside it.</summary>
    private static void Regression(AnalysisResult result, List<Block> blocks, List<string> notes, List<string> sources)
    {
        if (result.Regression is { } regression)
        {
            blocks.AddRange(RegressionReport.Findings(regression));
            notes.AddRange(Without("meta-regression", regression.Excluded, result));
            sources.AddRange(RegressionReport.Methods(regression));
        }

        if (result.CountRegression is { } counts)
        {
            blocks.AddRange(CountsReport.Regression(counts));
            notes.AddRange([.. counts.Notes, .. Without("meta-regression", counts.Excluded, result)]);
            sources.AddRange(RegressionReport.Scale(result.Measure));
        }

        if (result.MultilevelRegression is { } multilevel)
        {
            blocks.AddRange(MultilevelReport.Findings(multilevel));
            notes.AddRange([.. multilevel.Notes, .. Without("meta-regression", multilevel.Excluded, result)]);
            sources.Add($"Meta-regression of the dependent effects: {ModelText.Convergence(multilevel.Provenance)}.");
            sources.AddRange(RegressionReport.Scale(result.Measure));
        }

        if (result.Analysis.Formula is { } formula && (result.Regression is not null || result.CountRegression is not null || result.MultilevelRegression is not null))
        {
            sources.Add($"Formula of the meta-regression: {formula}.");
        }

        if (result.RegressionFurther is { } further)
        {
            Further(further, result.Overall!.Effects, blocks, notes, sources);
        }
    }

    /// <summary>Studies that are pooled but lack what another model needs.</summary>
    private static IEnumerable<string> Without(string model, IReadOnlyList<ExcludedStudy> excluded, AnalysisResult result)
    {
        var notPooled = result.Overall!.Excluded.Select(study => study.Row).ToHashSet();
        var without = excluded.Where(study => !notPooled.Contains(study.Row)).Select(study => $"{study.Label} ({study.Reason})").ToList();
        return without.Count == 0 ? [] : [$"Not in the {model}: {string.Join(", ", without)}."];
    }

    private static void Further(FurtherResults further, EffectSizes effects, List<Block> blocks, List<string> notes, List<string> sources)
    {
        if (further.Robust is { } robust)
        {
            blocks.AddRange(RobustReport.Findings(robust));
            notes.AddRange(robust.Notes);
            sources.AddRange(RobustReport.Methods(robust));
        }

        if (further.MultilevelRobust is { } errors)
        {
            blocks.AddRange(MultilevelRobustReport.Findings(errors));
            notes.AddRange(errors.Notes);
            sources.AddRange(MultilevelRobustReport.Methods(errors));
        }

        if (further.Permutation is { } permutation)
        {
            blocks.AddRange(ResamplingReport.Findings(permutation));
            notes.AddRange(ResamplingReport.Notes(permutation));
            sources.AddRange(ResamplingReport.Methods(permutation));
        }

        foreach (var bootstrap in new[] { further.Bootstrap, further.ParametricBootstrap }.OfType<BootstrapResult>())
        {
            blocks.AddRange(ResamplingReport.Findings(bootstrap));
            notes.AddRange(ResamplingReport.Notes(bootstrap));
            sources.AddRange(ResamplingReport.Methods(bootstrap));
        }

        if (further.HenmiCopas is { } henmi)
        {
            blocks.AddRange(IntervalReport.Findings(henmi));
            sources.AddRange(IntervalReport.Methods(henmi));
        }

        if (further.Nagashima is { } nagashima)
        {
            blocks.AddRange(IntervalReport.Findings(nagashima));
            sources.AddRange(IntervalReport.Methods(nagashima));
        }

        if (further.Share is { } share)
        {
            blocks.AddRange(IntervalReport.Findings(share));
            sources.AddRange(IntervalReport.Methods(share));
        }

        if (further.AllSubsets is { } models)
        {
            blocks.AddRange(MultimodelReport.Findings(models));
            notes.AddRange(models.Notes);
            sources.AddRange(MultimodelReport.Methods(models));
        }

        if (further.Terms is { } terms)
        {
            blocks.AddRange(TermsReport.Findings(terms));
            sources.AddRange(TermsReport.Methods(terms));
        }

        blocks.AddRange(TermsReport.Findings(effects, further.Means));
        if (further.Predictions is [_, ..])
        {
            blocks.AddRange(TermsReport.Findings(effects, further.Predictions));
            notes.AddRange(further.Predictions.SelectMany(prediction => prediction.Notes).Distinct());
        }

        if (further.Profiles is [var profile, ..])
        {
            blocks.AddRange(IntervalReport.Findings(further.Profiles));
            sources.AddRange(IntervalReport.Methods(profile));
        }
    }

    /// <summary>The rows of all analyses, each with the id of its analysis; all digits kept.</summary>
    public static Table Exact(IReadOnlyList<AnalysisResult> results) => new(AnalysisRows.Columns, [.. results.SelectMany(AnalysisRows.Of)]);

    public static void Write(Utf8JsonWriter writer, AnalysisResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", result.Analysis.Id);
        writer.WriteString("title", result.Title);
        writer.WriteString("outcome", result.Analysis.Outcome);
        writer.WriteString("measure", result.Measure.Code);
        writer.WriteString("problem", result.Problem);
        writer.WritePropertyName("pooled");
        Optional(writer, result.Pooled);
        IfAny(writer, "stratified", result.Stratified);
        IfAny(writer, "countModel", result.CountModel);
        IfAny(writer, "countRegression", result.CountRegression);
        IfAny(writer, "betaBinomial", result.BetaBinomial);
        IfAny(writer, "exact", result.Exact);
        IfAny(writer, "multilevel", result.Multilevel);
        IfAny(writer, "multilevelRegression", result.MultilevelRegression);
        SubgroupReport.Groups(writer, "subgroups", result.Subgroups);
        if (result.Subgroups.Count > 0)
        {
            writer.WriteString("subgroupTau2", ModelNames.Of(result.SubgroupTau2).Code);
        }

        ResultJson.Write(writer, "subgroupTest", result.SubgroupTest);
        writer.WritePropertyName("regression");
        Optional(writer, result.Regression);
        IfAny(writer, "locationScale", result.LocationScale);
        Write(writer, "further", result.Further);
        Write(writer, "regressionFurther", result.RegressionFurther);
        writer.WriteStartArray("notPooled");
        foreach (var study in result.NotPooled)
        {
            writer.WriteStartObject();
            writer.WriteString("study", study.StudyId);
            writer.WriteString("label", study.Label);
            writer.WriteString("reason", study.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, FurtherResults? further)
    {
        if (further is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        IfAny(writer, "robust", further.Robust);
        IfAny(writer, "multilevelRobust", further.MultilevelRobust);
        IfAny(writer, "permutation", further.Permutation);
        IfAny(writer, "bootstrap", further.Bootstrap);
        IfAny(writer, "parametricBootstrap", further.ParametricBootstrap);
        IfAny(writer, "henmiCopas", further.HenmiCopas);
        IfAny(writer, "nagashima", further.Nagashima);
        IfAny(writer, "share", further.Share);
        IfAny(writer, "allSubsets", further.AllSubsets);
        if (further.Terms is { } terms)
        {
            TermsReport.Write(writer, terms);
        }

        if (further.Means.Count > 0)
        {
            TermsReport.Write(writer, further.Means);
        }

        if (further.Predictions.Count > 0)
        {
            TermsReport.Write(writer, further.Predictions);
        }

        if (further.Profiles.Count > 0)
        {
            writer.WriteStartArray("profiles");
            foreach (var profile in further.Profiles)
            {
                profile.Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void IfAny(Utf8JsonWriter writer, string name, Reportable? result)
    {
        if (result is not null)
        {
            writer.WritePropertyName(name);
            result.Write(writer);
        }
    }

    private static void Optional(Utf8JsonWriter writer, Reportable? result)
    {
        if (result is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            result.Write(writer);
        }
    }
}
