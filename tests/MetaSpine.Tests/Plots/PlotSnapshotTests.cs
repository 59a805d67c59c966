namespace MetaSpine.Tests;

/// <summary>One picture of each kind, stroke by stroke.</summary>
public sealed class PlotSnapshotTests
{
    private static PooledResult Bcg => ForestSamples.Bcg();

    [EveryCultureFact]
    public void Funnel() => Snapshot.Verify(FunnelPlot.Draw(Bcg).ToSvg(), "svg");

    [EveryCultureFact]
    public void Funnel_with_contours() => Snapshot.Verify(
        FunnelPlot.Draw(Bcg, new() { Theme = PlotTheme.Bmj, Contours = true, Filled = [new(0.2, 0.6)], Groups = [.. Enumerable.Range(0, 13).Select(i => i < 7 ? "Random" : "Other")] }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Funnel_with_what_trim_and_fill_adds() => Snapshot.Verify(FunnelPlot.Draw(Bcg.TrimAndFill()).ToSvg(), "svg");

    [EveryCultureFact]
    public void Doi() => Snapshot.Verify(DoiPlot.Draw(Bcg).ToSvg(), "svg");

    [EveryCultureFact]
    public void Caterpillar() => Snapshot.Verify(CaterpillarPlot.Draw(ClusterSamples.Pooled(13)).ToSvg(), "svg");

    [EveryCultureFact]
    public void Caterpillar_of_predictions() => Snapshot.Verify(CaterpillarPlot.Draw(Bcg, new() { Show = CaterpillarRows.Predictions, Theme = PlotTheme.Bmj.Dark }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Orchard() => Snapshot.Verify(OrchardPlot.Draw(ClusterSamples.Pooled(60)).ToSvg(), "svg");

    [EveryCultureFact]
    public void Orchard_by_a_moderator() => Snapshot.Verify(OrchardPlot.Draw(ClusterSamples.ByOutcome(60), new() { Theme = PlotTheme.Jama.Dark }).ToSvg(), "svg");

    [EveryCultureFact]
    public void P_curve() => Snapshot.Verify(PCurvePlot.Draw(Bcg.PCurveAnalysis()).ToSvg(), "svg");

    [EveryCultureFact]
    public void Specification_curve() => Snapshot.Verify(SpecificationPlot.Draw(PlotSamples.Specifications(60)).ToSvg(), "svg");

    [EveryCultureFact]
    public void Bubble() => Snapshot.Verify(BubblePlot.Draw(PlotSamples.Bcg, new() { ModeratorTitle = "Absolute latitude (degrees)" }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Radial() => Snapshot.Verify(RadialPlot.Draw(Bcg, new() { Theme = PlotTheme.Jama }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Labbe() => Snapshot.Verify(LabbePlot.Draw(Bcg, new() { Theme = PlotTheme.RevMan, EqualEffects = [0.5, 2] }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Normal_quantiles() => Snapshot.Verify(NormalQuantilePlot.Draw(Bcg, new() { Theme = PlotTheme.Monochrome }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Drapery() => Snapshot.Verify(DraperyPlot.Draw(Bcg).ToSvg(), "svg");

    [EveryCultureFact]
    public void Profile() => Snapshot.Verify(ProfilePlot.Draw(Bcg, new() { Theme = PlotTheme.Default.Dark }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Baujat() => Snapshot.Verify(BaujatPlot.Draw(Bcg).ToSvg(), "svg");

    [EveryCultureFact]
    public void Gosh() => Snapshot.Verify(GoshPlot.Draw(MetaAnalysis.Pool([0.1, 0.2, 0.15, 0.3, 2], [0.05, 0.04, 0.06, 0.03, 0.02]).Gosh(), new() { Theme = PlotTheme.Default.Dark }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Influence() => Snapshot.Verify(InfluencePlot.Draw(PlotSamples.Bcg.Influence()).ToSvg(), "svg");

    [EveryCultureFact]
    public void Traffic_lights() => Snapshot.Verify(RiskOfBiasPlot.TrafficLights(PlotSamples.Judged(6)).ToSvg(), "svg");

    [EveryCultureFact]
    public void Risk_of_bias_summary() => Snapshot.Verify(RiskOfBiasPlot.Summary(PlotSamples.Judged(7)).ToSvg(), "svg");

    [EveryCultureFact]
    public void Prisma_flow() => Snapshot.Verify(PrismaFlowPlot.Draw(PlotSamples.Flow).ToSvg(), "svg");
}
