namespace MetaSpine.Tests;

/// <summary>Effects that resemble each other by distance, for each way to measure one; tau^2 and range are given, so that nothing is searched and all digits can be compared.</summary>
public sealed class SpatialDistanceTests
{
    private const int K = 16;

    private static readonly double[] North = [.. Enumerable.Range(0, K).Select(i => 40 + i * 7 % K * .6)];
    private static readonly double[] East = [.. Enumerable.Range(0, K).Select(i => 5 + i * 5 % K * .9)];
    private static readonly double[] Zero = new double[K];

    /// <summary>rma.mv of metafor 3.8-1 with <c>struct = "SPEXP", tau2 = 0.1, rho = 2</c>.</summary>
    [Theory]
    [InlineData(SpatialDistance.Euclidean, -0.071468470550894, 0.11968971142064, -4.96635292787108)]
    [InlineData(SpatialDistance.Manhattan, -0.0805810279990022, 0.108272771612769, -5.52201467186842)]
    [InlineData(SpatialDistance.Maximum, -0.0650513148233404, 0.124660745313657, -5.13717519030151)]
    public void Distances_on_a_plane_agree_with_metafor(SpatialDistance distance, double estimate, double standardError, double logLikelihood)
    {
        var result = Fit(distance, North, East, 2);
        result.Estimate.ShouldBe(estimate, 1e-12);
        result.StandardError.ShouldBe(standardError, 1e-12);
        result.Fit.RestrictedLogLikelihood.ShouldBe(logLikelihood, 1e-11);
    }

    /// <summary>Along a meridian, and along the equator, the way over the earth is its radius of 6371 km times the angle.</summary>
    [Fact]
    public void Distances_over_the_earth_are_those_of_a_circle_where_one_can_tell()
    {
        double[] Way(double[] degrees) => Array.ConvertAll(degrees, degree => 6371 * degree * Math.PI / 180);
        Same(Fit(SpatialDistance.GreatCircle, North, Zero, 200), Fit(SpatialDistance.Euclidean, Way(North), Zero, 200));
        Same(Fit(SpatialDistance.GreatCircle, Zero, East, 200), Fit(SpatialDistance.Euclidean, Way(East), Zero, 200));

        static void Same(MultilevelPooledResult result, MultilevelPooledResult expected)
        {
            result.Estimate.ShouldBe(expected.Estimate, 1e-12);
            result.StandardError.ShouldBe(expected.StandardError, 1e-12);
            result.Fit.LogLikelihood.ShouldBe(expected.Fit.LogLikelihood, 1e-11);
        }
    }

    private static MultilevelPooledResult Fit(SpatialDistance distance, double[] north, double[] east, double range)
    {
        var effects = Measures.GEN.Compute(new EffectData
        {
            ["yi"] = [.. Enumerable.Range(0, K).Select(i => .4 * Math.Sin(North[i] / 2) + .3 * Math.Cos(East[i] / 3) + (i * 11 % 7 - 3) / 20.0)],
            ["vi"] = [.. Enumerable.Range(0, K).Select(i => .01 + i % 4 / 200.0)],
        });
        Predictor[] columns = [Predictor.Numeric("lat", north), Predictor.Numeric("lon", east), Predictor.Categorical("map", [.. Enumerable.Repeat("all", K)])];
        var term = RandomTerm.Parse("~ lat + lon | map", CovarianceStructure.SPEXP) with { Distance = distance, Fixed = [.1, range] };
        return MultilevelAnalysis.Pool(effects, [term], columns, options: new MultilevelOptions { Test = MultilevelTest.Z });
    }
}
