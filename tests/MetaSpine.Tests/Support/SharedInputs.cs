namespace MetaSpine.Tests;

/// <summary>
/// Real files that others wrote, in a folder <c>shared/inputs</c> beside the checkout. Their licences differ, so that they are no part of
/// the project: tests that read them are skipped, with that reason, where the folder is absent.
/// </summary>
internal static class SharedInputs
{
    /// <summary>The full path of a file that is named relative to the folder, with forward slashes; skips the test where there is no folder.</summary>
    public static string Path(string relativePath)
    {
        for (var folder = new DirectoryInfo(TestFiles.RepositoryRoot).Parent; folder is not null; folder = folder.Parent)
        {
            var inputs = System.IO.Path.Combine(folder.FullName, "shared", "inputs");
            if (Directory.Exists(inputs))
            {
                return System.IO.Path.Combine(inputs, relativePath);
            }
        }

        Assert.Skip("There is no folder shared/inputs beside the checkout: the real files of others are not part of the project.");
        return "";
    }
}
