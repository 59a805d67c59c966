using System.Globalization;

namespace MetaSpine;

/// <summary>What the subsets say, in words.</summary>
internal static class GoshNotes
{
    /// <summary>Two normal clusters this far apart show as two; see <see cref="GoshStudy.Separation"/>.</summary>
    private const double Apart = 2;

    public static IReadOnlyList<string> For(PooledResult result, IReadOnlyList<GoshStudy> studies, bool isExhaustive, long subsets)
    {
        var most = studies.MaxBy(study => study.Separation)!;
        var notes = new List<string>
        {
            most.Separation > Apart
                ? Text($"The subsets fall into two clusters, those with and those without {most.Label}: mean {result.Effects.Measure.ReadAs} {Back(most.MeanWith)} with it, {Back(most.MeanWithout)} without it (separation {most.Separation:0.0}). Look at what is different about it.")
                : Text($"No single study splits the subsets into two clusters; {most.Label} separates them most ({most.Separation:0.0}, where {Apart} would show as two)."),
        };
        if (!isExhaustive)
        {
            notes.Add(Text($"{subsets:N0} random subsets of the {studies.Count} studies were pooled, not all."));
        }

        return notes;

        string Back(double value) => result.Effects.BackTransform(value).ToString("G3", CultureInfo.InvariantCulture);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
