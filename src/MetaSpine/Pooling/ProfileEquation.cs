namespace MetaSpine;

/// <summary>An equation in tau^2 on a data set.</summary>
internal interface IProfileEquation
{
    /// <summary>The value, positive below the solution, and the slope at a value of tau^2.</summary>
    (double Value, double Slope) At<TProfile>(in TProfile profile, double tau2)
        where TProfile : IProfile, allows ref struct;
}

/// <summary>Solves equations in tau^2 without an allocation.</summary>
internal static class ProfileEquation
{
    /// <summary>Below this relative step the next Newton step would be lost in rounding.</summary>
    public const double Settled = 1e-14;

    /// <summary>Half a unit in the last place.</summary>
    public const double Rounding = 1e-16;

    /// <summary>Newton's steps shrink by squares: after one of this relative size the next is hardly seen.</summary>
    public const double Sharp = 1e-9;

    /// <summary>
    /// Newton's method inside a bracket at whose lower end the value is positive and at whose upper end it is not. A step that
    /// leaves the bracket is replaced by its middle, and so is every eighth: the end is certain. After a sharp step
    /// the next is not made, unless the last two have shrunk so little that it would still be seen.
    /// </summary>
    public static (double Tau2, int Iterations) Solve<TProfile, TEquation>(in TProfile profile, TEquation equation, double lower, double upper, double start)
        where TProfile : IProfile, allows ref struct
        where TEquation : struct, IProfileEquation
    {
        var (t, before) = (start, double.NaN);
        for (var iterations = 1; ; iterations++)
        {
            var (value, slope) = equation.At(profile, t);
            if (value > 0)
            {
                lower = t;
            }
            else
            {
                upper = t;
            }

            var step = -value / slope;
            var next = t + step;
            if (!(next >= lower && next <= upper) || iterations % 8 == 0)
            {
                (next, step) = (lower + (upper - lower) / 2, double.NaN);
            }

            var following = Math.Abs(step * (step / before) * (step / before));
            if (Math.Abs(next - t) <= Settled * next || upper - lower <= Settled * lower || (Math.Abs(step) <= Sharp * next && following <= Rounding * next))
            {
                return (next, iterations);
            }

            (t, before) = (next, step);
        }
    }
}
