namespace MetaSpine.Tests;

public sealed class AxisTests
{
    [EveryCultureTheory]
    [InlineData(0.074, 6.53, "0.1 0.2 0.5 1 2 5")]
    [InlineData(0.012, 652, "0.01 0.1 1 10 100")]
    [InlineData(0.75, 1.3, "0.7 0.8 0.9 1.0 1.1 1.2 1.3")]
    [InlineData(1e-30, 1e30, "0.00000001 1 100000000")]
    [InlineData(3, 3, "2.0 2.5 3.0 3.5 4.0 4.5")]
    public void Ratios_have_round_ticks(double lower, double upper, string expected)
    {
        var axis = Axis.Covering(true, lower, upper, 0, 240, 12);

        string.Join(' ', axis.Ticks.Select(tick => tick.Label)).ShouldBe(expected);
    }

    [EveryCultureTheory]
    [InlineData(-1.76, 0.92, "−2.0 −1.5 −1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0.0014, 0.0155, "0.000 0.005 0.010 0.015 0.020")]
    [InlineData(-30, 1200, "−500 0 500 1000 1500")]
    [InlineData(0, 0, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(25, 25, "10 15 20 25 30 35 40")]
    public void Differences_have_round_ticks(double lower, double upper, string expected)
    {
        var axis = Axis.Covering(false, lower, upper, 0, 240, 12);

        string.Join(' ', axis.Ticks.Select(tick => tick.Label)).ShouldBe(expected);
    }

    [EveryCultureTheory]
    [InlineData(1979.9, 1982.1, "1980 1981 1982")]
    [InlineData(-0.06, 1.06, "0 1")]
    [InlineData(1978, 2021, "1980 1990 2000 2010 2020")]
    public void Whole_numbers_have_nothing_between_them(double lower, double upper, string expected)
    {
        var axis = new AxisSpec("year", lower, upper) { Exact = true, Whole = true }.Place(0, 240, 12, vertical: false);

        string.Join(' ', axis.Ticks.Select(tick => tick.Label)).ShouldBe(expected);
    }

    [EveryCultureTheory]
    [InlineData(true, 0.02, 0.03)]
    [InlineData(true, 0.9, 40)]
    [InlineData(true, 1e-5, 1e5)]
    [InlineData(true, 0.999, 1.001)]
    [InlineData(false, -1e-7, 1e-7)]
    [InlineData(false, 1e6, 1.0001e6)]
    [InlineData(false, -1e12, 1e12)]
    [InlineData(false, 0.93, 0.97)]
    public void The_axis_covers_the_range_and_its_labels_leave_room(bool log, double lower, double upper)
    {
        var axis = Axis.Covering(log, lower, upper, 100, 340, 12);

        axis.Lower.ShouldBeLessThanOrEqualTo(lower * (1 + Math.Sign(lower) * 1e-8));
        axis.Upper.ShouldBeGreaterThanOrEqualTo(upper * (1 - 1e-8));
        axis.Ticks.ShouldNotBeEmpty();
        axis.X(axis.Lower).ShouldBe(100, 1e-9);
        axis.X(axis.Upper).ShouldBe(340, 1e-9);
        for (var i = 1; i < axis.Ticks.Count; i++)
        {
            var (left, right) = (axis.Ticks[i - 1], axis.Ticks[i]);
            (axis.X(right.Value) - axis.X(left.Value)).ShouldBeGreaterThan((TextMetrics.Width(left.Label, 12) + TextMetrics.Width(right.Label, 12)) / 2);
        }
    }

    [EveryCultureFact]
    public void Equal_ratios_are_equally_far_apart()
    {
        var axis = Axis.Covering(true, 0.1, 10, 0, 200, 12);

        axis.X(1).ShouldBe(100, 1e-9);
        (axis.X(4) - axis.X(2)).ShouldBe(axis.X(2) - axis.X(1), 1e-9);
    }

    [EveryCultureFact]
    public void Values_beyond_the_axis_lie_at_its_end()
    {
        var axis = Axis.Exactly(true, 0.5, 2, 0, 200, 12);

        axis.X(0).ShouldBe(0);
        axis.X(double.PositiveInfinity).ShouldBe(200);
    }
}
