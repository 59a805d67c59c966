namespace MetaSpine;

/// <summary>A group's participants, mean and standard deviation.</summary>
/// <param name="N">The participants, above 0.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Sd">The standard deviation, from 0.</param>
public readonly record struct GroupSummary(double N, double Mean, double Sd);

/// <summary>Groups put together, and a control group shared out among comparisons.</summary>
/// <remarks>Cochrane Handbook, sections 6.5.2.10 and 23.3.4 (Higgins et al. 2019, doi:10.1002/9781119536604).</remarks>
public static class GroupSummaries
{
    /// <summary>Several groups as one: the mean and SD that all their participants together have, exactly.</summary>
    /// <param name="groups">Two groups or more.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups, or a number is impossible.</exception>
    public static ConvertedMean Combine(params ReadOnlySpan<GroupSummary> groups)
    {
        if (groups.Length < 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Combining needs at least two groups, but {groups.Length} is given."), nameof(groups));
        }

        // Group by group, so that no digits are lost where the means are large and the spread is small.
        double n = 0, mean = 0, squares = 0;
        foreach (var group in groups)
        {
            Given.AtLeast(1, group.N, "number of participants of each group", nameof(groups));
            Given.Finite(group.Mean, "mean of each group", nameof(groups));
            Given.NotNegative(group.Sd, "standard deviation of each group", nameof(groups));
            double total = n + group.N, difference = group.Mean - mean;
            squares += (group.N - 1) * group.Sd * group.Sd + difference * difference * n * group.N / total;
            mean += difference * group.N / total;
            n = total;
        }

        var sd = Math.Sqrt(squares / (n - 1));
        return new ConvertedMean
        {
            N = n,
            Mean = mean,
            Sd = sd > 0 ? sd
                : throw new ArgumentException("The groups together show no spread: their SDs are 0 and their means equal.", nameof(groups)),
            Assumptions = [$"mean and SD of all participants of the groups together; nothing is assumed ({Sources.Handbook})"],
        };
    }

    /// <summary>A control group shared evenly among comparisons with it, so that no participant counts twice: its mean and SD stay.</summary>
    /// <param name="control">The control group.</param>
    /// <param name="comparisons">Among how many comparisons, at least 2.</param>
    /// <returns>One share; its participants may be a fraction, so that the shares add up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or less than one participant would be left for a share.</exception>
    public static ConvertedMean ShareControl(GroupSummary control, int comparisons) => new()
    {
        N = Share(control.N, comparisons),
        Mean = Given.Finite(control.Mean, "mean", nameof(control)),
        Sd = Given.Positive(control.Sd, "standard deviation", nameof(control)),
        Assumptions = [Shared],
    };

    /// <summary>A control group of events and participants shared evenly among comparisons with it.</summary>
    /// <param name="events">The events, from 0 to the total.</param>
    /// <param name="total">The participants.</param>
    /// <param name="comparisons">Among how many comparisons, at least 2.</param>
    /// <returns>One share; both numbers may be fractions, so that the shares add up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or less than one participant would be left for a share.</exception>
    public static ConvertedCount ShareControl(double events, double total, int comparisons)
    {
        Given.NotNegative(events, "number of events");
        if (events > total)
        {
            throw Given.Fault(nameof(events),
                $"The events must not be more than the participants, but are {Given.Text(events)} of {Given.Text(total)}.");
        }

        return new ConvertedCount { Total = Share(total, comparisons), Events = events / comparisons, Assumptions = [Shared] };
    }

    private const string Shared =
        "the control group shared evenly; the comparisons stay correlated through it, only less so (Cochrane Handbook, Higgins et al. 2019, "
            + "section 23.3.4, doi:10.1002/9781119536604)";

    private static double Share(double total, int comparisons)
    {
        Given.AtLeast(2, comparisons, "number of comparisons");
        return Given.AtLeast(comparisons, total, "number of participants to share", nameof(total)) / comparisons;
    }
}

/// <summary>A share of a group's events and participants.</summary>
public sealed record ConvertedCount : Converted
{
    /// <summary>The events; may be a fraction.</summary>
    public required double Events { get; init; }

    /// <summary>The participants; may be a fraction.</summary>
    public required double Total { get; init; }

    /// <summary>Returns events and participants.</summary>
    public override string ToString() => $"{Given.Text(Events)} of {Given.Text(Total)}";
}
