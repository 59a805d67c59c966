namespace MetaSpine;

/// <summary>Reads the numbers of a table, and explains those that are none.</summary>
internal static class CsvNumber
{
    private static readonly string[] Missing = ["", ".", "NA", "N/A", "NR", "NaN"];

    public static bool IsMissing(string text) => Missing.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>The number; NaN where it is missing or, with a fault added, where it is none.</summary>
    public static double Read(CsvField field, List<FileFault> faults)
    {
        if (IsMissing(field.Text))
        {
            return double.NaN;
        }

        if (NumberText.Value(field.Text) is { } value)
        {
            return value;
        }

        faults.Add(new(field.Position, NumberText.Problem(field.Text) ?? $"'{NumberText.Shorten(field.Text)}' is not a number; leave the field empty where nothing is reported"));
        return double.NaN;
    }
}

/// <summary>The names of the studies in a table.</summary>
internal static class StudyLabels
{
    /// <summary>The label column's text, with the year where it would tell studies apart or where authors are the label.</summary>
    public static string[] Of(IReadOnlyList<IReadOnlyList<CsvField>> rows, int label, int year)
    {
        var labels = new string[rows.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            var text = label < 0 ? "" : rows[i][label].Text;
            labels[i] = text.Length == 0 ? FormattableString.Invariant($"Study {i + 1}") : text;
        }

        if (label >= 0 && year >= 0 && year != label && labels.Distinct(StringComparer.Ordinal).Count() < labels.Length)
        {
            for (var i = 0; i < labels.Length; i++)
            {
                var text = rows[i][year].Text;
                labels[i] = text.Length == 0 || labels[i].Contains(text, StringComparison.Ordinal) ? labels[i] : $"{labels[i]} {text}";
            }
        }

        return labels;
    }
}
