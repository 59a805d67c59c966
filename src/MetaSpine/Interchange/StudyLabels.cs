namespace MetaSpine;

/// <summary>The names of the studies in a table.</summary>
internal static class StudyLabels
{
    /// <summary>The label column's text, with the year where it would tell studies apart.</summary>
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
