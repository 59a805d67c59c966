namespace MetaSpine;

/// <summary>One format of bibliographic files: how to know, read and write it.</summary>
/// <param name="Format">The format.</param>
/// <param name="Code">What a command line calls it: <c>ris</c>.</param>
/// <param name="Name">What messages call it: "RIS".</param>
/// <param name="Extensions">The ends of the names of its files, the usual one first: <c>.ris</c>.</param>
/// <param name="Begins">Whether a text that begins so (some thousand characters, without white space before them) is of this format.</param>
/// <param name="Read">
/// The records of a text, one at a time, in bounded memory. A record that is broken becomes a fault and the next is read; where nothing
/// more can be read, that is a fault too and the records end. It throws for no input.
/// </param>
/// <param name="Write">Writes records, with <c>\n</c> at the ends of lines.</param>
internal sealed record ReferenceCodec(
    ReferenceFormat Format,
    string Code,
    string Name,
    string[] Extensions,
    Func<string, bool> Begins,
    Func<TextReader, ReferenceFaults, IEnumerable<Reference>> Read,
    Action<IEnumerable<Reference>, TextWriter> Write)
{
    /// <summary>
    /// The names of what a reference has and the format has no place for, so that it is not written: <c>nameof(Reference.Urls)</c>.
    /// What other formats keep under their own tags is never written and not named here.
    /// </summary>
    public IReadOnlyList<string> LeavesOut { get; init; } = [];

    /// <summary>What messages call a tag that was kept; null where the record says the same and only its markup or its way of writing is kept.</summary>
    public Func<string, string?> KeptName { get; init; } = tag => tag.Split('/')[0];
}
