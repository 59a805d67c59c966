namespace MetaSpine;

/// <summary>Several values in one field, parted by semicolons, or by commas where there is no semicolon.</summary>
internal static class ListText
{
    /// <summary>The values.</summary>
    public static IEnumerable<string> Read(string text)
    {
        var sign = text.Contains(';', StringComparison.Ordinal) ? ';' : text.Contains('\n', StringComparison.Ordinal) ? '\n' : ',';
        return text.Split(sign, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The values as one text; where one of them has a comma, semicolons part them and one stands behind the last.</summary>
    public static string? Write(IReadOnlyCollection<string> values) => values.Count == 0 ? null
        : values.Any(value => value.Contains(',', StringComparison.Ordinal)) ? string.Join("; ", values) + ";" : string.Join(", ", values);

    /// <summary>Values that have commas of their own, such as kinds of publication.</summary>
    public static IEnumerable<string> ReadKinds(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
