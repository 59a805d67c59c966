using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Selection, sequence and multiverse as text, HTML, JSON and CSV.</summary>
public sealed class SelectionReportTests
{
    private static readonly PooledResult Result = MetaAnalysis.Pool(
        Measures.RR.Compute(new EffectData(["A", "B", "C", "D", "E"]) { ["ai"] = [8, 10, 5, 9, 14], ["n1i"] = [100, 120, 80, 90, 150], ["ci"] = [18, 20, 9, 15, 20], ["n2i"] = [100, 118, 80, 92, 149] }),
        new PoolingOptions { Test = PoolingTest.Z });

    public static TheoryData<string> Kinds => [.. Views.Keys];

    private static readonly Dictionary<string, Func<Reportable>> Views = new()
    {
        ["selection"] = () => Result.Selection(SelectionFunction.Step(.05)),
        ["sweep"] = () => Result.SelectionModelsOf(),
        ["all tests"] = () => MetaAnalysis.Pool(Measures.RR.Compute(Result.Effects.Data)).TestAllSmallStudyEffects(),
        ["smallest"] = () => Result.AgainstSmallestEffect(Math.Log(.8)),
        ["copas"] = () => Result.Copas(),
        ["unreported"] = () => Result.ReportingBiasBound(),
        ["looks"] = () => SequentialBounds.Design([.5, 1]),
        ["sequential"] = () => Result.TrialSequential(new TrialSequentialOptions { Effect = Math.Log(.8) }),
        ["fragility"] = () => Result.FragilityIndex(),
        ["multiverse"] = () => Multiverse.Run(Result.Effects.Data, new MultiverseOptions { Measures = [Measures.RR] }),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_answer_is_shown_in_every_form(string kind)
    {
        var result = Views[kind]();
        var text = result.ToString();
        text.ShouldContain("Where the numbers come from");
        text.ShouldNotContain("NaN");
        text.Split('\n').Skip(1).First(line => line.Length > 0).ShouldNotBeEmpty();
        result.ToHtml().ShouldContain("<table");
        result.ToMarkdown().ShouldContain("| --");
        using var json = JsonDocument.Parse(Report.Json(result));
        var rows = json.RootElement.GetProperty("rows");
        rows.GetArrayLength().ShouldBeGreaterThan(0);
        Report.Csv(result).Split("\r\n").Length.ShouldBe(rows.GetArrayLength() + 2);
        json.RootElement.GetProperty("notes").GetArrayLength().ShouldBeGreaterThan(0);
    }
}
