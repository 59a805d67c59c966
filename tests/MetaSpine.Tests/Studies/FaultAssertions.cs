using System.IO.Enumeration;

namespace MetaSpine.Tests.Studies;

internal static class FaultAssertions
{
    /// <summary>Compares "file:line:column: message" with a pattern in which * stands for anything; the end may be left out.</summary>
    internal static void ShouldMatchPattern(this FileFault fault, string pattern) =>
        Matches(fault.ToString(), pattern).ShouldBeTrue($"{fault}\ndoes not match\n{pattern}");

    internal static bool Matches(string text, string pattern) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\") + "*", text, ignoreCase: false);
}
