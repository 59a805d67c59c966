using System.Runtime.CompilerServices;

namespace MetaSpine.Tests;

/// <summary>
/// Compares a text with the approved one beside the test, in the file conventions of Verify:
/// <c>Class.Method.verified.svg</c> is approved, <c>Class.Method.received.svg</c> is what came instead.
/// </summary>
internal static class Snapshot
{
    /// <summary>Fails unless the text equals the approved one; line ends do not count.</summary>
    /// <param name="received">What the test made.</param>
    /// <param name="extension">The kind of file, without a dot.</param>
    /// <param name="sourceFile">Filled in by the compiler: the test class has the name of its file.</param>
    /// <param name="method">Filled in by the compiler.</param>
    public static void Verify(string received, string extension, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(sourceFile)!, $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}");
        Compare(received, $"{stem}.verified.{extension}", $"{stem}.received.{extension}");
    }

    /// <summary>Fails unless the text equals a file of the repository, such as a picture of the documentation; what came instead is left beside it.</summary>
    /// <param name="received">What the test made.</param>
    /// <param name="path">The file, relative to the repository's root, with forward slashes.</param>
    public static void VerifyFile(string received, string path)
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, path);
        Compare(received, file, Path.ChangeExtension(file, $"received{Path.GetExtension(file)}"));
    }

    private static void Compare(string received, string verifiedFile, string receivedFile)
    {
        received = received.ReplaceLineEndings("\n");
        var verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : null;
        if (received == verified)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail(verified is null
            ? $"There is no approved text yet. Look at {receivedFile}; if it is right, rename it to {verifiedFile}."
            : $"The text differs from the approved one in line {FirstDifference(verified, received)}. Compare {receivedFile} with {verifiedFile}; if the new one is right, replace the old one by it.");
    }

    private static int FirstDifference(string verified, string received)
    {
        var (old, current) = (verified.Split('\n'), received.Split('\n'));
        var line = 0;
        while (line < Math.Min(old.Length, current.Length) && old[line] == current[line])
        {
            line++;
        }

        return line + 1;
    }
}
