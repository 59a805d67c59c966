namespace MetaSpine.Cli;

/// <summary>Reads the files of references that a command names.</summary>
internal static class References
{
    /// <summary>The libraries; notes and faults of their records are told as they are found.</summary>
    public static List<ReferenceLibrary> Load(IEnumerable<string> files, Terminal terminal)
    {
        var libraries = new List<ReferenceLibrary>();
        foreach (var file in files)
        {
            var library = ReferenceFile.Load(file);
            foreach (var note in library.Notes)
            {
                terminal.Note($"{file}: {note}");
            }

            foreach (var fault in library.Faults)
            {
                terminal.Fail(fault.ToString());
            }

            libraries.Add(library);
        }

        return libraries;
    }
}
