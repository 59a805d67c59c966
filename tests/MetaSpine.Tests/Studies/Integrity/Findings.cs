namespace MetaSpine.Tests.Studies;

/// <summary>What the integrity checks find in the study that YAML describes.</summary>
internal static class Findings
{
    internal static IReadOnlyList<IntegrityFinding> Of(string yaml) => IntegrityCheck.Run(Parse(yaml));

    internal static Study Parse(string yaml) => Study.Parse($"schema: metaspine/study/1\nid: x\n{yaml}", "s");

    /// <summary>Compares the findings with "path: severity rule: sentence", one a line; <see langword="null"/> for none.</summary>
    internal static void ShouldBeFoundIn(this string? expected, string yaml) => string.Join('\n', Of(yaml).Select(Line)).ShouldBe(expected ?? "");

    internal static string Line(IntegrityFinding finding) => $"{finding.Path}: {finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}: {finding.Sentence}";
}
