namespace MetaSpine.Tests;

/// <summary>Whether analyses of the same studies say the same.</summary>
public sealed class PooledAgreementTests
{
    /// <summary>The pooled log risk ratio of the BCG trials is below 0 with its whole interval.</summary>
    [Theory]
    [InlineData(-.5, -.9, -.1, true)]
    [InlineData(-.5, -.9, .1, false)]
    [InlineData(.5, .1, .9, false)]
    [InlineData(.5, -.1, .9, false)]
    [InlineData(-3, -4, -2, true)]
    public void Two_analyses_agree_on_the_side_and_on_whether_no_effect_is_excluded(double estimate, double lower, double upper, bool agrees) =>
        PooledAgreement.Agrees(Bcg.Pool(), estimate, new Interval(lower, upper, .95)).ShouldBe(agrees);

    [Fact]
    public void Without_a_value_of_no_effect_the_estimate_must_lie_in_the_interval()
    {
        var pooled = MetaAnalysis.Pool(Measures.PLO.Compute(new EffectData { ["xi"] = [3, 5, 9], ["ni"] = [20, 30, 40] }));
        foreach (var (estimate, agrees) in new[] { (pooled.Interval.Lower, true), (pooled.Interval.Lower - .01, false), (pooled.Interval.Upper + .01, false) })
        {
            PooledAgreement.Agrees(pooled, estimate, new Interval(-9, 9, .95)).ShouldBe(agrees);
        }
    }
}
