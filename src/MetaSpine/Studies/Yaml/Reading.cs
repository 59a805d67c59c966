namespace MetaSpine;

/// <summary>The reading of one file, and of the study files that it names: what was found wrong so far.</summary>
/// <param name="file">The file's name as it was given.</param>
/// <param name="folder">The folder that study files are relative to; null where the text may name none.</param>
internal sealed class Reading(string file, string? folder)
{
    // A file of the wrong kind would otherwise answer with thousands of lines.
    private const int MostFaults = 200;

    // A few lines can name the same files, and walk the same folders, very many times.
    private const int MostStudyFiles = 20_000, MostPatterns = 100;

    private readonly List<FileFault> _own = [];
    private readonly List<FileFault> _ofStudyFiles = [];
    private int _more, _files, _patterns;

    /// <summary>Whether a study of the file or of its study files could not be read.</summary>
    internal bool MissesStudies { get; private set; }

    internal string File { get; } = file;

    /// <summary>Whether a review is a fault, so that nothing of it is read: it could name itself among its studies, and so without end.</summary>
    internal bool ExpectsStudy { get; init; }


    /// <summary>Whether further faults are only counted, so that their messages need no care.</summary>
    internal bool IsFull => _own.Count >= MostFaults;

    internal SourcePosition At(long line, long column) => new(File, (int)line, (int)column);

    internal void Fault(SourcePosition at, string message)
    {
        if (!IsFull)
            _own.Add(new(at, message));
        else
            _more++;
    }

    internal void Wrong(YamlNode node, string expected) => Fault(node.At, $"found {node.Kind}, expected {expected}");

    /// <summary>The studies of the files that a review names; the faults of each are kept beside its own.</summary>
    internal List<Study> Studies(string pattern, SourcePosition at)
    {
        var studies = new List<Study>();
        if (folder is null)
        {
            Fault(at, $"found the file name '{NumberText.Shorten(pattern)}', but this text stands in no folder; load the review from its file");
            return studies;
        }
        if (StudyFilePattern.IsPattern(pattern) && ++_patterns > MostPatterns)
        {
            Fault(at, $"the review names its files by more than {MostPatterns} patterns: one such as studies/*.yaml names all files of a folder");
            MissesStudies = true;
            return studies;
        }
        var paths = StudyFilePattern.Find(folder, pattern, File, out var problem);
        foreach (var path in paths)
        {
            if (++_files > MostStudyFiles)
            {
                problem = $"the review names more than {MostStudyFiles} study files; from here on they are not read";
                break;
            }
            if (Study.TryLoad(path, out var study, out var faults))
                studies.Add(study);
            else
            {
                _ofStudyFiles.AddRange(faults);
                MissesStudies = true;
            }
        }
        if (problem is not null)
        {
            Fault(at, problem);
            MissesStudies = true;
        }
        return studies;
    }

    /// <summary>The faults in the order in which a reader goes through the file, then those of its study files.</summary>
    internal List<FileFault> InOrder()
    {
        var sorted = _own.OrderBy(f => f.Position.Line).ThenBy(f => f.Position.Column).ToList();
        if (_more > 0)
            sorted.Add(new(new(File, 0, 0), $"and {_more} more faults, not shown"));
        sorted.AddRange(_ofStudyFiles);
        return sorted;
    }
}
