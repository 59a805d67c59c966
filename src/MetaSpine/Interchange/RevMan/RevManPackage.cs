using System.IO.Compression;

namespace MetaSpine;

/// <summary>
/// Opens the data package of RevMan Web, or the download from the Cochrane Library in which it lies. Entries are read in memory up to a
/// limit and found by how their names end; nothing is unpacked to disk.
/// </summary>
internal static class RevManPackage
{
    /// <summary>The largest entry that is read, in bytes: a hundred times the data of a long review.</summary>
    private const int LargestEntry = 50 * 1024 * 1024;

    private const int MostEntries = 10_000;

    /// <exception cref="StudyFileException">The content is no such package; faults name the entry.</exception>
    public static RevManReview Read(byte[] bytes, string file)
    {
        var found = new Dictionary<string, (string Name, byte[] Bytes)>(StringComparer.Ordinal);
        Gather(bytes, file, found, isInner: false);
        return new RevManPackageReader(file, found).Review();
    }

    private static void Gather(byte[] bytes, string file, Dictionary<string, (string Name, byte[] Bytes)> found, bool isInner)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
            {
                throw Fault(file, FormattableString.Invariant($"the package has {archive.Entries.Count} entries; a review has a few dozen"));
            }

            foreach (var entry in archive.Entries)
            {
                Check(entry, file);
            }

            foreach (var part in RevManPackageReader.Parts)
            {
                var entries = archive.Entries.Where(entry => entry.Name == $"{part}.csv" || entry.Name.EndsWith($"-{part}.csv", StringComparison.Ordinal)).ToList();
                if (entries.Count > 1)
                {
                    throw Fault($"{file}/{entries[1].FullName}", $"the package has two files of this kind, the other being {entries[0].FullName}: keep one review in it");
                }

                if (entries is [var only])
                {
                    found[part] = ($"{file}/{only.FullName}", Bytes(only, file));
                }
            }

            var packages = archive.Entries.Where(entry => entry.Name.EndsWith("data.zip", StringComparison.Ordinal)).ToList();
            if (!isInner && found.Count == 0 && packages is [var inner, ..])
            {
                Gather(Bytes(inner, file), $"{file}/{inner.FullName}", found, isInner: true);
            }
            else if (found.Count == 0)
            {
                throw Fault(file, $"this is no data package of RevMan Web: expected {RevManPackageReader.Parts[0]}.csv and {RevManPackageReader.Parts[1]}.csv in it; it has {Listed(archive)}");
            }
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or IOException)
        {
            throw Fault(file, $"the package cannot be read, since it is damaged or no zip file: {e.Message}");
        }
    }

    private static string Listed(ZipArchive archive) => archive.Entries.Count == 0
        ? "no entry"
        : string.Join(", ", archive.Entries.Take(8).Select(entry => NumberText.Shorten(entry.FullName))) + (archive.Entries.Count > 8 ? " ..." : "");

    /// <summary>Refuses names that would leave the folder where somebody unpacks them: no program that makes reviews writes them.</summary>
    private static void Check(ZipArchiveEntry entry, string file)
    {
        var name = entry.FullName;
        if (name.StartsWith('/') || name.StartsWith('\\') || name.Contains(':', StringComparison.Ordinal) || name.Split('/', '\\').Contains("..") || name.Any(char.IsControl))
        {
            throw Fault($"{file}/{NumberText.Shorten(name)}", "the entry's name leads out of the package; nothing was read or written. RevMan makes no such package");
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry, string file)
    {
        try
        {
            using var stream = entry.Open();
            return BoundedBytes.Read(stream, LargestEntry, $"{file}/{entry.FullName}");
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw Fault($"{file}/{entry.FullName}", $"the entry cannot be read, since it is damaged or packed in another way than RevMan does: {e.Message}");
        }
    }

    private static StudyFileException Fault(string name, string message) => new([new FileFault(new SourcePosition(name, 0, 0), message)]);
}
