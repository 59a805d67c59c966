using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MetaSpine.Tests;

/// <summary>Files in the formats of Review Manager, composed here.</summary>
internal static class RevManFiles
{
    private static readonly string[] OfTotal = ["EFFECT_SIZE", "CI_START", "CI_END", "Z", "P_Z", "CHI2", "DF", "P_CHI2", "I2", "TAU2"];
    private static readonly string[] OfRow = ["EFFECT_SIZE", "CI_START", "CI_END", "SE", "WEIGHT"];

    /// <summary>The results by case, as the script beside them writes: the total first, then the studies; those between subgroups under "between".</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string[]>> Stored { get; } = ReadStored();

    public static RevManReview Read(string text, string name = "review.rm5") => Read(Encoding.UTF8.GetBytes(text), name);

    public static RevManReview Read(byte[] bytes, string name) => RevManReview.Read(new MemoryStream(bytes), name);

    /// <summary>A review of these outcomes, its studies named A to E.</summary>
    public static string Rm5(string outcomes, string more = "") =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<COCHRANE_REVIEW><COVER_SHEET><TITLE>Composed</TITLE></COVER_SHEET>\n<STUDIES_AND_REFERENCES><STUDIES><INCLUDED_STUDIES>\n"
        + string.Concat("ABCDE".Select(name => $"<STUDY ID=\"STD-{name}\" NAME=\"{name}\" YEAR=\"2001\" DATA_SOURCE=\"PUB\"/>\n"))
        + $"</INCLUDED_STUDIES></STUDIES></STUDIES_AND_REFERENCES>\n{more}<ANALYSES_AND_DATA>\n<COMPARISON ID=\"CMP-001\" NO=\"1\"><NAME>Drug or none</NAME>\n{outcomes}</COMPARISON>\n</ANALYSES_AND_DATA></COCHRANE_REVIEW>\n";

    /// <summary>An outcome, or a subgroup of one, with its stored results.</summary>
    public static string Outcome(string kind, string attributes, string key, IEnumerable<string> data, string labels = "<GROUP_LABEL_1>Drug</GROUP_LABEL_1><GROUP_LABEL_2>None</GROUP_LABEL_2>", string more = "")
    {
        var stored = key.Length == 0 ? "" : Attributes(OfTotal, Stored[key][0]);
        return $"<{kind} NO=\"1\" ESTIMABLE=\"YES\" {attributes} {stored}>\n<NAME>{(kind.EndsWith("SUBGROUP", StringComparison.Ordinal) ? key : "Death")}</NAME>{labels}\n{string.Concat(data)}{more}</{kind}>\n";
    }

    /// <summary>The rows of studies; each has the next stored row unless it has no effect.</summary>
    public static IEnumerable<string> Rows(string kind, string key, params (string Study, string Data, bool HasEffect)[] rows)
    {
        var next = 1;
        foreach (var (study, data, hasEffect) in rows)
        {
            yield return $"<{kind} STUDY_ID=\"STD-{study}\" {data} ESTIMABLE=\"{(hasEffect ? "YES" : "NO")}\" {(hasEffect ? Attributes(OfRow, Stored[key][next++]) : "EFFECT_SIZE=\"0.0\" CI_START=\"0.0\" CI_END=\"0.0\" SE=\"0.0\" WEIGHT=\"0.0\"")}/>\n";
        }
    }

    public static byte[] Zip(params (string Name, string Text)[] entries) => Zip([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text)))]);

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static string Attributes(string[] names, string[] values) => string.Join(' ', names.Zip(values, (name, value) => $"{name}=\"{value}\""));

    private static Dictionary<string, IReadOnlyList<string[]>> ReadStored()
    {
        var stored = new Dictionary<string, IReadOnlyList<string[]>>(StringComparer.Ordinal);
        var rows = new List<string[]>();
        foreach (var line in File.ReadLines(TestFiles.Path("Interchange/RevMan/stored-results.txt")))
        {
            if (line.StartsWith('#'))
            {
                stored[line[2..]] = rows = [];
            }
            else if (line.StartsWith('B'))
            {
                stored["between"] = [line[2..].Split(' ')];
            }
            else
            {
                rows.Add(line[2..].Split(' '));
            }
        }

        return stored;
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
