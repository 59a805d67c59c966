namespace MetaSpine;

/// <summary>
/// A stream of random numbers named by a seed and a number: streams are independent of each other and of the order in which they are
/// used, so that work shared among threads gives the same result on any number of them, on any machine and with any version of .NET.
/// </summary>
/// <remarks>
/// The generator is xoshiro256** (Blackman and Vigna 2021, ACM Transactions on Mathematical Software 47:36, doi:10.1145/3460772), its
/// state filled by SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
/// </remarks>
internal struct RandomStream
{
    private ulong _a, _b, _c, _d;

    public RandomStream(ulong seed, ulong number)
    {
        // Mixing the seed before the number is added keeps neighbours in either of them apart.
        var state = seed;
        state = Mix(ref state) + number;
        (_a, _b, _c, _d) = (Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number between 0 and 1, both excluded.</summary>
    public double NextUniform() => ((Next() >> 11) + .5) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number, by inversion.</summary>
    public double NextNormal() => NormalDistribution.Quantile(NextUniform());

    /// <summary>A whole number from 0 to below a bound; the bias of the multiplication is below bound/2^64.</summary>
    public int NextBelow(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Orders values at random (Fisher and Yates, in Durstenfeld's form).</summary>
    public void Shuffle(Span<int> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextBelow(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
