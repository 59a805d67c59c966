namespace MetaSpine;

/// <summary>Findings of the integrity checks as a table, for files, pages and other programs.</summary>
public static class IntegrityTable
{
    /// <summary>One row per finding with everything that it holds; what it does not hold is empty.</summary>
    /// <param name="findings">The findings, as <see cref="IntegrityCheck"/> gives them.</param>
    /// <returns>The columns study, rule, severity (error, warning, note), reported, computed, admissible, finding, path, file, line, column, waived (the reason).</returns>
    public static Table Of(IReadOnlyList<IntegrityFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return new(
            [
                new("study"), new("rule"), new("severity"), new("reported"), new("computed"), new("admissible"), new("finding"), new("path"), new("file"),
                new("line", Alignment.Right), new("column", Alignment.Right), new("waived"),
            ],
            [.. findings.Select(finding => (string[])
            [
                finding.StudyId, finding.Rule, Word(finding.Severity), finding.Reported, finding.Computed ?? "", finding.Admissible ?? "", finding.Sentence, finding.Path,
                finding.Position.File ?? "", Number(finding.Position.Line), Number(finding.Position.Column), finding.WaivedBecause ?? "",
            ])]);
    }

    /// <summary>The same for readers: without places, and in their words.</summary>
    internal static Table ForReaders(IReadOnlyList<IntegrityFinding> findings, Func<string, string> study) => new(
        [new("Study"), new("Check"), new("Kind"), new("Finding"), new("What would fit"), new("Explained by")],
        [.. findings.Select(finding => (string[])
            [study(finding.StudyId), finding.Rule, Kind(finding), finding.Sentence, finding.Admissible ?? "", finding.WaivedBecause ?? ""])]);

    private static string Kind(IntegrityFinding finding) => finding.IsWaived ? "explained" : finding.Severity switch
    {
        IntegritySeverity.Error => "contradiction",
        IntegritySeverity.Warning => "to look at",
        _ => "note",
    };

    private static string Word(IntegritySeverity severity) => severity switch
    {
        IntegritySeverity.Error => "error",
        IntegritySeverity.Warning => "warning",
        _ => "note",
    };

    private static string Number(int number) => number > 0 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
}
