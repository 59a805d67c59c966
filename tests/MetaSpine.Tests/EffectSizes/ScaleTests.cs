namespace MetaSpine.Tests;

/// <summary>Scales at their ends: an interval may reach beyond what a proportion or a rate can be, and comes back as its end.</summary>
public sealed class ScaleTests
{
    [Fact]
    public void Beyond_its_end_a_scale_comes_back_as_the_end()
    {
        Scale.SquareRoot.Back(-.1).ShouldBe(0);
        Scale.SquareRoot.Back(0).ShouldBe(0);
        Scale.SquareRoot.Back(.5).ShouldBe(.25);
        Scale.Arcsine.Back(-.1).ShouldBe(0);
        Scale.Arcsine.Back(Math.PI / 2 + .1).ShouldBe(1);
        Scale.Arcsine.Back(2.5).ShouldBe(1);
        foreach (var (proportion, end) in new[] { (0.0, -1), (1.0, 1) })
        {
            var transformed = Scale.FreemanTukey.Forward(proportion, 20);
            Scale.FreemanTukey.Back(transformed, 20).ShouldBe(proportion);
            Scale.FreemanTukey.Back(transformed + end * .05, 20).ShouldBe(proportion);
            Scale.FreemanTukey.Back(transformed - end * .05, 20).ShouldBeInRange(1e-4, 1 - 1e-4);
        }

        var none = Scale.FreemanTukeyRate.Forward(0, 8);
        Scale.FreemanTukeyRate.Back(none, 8).ShouldBe(0);
        Scale.FreemanTukeyRate.Back(none - .05, 8).ShouldBe(0);
        Scale.FreemanTukeyRate.Back(none + .05, 8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Without_a_number_or_its_participants_nothing_comes_back()
    {
        Scale.FreemanTukey.Back(double.NaN, 20).ShouldBe(double.NaN);
        Scale.FreemanTukey.Back(.5).ShouldBe(double.NaN);
        (Scale.FreemanTukey.NeedsSize, Scale.Log.NeedsSize, Scale.Log.Name).ShouldBe((true, false, "log"));
    }
}
