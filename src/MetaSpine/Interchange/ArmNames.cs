namespace MetaSpine;

/// <summary>Tells by their names which arm of a study is the control.</summary>
internal static class ArmNames
{
    private static readonly string[] Controls =
    [
        "control", "controls", "ctrl", "con", "c", "0", "placebo", "sham", "comparator", "comparison", "reference", "untreated", "no", "none",
        "usual.care", "standard.care", "standard.of.care", "care.as.usual", "treatment.as.usual", "tau", "cau", "soc", "no.treatment", "no.intervention",
        "waitlist", "wait.list", "waiting.list", "control.group", "control.arm", "placebo.group", "attention.control", "observation",
    ];

    /// <summary>The names that also say it as a part of a longer one, such as "placebo tablets".</summary>
    private static readonly string[] Words = ["control", "controls", "placebo", "sham", "usual.care", "standard.care", "standard.of.care", "as.usual", "no.treatment", "waitlist", "waiting.list"];

    /// <summary>The place of the control among a study's arms: the only one that is named like a control, else the only one whose name holds such a word; -1 where none or several are.</summary>
    public static int Control(IReadOnlyList<string> arms)
    {
        var folded = arms.Select(ColumnAliases.Fold).ToList();
        return Only(folded, name => Controls.Contains(name, StringComparer.Ordinal)) is >= 0 and var exact
            ? exact
            : Only(folded, name => Words.Any(word => $".{name}.".Contains($".{word}.", StringComparison.Ordinal)));
    }

    private static int Only(List<string> names, Predicate<string> match) =>
        names.FindIndex(match) is >= 0 and var first && names.FindLastIndex(match) == first ? first : -1;
}
