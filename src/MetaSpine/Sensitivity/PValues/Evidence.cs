namespace MetaSpine;

/// <summary>What a study's p-value comes from: its estimate less the value of no effect, and its sampling variance.</summary>
internal sealed class Evidence
{
    private Evidence(double[] y, double[] v, double null_)
    {
        (Y, V, Null) = (y, v, null_);
        Z = [.. y.Select((value, i) => value / Math.Sqrt(v[i]))];
    }

    public int K => Y.Length;

    /// <summary>The estimates less the value of no effect.</summary>
    public double[] Y { get; }

    public double[] V { get; }

    /// <summary>The z statistics.</summary>
    public double[] Z { get; }

    /// <summary>The value of no effect on the analysis scale.</summary>
    public double Null { get; }

    /// <exception cref="ArgumentException">The measure has no value of no effect, so that its p-values mean nothing.</exception>
    public static Evidence Of(PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var measure = result.Effects.Measure;
        var none = measure.NullValue ?? (measure == Measures.GEN ? 0 : throw new ArgumentException(
            $"{measure.Code} ({measure.Name}) has no value of no effect, so that p-values of its studies mean nothing; this method is for effects, such as differences and ratios.", nameof(result)));
        return new Evidence([.. result.Studies.Select(study => study.Effect.Estimate - none)], [.. result.Studies.Select(study => study.Effect.Variance)], none);
    }

    /// <summary>The estimates with the sign turned where the effects are negative, so that the favoured direction is above 0.</summary>
    public Evidence Towards(FunnelSide side) => side == FunnelSide.Right ? this : new Evidence(Array.ConvertAll(Y, y => -y), V, -Null);

    /// <summary>The direction of an estimate.</summary>
    public static FunnelSide SideOf(double effect) => effect < 0 ? FunnelSide.Left : FunnelSide.Right;
}
