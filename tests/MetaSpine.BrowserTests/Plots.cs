namespace MetaSpine.BrowserTests;

/// <summary>Every kind of plot, of results with a given number of studies.</summary>
internal static class Plots
{
    /// <summary>Risk ratios of invented trials, some without events, with names of every length.</summary>
    public static EffectSizes Trials(int count)
    {
        string[] names = ["Li", "Smith & Jones 1999", "van der Berg, Müller, O'Connor and the Collaborative Group 2004", "王小明 2011", "سعيد 2015", "Núñez 2020"];
        var random = new Random(count);
        double[] Column(Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
        var size = Column(_ => random.Next(20, 900));
        var risk = Column(_ => 0.02 + 0.4 * random.NextDouble());
        return Measures.RR.Compute(new EffectData([.. Enumerable.Range(0, count).Select(i => $"{names[i % names.Length]} {i + 1}")])
        {
            ["ai"] = Column(i => Math.Floor(size[i] * risk[i] * (0.4 + random.NextDouble()))),
            ["n1i"] = size,
            ["ci"] = Column(i => Math.Floor(size[i] * risk[i])),
            ["n2i"] = size,
            ["year"] = Column(i => 1980 + i % 40),
        });
    }
}
