using System.Text;

namespace MetaSpine;

/// <summary>Opens the files that people name, and says in words why one cannot be opened.</summary>
internal static class OpenedFile
{
    /// <summary>The bytes 128 to 159 of Windows' Western European code page, which Latin-1 leaves to control characters.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private const string NotUtf8 = "the file is not UTF-8: its letters beyond ASCII were read as Windows-1252 (Latin-1); where a name looks wrong, save the file as UTF-8";

    /// <summary>The text of a file, which is UTF-8, or UTF-16 with its mark.</summary>
    public static StreamReader Text(string path) => Opened(path, () => new StreamReader(path));

    /// <summary>
    /// The text of a table: UTF-8, UTF-16 with its mark, or else what spreadsheets save by default in Western Europe, Windows-1252.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="notes">Takes a note where the file is not UTF-8.</param>
    public static TextReader Table(string path, List<string> notes)
    {
        if (Opened(path, () => IsUtf8(path)))
        {
            return Text(path);
        }

        notes.Add(NotUtf8);
        return Opened(path, () => new WesternReader(new StreamReader(path, Encoding.Latin1, detectEncodingFromByteOrderMarks: false)));
    }

    /// <summary>What a file's bytes are read as, while it is open.</summary>
    public static T Bytes<T>(string path, Func<Stream, T> read)
    {
        using var stream = Opened(path, () => File.OpenRead(path));
        return Opened(path, () => read(stream));
    }

    /// <summary>The text of a table whose bytes are at hand; see <see cref="Table(string, List{string})"/>.</summary>
    public static TextReader Table(byte[] bytes, List<string> notes)
    {
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] || System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return new StreamReader(new MemoryStream(bytes, writable: false));
        }

        notes.Add(NotUtf8);
        return new WesternReader(new StreamReader(new MemoryStream(bytes, writable: false), Encoding.Latin1, detectEncodingFromByteOrderMarks: false));
    }

    private static T Opened<T>(string path, Func<T> open)
    {
        try
        {
            return Directory.Exists(path) ? throw Fault(path, "this is a directory: name a file") : open();
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

    /// <summary>Whether the file is valid UTF-8, or has the mark of another Unicode form; a pipe, which can be read only once, is taken as it is.</summary>
    private static bool IsUtf8(string path)
    {
        using var stream = File.OpenRead(path);
        if (!stream.CanSeek)
        {
            return true;
        }

        var (bytes, decoder) = (new byte[1 << 16], new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder());
        var characters = new char[bytes.Length + 1];
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (isFirst && bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
                {
                    return true;
                }

                decoder.GetChars(bytes, 0, count, characters, 0, flush: count < bytes.Length);
                if (count < bytes.Length)
                {
                    return true;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static StudyFileException Fault(string path, string message) => new([new FileFault(new SourcePosition(path, 0, 0), message)]);

    /// <summary>Latin-1 with the letters that Windows has in place of its control characters.</summary>
    private sealed class WesternReader(StreamReader latin) : TextReader
    {
        public override int Peek() => Western(latin.Peek());

        public override int Read() => Western(latin.Read());

        protected override void Dispose(bool disposing)
        {
            latin.Dispose();
            base.Dispose(disposing);
        }

        private static int Western(int character) => character is >= 0x80 and <= 0x9f ? Windows1252[character - 0x80] : character;
    }
}
