using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>Numbers eight at a time, in an order that does not depend on the processor: where it has no such vectors the same is done in parts.</summary>
internal static class EightLanes
{
    public const int Lanes = 8;

    public static readonly Vector512<double> Indices = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>The eight values from one on; the last eight, which are handed in, where fewer are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Eight(ReadOnlySpan<double> values, Vector512<double> last, int first) =>
        first + Lanes <= values.Length ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)first) : last;

    /// <summary>The last eight values; the first one in the place of those that are not there.</summary>
    public static Vector512<double> Last(ReadOnlySpan<double> values)
    {
        if (values.Length >= Lanes)
        {
            return Eight(values, default, values.Length - Lanes);
        }

        Span<double> last = stackalloc double[Lanes];
        last.Fill(values[0]);
        values.CopyTo(last);
        return Vector512.Create<double>(last);
    }

    /// <summary>Where a value stands first; it must be there.</summary>
    public static int IndexOf(ReadOnlySpan<double> values, double value)
    {
        for (var i = 0; i + Lanes <= values.Length; i += Lanes)
        {
            if (Vector512.Equals(Eight(values, default, i), Vector512.Create(value)).ExtractMostSignificantBits() is not 0 and var found)
            {
                return i + BitOperations.TrailingZeroCount(found);
            }
        }

        var last = values.Length - values.Length % Lanes;
        return last + values[last..].IndexOf(value);
    }

    /// <summary>The least or the greatest of eight.</summary>
    public static double Extreme(Vector512<double> lanes, bool min)
    {
        var four = min ? Vector256.MinNative(lanes.GetLower(), lanes.GetUpper()) : Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper());
        var two = min ? Vector128.MinNative(four.GetLower(), four.GetUpper()) : Vector128.MaxNative(four.GetLower(), four.GetUpper());
        return min ? Math.Min(two[0], two[1]) : Math.Max(two[0], two[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>The sum, and the products of all pairs: those within each lane are known, those between lanes are of the lanes' sums.</summary>
    public static (double Sum, double Pairs) Pairs(Vector512<double> sums, Vector512<double> within)
    {
        var four = sums.GetLower() + sums.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        var products = sums.GetLower() * sums.GetUpper();
        var product = four.GetLower() * four.GetUpper();
        return (two[0] + two[1], Sum(within) + (products[0] + products[2] + (products[1] + products[3])) + (product[0] + product[1]) + two[0] * two[1]);
    }
}
