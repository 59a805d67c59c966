namespace MetaSpine.Benchmarks;

/// <summary>The data that every benchmark measures on: seeded, variances over a factor of e^2, heterogeneity of about their size.</summary>
internal static class Problem
{
    public static (double[] Estimates, double[] Variances) Of(int studies)
    {
        var random = new Random(1);
        var variances = Enumerable.Range(0, studies).Select(_ => Math.Exp(2 * random.NextDouble() - 4)).ToArray();
        var estimates = variances.Select(v => 0.3 + Math.Sqrt(v + 0.1) * Math.Sqrt(12) * (random.NextDouble() - 0.5)).ToArray();
        return (estimates, variances);
    }

    public static EffectSizes Effects(int studies)
    {
        var (estimates, variances) = Of(studies);
        return Measures.GEN.Compute(new EffectData { ["yi"] = estimates, ["vi"] = variances });
    }
}
