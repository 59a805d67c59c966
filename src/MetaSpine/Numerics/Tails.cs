namespace MetaSpine;

/// <summary>
/// Both tails of a distribution of positive values at a point: the smaller is known with all its digits, however small it is.
/// </summary>
/// <param name="LogMass">The logarithm of the density with respect to the logarithm of the point: ln(x f(x)).</param>
/// <param name="Ratio">The tail that is known directly, divided by the mass.</param>
/// <param name="LowerIsDirect">Which tail that is; the other is its complement, and is not small.</param>
internal readonly record struct Tails(double LogMass, double Ratio, bool LowerIsDirect)
{
    public static readonly Tails AtZero = new(double.NegativeInfinity, 1, LowerIsDirect: true);
    public static readonly Tails AtInfinity = new(double.NegativeInfinity, 1, LowerIsDirect: false);

    public double Lower => LowerIsDirect ? Direct : 1 - Direct;

    public double Upper => LowerIsDirect ? 1 - Direct : Direct;

    private double Direct => Math.Exp(LogMass) * Ratio;

    /// <summary>The logarithm of a tail, also where the tail itself is too small for a double, and its slope by ln x.</summary>
    public (double Value, double Slope) Log(bool lower)
    {
        var (value, size) = lower == LowerIsDirect
            ? (LogMass + Math.Log(Ratio), 1 / Ratio)
            : (Math.Log(1 - Direct), Math.Exp(LogMass) / (1 - Direct));
        return (value, lower ? size : -size);
    }
}
