namespace MetaSpine;

/// <summary>How an error probability is spent over repeated looks (Lan and DeMets 1983, Biometrika 70:659, doi:10.1093/biomet/70.3.659).</summary>
public enum Spending
{
    /// <summary>Hardly anything at first: 2 - 2 Phi(z(a/2) / sqrt t), which resembles the bounds of O'Brien and Fleming (1979, doi:10.2307/2530245).</summary>
    OBrienFleming,

    /// <summary>Evenly: a ln(1 + (e - 1) t), which resembles the bounds of Pocock (1977, doi:10.1093/biomet/64.2.191).</summary>
    Pocock,
}

/// <summary>What stopping for futility does to the bounds of efficacy.</summary>
public enum Futility
{
    /// <summary>There are no bounds of futility.</summary>
    None,

    /// <summary>There are, but they may be ignored: the bounds of efficacy stand by themselves.</summary>
    NonBinding,

    /// <summary>There are and they are kept to, so that the bounds of efficacy are lower.</summary>
    Binding,
}

/// <summary>How sequential bounds are made.</summary>
public sealed record SequentialOptions
{
    /// <summary>The defaults.</summary>
    public static SequentialOptions Default { get; } = new();

    /// <summary>The type I error, of both sides together where there are two. <value>Default 0.05.</value></summary>
    public double Alpha { get; init; } = .05;

    /// <summary>One less the power at the effect looked for. <value>Default 0.1.</value></summary>
    public double Beta { get; init; } = .1;

    /// <summary>Whether effects of both signs count. <value>Default true.</value></summary>
    public bool TwoSided { get; init; } = true;

    /// <summary>How alpha is spent. <value>Default O'Brien-Fleming type, as trial sequential analysis has it (Wetterslev et al. 2008, doi:10.1016/j.jclinepi.2007.03.013).</value></summary>
    public Spending AlphaSpending { get; init; } = Spending.OBrienFleming;

    /// <summary>How beta is spent, where there are bounds of futility. <value>Default O'Brien-Fleming type.</value></summary>
    public Spending BetaSpending { get; init; } = Spending.OBrienFleming;

    /// <summary>Whether there are bounds of futility. <value>Default none.</value></summary>
    public Futility Futility { get; init; } = Futility.None;

    internal double SideAlpha => TwoSided ? Alpha / 2 : Alpha;

    /// <summary>The expected z at full information at which a single look has the power asked for.</summary>
    internal double Drift => NormalDistribution.UpperQuantile(SideAlpha) + NormalDistribution.UpperQuantile(Beta);

    internal SequentialOptions Validated()
    {
        if (!(Alpha is > 0 and < 1 && Beta is > 0 and < 1 && SideAlpha < .5 && Beta < 1 - SideAlpha))
        {
            throw new ArgumentException(FormattableString.Invariant($"Alpha ({Alpha}) and beta ({Beta}) must be probabilities above 0 with alpha below one half a side and power above alpha."));
        }

        return this;
    }
}

/// <summary>The bounds of a sequence of looks.</summary>
public sealed partial record SequentialDesign
{
    /// <summary>How they were made.</summary>
    public required SequentialOptions Options { get; init; }

    /// <summary>The looks.</summary>
    public required IReadOnlyList<SequentialLook> Looks { get; init; }

    /// <summary>
    /// How much more information than a single look needs the whole sequence needs for its power; null where the last look is before the full information.
    /// </summary>
    public required double? Inflation { get; init; }
}

/// <summary>One look. Bounds are for z, the estimate over its standard error, positive in the direction of benefit.</summary>
/// <param name="Fraction">The share of the (planned) information.</param>
/// <param name="CumulativeAlpha">The type I error that may be spent by now, on each side.</param>
/// <param name="Bound">Beyond it (on either side, if two-sided) the result is conclusive; infinite where nothing may be spent yet.</param>
/// <param name="FutilityBound">Below it (between minus and plus it, if two-sided) the effect looked for is out of reach; null where there is none yet.</param>
/// <param name="Power">The probability of a conclusive result by now at the effect looked for.</param>
public readonly record struct SequentialLook(double Fraction, double CumulativeAlpha, double Bound, double? FutilityBound, double Power);
