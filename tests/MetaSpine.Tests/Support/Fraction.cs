using System.Numerics;

namespace MetaSpine.Tests;

/// <summary>An exact number: every double is one, and sums, products and quotients of exact numbers lose nothing.</summary>
internal readonly struct Fraction
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    private Fraction(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (_numerator, _denominator) = denominator.Sign < 0 ? (-numerator / common, -denominator / common) : (numerator / common, denominator / common);
    }

    public static Fraction Zero => new(0, 1);

    public bool IsZero => _numerator.IsZero;

    public int Sign => _numerator.Sign;

    public static implicit operator Fraction(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFFL) | (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        var size = bits < 0 ? -mantissa : mantissa;
        return power >= 0 ? new(size << power, 1) : new(size, BigInteger.One << -power);
    }

    public static Fraction operator +(Fraction a, Fraction b) => new(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator);

    public static Fraction operator -(Fraction a, Fraction b) => new(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a._numerator * b._numerator, a._denominator * b._denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a._numerator * b._denominator, a._denominator * b._numerator);

    /// <summary>The nearest double, but for its last digit.</summary>
    public double Rounded()
    {
        if (_numerator.IsZero)
        {
            return 0;
        }

        // Sixty-four bits of the quotient and its power of two.
        var shift = (int)(_denominator.GetBitLength() - _numerator.GetBitLength()) + 64;
        var quotient = shift >= 0 ? (_numerator << shift) / _denominator : _numerator / (_denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }
}
