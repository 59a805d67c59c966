namespace MetaSpine;

/// <summary>
/// One effect-size measure: the field's code, the inputs it needs, how it is computed and how it is read. All measures
/// stand in <see cref="Measures"/>; help, validation and documentation come from there.
/// </summary>
public abstract class Measure
{
    private protected Measure(MeasureInfo info, MeasureFamily family)
    {
        Code = info.Code;
        Name = info.Name;
        ReadAs = info.ReadAs;
        Scale = info.Scale;
        NullValue = info.NullValue;
        Reference = info.Reference;
        Cutoff = info.Cutoff;
        CorrectsBias = info.CorrectsBias;
        Family = family;
    }

    /// <summary>The field's code: OR, SMD, PLO ...</summary>
    public string Code { get; }

    /// <summary>What the estimate is on the analysis scale: "log odds ratio".</summary>
    public string Name { get; }

    /// <summary>What it is after the back-transformation: "odds ratio".</summary>
    public string ReadAs { get; }

    /// <summary>The analysis scale.</summary>
    public Scale Scale { get; }

    /// <summary>The value of no effect on the analysis scale; null for measures of a single group, which have none.</summary>
    public double? NullValue { get; }

    /// <summary>Where the measure and its variance come from.</summary>
    public string Reference { get; }

    /// <summary>Beyond which size, on the analysis scale, an estimate is so rare that its numbers should be looked up; null where there is no such size.</summary>
    public double? Cutoff { get; }

    /// <summary>The kind of data that the measure is computed from.</summary>
    public MeasureFamily Family { get; }

    /// <summary>The sampling variances on offer; the first is the default.</summary>
    public abstract IReadOnlyList<VarianceType> Variances { get; }

    /// <summary>Whether zero counts are corrected by default (1/2 to the studies with a zero).</summary>
    public abstract bool CorrectsZeros { get; }

    /// <summary>Whether the estimate has a small-sample correction of its bias, which <see cref="EffectSizeOptions.Correct"/> turns off.</summary>
    public bool CorrectsBias { get; }

    /// <summary>Computes the effect size of every row.</summary>
    /// <param name="data">The studies; <see cref="Family"/> lists the columns needed.</param>
    /// <param name="options">How; <see cref="EffectSizeOptions.Default"/> where null.</param>
    /// <returns>One entry per row. A row with a missing value, or whose effect is undefined, has no estimate and says why.</returns>
    /// <exception cref="EffectDataException">Columns are missing, or a row holds impossible values (negative counts, events above total ...): all faults in one go.</exception>
    /// <exception cref="ArgumentException">The measure does not offer the variance asked for, or an option is out of range.</exception>
    public abstract EffectSizes Compute(EffectData data, EffectSizeOptions? options = null);

    /// <summary>The code and the name.</summary>
    public override string ToString() => $"{Code} ({Name})";
}

/// <summary>The descriptive part of a measure's row in the registry.</summary>
internal sealed record MeasureInfo(string Code, string Name, string ReadAs, Scale Scale, double? NullValue, string Reference, double? Cutoff = null)
{
    public bool CorrectsBias { get; init; }
}

/// <summary>A kind of data and the columns that describe it, as alternatives of which one is enough.</summary>
/// <param name="Name">Such as "two-by-two table".</param>
/// <param name="Alternatives">Sets of columns; any one of them is enough.</param>
public sealed record MeasureFamily(string Name, IReadOnlyList<IReadOnlyList<MeasureInput>> Alternatives);

/// <summary>One input column.</summary>
/// <param name="Column">The field's name for it, such as <c>ai</c>.</param>
/// <param name="Meaning">What it holds.</param>
public sealed record MeasureInput(string Column, string Meaning);

/// <summary>The data cannot be used as they are: columns missing or values impossible. Every fault is listed, in the message the first 250.</summary>
public sealed class EffectDataException : Exception
{
    internal EffectDataException(string measure, IReadOnlyList<string> faults)
        : base($"{measure}: {(faults.Count == 1 ? faults[0] : FormattableString.Invariant($"{faults.Count} faults in the data{Environment.NewLine}{Wording.Lines(faults)}"))}") =>
        Faults = faults;

    /// <summary>One sentence for each fault: the study, its row, the column, the value and the rule.</summary>
    public IReadOnlyList<string> Faults { get; }
}
