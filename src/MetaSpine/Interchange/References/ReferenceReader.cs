namespace MetaSpine;

/// <summary>
/// Reads references one at a time, so that a library of any size takes little memory. What is wrong with a record is collected in
/// <see cref="Faults"/>, and the rest is read.
/// </summary>
/// <remarks>It can be read once and belongs to one thread.</remarks>
public sealed class ReferenceReader : IDisposable
{
    private const int Peeked = 8192;

    private readonly PeekedReader _text;
    private readonly ReferenceFaults _faults;
    private readonly ReferenceCodec _codec;
    private bool _wasRead;

    internal ReferenceReader(TextReader text, string name, ReferenceFormat? format, IReadOnlyList<string> notes)
    {
        _faults = new(name);
        Notes = notes;
        try
        {
            _text = new(text, Peeked);
            _codec = format is { } known ? ReferenceCodecs.Of(known) : Detected(_text.Start, name);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>The format of the text.</summary>
    public ReferenceFormat Format => _codec.Format;

    /// <summary>What a reader should know of the file as a whole, such as letters that were read as Windows-1252.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What was wrong in what has been read until now, with file, line and column; at most about a thousand.</summary>
    public IReadOnlyList<FileFault> Faults => _faults.All;

    /// <summary>The references, in the order of the file.</summary>
    /// <exception cref="InvalidOperationException">They were read before.</exception>
    public IEnumerable<Reference> Read()
    {
        if (_wasRead)
        {
            throw new InvalidOperationException("The references were read before: open the file again, or keep them in a list.");
        }

        _wasRead = true;
        return _codec.Read(_text, _faults).Select(NoticeText.Completed);
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    /// <summary>The format that a text's beginning shows, or that its name promises.</summary>
    private static ReferenceCodec Detected(string start, string name)
    {
        var text = start.TrimStart();
        var extension = Path.GetExtension(name);
        var found = text.Contains('\0', StringComparison.Ordinal) ? null
            : ReferenceCodecs.All.FirstOrDefault(codec => codec.Begins(text))
                ?? ReferenceCodecs.All.FirstOrDefault(codec => codec.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        return found ?? throw new StudyFileException([new(new(name, 0, 0), Problem(text))]);
    }

    private static string Problem(string text)
    {
        var expected = $"expected one of the formats {string.Join(", ", ReferenceCodecs.All.Select(codec => codec.Name))}";
        return text.Length == 0 ? $"the file is empty: {expected}"
            : text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) ? $"this is a zip file or a workbook, not a text: unpack it or export the references, {expected}"
            : text.Contains('\0', StringComparison.Ordinal) ? $"this is not a text file, or it is UTF-16 without a mark at its start: {expected}"
            : $"this is no file of references: {expected}";
    }
}
