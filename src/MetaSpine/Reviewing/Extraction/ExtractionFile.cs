namespace MetaSpine;

/// <summary>A study of an extraction: its tree, its text where it has a file of its own, and where it stands.</summary>
internal sealed record ExtractedStudy(string Id, YamlMap Root, string? Text, string File);

/// <summary>Reads what one person extracted: a study file, a review file with its studies, or a folder of study files.</summary>
internal static class ExtractionFile
{
    private const int MostFiles = 20_000;

    /// <summary>The studies in the order of the review, or of the files' names.</summary>
    /// <exception cref="StudyFileException">A file cannot be used; all faults are listed.</exception>
    internal static List<ExtractedStudy> Read(string path)
    {
        if (Directory.Exists(path))
        {
            return Folder(path);
        }

        var loaded = StudyFile.Load(path);
        return loaded.Study is { } study ? [Own(study, path)] : OfReview(loaded.Review!, path);
    }

    /// <summary>Whether the path is that of a single study.</summary>
    internal static bool IsStudy(List<ExtractedStudy> studies, string path) => studies is [{ Text: not null } only] && only.File == path;

    private static List<ExtractedStudy> Folder(string path)
    {
        var faults = new List<FileFault>();
        var studies = new List<ExtractedStudy>();
        foreach (var file in Names(path))
        {
            if (!StudyFile.TryLoad(file, out var loaded, out var found))
            {
                faults.AddRange(found);
            }
            else if (loaded.Study is { } study)
            {
                if (studies.Find(other => other.Id == study.Id) is { } twin)
                {
                    faults.Add(new(study.PositionOf("id"), $"the study '{study.Id}' stands here and already in {twin.File}; keep one file of it"));
                }

                studies.Add(Own(study, file));
            }
        }

        if (faults.Count == 0 && studies.Count == 0)
        {
            faults.Add(new(new(path, 0, 0), "this folder holds no study file (.yaml, .yml)"));
        }

        return faults.Count == 0 ? studies : throw new StudyFileException(faults);
    }

    private static List<string> Names(string path)
    {
        try
        {
            var names = Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Take(MostFiles + 1).Order(StringComparer.Ordinal).ToList();
            return names.Count <= MostFiles ? names : throw new StudyFileException([new(new(path, 0, 0), FormattableString.Invariant($"this folder holds more than {MostFiles} files"))]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StudyFileException([new(new(path, 0, 0), $"the folder cannot be listed: {error.Message}")]);
        }
    }

    private static ExtractedStudy Own(Study study, string file)
    {
        var (text, root) = Tree(file);
        return new(study.Id, root, text, file);
    }

    private static List<ExtractedStudy> OfReview(Review review, string path)
    {
        var own = new Dictionary<SourcePosition, YamlMap>();
        foreach (var item in (Tree(path).Root.Find("studies")?.Value as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            own[item.At] = item;
        }

        return [.. review.Studies.Select(study => own.TryGetValue(study.Position, out var node) ? new ExtractedStudy(study.Id, node, null, path) : Own(study, study.Position.File!))];
    }

    /// <summary>The tree of a file that was read before.</summary>
    internal static (string Text, YamlMap Root) Tree(string file)
    {
        var reading = new Reading(file, null);
        return TextFile.Read(file, reading) is { } text && YamlReader.Read(text, reading) is YamlMap root ? (text, root)
            : throw new StudyFileException(reading.InOrder() is { Count: > 0 } faults ? faults : [new(new(file, 0, 0), "the file changed while it was read")]);
    }

    /// <summary>The tree of a text that was read before.</summary>
    internal static YamlMap? Tree(string text, string file) => YamlReader.Read(text, new Reading(file, null)) as YamlMap;
}
