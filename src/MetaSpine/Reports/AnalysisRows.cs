namespace MetaSpine;

/// <summary>The rows of an analysis for other programs, all digits kept; column <c>row</c> says what each is.</summary>
internal static class AnalysisRows
{
    public static IReadOnlyList<TableColumn> Columns { get; } = [new("analysis"), new("subgroup"), .. PooledReport.ExactColumns];

    public static IEnumerable<IReadOnlyList<string>> Of(AnalysisResult result)
    {
        var id = result.Analysis.Id;
        var all = new List<IReadOnlyList<string>>(result.Overall is { } overall ? PooledReport.ExactRows(overall) : []);
        all.AddRange(Further(result.Further, "", result.Overall?.Effects, isEstimate: true));
        all.AddRange(result.Multilevel is { } multilevel ? MultilevelReport.ComponentRows(multilevel).Select(row => Row("component", row)).Concat(Levels(multilevel, "")) : []);
        all.AddRange(result.Multilevel is { } levels ? levels.PredictionIntervals().Select(level =>
            Row("prediction-level", new CoefficientRow(level.What, double.NaN, null, null, null, null, level.Interval), levels.Effects.BackTransform)) : []);
        all.AddRange(CoefficientRow.Of(result.Regression?.Coefficients ?? result.CountRegression?.Coefficients ?? result.MultilevelRegression?.Coefficients ?? []).Select(row => Row("coefficient", row)));
        all.AddRange(result.MultilevelRegression is { } regression ? MultilevelReport.ComponentRows(regression).Select(row => Row("coefficient-component", row)).Concat(Levels(regression, "coefficient-")) : []);
        all.AddRange(Further(result.RegressionFurther, "coefficient-", result.Regression?.Effects ?? result.MultilevelRegression?.Effects, isEstimate: false));
        if (result.LocationScale is { } scale)
        {
            all.AddRange(CoefficientRow.Of(scale.Coefficients).Select(row => Row("location", row)));
            all.AddRange(LocationScaleReport.ScaleRows(scale).Select(row => Row("scale", row)));
        }

        return all.Select(row => (string[])[id, "", .. row])
            .Concat(result.SubgroupAnalysis is { } subgroups ? SubgroupReport.ExactRows(subgroups).Select(row => (string[])[id, .. row]) : []);
    }

    /// <summary>I^2 and R^2 of each level, in percent.</summary>
    private static IEnumerable<string[]> Levels(MultilevelResult result, string of) => (result.Heterogeneity()?.Levels ?? []).SelectMany(level =>
        new[] { ("i2", (double?)level.I2), ("r2", level.R2) }.Where(share => share.Item2 is not null)
            .Select(share => Row($"{of}{share.Item1}", new CoefficientRow(level.Term, share.Item2!.Value, null, null, null, null, null))));

    private static IEnumerable<string[]> Further(FurtherResults? further, string of, EffectSizes? effects, bool isEstimate)
    {
        string[] Row(string kind, CoefficientRow row) => AnalysisRows.Row($"{of}{kind}", row, isEstimate ? effects!.BackTransform : null);
        if (further is null)
        {
            yield break;
        }

        foreach (var row in further.Robust is { } robust ? RobustReport.Rows(robust) : [])
        {
            yield return Row("robust", row);
        }

        foreach (var row in further.MultilevelRobust is { } errors ? MultilevelRobustReport.Rows(errors) : [])
        {
            yield return Row("robust", row);
        }

        foreach (var c in further.Permutation?.Coefficients ?? [])
        {
            yield return Row("permutation", new CoefficientRow(c.Name, double.NaN, null, c.Statistic, null, c.PValue, c.Interval));
        }

        foreach (var (kind, bootstrap) in Bootstraps(further))
        {
            var row = new CoefficientRow("estimate", bootstrap.Value, bootstrap.StandardError, null, null, null, bootstrap.Percentile);
            yield return Row($"{kind}-percentile", row);
            if (bootstrap.BiasCorrected is { } corrected)
            {
                yield return Row($"{kind}-bca", row with { Interval = corrected });
            }
        }

        if (further.HenmiCopas is { } henmi)
        {
            yield return Row("henmi-copas", new CoefficientRow("estimate", henmi.Estimate, henmi.StandardError, null, null, null, henmi.Interval));
        }

        if (further.Nagashima is { } nagashima)
        {
            yield return Row("nagashima", new CoefficientRow("prediction", double.NaN, null, null, null, null, nagashima.Interval));
        }

        if (further.Share is { } share)
        {
            yield return AnalysisRows.Row("share-below", new CoefficientRow(Readable.Exact(share.Threshold), share.Below, null, null, null, null, null), null);
        }

        foreach (var c in further.AllSubsets?.Coefficients ?? [])
        {
            yield return Row("averaged", MultimodelReport.Row(c));
        }

        foreach (var category in further.Terms?.Categories ?? [])
        {
            foreach (var mean in category.Means)
            {
                yield return AnalysisRows.Row("marginal-mean", TermsReport.Row(mean), effects!.BackTransform);
            }

            foreach (var row in TermsReport.Rows(category.Differences))
            {
                yield return AnalysisRows.Row("difference", row);
            }
        }

        foreach (var mean in further.Means.SelectMany(moderator => moderator.Means))
        {
            yield return AnalysisRows.Row("marginal-mean", TermsReport.Row(mean), effects!.BackTransform);
        }

        foreach (var prediction in further.Predictions)
        {
            yield return AnalysisRows.Row("predicted", TermsReport.Row(prediction), effects!.BackTransform);
        }

        foreach (var profile in further.Profiles)
        {
            yield return Row("profile-likelihood", new CoefficientRow(profile.Name, profile.Estimate, null, profile.Statistic, null, profile.PValue, profile.Interval));
        }
    }

    private static IEnumerable<(string Kind, BootstrapSummary Summary)> Bootstraps(FurtherResults further)
    {
        if (further.Bootstrap is { } studies)
        {
            yield return ("bootstrap", studies.Estimate);
        }

        if (further.ParametricBootstrap is { } model)
        {
            yield return ("parametric-bootstrap", model.Estimate);
        }
    }

    /// <param name="kind">What the row is.</param>
    /// <param name="row">Its numbers.</param>
    /// <param name="back">The way to the scale that people read; null for a coefficient, which has none.</param>
    public static string[] Row(string kind, CoefficientRow row, Func<double, double>? back = null)
    {
        string Natural(double? value) => back is not null && value is { } number ? Readable.Exact(back(number)) : "";
        var exact = CoefficientTable.Exact(row);
        return
        [
            kind, exact[0], exact[1], exact[2], exact[6], exact[7], Natural(row.Estimate), Natural(row.Interval?.Lower), Natural(row.Interval?.Upper), "",
            exact[3], exact[4], exact[5],
        ];
    }
}
