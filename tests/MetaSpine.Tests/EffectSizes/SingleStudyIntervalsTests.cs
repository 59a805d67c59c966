namespace MetaSpine.Tests;

public sealed class SingleStudyIntervalsTests
{
    /// <summary>R's binom.test and prop.test without continuity correction; closed forms, so all 15 digits that were printed.</summary>
    [EveryCultureTheory]
    [InlineData(16, 18, 0.652879561391328, 0.986248784335636, 0.672002348698212, 0.968980477354388)]
    [InlineData(0, 24, 0, 0.142473597722526, 0, 0.13797620467498)]
    [InlineData(32, 32, 0.891118839320647, 1, 0.89282080174493, 1)]
    [InlineData(5, 24, 0.0713186171980549, 0.421512843637253, 0.0924482535285185, 0.404704532531887)]
    public void Proportions_agree_with_R(int events, int total, double exactLower, double exactUpper, double scoreLower, double scoreUpper)
    {
        var exact = SingleStudyIntervals.ClopperPearson(events, total);
        exact.Lower.ShouldBe(exactLower, 1e-14);
        exact.Upper.ShouldBe(exactUpper, 1e-14);
        var score = SingleStudyIntervals.Wilson(events, total);
        score.Lower.ShouldBe(scoreLower, 1e-14);
        score.Upper.ShouldBe(scoreUpper, 1e-14);
    }

    /// <summary>R's poisson.test.</summary>
    [EveryCultureTheory]
    [InlineData(7, 12.5, 0.225149044121589, 1.15381402893619)]
    [InlineData(0, 3, 0, 1.22962648470465)]
    public void Rates_agree_with_R(double events, double time, double lower, double upper)
    {
        var interval = SingleStudyIntervals.Garwood(events, time);
        interval.Lower.ShouldBe(lower, 1e-14);
        interval.Upper.ShouldBe(upper, 1e-14);
    }

    [EveryCultureTheory]
    [InlineData(19, 18, 0.95)]
    [InlineData(-1, 18, 0.95)]
    [InlineData(0, 0, 0.95)]
    [InlineData(1, 2, 95)]
    public void Impossible_counts_and_levels_are_refused(double events, double total, double level)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SingleStudyIntervals.ClopperPearson(events, total, level));
        Should.Throw<ArgumentOutOfRangeException>(() => SingleStudyIntervals.Wilson(events, total, level));
    }
}
