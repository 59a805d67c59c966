using System.Text.Json;

namespace MetaSpine;

/// <summary>The results of all subsets in words, as tables and as JSON.</summary>
internal static class GoshReport
{
    private static readonly double[] Probabilities = [0.025, 0.25, 0.5, 0.75, 0.975];

    public static ReportParts Parts(GoshResult result) => new(
        $"{result.Model.Natural.Name} of all subsets",
        [.. Sentences(result).Select(sentence => new Paragraph(sentence)), new TableBlock(Studies(result))],
        ModelText.LeftOut(result.Model),
        result.Notes,
        [
            .. ModelText.Sources(result.Model),
            "GOSH: the pooled estimate and I² of the subsets; Olkin et al. 2012, doi:10.1002/jrsm.1054. Mean: on the analysis scale, brought back. Separation: "
                + "distance of the means with and without the study, in root mean square standard deviations.",
        ]);

    public static IEnumerable<string> Sentences(GoshResult result)
    {
        var model = result.Model;
        string At(double probability) => SensitivityText.Number(model, result.Quantile(probability));
        var which = result.IsExhaustive ? $"All {Readable.Count(result.Subsets)} subsets" : $"{Readable.Count(result.Subsets)} random subsets";
        yield return $"{which} of the {model.StudyCount} studies were pooled: the {model.Natural.Name} of half of them lies between {At(.25)} and {At(.75)}, "
            + $"that of 95% of them between {At(.025)} and {At(.975)} (median {At(.5)}); I² is {ModelText.Percent(result.MeanI2)}% on average.";
        if (SameSide(result) is { } share)
        {
            yield return $"{Readable.Fixed(100 * share, 1)}% of the subsets lie on the same side of no effect as the result of all studies.";
        }
    }

    public static (bool Holds, string Verdict)? Verdict(GoshResult result)
    {
        var apart = result.Studies.Where(study => study.Separation > GoshNotes.Apart).OrderByDescending(study => study.Separation).Select(study => study.Label).ToList();
        var side = SameSide(result) is { } share ? $"; {Readable.Fixed(100 * share, 1)}% of them lie on the same side of no effect as the result" : "";
        return apart.Count == 0
            ? (true, $"No study splits the subsets of the studies into two clusters{side}.")
            : (false, $"The subsets of the studies fall into two clusters, with and without {Wording.List(apart)}{side}.");
    }

    public static Table Exact(GoshResult result) => new(
        [.. new[] { "label", "mean_with", "mean_without", "deviation_with", "deviation_without", "separation" }.Select(name => new TableColumn(name))],
        [.. result.Studies.Select(study => (string[])
        [
            study.Label,
            .. new double?[] { study.MeanWith, study.MeanWithout, study.DeviationWith, study.DeviationWithout, study.Separation }.Select(Readable.Exact),
        ])]);

    /// <summary>Everything but the single subsets; the histogram by its bins that are not empty: bin of the estimate, bin of I^2, count.</summary>
    public static void Write(Utf8JsonWriter writer, GoshResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Measure.Code);
        writer.WriteBoolean("isExhaustive", result.IsExhaustive);
        writer.WriteNumber("subsets", result.Subsets);
        if (result.Seed is { } seed)
        {
            writer.WriteNumber("seed", seed);
        }
        else
        {
            writer.WriteNull("seed");
        }

        writer.WriteFinite("meanEstimate", result.MeanEstimate);
        writer.WriteFinite("estimateDeviation", result.EstimateDeviation);
        writer.WriteFinite("meanI2", result.MeanI2);
        writer.WriteStartArray("quantiles");
        foreach (var probability in Probabilities)
        {
            writer.WriteStartObject();
            writer.WriteNumber("probability", probability);
            writer.WriteFinite("estimate", result.Quantile(probability));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("studies");
        foreach (var study in result.Studies)
        {
            writer.WriteStartObject();
            writer.WriteString("label", study.Label);
            writer.WriteNumber("row", study.Row);
            writer.WriteFinite("meanWith", study.MeanWith);
            writer.WriteFinite("meanWithout", study.MeanWithout);
            writer.WriteFinite("deviationWith", study.DeviationWith);
            writer.WriteFinite("deviationWithout", study.DeviationWithout);
            writer.WriteFinite("separation", study.Separation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        var histogram = result.Histogram;
        writer.WriteStartObject("histogram");
        writer.WriteFinite("lower", histogram.Lower);
        writer.WriteFinite("upper", histogram.Upper);
        writer.WriteNumber("estimateBins", histogram.EstimateBins);
        writer.WriteNumber("i2Bins", histogram.I2Bins);
        writer.WriteStartArray("counts");
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            if (histogram.Counts[i] > 0)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(i / histogram.I2Bins);
                writer.WriteNumberValue(i % histogram.I2Bins);
                writer.WriteNumberValue(histogram.Counts[i]);
                writer.WriteEndArray();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    /// <summary>The share of the subsets on the same side of no effect as all studies; null for a measure without it.</summary>
    private static double? SameSide(GoshResult result)
    {
        if (result.Measure.NullValue is not { } none)
        {
            return null;
        }

        var below = result.ShareBelow(none);
        return result.Model.Estimate < none ? below : 1 - below;
    }

    private static Table Studies(GoshResult result) => new(
        [new("Study"), new("Mean with it", Alignment.DecimalPoint), new("Mean without", Alignment.DecimalPoint), new("Separation", Alignment.DecimalPoint)],
        [.. result.Studies.Select(study => (string[])
            [study.Label, SensitivityText.Number(result.Model, study.MeanWith), SensitivityText.Number(result.Model, study.MeanWithout), Readable.Fixed(study.Separation, 2)])]);
}
