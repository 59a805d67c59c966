namespace MetaSpine;

/// <summary>Weighted least squares of the adequately powered studies, or of all.</summary>
/// <remarks>
/// T. D. Stanley, H. Doucouliagos and J. P. A. Ioannidis (2017), Statistics in Medicine 36:1580, doi:10.1002/sim.7228. Unrestricted weighted least squares has the
/// estimate of the equal-effects model, with its standard error scaled by sqrt(Q/(k - 1)) and t with k - 1 degrees of freedom.
/// </remarks>
public sealed partial record AdequatePowerResult
{
    /// <summary>The estimate of the adequately powered studies where there are at least two, else of all.</summary>
    public required Coefficient Estimate { get; init; }

    /// <summary>The weighted least squares of all studies, against which power is judged.</summary>
    public required Coefficient AllStudies { get; init; }

    /// <summary>The studies whose standard error is at most |estimate|/2.8: 80% power for the estimate of all, two-sided at 5%.</summary>
    public required IReadOnlyList<PooledStudy> Powered { get; init; }

    /// <summary>Each study's power for the estimate of all, two-sided at 5%, in the order of the model.</summary>
    public required IReadOnlyList<double> Powers { get; init; }

    /// <summary>Whether the estimate is that of the powered studies alone.</summary>
    public required bool UsesPoweredOnly { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>WAAP-WLS (Stanley et al. 2017).</summary>
public static class AdequatePower
{
    /// <summary>The normal quantiles of 2.5% and of 80% power add to this, as its authors round them.</summary>
    private const double Powered = 2.8;

    /// <summary>Averages the adequately powered studies.</summary>
    /// <param name="result">A pooled result; only its studies and level are used.</param>
    /// <exception cref="PoolingException">There is one study.</exception>
    public static AdequatePowerResult WeightedAverageOfPowered(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = new FunnelData(result);
        if (data.K < 2)
        {
            throw new PoolingException("Weighted least squares needs at least 2 studies; there is 1.");
        }

        var all = LeastSquares(data, [.. Enumerable.Range(0, data.K)], result.Options.Level);
        int[] powered = [.. Enumerable.Range(0, data.K).Where(i => data.Se[i] <= Math.Abs(all.Estimate) / Powered)];
        var only = powered.Length >= 2;
        var estimate = only ? LeastSquares(data, powered, result.Options.Level) : all;
        var critical = NormalDistribution.UpperQuantile(.025);
        double[] powers = [.. data.Se.Select(se => NormalDistribution.Upper(critical - all.Estimate / se) + NormalDistribution.Upper(critical + all.Estimate / se))];
        double natural = result.Effects.BackTransform(estimate.Estimate), lower = result.Effects.BackTransform(estimate.Interval.Lower), upper = result.Effects.BackTransform(estimate.Interval.Upper);
        var sorted = powers.Order().ToList();
        return new AdequatePowerResult
        {
            Estimate = estimate,
            AllStudies = all,
            Powered = [.. powered.Select(i => result.Studies[i])],
            Powers = powers,
            UsesPoweredOnly = only,
            Notes =
            [
                SmallStudyNotes.Text($"{powered.Length} of {data.K} studies have 80% power for the weighted average of all; the median power is {100 * (sorted[(data.K - 1) / 2] + sorted[data.K / 2]) / 2:0}%. {(only ? "Averaged alone, they give" : "As there are fewer than two, all studies are averaged, which gives")} {result.Effects.Measure.ReadAs} {natural:G3} ({100 * estimate.Interval.Level:0.##}% interval {lower:G3} to {upper:G3})."),
            ],
        };
    }

    private static Coefficient LeastSquares(FunnelData data, int[] studies, double level)
    {
        var (y, v) = (Array.ConvertAll(studies, i => data.Y[i]), Array.ConvertAll(studies, i => data.V[i]));
        var profile = new InterceptProfile(y, v);
        var (estimate, variance) = profile.Estimate(Weighting.InverseVariance(0), 0);
        var freedom = studies.Length - 1;
        return new ReferenceDistribution(freedom, level).Coefficient("estimate", estimate, Math.Sqrt(variance * profile.At(0).Rss / freedom));
    }
}
