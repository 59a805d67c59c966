namespace MetaSpine.Tests;

/// <summary>The shaded distribution is the predictive one: its areas are the probabilities that the pooled result itself gives.</summary>
public sealed class ForestDensityTests
{
    public static IEnumerable<TheoryDataRow<string, PredictionMethod>> Cases =>
        from measure in new[] { "RR", "RD", "PLO", "PAS" }
        from method in Enum.GetValues<PredictionMethod>()
        select new TheoryDataRow<string, PredictionMethod>(measure, method);

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Areas_under_the_curve_are_probabilities(string code, PredictionMethod method)
    {
        var measure = Measures.Find(code);
        var proportions = new EffectData { ["xi"] = [16, 39, 8, 21, 30], ["ni"] = [30, 57, 31, 40, 70] };
        var effects = measure.Family == Measures.PLO.Family ? measure.Compute(proportions) : ForestSamples.Bcg(measure).Effects;
        var result = MetaAnalysis.Pool(effects, new() { Prediction = method });
        var interval = result.PredictionInterval!.Value;
        var range = result.Natural.PredictionInterval!.Value;
        var axis = Axis.Exactly(ForestAxis.IsRatio(measure), range.Lower, range.Upper, 0, 1000, 12);
        var curve = ForestDensity.Of(result, result.PredictionInterval!.Value, axis);
        curve.Max(point => point.Height).ShouldBe(1, 1e-12);

        // The axis ends where the interval does, so the whole area is the interval's level. Trapezoids over some 80 points of a smooth curve.
        double Area(double from, double to) => curve.Zip(curve.Skip(1))
            .Where(pair => pair.First.X >= from && pair.Second.X <= to).Sum(pair => (pair.Second.X - pair.First.X) * (pair.First.Height + pair.Second.Height) / 2);
        foreach (var share in new[] { 0.25, 0.5, 0.75 })
        {
            var point = curve[(int)(share * curve.Count)];
            var threshold = Inverse(x => axis.Beyond(effects.BackTransform(x)), point.X, interval.Lower, interval.Upper);
            var expected = (result.ShareBelow(threshold)!.Value - 0.025) / 0.95;
            (Area(0, point.X) / Area(0, 1000)).ShouldBe(expected, 0.02, $"{measure} at {share}");
        }
    }

    [EveryCultureFact]
    public void An_interval_of_no_width_has_no_shape()
    {
        var result = MetaAnalysis.Pool([0.3, 0.3, 0.3], [1e-40, 1e-40, 1e-40]);

        ForestDensity.Of(result, new Interval(0.3, 0.3, 0.95), Axis.Exactly(false, 0, 1, 0, 100, 12)).ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void A_spike_at_the_end_of_a_bounded_scale_leaves_the_rest_a_shape()
    {
        var result = MetaAnalysis.Pool(Measures.PFT.Compute(new EffectData { ["xi"] = [0, 21, 2], ["ni"] = [20, 21, 22] }));
        var curve = ForestDensity.Of(result, result.PredictionInterval!.Value, Axis.Exactly(false, 0, 1, 0, 1000, 12));

        // Towards 0 and 1 the density of a proportion grows without limit.
        curve.Where(point => point.X is > 10 and < 990).ShouldAllBe(point => point.Height > 0.2);
        curve.Max(point => point.Height).ShouldBe(1);
    }

    private static double Inverse(Func<double, double> rising, double value, double low, double high)
    {
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = rising(middle) < value ? (middle, high) : (low, middle);
        }

        return low;
    }
}
