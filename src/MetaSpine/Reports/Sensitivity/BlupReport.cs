using System.Text.Json;

namespace MetaSpine;

/// <summary>Predicted true effects in words, as tables and as JSON.</summary>
internal static class BlupReport
{
    public static ReportParts Parts(BlupResult result) => new(
        $"{ModelText.Subject(result.Model)}, true effect of each study",
        [new Paragraph(Sentence(result)), new TableBlock(Studies(result))],
        ModelText.LeftOut(result.Model),
        [],
        [
            .. ModelText.Sources(result.Model),
            "Predictions: best linear unbiased, each estimate drawn towards the model by 1 less its own share τ²/(τ² + v); τ² counts as known; Raudenbush and Bryk 1985, Journal of Educational Statistics 10:75.",
        ]);

    public static Table Exact(BlupResult result) => new(
        [.. new[]
        {
            "label", "own_share", "estimate", "standard_error", "lower", "upper", "natural_estimate", "natural_lower", "natural_upper", "random_effect", "random_effect_se",
            "random_effect_lower", "random_effect_upper",
        }.Select(name => new TableColumn(name))],
        [.. result.Studies.Select((study, i) =>
        {
            var (interval, random) = (study.PredictionInterval, study.RandomEffect);
            return (string[])
            [
                study.Label,
                .. new double?[]
                {
                    study.OwnShare, study.Estimate, study.StandardError, interval.Lower, interval.Upper, Back(result, i, study.Estimate), Back(result, i, interval.Lower),
                    Back(result, i, interval.Upper), random.Estimate, random.StandardError, random.PredictionInterval.Lower, random.PredictionInterval.Upper,
                }.Select(Readable.Exact),
            ];
        })]);

    public static void Write(Utf8JsonWriter writer, BlupResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteStartArray("studies");
        for (var i = 0; i < result.Studies.Count; i++)
        {
            var study = result.Studies[i];
            writer.WriteStartObject();
            writer.WriteString("label", study.Label);
            writer.WriteNumber("row", study.Row);
            writer.WriteFinite("ownShare", study.OwnShare);
            writer.WriteFinite("estimate", study.Estimate);
            writer.WriteFinite("standardError", study.StandardError);
            ResultJson.Interval(writer, "predictionInterval", study.PredictionInterval);
            ResultJson.Natural(writer, new NaturalResult(result.Model.Effects.Measure.ReadAs, Back(result, i, study.Estimate), Back(result, i, study.PredictionInterval), null));
            writer.WriteStartObject("randomEffect");
            writer.WriteFinite("estimate", study.RandomEffect.Estimate);
            writer.WriteFinite("standardError", study.RandomEffect.StandardError);
            ResultJson.Interval(writer, "predictionInterval", study.RandomEffect.PredictionInterval);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Sentence(BlupResult result)
    {
        var (model, measure) = (result.Model, result.Model.Effects.Measure);
        var format = Format(result);
        string Range(Func<int, double> value)
        {
            var values = Enumerable.Range(0, result.Studies.Count).Select(i => Back(result, i, value(i))).ToList();
            return $"from {format.Number(values.Min())}{format.Unit} to {format.Number(values.Max())}{format.Unit}";
        }

        return $"The estimates of the {ModelText.Count(model)} go {Range(i => model.Studies[i].Effect.Estimate)}; their true values ({measure.ReadAs}), each estimate drawn towards the model "
            + $"by how little is known of it, are predicted {Range(i => result.Studies[i].Estimate)}.";
    }

    private static Table Studies(BlupResult result)
    {
        var (model, format) = (result.Model, Format(result));
        var level = Readable.Level(model.Options.Level);
        return new Table(
            [
                new("Study"), new("Estimate", Alignment.DecimalPoint), new("Predicted", Alignment.DecimalPoint), new($"{level}% prediction interval", Alignment.DecimalPoint),
                new("Own share", Alignment.DecimalPoint),
            ],
            [.. result.Studies.Select((study, i) => (string[])
            [
                study.Label, format.Number(Back(result, i, model.Studies[i].Effect.Estimate)), format.Number(Back(result, i, study.Estimate)),
                format.Range(Back(result, i, study.PredictionInterval)), $"{Readable.Fixed(100 * study.OwnShare, 1)}%",
            ])]);
    }

    /// <summary>So precise as the interval in the middle.</summary>
    private static NaturalFormat Format(BlupResult result)
    {
        var middle = Enumerable.Range(0, result.Studies.Count)
            .OrderBy(i => result.Studies[i].PredictionInterval.Upper - result.Studies[i].PredictionInterval.Lower).ElementAt(result.Studies.Count / 2);
        return new NaturalFormat(result.Model.Effects.Measure, Back(result, middle, result.Studies[middle].PredictionInterval));
    }

    /// <summary>On the scale that people read, with the study's own size where the scale needs one.</summary>
    private static double Back(BlupResult result, int i, double value) => EffectSizesReport.Natural(result.Model.Effects, result.Model.Studies[i].Effect, value);

    private static Interval Back(BlupResult result, int i, Interval interval) =>
        interval with { Lower = Back(result, i, interval.Lower), Upper = Back(result, i, interval.Upper) };
}
