namespace MetaSpine;

/// <summary>How the true effects of one level depend on each other.</summary>
public enum CovarianceStructure
{
    /// <summary>Compound symmetry: one variance, one correlation.</summary>
    CS,

    /// <summary>Heteroscedastic compound symmetry: a variance for each inner value, one correlation.</summary>
    HCS,

    /// <summary>Unstructured: a variance for each inner value, a correlation for each two.</summary>
    UN,

    /// <summary>One variance, no correlation.</summary>
    ID,

    /// <summary>A variance for each inner value, no correlation.</summary>
    DIAG,

    /// <summary>First-order autoregressive: one variance, the correlation falls with the number of steps between inner values.</summary>
    AR,

    /// <summary>The same with a variance for each inner value.</summary>
    HAR,

    /// <summary>Continuous-time autoregressive: the correlation falls with the time between.</summary>
    CAR,

    /// <summary>Spatial, exp(-d/rho).</summary>
    SPEXP,

    /// <summary>Spatial, exp(-d^2/rho^2).</summary>
    SPGAU,

    /// <summary>Spatial, 1 - d/rho up to rho.</summary>
    SPLIN,

    /// <summary>Spatial, rational quadratic: 1/(1 + d^2/rho^2).</summary>
    SPRAT,

    /// <summary>Spatial, spherical: 1 - 1.5 d/rho + 0.5 (d/rho)^3 up to rho.</summary>
    SPSPH,

    /// <summary>Random slopes: an intercept and a slope for each inner number, with any covariances.</summary>
    GEN,

    /// <summary>Random slopes without correlation.</summary>
    GDIAG,
}
