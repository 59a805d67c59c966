using System.Globalization;
using System.Runtime.CompilerServices;

namespace MetaSpine;

/// <summary>The checks of given numbers: each passes the number on, or names the argument, the number and the rule.</summary>
internal static class Given
{
    public static double Finite(double value, string what, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw Fault(name, $"The {what} must be a finite number, but is {Text(value)}.");

    public static double Positive(double value, string what, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Fault(name, $"The {what} must be above 0 and finite, but is {Text(value)}.");

    public static double NotNegative(double value, string what, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Fault(name, $"The {what} must be at least 0 and finite, but is {Text(value)}.");

    public static double AtLeast(double least, double value, string what, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && double.IsFinite(value)
            ? value
            : throw Fault(name, $"The {what} must be at least {Text(least)} and finite, but is {Text(value)}.");

    public static double Level(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < 1
            ? value
            : throw Fault(name, $"The level of an interval must lie between 0 and 1, such as 0.95, but is {Text(value)}.");

    /// <summary>A p-value that says how far the statistic is from 0.</summary>
    public static double PValue(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and <= 1
            ? value
            : throw Fault(name, $"A p-value must lie above 0 and up to 1, but is {Text(value)}; a p-value printed as 0 was rounded: "
                + "take the bound that it implies, such as 0.0005 for 0.000 to three digits, or use the interval.");

    /// <summary>A risk that is neither 0 nor 1.</summary>
    public static double Risk(double value, string what, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < 1
            ? value
            : throw Fault(name, $"The {what} must lie between 0 and 1, as a proportion, but is {Text(value)}.");

    public static double Correlation(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= -1 and <= 1 ? value : throw Fault(name, $"A correlation must lie between -1 and 1, but is {Text(value)}.");

    public static void Bounds(double lower, double upper)
    {
        Finite(lower, "lower bound");
        Finite(upper, "upper bound");
        if (lower >= upper)
        {
            throw Fault(nameof(lower), $"The lower bound must lie below the upper one, but they are {Text(lower)} and {Text(upper)}.");
        }
    }

    public static ArgumentOutOfRangeException Fault(string name, string message) => new(name, message);

    public static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture) is "0" or "-0" && value != 0
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Percent(double level) => (100 * level).ToString("0.####", CultureInfo.InvariantCulture) + "%";
}
