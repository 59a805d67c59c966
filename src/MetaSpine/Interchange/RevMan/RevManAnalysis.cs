namespace MetaSpine;

/// <summary>The kinds of data of an analysis in RevMan.</summary>
public enum RevManData
{
    /// <summary>Events of two groups.</summary>
    Dichotomous,

    /// <summary>Means and standard deviations of two groups.</summary>
    Continuous,

    /// <summary>Estimates with standard errors (generic inverse variance, contrast level); of ratios their logarithms.</summary>
    Generic,

    /// <summary>Observed minus expected events, and their variance.</summary>
    ObservedMinusExpected,
}

/// <summary>How RevMan weights the studies.</summary>
public enum RevManMethod
{
    /// <summary>Inverse variance.</summary>
    InverseVariance,

    /// <summary>Mantel-Haenszel; under random effects, DerSimonian-Laird around the Mantel-Haenszel estimate.</summary>
    MantelHaenszel,

    /// <summary>Peto.</summary>
    Peto,
}

/// <summary>Which totals an analysis shows.</summary>
public enum RevManTotals
{
    /// <summary>A total of all studies, and those of the subgroups.</summary>
    All,

    /// <summary>Those of the subgroups only.</summary>
    Subgroups,

    /// <summary>None: the studies stand for themselves.</summary>
    None,
}

/// <summary>An analysis of a review in RevMan, with the data that were entered and the results that RevMan stored.</summary>
public sealed record RevManAnalysis
{
    /// <summary>Its number: "1.2" is the second analysis of the first comparison.</summary>
    public required string Number { get; init; }

    /// <summary>The comparison that it belongs to.</summary>
    public string? Comparison { get; init; }

    /// <summary>Its name, usually that of the outcome.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of data.</summary>
    public required RevManData Data { get; init; }

    /// <summary>The effect measure's code: OR, RR, RD, PETO, MD, SMD, HR, IRR ...; GEN where RevMan's name for it is none of these.</summary>
    public required string Measure { get; init; }

    /// <summary>The effect measure as the file names it.</summary>
    public required string MeasureName { get; init; }

    /// <summary>Whether the effect is shown as a ratio, so that it is pooled on the log scale.</summary>
    public bool IsRatio { get; init; }

    /// <summary>How the studies are weighted.</summary>
    public required RevManMethod Method { get; init; }

    /// <summary>Whether the model has random effects.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The estimator of tau^2 that the file names, DL or REML; null in files that know DerSimonian-Laird alone (RevMan 5, packages before 2024).</summary>
    public string? Estimator { get; init; }

    /// <summary>Whether the interval of the pooled effect is that of Hartung, Knapp, Sidik and Jonkman.</summary>
    public bool IsHartungKnapp { get; init; }

    /// <summary>Whether a prediction interval is shown.</summary>
    public bool HasPrediction { get; init; }

    /// <summary>Which totals are shown.</summary>
    public RevManTotals Totals { get; init; }

    /// <summary>Whether the subgroups are tested against each other.</summary>
    public bool TestsSubgroups { get; init; }

    /// <summary>Whether event and non-event are swapped: the data are as entered, the results those of the non-events.</summary>
    public bool SwapsEvents { get; init; }

    /// <summary>The level of the studies' intervals, as a proportion.</summary>
    public double StudyLevel { get; init; } = 0.95;

    /// <summary>The level of the pooled intervals, as a proportion.</summary>
    public double TotalLevel { get; init; } = 0.95;

    /// <summary>The name of the experimental group; null where it is empty.</summary>
    public string? Experimental { get; init; }

    /// <summary>The name of the control group; null where it is empty.</summary>
    public string? Control { get; init; }

    /// <summary>What RevMan prints below the left half of the forest plot.</summary>
    public string? LeftLabel { get; init; }

    /// <summary>What RevMan prints below the right half of the forest plot.</summary>
    public string? RightLabel { get; init; }

    /// <summary>The unit of the means.</summary>
    public string? Unit { get; init; }

    /// <summary>The subgroups, in order; empty where there are none.</summary>
    public ValueList<RevManSubgroup> Subgroups { get; init; } = [];

    /// <summary>The studies' rows, in the order of the file.</summary>
    public required ValueList<RevManRow> Rows { get; init; }

    /// <summary>The results that RevMan stored for all studies together; empty where it stored none.</summary>
    public ValueList<RevManNumber> Stored { get; init; } = [];
}

/// <summary>A subgroup of an analysis.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stored">The results that RevMan stored for it; empty where it stored none.</param>
public sealed record RevManSubgroup(string Name, ValueList<RevManNumber> Stored);

/// <summary>A study's row in an analysis. Numbers that do not belong to the kind of data are null.</summary>
public sealed record RevManRow : FileRecord
{
    /// <summary>The study's name.</summary>
    public required string Study { get; init; }

    /// <summary>The name of its subgroup; null where there is none.</summary>
    public string? Subgroup { get; init; }

    /// <summary>Whether the row counts in the total of all studies.</summary>
    public bool InTotal { get; init; } = true;

    /// <summary>Whether the row counts in the total of its subgroup.</summary>
    public bool InSubgroup { get; init; } = true;

    /// <summary>The experimental group.</summary>
    public RevManArm Experimental { get; init; } = new();

    /// <summary>The control group.</summary>
    public RevManArm Control { get; init; } = new();

    /// <summary>The estimate as entered, on the analysis scale: of a ratio its logarithm.</summary>
    public double? Estimate { get; init; }

    /// <summary>Its standard error, on the same scale.</summary>
    public double? StandardError { get; init; }

    /// <summary>Observed minus expected events.</summary>
    public double? ObservedMinusExpected { get; init; }

    /// <summary>Their variance.</summary>
    public double? Variance { get; init; }

    /// <summary>Whether RevMan can estimate an effect from the row.</summary>
    public bool IsEstimable { get; init; } = true;

    /// <summary>What RevMan prints below the analysis about the row.</summary>
    public string? Footnote { get; init; }

    /// <summary>The results that RevMan stored for the row.</summary>
    public ValueList<RevManNumber> Stored { get; init; } = [];
}

/// <summary>What was entered for one group of a study.</summary>
public sealed record RevManArm
{
    /// <summary>Participants with the event.</summary>
    public double? Events { get; init; }

    /// <summary>Participants.</summary>
    public double? Total { get; init; }

    /// <summary>The mean.</summary>
    public double? Mean { get; init; }

    /// <summary>The standard deviation.</summary>
    public double? Sd { get; init; }
}
