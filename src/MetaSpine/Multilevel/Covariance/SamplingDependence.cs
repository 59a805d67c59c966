namespace MetaSpine;

/// <summary>
/// Which effects share people, and how strongly that is assumed to correlate their sampling errors: what <see cref="SamplingCovariance.Assumed(IReadOnlyList{double}, SamplingDependence)"/>
/// makes a matrix V of. Each variable has one value per effect size.
/// </summary>
/// <remarks>
/// The rules are those of the function vcalc of metafor: the correlation of two effects of one cluster is a product of one factor for the observations
/// and types (1 where neither tells them apart) and one for groups and times.
/// </remarks>
public sealed record SamplingDependence
{
    /// <summary>What holds dependent effects together, such as the study; effects of different clusters are independent.</summary>
    public required Predictor Cluster { get; init; }

    /// <summary>Groups of people within a cluster that do not overlap; effects of different ones are independent.</summary>
    public Predictor? Subgroup { get; init; }

    /// <summary>Which of several measurements of one thing an effect is of: the scale or instrument. Needs <see cref="ObservationRho"/> or <see cref="ObservationCorrelations"/>.</summary>
    public Predictor? Observation { get; init; }

    /// <summary>What kind of outcome an effect is of, such as depression or anxiety. Needs <see cref="TypeRho"/> or <see cref="TypeCorrelations"/>.</summary>
    public Predictor? Type { get; init; }

    /// <summary>The correlation of effects that differ in their observation, of the same type where there are types; between -1 and 1.</summary>
    public double? ObservationRho { get; init; }

    /// <summary>The same for each two observations, by their names; in place of <see cref="ObservationRho"/>.</summary>
    public KnownCorrelation? ObservationCorrelations { get; init; }

    /// <summary>The correlation of effects that differ in their type, whatever their observations; between -1 and 1.</summary>
    public double? TypeRho { get; init; }

    /// <summary>The same for each two types, by their names; in place of <see cref="TypeRho"/>.</summary>
    public KnownCorrelation? TypeCorrelations { get; init; }

    /// <summary>When an effect was measured (in its first group); a number in any unit. Needs <see cref="Phi"/>.</summary>
    public Predictor? Time1 { get; init; }

    /// <summary>When its second group was measured; the same time as the first where not given. Needs both groups.</summary>
    public Predictor? Time2 { get; init; }

    /// <summary>The correlation of measurements one unit of time apart, between 0 and 1; that of t units is its power t.</summary>
    public double? Phi { get; init; }

    /// <summary>The first group that an effect compares, by a name that is unique within its cluster.</summary>
    public Predictor? Group1 { get; init; }

    /// <summary>The second group, such as the control group; the same as the first for a comparison of two times.</summary>
    public Predictor? Group2 { get; init; }

    /// <summary>The size of the first group; all groups are taken to be of one size where sizes are not given, so that a shared control group means a correlation of 0.5.</summary>
    public Predictor? Weight1 { get; init; }

    /// <summary>The size of the second group.</summary>
    public Predictor? Weight2 { get; init; }
}
