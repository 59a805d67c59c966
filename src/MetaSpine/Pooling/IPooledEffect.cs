namespace MetaSpine;

/// <summary>An effect pooled from studies, by whichever model: what every model has to show. Numbers are on the analysis scale unless said otherwise.</summary>
public interface IPooledEffect
{
    /// <summary>The studies' own effect sizes. Models for counts do not pool them, but they are what a table or a picture shows of a study.</summary>
    EffectSizes Effects { get; }

    /// <summary>The studies in the model, in order.</summary>
    IReadOnlyList<StudyShare> Shares { get; }

    /// <summary>The studies left out, each with the reason.</summary>
    IReadOnlyList<ExcludedStudy> Excluded { get; }

    /// <summary>The number of studies in the model, k.</summary>
    int StudyCount { get; }

    /// <summary>The model in short, for a row of a table: "Random effects", "Mantel-Haenszel".</summary>
    string ModelName { get; }

    /// <summary>What distinguishes the fit within the model: "REML, Knapp-Hartung"; empty where there is no choice.</summary>
    string ModelDetail { get; }

    /// <summary>The pooled estimate.</summary>
    double Estimate { get; }

    /// <summary>Its standard error; null where the inference needs none (exact methods).</summary>
    double? StandardError { get; }

    /// <summary>Estimate over standard error; null likewise.</summary>
    double? Statistic { get; }

    /// <summary>The degrees of freedom of the t distribution; null for the normal one.</summary>
    double? DegreesOfFreedom { get; }

    /// <summary>The two-sided p-value of no effect.</summary>
    double PValue { get; }

    /// <summary>The confidence interval of the estimate.</summary>
    Interval Interval { get; }

    /// <summary>The interval for the true effect of a new study; null where the model has none.</summary>
    Interval? PredictionInterval { get; }

    /// <summary>Estimate and intervals on the scale that people read.</summary>
    NaturalResult Natural { get; }

    /// <summary>The between-study variance; null where the model has none.</summary>
    double? Tau2 { get; }

    /// <summary>I^2 in percent; null where the model has none.</summary>
    double? I2 { get; }

    /// <summary>Its interval; null where there is none.</summary>
    Interval? I2Interval { get; }

    /// <summary>The test of heterogeneity that belongs to the model; null where there is none.</summary>
    ChiSquaredTest? Heterogeneity { get; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }
}

/// <summary>A study's part in a model.</summary>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="Weight">Its weight as a proportion; null where the model has no weights.</param>
public readonly record struct StudyShare(int Row, double? Weight);
