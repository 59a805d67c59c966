using System.Globalization;

namespace MetaSpine;

/// <summary>The studies of an .rm5 file: names, reports, characteristics and risk of bias.</summary>
internal static class Rm5Studies
{
    private static readonly (string Element, string Name)[] Parts =
        [("CHAR_METHODS", "Methods"), ("CHAR_PARTICIPANTS", "Participants"), ("CHAR_INTERVENTIONS", "Interventions"), ("CHAR_OUTCOMES", "Outcomes"), ("CHAR_NOTES", "Notes")];

    /// <summary>The included studies by their ids in the file; how many are excluded, awaited or ongoing is noted.</summary>
    public static List<(string Id, RevManStudy Study)> Of(Rm5Element root, List<string> notes)
    {
        var studies = root.Child("STUDIES_AND_REFERENCES")?.Child("STUDIES");
        foreach (var (group, word) in new[] { ("EXCLUDED_STUDIES", "excluded"), ("AWAITING_STUDIES", "awaiting classification"), ("ONGOING_STUDIES", "ongoing") })
        {
            var count = studies?.Child(group)?.Children.Count(child => child.Name == "STUDY") ?? 0;
            if (count > 0)
            {
                notes.Add(FormattableString.Invariant($"{count} {(count == 1 ? "study" : "studies")} ({word}) are not among the studies of the review"));
            }
        }

        var characteristics = Characteristics(root);
        var judgements = Judgements(root);
        return
        [
            .. (studies?.Child("INCLUDED_STUDIES")?.Children ?? []).Where(child => child.Name == "STUDY").Select(study =>
            {
                var id = study["ID"];
                var reports = study.Children.Where(child => child.Name == "REFERENCE").OrderBy(reference => reference["PRIMARY"] == "YES" ? 0 : 1).Select(Report).Where(report => report != new Citation()).ToList();
                return (id, new RevManStudy
                {
                    Name = study["NAME"].Length > 0 ? study["NAME"] : NameFrom(id),
                    Year = study["YEAR"].Length > 0 ? study["YEAR"] : null,
                    DataSource = study["DATA_SOURCE"].Length > 0 ? study["DATA_SOURCE"] : null,
                    Citation = reports.FirstOrDefault(),
                    Reports = [.. reports.Skip(1)],
                    Characteristics = characteristics.GetValueOrDefault(id, []),
                    RiskOfBias = judgements.TryGetValue(id, out var list) ? [.. list] : [],
                });
            }),
        ];
    }

    /// <summary>The name that an id stands for: "STD-MRC_x002d_1" is MRC-1.</summary>
    public static string NameFrom(string id)
    {
        var name = id.StartsWith("STD-", StringComparison.Ordinal) ? id[4..].Replace('-', ' ') : id;
        return Rm5Reader.Escape().Replace(name, match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()).Trim();
    }

    private static Dictionary<string, ValueList<RevManCharacteristic>> Characteristics(Rm5Element root)
    {
        var found = new Dictionary<string, ValueList<RevManCharacteristic>>(StringComparer.Ordinal);
        foreach (var study in root.Child("CHARACTERISTICS_OF_STUDIES")?.Child("CHARACTERISTICS_OF_INCLUDED_STUDIES")?.Children ?? [])
        {
            found.TryAdd(study["STUDY_ID"], [.. Parts.Select(part => new RevManCharacteristic(part.Name, study.TextOf(part.Element))).Where(part => part.Text.Length > 0)]);
        }

        return found;
    }

    private static Dictionary<string, List<RevManJudgement>> Judgements(Rm5Element root)
    {
        var found = new Dictionary<string, List<RevManJudgement>>(StringComparer.Ordinal);
        foreach (var item in (root.Child("QUALITY_ITEMS")?.Children ?? []).Where(child => child.Name == "QUALITY_ITEM"))
        {
            var name = item.TextOf("NAME");
            foreach (var entry in item.Child("QUALITY_ITEM_DATA")?.Children ?? [])
            {
                if (RevManWords.Judgement(entry["RESULT"]) is not { } judgement || entry["STUDY_ID"].Length == 0)
                {
                    continue;
                }

                var group = entry["GROUP_ID"].Length == 0 ? null : item.Descendant(entry["GROUP_ID"])?.TextOf("NAME");
                var support = entry.TextOf("DESCRIPTION");
                if (!found.TryGetValue(entry["STUDY_ID"], out var list))
                {
                    found[entry["STUDY_ID"]] = list = [];
                }

                list.Add(new(string.IsNullOrEmpty(group) ? name : $"{name}: {group}", judgement, support.Length == 0 ? null : support));
            }
        }

        return found;
    }

    private static Citation Report(Rm5Element reference)
    {
        string? Text(string element) => reference.TextOf(element) is { Length: > 0 } text ? text.ReplaceLineEndings(" ") : null;
        var identifiers = (reference.Child("IDENTIFIERS")?.Children ?? []).Select(item => (Type: item["TYPE"].ToUpperInvariant(), Value: item["VALUE"].Trim())).ToList();
        string? Identifier(string type, Func<string, string?> of) => identifiers.Where(item => item.Type.Contains(type, StringComparison.Ordinal)).Select(item => of(item.Value)).FirstOrDefault(value => value is not null);
        return new Citation
        {
            Authors = [.. (Text("AU") ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Title = Text("TI"),
            Journal = Text("SO"),
            Year = RevManImport.Year(Text("YR")),
            Volume = Text("VL"),
            Issue = Text("NO"),
            Pages = Text("PG"),
            Doi = Identifier("DOI", RevManImport.Doi),
            Pmid = Identifier("PUBMED", value => value.Length is > 0 and <= 9 && value.All(char.IsAsciiDigit) ? value : null),
        };
    }
}
