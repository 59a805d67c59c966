using System.IO.Enumeration;

namespace MetaSpine;

/// <summary>Finds the study files that a review names: studies/oda2006.yaml, studies/*.yaml, **/*.yaml.</summary>
internal static class StudyFilePattern
{
    private const int MostFiles = 20_000, MostFolders = 20_000;

    /// <summary>Whether the name stands for files rather than one.</summary>
    internal static bool IsPattern(string name) => name.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>The files in ordinal order, without the review's own.</summary>
    /// <param name="folder">The folder of the review.</param>
    /// <param name="pattern">The name or pattern, relative to the folder, with / between folders.</param>
    /// <param name="self">The review file.</param>
    /// <param name="problem">What to tell the reviewer where no file is found.</param>
    internal static List<string> Find(string folder, string pattern, string self, out string? problem)
    {
        problem = null;
        var parts = pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Path.IsPathRooted(pattern) || pattern.Contains('\0', StringComparison.Ordinal))
        {
            problem = $"found '{NumberText.Shorten(pattern)}', expected a file name or pattern relative to this file, such as studies/*.yaml";
            return [];
        }
        if (!IsPattern(pattern))
            return [Path.Combine(folder, Path.Combine(parts))];

        var found = new List<string>();
        try
        {
            Walk(folder, parts, [], found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the files of '{pattern}' cannot be listed: {e.Message}";
        }
        var own = Path.GetFullPath(self);
        found.RemoveAll(path => Path.GetFullPath(path) == own);
        found.Sort(StringComparer.Ordinal);
        if (found.Count > MostFiles)
            problem = $"'{pattern}' names more than {MostFiles} files";
        else if (found.Count == 0)
            problem ??= $"no file is named '{pattern}' (looked in {(folder.Length == 0 ? "this folder" : folder)})";
        return problem is null ? found : [];
    }

    /// <summary>Each folder is walked once for what is left of the pattern: ** beside ** leads to the same folders by very many ways.</summary>
    private static void Walk(string folder, ReadOnlySpan<string> parts, HashSet<(string, int)> walked, List<string> found)
    {
        if (!walked.Add((folder, parts.Length)))
            return;
        if (walked.Count > MostFolders)
            throw new IOException($"there are more than {MostFolders} folders to look through");
        var here = folder.Length == 0 ? "." : folder;
        var part = parts[0];
        if (parts.Length == 1 && part != "**")
        {
            foreach (var name in Names(Directory.EnumerateFiles(here)))
                if (found.Count <= MostFiles && FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false))
                    found.Add(Path.Combine(folder, name));
            return;
        }
        if (part is "." or "..")
        {
            Walk(Path.Combine(folder, part), parts[1..], walked, found);
            return;
        }
        if (part == "**" && parts.Length > 1)
            Walk(folder, parts[1..], walked, found);
        if (!Directory.Exists(here))
            return;
        foreach (var directory in new DirectoryInfo(here).EnumerateDirectories())
        {
            // A linked folder could lead in a circle.
            if (directory.LinkTarget is not null)
                continue;
            if (part == "**")
                Walk(Path.Combine(folder, directory.Name), parts, walked, found);
            else if (FileSystemName.MatchesSimpleExpression(part, directory.Name, ignoreCase: false))
                Walk(Path.Combine(folder, directory.Name), parts[1..], walked, found);
        }
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths) => paths.Select(p => Path.GetFileName(p));
}
