using System.Diagnostics;

namespace MetaSpine.Tests;

/// <summary>What a short run loads, seen in a process of its own: what one does not need costs every user time at every start.</summary>
public sealed class StartTests
{
    private static readonly string[] Needless =
    [
        "MathNet.Numerics", "System.Reflection.Emit", "System.Linq.Expressions", "System.ComponentModel", "System.Diagnostics.Process", "System.IO.Compression",
        "System.Net", "System.Private.Uri", "System.Private.Xml", "System.Text.Json",
    ];

    [CostlyFact]
    public async Task Pooling_a_review_loads_nothing_that_writes_code_reflects_or_is_for_other_commands()
    {
        var list = Path.GetTempFileName();
        string[] arguments = ["exec", Path.Combine(AppContext.BaseDirectory, "MetaSpine.Cli.dll"), "pool", Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml")];
        using var run = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location, [StartupHook.ListFile] = list },
        })!;
        var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(0);
        said.ShouldContain("The pooled risk ratio");

        var loaded = await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken);
        File.Delete(list);
        loaded.ShouldContain("YamlDotNet");
        loaded.Where(name => Needless.Any(needless => name.StartsWith(needless, StringComparison.Ordinal))).ShouldBeEmpty();
    }
}
