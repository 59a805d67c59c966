namespace MetaSpine;

/// <summary>Reads bytes up to a limit, whatever a file's header promises: a few kilobytes of a zip file can stand for gigabytes.</summary>
internal static class BoundedBytes
{
    /// <summary>Ten times the largest review that Cochrane has published, in bytes.</summary>
    public const int LargestFile = 100 * 1024 * 1024;

    /// <summary>All bytes.</summary>
    /// <exception cref="StudyFileException">There are more than the limit.</exception>
    public static byte[] Read(Stream stream, int most, string name)
    {
        using var held = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            held.Write(buffer, 0, count);
            if (held.Length > most)
            {
                throw new StudyFileException([new(new(name, 0, 0), FormattableString.Invariant($"the content is larger than {most / (1024 * 1024)} MB, and reading stopped there: this is no review"))]);
            }
        }

        return held.ToArray();
    }
}
