namespace MetaSpine;

/// <summary>What a row of a forest plot is.</summary>
internal enum ForestRowKind
{
    Heading,
    Study,

    /// <summary>What the effects under it have in common, with their mean.</summary>
    Cluster,

    /// <summary>What is pooled from some of the studies, one of a sequence.</summary>
    Step,
    NotEstimable,
    Subtotal,
    Total,

    /// <summary>The pooled result by another model.</summary>
    OtherModel,
    Prediction,
    Note,
    Gap,
}

/// <summary>A row of a forest plot.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Label">What stands at its left.</param>
internal sealed record ForestRow(ForestRowKind Kind, string Label)
{
    /// <summary>Whether it belongs to a subgroup or a cluster.</summary>
    public bool Indented { get; init; }

    /// <summary>The study whose characteristics columns show; null for its label.</summary>
    public string? Study { get; init; }

    /// <summary>The result that it stands for, or that its study belongs to; null for neither.</summary>
    public IPooledEffect? Result { get; init; }

    /// <summary>Which result of a page that answers to clicks it is: "" for all studies together, "0" for the first subgroup; null for none.</summary>
    public string? Part { get; init; }

    /// <summary>The study's row in the effect sizes, from 0; null where it is not of one study.</summary>
    public int? Index { get; init; }

    /// <summary>The estimate on the scale that people read; NaN where there is none.</summary>
    public double Estimate { get; init; } = double.NaN;

    /// <summary>The lower bound of its interval, likewise.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>The upper bound.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>The weight as a proportion; NaN where there is none.</summary>
    public double Weight { get; init; } = double.NaN;

    /// <summary>What a prediction is of, on the analysis scale; null for other rows.</summary>
    public Interval? Predicted { get; init; }

    /// <summary>Whether it is a mean that lies outside the range of the effects that it is of.</summary>
    public bool IsOutside { get; init; }

    /// <summary>The number of effects that it is made from; 1 for a study's.</summary>
    public int EffectCount { get; init; } = 1;

    /// <summary>The parts of its cells, column by column.</summary>
    public IReadOnlyList<string[]> Cells { get; init; } = [];

    public bool IsSummary => Kind is ForestRowKind.Subtotal or ForestRowKind.Total;

    /// <summary>Whether it stands a little apart from the row before, under a bold label.</summary>
    public bool IsLead { get => field || IsSummary; init; }

    /// <summary>Whether its label may stand over the columns at the left, since it has no cells.</summary>
    public bool IsWide => Kind is ForestRowKind.Heading or ForestRowKind.Note or ForestRowKind.Gap;
}
