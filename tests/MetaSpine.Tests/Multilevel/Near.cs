namespace MetaSpine.Tests;

/// <summary>Numbers beside others, within a relative tolerance.</summary>
internal static class Near
{
    public static void ShouldBeNear(this IEnumerable<double> actual, IEnumerable<double> expected, double tolerance, string name)
    {
        double[] found = [.. actual], wanted = [.. expected];
        found.Length.ShouldBe(wanted.Length, name);
        for (var i = 0; i < found.Length; i++)
        {
            Math.Abs(found[i] - wanted[i]).ShouldBeLessThanOrEqualTo(tolerance * Math.Abs(wanted[i]), $"{name}, number {i + 1}: {found[i]:R} for {wanted[i]:R}");
        }
    }
}
