using System.Globalization;

namespace MetaSpine;

/// <summary>The columns of a table of studies that show what the studies reported: "4/123" for counts, "12.1 (3.2), 40" for means.</summary>
internal static class StudyNumbers
{
    /// <summary>Inputs without a customary form are shown one a column, but not more than this.</summary>
    private const int MostPlainColumns = 4;

    /// <summary>The headings, by what the measure is computed from; none for ready estimates.</summary>
    public static IReadOnlyList<TableColumn> Columns(Measure measure) => Shape(measure).Select(part => new TableColumn(part.Heading, Alignment.Right)).ToList();

    /// <summary>One study's cells, in the order of the headings.</summary>
    public static IEnumerable<string> Cells(EffectSizes effects, int row) => Shape(effects.Measure).Select(part => part.Cell(input => effects.Data.Value(input, row)));

    /// <summary>The exact interval of a single group's proportion or rate, from its counts as reported; null for other measures and where a count is missing.</summary>
    public static Interval? ExactInterval(EffectSizes effects, int row, double level)
    {
        var (events, size) = (effects.Data.Value("xi", row), effects.Studies[row].Size);
        return ExactSource(effects.Measure) is null || double.IsNaN(events) || double.IsNaN(size) ? null
            : IsRate(effects.Measure) ? SingleStudyIntervals.Garwood(events, size, level)
            : SingleStudyIntervals.ClopperPearson(events, size, level);
    }

    /// <summary>Where the exact interval comes from; null where there is none.</summary>
    public static string? ExactSource(Measure measure) =>
        measure.Family.Alternatives[0].All(input => input.Column != "xi") ? null
        : IsRate(measure) ? "Garwood 1936, doi:10.1093/biomet/28.3-4.437"
        : "Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404";

    private static bool IsRate(Measure measure) => measure.Family.Alternatives[0].Any(input => input.Column == "ti");

    private static IReadOnlyList<Part> Shape(Measure measure)
    {
        var inputs = measure.Family.Alternatives[0].Select(input => input.Column).ToList();
        return string.Join(' ', inputs) switch
        {
            "ai n1i ci n2i" => [Events("Treated", "ai", "n1i", "bi"), Events("Control", "ci", "n2i", "di")],
            "x1i t1i x2i t2i" => [Events("Treated", "x1i", "t1i"), Events("Control", "x2i", "t2i")],
            "xi ti" => [Events("Events/time", "xi", "ti")],
            "xi ni" => [Events("Events", "xi", "ni", "mi")],
            "m1i sd1i n1i m2i sd2i n2i" => [Mean("Treated", "m1i", "sd1i", "n1i"), Mean("Control", "m2i", "sd2i", "n2i")],
            "mi sdi ni" => [Mean("Mean (SD), n", "mi", "sdi", "ni")],
            "yi vi" => [],
            _ => [.. inputs.Where(input => inputs.Count <= MostPlainColumns || input == "ni").Select(input => new Part(input, value => Number(value(input))))],
        };
    }

    private static Part Events(string heading, string events, string total, string? rest = null) => new(heading, value =>
    {
        var n = value(total);
        return $"{Count(value(events))}/{Count(double.IsNaN(n) && rest is not null ? value(events) + value(rest) : n)}";
    });

    private static Part Mean(string heading, string mean, string sd, string n) =>
        new(heading, value => $"{Number(value(mean))} ({Number(value(sd))}), {Count(value(n))}");

    private static string Count(double value) => double.IsNaN(value) ? "?" : Readable.Exact(value);

    private static string Number(double value) => double.IsNaN(value) ? "?" : value.ToString("G4", CultureInfo.InvariantCulture);

    private sealed record Part(string Heading, Func<Func<string, double>, string> Cell);
}
