namespace MetaSpine;

/// <summary>The name of an author or an editor.</summary>
/// <param name="Family">The family name with its particles, "van Houwelingen"; for a group its whole name.</param>
/// <param name="Given">The given names or initials as the file writes them; <see langword="null"/> for a group and where there are none.</param>
public sealed record PersonName(string Family, string? Given = null)
{
    /// <summary>What follows the name: "Jr", "III".</summary>
    public string? Suffix { get; init; }

    /// <summary>Whether it is the name of a group, a committee or a company.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The first letters of the given names, without points: "Harry J." gives "HJ", "Jean-Paul" gives "JP".</summary>
    public string Initials => string.Concat((Given ?? "").Split([' ', '.', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(part => part.Length <= 3 && part.All(char.IsUpper) ? part : part[..1]));

    /// <summary>The name as a study file writes it: "Oda I".</summary>
    public override string ToString() => IsGroup || Initials.Length == 0 ? Family : $"{Family} {Initials}{(Suffix is null ? "" : " " + Suffix)}";
}
