using System.Text;

namespace MetaSpine.Tests;

/// <summary>A broken input as a reader gets it.</summary>
/// <param name="Path">The file that holds it.</param>
/// <param name="Text">The text that it was made of, before it was encoded and its bytes damaged.</param>
/// <param name="Bytes">What stands in the file.</param>
/// <param name="Seed">What it was made from.</param>
internal sealed record FuzzInput(string Path, string Text, byte[] Bytes, int Seed);

/// <summary>Reads an input. What was read is handed on to what follows in life: checks, pooling, writing; null where only faults were told.</summary>
internal delegate Action? FuzzReader(FuzzInput input);

/// <summary>A format with its samples, its reader and the commands that read it.</summary>
/// <param name="Name">Its name, which is that of the folder of its samples.</param>
/// <param name="Extension">How its files are named.</param>
/// <param name="Share">How many inputs it gets where others get one: its readers are more, or what they read is.</param>
/// <param name="Reader">What reads it.</param>
/// <param name="Commands">Command lines, {0} the file.</param>
internal sealed record FuzzFormat(string Name, string Extension, int Share, FuzzReader Reader, params string[] Commands)
{
    private static readonly string[] OfReferences =
        ["convert {0} --to ris", "convert {0} --to bibtex", "convert {0} --to csl-json", "convert {0} --to endnote-xml", "dedup {0}", "screening {0}", "flow --references {0}"];

    /// <summary>Whether the samples are bytes that mean no letters: each stands for a character of its value.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Samples that are made rather than kept.</summary>
    public Func<IEnumerable<string>> Made { get; init; } = () => [];

    /// <summary>The folder of real files by others, beside the checkout.</summary>
    public string? Shared { get; init; }

    public static readonly FuzzFormat[] All =
    [
        new("yaml", ".yaml", 6, FuzzReaders.Yaml,
            "check {0}", "pool {0}", "pool {0} -f json", "effects {0} -f csv", "forest {0}", "rob {0}", "grade {0}", "flow {0}", "screening {0}", "compare {0} {0}", "diff {0} {0}", "export {0} -o {0}.d",
            "sensitivity {0} --only leave-one-out", "report {0} -o {0}.md", "plot funnel {0}")
        {
            Made = () => Directory.EnumerateFiles(Path.Combine(TestFiles.RepositoryRoot, "samples"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)
                .Where(text => !text.Contains("studies: [studies/", StringComparison.Ordinal)),
        },
        new("tables", ".csv", 5, FuzzReaders.Table,
            "check {0}", "pool {0} -m OR", "pool {0} -m SMD --decimal ,", "pool {0} -m GEN --random study/effect", "pool {0} -m RR --formula ~year", "effects {0} -m PLO -f csv", "forest {0} -m OR", "plot funnel {0} -m OR",
            "pool {0} -m OR --layout arm-long", "pool {0} -m OR --layout revman --where Study=Oda", "rob {0}", "screening {0}"),
        new("robvis", ".csv", 1, FuzzReaders.Robvis, "rob {0}", "rob {0} -f json", "rob {0} -o {0}.svg", "rob {0} --tool rob2") { Shared = "rob" },
        new("prisma", ".csv", 1, FuzzReaders.Prisma, "flow {0}", "flow {0} --format mermaid", "flow {0} -o {0}.svg") { Shared = "prisma" },
        new("screening", ".csv", 1, FuzzReaders.Decided, "screening {0}", "screening {0} --conflicts", "flow --decisions {0}") { Shared = "screening" },
        new("decisions", ".csv", 1, FuzzReaders.Decisions),
        new("ris", ".ris", 1, FuzzReaders.References, OfReferences) { Shared = "ris" },
        new("nbib", ".nbib", 1, FuzzReaders.References, OfReferences) { Shared = "nbib" },
        new("ciw", ".ciw", 1, FuzzReaders.References, OfReferences),
        new("bib", ".bib", 1, FuzzReaders.References, OfReferences),
        new("csl", ".json", 1, FuzzReaders.References, OfReferences) { Shared = "csl-json" },
        new("endnote", ".xml", 1, FuzzReaders.References, OfReferences) { Shared = "endnote-xml" },
        new("pubmed", ".xml", 1, FuzzReaders.References, OfReferences) { Shared = "pubmed-xml" },
        new("revman", ".rm5", 3, FuzzReaders.RevMan, "import {0}", "import {0} --agreement", "import {0} --agreement -f csv") { Shared = "revman" },
        new("package", ".zip", 2, FuzzReaders.Package),
        new("zip", ".zip", 1, FuzzReaders.RevMan, "import {0}") { IsBinary = true, Made = () => FuzzSamples.Kept("package").Select(text => Encoding.Latin1.GetString(FuzzReaders.Zipped(Encoding.UTF8.GetBytes(text)))) },
        new("batch", ".jsonl", 4, FuzzReaders.Requests) { Made = () => FuzzSamples.Kept("requests").SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) },
        new("subsets", ".gosh", 1, FuzzReaders.Checkpoint) { IsBinary = true, Made = FuzzSamples.Checkpoints },
        new("formulas", ".txt", 1, FuzzReaders.Formulas),
        new("terms", ".txt", 1, FuzzReaders.Terms),
        new("values", ".txt", 1, FuzzReaders.Values),
    ];
}
