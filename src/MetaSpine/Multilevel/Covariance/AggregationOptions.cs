namespace MetaSpine;

/// <summary>How the sampling errors of effects of one study are assumed to correlate when they are made one effect.</summary>
public sealed record AggregationOptions
{
    /// <summary>The structure. <value>Default CS: one correlation.</value></summary>
    public AggregationStructure Structure { get; init; } = AggregationStructure.CS;

    /// <summary>The correlation of two effects, between -1 and 1; needed by CS, CSPlusCAR and CSTimesCAR.</summary>
    public double? Rho { get; init; }

    /// <summary>The correlation of effects one unit of time apart, between 0 and 1; needed by CAR, CSPlusCAR and CSTimesCAR.</summary>
    public double? Phi { get; init; }

    /// <summary>The time of each effect; needed by CAR, CSPlusCAR and CSTimesCAR.</summary>
    public Predictor? Time { get; init; }

    /// <summary>Which of several measurements an effect is of; needed by CSTimesCAR.</summary>
    public Predictor? Observation { get; init; }

    /// <summary>Whether effects are weighted by the inverse of their covariance matrix. <value>Default true; without, they count alike.</value></summary>
    public bool Weighted { get; init; } = true;

    private bool NeedsRho => Structure is AggregationStructure.CS or AggregationStructure.CSPlusCAR or AggregationStructure.CSTimesCAR;

    private bool NeedsTime => Structure is AggregationStructure.CAR or AggregationStructure.CSPlusCAR or AggregationStructure.CSTimesCAR;

    /// <summary>The correlation of two rows, once it is sure that all is there that it needs.</summary>
    internal Func<int, int, double> Correlation(int count, int[] rows)
    {
        Need(nameof(Rho), NeedsRho, Rho is not null);
        Need(nameof(Phi), NeedsTime, Phi is not null);
        Need(nameof(Time), NeedsTime, Time is not null);
        Need(nameof(Observation), Structure == AggregationStructure.CSTimesCAR, Observation is not null);
        foreach (var column in new[] { Time, Observation }.OfType<Predictor>())
        {
            CovarianceInput.Check(column, count, rows);
        }

        if (Time is { IsNumeric: false })
        {
            throw new ArgumentException($"'{Time.Name}' must be a number per effect size, not a category: correlations fall with the time between.");
        }

        var rho = CovarianceInput.Correlation(Rho ?? 0, nameof(Rho));
        var phi = Phi ?? 0;
        if (!(phi is >= 0 and <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"Phi is {phi}; the correlation of effects one unit of time apart must lie between 0 and 1."));
        }

        double Decay(int i, int j) => Time!.Number(i) == Time.Number(j) ? 1 : Math.Pow(phi, Math.Abs(Time.Number(i) - Time.Number(j)));
        return Structure switch
        {
            AggregationStructure.ID => (_, _) => 0,
            AggregationStructure.CS => (_, _) => rho,
            AggregationStructure.CAR => Decay,
            AggregationStructure.CSPlusCAR => (i, j) => rho + (1 - rho) * Decay(i, j),
            _ => (i, j) => (Observation!.Category(i) == Observation.Category(j) ? 1 : rho) * Decay(i, j),
        };
    }

    private void Need(string option, bool needed, bool given)
    {
        if (needed != given)
        {
            throw new ArgumentException(needed ? $"The structure {Structure} needs {option}." : $"The structure {Structure} has no place for {option}: leave it out, or choose another structure.");
        }
    }
}

/// <summary>A structure of correlations within a study.</summary>
public enum AggregationStructure
{
    /// <summary>Independent: different people.</summary>
    ID,

    /// <summary>One correlation (compound symmetry): several measurements of the same people.</summary>
    CS,

    /// <summary>Falling with the time between: phi to the power of the time.</summary>
    CAR,

    /// <summary>Falling with time towards a correlation: rho + (1 - rho) phi to the power of the time (CS+CAR).</summary>
    CSPlusCAR,

    /// <summary>rho between measurements, times phi to the power of the time (CS*CAR).</summary>
    CSTimesCAR,
}
