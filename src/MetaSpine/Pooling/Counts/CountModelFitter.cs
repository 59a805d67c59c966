namespace MetaSpine;

/// <summary>Fits one model for counts and gathers what is reported of it.</summary>
internal sealed class CountModelFitter
{
    /// <summary>An effect known no better than this on a log or logit scale is on its way to infinity.</summary>
    private const double UnknownError = 100;

    private readonly EffectSizes _effects;
    private readonly CountModelOptions _options;
    private readonly DesignMatrix? _given;
    private readonly CountModelData _data;
    private readonly CountDesign _design;
    private readonly CountSearch _search;
    private readonly CountQuadrature _points;
    private readonly CountMaximum _equal;
    private readonly CountMaximum _best;
    private readonly QuadratureRule _rule;
    private readonly bool _isSettled;

    public CountModelFitter(EffectSizes effects, CountModelOptions options, DesignMatrix? design)
    {
        _effects = effects;
        _options = options;
        _given = design;
        _data = CountModelData.Of(effects, options, design);
        var columns = design?.Columns ?? ["estimate"];
        var (k, p) = (_data.Studies.Length, columns.Count);
        if (k < p || (design is not null && k == p))
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{UsableRows.Complete(k)} cannot carry {p} coefficients ({string.Join(", ", columns)}): use fewer moderators, at least one study more than coefficients is needed."));
        }

        var rows = Array.ConvertAll(_data.Rows, row => design is null ? [1.0] : Enumerable.Range(0, p).Select(column => design[row, column]).ToArray());
        _design = new CountDesign(rows, columns);
        _search = Search(_design.Rows);
        _points = new CountQuadrature(Random, Refuse);
        (_equal, _best, _rule, _isSettled) = _points.Fit(_search, options.Points is { } points ? QuadratureRule.Hermite(points) : null);
        Bounded(_best);
    }

    private bool Random => _options.Method == PoolingMethod.ML && _data.Studies.Length > 1;

    public CountModelResult Result()
    {
        var (k, p) = (_data.Studies.Length, _design.Columns.Count);
        var (problem, state) = (_search.Problem, _best.State);
        var tau2 = Square(state.Shared[problem.Tau]);
        var (coefficients, covariance, tauVariance) = Estimates();
        var reference = new ReferenceDistribution(_options.Test == PoolingTest.Z || k == p ? null : k - p, _options.Level);
        var named = coefficients.Select((b, i) => reference.Coefficient(_design.Columns[i], b, Math.Sqrt(covariance[i, i]))).ToArray();
        var saturated = SaturatedCounts.Of(_data, _design.Rows, state.Shared[problem.Mu], _rule);
        var (typical, shareI2) = (TypicalVariance(), _options.Method == PoolingMethod.EE ? 0 : tau2);
        var tau2Interval = Random && _options.Tau2Interval ? CountQuadrature.Tau2Interval(_search, _best, _equal, _rule, _options) : (Interval?)null;
        var moderators = Moderators(named, covariance, reference);
        var integrated = state.Shared[problem.Tau] != 0 || state.Shared[problem.Sigma] != 0;
        return new CountModelResult
        {
            Model = _data.Model,
            Effects = _effects,
            Options = _options,
            Design = _given,
            Studies = [.. _data.Rows.Select(row => new CountedStudy(_effects.Data.Label(row), row))],
            Excluded = _data.Excluded,
            Coefficients = named,
            Covariance = [.. Enumerable.Range(0, p).Select(i => Enumerable.Range(0, p).Select(j => covariance[i, j]).ToArray())],
            PredictionInterval = Random && _given is null
                ? reference.Around(named[0].Estimate, Math.Sqrt(Square(named[0].StandardError) + tau2))
                : null,
            Tau2 = tau2,
            Tau2StandardError = tau2 > 0 ? 2 * Math.Sqrt(tau2 * tauVariance) : null,
            Tau2Interval = tau2Interval,
            BaselineVariance = _data.RandomBaselines ? Square(state.Shared[problem.Sigma]) : null,
            Correlation = _options.Correlated && tau2 > 0 && state.Shared[problem.Sigma] != 0 ? Correlation(state) : null,
            I2 = typical is { } v ? ModelSummary.Share(shareI2, v) : null,
            H2 = typical is { } w ? shareI2 / w + 1 : null,
            HeterogeneityWald = saturated.Wald,
            HeterogeneityLikelihoodRatio = k > p ? Ratio(saturated.LogLikelihood, _equal.Value, k - p) : null,
            Tau2Test = Random ? HalfTail(Ratio(_best.Value, _equal.Value, 1)) : null,
            Moderators = moderators,
            ModeratorsLikelihoodRatio = Ratio(_best.Value, WithoutModerators(), moderators.DegreesOfFreedom),
            Fit = CountModelFit.Of(_best.Value, Parameters, _data.Observations),
            Points = integrated ? _rule.Count : 0,
            Provenance = new Provenance(
                Random ? "ML" : "EE",
                _search.Evaluations,
                _best.Converged,
                _best.Converged ? "the gradient is zero to rounding" : "no step raised the likelihood any more"),
            Notes = [.. Notes(tau2, tau2Interval)],
        };
    }

    private int Parameters =>
        _design.Columns.Count + (Random ? 1 : 0) + (_options.Correlated && Random ? 1 : 0)
        + (_data.OwnBaselines ? _data.Studies.Length : _data.RandomBaselines ? 2 : 0);

    private CountSearch Search(double[][] design)
    {
        var problem = new CountProblem
        {
            Studies = _data.Studies, Design = design, OwnBaselines = _data.OwnBaselines, RandomBaselines = _data.RandomBaselines,
        };
        return new CountSearch(problem, _options.Correlated && Random, _data.Baselines.Average(), _data.OwnBaselines ? _data.Baselines : []);
    }

    /// <summary>The estimates on the given design, their covariance from the information on all parameters, and the variance of tau.</summary>
    private (double[] Coefficients, double[,] Covariance, double TauVariance) Estimates()
    {
        var interior = _search.Interior(_best.State);
        var inverse = SmallMatrix.Inverse(SmallMatrix.Part(_best.At.Information, interior)) ?? throw NotDetermined();
        var p = _design.Columns.Count;
        var (b, covariance) = _design.Back(_best.State.Shared[..p], SmallMatrix.Part(inverse, [.. Enumerable.Range(0, p)]));
        var tau = Array.IndexOf(interior, _search.Problem.Tau);
        return (b, covariance, tau < 0 ? 0 : inverse[tau, tau]);
    }

    /// <summary>An estimate that is infinite has no information about it where the search gave up following it.</summary>
    private void Refuse(CountSearch search, CountMaximum maximum)
    {
        var count = search.Problem.CoefficientCount;
        if (count == 0)
        {
            return;
        }

        var interior = search.Interior(maximum.State);
        var inverse = SmallMatrix.Inverse(SmallMatrix.Part(maximum.At.Information, interior));
        if (!maximum.Converged || inverse is null || Enumerable.Range(0, count).Any(i => !(inverse[i, i] < UnknownError * UnknownError)))
        {
            throw NotDetermined();
        }
    }

    /// <summary>Where the studies contradict each other as far as counts can, the likelihood rises with tau^2 for ever.</summary>
    private void Bounded(CountMaximum maximum)
    {
        if (!CountQuadrature.IsBounded(_search, maximum))
        {
            throw new PoolingException(
                $"The variances have no finite estimate in this model ({_data.Model}): the studies' counts are at opposite ends of what is possible. The equal-effects model (EE), the Mantel-Haenszel method or a beta-binomial model can be fitted.");
        }
    }

    private PoolingException NotDetermined() => new(
        $"{_effects.Measure.Code} has no finite estimate in this model ({_data.Model}): "
        + (_effects.Measure.NullValue is null
            ? "there is no event in any study, or nothing but events"
            : "in every study that says something about the effect, the counts are at the same end of what is possible, as with no event in one of the groups")
        + (_given is null ? "" : ", or at such an end for some value of a moderator")
        + (_effects.Measure.Code == "OR" ? ". ExactOddsRatio gives the one finite bound." : "."));

    private ModeratorTest Moderators(Coefficient[] named, double[,] covariance, ReferenceDistribution reference)
    {
        var tested = Tested;
        var part = SmallMatrix.Part(covariance, tested);
        var estimates = Array.ConvertAll(tested, i => named[i].Estimate);
        var solved = SmallMatrix.Solve(part, estimates) ?? throw NotDetermined();
        return reference.Joint(Enumerable.Range(0, tested.Length).Sum(i => estimates[i] * solved[i]), tested.Length);
    }

    /// <summary>The columns that the joint test is about.</summary>
    private int[] Tested
    {
        get
        {
            var all = Enumerable.Range(0, _design.Columns.Count);
            var others = all.Where(column => _given is not null && !_given.IsConstantOne(column)).ToArray();
            return others.Length == 0 ? [.. all] : others;
        }
    }

    /// <summary>
    /// The log-likelihood without the columns that the joint test is about. It may rise with tau^2 beyond any that is reported, as where rare events are
    /// held against a proportion of one half; then it is the value where the search ended.
    /// </summary>
    private double WithoutModerators()
    {
        var kept = Enumerable.Range(0, _design.Columns.Count).Except(Tested).ToArray();
        var rows = Array.ConvertAll(_data.Rows, row => Array.ConvertAll(kept, column => _given![row, column]));
        var search = Search(kept.Length == 0 ? rows : new CountDesign(rows, [.. kept.Select(column => _design.Columns[column])]).Rows);
        return _points.Fit(search, _rule).Best.Value;
    }

    /// <summary>The sampling variance that stands for the studies' in I^2 (Higgins and Thompson 2002, doi:10.1002/sim.1186).</summary>
    private double? TypicalVariance()
    {
        try
        {
            var rows = UsableRows.Select(_effects, _given);
            var p = _design.Columns.Count;
            if (rows.Count <= p)
            {
                return null;
            }

            return (rows.Count - p) / (_given is null
                ? new InterceptProfile(rows.Y, rows.V).At(0).TrP
                : new RegressionProfile(rows.Y, rows.V, rows.DesignOf(_given), p).At(0).TrP);
        }
        catch (PoolingException)
        {
            return null;
        }
    }

    private double Correlation(CountState state)
    {
        var problem = _search.Problem;
        return Math.Sin(state.Shared[problem.Phi]) * Math.Sign(state.Shared[problem.Tau]) * Math.Sign(state.Shared[problem.Sigma]);
    }

    private IEnumerable<string> Notes(double tau2, Interval? interval)
    {
        if (_data.Excluded.Count > 0)
        {
            yield return $"Left out: {string.Join("; ", _data.Excluded.Select(study => $"{study.Label} ({study.Reason})"))}.";
        }

        if (Random && tau2 == 0)
        {
            yield return "τ² is estimated as 0, so the estimate is that of the equal-effects model; this does not show that the true effects are equal.";
        }

        if (interval is { } bounds && double.IsInfinity(bounds.Upper))
        {
            yield return "The counts set no upper bound to τ².";
        }

        if (!_isSettled && _search.Problem.RandomBaselines && _search.Interior(_best.State).Length > 0)
        {
            yield return FormattableString.Invariant(
                $"With {_rule.Count} × {_rule.Count} quadrature points the result has not settled to seven digits; where counts lie very far apart, even the third may move. Points shows which hold, and CM.EL integrates in one dimension, which settles.");
        }

        if (_options is { Model: CountModel.CMAL } && _effects.Measure.Code == "OR")
        {
            yield return "CM.AL takes the treated events as binomial, which is right for rare events only: its estimate is then nearly a risk ratio. CM.EL is exact, and as fast.";
        }

        if (_options.Points is not null && Random)
        {
            yield return FormattableString.Invariant($"{_options.Points} quadrature points were asked for; the default takes as many as the digits shown need.");
        }
    }

    private static ChiSquaredTest Ratio(double larger, double smaller, int freedom) =>
        StratifiedTests.Test(Math.Max(0, 2 * (larger - smaller)), freedom);

    private static ChiSquaredTest HalfTail(ChiSquaredTest test) => test with { PValue = test.Statistic == 0 ? 1 : test.PValue / 2 };

    private static double Square(double x) => x * x;
}
