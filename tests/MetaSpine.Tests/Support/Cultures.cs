using System.Runtime.CompilerServices;

namespace MetaSpine.Tests;

/// <summary>
/// The cultures that tests of what is read, written or said run under: the invariant one, one that writes a decimal comma, and one in which the
/// lower case of I is not i. A costly test runs under one, so that the whole suite stays under three minutes; TEST_CULTURES, separated by semicolons,
/// replaces the three where the same tests run thousands of times.
/// </summary>
internal static class Cultures
{
    public const string Invariant = "";
    public const string German = "de-DE";
    public const string Turkish = "tr-TR";

    public static readonly string[] All =
        Environment.GetEnvironmentVariable("TEST_CULTURES")?.Split(';') ?? [Invariant, German, Turkish];
}

/// <summary>A fact that is checked under each of <see cref="Cultures"/>.</summary>
internal sealed class EveryCultureFactAttribute(
    [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : CulturedFactAttribute(Tests.Cultures.All, sourceFilePath, sourceLineNumber);

/// <summary>A theory that is checked under each of <see cref="Cultures"/>.</summary>
internal sealed class EveryCultureTheoryAttribute(
    [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : CulturedTheoryAttribute(Tests.Cultures.All, sourceFilePath, sourceLineNumber);

/// <summary>A fact that takes seconds: it is checked under the culture that writes a decimal comma, which is where most mistakes would show.</summary>
internal sealed class CostlyFactAttribute(
    [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : CulturedFactAttribute([Tests.Cultures.German], sourceFilePath, sourceLineNumber);

/// <summary>A theory that takes seconds, likewise.</summary>
internal sealed class CostlyTheoryAttribute(
    [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : CulturedTheoryAttribute([Tests.Cultures.German], sourceFilePath, sourceLineNumber);
