using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>The estimators of <see cref="Tau2Estimator"/> on eight problems side by side.</summary>
internal static class EightTau2
{
    /// <param name="problems">The data, their anchors found.</param>
    /// <param name="options">The method, or the value at which tau^2 is fixed.</param>
    /// <param name="atZero">The spread at a tau^2 of 0.</param>
    public static Vector512<double> Estimate(IEightProfile problems, PoolingOptions options, in EightSpread atZero)
    {
        var (k, freedom) = ((double)problems.Studies, (double)problems.Freedom);
        switch (options)
        {
            case { Method: PoolingMethod.EE }:
                return default;
            case { FixedTau2: { } given }:
                return Vector512.Create(given);
            case { Method: PoolingMethod.DL }:
                return DerSimonianLaird(problems, atZero);
            case { Method: PoolingMethod.HS }:
                return Vector512.Max(default, (atZero.Rss - Vector512.Create(k)) / atZero.SumW);
            case { Method: PoolingMethod.HSk }:
                return Vector512.Max(default, (atZero.Rss * Vector512.Create(k / freedom) - Vector512.Create(k)) / atZero.SumW);
            case { Method: PoolingMethod.PM or PoolingMethod.EB or PoolingMethod.SJIT }:
                return EightEquation.PauleMandel(problems, atZero, freedom);
            case { Method: PoolingMethod.PMM }:
                return EightEquation.PauleMandel(problems, atZero, ChiSquared.Quantile(0.5, freedom));
            case { Method: PoolingMethod.DLIT }:
                return EightEquation.IteratedDerSimonianLaird(problems, atZero, freedom);
            case { Method: PoolingMethod.REML or PoolingMethod.ML }:
                var (modes, isKnown) = EightModes.Highest(problems, options.Method == PoolingMethod.REML);
                return OneByOne(problems, options, modes, isKnown);
            default:
                return OneByOne(problems, options, default, default);
        }
    }

    public static Vector512<double> DerSimonianLaird(IEightProfile problems, in EightSpread atZero) =>
        Vector512.Max(default, (atZero.Rss - Vector512.Create((double)problems.Freedom)) / atZero.TrP);

    /// <summary>Estimates that are not known yet, each by itself.</summary>
    private static Vector512<double> OneByOne(IEightProfile problems, PoolingOptions options, Vector512<double> estimates, Vector512<double> isKnown)
    {
        for (var lane = 0; lane < EightLanes.Lanes; lane++)
        {
            if (isKnown[lane] == 0)
            {
                estimates = estimates.WithElement(lane, problems.Tau2Alone(lane, options));
            }
        }

        return estimates;
    }
}
