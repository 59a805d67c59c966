using System.Diagnostics;
using MetaSpine.Tests.Studies;

namespace MetaSpine.Tests;

/// <summary>The digits do not depend on what vectors the processor has: the tool in a process that is denied them says the same.</summary>
public class ProcessorTests
{
    [CostlyTheory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Every_digit_is_the_same_without(string instructions) => Pooled(instructions, "0").ShouldBe(Pooled(instructions, "1"));

    // All digits of a JSON answer: 13 studies are one vector of eight and a rest; resamples are pooled eight at a time.
    private static string Pooled(string variable, string value)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "MetaSpine.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [tool, "pool", Samples.Path("bcg-vaccine.yaml"), "--format", "json", "--also", "bootstrap,permutation"]) { RedirectStandardOutput = true };
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        text.ShouldContain("\"percentile\"");
        return text;
    }
}
