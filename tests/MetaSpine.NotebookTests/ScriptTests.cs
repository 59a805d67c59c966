using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MetaSpine.NotebookTests;

/// <summary>The scripts run as they stand: each compiled here, and one by the command that the README names.</summary>
public sealed class ScriptTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    public static TheoryData<string> Scripts =>
        [.. Directory.GetFiles(Path.Combine(Repository.Samples, "scripts"), "*.cs").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Runs_and_prints_a_result(string name)
    {
        var source = File.ReadAllText(Path.Combine(Repository.Samples, "scripts", name)).ReplaceLineEndings("\n");
        source.ShouldStartWith("#:project ../../src/MetaSpine/MetaSpine.csproj\n");
        source.ShouldContain($"dotnet run samples/scripts/{name}");
        var output = await Repository.InEmptyDirectory(async directory =>
        {
            var printed = await Run(source[source.IndexOf('\n', StringComparison.Ordinal)..]);
            foreach (var picture in Directory.GetFiles(directory, "*.svg"))
            {
                File.ReadAllText(picture).ShouldStartWith("<svg ");
                printed.ShouldContain(Path.GetFileName(picture), customMessage: "a script says what it wrote");
            }

            return printed;
        });
        output.ShouldContain("95% CI");
    }

    [Fact]
    public async Task The_readme_script_runs_by_its_command()
    {
        var output = await Repository.InEmptyDirectory(directory => DotnetRun(Path.Combine(Repository.Samples, "scripts", "pool.cs"), directory));
        output.ShouldContain("The pooled proportion of 6 studies (227 participants) was 67.6%");
    }

    private static async Task<string> Run(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file is "netstandard.dll" or "MetaSpine.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Script" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(source)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        emitted.Success.ShouldBeTrue(string.Join('\n', emitted.Diagnostics));
        var entry = Assembly.Load(image.ToArray()).EntryPoint!;
        var (before, printed) = (Console.Out, new StringWriter());
        Console.SetOut(printed);
        try
        {
            if (entry.Invoke(null, [Array.Empty<string>()]) is Task running)
            {
                await running;
            }
        }
        finally
        {
            Console.SetOut(before);
        }

        return printed.ToString();
    }

    private static async Task<string> DotnetRun(string script, string directory)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", script]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output + await error);
        return output;
    }
}
