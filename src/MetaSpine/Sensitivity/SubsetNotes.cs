using System.Globalization;

namespace MetaSpine;

/// <summary>What the results of some of the studies say together, in words.</summary>
internal static class SubsetNotes
{
    /// <summary>More names than this are counted instead.</summary>
    private const int MostNames = 8;

    public static IReadOnlyList<string> Omitted(SubsetResult whole, IReadOnlyList<SubsetResult> subsets, Measure measure)
    {
        var notes = Problems(subsets);
        var fitted = subsets.Where(subset => subset.Problem is null).ToList();
        if (fitted.Count > 0 && whole.Natural is { } natural)
        {
            var (lowest, highest) = (fitted.MinBy(subset => subset.Natural!.Value.Estimate)!, fitted.MaxBy(subset => subset.Natural!.Value.Estimate)!);
            notes.Insert(0, Text($"The {natural.Name} is {natural.Estimate:G3} with all studies; it ranges from {lowest.Natural!.Value.Estimate:G3} (without {lowest.Label}) to {highest.Natural!.Value.Estimate:G3} (without {highest.Label})."));
            if (measure.NullValue is { } none)
            {
                var excludes = !whole.Interval.Contains(none);
                var changed = Changed(whole, subsets, none);
                var (then, now) = excludes ? ("includes", "excludes") : ("excludes", "includes");
                notes.Insert(1, changed.Count == 0
                    ? Text($"Whichever is left out, the {100 * whole.Interval.Level:0.##}% interval {now} no effect, as it does with all studies.")
                    : Text($"The {100 * whole.Interval.Level:0.##}% interval {now} no effect with all studies, but {then} it without {Names(changed)}."));
            }
        }

        return notes;
    }

    public static IReadOnlyList<string> Accumulated(IReadOnlyList<SubsetResult> steps, Measure measure)
    {
        var notes = Problems(steps);
        if (measure.NullValue is { } none && steps[^1].Problem is null)
        {
            var last = steps[^1].Interval.Contains(none);
            var since = steps.Count - 1;
            while (since > 0 && steps[since - 1].Problem is null && steps[since - 1].Interval.Contains(none) == last)
            {
                since--;
            }

            notes.Add(Text($"The {100 * steps[^1].Interval.Level:0.##}% interval {(last ? "includes" : "excludes")} no effect {(since == 0 ? "from the first study on" : $"since {steps[since].Label} ({steps[since].StudyCount} studies)")}; repeated looks are not adjusted for."));
        }

        return notes;
    }

    /// <summary>The results whose interval says otherwise of no effect than that of all studies.</summary>
    public static List<SubsetResult> Changed(SubsetResult whole, IReadOnlyList<SubsetResult> subsets, double none) =>
        [.. subsets.Where(subset => subset.Problem is null && subset.Interval.Contains(none) != whole.Interval.Contains(none))];

    /// <summary>Why some of the results are not there.</summary>
    public static List<string> Problems(IReadOnlyList<SubsetResult> subsets) =>
        [.. subsets.Where(subset => subset.Problem is not null).Select(subset => $"{subset.Label}: {subset.Problem}")];

    public static string Names(List<SubsetResult> subsets) => Names(subsets.ConvertAll(subset => subset.Label));

    public static string Names(List<string> labels) => labels.Count <= MostNames
        ? string.Join(" or without ", labels)
        : Text($"{string.Join(" or without ", labels.Take(MostNames))} or in {labels.Count - MostNames} other ways");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
