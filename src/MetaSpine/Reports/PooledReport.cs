namespace MetaSpine;

/// <summary>A pooled result in words and as tables.</summary>
internal static class PooledReport
{
    public static ReportParts Parts(PooledResult result) => new(
        $"{ModelText.Subject(result)}, {ModelText.Model(result)}",
        Findings(result),
        ModelText.LeftOut(result),
        result.Notes,
        [.. ModelText.Sources(result), .. Methods(result)]);

    /// <summary>The sentences and the table of the studies.</summary>
    public static IEnumerable<Block> Findings(PooledResult result)
    {
        yield return new Paragraph(string.Join(' ', Sentences(result)));
        if (result.StudyCount > 1)
        {
            yield return new Paragraph(ModelText.Heterogeneity(result, "Heterogeneity"));
        }

        yield return new TableBlock(Studies(result));
    }

    /// <summary>The result as a paper would say it, one sentence each.</summary>
    public static IEnumerable<string> Sentences(PooledResult result)
    {
        var natural = result.Natural;
        var format = Format(result);
        var test = result.Effects.Measure.NullValue is null ? "" : $"; {ModelText.Test(result.Statistic, result.DegreesOfFreedom, result.PValue)}";
        var subject = result.StudyCount == 1 ? $"The {natural.Name} of the only study" : $"The pooled {natural.Name} of {ModelText.Studies(result)}";
        yield return $"{subject} was {format.Number(natural.Estimate)}{format.Unit} "
            + $"({Readable.Level(result.Options.Level)}% CI {format.Range(natural.Interval)}{format.Unit}{test}).";
        if (result.StudyCount == 1 && StudyNumbers.ExactInterval(result.Effects, result.Studies[0].Row, result.Options.Level) is { } exact)
        {
            yield return $"From its counts alone, without a large sample, the exact interval is {format.Range(exact)}{format.Unit} ({StudyNumbers.ExactSource(result.Effects.Measure)}).";
        }

        if (natural.PredictionInterval is { } prediction)
        {
            yield return $"The true {natural.Name} of a new, similar study is expected between {format.Number(prediction.Lower)}{format.Unit} "
                + $"and {format.Number(prediction.Upper)}{format.Unit} ({Readable.Level(prediction.Level)}% prediction interval).";
        }
    }

    /// <summary>One row per study, then the pooled result and the prediction interval; a single study stands for itself. A model without weights has no column of them.</summary>
    public static Table Studies(IPooledEffect result)
    {
        var (effects, studies, natural, level) = (result.Effects, result.Shares, result.Natural, result.Interval.Level);
        var format = new NaturalFormat(effects.Measure, natural.Interval);
        var percent = Readable.Level(level);
        var numbers = StudyNumbers.Columns(effects.Measure);
        var blank = numbers.Select(_ => "").ToArray();
        var isWeighted = studies.Any(study => study.Weight is not null);
        string[] Weight(double? weight) => !isWeighted ? [] : weight is { } known ? [$"{Readable.Fixed(100 * known, 1)}%"] : [""];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (row, weight) in studies)
        {
            var effect = effects.Studies[row];
            rows.Add([effect.Label, .. StudyNumbers.Cells(effects, row), .. StudyCells(effects, effect, level, format), .. Weight(weight)]);
        }

        if (studies.Count > 1)
        {
            rows.Add(["Pooled", .. blank, format.Number(natural.Estimate), format.Range(natural.Interval), .. Weight(1)]);
        }

        if (natural.PredictionInterval is { } prediction)
        {
            rows.Add([$"{percent}% prediction interval", .. blank, "", format.Range(prediction), .. Weight(null)]);
        }

        TableColumn[] weightColumn = isWeighted ? [new("Weight", Alignment.DecimalPoint)] : [];
        return new Table(
            [
                new("Study"), .. numbers,
                new(format.Heading, Alignment.DecimalPoint),
                new($"{percent}% CI", Alignment.DecimalPoint), .. weightColumn,
            ], rows)
        { FooterRows = rows.Count - studies.Count };
    }

    /// <summary>One row per study and one for each pooled number, all digits kept: for other programs.</summary>
    public static Table Exact(IPooledEffect result) => new(ExactColumns, [.. ExactRows(result)]);

    public static IReadOnlyList<TableColumn> ExactColumns { get; } =
    [
        new("row"), new("label"), new("estimate"), new("standard_error"), new("lower"), new("upper"),
        new("natural_estimate"), new("natural_lower"), new("natural_upper"), new("weight"), new("statistic"), new("df"), new("p"),
    ];

    /// <summary>The rows of any model.</summary>
    public static IEnumerable<IReadOnlyList<string>> ExactRows(IPooledEffect result)
    {
        var effects = result.Effects;
        foreach (var (row, weight) in result.Shares)
        {
            var effect = effects.Studies[row];
            yield return Row("study", effect.Label, effect.Estimate, effect.StandardError, effect.Interval(result.Interval.Level), x => EffectSizesReport.Natural(effects, effect, x), weight);
        }

        var method = result switch
        {
            PooledResult pooled => MethodNames.Of(pooled.Options.Method).Code,
            CountModelResult model => model.Model,
            _ => result.ModelName,
        };
        yield return
        [
            .. Row("pooled", method, result.Estimate, result.StandardError, result.Interval, effects.BackTransform, 1)[..^3],
            Readable.Exact(result.Statistic), Readable.Exact(result.DegreesOfFreedom), Readable.Exact(result.PValue),
        ];
        if (result.PredictionInterval is { } prediction)
        {
            yield return Row("prediction", method, null, null, prediction, effects.BackTransform, null);
        }
    }

    /// <summary>A study's estimate and interval, as people read them.</summary>
    public static string[] StudyCells(EffectSizes effects, EffectSize effect, double level, NaturalFormat format)
    {
        double Back(double value) => EffectSizesReport.Natural(effects, effect, value);
        if (!effect.IsComputed)
        {
            return [Readable.None, ""];
        }

        var interval = effect.Interval(level);
        return [format.Number(Back(effect.Estimate)), format.Range(new Interval(Back(interval.Lower), Back(interval.Upper), level))];
    }

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static NaturalFormat Format(PooledResult result) => new(result.Effects.Measure, result.Natural.Interval);

    private static string[] Row(string kind, string label, double? estimate, double? error, Interval interval, Func<double, double> back, double? weight) =>
    [
        kind, label, Readable.Exact(estimate), Readable.Exact(error), Readable.Exact(interval.Lower), Readable.Exact(interval.Upper),
        Readable.Exact(estimate is { } value ? back(value) : null), Readable.Exact(back(interval.Lower)), Readable.Exact(back(interval.Upper)), Readable.Exact(weight), "", "", "",
    ];

    /// <summary>Where the numbers that only a pooled result has come from.</summary>
    public static IEnumerable<string> Methods(PooledResult result)
    {
        if (result.PredictionInterval is not null)
        {
            var prediction = result.Options.Prediction;
            var formula = prediction == PredictionMethod.Simple ? "estimate ± z × τ"
                : PredictionIntervals.Freedom(result, prediction) is { } freedom
                    ? FormattableString.Invariant($"estimate ± t × √(SE² + τ²), t with {freedom:0.##} degrees of freedom")
                    : "estimate ± z × √(SE² + τ²)";
            yield return $"Prediction interval: {formula}; {MethodNames.Of(prediction).Source}.";
        }

        var scale = result.Effects.Measure.Scale;
        if (scale.NeedsSize)
        {
            yield return $"Computed on the {scale.Name} scale and brought back with the harmonic mean of the sizes, {Readable.Significant(result.Effects.HarmonicMeanSize)}; Miller 1978, doi:10.1080/00031305.1978.10479283.";
        }
        else if (!ReferenceEquals(scale, Scale.Identity))
        {
            yield return $"Computed on the {scale.Name} scale ({result.Effects.Measure.Name} {Readable.Fixed(result.Estimate, 4)}, SE {Readable.Fixed(result.StandardError, 4)}) and brought back.";
        }
    }
}
