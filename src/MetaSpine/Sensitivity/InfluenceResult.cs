namespace MetaSpine;

/// <summary>How much each study moves a model.</summary>
public sealed record InfluenceResult
{
    /// <summary>One entry for each study in the model, in order.</summary>
    public required IReadOnlyList<StudyInfluence> Studies { get; init; }

    /// <summary>The names of the coefficients that <see cref="DeletedFit.Dfbetas"/> speak of.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Where a study counts as influential.</summary>
    public required InfluenceLimits Limits { get; init; }

    /// <summary>One sentence for each influential study, and for each that the model cannot do without; says so where there is none.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The studies beyond one of the limits.</summary>
    public IEnumerable<StudyInfluence> Influential => Studies.Where(study => study.Flags != InfluenceCriteria.None);
}

/// <summary>One study's residuals, its pull on the model, and the model without it.</summary>
public sealed record StudyInfluence
{
    /// <summary>Its name.</summary>
    public required string Label { get; init; }

    /// <summary>Its row in the effect sizes, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Its weight as a proportion; the weights of a model sum to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Its leverage: the diagonal of the hat matrix X(X'WX)^-1 X'W, whose sum is the number of coefficients.</summary>
    public required double Hat { get; init; }

    /// <summary>The raw residual: the estimate less what the model says, on the analysis scale.</summary>
    public required double Residual { get; init; }

    /// <summary>The standard error of the raw residual, from (I - H) M (I - H)' with M = diag(v + tau^2).</summary>
    public required double ResidualStandardError { get; init; }

    /// <summary>The internally standardised residual: the raw one over its standard error; null where that is 0, as the model goes through the study.</summary>
    public required double? Standardised { get; init; }

    /// <summary>The Pearson residual: the raw one over sqrt(v + tau^2). With weights 1/v and tau^2 = 0 their squares sum to Q.</summary>
    public required double Pearson { get; init; }

    /// <summary>The Cholesky residual, L'r with LL' = M^-1: the same as <see cref="Pearson"/> here, as the studies are independent and M is diagonal.</summary>
    public double Cholesky => Pearson;

    /// <summary>The model without this study; null where the others do not determine its coefficients.</summary>
    public required DeletedFit? Deleted { get; init; }

    /// <summary>The limits that it exceeds.</summary>
    public required InfluenceCriteria Flags { get; init; }
}

/// <summary>A model without one study, and how far that moved it.</summary>
public sealed record DeletedFit
{
    /// <summary>The coefficients without the study.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>tau^2 without the study.</summary>
    public required double Tau2 { get; init; }

    /// <summary>Q without the study.</summary>
    public required ChiSquaredTest Q { get; init; }

    /// <summary>The study's estimate less what the others predict for it.</summary>
    public required double Residual { get; init; }

    /// <summary>Its standard error, sqrt(s^2 (v + tau^2) + var(prediction)), all without the study; s^2 is Knapp-Hartung's factor, or 1.</summary>
    public required double ResidualStandardError { get; init; }

    /// <summary>The studentised deleted residual: about standard normal unless the study is an outlier.</summary>
    public double Studentised => Residual / ResidualStandardError;

    /// <summary>The change of the study's fitted value, in standard errors of it: (x'b - x'b(-i)) / sqrt(s^2 h (v + tau^2)).</summary>
    public required double Dffits { get; init; }

    /// <summary>Cook's distance: d'C^-1 d for the change d of the coefficients and their covariance C. Not divided by the number of coefficients.</summary>
    public required double CooksDistance { get; init; }

    /// <summary>The determinant of the coefficients' covariance without the study over that with it; below 1 the study costs precision.</summary>
    public required double CovarianceRatio { get; init; }

    /// <summary>The change of each coefficient, in standard errors of it at the tau^2 without the study.</summary>
    public required IReadOnlyList<double> Dfbetas { get; init; }
}

/// <summary>Where a study counts as influential (Viechtbauer and Cheung 2010, as metafor applies them): rules of thumb, not tests.</summary>
/// <param name="Dffits">3 sqrt(p/(k - p)), for the absolute value.</param>
/// <param name="CooksDistance">The median of chi-squared with p degrees of freedom.</param>
/// <param name="Hat">3 p/k.</param>
/// <param name="Dfbetas">1, for the absolute value of any.</param>
public readonly record struct InfluenceLimits(double Dffits, double CooksDistance, double Hat, double Dfbetas);

/// <summary>The limits that a study exceeds.</summary>
[Flags]
public enum InfluenceCriteria
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>DFFITS.</summary>
    Dffits = 1,

    /// <summary>Cook's distance.</summary>
    CooksDistance = 2,

    /// <summary>The leverage.</summary>
    Hat = 4,

    /// <summary>A DFBETA.</summary>
    Dfbetas = 8,
}
