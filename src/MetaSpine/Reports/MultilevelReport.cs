namespace MetaSpine;

/// <summary>Models of dependent effects in words and as tables.</summary>
internal static class MultilevelReport
{
    public static ReportParts Parts(MultilevelResult result) => new(
        $"{Subject(result)}, {Model(result)}", Findings(result), ModelText.LeftOut(result.Excluded), result.Notes, [.. ModelText.EffectSize(result.Effects.Measure), .. Methods(result)]);

    /// <summary>The sentences, how true effects vary, and the table of the effects or of the coefficients.</summary>
    public static IEnumerable<Block> Findings(MultilevelResult result)
    {
        yield return new Paragraph(string.Join(' ', result is MultilevelPooledResult pooled ? Sentences(pooled) : Sentences((MultilevelRegressionResult)result)));
        yield return new Paragraph(Heterogeneity(result));
        yield return new TableBlock(Components(result));
        yield return new TableBlock(result is MultilevelPooledResult effect
            ? PooledReport.Studies(effect)
            : CoefficientTable.Of(result.Effects.Measure, CoefficientRow.Of(result.Coefficients), result.Options.Level));
    }

    /// <summary>"odds ratio", "meta-regression of the log odds ratio".</summary>
    public static string Subject(MultilevelResult result) =>
        result is MultilevelPooledResult ? result.Effects.Measure.ReadAs : $"meta-regression of the {result.Effects.Measure.Name}";

    public static string Model(MultilevelResult result) => $"model of dependent effects, {MethodNames.Of(result.Options.Method).Code}";

    /// <summary>The effect of a pooled result and the coefficients of another, and then the variances, correlations and ranges.</summary>
    public static Table Exact(MultilevelResult result)
    {
        if (result is MultilevelPooledResult pooled)
        {
            var table = PooledReport.Exact(pooled);
            return table with { Rows = [.. table.Rows, .. ComponentRows(result).Select(row => AnalysisRows.Row("component", row))] };
        }

        return CoefficientTable.Exact([.. CoefficientRow.Of(result.Coefficients), .. ComponentRows(result)]);
    }

    /// <summary>The variances, correlations and ranges, each by a name such as "variance of district".</summary>
    public static IEnumerable<CoefficientRow> ComponentRows(MultilevelResult result) => result.Components.Select(component =>
        new CoefficientRow(ComponentName(component), component.Value, component.StandardError, null, null, null, null));

    /// <summary>"variance of district/school", "correlation of outcome | trial: AL, PD".</summary>
    public static string ComponentName(VarianceComponent component) => $"{Kind(component)} of {component.Term}{(component.Name.Length == 0 ? "" : $": {component.Name}")}";

    /// <summary>Where the numbers come from, but for the effect size.</summary>
    public static IEnumerable<string> Methods(MultilevelResult result)
    {
        var (options, method, test) = (result.Options, MethodNames.Of(result.Options.Method), MultilevelNames.Of(result.Options.Test));
        var source = result.Random.All(term => term.Inner.Count == 0)
            ? "Konstantopoulos 2011, doi:10.1002/jrsm.35"
            : "Berkey et al. 1998, doi:10.1002/(SICI)1097-0258(19981130)17:22<2537::AID-SIM953>3.0.CO;2-C";
        yield return $"Model: random effects {string.Join(", ", result.Random.Select(Written))} by {method.Name} ({method.Code}; {source}), "
            + $"from the mixed-model equations of Henderson 1975, doi:10.2307/2529430; {ModelText.Convergence(result.Provenance)}.";
        var blocks = result.Model.V.Blocks.Count(block => block.Rows.Length > 1);
        yield return blocks == 0 ? "Sampling errors: independent of each other."
            : $"Sampling errors: correlated within {(blocks == 1 ? "1 group" : $"{Readable.Count(blocks)} groups")} of effects, as the matrix V has it.";
        yield return $"Test and confidence interval: {test.Name}; {test.Source}.";
        var scale = result.Effects.Measure.Scale;
        if (result is not MultilevelPooledResult pooled)
        {
            foreach (var line in RegressionReport.Scale(result.Effects.Measure))
            {
                yield return line;
            }

            yield break;
        }

        if (pooled.Heterogeneity() is not null)
        {
            yield return "I² by level: each variance beside the typical sampling variance; Nakagawa and Santos 2012, doi:10.1007/s10682-012-9555-5; Higgins and Thompson 2002, doi:10.1002/sim.1186.";
        }

        if (pooled.PredictionInterval is not null)
        {
            yield return $"Prediction interval: estimate ± {(pooled.DegreesOfFreedom is { } freedom ? FormattableString.Invariant($"t × √(SE² + the sum of the variances), t with {freedom:0.##} degrees of freedom") : "z × √(SE² + the sum of the variances)")}.";
        }

        if (!ReferenceEquals(scale, Scale.Identity))
        {
            yield return scale.NeedsSize
                ? $"Computed on the {scale.Name} scale and brought back with the harmonic mean of the sizes, {Readable.Significant(result.Effects.HarmonicMeanSize)}; Miller 1978, doi:10.1080/00031305.1978.10479283."
                : $"Computed on the {scale.Name} scale ({result.Effects.Measure.Name} {Readable.Fixed(pooled.Estimate, 4)}, SE {Readable.Fixed(pooled.StandardError, 4)}) and brought back.";
        }
    }

    /// <summary>"a new effect in a new study", for which the prediction interval is.</summary>
    public static string NewCase(IReadOnlyList<RandomTerm> random) => Wording.List(
        [.. random.Select(term => string.Join(" in ", term.Inner.Concat(term.Grouping.Reverse()).Distinct(StringComparer.Ordinal).Select(name => $"a new {name}")))]);

    private static IEnumerable<string> Sentences(MultilevelPooledResult result)
    {
        var (natural, level) = (result.Natural, Readable.Level(result.Options.Level));
        var format = new NaturalFormat(result.Effects.Measure, natural.Interval);
        yield return $"The {ModelText.Finding(result.Effects, PooledCount.OfEffects(result), result.Estimate, result.Interval, ModelText.Test(result.Statistic, result.DegreesOfFreedom, result.PValue))}.";
        var levels = result.PredictionIntervals().Select(found => (found.What, Bounds: ScaleTable.Back(result.Effects, found.Interval))).ToList();
        yield return levels.Count > 1
            ? $"The true {natural.Name} is expected {string.Join(", and ", levels.Select(found => $"between {format.Number(found.Bounds.Lower)}{format.Unit} and {format.Number(found.Bounds.Upper)}{format.Unit} for {found.What}"))} ({level}% prediction intervals)."
            : natural.PredictionInterval is { } prediction
            ? $"The true {natural.Name} of {NewCase(result.Random)} is expected between {format.Number(prediction.Lower)}{format.Unit} and {format.Number(prediction.Upper)}{format.Unit} ({level}% prediction interval)."
            : "There is no one prediction interval, because how far true effects vary depends on which of them is meant.";
    }

    private static IEnumerable<string> Sentences(MultilevelRegressionResult result) =>
        RegressionReport.Sentences(result.Effects.Measure, PooledCount.OfEffects(result), result.Coefficients, result.Moderators);

    private static string Heterogeneity(MultilevelResult result)
    {
        var kind = result is MultilevelPooledResult ? "Heterogeneity" : "Residual heterogeneity";
        var all = result.TotalVariance is { } total && result.Components.Count > 1 ? $"variances that sum to {ModelText.Variance(total)}; " : "";
        var share = result.Heterogeneity() is { } parts ? $"I² = {ModelText.Percent(parts.Total)}%; " : "";
        return $"{kind}: {all}{share}{ModelText.Test("Q", result.Q)}.";
    }

    /// <summary>How true effects vary. The square root of a variance is a standard deviation, on the scale of the effects.</summary>
    private static Table Components(MultilevelResult result)
    {
        var (components, shares) = (result.Components, result.Heterogeneity()?.Levels ?? []);
        LevelShare? Share(VarianceComponent c) => c.Kind == ComponentKind.Variance ? shares.FirstOrDefault(share => share.Term == c.Term) : null;
        List<(TableColumn Column, Func<VarianceComponent, string> Cell)> columns =
        [
            (new("Random effects"), c => c.Term),
            (new("Levels", Alignment.Right), c => Readable.Count(c.Levels)),
            (new("Number"), c => c.Name.Length == 0 ? Kind(c) : $"{Kind(c)}: {c.Name}"),
            (new("Estimate", Alignment.DecimalPoint), c => c.Kind == ComponentKind.Variance ? ModelText.Variance(c.Value) : Number(c.Value)),
            (new("SE", Alignment.DecimalPoint), c => c.StandardError is { } error ? Readable.Significant(error) : ""),
            (new("SD", Alignment.DecimalPoint), c => c.Kind == ComponentKind.Variance ? ModelText.Variance(Math.Sqrt(c.Value)) : ""),
            (new("I²", Alignment.DecimalPoint), c => Share(c) is { } share ? $"{ModelText.Percent(share.I2)}%" : ""),
            (new("R²", Alignment.DecimalPoint), c => Share(c)?.R2 is { } explained ? $"{ModelText.Percent(explained)}%" : ""),
            (new(""), c => c.IsFixed ? "fixed" : c.IsAtBound ? "at its end" : ""),
        ];
        columns.RemoveAll(column => column.Column.Heading is "" or "SE" or "I²" or "R²" && components.All(c => column.Cell(c).Length == 0));
        return new Table(columns.ConvertAll(column => column.Column), [.. components.Select(c => columns.ConvertAll(column => column.Cell(c)))]);
    }

    private static string Number(double value) => double.IsNaN(value) ? Readable.None : Readable.Significant(value);

    private static string Kind(VarianceComponent component) => component.Kind switch
    {
        ComponentKind.Variance => "variance",
        ComponentKind.Correlation => "correlation",
        _ => "range",
    };

    /// <summary>A term with its structure, where it has one.</summary>
    private static string Written(RandomTerm term) => term.Inner.Count == 0 ? term.ToString() : $"{term} ({term.Structure})";
}
