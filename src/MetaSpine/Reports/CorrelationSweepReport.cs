using System.Text.Json;

namespace MetaSpine;

/// <summary>Results by the assumed correlation of sampling errors in words, as tables and as JSON.</summary>
internal static class CorrelationSweepReport
{
    public static ReportParts Parts(CorrelationSweepResult result) => new(
        $"{result.Effects.Measure.ReadAs} by the assumed correlation of sampling errors",
        Findings(result),
        result.Fitted is [var first, ..] ? ModelText.LeftOut(first.Excluded) : [],
        [.. result.Steps.Where(step => step.Problem is not null).Select(step => $"With ρ = {Readable.Exact(step.Correlation)} there is no result. {step.Problem}"), .. result.Fitted.SelectMany(fit => fit.Notes)],
        [
            .. ModelText.EffectSize(result.Effects.Measure),
            $"Model of dependent effects by {result.Options.Method}, fitted anew for each correlation, with random effects {string.Join(", ", result.Random)}; Konstantopoulos 2011, doi:10.1002/jrsm.35.",
            "ρ: the correlation of the sampling errors of dependent effects, which is assumed and not estimated.",
        ]);

    public static Table Exact(CorrelationSweepResult result)
    {
        var components = Components(result);
        return new(
            [new("rho"), .. CoefficientTable.ExactColumns, .. components.Select(name => new TableColumn(name))],
            [.. from step in result.Steps
                where step.Result is not null
                from coefficient in CoefficientTable.Exact(CoefficientRow.Of(step.Result!.Coefficients)).Rows
                select (string[])[Readable.Exact(step.Correlation), .. coefficient, .. components.Select(name => Readable.Exact(Component(step.Result!, name)))]]);
    }

    public static void Write(Utf8JsonWriter writer, CorrelationSweepResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Effects.Measure.Code);
        writer.WriteString("method", result.Options.Method.ToString());
        ResultJson.Write(writer, "random", [.. result.Random.Select(term => term.ToString())]);
        writer.WriteStartArray("steps");
        foreach (var step in result.Steps)
        {
            writer.WriteStartObject();
            writer.WriteFinite("correlation", step.Correlation);
            if (step.Result is { } fit)
            {
                ResultJson.Coefficients(writer, CoefficientRow.Of(fit.Coefficients));
                writer.WriteStartObject("components");
                foreach (var component in fit.Components)
                {
                    writer.WriteFinite(Name(component), component.Value);
                }

                writer.WriteEndObject();
            }
            else
            {
                writer.WriteString("problem", step.Problem);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static IEnumerable<Block> Findings(CorrelationSweepResult result)
    {
        if (result.Fitted.Count == 0)
        {
            yield return new Paragraph("None of the assumed correlations gives a result.");
            yield break;
        }

        foreach (var sentence in Sentences(result))
        {
            yield return new Paragraph(sentence);
        }

        yield return new TableBlock(Table(result, Components(result))) { Narrow = Table(result, []) };
    }

    private static IEnumerable<string> Sentences(CorrelationSweepResult result)
    {
        var fits = result.Fitted;
        var correlations = result.Steps.Where(step => step.Result is not null).Select(step => step.Correlation).ToList();
        var range = $"With a correlation of sampling errors from {Readable.Exact(correlations.Min())} to {Readable.Exact(correlations.Max())}";
        if (fits[0] is MultilevelPooledResult)
        {
            var pooled = fits.OfType<MultilevelPooledResult>().ToList();
            var format = Format(result);
            yield return $"{range}, the pooled {result.Effects.Measure.ReadAs} lies between {format.Number(pooled.Min(fit => fit.Natural.Estimate))}{format.Unit} "
                + $"and {format.Number(pooled.Max(fit => fit.Natural.Estimate))}{format.Unit}, and its standard error on the analysis scale between "
                + $"{Readable.Significant(pooled.Min(fit => fit.StandardError))} and {Readable.Significant(pooled.Max(fit => fit.StandardError))}.";
        }
        else
        {
            yield return $"{range}, the coefficients are as in the table, on the analysis scale.";
        }

        // A coefficient is the same in all models of a sweep, which differ in V alone.
        var threshold = 1 - result.Options.Level;
        var changing = Enumerable.Range(0, fits[0].Coefficients.Count)
            .Where(j => fits.Select(fit => fit.Coefficients[j].PValue < threshold).Distinct().Count() > 1)
            .Select(j => DesignTerms.Shown(fits[0].Coefficients[j].Name)).ToList();
        var level = Readable.Level(threshold);
        yield return (fits[0] is MultilevelPooledResult, changing) switch
        {
            (true, []) => $"Whether the pooled effect is significant at the {level}% level does not hang on the correlation.",
            (true, _) => $"Whether the pooled effect is significant at the {level}% level hangs on the correlation.",
            (false, []) => $"Which coefficients are significant at the {level}% level does not hang on the correlation.",
            _ => $"Which coefficients are significant at the {level}% level hangs on the correlation: {string.Join(", ", changing)}.",
        };
    }

    private static Table Table(CorrelationSweepResult result, List<string> components)
    {
        var (format, level) = (Format(result), Readable.Level(result.Options.Level));
        var pooled = result.Fitted[0] is MultilevelPooledResult;
        var decimals = result.Fitted.Max(fit => fit.Coefficients.Max(c => Readable.SignificantDecimals(c.StandardError)));
        List<(TableColumn Column, Func<CorrelationStep, Coefficient, string> Cell)> columns =
        [
            (new("ρ", Alignment.DecimalPoint), (step, _) => Readable.Exact(step.Correlation)),
        ];
        if (pooled)
        {
            columns.Add((new(format.Heading, Alignment.DecimalPoint), (step, _) => format.Number(((MultilevelPooledResult)step.Result!).Natural.Estimate)));
            columns.Add((new($"{level}% CI", Alignment.DecimalPoint), (step, _) => format.Range(((MultilevelPooledResult)step.Result!).Natural.Interval)));
        }
        else
        {
            columns.Add((new("Coefficient") { Wraps = true }, (_, c) => DesignTerms.Shown(c.Name)));
            columns.Add((new("Estimate", Alignment.DecimalPoint), (_, c) => Readable.Fixed(c.Estimate, Readable.DecimalsFor(c.Interval))));
            columns.Add((new($"{level}% CI", Alignment.DecimalPoint), (_, c) => Range(c.Interval)));
        }

        columns.Add((new("SE", Alignment.DecimalPoint), (_, c) => Readable.Fixed(c.StandardError, decimals)));
        columns.Add((new("p", Alignment.DecimalPoint), (_, c) => Readable.PCell(c.PValue)));
        columns.AddRange(components.Select(name => (new TableColumn(name, Alignment.DecimalPoint), (Func<CorrelationStep, Coefficient, string>)((step, _) => Shown(Component(step.Result!, name))))));
        return new Table(
            columns.ConvertAll(column => column.Column),
            [.. from step in result.Steps
                where step.Result is not null
                from coefficient in step.Result!.Coefficients
                select columns.ConvertAll(column => column.Cell(step, coefficient))]);
    }

    private static string Range(Interval interval)
    {
        var decimals = Readable.DecimalsFor(interval);
        return $"{Readable.Fixed(interval.Lower, decimals)} to {Readable.Fixed(interval.Upper, decimals)}";
    }

    private static string Shown(double? value) => value is { } number && double.IsFinite(number) ? ModelText.Variance(number) : "";

    private static NaturalFormat Format(CorrelationSweepResult result) =>
        NaturalFormat.For(result.Effects.Measure, result.Fitted.OfType<MultilevelPooledResult>(), fit => fit.Natural.Interval);

    private static List<string> Components(CorrelationSweepResult result) => [.. result.Fitted.SelectMany(fit => fit.Components).Select(Name).Distinct()];

    private static double? Component(MultilevelResult fit, string name) => fit.Components.FirstOrDefault(component => Name(component) == name)?.Value;

    /// <summary>A component as a heading: "τ² district/school", "r outcome | trial: AL, PD".</summary>
    public static string Name(VarianceComponent component)
    {
        var kind = component.Kind switch { ComponentKind.Variance => "τ²", ComponentKind.Correlation => "r", _ => "range" };
        return $"{kind} {component.Term}{(component.Name.Length > 0 ? $": {component.Name}" : "")}";
    }
}
