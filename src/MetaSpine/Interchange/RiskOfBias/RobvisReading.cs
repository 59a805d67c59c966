using System.Globalization;

namespace MetaSpine;

/// <summary>Reads a table of judgements: which tool it is, and each row as a study with its assessment.</summary>
internal static class RobvisReading
{
    private const string AnyTool = "risk of bias";

    /// <summary>robvis looks at first letters, so that files are seen with nothing else.</summary>
    private static readonly (string Letter, RiskLevel[] Levels, string Word)[] Letters =
    [
        ("l", [RiskLevel.Low], "low"), ("h", [RiskLevel.High], "high"), ("s", [RiskLevel.Some, RiskLevel.High], "some concerns"), ("m", [RiskLevel.Some], "moderate"),
        ("c", [RiskLevel.Critical], "critical"), ("v", [RiskLevel.Critical], "very high"), ("u", [RiskLevel.Unclear], "unclear"), ("n", [RiskLevel.Unclear], "no information"),
    ];

    public static RobvisTable Read(TableGrid grid, string? asked, List<string> notes)
    {
        var study = Place(grid, "study", "studies", "author", "trial") ?? 0;
        var overall = Place(grid, "overall", "overall bias", "overall risk of bias", "overall judgement");
        var weight = Place(grid, "weight", "weights");
        List<int> domains = [.. Enumerable.Range(0, grid.Header.Count).Where(column => column != study && column != overall && column != weight && grid.Header[column].Text.Length > 0)];
        if (domains.Count == 0)
        {
            throw new StudyFileException([new(grid.Header[0].Position, "there are no columns of judgements: expected Study, a column for each domain such as D1, and Overall")]);
        }

        var tool = asked is null ? Recognised(grid, domains, overall) : RiskOfBiasTools.Find(asked);
        if (asked is null)
        {
            notes.Add(tool is null ? "no tool is recognised by the columns, so that the judgements are shown as they are; name the tool if it is a known one" : $"read as {tool.Name}, which the columns and words suggest; name the tool where it is another");
        }
        else if (tool is null)
        {
            notes.Add($"the rules of the tool '{asked}' are not known{NearestName.Ending(asked, [.. RiskOfBiasTools.All.Select(known => known.Code)])} The judgements are shown as they are");
        }

        var names = domains.ConvertAll(column => DomainName(tool, grid.Header[column].Text));
        var (faults, studies, weights) = (new List<FileFault>(), new List<Study>(), new Dictionary<string, double>(StringComparer.Ordinal));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in grid.Rows)
        {
            if (row[study].Text.Trim() is not { Length: > 0 } label)
            {
                faults.Add(new(row[study].Position, "the study has no name"));
                continue;
            }

            var id = Id(label, ids);
            var judged = domains.Select((column, i) => (Name: names[i], Judgement: Judgement(row[column], tool?.Judgements ?? [], faults)))
                .Where(item => item.Judgement is not null).Select(item => new DomainJudgement { Domain = item.Name, Judgement = item.Judgement! });
            studies.Add(new Study
            {
                Id = id, Label = label,
                RiskOfBias =
                [
                    new RiskOfBias
                    {
                        Tool = tool?.Code ?? asked ?? AnyTool, Domains = [.. judged],
                        Overall = overall is { } place ? Judgement(row[place], tool?.OverallJudgements ?? [], faults) : null,
                    },
                ],
            });
            if (weight is { } last && row[last].Text.Trim().Length > 0)
            {
                weights[id] = Weight(row[last], faults);
            }
        }

        return faults.Count == 0
            ? new RobvisTable { Tool = tool?.Code ?? asked ?? AnyTool, Studies = studies, Weights = weights, Notes = notes }
            : throw new StudyFileException(faults);
    }

    /// <summary>The tool whose domains the columns are, by name, or by their number and the words that occur.</summary>
    private static RiskOfBiasTool? Recognised(TableGrid grid, List<int> domains, int? overall)
    {
        var headings = domains.ConvertAll(column => Spaced(grid.Header[column].Text));
        bool IsCode(string heading) => heading.Length is 2 or 3 && heading[0] is 'D' or 'd' && char.IsAsciiDigit(heading[1]);
        if (!headings.TrueForAll(IsCode))
        {
            return RiskOfBiasTools.All.FirstOrDefault(tool => !tool.IsChecklist && headings.TrueForAll(heading => tool.FindDomain(heading) is not null));
        }

        var words = grid.Rows.SelectMany(row => domains.Concat(overall is { } last ? [last] : []).Select(column => JudgementWords.Fold(row[column].Text))).ToHashSet(StringComparer.Ordinal);
        string[] ofRobins = ["moderate", "serious", "critical", "m", "c"];
        var isRobins = ofRobins.Any(words.Contains);
        var code = (domains.Count, isRobins) switch
        {
            (4, false) => "quadas-2",
            (5, false) => "rob2",
            (6, false) when headings.Exists(heading => heading.Equals("D1b", StringComparison.OrdinalIgnoreCase)) => "rob2-cluster",
            (6, true) => "robins-i-v2",
            (7, true) => "robins-i",
            (7, false) => words.Contains("unclear") && !words.Contains("some concerns") ? "rob1" : "robins-e",
            _ => null,
        };
        return code is null ? null : RiskOfBiasTools.Find(code);
    }

    private static string? Judgement(CsvField field, IReadOnlyList<RiskOfBiasWord> words, List<FileFault> faults)
    {
        var text = field.Text.Trim();
        if (text.Length == 0 || JudgementWords.Level(text) == RiskLevel.None || text is "x" or "X")
        {
            return text.Length == 0 ? null : "not applicable";
        }

        if (RiskOfBiasWord.Find(words, text) is { } known)
        {
            return known.Word;
        }

        var folded = JudgementWords.Fold(text);
        if (folded.Length == 1)
        {
            var letter = Array.Find(Letters, item => item.Letter == folded);
            if (letter.Word is not null)
            {
                return words.FirstOrDefault(word => letter.Levels.Contains(word.Level) && word.Word[0] == folded[0])?.Word ?? letter.Word;
            }
        }

        if (JudgementWords.Level(text) == RiskLevel.Unclear && folded is not ("unclear" or "no information" or "ni"))
        {
            var expected = words.Count > 0 ? words.Select(word => word.Word) : JudgementWords.Usual;
            var near = NearestName.Of(folded, expected);
            faults.Add(new(field.Position, $"found '{NumberText.Shorten(text)}', expected a judgement: {string.Join(", ", expected)}{(near is null ? "" : $"; did you mean {near}?")}"));
        }

        return folded;
    }

    private static double Weight(CsvField field, List<FileFault> faults)
    {
        if (NumberText.IsNumber(field.Text.Trim()) && NumberText.Value(field.Text.Trim()) is >= 0 and { } weight && double.IsFinite(weight))
        {
            return weight;
        }

        faults.Add(new(field.Position, $"found '{NumberText.Shorten(field.Text)}', expected a weight from 0, such as 12.5"));
        return 0;
    }

    private static int? Place(TableGrid grid, params string[] names)
    {
        for (var column = 0; column < grid.Header.Count; column++)
        {
            if (names.Contains(Spaced(grid.Header[column].Text).ToLowerInvariant()))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>A heading as people mean it: R puts points where spaces were.</summary>
    private static string Spaced(string heading) => heading.Trim().Replace('.', ' ').Replace('_', ' ');

    /// <summary>The domain's code in the tool, or a name that a study file can hold.</summary>
    private static string DomainName(RiskOfBiasTool? tool, string heading) =>
        tool?.FindDomain(Spaced(heading))?.Code ?? (Codecs.IsId(Spaced(heading).Replace(' ', '_')) ? Spaced(heading).Replace(' ', '_') : Slug(heading));

    private static string Id(string label, HashSet<string> taken)
    {
        var (stem, number) = (Slug(label), 2);
        var id = stem;
        while (!taken.Add(id))
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number++}");
        }

        return id;
    }

    private static string Slug(string text)
    {
        var letters = string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-'));
        var slug = string.Join('-', letters.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 ? slug : "study";
    }
}
