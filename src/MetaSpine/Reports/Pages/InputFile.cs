using System.Security.Cryptography;

namespace MetaSpine;

/// <summary>A file that numbers were read from, by what it held.</summary>
/// <param name="Name">Its name as it was given, or as it is seen from the folder of its review, so that it is the same on every machine.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal digits: what <c>sha256sum</c> prints.</param>
public sealed record InputFile(string Name, string Sha256)
{
    /// <summary>Reads a file's hash.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static InputFile Of(string path)
    {
        using var stream = File.OpenRead(path);
        return new InputFile(path.Replace('\\', '/'), Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>The files that a review was read from: its own and those of its studies, each once, as they are now.</summary>
    /// <param name="review">The review; parts made in code have no file.</param>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    public static IReadOnlyList<InputFile> Of(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var files = review.Studies.Select(study => study.Position.File).Prepend(review.Position.File).OfType<string>().ToList();
        var folder = files.Count == 0 ? "" : Path.GetDirectoryName(Path.GetFullPath(files[0]));
        return
        [
            .. files.Distinct(StringComparer.Ordinal).Where(File.Exists)
                .Select(path => Of(path) with { Name = Path.GetRelativePath(folder!, path).Replace('\\', '/') }),
        ];
    }
}
