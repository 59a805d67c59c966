namespace MetaSpine.Tests;

/// <summary>What the arithmetic of a formula computes, where the knots of splines lie, and how long and deep a formula may be.</summary>
public sealed class FormulaArithmeticTests
{
    /// <summary>At x = 3 and y = -2, as R computes them; a relative error of 1e-15 is a few units in the last place.</summary>
    [EveryCultureTheory]
    [InlineData("I(x + y)", 1)]
    [InlineData("I(x - y)", 5)]
    [InlineData("I(x - y - 1)", 4)]
    [InlineData("I(x * y)", -6)]
    [InlineData("I(x / y)", -1.5)]
    [InlineData("I(x / y / 2)", -0.75)]
    [InlineData("I(x + y * 2)", -1)]
    [InlineData("I((x + y) * 2)", 2)]
    [InlineData("I(x^y)", 1 / 9.0)]
    [InlineData("I(-x^2)", -9)]
    [InlineData("I((-x)^2)", 9)]
    [InlineData("I(2^x^2)", 512)]
    [InlineData("I(x + .5e1)", 8)]
    [InlineData("I(x + 1.5E-1)", 3.15)]
    [InlineData("I(x + 2e+1)", 23)]
    [InlineData("log(x)", 1.0986122886681098)]
    [InlineData("log2(x)", 1.5849625007211562)]
    [InlineData("log10(x)", 0.47712125471966244)]
    [InlineData("log1p(x)", 1.3862943611198906)]
    [InlineData("log1p(x / 3e10)", 9.9999999995e-11)]
    [InlineData("log1p(x / 3e20)", 1e-20)]
    [InlineData("log1p(-x / 12)", -0.28768207245178096)]
    [InlineData("exp(y)", 0.1353352832366127)]
    [InlineData("sqrt(x)", 1.7320508075688772)]
    [InlineData("abs(y)", 2)]
    [InlineData("pmin(x, y, 1)", -2)]
    [InlineData("pmin(x, 4, 1)", 1)]
    [InlineData("pmax(x, y)", 3)]
    [InlineData("pmax(x, y, 4)", 4)]
    public void Arithmetic_is_that_of_R(string term, double expected)
    {
        var design = Formula.Parse(term).Design(Predictor.Numeric("x", [3, 5, 6]), Predictor.Numeric("y", [-2, 7, 1]));
        design[0, 1].ShouldBe(expected, 1e-15 * Math.Abs(expected));
    }

    /// <summary>By hand, with knots 0, 1 and 3: (x^3 - 1.5 (x - 1)^3 + 0.5 (x - 3)^3) / 9, each cube 0 before its knot; a straight line from 3 on.</summary>
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 6.5)]
    [InlineData(3, 15)]
    [InlineData(4, 24)]
    [InlineData(5, 33)]
    public void A_restricted_cubic_spline_is_straight_beyond_its_knots(double x, double ninths)
    {
        var values = new RestrictedCubicSpline("x", [0, 1, 3]).At(x);
        RegressionPeers.Agree("spline", values, [x, ninths / 9], 1e-14);
    }

    /// <summary>Harrell's outer knots are the fifth values below 100 studies, and quantiles (of type 7) from 100 on.</summary>
    [Theory]
    [InlineData(10, 5, 5.5, 6)]
    [InlineData(99, 5, 50, 95)]
    [InlineData(100, 10.9, 50.5, 90.1)]
    public void Three_knots_lie_where_the_number_of_studies_puts_them(int n, double first, double second, double third) =>
        RegressionPeers.Agree("knots", RestrictedCubicSpline.WithKnotCount("x", [.. Enumerable.Range(1, n).Select(i => (double)i)], 3).Knots, [first, second, third], 1e-12);

    [EveryCultureFact]
    public void Knots_that_cannot_be_placed_are_refused_with_the_reason()
    {
        double[] nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Should.Throw<ArgumentException>(() => RestrictedCubicSpline.WithKnotCount("x", nine, 3)).Message
            .ShouldBe("9 values are too few to place knots by quantiles; name the knots, as in rcs(x, c(10, 20, 40)).");
        Should.Throw<ArgumentException>(() => RestrictedCubicSpline.WithKnotCount("x", nine, 8)).Message
            .ShouldBe("give 3 to 7 knots by number; more must be named, as in rcs(x, c(...)).");
        Should.Throw<ArgumentException>(() => new RestrictedCubicSpline("x", [1, 2])).Message.ShouldBe("a restricted cubic spline needs at least 3 knots.");
        Should.Throw<ArgumentException>(() => new RestrictedCubicSpline("x", [1, 2.5, 2.5])).Message
            .ShouldBe("the knots 1, 2.5, 2.5 do not increase; choose knots yourself, as in rcs(x, c(10, 20, 40)), or use fewer.");
    }

    [EveryCultureFact]
    public void A_formula_has_2000_characters_and_50_brackets_at_most()
    {
        Formula.Parse("x".PadRight(2000)).Terms.ShouldBe(["x"]);
        Should.Throw<FormulaException>(() => Formula.Parse("x".PadRight(2001))).Message.ShouldContain("a formula has at most 2000 characters.");
        Formula.Parse(new string('(', 50) + "x" + new string(')', 50)).Terms.ShouldBe(["x"]);
        Should.Throw<FormulaException>(() => Formula.Parse(new string('(', 51) + "x" + new string(')', 51))).Message.ShouldContain("the brackets are nested too deeply.");
        Formula.Parse(string.Join(" + ", Enumerable.Repeat("(x)", 60))).Terms.ShouldBe(["x"]);
    }
}
