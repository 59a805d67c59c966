namespace MetaSpine;

/// <summary>Small whole powers.</summary>
internal static class Powers
{
    public static double Square(double x) => x * x;
}
