using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>
/// A number that carries its first and second derivatives in <see cref="Size"/> variables through every operation, exact to
/// rounding (Griewank and Walther 2008, Evaluating Derivatives, chapter 13). The value of a computation, iterations included, so has
/// the gradient and the Hessian that an optimiser wants, and no formula for them can be wrong.
/// </summary>
internal readonly struct Jet
{
    public const int Size = 5;

    public readonly double Value;

    private readonly Vector512<double> _slope, _row0, _row1, _row2, _row3, _row4;

    private Jet(
        double value, Vector512<double> slope, Vector512<double> row0, Vector512<double> row1, Vector512<double> row2, Vector512<double> row3, Vector512<double> row4)
    {
        Value = value;
        _slope = slope;
        _row0 = row0;
        _row1 = row1;
        _row2 = row2;
        _row3 = row3;
        _row4 = row4;
    }

    public static implicit operator Jet(double value) => new(value, default, default, default, default, default, default);

    public static Jet Variable(double value, int index) =>
        new(value, Vector512<double>.Zero.WithElement(index, 1), default, default, default, default, default);

    /// <summary>The derivative in one variable.</summary>
    public double Slope(int i) => _slope[i];

    /// <summary>The second derivative in two variables.</summary>
    public double Curvature(int i, int j) => (i switch { 0 => _row0, 1 => _row1, 2 => _row2, 3 => _row3, _ => _row4 })[j];

    /// <summary>A function of this number, from its value and its first two derivatives there.</summary>
    public Jet Chain(double value, double slope, double curvature)
    {
        var bent = curvature * _slope;
        return new(
            value,
            slope * _slope,
            slope * _row0 + _slope[0] * bent,
            slope * _row1 + _slope[1] * bent,
            slope * _row2 + _slope[2] * bent,
            slope * _row3 + _slope[3] * bent,
            slope * _row4 + _slope[4] * bent);
    }

    public static Jet operator +(in Jet a, in Jet b) => new(
        a.Value + b.Value, a._slope + b._slope, a._row0 + b._row0, a._row1 + b._row1, a._row2 + b._row2, a._row3 + b._row3, a._row4 + b._row4);

    public static Jet operator -(in Jet a, in Jet b) => Combine(a, -1, b);

    public static Jet operator *(double factor, in Jet a) => new(
        factor * a.Value, factor * a._slope, factor * a._row0, factor * a._row1, factor * a._row2, factor * a._row3, factor * a._row4);

    public static Jet operator *(in Jet a, in Jet b) => new(
        a.Value * b.Value,
        a.Value * b._slope + b.Value * a._slope,
        a.Value * b._row0 + b.Value * a._row0 + a._slope[0] * b._slope + b._slope[0] * a._slope,
        a.Value * b._row1 + b.Value * a._row1 + a._slope[1] * b._slope + b._slope[1] * a._slope,
        a.Value * b._row2 + b.Value * a._row2 + a._slope[2] * b._slope + b._slope[2] * a._slope,
        a.Value * b._row3 + b.Value * a._row3 + a._slope[3] * b._slope + b._slope[3] * a._slope,
        a.Value * b._row4 + b.Value * a._row4 + a._slope[4] * b._slope + b._slope[4] * a._slope);

    public static Jet operator /(in Jet a, in Jet b) => a * Power(b, -1);

    /// <summary>a + factor b.</summary>
    public static Jet Combine(in Jet a, double factor, in Jet b) => new(
        a.Value + factor * b.Value,
        a._slope + factor * b._slope,
        a._row0 + factor * b._row0,
        a._row1 + factor * b._row1,
        a._row2 + factor * b._row2,
        a._row3 + factor * b._row3,
        a._row4 + factor * b._row4);

    public static Jet Exp(in Jet a)
    {
        var value = Math.Exp(a.Value);
        return a.Chain(value, value, value);
    }

    public static Jet Log(in Jet a) => a.Chain(Math.Log(a.Value), 1 / a.Value, -1 / (a.Value * a.Value));

    public static Jet Sin(in Jet a)
    {
        var (sin, cos) = Math.SinCos(a.Value);
        return a.Chain(sin, cos, -sin);
    }

    public static Jet Cos(in Jet a)
    {
        var (sin, cos) = Math.SinCos(a.Value);
        return a.Chain(cos, -sin, -cos);
    }

    /// <summary>A power of a positive number.</summary>
    public static Jet Power(in Jet a, double exponent)
    {
        var value = Math.Pow(a.Value, exponent);
        return a.Chain(value, exponent * value / a.Value, exponent * (exponent - 1) * value / (a.Value * a.Value));
    }
}
