namespace MetaSpine.Cli;

/// <summary>Reads the files of references that a command names, one record at a time.</summary>
internal sealed class References(IReadOnlyList<string> files, Terminal terminal)
{
    /// <summary>How many records were read until now.</summary>
    public int Count { get; private set; }

    /// <summary>Whether something in the files was wrong, which was told.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>The records of one file after the other; notes are told as a file is opened, faults as they are found.</summary>
    public IEnumerable<Reference> Read()
    {
        foreach (var file in files)
        {
            using var reader = Opened(file);
            foreach (var note in reader.Notes)
            {
                terminal.Note($"{file}: {note}");
            }

            var told = 0;
            foreach (var reference in reader.Read())
            {
                told = Tell(reader, told);
                Count++;
                yield return reference;
            }

            Tell(reader, told);
        }
    }

    private ReferenceReader Opened(string file) => file == "-" ? ReferenceFile.Read(terminal.In, "(standard input)") : ReferenceFile.Open(file);

    private int Tell(ReferenceReader reader, int told)
    {
        for (; told < reader.Faults.Count; told++)
        {
            HasFaults = true;
            terminal.Fail(reader.Faults[told].ToString());
        }

        return told;
    }
}
