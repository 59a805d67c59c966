namespace MetaSpine;

/// <summary>
/// How much information a conclusive meta-analysis needs: as many participants as one large trial would, and more where the studies differ
/// (Wetterslev et al. 2008, Journal of Clinical Epidemiology 61:64, doi:10.1016/j.jclinepi.2007.03.013; Wetterslev et al. 2009, BMC Medical Research
/// Methodology 9:86, doi:10.1186/1471-2288-9-86).
/// </summary>
public static class RequiredInformation
{
    /// <summary>
    /// The statistical information, 1 / variance of the pooled estimate, at which an effect is found with the power asked for: ((z(a) + z(b)) / effect)^2. For
    /// any measure, and with heterogeneity taken care of by itself where the variance is that of a random-effects estimate.
    /// </summary>
    /// <param name="effect">The effect looked for, as a distance from no effect on the analysis scale: <c>Math.Log(0.8)</c>.</param>
    /// <param name="options">Alpha, beta and the number of sides; <see cref="SequentialOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The effect is 0 or not finite, or an option is out of range.</exception>
    public static double Statistical(double effect, SequentialOptions? options = null)
    {
        if (effect == 0 || !double.IsFinite(effect))
        {
            throw new ArgumentException("The effect looked for must be a number other than 0: the smallest effect that would matter.", nameof(effect));
        }

        var drift = (options ?? SequentialOptions.Default).Validated().Drift;
        return drift * drift / (effect * effect);
    }

    /// <summary>The participants, both groups together, for two proportions: 4 (z(a) + z(b))^2 p (1 - p) / (difference)^2 with p their mean, over 1 - D^2.</summary>
    /// <param name="control">The proportion in the control group.</param>
    /// <param name="experimental">That in the experimental group: <c>0.8 * control</c> for a relative risk reduction of 20%.</param>
    /// <param name="diversity">D^2, see <see cref="Diversity"/>. <value>Default 0.</value></param>
    /// <param name="options">Alpha, beta and the number of sides; <see cref="SequentialOptions.Default"/> where null.</param>
    /// <returns>The number, not rounded.</returns>
    /// <exception cref="ArgumentException">The proportions are equal or not within (0, 1), or D^2 is not a proportion below 1.</exception>
    public static double Proportions(double control, double experimental, double diversity = 0, SequentialOptions? options = null)
    {
        if (!(control is > 0 and < 1 && experimental is > 0 and < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"Proportions lie between 0 and 1; they are {control} and {experimental}."), nameof(control));
        }

        var mean = (control + experimental) / 2;
        return Means(control - experimental, Math.Sqrt(mean * (1 - mean)), diversity, options);
    }

    /// <summary>The participants, both groups together, for two means: 4 (z(a) + z(b))^2 sd^2 / difference^2, over 1 - D^2.</summary>
    /// <param name="difference">The difference looked for.</param>
    /// <param name="deviation">The standard deviation of a participant's outcome.</param>
    /// <param name="diversity">D^2, see <see cref="Diversity"/>. <value>Default 0.</value></param>
    /// <param name="options">Alpha, beta and the number of sides; <see cref="SequentialOptions.Default"/> where null.</param>
    /// <returns>The number, not rounded.</returns>
    /// <exception cref="ArgumentException">The difference is 0, the deviation not above 0, or D^2 not a proportion below 1.</exception>
    public static double Means(double difference, double deviation, double diversity = 0, SequentialOptions? options = null)
    {
        if (!(deviation > 0 && double.IsFinite(deviation)) || !(diversity is >= 0 and < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The standard deviation ({deviation}) must be above 0, and D^2 ({diversity}) a proportion below 1."), nameof(deviation));
        }

        return 4 * Statistical(difference, options) * deviation * deviation / (1 - diversity);
    }

    /// <summary>D^2 = 1 - (variance under equal effects) / (variance under random effects): by how much heterogeneity shrinks the information (Wetterslev et al. 2009).</summary>
    /// <param name="result">A pooled result; the inverse-variance weights and its tau^2 are used, whatever its test.</param>
    /// <returns>A proportion; 0 without heterogeneity.</returns>
    public static double Diversity(PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double common = 0, random = 0;
        foreach (var study in result.Studies)
        {
            common += 1 / study.Effect.Variance;
            random += 1 / (study.Effect.Variance + result.Tau2);
        }

        return 1 - random / common;
    }

    /// <summary>
    /// The studies still needed when each adds at most 1/tau^2, however large: how many at least, and how large they have to be for some numbers of them
    /// (Kulinskaya and Wood 2014, Trial sequential methods for meta-analysis, Research Synthesis Methods 5:212, doi:10.1002/jrsm.1104).
    /// </summary>
    /// <param name="result">The studies so far, under random effects.</param>
    /// <param name="effect">The effect looked for on the analysis scale.</param>
    /// <param name="unitVariance">The sampling variance of a study times its number of participants: 4 sd^2 for a mean difference with equal groups.</param>
    /// <param name="options">Alpha, beta and the number of sides; <see cref="SequentialOptions.Default"/> where null.</param>
    /// <returns>Four numbers of studies from the smallest possible on, with the participants that each of the studies needs; empty where the information is there already.</returns>
    /// <exception cref="ArgumentException">The effect is 0 or not finite, or the variance not above 0.</exception>
    public static IReadOnlyList<FurtherStudies> Further(PooledResult result, double effect, double unitVariance, SequentialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!(unitVariance > 0 && double.IsFinite(unitVariance)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The variance of one participant's share must be above 0; it is {unitVariance}."), nameof(unitVariance));
        }

        var missing = Statistical(effect, options) - result.Studies.Sum(study => 1 / (study.Effect.Variance + result.Tau2));
        if (missing <= 0)
        {
            return [];
        }

        var fewest = (int)Math.Min(1_000_000, Math.Floor(missing * result.Tau2)) + 1;
        return [.. Enumerable.Range(fewest, 4).Select(studies => new FurtherStudies(studies, unitVariance / (studies / missing - result.Tau2)))];
    }
}

/// <summary>A number of further studies and how large each has to be.</summary>
/// <param name="Studies">The number of studies.</param>
/// <param name="Participants">The participants of each, not rounded.</param>
public readonly record struct FurtherStudies(int Studies, double Participants);
