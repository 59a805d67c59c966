namespace MetaSpine.Tests.Studies;

public sealed class StudyFilePatternTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureTheory]
    [InlineData("*.yaml", "B.yaml a.yaml")]
    [InlineData("a*.yaml", "a.yaml")]
    [InlineData("./?.yaml", "./B.yaml ./a.yaml")]
    [InlineData("Deep/../B*", "Deep/../B.yaml")]
    [InlineData("Deep\\*.yaml", "Deep/c.yaml")]
    [InlineData("D*/er/*", "Deep/er/d.yaml")]
    [InlineData("**/*.yaml", "B.yaml Deep/c.yaml Deep/er/d.yaml a.yaml")]
    [InlineData("**/**/d.y*", "Deep/er/d.yaml")]
    [InlineData("**/er/*.yaml", "Deep/er/d.yaml")]
    [InlineData("Deep/c.yaml", "Deep/c.yaml")]
    [InlineData("not/there.yaml", "not/there.yaml")]
    public void Names_the_files_in_their_order(string pattern, string expected)
    {
        Tree();
        Find(pattern, out var problem).ShouldBe(expected.Split(' '));
        problem.ShouldBeNull();
    }

    [EveryCultureTheory]
    [InlineData("A*.yaml")]
    [InlineData("d*/*.yaml")]
    [InlineData("x*/*.yaml")]
    [InlineData("Deep/**")]
    [InlineData("own.y*")]
    public void Says_where_no_file_fits(string pattern)
    {
        Tree();
        Find(pattern, out var problem).ShouldBeEmpty();
        problem.ShouldBe($"no file is named '{pattern}' (looked in {_folder})");
    }

    [EveryCultureFact]
    public void A_folder_that_cannot_be_listed_is_told()
    {
        var missing = Path.Combine(_folder, "missing");
        StudyFilePattern.Find(missing, "*.yaml", "own.yaml", out var problem).ShouldBeEmpty();
        problem.ShouldNotBeNull().ShouldStartWith("the files of '*.yaml' cannot be listed: ");
        StudyFilePattern.Find(missing, "*/a.yaml", "own.yaml", out problem).ShouldBeEmpty();
        problem.ShouldBe($"no file is named '*/a.yaml' (looked in {missing})");
        StudyFilePattern.Find("", "no-such-*.study", "own.yaml", out problem).ShouldBeEmpty();
        problem.ShouldBe("no file is named 'no-such-*.study' (looked in this folder)");
    }

    [EveryCultureTheory]
    [InlineData("/etc/*.yaml")]
    [InlineData("/etc/a.yaml")]
    [InlineData("a\0*")]
    public void A_name_is_relative_to_the_review(string pattern)
    {
        Find(pattern, out var problem).ShouldBeEmpty();
        problem.ShouldBe($"found '{pattern}', expected a file name or pattern relative to this file, such as studies/*.yaml");
    }

    [Fact]
    public void A_linked_folder_is_not_walked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link needs a privilege there");
        Tree();
        Directory.CreateSymbolicLink(Path.Combine(_folder, "Deep", "circle"), _folder);
        Find("**/c.yaml", out _).ShouldBe(["Deep/c.yaml"]);
    }

    // The review itself lies among its studies, and a folder is named like a file.
    private void Tree()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Deep", "er"));
        Directory.CreateDirectory(Path.Combine(_folder, "folder.yaml"));
        foreach (var name in new[] { "a.yaml", "B.yaml", "own.yaml", "note.txt", "Deep/c.yaml", "Deep/er/d.yaml" })
            File.WriteAllText(Path.Combine(_folder, name), "");
    }

    private List<string> Find(string pattern, out string? problem) =>
        StudyFilePattern.Find(_folder, pattern, Path.Combine(_folder, "own.yaml"), out problem).ConvertAll(path => path[(_folder.Length + 1)..].Replace('\\', '/'));
}
