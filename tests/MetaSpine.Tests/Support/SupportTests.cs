using System.Globalization;

namespace MetaSpine.Tests;

public sealed class SupportTests
{
    [EveryCultureFact]
    public void A_test_runs_under_the_culture_that_its_name_shows() =>
        TestContext.Current.Test!.TestDisplayName.ShouldEndWith($"[{CultureInfo.CurrentCulture.Name}]");

    [EveryCultureTheory]
    [InlineData("MetaSpine.sln")]
    [InlineData("tests/MetaSpine.Tests/MetaSpine.Tests.csproj")]
    public void The_repository_root_holds(string file) => File.Exists(Path.Combine(TestFiles.RepositoryRoot, file)).ShouldBeTrue();

    [EveryCultureFact]
    public void Files_are_named_from_the_test_project() => File.Exists(TestFiles.Path("Support/SupportTests.cs")).ShouldBeTrue();
}
