namespace MetaSpine;

/// <summary>Every defensible specification of an analysis, and what they say together.</summary>
/// <remarks>
/// Simonsohn, Simmons and Nelson (2020), Specification curve analysis, Nature Human Behaviour 4:1208, doi:10.1038/s41562-020-0912-z; Voracek, Kossmeier
/// and Tran (2019), Which data to meta-analyze, and how?, Zeitschrift fuer Psychologie 227:64, doi:10.1027/2151-2604/a000357.
/// </remarks>
public sealed partial record MultiverseResult
{
    /// <summary>The choices.</summary>
    public required IReadOnlyList<MultiverseFactor> Factors { get; init; }

    /// <summary>The results that exist, in the order of the grid: the last factor changes fastest.</summary>
    public required IReadOnlyList<Specification> Specifications { get; init; }

    /// <summary>Combinations of choices that make sense but gave no result, each with the reason.</summary>
    public required IReadOnlyList<FailedSpecification> Failed { get; init; }

    /// <summary>The first choice of everything: the analysis that was planned; null where it gave no result.</summary>
    public required Specification? Reference { get; init; }

    /// <summary>The share of specifications whose interval excludes no effect (in all, above, below); null for a measure without such a value.</summary>
    public required (double Either, double Above, double Below)? Significant { get; init; }

    /// <summary>The share of specifications that give the direction and the conclusion of the reference: the same side of no effect, and an interval that excludes it or not. Null without a reference or a value of no effect.</summary>
    public required double? Agreement { get; init; }

    /// <summary>The share of specifications whose estimate is on the same side of the threshold as the reference; null without a threshold.</summary>
    public required double? BeyondThreshold { get; init; }

    /// <summary>Which choice matters most, in order: how much of the variance of the estimates, and of z, each explains by itself.</summary>
    public required IReadOnlyList<FactorImportance> Importance { get; init; }

    /// <summary>What was found; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The specification curve: the specifications by their estimate on the scale that people read, ties in the order of the grid.</summary>
    public IReadOnlyList<Specification> Curve => [.. Specifications.OrderBy(specification => specification.Natural)];

    /// <summary>The level that a specification has of a factor, as an index into <see cref="MultiverseFactor.Levels"/>.</summary>
    /// <param name="specification">A specification of this multiverse.</param>
    /// <param name="factor">The factor's position in <see cref="Factors"/>.</param>
    public int LevelOf(Specification specification, int factor)
    {
        var number = specification.Number;
        for (var f = Factors.Count - 1; f > factor; f--)
        {
            number /= Factors[f].Levels.Count;
        }

        return number % Factors[factor].Levels.Count;
    }

    /// <summary>Which models have a test and a rule for zero cells of their own, so that those choices are not made for them.</summary>
    internal IReadOnlyList<bool> OwnRules { get; init; } = [];

    /// <summary>Whether a choice is made in a specification: models for counts have their own test and need no rule for zero cells.</summary>
    internal bool IsChosen(Specification specification, int factor) =>
        Factors[factor].Name is not (MultiverseGrid.TestFactor or MultiverseGrid.ZeroCellsFactor) || OwnRules.Count == 0 || !OwnRules[LevelOf(specification, MultiverseGrid.ModelPosition)];

    /// <summary>The alternative that a specification has of a factor: "REML"; "its own" where the model leaves no choice.</summary>
    /// <param name="specification">A specification of this multiverse.</param>
    /// <param name="factor">The factor's position in <see cref="Factors"/>.</param>
    public string LevelName(Specification specification, int factor) => IsChosen(specification, factor) ? Factors[factor].Levels[LevelOf(specification, factor)] : "its own";

    /// <summary>A specification in words: "OR; REML; Knapp-Hartung".</summary>
    public string Describe(Specification specification) => Describe(specification.Number);

    /// <summary>The combination of choices with a number, in words.</summary>
    internal string Describe(int number) =>
        string.Join("; ", Factors.Select((factor, f) => LevelName(new Specification { Number = number }, f) is var level && IsExclusion(f) ? $"{factor.Name} {level}" : level));

    private static bool IsExclusion(int factor) => factor >= MultiverseGrid.FirstExclusion;
}

/// <summary>A choice.</summary>
/// <param name="Name">What is chosen: "measure", "model", "test".</param>
/// <param name="Levels">The alternatives, the reference first.</param>
public sealed record MultiverseFactor(string Name, IReadOnlyList<string> Levels);

/// <summary>One specification's result.</summary>
public readonly record struct Specification
{
    /// <summary>Its place in the full grid of choices, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The number of studies.</summary>
    public int StudyCount { get; init; }

    /// <summary>The pooled estimate on the analysis scale.</summary>
    public double Estimate { get; init; }

    /// <summary>Its standard error, as the test scales it; NaN where the method has none.</summary>
    public double StandardError { get; init; }

    /// <summary>The lower end of its interval, on the same scale.</summary>
    public double Lower { get; init; }

    /// <summary>The upper end of its interval, on the same scale.</summary>
    public double Upper { get; init; }

    /// <summary>The two-sided p-value of no effect.</summary>
    public double PValue { get; init; }

    /// <summary>The between-study variance; NaN where the model has none.</summary>
    public double Tau2 { get; init; }

    /// <summary>I^2 in percent; NaN where it cannot be had.</summary>
    public double I2 { get; init; }

    /// <summary>The estimate on the scale that people read.</summary>
    public double Natural { get; init; }

    /// <summary>The interval's lower end on that scale.</summary>
    public double NaturalLower { get; init; }

    /// <summary>The interval's upper end on that scale.</summary>
    public double NaturalUpper { get; init; }
}

/// <summary>A combination of choices that gave no result.</summary>
/// <param name="Number">Its place in the full grid, from 0.</param>
/// <param name="Description">The choices in words.</param>
/// <param name="Reason">Why.</param>
public sealed record FailedSpecification(int Number, string Description, string Reason);

/// <summary>How much a choice matters.</summary>
/// <param name="Factor">The choice.</param>
/// <param name="ShareOfEstimates">
/// The share of the variance of the estimates (on the analysis scale) that lies between the choice's alternatives: eta^2 of an analysis of variance. Null where
/// the measures have different scales, or where all estimates are equal. Models that have a test and zero cells of their own do not count for those choices.
/// </param>
/// <param name="ShareOfZ">The same for z, the normal deviate of the p-value.</param>
/// <param name="Levels">The mean estimate and the share of significant results of each alternative.</param>
public sealed record FactorImportance(string Factor, double? ShareOfEstimates, double? ShareOfZ, IReadOnlyList<LevelSummary> Levels);

/// <summary>What the specifications with one alternative of a choice say.</summary>
/// <param name="Name">The alternative.</param>
/// <param name="Count">How many specifications have it.</param>
/// <param name="MedianNatural">Their median estimate on the scale that people read; NaN for none.</param>
/// <param name="ShareSignificant">The share of them whose p-value is below 1 - level; NaN for none.</param>
public readonly record struct LevelSummary(string Name, int Count, double MedianNatural, double ShareSignificant);
