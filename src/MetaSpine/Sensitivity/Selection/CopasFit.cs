namespace MetaSpine;

/// <summary>Fits the Copas model at given selections, each from the same starts, so that no point depends on those before.</summary>
internal sealed class CopasFit
{
    /// <summary>Correlations beyond are as good as 1, at which the likelihood is not defined.</summary>
    public const double MostCorrelated = .9999;

    private const int Fewest = 4;

    private readonly CopasOptions _options;
    private readonly double[] _y;
    private readonly double[] _s;
    private readonly double _unit;
    private readonly double _sign;
    private readonly double _shift;
    private readonly double _constant;

    public CopasFit(PooledResult result, CopasOptions options)
    {
        var data = ModelData.Of(result);
        if (data.K < Fewest)
        {
            throw new PoolingException(FormattableString.Invariant($"The Copas model with its test of residual bias has {Fewest} parameters and needs at least {Fewest} studies; there {(data.K == 1 ? "is 1" : $"are {data.K}")}."));
        }

        _options = options;
        Side = options.Side ?? (result.Estimate >= 0 ? SelectionSide.Greater : SelectionSide.Less);
        _sign = Side == SelectionSide.Less ? -1 : 1;
        double[] errors = Array.ConvertAll(data.V, Math.Sqrt);
        _unit = errors.Order().ElementAt(data.K / 2);
        _shift = data.Y.Average();
        _y = Array.ConvertAll(data.Y, y => _sign * (y - _shift) / _unit);
        _s = Array.ConvertAll(errors, s => s / _unit);
        _constant = data.K * Math.Log(_unit);
    }

    public SelectionSide Side { get; }

    /// <summary>The selection under which the least precise study is published with a probability, and the most precise one with that of the options or the same.</summary>
    public CopasPoint AtProbability(double probability)
    {
        if (probability == 1)
        {
            return At(double.PositiveInfinity, 0);
        }

        var (least, most) = (NormalDistribution.Quantile(probability), NormalDistribution.Quantile(Math.Max(probability, _options.MostPrecise)));
        var difference = 1 / _s.Min() - 1 / _s.Max();
        var slope = difference > 0 ? (most - least) / difference : 0;
        return At(least - slope / _s.Max(), slope * _unit);
    }

    /// <summary>The model at a selection; gamma1 in the units of the data.</summary>
    public CopasPoint At(double gamma0, double gamma1)
    {
        double[] u = double.IsPositiveInfinity(gamma0) ? [] : Array.ConvertAll(_s, s => gamma0 + gamma1 / (s * _unit));
        var likelihood = new CopasLikelihood(_y, _s, u);
        var best = Highest(likelihood, false);
        var withSlope = Highest(likelihood, true, best);
        var rise = Math.Max(0, 2 * (withSlope.Value - best.Value));
        var estimate = _sign * best.At[0] * _unit + _shift;
        var error = Error(likelihood, best);
        return new CopasPoint
        {
            Gamma0 = gamma0,
            Gamma1 = gamma1,
            Probability = u.Length == 0 ? 1 : NormalDistribution.Lower(gamma0 + gamma1 / (_s.Max() * _unit)),
            Unpublished = u.Sum(value => NormalDistribution.Upper(value) / NormalDistribution.Lower(value)),
            Estimate = estimate,
            StandardError = error,
            Interval = error is { } known ? ReferenceDistribution.Normal(_options.Level).Around(estimate, known) : null,
            Tau2 = best.At[2] * _unit * _unit,
            Correlation = _sign * best.At[1],
            LogLikelihood = best.Value - _constant,
            ResidualBias = new ChiSquaredTest(rise, 1, ChiSquared.Upper(rise, 1)),
        };
    }

    /// <summary>The highest maximum from a grid of starts and from the faces of the bounds, with the slope free or 0.</summary>
    private SelectionMaximum Highest(CopasLikelihood likelihood, bool slope, SelectionMaximum? without = null)
    {
        var spread = _y.Max() - _y.Min();
        var selects = likelihood.Selects;
        var search = new SelectionSearch(
            likelihood,
            [double.NegativeInfinity, 0, 0, slope ? double.NegativeInfinity : 0],
            [double.PositiveInfinity, selects ? MostCorrelated : 0, 100 * (spread * spread + 1), slope ? double.PositiveInfinity : 0]);
        var starts = Peaks(search, selects);
        if (without is not null)
        {
            starts.Add(without.At);
        }

        // The likelihood has a finite value at every start within the bounds.
        return search.Highest(starts, starts.Count, 1)!;
    }

    /// <summary>The points of a coarse grid of correlations and heterogeneities, the mean at its best, from which no step along the grid leads higher.</summary>
    private List<double[]> Peaks(SelectionSearch search, bool selects)
    {
        var profile = new InterceptProfile(_y, [.. _s.Select(s => s * s)]);
        var tau2 = Tau2Estimator.Estimate(profile, PoolingMethod.ML, []).Tau2;
        double[] correlations = selects ? [.02, .3, .6, .8, .93, MostCorrelated] : [0];
        double[] spreads = [0, .03, .15, .6, Math.Max(2, 2 * tau2)];
        var grid = new SelectionMaximum[correlations.Length, spreads.Length];
        for (var c = 0; c < correlations.Length; c++)
        {
            for (var t = 0; t < spreads.Length; t++)
            {
                var mean = profile.Estimate(Weighting.InverseVariance(spreads[t]), spreads[t]).Estimate;
                grid[c, t] = search.From([mean, correlations[c], spreads[t], 0], a => a is 1 or 2);
            }
        }

        var peaks = new List<double[]> { new[] { profile.Estimate(Weighting.InverseVariance(tau2), tau2).Estimate, correlations[0], tau2, 0 } };
        for (var c = 0; c < correlations.Length; c++)
        {
            for (var t = 0; t < spreads.Length; t++)
            {
                if (Beats(c - 1, t) && Beats(c + 1, t) && Beats(c, t - 1) && Beats(c, t + 1))
                {
                    peaks.Add(grid[c, t].At);
                }

                bool Beats(int otherC, int otherT) =>
                    otherC < 0 || otherT < 0 || otherC == correlations.Length || otherT == spreads.Length || grid[c, t].Value >= grid[otherC, otherT].Value;
            }
        }

        return peaks;
    }

    private double? Error(CopasLikelihood likelihood, SelectionMaximum best)
    {
        int[] free = [.. Enumerable.Range(0, 3).Where(a => !best.Held[a])];
        var (_, hessian) = likelihood.Derivatives(best.At);
        var information = new double[free.Length, free.Length];
        for (var a = 0; a < free.Length; a++)
        {
            for (var b = 0; b < free.Length; b++)
            {
                information[a, b] = -hessian[4 * free[a] + free[b]];
            }
        }

        var first = new double[free.Length];
        first[0] = 1;
        return ActiveSetNewton.Cholesky(information) is { } factor ? Math.Sqrt(ActiveSetNewton.Solve(factor, first)[0]) * _unit : null;
    }
}
