namespace MetaSpine.Tests;

public sealed class IntervalTests
{
    [EveryCultureFact]
    public void Contains_its_bounds() => new Interval(1, 2, .95).Contains(1).ShouldBeTrue();
}
