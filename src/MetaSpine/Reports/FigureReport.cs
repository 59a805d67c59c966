using System.Globalization;
using System.Text.Json;

namespace MetaSpine;

/// <summary>A result that is a few estimates, a few numbers and what they say.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Coefficients">Its estimates, each with its test and interval as far as it has them; on the analysis scale.</param>
/// <param name="Numbers">Its other numbers by name; null where there is none.</param>
/// <param name="Notes">What was found, and what to beware of.</param>
internal sealed record Figures(string Title, IReadOnlyList<CoefficientRow> Coefficients, IReadOnlyList<(string Name, double? Value)> Numbers, IReadOnlyList<string> Notes)
{
    /// <summary>Where the method comes from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>A result that shows itself as <see cref="Figures"/>.</summary>
public abstract record FigureReport : Reportable
{
    private protected FigureReport()
    {
    }

    /// <summary>What is to be shown.</summary>
    internal abstract Figures Figures { get; }

    internal sealed override ReportParts Parts
    {
        get
        {
            var figures = Figures;
            return new ReportParts(figures.Title, Findings(figures), [], figures.Notes.Skip(1), figures.Sources);
        }
    }

    internal sealed override Table Rows
    {
        get
        {
            var figures = Figures;
            var numbers = figures.Numbers.Where(number => number.Value is not null).Select(number => new CoefficientRow(number.Name, number.Value!.Value, null, null, null, null, null));
            return CoefficientTable.Exact([.. figures.Coefficients, .. numbers]);
        }
    }

    internal sealed override void Write(Utf8JsonWriter writer)
    {
        var figures = Figures;
        writer.WriteStartObject();
        writer.WriteString("title", figures.Title);
        ResultJson.Coefficients(writer, figures.Coefficients, "estimates");
        writer.WriteStartObject("numbers");
        foreach (var (name, value) in figures.Numbers)
        {
            writer.WriteFinite(name, value);
        }

        writer.WriteEndObject();
        ResultJson.Write(writer, "notes", figures.Notes);
        writer.WriteEndObject();
    }

    private static IEnumerable<Block> Findings(Figures figures)
    {
        yield return new Paragraph(figures.Notes[0]);
        if (figures.Coefficients.Count > 0)
        {
            var level = figures.Coefficients.Select(row => row.Interval?.Level).FirstOrDefault(value => value is not null) ?? .95;
            yield return new TableBlock(CoefficientTable.Of("Estimate", figures.Coefficients, level, exponentiated: false));
        }

        yield return new TableBlock(new Table(
            [new("Number"), new("Value", Alignment.DecimalPoint)],
            [.. figures.Numbers.Where(number => number.Value is not null).Select(number => (IReadOnlyList<string>)[number.Name, Shown(number.Value!.Value)])]));
    }

    private static string Shown(double value) =>
        double.IsInfinity(value) ? "infinite" : value == Math.Floor(value) && Math.Abs(value) < 1e15 ? value.ToString("0", CultureInfo.InvariantCulture) : Readable.Significant(value);
}
