namespace MetaSpine;

/// <summary>Whether a mean and a standard deviation are possible at all between two ends, whatever the values are.</summary>
/// <remarks>
/// Between a and b the variance is at most (mean - a)(b - mean), times n / (n - 1) for the divisor n - 1: R. Bhatia and C. Davis, "A better
/// bound on the variance", American Mathematical Monthly 2000;107:353-357, doi:10.1080/00029890.2000.12005203. Where a and b are themselves among the values,
/// it is at least (b - a)^2 / (2 (n - 1)).
/// </remarks>
public static class MeanBounds
{
    /// <summary>Checks mean and standard deviation against the ends of a scale, which values may reach but need not.</summary>
    /// <param name="mean">The mean as printed.</param>
    /// <param name="sd">The standard deviation as printed; <see langword="null"/> where there is none.</param>
    /// <param name="n">How many values, from 1.</param>
    /// <param name="low">The lower end of the scale, exact.</param>
    /// <param name="high">The upper end, exact.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is not positive, or the ends are in the wrong order.</exception>
    public static NumberCheck OfScale(string mean, string? sd, long n, string low, string high)
    {
        var (a, b) = (PrintedNumber.Parse(low, "end of a scale"), PrintedNumber.Parse(high, "end of a scale"));
        return Check(mean, sd, n, (a.Value, b.Value), $"values on a scale from {low} to {high}", attained: null);
    }

    /// <summary>Checks the mean and standard deviation of changes on a scale, which lie between its width downwards and upwards.</summary>
    /// <param name="mean">The mean change as printed.</param>
    /// <param name="sd">The standard deviation of the changes as printed; <see langword="null"/> where there is none.</param>
    /// <param name="n">How many values, from 1.</param>
    /// <param name="low">The lower end of the scale, exact.</param>
    /// <param name="high">The upper end, exact.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is not positive, or the ends are in the wrong order.</exception>
    public static NumberCheck OfChange(string mean, string? sd, long n, string low, string high)
    {
        var width = PrintedNumber.Parse(high, "end of a scale").Value - PrintedNumber.Parse(low, "end of a scale").Value;
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 0, nameof(high));
        return Check(mean, sd, n, (-width, width), $"changes on a scale from {low} to {high}", attained: null);
    }

    /// <summary>Checks mean and standard deviation against the smallest and the largest value, with their rounding.</summary>
    /// <param name="mean">The mean as printed.</param>
    /// <param name="sd">The standard deviation as printed; <see langword="null"/> where there is none.</param>
    /// <param name="n">How many values, from 1.</param>
    /// <param name="minimum">The smallest value as printed.</param>
    /// <param name="maximum">The largest value as printed.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is not positive, or minimum and maximum are in the wrong order.</exception>
    public static NumberCheck OfRange(string mean, string? sd, long n, string minimum, string maximum)
    {
        var (a, b) = (PrintedNumber.Parse(minimum, "minimum"), PrintedNumber.Parse(maximum, "maximum"));
        return Check(mean, sd, n, (a.Low, b.High), $"values from {minimum} to {maximum}", attained: Math.Max(0, b.Low - a.High));
    }

    private static NumberCheck Check(string mean, string? sd, long n, (double Low, double High) ends, string what, double? attained)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ends.Low, ends.High, "low");
        var m = PrintedNumber.Parse(mean, "mean");
        var (low, high) = (Math.Max(m.Low, ends.Low), Math.Min(m.High, ends.High));
        if (low > high)
            return Answer(false, mean, null, $"{m.Like(ends.Low)} to {m.Like(ends.High)}", $"{mean} cannot be the mean of {what}");
        if (sd is null || n < 2)
            return Answer(true, mean, null, null, $"{mean} can be the mean of {what}");
        var s = PrintedNumber.Parse(sd, "standard deviation");
        var at = Math.Clamp((ends.Low + ends.High) / 2, low, high);
        var most = Math.Sqrt((at - ends.Low) * (ends.High - at) * (n / (n - 1.0)));
        var least = attained is { } width ? width / Math.Sqrt(2 * (n - 1.0)) : 0;
        var slack = 1e-12 * most;
        var (atLeast, atMost) = (PrintedNumber.Print(least, s.Decimals + 1), PrintedNumber.Print(most, s.Decimals + 1));
        var range = least > 0 ? $"{atLeast} to {atMost}" : $"up to {atMost}";
        return s.Low > most + slack
            ? Answer(false, $"{mean} ± {sd}", atMost, range, $"the SD of {n} {what} with the mean {mean} is at most {atMost}, but the report prints {sd}")
            : s.High + slack < least
                ? Answer(false, $"{mean} ± {sd}", atLeast, range, $"the SD of {n} {what}, both of which occur, is at least {atLeast}, but the report prints {sd}")
                : Answer(true, $"{mean} ± {sd}", atMost, range, $"{mean} ± {sd} is possible for {n} {what}: the SD is at most {atMost}");
    }

    private static NumberCheck Answer(bool agrees, string reported, string? computed, string? admissible, string sentence) =>
        NumberCheck.Of(IntegrityRules.Bounds, agrees, reported, computed, admissible, sentence);
}
