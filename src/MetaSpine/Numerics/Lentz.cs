namespace MetaSpine;

/// <summary>
/// A continued fraction b0 + a1 / (b1 + a2 / (b2 + ...)) evaluated forwards until it stands still.
/// </summary>
/// <remarks>
/// W. J. Lentz (1976), Generating Bessel functions in Mie scattering calculations using continued fractions, Applied Optics 15,
/// 668-671, doi:10.1364/AO.15.000668. Its cure for a vanishing denominator is left out: those of the tails are positive.
/// </remarks>
internal struct Lentz(double first)
{
    private const int Limit = 100_000;

    private double _numerator = first;
    private double _denominator;
    private int _count;

    public double Value { get; private set; } = first;

    /// <summary>Adds a level; false when it changed nothing, or is not a number.</summary>
    public bool Continue(double a, double b)
    {
        _denominator = 1 / (b + a * _denominator);
        _numerator = b + a / _numerator;
        var change = _numerator * _denominator;
        Value *= change;
        return Math.Abs(change - 1) > 3e-16 && ++_count < Limit;
    }
}
