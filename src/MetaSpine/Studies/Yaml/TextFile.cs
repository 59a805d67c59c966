using System.Text;

namespace MetaSpine;

/// <summary>Reads a text file that a person names, with a clear fault for everything that can be wrong with it.</summary>
internal static class TextFile
{
    /// <summary>The largest file that is read, in bytes: a thousand times a long study.</summary>
    internal const int LargestBytes = 20 * 1024 * 1024;

    internal static string? Read(string path, Reading reading)
    {
        if (path.Length == 0)
            return Fault(reading, "the name of the file is empty");
        try
        {
            if (Directory.Exists(path))
                return Fault(reading, "this is a directory; expected a file (a review can name the files of a directory: studies: [studies/*.yaml])");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Bytes(stream, reading) is { } bytes ? Text(bytes, reading) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fault(reading, "the file does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            return Fault(reading, "the file may not be read: its permissions forbid it");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return Fault(reading, $"the file cannot be read: {e.Message}");
        }
    }

    // The length is only a promise (a pipe or a device has none), so reading stops at the limit whatever it says.
    private static byte[]? Bytes(FileStream stream, Reading reading)
    {
        using var held = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            held.Write(buffer, 0, count);
            if (held.Length > LargestBytes || (stream.CanSeek && stream.Length > LargestBytes))
            {
                Fault(reading, $"the file is larger than {LargestBytes / (1024 * 1024)} MB; a study or review file is text of some kilobytes");
                return null;
            }
        }
        return held.ToArray();
    }

    private static string? Text(byte[] bytes, Reading reading)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return Fault(reading, "the file is UTF-16 text; save it as UTF-8");
        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes.AsSpan(0, Math.Clamp(start + e.Index, 0, bytes.Length));
            reading.Fault(reading.At(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n')),
                before.Contains((byte)0) ? "this is a binary file; expected YAML text"
                    : "this byte is not UTF-8 text; save the file as UTF-8 (or it is not a text file)");
            return null;
        }
    }

    private static string? Fault(Reading reading, string message)
    {
        reading.Fault(new(reading.File, 0, 0), message);
        return null;
    }
}
