using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>
/// The CSV template of the R package and web tool PRISMA2020 (Haddaway et al. 2022, Campbell Systematic Reviews 18:e1230, doi:10.1002/cl2.1230): a row for each box, named in the
/// column <c>data</c>, with its count in the column <c>n</c>. Blank, <c>NA</c> and <c>xxx</c> mean that nothing is given.
/// </summary>
public static partial class PrismaTemplate
{
    /// <summary>What no reason or source is as long as; beyond it the text is another than a list.</summary>
    private const int LongestItem = 2000;

    /// <summary>Reads a filled-in template. Separators may be commas, semicolons or tabs, and thousands may be set apart.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyFileException">It is no template, or a count cannot be read; every fault is listed with its place.</exception>
    public static PrismaCounts Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var reader = OpenedFile.Table(path, []);
        return Read(reader, path);
    }

    /// <summary>Reads a template's text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <exception cref="StudyFileException">It is no template, or a count cannot be read.</exception>
    public static PrismaCounts Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var grid = TableReader.Read(reader, name);
        var (key, n) = (grid.Column("data", "data"), grid.Column("n", "n"));
        if (key < 0 || n < 0)
        {
            throw new StudyFileException([new(grid.Header[0].Position, $"this is no PRISMA2020 template: expected the columns 'data' and 'n', and found {grid.Listing}; metaspine flow -o flow.csv writes a template")]);
        }

        var (counts, faults) = (new PrismaCounts(), new List<FileFault>());
        var places = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        foreach (var row in grid.Rows)
        {
            if (PrismaField.Find(row[key].Text) is { } field)
            {
                if (!places.TryAdd(field.Key, row[n].Position))
                {
                    faults.Add(new(row[key].Position, $"the row '{field.Key}' stands here and already at {places[field.Key]}"));
                }

                counts = field.Number is null ? field.With(counts, Items(row[n], faults)) : IsMissing(row[n].Text) ? counts : field.With(counts, Number(row[n], field.Name, faults));
            }
            else if (!TemplateRow.IsKnown(row[key].Text) && !IsMissing(row[n].Text) && row[n].Text != "0")
            {
                faults.Add(new(row[key].Position, $"there is no box '{NumberText.Shorten(row[key].Text)}' in the PRISMA2020 template{NearestName.Of(row[key].Text, PrismaField.All.Select(known => known.Key)) switch { { } near => $"; did you mean {near}?", _ => "" }}"));
            }
        }

        if (places.Count == 0 && faults.Count == 0)
        {
            faults.Add(new(grid.Header[key].Position, $"the column 'data' names no box of the PRISMA2020 template, such as {PrismaField.All[0].Key}"));
        }

        counts.Place(grid.Header[0].Position, places);
        return faults.Count == 0 ? counts : throw new StudyFileException(faults);
    }

    /// <summary>The counts as a filled-in template, which the R package and web tool PRISMA2020 read; what is not given is <c>NA</c>.</summary>
    /// <param name="counts">The counts.</param>
    public static string Write(PrismaCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new Table(
            [new("data"), new("node"), new("box"), new("description"), new("boxtext"), new("tooltips"), new("url"), new("n")],
            [.. TemplateRow.All.Select(row => (string[])[row.Data, row.Node, row.Box, row.Text, row.Text, row.Text, "NA", Cell(counts, row.Data)])]).ToCsv().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Cell(PrismaCounts counts, string key)
    {
        if (PrismaField.Find(key) is not { } field)
        {
            return "NA";
        }

        return field.Number is { } number ? number(counts)?.ToString(CultureInfo.InvariantCulture) ?? "NA"
            : field.Items!(counts) is not { Count: > 0 } items ? "NA"
            : items is [{ Name: PrismaCount.NotNamed }] ? items[0].Count.ToString(CultureInfo.InvariantCulture)
            : string.Join("; ", items.Select(item => FormattableString.Invariant($"{item.Name.Replace(';', ',')}, {item.Count}")));
    }

    private static bool IsMissing(string text) => text.Equals("xxx", StringComparison.OrdinalIgnoreCase) || TableNumber.IsMissing(text);

    private static int Number(CsvField cell, string name, List<FileFault> faults)
    {
        var count = TableNumber.Read(cell, name, NumberKind.Count, '.', faults);
        if (!double.IsNaN(count) && (count < 0 || count != Math.Floor(count) || count > int.MaxValue))
        {
            faults.Add(new(cell.Position, $"'{NumberText.Shorten(cell.Text)}' is no count: every count is a whole number that is not negative (rule P15; {name})"));
        }

        return count is >= 0 and <= int.MaxValue ? (int)count : 0;
    }

    /// <summary>"Embase, 1,902; MEDLINE, 870" and "Wrong population (n = 4)"; a number alone has no name.</summary>
    private static ValueList<PrismaCount> Items(CsvField cell, List<FileFault> faults)
    {
        var items = new List<PrismaCount>();
        foreach (var text in (IsMissing(cell.Text) ? "" : cell.Text).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (text.Length > LongestItem || Item().Match(text) is not { Success: true } match)
            {
                faults.Add(new(cell.Position, $"'{NumberText.Shorten(text)}' has no count: expected a name, a comma and a count, such as Embase, 1902; items are set apart by semicolons"));
            }
            else if (!IsMissing(match.Groups["n"].Value))
            {
                var name = match.Groups["name"].Value.Trim(' ', ',', ':', '(', '=');
                items.Add(new(name.Length == 0 ? PrismaCount.NotNamed : name, Number(cell with { Text = match.Groups["n"].Value }, name, faults)));
            }
        }

        foreach (var item in items)
        {
            item.Place(cell.Position);
        }

        return items.ToValueList();
    }

    [GeneratedRegex(@"^(?<name>.*?)(?:\(?\s*\bn\s*=\s*)?(?<n>(?:(?<![0-9])-?[0-9]{1,3}(?:[, '\u00a0\u202f][0-9]{3})+|(?<![0-9])-?[0-9]+(?:\.[0-9]+)?)|(?<=[,:=\s])(?:xxx|NA))\s*\)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline, 1000)]
    private static partial Regex Item();
}
