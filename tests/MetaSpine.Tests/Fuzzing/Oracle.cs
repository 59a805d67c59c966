namespace MetaSpine.Tests;

/// <summary>What every reader promises of every input, and what every number that comes of one is.</summary>
internal static class Oracle
{
    /// <summary>
    /// Lists of faults name files, lines and columns that are there, and speak to a person: not of exceptions, and not at endless length. A fault of a file as a whole has line 0.
    /// </summary>
    /// <param name="faults">The faults.</param>
    /// <param name="file">The file that was read; the parts of a package are named after it, and study files that a review names lie beside it.</param>
    /// <param name="bytes">What stands in it.</param>
    public static void Holds(IReadOnlyList<FileFault> faults, string file, byte[] bytes)
    {
        // YAML also ends lines at U+0085, U+2028 and U+2029, by whose last bytes they are counted. What a zip holds is of some lines more.
        var lines = 2 + bytes.Count(one => one is (byte)'\n' or (byte)'\r' or 0x85 or 0xA8 or 0xA9) + (bytes is [(byte)'P', (byte)'K', ..] ? 1000 : 0);
        faults.Count.ShouldBeInRange(1, Math.Max(1, bytes.Length));
        foreach (var (position, message) in faults)
        {
            position.File.ShouldNotBeNull(message);
            position.File.ShouldStartWith(file.EndsWith(".yaml", StringComparison.Ordinal) ? Path.GetDirectoryName(file)! : file);
            position.Line.ShouldBeInRange(0, lines, message);
            position.Column.ShouldBeInRange(position.Line > 0 ? 1 : 0, bytes.Length + (bytes is [(byte)'P', (byte)'K', ..] ? 1000 : 100), message);
            Speaks(message);
        }
    }

    /// <summary>A message is a sentence of bounded length, without the inside of the program.</summary>
    public static void Speaks(string message)
    {
        message.ShouldNotBeNullOrWhiteSpace();
        message.Length.ShouldBeLessThan(5_000);
        message.ShouldNotContain("   at ");
        message.ShouldNotContain("Exception");
        message.ShouldNotContain("(Parameter '");
        message.ShouldNotContain("this should not have happened");
    }

    /// <summary>A pooled effect is a number between its limits, all of them finite on the scale of analysis, and weights that add up to 1.</summary>
    public static void Holds(IPooledEffect effect)
    {
        double.IsFinite(effect.Estimate).ShouldBeTrue($"the estimate is {effect.Estimate}");
        double.IsNaN(effect.Natural.Estimate).ShouldBeFalse("the estimate on the natural scale is NaN");
        if (effect.StandardError is { } error)
        {
            (double.IsFinite(error) && error >= 0).ShouldBeTrue($"the standard error is {error}");
        }

        Holds(effect.Interval);
        Holds(effect.Natural.Interval);
        if (effect.PredictionInterval is { } prediction)
        {
            Holds(prediction);
        }

        effect.PValue.ShouldBeInRange(0, 1);
        (effect.Tau2 is null or (>= 0 and < double.PositiveInfinity)).ShouldBeTrue($"tau^2 is {effect.Tau2}");
        (effect.I2 is null or (>= 0 and <= 100)).ShouldBeTrue($"I^2 is {effect.I2}");
        var weights = effect.Shares.Select(share => share.Weight).OfType<double>().ToList();
        if (weights.Count > 0)
        {
            weights.ShouldAllBe(weight => weight >= 0 && weight <= 1 + 1e-9);
            weights.Sum().ShouldBe(1, 1e-9);
        }
    }

    private static void Holds(Interval interval) =>
        (interval.Lower <= interval.Upper).ShouldBeTrue($"the interval is {interval.Lower} to {interval.Upper}");
}
