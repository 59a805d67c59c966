namespace MetaSpine;

/// <summary>A function of one number, as a struct, so that a solver calls it without an allocation.</summary>
internal interface IFunction
{
    double Value(double x);
}

/// <summary>A function of one number with its derivative, as a struct.</summary>
internal interface ISlopedFunction
{
    (double Value, double Slope) Evaluate(double x);
}

/// <summary>Roots inside a bracket, to the last digit of a double.</summary>
/// <remarks>
/// All of these return false, and a NaN, when the function has the same sign at both ends of the bracket, when it gives a NaN,
/// and when the bracket is empty or infinite. An infinite value of the function counts by its sign.
/// </remarks>
internal static class RootFinding
{
    /// <summary>More than halving needs from the widest bracket to the smallest number.</summary>
    private const int Limit = 2500;

    /// <summary>Finds a root of a continuous function.</summary>
    public static bool TryFind(Func<double, double> function, double lower, double upper, out double root) =>
        TryFind(new Function(function), lower, upper, out root);

    /// <summary>Finds a root of a continuous function.</summary>
    /// <remarks>
    /// T. R. Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without
    /// using derivatives, Advances in Engineering Software 28, 145-149, doi:10.1016/S0965-9978(96)00051-8.
    /// </remarks>
    public static bool TryFind<T>(T function, double lower, double upper, out double root)
        where T : struct, IFunction
    {
        // The root is between a, the newest point, and b; c is the point before them.
        double a = upper, b = lower, atA = function.Value(a), atB = function.Value(b);
        root = double.NaN;
        if (!IsBracket(lower, upper, atB, atA))
        {
            return false;
        }

        var fraction = .5;
        for (var i = 0; i < Limit; i++)
        {
            root = Math.Abs(atA) < Math.Abs(atB) ? a : b;
            var smallest = (Math.BitIncrement(Math.Abs(root)) - Math.Abs(root)) / Math.Abs(b - a);
            if (atA == 0 || atB == 0 || smallest > .5)
            {
                return true;
            }

            var x = a + Math.Clamp(fraction, smallest, 1 - smallest) * (b - a);
            var atX = function.Value(x);
            var (c, atC) = (b, atB);
            if (Opposite(atX, atA))
            {
                (b, atB) = (a, atA);
            }
            else if (Opposite(atX, atB))
            {
                (c, atC) = (a, atA);
            }
            else
            {
                break;
            }

            (a, atA) = (x, atX);

            // Inverse quadratic interpolation where it is monotone through the three points, else the middle.
            double xi = (a - b) / (c - b), phi = (atA - atB) / (atC - atB);
            fraction = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
                ? atA / (atB - atA) * (atC / (atB - atC)) + (c - a) / (b - a) * (atA / (atC - atA)) * (atB / (atC - atB))
                : .5;
        }

        root = double.NaN;
        return false;
    }

    /// <summary>Finds a root of a function whose slope is known, from a starting point inside the bracket.</summary>
    public static bool TryFind(
        Func<double, (double Value, double Slope)> function, double lower, double upper, double start, out double root) =>
        TryFind(new SlopedFunction(function), lower, upper, start, out root);

    /// <summary>Finds a root of a function whose slope is known, from a starting point inside the bracket.</summary>
    /// <remarks>Newton's method, with a bisection wherever a step leaves the bracket or is more than half the one before.</remarks>
    public static bool TryFind<T>(T function, double lower, double upper, double start, out double root)
        where T : struct, ISlopedFunction
    {
        double atLower = function.Evaluate(lower).Value, atUpper = function.Evaluate(upper).Value;
        if (IsBracket(lower, upper, atLower, atUpper))
        {
            root = atLower == 0 ? lower : atUpper == 0 ? upper : Math.Clamp(start, lower, upper);
            var length = upper - lower;
            for (var i = 0; i < Limit; i++)
            {
                var (value, slope) = function.Evaluate(root);
                if (value == 0)
                {
                    return true;
                }

                if (Opposite(value, atUpper))
                {
                    lower = root;
                }
                else if (Opposite(value, atLower))
                {
                    upper = root;
                }
                else
                {
                    break;
                }

                if (Math.BitIncrement(lower) == upper)
                {
                    return true;
                }

                // A step too short to see is made to the neighbour, so that the root ends between two neighbours.
                var next = root - value / slope;
                next = next != root ? next : root == lower ? Math.BitIncrement(root) : Math.BitDecrement(root);
                if (!(next >= lower && next <= upper && Math.Abs(next - root) <= .5 * length))
                {
                    next = lower + .5 * (upper - lower);
                }

                length = Math.Abs(next - root);
                root = next;
            }
        }

        root = double.NaN;
        return false;
    }

    private static bool IsBracket(double lower, double upper, double atLower, double atUpper) =>
        lower < upper && double.IsFinite(upper - lower) && Opposite(atLower, atUpper);

    private static bool Opposite(double a, double b) => (a <= 0 && b >= 0) || (a >= 0 && b <= 0);

    private readonly struct Function(Func<double, double> function) : IFunction
    {
        public double Value(double x) => function(x);
    }

    private readonly struct SlopedFunction(Func<double, (double Value, double Slope)> function) : ISlopedFunction
    {
        public (double Value, double Slope) Evaluate(double x) => function(x);
    }
}
