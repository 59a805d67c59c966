using System.Runtime.CompilerServices;

namespace MetaSpine;

/// <summary>The contracts of the distribution functions. A NaN passes: it comes out again as a NaN.</summary>
internal static class Require
{
    public static void PositiveFinite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value <= 0 || double.IsPositiveInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "The parameter must be above 0 and finite.");
        }
    }

    public static void Probability(double p)
    {
        if (p is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        }
    }
}
