namespace MetaSpine.Tests;

/// <summary>Compares with a number as it was printed.</summary>
internal static class Printed
{
    /// <summary>Fails unless the value rounds to the printed number at its decimals.</summary>
    public static void At(double actual, double printed, int digits) =>
        Math.Abs(actual - printed).ShouldBeLessThanOrEqualTo(0.5000001 * Math.Pow(10, -digits), FormattableString.Invariant($"{actual:R} is not {printed} at {digits} decimals"));
}
