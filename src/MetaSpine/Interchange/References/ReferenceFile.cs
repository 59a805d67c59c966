namespace MetaSpine;

/// <summary>Reads and writes files of references: the exports of databases and reference managers.</summary>
public static class ReferenceFile
{
    /// <summary>
    /// Reads a file whole. Its format is known by its content; its letters are UTF-8 with or without a mark, UTF-16 with its mark, or
    /// else Windows-1252, which a note says.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format; as the content shows unless given.</param>
    /// <exception cref="StudyFileException">The file cannot be opened or is no file of references. Broken records are no exception: they are <see cref="ReferenceLibrary.Faults"/>.</exception>
    public static ReferenceLibrary Load(string path, ReferenceFormat? format = null) => All(Open(path, format));

    /// <summary>Reads a text whole.</summary>
    /// <param name="text">The text of a file of references.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="format">The format; as the content shows unless given.</param>
    /// <exception cref="StudyFileException">It is no file of references.</exception>
    public static ReferenceLibrary Parse(string text, string name = "(text)", ReferenceFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return All(Read(new StringReader(text), name, format));
    }

    /// <summary>Opens a file to read its references one at a time.</summary>
    /// <inheritdoc cref="Load"/>
    public static ReferenceReader Open(string path, ReferenceFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var notes = new List<string>();
        return new(OpenedFile.Table(path, notes), path, format, notes);
    }

    /// <summary>Reads the references of a text one at a time.</summary>
    /// <param name="text">The text, which is disposed with the reader.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="format">The format; as the content shows unless given.</param>
    /// <exception cref="StudyFileException">It is no file of references.</exception>
    public static ReferenceReader Read(TextReader text, string name, ReferenceFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return new(text, name, format, []);
    }

    /// <summary>Writes references one at a time, with <c>\n</c> at the ends of lines.</summary>
    /// <param name="references">The references.</param>
    /// <param name="writer">Takes the text; UTF-8 is what every reader of these formats understands.</param>
    /// <param name="format">The format.</param>
    public static void Write(IEnumerable<Reference> references, TextWriter writer, ReferenceFormat format)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(writer);
        ReferenceCodecs.Of(format).Write(references, writer);
    }

    /// <summary>
    /// What of a reference a format has no place for, so that writing it leaves that out: the names of properties ("Urls"), and the tags that
    /// another format kept ("MEDLINE OWN"), each once.
    /// </summary>
    /// <param name="reference">The reference.</param>
    /// <param name="format">The format that it is to be written in.</param>
    public static IReadOnlyList<string> LeftOut(Reference reference, ReferenceFormat format)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return [.. ReferenceLosses.Of(reference, ReferenceCodecs.Of(format))];
    }

    /// <summary>The short names of the formats, as a command line takes them: <c>ris</c>, <c>medline</c>, <c>wos</c> and so on.</summary>
    public static IReadOnlyList<string> FormatCodes => [.. ReferenceCodecs.All.OrderBy(codec => codec.Format).Select(codec => codec.Code)];

    /// <summary>The format of a short name.</summary>
    /// <param name="code">One of <see cref="FormatCodes"/>, in capitals or not.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static ReferenceFormat FormatOfCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ReferenceCodecs.All.FirstOrDefault(codec => codec.Code.Equals(code, StringComparison.OrdinalIgnoreCase))?.Format
            ?? throw new ArgumentException($"There is no format '{code}'; there are {string.Join(", ", FormatCodes)}.", nameof(code));
    }

    /// <summary>The format that a file is written in by its name.</summary>
    /// <param name="path">The file, whose name ends in <c>.ris</c>, <c>.nbib</c>, <c>.ciw</c> and so on.</param>
    /// <exception cref="ArgumentException">The name ends as that of no format, or of several.</exception>
    public static ReferenceFormat FormatOfName(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var extension = Path.GetExtension(path);
        var codecs = ReferenceCodecs.All.Where(codec => codec.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)).ToList();
        return codecs.Count == 1 ? codecs[0].Format
            : throw new ArgumentException(codecs.Count > 1
                ? $"A name that ends in {extension} may be of the formats {string.Join(" and ", codecs.Select(codec => codec.Code))}: name the format."
                : $"No format is known by the end of the name '{path}'; there are {string.Join(", ", ReferenceCodecs.All.SelectMany(codec => codec.Extensions).Distinct().Order(StringComparer.Ordinal))}.", nameof(path));
    }

    private static ReferenceLibrary All(ReferenceReader reader)
    {
        using (reader)
        {
            var references = reader.Read().ToValueList();
            return new(references, reader.Format, reader.Faults.ToValueList(), reader.Notes.ToValueList());
        }
    }
}
