namespace MetaSpine;

/// <summary>Two people's extractions of a study, or of several, field by field: where they differ, and how far they agree.</summary>
/// <remarks>
/// Outcomes are matched by id, results by group, arm, comparison and timepoint, judgements of the risk of bias by tool and outcome; never by their order.
/// Numbers are equal as numbers. Who extracted and who judged is not compared.
/// </remarks>
public sealed partial record ExtractionComparison
{
    /// <summary>What the first extraction is called: its file, with the name of the person where the file gives it.</summary>
    public required string A { get; init; }

    /// <summary>What the second extraction is called.</summary>
    public required string B { get; init; }

    /// <summary>The studies that both have, by id.</summary>
    public required ValueList<string> Studies { get; init; }

    /// <summary>The differences, study by study in the order of the first extraction.</summary>
    public required ValueList<FieldDifference> Differences { get; init; }

    /// <summary>How far they agree on each kind of field: of a number, of a judgement, of text.</summary>
    public required ValueList<FieldAgreement> Agreement { get; init; }

    /// <summary>How many fields one of the two gives, or both.</summary>
    public int Fields => Agreement.Sum(group => group.Fields);

    /// <summary>How many of them both give alike; the same number in another form counts.</summary>
    public int Agreed => Agreement.Sum(group => group.Agreed);

    /// <summary>What was compared, for bringing it together.</summary>
    internal IReadOnlyList<(ExtractedStudy? A, ExtractedStudy? B)> Pairs { get; init; } = [];

    /// <summary>Compares two files or two folders.</summary>
    /// <param name="a">A study file, a review file, or a folder of study files.</param>
    /// <param name="b">The same of the second person.</param>
    /// <exception cref="StudyFileException">A file cannot be used, or they are of different kinds or different studies.</exception>
    /// <example><code>
    /// ExtractionComparison.Load("oda2006-ab.yaml", "oda2006-cd.yaml")
    /// </code></example>
    public static ExtractionComparison Load(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var faults = new List<FileFault>();
        var (left, right) = (Tried(a, faults), Tried(b, faults));
        if (faults.Count > 0)
        {
            throw new StudyFileException(faults);
        }

        var (oneA, oneB) = (ExtractionFile.IsStudy(left, a), ExtractionFile.IsStudy(right, b));
        if (oneA != oneB)
        {
            var (single, other) = oneA ? (a, b) : (b, a);
            throw new StudyFileException([new(new(other, 0, 0), $"this holds several studies, but {single} is a single study: compare two study files, two review files or two folders")]);
        }

        if (oneA && left[0].Id != right[0].Id)
        {
            throw new StudyFileException([new(IdAt(right[0]), $"this study is '{right[0].Id}', but that of {IdAt(left[0])} is '{left[0].Id}': two extractions have one id"
                + (NearestName.Of(right[0].Id, [left[0].Id]) is null ? "" : " (is one of them mistyped?)"))]);
        }

        if (!left.Exists(study => right.Exists(other => other.Id == study.Id)))
        {
            throw new StudyFileException([new(new(b, 0, 0), $"no study of it is in {a} by its id: {string.Join(", ", right.Take(5).Select(study => study.Id))} here, {string.Join(", ", left.Take(5).Select(study => study.Id))} there")]);
        }

        var others = right.ToDictionary(study => study.Id, StringComparer.Ordinal);
        var known = left.Select(study => study.Id).ToHashSet(StringComparer.Ordinal);
        return Of(Named(a, left), Named(b, right),
        [
            .. left.Select(study => ((ExtractedStudy?)study, others.GetValueOrDefault(study.Id))),
            .. right.Where(study => !known.Contains(study.Id)).Select(study => ((ExtractedStudy?)null, (ExtractedStudy?)study)),
        ]);
    }

    /// <summary>Compares two extractions of one study.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <exception cref="ArgumentException">They have different ids, so that they are of different studies.</exception>
    public static ExtractionComparison Of(Study a, Study b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Id != b.Id)
        {
            throw new ArgumentException($"The studies are '{a.Id}' and '{b.Id}': two extractions of one study have one id.", nameof(b));
        }

        return Of(a.Extractions is [{ By: var first }, ..] ? first : "A", b.Extractions is [{ By: var second }, ..] ? second : "B", [(Written(a), Written(b))]);

        static ExtractedStudy Written(Study study)
        {
            var text = study.ToYaml();
            return new(study.Id, ExtractionFile.Tree(text, "study.yaml")!, text, $"{study.Id}.yaml");
        }
    }

    private static ExtractionComparison Of(string a, string b, IReadOnlyList<(ExtractedStudy? A, ExtractedStudy? B)> pairs)
    {
        var differences = new List<FieldDifference>();
        var fields = new List<ComparedField>();
        foreach (var (left, right) in pairs)
        {
            if (left is null || right is null)
            {
                var only = (left ?? right)!;
                differences.Add(new(only.Id, "", left is null ? DifferenceKind.OnlyB : DifferenceKind.OnlyA, FieldKind.Text, left is null ? null : only.File, right is null ? null : only.File, At(left), At(right)));
                continue;
            }

            var comparison = NodeComparison.Of(left.Root, right.Root);
            fields.AddRange(comparison.Fields);
            differences.AddRange(comparison.Differences.Select(difference => new FieldDifference(left.Id, difference.Path, difference.Kind, difference.Field,
                Text(difference.A), Text(difference.B), (difference.A ?? difference.Host).At, (difference.B ?? difference.HostB).At)));
        }

        return new()
        {
            A = a, B = b, Pairs = pairs, Differences = differences.ToValueList(), Agreement = FieldAgreement.Of(fields, a, b),
            Studies = pairs.Where(pair => pair is { A: not null, B: not null }).Select(pair => pair.A!.Id).ToValueList(),
        };
    }

    private static string? Text(YamlNode? node) => node is null ? null : NodeComparison.Text(node);

    private static SourcePosition At(ExtractedStudy? study) => study is null ? default : new(study.File, 0, 0);

    private static SourcePosition IdAt(ExtractedStudy study) => study.Root.Find("id")!.Value.At;

    private static string Named(string path, List<ExtractedStudy> studies)
    {
        var people = studies.Select(study => study.Root.Find("extraction")?.Value is YamlList { Items: [YamlMap first, ..] } && first.Find("by")?.Value is YamlScalar { Text: var by } ? by : null).Distinct().ToList();
        return people is [{ } one] ? $"{path} ({one})" : path;
    }

    private static List<ExtractedStudy> Tried(string path, List<FileFault> faults)
    {
        try
        {
            return ExtractionFile.Read(path);
        }
        catch (StudyFileException error)
        {
            faults.AddRange(error.Faults);
            return [];
        }
    }
}
