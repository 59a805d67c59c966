using System.Text.Json;

namespace MetaSpine;

/// <summary>Permutation tests and bootstraps in words, as tables and as JSON.</summary>
internal static class ResamplingReport
{
    public static ReportParts Parts(PermutationResult result) => new(
        $"{ModelText.Subject(result.Model)}, permutation test",
        Findings(result),
        ModelText.LeftOut(result.Model),
        Notes(result),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static ReportParts Parts(BootstrapResult result) => new(
        $"{ModelText.Subject(result.Model)}, bootstrap",
        Findings(result),
        ModelText.LeftOut(result.Model),
        Notes(result),
        [.. ModelText.EffectSize(result.Model.Effects.Measure), .. Methods(result)]);

    public static IEnumerable<Block> Findings(PermutationResult result)
    {
        var (model, count) = (result.Model, Readable.Count(result.Arrangements));
        var arrangements = result.IsExact ? $"all {count} arrangements" : FormattableString.Invariant($"{count} arrangements, the observed one among them; seed {result.Seed}");
        var isPooled = model is PooledResult;
        var (subject, p) = isPooled ? ($"pooled {model.Effects.Measure.Name}", result.Coefficients[0].PValue) : ("moderators", result.ModeratorsPValue ?? double.NaN);
        yield return new Paragraph($"The permutation test of the {subject} of {ModelText.Count(model)} gave {Readable.PValue(p)} ({arrangements}).");
        var hasIntervals = result.Coefficients.Any(c => c.Interval is not null);
        TableColumn[] intervals = hasIntervals ? [new($"{Readable.Level(model.Options.Level)}% CI", Alignment.DecimalPoint)] : [];
        yield return new TableBlock(new Table(
            [new(isPooled ? "" : "Coefficient"), new(model.Options.Test == PoolingTest.Z ? "z" : "t", Alignment.DecimalPoint), new("Permutation p", Alignment.Right), .. intervals],
            [.. result.Coefficients.Select(c => (string[])[
                isPooled ? model.Effects.Measure.Name : DesignTerms.Shown(c.Name), Readable.Fixed(c.Statistic, 2), Readable.PCell(c.PValue), .. hasIntervals ? (string[])[Range(c.Interval)] : []])]));
    }

    public static IEnumerable<string> Notes(PermutationResult result)
    {
        if (result.Model is PooledResult && result.Model.Effects.Measure is { NullValue: null } measure)
        {
            yield return $"The test is of a {measure.Name} of 0, an arbitrary value for this measure.";
        }

        if (result.Coefficients.Any(c => c.Interval is { } interval && (double.IsInfinity(interval.Lower) || double.IsInfinity(interval.Upper))))
        {
            yield return "An interval is infinite where there are too few arrangements to reject any value.";
        }
    }

    public static IEnumerable<string> Methods(PermutationResult result)
    {
        var (what, source) = result.Model is PooledResult
            ? ("the signs of the effects are flipped", "Follmann and Proschan 1999, doi:10.1111/j.0006-341X.1999.00732.x")
            : ("the moderators' rows are exchanged among the studies", "Higgins and Thompson 2004, doi:10.1002/sim.1752");
        yield return $"Permutation test: {what} and the model ({ModelText.Model(result.Model)}) is fitted to each arrangement; p is the share whose statistic is as extreme as the observed one; {source}.";
    }

    public static Table Exact(PermutationResult result) => new(
        [new("coefficient"), new("statistic"), new("p"), new("lower"), new("upper")],
        [.. result.Coefficients.Select(c => (string[])[
            c.Name, Readable.Exact(c.Statistic), Readable.Exact(c.PValue), Readable.Exact(c.Interval?.Lower), Readable.Exact(c.Interval?.Upper)])]);

    public static void Write(Utf8JsonWriter writer, PermutationResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteStartArray("coefficients");
        foreach (var coefficient in result.Coefficients)
        {
            writer.WriteStartObject();
            writer.WriteString("name", coefficient.Name);
            writer.WriteFinite("statistic", coefficient.Statistic);
            writer.WriteFinite("pValue", coefficient.PValue);
            ResultJson.Interval(writer, "interval", coefficient.Interval);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteFinite("moderatorsPValue", result.ModeratorsPValue);
        writer.WriteNumber("arrangements", result.Arrangements);
        writer.WriteBoolean("isExact", result.IsExact);
        WriteSeed(writer, result.Seed);
        writer.WriteEndObject();
    }

    public static IEnumerable<Block> Findings(BootstrapResult result)
    {
        var (effects, summary) = (result.Model.Effects, result.Estimate);
        var (kind, interval) = summary.BiasCorrected is { } corrected ? ("BCa", corrected) : ("percentile", summary.Percentile);
        var unit = new NaturalFormat(effects.Measure, result.Model.Natural.Interval).Unit;
        yield return new Paragraph(
            $"In {Readable.Count(result.Options.Replicates)} {(result.Options.Kind == BootstrapKind.Parametric ? "parametric " : "")}bootstrap resamples (seed {result.Options.Seed}) of {ModelText.Count(result.Model)}, "
            + $"the pooled {result.Model.Natural.Name} of {ScaleTable.Number(effects, summary.Value, interval)}{unit} had the "
            + $"{Readable.Level(interval.Level)}% {kind} interval {ScaleTable.Range(effects, interval)}{unit}.");
        var percent = Readable.Level(interval.Level);
        var rows = new List<string[]> { Row(effects.Measure.Name, summary) };
        if (!ReferenceEquals(effects.Measure.Scale, Scale.Identity))
        {
            rows.Add([
                ScaleTable.NaturalName(effects.Measure), ScaleTable.Number(effects, summary.Value, interval), "", "", ScaleTable.Range(effects, summary.Percentile),
                summary.BiasCorrected is { } known ? ScaleTable.Range(effects, known) : ""]);
        }

        if (result.Model.Options.Method != PoolingMethod.EE)
        {
            rows.Add(Row("τ²", result.Tau2));
        }

        rows.Add(Row("I², %", result.I2));
        yield return new TableBlock(new Table(
            [
                new(""), new("Value", Alignment.DecimalPoint), new("Bias", Alignment.DecimalPoint), new("SE", Alignment.DecimalPoint),
                new($"Percentile {percent}% CI", Alignment.DecimalPoint), new($"BCa {percent}% CI", Alignment.DecimalPoint),
            ], rows));
    }

    public static IEnumerable<string> Notes(BootstrapResult result)
    {
        if (result.Tau2.BiasCorrected is null || result.I2.BiasCorrected is null || result.Estimate.BiasCorrected is null)
        {
            yield return "There is no BCa interval where all resamples lie on one side of the value.";
        }
    }

    public static IEnumerable<string> Methods(BootstrapResult result)
    {
        var what = result.Options.Kind == BootstrapKind.Parametric
            ? "estimates are drawn from the fitted model" : "studies are drawn with replacement";
        yield return $"Bootstrap: {what} and the model ({ModelText.Model(result.Model)}) is fitted to each resample; Davison and Hinkley 1997, doi:10.1017/CBO9780511802843. "
            + "BCa, bias-corrected and accelerated: Efron 1987, doi:10.1080/01621459.1987.10478410.";
    }

    public static Table Exact(BootstrapResult result) => new(
        [new("quantity"), new("value"), new("bias"), new("standard_error"), new("percentile_lower"), new("percentile_upper"), new("bca_lower"), new("bca_upper")],
        [.. Quantities(result).Select(quantity => (string[])[
            quantity.Name, Readable.Exact(quantity.Summary.Value), Readable.Exact(quantity.Summary.Bias), Readable.Exact(quantity.Summary.StandardError),
            Readable.Exact(quantity.Summary.Percentile.Lower), Readable.Exact(quantity.Summary.Percentile.Upper),
            Readable.Exact(quantity.Summary.BiasCorrected?.Lower), Readable.Exact(quantity.Summary.BiasCorrected?.Upper)])]);

    public static void Write(Utf8JsonWriter writer, BootstrapResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteString("kind", result.Options.Kind == BootstrapKind.Parametric ? "parametric" : "nonParametric");
        writer.WriteNumber("replicates", result.Options.Replicates);
        WriteSeed(writer, result.Options.Seed);
        foreach (var (name, summary) in Quantities(result))
        {
            writer.WriteStartObject(name);
            writer.WriteFinite("value", summary.Value);
            writer.WriteFinite("bias", summary.Bias);
            writer.WriteFinite("standardError", summary.StandardError);
            ResultJson.Interval(writer, "percentile", summary.Percentile);
            ResultJson.Interval(writer, "biasCorrected", summary.BiasCorrected);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static (string Name, BootstrapSummary Summary)[] Quantities(BootstrapResult result) =>
        [("estimate", result.Estimate), ("tau2", result.Tau2), ("i2", result.I2)];

    private static string[] Row(string name, BootstrapSummary summary)
    {
        var decimals = Math.Max(2, Readable.DecimalsFor(summary.Percentile));
        string Range(Interval? interval) => interval is { } i ? $"{Readable.Fixed(i.Lower, decimals)} to {Readable.Fixed(i.Upper, decimals)}" : "";
        return [
            name, Readable.Fixed(summary.Value, decimals), Readable.Fixed(summary.Bias, decimals), Readable.Fixed(summary.StandardError, decimals),
            Range(summary.Percentile), Range(summary.BiasCorrected)];
    }

    private static string Range(Interval? interval)
    {
        if (interval is not { } known)
        {
            return "";
        }

        var decimals = double.IsFinite(known.Upper - known.Lower) ? Math.Max(2, Readable.DecimalsFor(known) + 1) : 2;
        return $"{Readable.Fixed(known.Lower, decimals)} to {Readable.Fixed(known.Upper, decimals)}";
    }

    private static void WriteSeed(Utf8JsonWriter writer, ulong? seed)
    {
        if (seed is { } known)
        {
            writer.WriteNumber("seed", known);
        }
        else
        {
            writer.WriteNull("seed");
        }
    }
}
