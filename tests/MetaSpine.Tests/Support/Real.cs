namespace MetaSpine.Tests;

/// <summary>
/// A number of 256 bits, 77 decimal digits, with any exponent that fits an int: what judges double arithmetic. Textbook formulas may lose all 16 digits
/// of a double three times over in them and still tell the last bit of the answer. Results are cut off, not rounded: each is wrong by a few units of 2^-256.
/// </summary>
internal readonly record struct Real : IComparable<Real>
{
    private const int Half = 128;
    private const int Bits = 2 * Half;

    /// <summary>The mantissa, whose highest bit is set, and the exponent of its lowest bit.</summary>
    private readonly UInt128 _high;
    private readonly UInt128 _low;
    private readonly int _exponent;
    private readonly int _sign;

    private Real(int sign, UInt128 high, UInt128 low, int exponent) => (_sign, _high, _low, _exponent) = (sign, high, low, exponent);

    public static Real Zero => default;
    public static readonly Real One = 1;

    /// <summary>The sum of 1/(n 2^n).</summary>
    private static readonly Real LogTwo = Enumerable.Range(1, Bits + Half).Reverse().Aggregate(Zero, (sum, n) => sum + (One / n).Scaled(-n));

    /// <summary>16 atan(1/5) - 4 atan(1/239), by John Machin.</summary>
    public static readonly Real Pi = 16 * ArcTangentOfInverse(5) - 4 * ArcTangentOfInverse(239);

    public int Sign => _sign;

    public static implicit operator Real(double value)
    {
        if (value == 0)
        {
            return Zero;
        }

        var bits = BitConverter.DoubleToUInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52);
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0UL : 1UL << 52);
        return exponent == 0x7FF ? throw new ArithmeticException($"{value} is no real number") : Normal(Math.Sign(value), mantissa, 0, Math.Max(exponent, 1) - 1075 - Half);
    }

    public static explicit operator double(Real a) => a._sign == 0 ? 0 : a._sign * Math.ScaleB((double)a._high, a._exponent + Half);

    public static Real operator -(in Real a) => new(-a._sign, a._high, a._low, a._exponent);

    public static Real operator +(in Real a, in Real b)
    {
        if (a._sign == 0 || b._sign == 0)
        {
            return a._sign == 0 ? b : a;
        }

        return CompareSize(a, b) < 0 ? Add(b, a) : Add(a, b);
    }

    public static Real operator -(in Real a, in Real b) => a + -b;

    public static Real operator *(in Real a, in Real b)
    {
        if (a._sign == 0 || b._sign == 0)
        {
            return Zero;
        }

        var (high, low) = Product(a._high, b._high);
        foreach (var cross in (ReadOnlySpan<UInt128>)[Product(a._high, b._low).High, Product(a._low, b._high).High])
        {
            low += cross;
            high += low < cross ? UInt128.One : UInt128.Zero;
        }

        return Normal(a._sign * b._sign, high, low, a._exponent + b._exponent + Bits);
    }

    /// <summary>The inverse by Newton's method from a double's: 53 bits, 106, 212, all.</summary>
    public static Real operator /(Real a, Real b)
    {
        if (b._sign == 0)
        {
            throw new DivideByZeroException();
        }

        var mantissa = new Real(1, b._high, b._low, -Bits);
        Real inverse = 1 / (double)mantissa;
        for (var i = 0; i < 3; i++)
        {
            inverse += inverse * (One - mantissa * inverse);
        }

        return b._sign * (a * inverse).Scaled(-Bits - b._exponent);
    }

    public static bool operator <(Real a, Real b) => a.CompareTo(b) < 0;

    public static bool operator >(Real a, Real b) => a.CompareTo(b) > 0;

    public static bool operator <=(Real a, Real b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Real a, Real b) => a.CompareTo(b) >= 0;

    public static Real Abs(Real a) => a._sign < 0 ? -a : a;

    public static Real Max(Real a, Real b) => a >= b ? a : b;

    public static Real Sqrt(Real a)
    {
        if (a._sign <= 0)
        {
            return a._sign == 0 ? Zero : throw new ArithmeticException("the root of a negative number");
        }

        // An even exponent is halved; the rest is within a double's range.
        var exponent = (a._exponent + Bits) & ~1;
        var rest = a.Scaled(-exponent);
        Real root = Math.Sqrt((double)rest);
        for (var i = 0; i < 3; i++)
        {
            root = (root + rest / root).Scaled(-1);
        }

        return root.Scaled(exponent / 2);
    }

    /// <summary>The Taylor series of a small part of what the nearest power of two leaves; good to 72 digits.</summary>
    public static Real Exp(Real a)
    {
        const int halvings = 16;
        var power = (int)Math.Round((double)a / Math.Log(2));
        var rest = (a - power * LogTwo).Scaled(-halvings);
        var sum = Zero;
        for (var n = 18; n > 0; n--)
        {
            sum = One + rest * sum / n;
        }

        for (var i = 0; i < halvings; i++)
        {
            sum *= sum;
        }

        return sum.Scaled(power);
    }

    /// <summary>Halley's method on the exponential: three times the digits in each of two steps from a double's.</summary>
    public static Real Log(Real a)
    {
        if (a._sign <= 0)
        {
            throw new ArithmeticException("the logarithm of what is not above 0");
        }

        var mantissa = new Real(1, a._high, a._low, -Bits);
        Real log = Math.Log((double)mantissa);
        for (var i = 0; i < 2; i++)
        {
            var power = Exp(log);
            log += 2 * (mantissa - power) / (mantissa + power);
        }

        return log + (a._exponent + Bits) * LogTwo;
    }

    public int CompareTo(Real other) => (this - other)._sign;

    public override string ToString() => ((double)this).ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private Real Scaled(int power) => _sign == 0 ? this : new(_sign, _high, _low, _exponent + power);

    private static Real Normal(int sign, UInt128 high, UInt128 low, int exponent)
    {
        if (high == 0)
        {
            if (low == 0)
            {
                return Zero;
            }

            (high, low, exponent) = (low, 0, exponent - Half);
        }

        var zeros = (int)UInt128.LeadingZeroCount(high);
        return zeros == 0 ? new Real(sign, high, low, exponent) : new Real(sign, high << zeros | low >> Half - zeros, low << zeros, exponent - zeros);
    }

    /// <summary>The sum, where a is the larger in size.</summary>
    private static Real Add(in Real a, in Real b)
    {
        var (high, low) = Right(b._high, b._low, (long)a._exponent - b._exponent);
        if (a._sign != b._sign)
        {
            var borrow = a._low < low ? UInt128.One : UInt128.Zero;
            return Normal(a._sign, a._high - high - borrow, a._low - low, a._exponent);
        }

        var sum = a._low + low;
        var carry = sum < low ? UInt128.One : UInt128.Zero;
        var top = a._high + high + carry;
        var overflows = top < a._high || (top == a._high && (high != 0 || carry != 0));
        return overflows ? new Real(a._sign, top >> 1 | UInt128.One << Half - 1, sum >> 1 | top << Half - 1, a._exponent + 1) : new Real(a._sign, top, sum, a._exponent);
    }

    private static int CompareSize(in Real a, in Real b) =>
        a._exponent != b._exponent ? a._exponent.CompareTo(b._exponent) : a._high != b._high ? a._high.CompareTo(b._high) : a._low.CompareTo(b._low);

    private static (UInt128 High, UInt128 Low) Right(UInt128 high, UInt128 low, long places) => places switch
    {
        0 => (high, low),
        < Half => (high >> (int)places, low >> (int)places | high << Half - (int)places),
        < Bits => (0, high >> (int)places - Half),
        _ => (0, 0),
    };

    private static (UInt128 High, UInt128 Low) Product(UInt128 a, UInt128 b)
    {
        ulong a1 = (ulong)(a >> 64), a0 = (ulong)a, b1 = (ulong)(b >> 64), b0 = (ulong)b;
        UInt128 low = Times(a0, b0), first = Times(a1, b0), second = Times(a0, b1);
        var middle = (low >> 64) + (ulong)first + (ulong)second;
        return (Times(a1, b1) + (first >> 64) + (second >> 64) + (middle >> 64), middle << 64 | (ulong)low);

        static UInt128 Times(ulong x, ulong y) => new(Math.BigMul(x, y, out var lower), lower);
    }

    private static Real ArcTangentOfInverse(int x)
    {
        var sum = Zero;
        var power = One / x;
        for (var n = 1; n < 2 * Half; n += 2)
        {
            sum += (n % 4 == 1 ? power : -power) / n;
            power /= x * x;
        }

        return sum;
    }
}
