namespace MetaSpine.Cli;

/// <summary>What kind of file a name stands for.</summary>
internal static class FileKinds
{
    private static readonly string[] Tables = [".csv", ".tsv", ".txt"];
    private static readonly string[] Studies = [".yaml", ".yml"];

    /// <summary>Whether the name is that of a table, and not of a study or review file.</summary>
    /// <exception cref="InputException">It is neither.</exception>
    public static bool IsTable(string file)
    {
        var extension = Path.GetExtension(file);
        return Tables.Contains(extension, StringComparer.OrdinalIgnoreCase)
            || (Studies.Contains(extension, StringComparer.OrdinalIgnoreCase) || Directory.Exists(file) || !File.Exists(file)
                ? false
                : throw new InputException($"{file}: expected a table ({string.Join(", ", Tables)}) or a study or review file ({string.Join(", ", Studies)}){(IsWorkbook(extension) ? "; save the workbook's sheet as CSV, in UTF-8" : "")}"));
    }

    private static bool IsWorkbook(string extension) => extension.ToLowerInvariant() is ".xlsx" or ".xls" or ".ods" or ".xlsm" or ".numbers";
}
