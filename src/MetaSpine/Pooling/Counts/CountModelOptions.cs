namespace MetaSpine;

/// <summary>How a generalised linear mixed model is fitted to counts.</summary>
public sealed record CountModelOptions
{
    /// <summary>The defaults.</summary>
    public static CountModelOptions Default { get; } = new();

    /// <summary>
    /// What is assumed about the studies' baseline risks; without meaning for one group (PLO, IRLN). <value>Default CMEL: conditioning takes the
    /// baselines out exactly, so nothing need be assumed about them and their number does not bias tau^2 (Stijnen et al. 2010, doi:10.1002/sim.4040).</value>
    /// </summary>
    public CountModel Model { get; init; } = CountModel.CMEL;

    /// <summary>ML (effects vary between studies) or EE (one effect for all). <value>Default ML.</value></summary>
    public PoolingMethod Method { get; init; } = PoolingMethod.ML;

    /// <summary>Z, or T with k - p degrees of freedom. <value>Default Z, which is what the likelihood's theory gives.</value></summary>
    public PoolingTest Test { get; init; } = PoolingTest.Z;

    /// <summary>The level of all intervals, as a proportion. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// The points of the adaptive Gauss-Hermite quadrature in each dimension; 1 is Laplace's approximation. <value>Default null: doubled from 15 until
    /// more change neither a parameter nor the log-likelihood by 1e-7 (a parameter by 1e-7 standard errors, where that is more); in one dimension equal
    /// steps follow on 120 points.</value>
    /// </summary>
    public int? Points { get; init; }

    /// <summary>Whether baseline and effect may be correlated; for the model UMRS only. <value>Default false.</value></summary>
    public bool Correlated { get; init; }

    /// <summary>
    /// Whether studies without an event in both groups (or with nothing but events) stay in the model UMRS, which they inform about the baselines;
    /// in the other models they say nothing. <value>Default false, as in metafor.</value>
    /// </summary>
    public bool KeepDoubleZeros { get; init; }

    /// <summary>Whether the profile-likelihood interval of tau^2 is computed, which is most of the work. <value>Default true.</value></summary>
    public bool Tau2Interval { get; init; } = true;

    internal CountModelOptions Validated()
    {
        if (!(Level > 0 && Level < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The level must lie between 0 and 1, such as 0.95; it is {Level}."));
        }

        if (Method is not (PoolingMethod.ML or PoolingMethod.EE))
        {
            throw new ArgumentException($"A model for counts is fitted by ML or under equal effects (EE), not by {Method}.");
        }

        if (Test is not (PoolingTest.Z or PoolingTest.T))
        {
            throw new ArgumentException($"A model for counts is tested by Z or T, not by {Test}, which scales a normal likelihood's variance.");
        }

        if (Points is < 1 or > 200)
        {
            throw new ArgumentException(FormattableString.Invariant($"The quadrature takes from 1 to 200 points, not {Points}."));
        }

        if (Correlated && Model != CountModel.UMRS)
        {
            throw new ArgumentException("Only the model UMRS has random baselines that an effect can be correlated with.");
        }

        return this;
    }
}

/// <summary>What a model for two groups assumes about the studies' baseline risks or rates.</summary>
public enum CountModel
{
    /// <summary>UM.FS: one baseline for each study, estimated along (unconditional, fixed study effects).</summary>
    UMFS,

    /// <summary>UM.RS: baselines normally distributed over the studies (unconditional, random study effects).</summary>
    UMRS,

    /// <summary>CM.AL: given the events of both groups together, the treated ones are taken as binomial, which needs rare events (conditional, approximate likelihood).</summary>
    CMAL,

    /// <summary>CM.EL: given the events of both groups together, exactly: noncentral hypergeometric for OR, binomial for IRR (conditional, exact likelihood).</summary>
    CMEL,
}
