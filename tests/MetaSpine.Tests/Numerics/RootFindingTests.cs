namespace MetaSpine.Tests;

public sealed class RootFindingTests
{
    private sealed record Case(Func<double, double> Function, Func<double, double> Slope, double Lower, double Upper);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["a line"] = new(x => 3 * x - 1, _ => 3, -1, 1),
        ["a fixed point"] = new(x => Math.Cos(x) - x, x => -Math.Sin(x) - 1, 0, 1),
        ["a falling curve"] = new(x => Math.Exp(-x) - 1e-9, x => -Math.Exp(-x), 0, 700),
        ["a flat root"] = new(x => Math.Pow(x - 1.3, 9), x => 9 * Math.Pow(x - 1.3, 8), -4, 5),
        ["a wall and a plain"] = new(x => 1 / x - 1e-200, x => -1 / (x * x), 1e-300, 1e300),
        ["an infinite end"] = new(x => Math.Log(x) + 2, x => 1 / x, 0, 1),
        ["far outside Newton's reach"] = new(x => Math.Atan(x - 100), x => 1 / (1 + (x - 100) * (x - 100)), -1e6, 1e6),
        ["a jump"] = new(x => x < Math.PI ? -1 : 1, _ => 0, 0, 10),
        ["a tiny root"] = new(x => x * x * x - 1e-270, x => 3 * x * x, 0, 1),
        ["a vertical slope"] = new(x => Math.Cbrt(x - .25), x => 1 / (3 * Math.Pow(Math.Cbrt(x - .25), 2)), -1, 1),
        ["a root at the lower end"] = new(x => x - 2, _ => 1, 2, 5),
        ["a root at the upper end"] = new(x => x - 5, _ => 1, 2, 5),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [EveryCultureTheory]
    [MemberData(nameof(CaseNames))]
    public void A_bracketed_root_is_found_to_the_last_digit(string name)
    {
        var (function, _, lower, upper) = Cases[name];

        RootFinding.TryFind(function, lower, upper, out var root).ShouldBeTrue();

        ShouldChangeSignAt(root, function);
    }

    [EveryCultureTheory]
    [MemberData(nameof(CaseNames))]
    public void A_known_slope_finds_the_same_root_from_anywhere(string name)
    {
        var (function, slope, lower, upper) = Cases[name];
        foreach (var part in new[] { 0, 1e-9, .1, .5, .8, 1 })
        {
            RootFinding.TryFind(x => (function(x), slope(x)), lower, upper, lower + part * (upper - lower), out var root).ShouldBeTrue();

            ShouldChangeSignAt(root, function);
        }
    }

    [EveryCultureFact]
    public void Smooth_functions_take_few_evaluations()
    {
        int plain = 0, sloped = 0;

        RootFinding.TryFind(x => Count(ref plain, Math.Cos(x) - x), 0, 1, out _);
        RootFinding.TryFind(x => (Count(ref sloped, Math.Cos(x) - x), -Math.Sin(x) - 1), 0, 1, .5, out _);

        plain.ShouldBeLessThanOrEqualTo(10);
        sloped.ShouldBeLessThanOrEqualTo(8);

        static double Count(ref int count, double value)
        {
            count++;
            return value;
        }
    }

    [EveryCultureTheory]
    [InlineData(1.0, 2.0)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(-1.0, double.PositiveInfinity)]
    [InlineData(1.0, -1.0)]
    [InlineData(-1.0, -1.0)]
    public void Without_a_bracket_there_is_no_root(double lower, double upper)
    {
        RootFinding.TryFind(x => x, lower, upper, out var root).ShouldBeFalse();
        RootFinding.TryFind(x => (x, 1), lower, upper, lower, out var sloped).ShouldBeFalse();

        root.ShouldBe(double.NaN);
        sloped.ShouldBe(double.NaN);
    }

    [EveryCultureFact]
    public void A_function_that_fails_inside_the_bracket_has_no_root()
    {
        RootFinding.TryFind(x => Math.Abs(x) < 1 ? double.NaN : x, -2, 3, out var root).ShouldBeFalse();
        RootFinding.TryFind(x => (Math.Abs(x) < 1 ? double.NaN : x, 1), -2, 3, 2, out var sloped).ShouldBeFalse();

        root.ShouldBe(double.NaN);
        sloped.ShouldBe(double.NaN);
    }

    /// <summary>Two neighbours on either side leave room for a function that is itself rounded.</summary>
    private static void ShouldChangeSignAt(double root, Func<double, double> function)
    {
        var below = function(Math.BitDecrement(Math.BitDecrement(root)));
        var above = function(Math.BitIncrement(Math.BitIncrement(root)));

        (below * above <= 0 || function(root) == 0).ShouldBeTrue($"{below} and {above} around {root:R}");
    }
}
