namespace MetaSpine.Tests;

public sealed class StandardErrorTests
{
    [EveryCultureTheory]
    [InlineData(0.95, double.PositiveInfinity)]
    [InlineData(0.9, 12)]
    [InlineData(0.99, 1)]
    public void Interval_bound_and_p_value_give_the_error_back(double level, double degreesOfFreedom)
    {
        const double estimate = 3.2, error = 0.7;
        var margin = error * StudentT.UpperQuantile((1 - level) / 2, degreesOfFreedom);
        var p = StudentT.TwoSided(estimate / error, degreesOfFreedom);

        // Each is one division by the same quantile, which is inverted to its last digits.
        StandardErrors.FromInterval(estimate, estimate - margin, estimate + margin, level, degreesOfFreedom).StandardError.ShouldBe(error, 1e-12);
        StandardErrors.FromInterval(null, estimate - margin, estimate + margin, level, degreesOfFreedom).Estimate.ShouldBe(estimate, 1e-12);
        StandardErrors.FromBound(estimate, estimate - margin, level, false, degreesOfFreedom).StandardError.ShouldBe(error, 1e-12);
        StandardErrors.FromBound(estimate, estimate + margin, (1 + level) / 2, true, degreesOfFreedom).StandardError.ShouldBe(error, 1e-12);
        StandardErrors.FromPValue(estimate, p, false, degreesOfFreedom).StandardError.ShouldBe(error, 1e-12);
        StandardErrors.FromPValue(estimate, p / 2, true, degreesOfFreedom).StandardError.ShouldBe(error, 1e-12);
        StandardErrors.FromPValue(-estimate, 1 - p / 2, true, degreesOfFreedom).StandardError.ShouldBe(error, 1e-9);
    }

    [EveryCultureFact]
    public void Ratios_are_read_on_the_log_scale()
    {
        var result = StandardErrors.FromInterval(2, 1, 4, ratio: true);
        result.Estimate.ShouldBe(Math.Log(2), 1e-15);
        result.StandardError.ShouldBe(Math.Log(4) / (2 * 1.959963984540054), 1e-14);
        result.Warnings.ShouldBeEmpty();
        result.Assumptions.Single().ShouldContain("on the log scale");
    }

    [EveryCultureTheory]
    [InlineData(2.09, 0)]
    [InlineData(2.11, 1)]
    [InlineData(1.91, 0)]
    [InlineData(1.89, 1)]
    public void A_tenth_of_the_width_from_the_middle_is_asymmetric(double estimate, int warnings) =>
        StandardErrors.FromInterval(estimate, 1.5, 2.5).Warnings.Count.ShouldBe(warnings);

    [EveryCultureFact]
    public void The_interval_goes_before_the_p_value_which_checks_it()
    {
        var interval = StandardErrors.FromInterval(2, 1, 3);
        StandardErrors.FromIntervalOrPValue(2, 1, 3, null).ShouldBe(interval);
        StandardErrors.FromIntervalOrPValue(2, 1, 3, 0.0001).ShouldBe(interval);
        StandardErrors.FromIntervalOrPValue(2, 1, 3, 0.04).Warnings.Single().ShouldContain("contradict");
        StandardErrors.FromIntervalOrPValue(2, 1, null, null).ShouldBe(StandardErrors.FromBound(2, 1));
        StandardErrors.FromIntervalOrPValue(2, null, 3, null).ShouldBe(StandardErrors.FromBound(2, 3));
        StandardErrors.FromIntervalOrPValue(2, null, null, 0.04).ShouldBe(StandardErrors.FromPValue(2, 0.04));
        Should.Throw<ArgumentException>(() => StandardErrors.FromIntervalOrPValue(2, null, null, null)).Message.ShouldContain("none is given");
    }

    [EveryCultureFact]
    public void Impossible_numbers_are_named()
    {
        Fault(() => StandardErrors.FromInterval(0, 1, 3)).ShouldContain("0 is outside 1 to 3");
        Fault(() => StandardErrors.FromInterval(2, 1, double.PositiveInfinity)).ShouldContain("upper bound must be a finite number");
        Fault(() => StandardErrors.FromInterval(2, 1, 3, 0)).ShouldContain("between 0 and 1");
        Fault(() => StandardErrors.FromInterval(2, 1, 3, 0.95, 0)).ShouldContain("degrees of freedom");
        Fault(() => StandardErrors.FromInterval(2, -1, 3, ratio: true)).ShouldContain("lower bound of a ratio");
        Fault(() => StandardErrors.FromBound(2, 2)).ShouldContain("must differ");
        Fault(() => StandardErrors.FromBound(2, 1, 0.5, oneSided: true)).ShouldContain("above 0.5");
        Fault(() => StandardErrors.FromPValue(2, -0.1)).ShouldContain("but is -0.1");
        Fault(() => StandardErrors.FromPValue(2, 1, oneSided: true)).ShouldContain("no effect at all");
        Fault(() => StandardErrors.FromPValue(0, 0.4)).ShouldContain("exactly no effect");
    }

    private static string Fault(Action action) => Should.Throw<ArgumentOutOfRangeException>(action).Message;
}
