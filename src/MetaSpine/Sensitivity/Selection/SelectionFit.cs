namespace MetaSpine;

/// <summary>Fits one selection model and says what was found.</summary>
internal sealed class SelectionFit
{
    /// <summary>How often the largest estimates' variance may be exceeded: beyond it the likelihood of a truncated normal distribution rises without end.</summary>
    private const double MostSpread = 100;

    private readonly ModelResult _model;
    private readonly ModelData _data;
    private readonly SelectionFunction _function;
    private readonly SelectionSide _side;
    private readonly double? _fixedTau2;
    private readonly SelectionOptions _options;
    private readonly SelectionWeights _weights;
    private readonly SelectionLikelihood _likelihood;
    private readonly SelectionSearch _search;
    private readonly List<double[]> _starts = [];
    private readonly double[] _unadjusted;
    private readonly double _unadjustedTau2;
    private readonly double _unadjustedLikelihood;

    public SelectionFit(ModelResult model, ModelData data, SelectionFunction function, SelectionSide side, double? fixedTau2, SelectionOptions options)
    {
        (_model, _data, _function, _side, _fixedTau2, _options) = (model, data, function, side, fixedTau2, options);
        (_unadjusted, _unadjustedTau2, _unadjustedLikelihood) = Unadjusted();
        _weights = SelectionWeights.Of(function, side, data.Y, data.V);
        _likelihood = new SelectionLikelihood(data, _weights);
        _search = Bounded();
        FindStarts();
    }

    private int Tau2 => _data.P;

    public SelectionResult Result()
    {
        var best = Maximum();
        var intervals = new Interval?[_search.Size];
        for (var attempt = 0; _options.Intervals; attempt++)
        {
            var profiles = new SelectionProfiles(_search, best, _starts, _options.Level);
            intervals = Profiled(profiles, best);
            if (profiles.Highest.Value <= best.Value + 1e-7 || attempt == 3)
            {
                break;
            }

            // A profile met a higher point than the search: the maximum is near it.
            _starts.Insert(0, profiles.Highest.At);
            best = Maximum();
        }

        var errors = Errors(best);
        var names = _data.Columns.Append("tau^2").Concat(_function.Parameters).ToList();
        var estimates = names.Select((name, a) => Estimate(name, a, best, errors[a], intervals[a])).ToList();
        var result = new SelectionResult
        {
            Model = _model,
            Function = _function,
            Side = _side,
            Coefficients = [.. estimates.Take(Tau2)],
            Tau2 = estimates[Tau2],
            Parameters = [.. estimates.Skip(Tau2 + 1)],
            Steps = Steps(estimates),
            LogLikelihood = best.Value,
            UnadjustedLogLikelihood = _unadjustedLikelihood,
            Unadjusted = _unadjusted,
            UnadjustedTau2 = _unadjustedTau2,
            SelectionTest = _weights.Parameters == 0 ? null : Test(best.Value - _unadjustedLikelihood, _weights.Parameters),
            HeterogeneityTest = _fixedTau2 is null ? Test(best.Value - (best.At[Tau2] == 0 ? best : _search.OnFace(Tau2, best, _starts) ?? best).Value, 1) : null,
            Provenance = new Provenance(
                $"maximum likelihood, {_function.Name}", best.Iterations, best.Converged,
                best.Converged ? best.Held.Where((held, a) => held && _search.Smallest[a] < _search.Largest[a]).Any() ? "at a bound of a parameter" : "solved to rounding" : "no further rise, though the gradient has not vanished"),
            Notes = [],
        };
        return result with { Notes = SelectionNotes.For(result, _options) };
    }

    private static ChiSquaredTest Test(double rise, int freedom)
    {
        var statistic = Math.Max(0, 2 * rise);
        return new ChiSquaredTest(statistic, freedom, ChiSquared.Upper(statistic, freedom));
    }

    /// <summary>The same model without selection.</summary>
    private (double[] Coefficients, double Tau2, double LogLikelihood) Unadjusted()
    {
        var options = new PoolingOptions { Method = _fixedTau2 == 0 ? PoolingMethod.EE : PoolingMethod.ML, FixedTau2 = _fixedTau2 > 0 ? _fixedTau2 : null, Test = PoolingTest.Z };
        ModelResult fit = _model is RegressionResult regression
            ? MetaAnalysis.Regress(_model.Effects, regression.Design, options)
            : MetaAnalysis.Pool(_model.Effects, options);
        return (fit is RegressionResult { Coefficients: var all } ? [.. all.Select(coefficient => coefficient.Estimate)] : [((PooledResult)fit).Estimate], fit.Tau2, fit.Fit.LogLikelihood);
    }

    private SelectionSearch Bounded()
    {
        var size = _likelihood.Size;
        var (lowest, highest) = (new double[size], new double[size]);
        Array.Fill(lowest, double.NegativeInfinity);
        Array.Fill(highest, double.PositiveInfinity);
        var unit = _likelihood.Units[Tau2];
        var spread = _data.Y.Max() - _data.Y.Min();
        (lowest[Tau2], highest[Tau2]) = _fixedTau2 is { } known
            ? (known / unit, known / unit)
            : (0, MostSpread * (spread * spread + _data.V.Max()) / unit);
        for (var d = 0; d < _weights.Parameters; d++)
        {
            (lowest[Tau2 + 1 + d], highest[Tau2 + 1 + d]) = (_weights.Lowest[d], _function.IsDecreasing ? 1 : _options.LargestParameter);
        }

        return new SelectionSearch(_likelihood, lowest, highest, _function.IsDecreasing ? Tau2 + 1 : null);
    }

    /// <summary>The model without selection, and for each start of the selection function the best of some effects and heterogeneities.</summary>
    private void FindStarts()
    {
        var units = _likelihood.Units;
        double[] plain = [.. _unadjusted.Select((b, j) => b / units[j])];
        double[] noEffect = [.. plain.Select((b, j) => j == 0 ? 0 : b)], doubled = [.. plain.Select((b, j) => j == 0 ? 2 * b : b)];
        var tau2 = _unadjustedTau2 / units[Tau2];
        _starts.Add([.. plain, tau2, .. _weights.None]);
        double[][] selections = [.. _weights.Starts.Select(start => start.Select(value => Math.Min(value, _search.Largest[^1])).ToArray())];
        foreach (var selection in selections)
        {
            double[]? best = null;
            foreach (var coefficients in new[] { plain, noEffect, doubled })
            {
                foreach (var spread in new[] { tau2, 0, 4 * Math.Max(tau2, .25) })
                {
                    double[] start = [.. coefficients, spread, .. selection];
                    best = best is null || _likelihood.Value(start) > _likelihood.Value(best) ? start : best;
                }
            }

            _starts.Add(best!);
        }
    }

    private SelectionMaximum Maximum() =>
        _search.Highest(_starts, _starts.Count, Tau2)
        ?? throw new PoolingException("The likelihood of the selection model cannot be computed for these studies: their estimates are too many standard errors from each other; check the numbers.");

    private Interval?[] Profiled(SelectionProfiles profiles, SelectionMaximum best)
    {
        var errors = Errors(best);
        var intervals = new Interval?[_search.Size];
        for (var a = 0; a < _search.Size; a++)
        {
            if (_search.Smallest[a] == _search.Largest[a])
            {
                continue;
            }

            var unit = _likelihood.Units[a];
            var guess = (errors[a] ?? Math.Max(unit, Math.Abs(best.At[a] * unit) / 2)) / unit;
            var (lower, upper) = profiles.Interval(a, 2 * guess, bound => bound == _search.Smallest[a] || _function.IsDecreasing);
            intervals[a] = new Interval(lower * unit, upper * unit, _options.Level);
        }

        return intervals;
    }

    /// <summary>Standard errors from the observed information of the parameters that no bound holds.</summary>
    private double?[] Errors(SelectionMaximum best)
    {
        var errors = new double?[_search.Size];
        int[] free = [.. Enumerable.Range(0, _search.Size).Where(a => !best.Held[a])];
        var (_, hessian) = _likelihood.Derivatives(best.At);
        var information = new double[free.Length, free.Length];
        for (var a = 0; a < free.Length; a++)
        {
            for (var b = 0; b < free.Length; b++)
            {
                information[a, b] = -hessian[free[a] * _search.Size + free[b]];
            }
        }

        if (ActiveSetNewton.Cholesky(information) is { } factor)
        {
            for (var a = 0; a < free.Length; a++)
            {
                var unit = new double[free.Length];
                unit[a] = 1;
                errors[free[a]] = Math.Sqrt(ActiveSetNewton.Solve(factor, unit)[a]) * _likelihood.Units[free[a]];
            }
        }

        return errors;
    }

    private SelectionEstimate Estimate(string name, int a, SelectionMaximum best, double? error, Interval? interval)
    {
        var estimate = best.At[a] * _likelihood.Units[a];
        Interval? wald = error is { } known ? ReferenceDistribution.Normal(_options.Level).Around(estimate, known) : null;
        return new SelectionEstimate(name, estimate, error, interval, wald, best.Held[a] && _search.Smallest[a] < _search.Largest[a]);
    }

    private SelectionStep[] Steps(List<SelectionEstimate> estimates)
    {
        if (_function.Kind != SelectionKind.Step)
        {
            return [];
        }

        var own = ((StepWeights)_weights).Own;
        var free = Tau2 + 1;
        return
        [
            .. _function.Cuts.Select((upper, j) => new SelectionStep(
                j == 0 ? 0 : _function.Cuts[j - 1], upper, own.Count(index => index == j),
                double.IsNaN(_function.Weights[j]) ? estimates[free++].Estimate : _function.Weights[j])),
        ];
    }
}
