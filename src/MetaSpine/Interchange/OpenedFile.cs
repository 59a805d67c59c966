namespace MetaSpine;

/// <summary>Opens the files that people name, and says in words why one cannot be opened.</summary>
internal static class OpenedFile
{
    public static StreamReader Text(string path)
    {
        try
        {
            return Directory.Exists(path) ? throw Fault(path, "this is a directory: name a file") : new StreamReader(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault(path, "there is no such file");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException or NotSupportedException)
        {
            throw Fault(path, $"the file cannot be read: {error.Message}");
        }
    }

    private static StudyFileException Fault(string path, string message) => new([new FileFault(new SourcePosition(path, 0, 0), message)]);
}
