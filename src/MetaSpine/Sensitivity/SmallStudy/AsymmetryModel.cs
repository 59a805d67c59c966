namespace MetaSpine;

/// <summary>How the scatter around the line of a regression test is described.</summary>
public enum AsymmetryModel
{
    /// <summary>
    /// A meta-regression by the method and test of the pooled result: tau^2 around the line (Thompson and Sharp 1999,
    /// doi:10.1002/(SICI)1097-0258(19991030)18:20&lt;2693::AID-SIM235&gt;3.0.CO;2-V). metafor's default.
    /// </summary>
    MixedEffects,

    /// <summary>Egger's classical test: weights 1/v, the residual variance estimated (below 1 too), t with k - 2 degrees of freedom.</summary>
    Classical,

    /// <summary>The same, but the residual variance is never taken below 1, which sampling alone makes it.</summary>
    Multiplicative,
}

/// <summary>What a regression test takes for the size of a study.</summary>
public enum AsymmetryPredictor
{
    /// <summary>The standard error.</summary>
    StandardError,

    /// <summary>The sampling variance.</summary>
    Variance,

    /// <summary>1 over the standard error.</summary>
    Precision,

    /// <summary>1 over the sampling variance.</summary>
    InverseVariance,

    /// <summary>The number of participants.</summary>
    SampleSize,

    /// <summary>1 over it.</summary>
    InverseSampleSize,

    /// <summary>Its square root.</summary>
    SquareRootSampleSize,

    /// <summary>1 over its square root.</summary>
    InverseSquareRootSampleSize,
}
