namespace MetaSpine;

/// <summary>Selection models, sequential analyses and multiverses in words, as tables and as JSON.</summary>
internal static class SelectionReport
{
    public static SensitivityView Of(SelectionResult result) => new(
        $"{ModelText.Subject(result.Model)}, selection model: {result.Function.Name}",
        result.Notes,
        ["parameter", "estimate", "se", "lower", "upper", "p", "unadjusted", "at_bound"],
        [
            .. result.Coefficients.Select((c, i) => Row(c, result.Unadjusted[i])),
            Row(result.Tau2, result.UnadjustedTau2),
            .. result.Parameters.Select(p => Row(p, null)),
            ["log-likelihood", result.LogLikelihood, null, null, null, result.SelectionTest?.PValue, result.UnadjustedLogLikelihood, null],
        ],
        ModelText.LeftOut(result.Model),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), "Selection model: maximum likelihood; intervals by profile likelihood, p by Wald's test (where they disagree, read the interval); Hedges 1992, doi:10.1214/ss/1177011364; Preston et al. 2004, Journal of Evaluation in Clinical Practice 10:313."]);

    public static SensitivityView Of(SelectionSweepResult result) => new(
        $"{ModelText.Subject(result.Model)}, under several models of selection",
        result.Notes,
        ["selection", "effect", "lower", "upper", "tau2", "p_no_selection"],
        [
            .. result.Fits.Select(fit => (object?[])[
                fit.Function.Name, Back(result, fit.Estimate), Back(result, fit.Interval?.Lower), Back(result, fit.Interval?.Upper), fit.Tau2.Estimate, fit.SelectionTest?.PValue]),
        ],
        ModelText.LeftOut(result.Model),
        [
            .. ModelText.EffectSize(result.Model.Effects.Measure),
            "Selection models: maximum likelihood, Wald intervals, likelihood-ratio tests; Hedges 1992, doi:10.1214/ss/1177011364; Preston et al. 2004, Journal of Evaluation in Clinical Practice 10:313; given weights: Vevea and Woods 2005, doi:10.1037/1082-989X.10.4.428.",
        ]);

    public static SensitivityView Of(SmallStudyTestsResult result) => new(
        $"{ModelText.Subject(result.Model)}, tests of small-study effects",
        result.Notes,
        ["test", "advised", "statistic", "df", "p", "studies"],
        [.. result.Tests.Select(test => (object?[])[test.Test!.Name, result.Advised.Contains(test.Test), test.Statistic, test.DegreesOfFreedom, test.PValue, test.StudyCount])],
        ModelText.LeftOut(result.Model),
        [.. result.Tests.Select(test => $"{test.Test!.Name}: {test.Test.Source}.")]);

    public static SensitivityView Of(SmallestEffectResult result) => new(
        $"{ModelText.Subject(result.Model)}, against the smallest effect that matters",
        result.Notes,
        ["quantity", "value"],
        [
            ["estimate", result.Model.Estimate], ["negligible from", result.Negligible.Lower], ["negligible to", result.Negligible.Upper],
            ["equivalence, p", result.EquivalencePValue], ["its interval, lower", result.EquivalenceInterval.Lower], ["its interval, upper", result.EquivalenceInterval.Upper],
            ["beyond, one-sided p", result.BeyondPValue], ["share of settings beyond", result.ShareBeyond], ["share beyond on the other side", result.ShareOpposite], ["power", result.Power],
        ],
        ModelText.LeftOut(result.Model),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), "Equivalence: two one-sided tests, Schuirmann 1987, doi:10.1007/BF01068419; power: Hedges and Pigott 2001, doi:10.1037/1082-989X.6.3.203."]);

    public static SensitivityView Of(CopasResult result) => new(
        $"{ModelText.Subject(result.Model)}, Copas selection model",
        result.Notes,
        ["published", "unpublished", "estimate", "se", "lower", "upper", "tau2", "correlation", "residual_bias_p"],
        [
            .. result.Points.Select(p => (object?[])[
                p.Probability, p.Unpublished, p.Estimate, p.StandardError, p.Interval?.Lower, p.Interval?.Upper, p.Tau2, p.Correlation, p.ResidualBias.PValue]),
        ],
        ModelText.LeftOut(result.Model),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), "Copas model: Copas and Shi 2001, doi:10.1177/096228020101000402; Carpenter et al. 2009, Journal of Clinical Epidemiology 62:624."]);

    public static SensitivityView Of(ReportingBiasResult result) => new(
        $"{ModelText.Subject(result.Model)}, bound for unreported outcomes",
        result.Notes,
        ["unreported", "maximum_bias", "estimate", "lower", "upper"],
        [.. result.Bounds.Select(b => (object?[])[b.Unreported, b.MaximumBias, b.Estimate, b.Interval.Lower, b.Interval.Upper])],
        ModelText.LeftOut(result.Model),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), "Bound: Copas and Jackson 2004, doi:10.1111/j.0006-341X.2004.00161.x."]);

    public static SensitivityView Of(SequentialDesign result) => new(
        "bounds for repeated looks",
        [
            result.Inflation is { } inflation
                ? FormattableString.Invariant($"For {result.Looks.Count} looks with alpha {result.Options.Alpha} and power {1 - result.Options.Beta} the information of a single look is multiplied by {inflation:0.####}.")
                : FormattableString.Invariant($"{result.Looks.Count} looks with alpha {result.Options.Alpha} and power {1 - result.Options.Beta}, before all of the information is there."),
        ],
        ["fraction", "cumulative_alpha", "bound", "futility_bound", "power"],
        [.. result.Looks.Select(look => (object?[])[look.Fraction, look.CumulativeAlpha, look.Bound, look.FutilityBound, look.Power])],
        [],
        ["Bounds: Lan and DeMets 1983, doi:10.1093/biomet/70.3.659, by recursive numerical integration (Armitage et al. 1969, doi:10.2307/2343787)."]);

    public static SensitivityView Of(TrialSequentialResult result) => new(
        $"{ModelText.Subject(result.Model)}, trial sequential analysis",
        result.Notes,
        ["study", "information", "fraction", "estimate", "z", "bound", "futility_bound", "lower", "upper", "conclusive", "futile"],
        [
            .. result.Steps.Select(step => (object?[])[
                step.Label, step.Information, step.Look.Fraction, step.Estimate, step.Z, step.Look.Bound, step.Look.FutilityBound, step.AdjustedInterval?.Lower, step.AdjustedInterval?.Upper,
                step.IsConclusive, step.IsFutile]),
        ],
        ModelText.LeftOut(result.Model),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), "Trial sequential analysis: Wetterslev et al. 2008, doi:10.1016/j.jclinepi.2007.03.013; bounds: Lan and DeMets 1983, doi:10.1093/biomet/70.3.659."])
    {
        Instead = Looks(result),
    };

    /// <summary>Each look on the scale that people read; a bound of the first looks' intervals that is off every scale is endless.</summary>
    private static Table Looks(TrialSequentialResult result)
    {
        const double Endless = 1e6;
        var format = SensitivityText.Format(result.Model);
        string End(double value) => Math.Abs(value) > Endless ? value < 0 ? "-∞" : "∞" : Math.Abs(value) < 1 / Endless ? "0" : format.Number(value);
        string Range(Interval interval) => ScaleTable.Back(result.Model.Effects, interval) is var back ? $"{End(back.Lower)} to {End(back.Upper)}" : "";
        List<(TableColumn Column, Func<TrialSequentialStep, string> Cell)> columns =
        [
            (new("After"), step => step.Label),
            (Numeric("Information"), step => $"{Readable.Fixed(100 * step.Look.Fraction, 1)}%"),
            (Numeric(format.Heading), step => format.Number(result.Model.Effects.BackTransform(step.Estimate))),
            (Numeric("Adjusted CI"), step => step.AdjustedInterval is { } interval ? Range(interval) : ""),
            (Numeric("z"), step => Readable.Fixed(step.Z, 2)),
            (Numeric("Bound"), step => Readable.Fixed(step.Look.Bound, 2)),
            (Numeric("Futility"), step => step.Look.FutilityBound is { } bound ? Readable.Fixed(bound, 2) : ""),
            (new("Verdict"), step => step.IsConclusive ? "conclusive" : step.IsFutile ? "futile" : ""),
        ];
        columns.RemoveAll(column => result.Steps.All(step => column.Cell(step).Length == 0));
        return new Table([.. columns.Select(column => column.Column)], [.. result.Steps.Select(step => (string[])[.. columns.Select(column => column.Cell(step))])]);

        static TableColumn Numeric(string heading) => new(heading, Alignment.DecimalPoint);
    }

    public static SensitivityView Of(FragilityResult result) => new(
        $"{ModelText.Subject(result.Model)}, fragility index",
        result.Notes,
        ["change", "study", "group", "to", "estimate", "p"],
        [.. result.Steps.Select((step, i) => (object?[])[i + 1, step.Study, step.FirstGroup ? "first" : "second", step.ToEvent ? "event" : "no event", step.Estimate, step.PValue])],
        ModelText.LeftOut(result.Model),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), "Fragility index: Atal et al. 2019, doi:10.1016/j.jclinepi.2019.03.012."]);

    public static SensitivityView Of(MultiverseResult result) => new(
        "multiverse of specifications",
        result.Notes,
        [.. result.Factors.Select(factor => factor.Name.Replace(' ', '_')), "studies", "estimate", "lower", "upper", "p", "tau2", "natural", "natural_lower", "natural_upper"],
        [
            .. result.Curve.Select(s => (object?[])[
                .. result.Factors.Select((_, f) => result.LevelName(s, f)), s.StudyCount, s.Estimate, s.Lower, s.Upper, s.PValue, s.Tau2, s.Natural, s.NaturalLower, s.NaturalUpper]),
        ],
        result.Failed.Select(failed => $"{failed.Description}: {failed.Reason}"),
        ["Specification curve: Simonsohn et al. 2020, doi:10.1038/s41562-020-0912-z; multiverse of meta-analyses: Voracek et al. 2019, doi:10.1027/2151-2604/a000357."])
    {
        Instead = Choices(result),
    };

    /// <summary>Which choice matters: each alternative with how many specifications have it, their median and how many of them are significant.</summary>
    private static Table Choices(MultiverseResult result) => new(
        [
            new("Choice"), new("Variance", Alignment.DecimalPoint), new("Alternative"), new("Count", Alignment.Right), new("Median", Alignment.DecimalPoint),
            new("Significant", Alignment.Right),
        ],
        [
            .. from choice in result.Importance
               from level in choice.Levels.Select((level, i) => (level, i))
               where level.level.Count > 0
               select (string[])[
                   level.i == 0 ? choice.Factor : "", level.i == 0 && (choice.ShareOfEstimates ?? choice.ShareOfZ) is { } share ? Percent(share) : "", level.level.Name,
                   Readable.Exact(level.level.Count), Readable.Significant(level.level.MedianNatural), Percent(level.level.ShareSignificant)],
        ]);

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0}%");

    private static double? Back(SelectionSweepResult result, double? value) => value is { } number ? result.Model.Effects.BackTransform(number) : null;

    private static object?[] Row(SelectionEstimate p, double? unadjusted)
    {
        var interval = p.Interval ?? p.WaldInterval;
        return [p.Name, p.Estimate, p.StandardError, interval?.Lower, interval?.Upper, unadjusted is null ? null : p.PValue, unadjusted, p.IsAtBound];
    }
}
