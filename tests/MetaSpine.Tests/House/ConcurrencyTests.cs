namespace MetaSpine.Tests;

/// <summary>The library has no shared state that changes: what 64 threads compute at once is what one computes, to the last bit.</summary>
public sealed class ConcurrencyTests
{
    private const int Threads = 64;

    private static readonly EffectData Counts = ReferenceCase.Load("bcg-or").Effects.Data;

    /// <summary>Work from every room of the house, each with all its numbers in text.</summary>
    private static readonly (string Name, Func<string> Do)[] Work =
    [
        ("effect sizes", () => string.Join(' ', Measures.All.Where(measure => measure.Code is "OR" or "RR" or "RD" or "AS" or "YUQ" or "RTET").SelectMany(measure => measure.Compute(Counts).Studies).Select(study => $"{study.Estimate:R} {study.Variance:R}"))),
        ("pooling", () => string.Join(' ', Enum.GetValues<PoolingMethod>().Except([PoolingMethod.GENQ, PoolingMethod.GENQM]).Select(method => Report.Json(Pooled(method))))),
        ("meta-regression", () => Report.Json(MetaAnalysis.Regress(Measures.RR.Compute(Counts), "~ ablat", [Predictor.Numeric("ablat", Bcg.Latitude)]))),
        ("Mantel-Haenszel", () => Report.Json(MantelHaenszel.Pool(Measures.OR, Counts))),
        ("mixed model", () => Report.Json(CountModels.Fit(Measures.OR, Counts))),
        ("dependent effects", () => Report.Json(MultilevelAnalysis.Pool(
            Measures.RR.Compute(Counts), [RandomTerm.Parse("half/effect")], [Halves, Predictor.Numeric("effect", [.. Enumerable.Range(0, 13).Select(i => (double)i)])]))),
        ("subsets", () => Report.Json(Pooled(PoolingMethod.DL).Gosh())),
        ("selection", () => Report.Json(Pooled(PoolingMethod.ML).Selection(SelectionFunction.Step(.025)))),
        ("small studies", () => Report.Json(Pooled(PoolingMethod.REML).TestAllSmallStudyEffects())),
        ("pictures", () => ForestPlot.Draw(Pooled(PoolingMethod.REML)).ToSvg() + FunnelPlot.Draw(Pooled(PoolingMethod.REML)).ToSvg()),
        ("text", () => Pooled(PoolingMethod.REML).ToString() + Pooled(PoolingMethod.REML).ToHtml()),
    ];

    [CostlyFact]
    public async Task Sixty_four_threads_agree_with_one()
    {
        var alone = Array.ConvertAll(Work, work => work.Do());
        using var start = new Barrier(Threads);
        var faults = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return Enumerable.Range(0, Work.Length).Select(i => (i + thread) % Work.Length).Where(i => Work[i].Do() != alone[i]).Select(i => $"{Work[i].Name} in thread {thread}").ToList();
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        faults.SelectMany(fault => fault).ShouldBeEmpty();
    }

    private static Predictor Halves => Predictor.Categorical("half", [.. Enumerable.Range(0, 13).Select(i => i % 4 == 0 ? "a" : i % 4 == 1 ? "b" : i % 4 == 2 ? "c" : "d")]);

    private static PooledResult Pooled(PoolingMethod method) => MetaAnalysis.Pool(Measures.RR.Compute(Counts), new PoolingOptions { Method = method });
}
