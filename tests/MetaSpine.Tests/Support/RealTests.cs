namespace MetaSpine.Tests;

/// <summary>The numbers of 77 digits against exact fractions, and their functions against each other.</summary>
public sealed class RealTests
{
    /// <summary>Each operation is cut off a few units of 2^-256 = 9e-78 below; the sixteen squarings of the exponential double that each time.</summary>
    private const double Digits = 1e-71;

    [Fact]
    public void Sums_products_and_quotients_are_those_of_exact_numbers()
    {
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            double a = Some(), b = random.Next(5) == 0 ? -a * (1 + random.Next(3) * Math.ScaleB(1, -52)) : Some(), c = Some(), d = Some();
            Near((Real)a + b, ((Fraction)a + b).Rounded());
            Near(((Real)a - b) * c, (((Fraction)a - b) * c).Rounded());
            Near((Real)a / c, ((Fraction)a / c).Rounded());
            Near((Real)a / c - d + b * (Real)b, ((Fraction)a / c - d + (Fraction)b * b).Rounded());
            (((Real)a).CompareTo(b) == a.CompareTo(b)).ShouldBeTrue();
        }

        double Some() => (random.NextDouble() - .5) * Math.Pow(10, random.Next(-30, 30));
        static void Near(Real actual, double expected) => (Math.Abs((double)actual - expected) <= 3e-16 * Math.Abs(expected)).ShouldBeTrue();
    }

    [Fact]
    public void Quotients_roots_and_exponentials_are_undone_to_the_last_digits()
    {
        var random = new Random(2);
        for (var i = 0; i < 200; i++)
        {
            Real a = random.NextDouble() * Math.Pow(10, random.Next(-300, 300)), b = Math.Exp(20 * random.NextDouble() - 10);
            Same(a / b * b, a);
            Same(Real.Sqrt(a) * Real.Sqrt(a), a);
            Same(Real.Exp(Real.Log(b)), b);
            Same(Real.Log(Real.Exp(b) * Real.Exp(-2 * b)) + b, Real.Zero, 1 + b);
        }

        ((double)Real.Pi).ShouldBe(Math.PI);
        ((double)Real.Log(2)).ShouldBe(Math.Log(2));
        ((double)(Real.Pi - Math.PI)).ShouldBe(1.2246467991473532e-16, 1e-31);
        Should.Throw<DivideByZeroException>(() => Real.One / Real.Zero);
        Should.Throw<ArithmeticException>(() => (Real)double.NaN);

        static void Same(Real actual, Real expected, Real? size = null) => ((double)Real.Abs(actual - expected)).ShouldBeLessThanOrEqualTo((double)(size ?? expected) * Digits);
    }

    /// <summary>The Hilbert matrix loses 1e13 of a double at this size; its eigenvalues add up to the trace, and their product is the determinant.</summary>
    [Fact]
    public void Matrices_are_inverted_and_have_their_eigenvalues()
    {
        var hilbert = Dense.Of(9, 9, (i, j) => Real.One / (i + j + 1));
        var (inverse, determinant) = Dense.Invert(hilbert);
        var product = Dense.Times(hilbert, inverse);
        var values = Dense.Eigenvalues(hilbert);
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 9; j++)
            {
                ((double)Real.Abs(product[i][j] - (i == j ? 1 : 0))).ShouldBeLessThan(1e-60);
            }
        }

        ((double)(values.Aggregate((a, b) => a * b) / determinant - 1)).ShouldBe(0, 1e-50);
        ((double)(values.Aggregate((a, b) => a + b) - Dense.Trace(hilbert))).ShouldBe(0, 1e-70);
    }
}
