using System.Globalization;

namespace MetaSpine;

/// <summary>Pooling and meta-regression that outlying studies cannot carry away: random effects with heavier tails than the normal, by marginal maximum likelihood.</summary>
/// <remarks>
/// Baker and Jackson (2008), Health Care Management Science 11:121, doi:10.1007/s10729-007-9041-8 (t); Beath (2014), Research Synthesis Methods 5:285,
/// doi:10.1002/jrsm.1114 (mixture); as the R package metaplus has them (Beath 2016, The R Journal 8:5, doi:10.32614/RJ-2016-001). The t distribution has the scale tau and
/// 1/delta degrees of freedom. Both contain normal random effects, so that their likelihood is never lower; the maximum is sought from many starts, among
/// them each study as the one outlier. The model's own estimator of tau^2, test and weights play no part.
/// </remarks>
public static class OutlierRobust
{
    /// <summary>A study this likely to be outlying is named.</summary>
    private const double Likely = .5;

    /// <summary>A gain of the likelihood that is only rounding.</summary>
    internal const double Gain = 1e-7;

    /// <summary>Fits the model.</summary>
    /// <param name="result">A pooled result or a meta-regression: its studies, moderators and level.</param>
    /// <param name="shape">The distribution of the random effects; a mixture unless said, as it says which studies are outlying.</param>
    /// <param name="cancellation">Stops the work, which takes from some milliseconds (mixture) to some seconds (t, many studies).</param>
    /// <exception cref="PoolingException">There are fewer than two studies more than coefficients.</exception>
    public static OutlierRobustResult WithOutliers(this ModelResult result, RandomEffectsShape shape = RandomEffectsShape.Mixture, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = ModelData.Of(result);
        var (k, p) = (data.K, data.P);
        if (k < p + 2)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"Random effects with outliers need at least {p + 2} studies, two more than coefficients; there {(k == 1 ? "is 1" : $"are {k}")}."));
        }

        var search = new OutlierSearch(data, shape, cancellation);
        var best = search.Best;
        var coefficients = new OutlierCoefficient[p];
        for (var j = 0; j < p; j++)
        {
            coefficients[j] = Profile(search, j, result.Options.Level);
        }

        var (weights, shares) = search.Posterior();
        var sum = weights.Sum();
        var isMixture = shape == RandomEffectsShape.Mixture;
        var studies = new RobustStudy[k];
        for (var i = 0; i < k; i++)
        {
            studies[i] = new RobustStudy(result.Studies[i].Effect.Label, data.Rows[i], weights[i] / sum, isMixture ? shares[i] : null);
        }

        var parameters = p + (isMixture ? 3 : 2);
        return new OutlierRobustResult
        {
            Model = result,
            Shape = shape,
            Coefficients = coefficients,
            Tau2 = best.Tau2,
            InverseDegreesOfFreedom = isMixture ? null : best.Second,
            OutlierTau2 = isMixture ? best.Second : null,
            OutlierShare = isMixture ? best.Share : null,
            LogLikelihood = best.LogLikelihood,
            NormalLogLikelihood = search.Normal.LogLikelihood,
            Aic = -2 * best.LogLikelihood + 2 * parameters,
            Bic = -2 * best.LogLikelihood + Math.Log(k) * parameters,
            Studies = studies,
            Notes = [.. Notes(best.LogLikelihood - search.Normal.LogLikelihood, studies, isMixture ? best.Share : null)],
        };
    }

    private static OutlierCoefficient Profile(OutlierSearch search, int j, double level)
    {
        var (best, data) = (search.Best, search.Data);
        var (estimate, error) = (best.Coefficients[j], search.StandardError(j));
        var ratio = Math.Max(0, 2 * (best.LogLikelihood - search.Fixed(j, 0, best).LogLikelihood));
        var cut = Math.Sqrt(ChiSquared.UpperQuantile(1 - level, 1));
        return new OutlierCoefficient(data.Columns[j], estimate, ratio, ChiSquared.Upper(ratio, 1), new Interval(Bound(-1), Bound(1), level));

        // The signed root of the fall of the likelihood is nearly straight, so that false position needs few fits; each starts from the last one.
        double Bound(int side)
        {
            var last = best;
            double Excess(double distance)
            {
                last = search.Fixed(j, estimate + side * distance, last);
                return Math.Sqrt(Math.Max(0, 2 * (best.LogLikelihood - last.LogLikelihood))) - cut;
            }

            double inside = 0, atInside = -cut, outside = cut * error, atOutside = Excess(outside);
            for (var doubling = 0; atOutside < 0 && doubling < 60; doubling++)
            {
                (inside, atInside) = (outside, atOutside);
                outside *= 1.6;
                atOutside = Excess(outside);
            }

            if (atOutside < 0)
            {
                return side * double.PositiveInfinity;
            }

            var kept = 0;
            for (var step = 0; step < 100 && outside - inside > 1e-10 * outside; step++)
            {
                var middle = inside + (outside - inside) * (step % 4 == 3 ? .5 : -atInside / (atOutside - atInside));
                var at = Excess(middle);
                if (Math.Abs(at) < 1e-9)
                {
                    return estimate + side * middle;
                }

                // Illinois: an end that stays twice has its value halved, so that it moves too.
                if (at < 0)
                {
                    (inside, atInside) = (middle, at);
                    atOutside = kept == 1 ? atOutside / 2 : atOutside;
                    kept = 1;
                }
                else
                {
                    (outside, atOutside) = (middle, at);
                    atInside = kept == 2 ? atInside / 2 : atInside;
                    kept = 2;
                }
            }

            return estimate + side * (inside + outside) / 2;
        }
    }

    private static IEnumerable<string> Notes(double gain, RobustStudy[] studies, double? share)
    {
        yield return gain <= Gain
            ? "The data do not call for heavier tails: the fit is that of normal random effects."
            : string.Create(CultureInfo.InvariantCulture, $"Heavier tails raise the log-likelihood by {gain:0.00} over normal random effects.");
        var outlying = studies.Where(study => study.OutlierProbability > Likely).ToList();
        if (gain > Gain && outlying.Count > 0)
        {
            yield return $"Probably outlying: {string.Join(", ", outlying.Select(study => string.Create(CultureInfo.InvariantCulture, $"{study.Label} ({study.OutlierProbability:0.00})")))}.";
        }

        if (share > .5)
        {
            yield return "More than half of the studies are in the wider group, so that the groups are not ordinary studies and outliers.";
        }
    }
}
