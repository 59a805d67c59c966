namespace MetaSpine.Tests;

/// <summary>
/// Compares numbers of the library with those of a <see cref="TextbookTwin"/>. A number is right when it is as near to the twin's as the twin's own
/// moves when every datum moves by its last digit, times a constant, and a few units in its own last place: no method that works in doubles can
/// promise more, and one that loses digits for reasons of its own shows. So the tolerance is the condition of the problem, measured and not guessed.
/// </summary>
internal sealed class Judge
{
    /// <summary>
    /// How many times farther than the last digits of the data explain a number may be: each of some dozen steps rounds once more. The worst of the
    /// long run came to 20.
    /// </summary>
    private const double Most = 40;

    /// <summary>Beyond so many studies it would take hours to move each datum by itself, and of so many some always move as they should.</summary>
    private const int Many = 20;

    private readonly string _what;
    private readonly TextbookTwin _twin;
    private readonly TextbookTwin[] _moved;
    private readonly List<string> _faults = [];
    private TextbookTwin[]? _movedOne;

    public Judge(string name, TextbookTwin twin, string data)
    {
        (_what, _twin) = ($"{name}, {data}", twin);
        _moved = [.. Enumerable.Range(1, 3).Select(seed => new Random(seed)).Select(random => twin.Moved(_ => 2 * random.Next(2) - 1))];
    }

    public TextbookTwin Twin => _twin;

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>A number that a formula gives.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actual">The library's number.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="size">The size of the terms that the number is a sum of, where they cancel; its own where null.</param>
    /// <param name="slack">What distributions in the formula may be wrong by, relative to the size.</param>
    public void Number(string name, double actual, Func<TextbookTwin, Real> formula, Func<TextbookTwin, Real>? size = null, double slack = 0)
    {
        var expected = formula(_twin);
        Compare(
            name, Real.Abs(actual - expected), formula, expected, Real.Abs(size is null ? expected : size(_twin)) * (LastDigits + slack),
            FormattableString.Invariant($"{actual:R}, not {expected}"));
    }

    /// <summary>A number that is 0 where the formula gives less, with a slack that is not relative.</summary>
    public void Truncated(string name, double actual, Func<TextbookTwin, Real> formula, double slack = 0)
    {
        var expected = formula(_twin);
        Compare(
            name, Real.Abs(actual - Real.Max(Real.Zero, expected)), formula, expected, Real.Abs(expected) * LastDigits + slack,
            FormattableString.Invariant($"{actual:R}, not {expected} or 0"));
    }

    /// <summary>A tau^2 that solves an equation, whose value is positive below it; 0 where the value is not positive there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tau2">The library's solution.</param>
    /// <param name="equation">The equation.</param>
    /// <param name="slack">What distributions in the equation may be wrong by.</param>
    public void Root(string name, double tau2, Func<TextbookTwin, Real, Real> equation, double slack = 0)
    {
        var value = equation(_twin, tau2);
        Compare(
            name, tau2 == 0 ? Real.Max(Real.Zero, value) : Real.Abs(value), data => equation(data, tau2), value,
            slack + Real.Abs(equation(_twin, tau2 + tau2 * LastDigits) - value), FormattableString.Invariant($"{tau2:R}, where the equation has {value}"));
    }

    public void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            _faults.Add($"{otherwise}: {_what}");
        }
    }

    /// <summary>A sum of k terms is good to about so many units in the last place.</summary>
    private Real LastDigits => (_twin.K + 8) * Math.ScaleB(1, -53);

    private void Compare(string name, Real error, Func<TextbookTwin, Real> formula, Real expected, Real digits, string seen)
    {
        if (error.Sign == 0)
        {
            return;
        }

        // Its own last digits explain most; where they do not, three random directions may, and at last each datum is moved by itself.
        var ratio = Ratio(error, digits);
        if (ratio > 1)
        {
            ratio = Ratio(error, digits + _moved.Select(Reach).Max());
        }

        if (ratio > 1 && _twin.K <= Many)
        {
            _movedOne ??= [.. Enumerable.Range(0, _twin.Data).Select(moved => _twin.Moved(datum => datum == moved ? 1 : 0))];
            ratio = Ratio(error, digits + _movedOne.Select(Reach).Aggregate((sum, reach) => sum + reach));
        }

        That(ratio <= Most, FormattableString.Invariant($"{name} is {seen}, {ratio:G3} times too far"));

        Real Reach(TextbookTwin data) => Real.Abs(formula(data) - expected);
    }

    private static double Ratio(Real error, Real reach) => reach.Sign == 0 ? double.PositiveInfinity : (double)(error / reach);
}
