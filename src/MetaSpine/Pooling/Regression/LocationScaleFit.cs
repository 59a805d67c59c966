namespace MetaSpine;

/// <summary>
/// One fit of a location-scale model. The scale's design is made orthonormal first, so that a raw calendar year is no harder than a
/// centred one; the likelihood is climbed from many starts, the constant tau^2 among them, and the highest maximum wins.
/// </summary>
internal sealed class LocationScaleFit
{
    /// <summary>A curvature below this share of the largest belongs to a likelihood that is still rising, far out.</summary>
    private const double Flat = 1e-7;

    /// <summary>How often the search goes on around a maximum that was higher than the last.</summary>
    private const int MostRounds = 5;

    /// <summary>
    /// Most climbs end within a dozen steps. One that has not ended after so many goes to infinity, where its height hardly changes: only the highest such are followed to their end.
    /// </summary>
    private const int FirstSteps = 30, MostFollowed = 6;

    /// <summary>The steps, for each coefficient, after which no further climb begins.</summary>
    private const int MostSteps = 5_000;

    private readonly EffectSizes _effects;
    private readonly UsableRows _rows;
    private readonly DesignMatrix _location;
    private readonly DesignMatrix _scale;
    private readonly PoolingOptions _options;
    private readonly ScaleLink _link;
    private readonly int _k;
    private readonly int _p;
    private readonly int _q;
    private readonly double[] _x;
    private readonly double[] _z;
    private readonly double[] _inverseR;
    private readonly double _constant;
    private readonly RegressionProfile _profile;
    private readonly ScaleLikelihood _likelihood;

    public LocationScaleFit(EffectSizes effects, UsableRows rows, DesignMatrix location, DesignMatrix scale, PoolingOptions options, ScaleLink link)
    {
        (_effects, _rows, _location, _scale, _options, _link) = (effects, rows, location, scale, options, link);
        (_k, _p, _q) = (rows.Count, location.Columns.Count, scale.Columns.Count);
        if (_k < _p + _q)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{UsableRows.Complete(_k)} cannot carry {_p} coefficients of the mean ({string.Join(", ", location.Columns)}) and {_q} of τ² ({string.Join(", ", scale.Columns)}): use fewer moderators."));
        }

        (_x, _z) = (rows.DesignOf(location), rows.DesignOf(scale));
        _profile = Independent(_x, location);
        _ = Independent(_z, scale);
        var basis = new WeightedFit(rows.Y, [.. rows.Y.Select(_ => 1.0)], _z, _q);
        var root = Math.Sqrt(_k);
        _inverseR = Array.ConvertAll(basis.InverseR(), value => value * root);
        var orthonormal = new double[_k * _q];
        for (var i = 0; i < _k; i++)
        {
            for (var j = 0; j < _q; j++)
            {
                orthonormal[i * _q + j] = basis.Orthonormal[j * _k + i] * root;
            }
        }

        _constant = LikelihoodTau2.Maximise(_profile, Restricted).Tau2;
        _likelihood = new ScaleLikelihood(rows.Y, rows.V, _x, _p, orthonormal, _q, Restricted, link);
        Orthonormal = [.. Enumerable.Range(0, _k).Select(i => orthonormal[(i * _q)..((i + 1) * _q)])];
    }

    private bool Restricted => _options.Method == PoolingMethod.REML;

    private double[][] Orthonormal { get; }

    public LocationScaleResult Result()
    {
        var (maximum, steps) = Highest();
        var notes = new List<string>();
        var covariance = ScaleCovariance(maximum, notes);
        var tau2 = Array.ConvertAll(_likelihood.Tau2(maximum.At), t => Math.Max(0, t));
        foreach (var active in maximum.Active)
        {
            tau2[active] = 0;
        }

        var fit = new WeightedFit(_rows.Y, [.. tau2.Zip(_rows.V, (t, v) => 1 / (v + t))], _x, _p);
        var (beta, unscaled) = fit.Solve();
        var inference = Inference.For(_options, _k - _p, fit.Weights.Zip(fit.Residuals, (w, r) => w * r * r).Sum() / (_k - _p), unscaled);
        var slopes = Slopes(_location);
        var atZero = _profile.At(0);
        return new LocationScaleResult
        {
            Effects = _effects,
            Options = _options,
            Link = _link,
            Studies = [.. _rows.Weigh([], 0).Select((study, i) => study with { Weight = fit.Weights[i] / fit.Weights.Sum() })],
            StudyTau2 = tau2,
            Excluded = _rows.Excluded,
            Location = _location,
            Scale = _scale,
            Coefficients = [.. beta.Select((b, i) => inference.Coefficient(_location.Columns[i], b, i))],
            Covariance = [.. Enumerable.Range(0, _p).Select(i => inference.Covariance[(i * _p)..((i + 1) * _p)])],
            ScaleCoefficients = ScaleCoefficients(Original(maximum.At), covariance),
            ScaleCovariance = covariance,
            Moderators = inference.Joint(beta, slopes),
            ScaleModerators = ScaleTest(Original(maximum.At), covariance),
            ConstantTau2 = AgainstConstant(maximum.Value),
            Q = new ChiSquaredTest(atZero.Rss, _k - _p, ChiSquared.Upper(atZero.Rss, _k - _p)),
            Fit = Criteria(fit),
            Provenance = new Provenance(
                $"{_options.Method}, {(_link == ScaleLink.Log ? "log" : "identity")} link",
                steps,
                maximum.Converged,
                !maximum.Converged ? "too many steps" : maximum.Active.Count > 0 ? "at the boundary, τ² of 0" : "solved to rounding"),
            Notes = notes,
        };
    }

    /// <summary>The highest maximum that any start leads to, and the steps of all climbs.</summary>
    private (NewtonMaximum Maximum, int Steps) Highest()
    {
        ActiveSetNewton Climb(int most) =>
            new(_q, x => _likelihood.Value(x), x => _likelihood.Derivatives(x), _link == ScaleLink.Identity ? Orthonormal : [], mostSteps: most);
        var (first, toTheEnd) = (Climb(FirstSteps), Climb(300));
        var steps = 0;
        NewtonMaximum Best(NewtonMaximum? best, IEnumerable<double[]> starts)
        {
            NewtonMaximum Add(NewtonMaximum found)
            {
                steps += found.Iterations;
                if (best is null || found.Value > best.Value + 1e-10 * (1 + Math.Abs(best.Value)) || (!best.Converged && found.Converged && found.Value >= best.Value))
                {
                    best = found;
                }

                return found;
            }

            var unfinished = new List<NewtonMaximum>();
            foreach (var start in starts.TakeWhile(_ => steps < MostSteps * _q))
            {
                if (Add(first.From(start)) is { Converged: false } found)
                {
                    unfinished.Add(found);
                }
            }

            foreach (var found in unfinished.OrderByDescending(found => found.Value).Take(MostFollowed))
            {
                Add(toTheEnd.From(found.At));
            }

            return best!;
        }

        var search = new ScaleStarts(_likelihood, Orthonormal, _rows, _x, _constant);
        var highest = Best(null, search.All());
        for (var round = 0; round < MostRounds && _q > 1; round++)
        {
            var before = highest.Value;
            highest = Best(highest, search.Around(highest.At));
            if (!(highest.Value > before + 1e-8))
            {
                break;
            }
        }

        return (highest, steps);
    }

    private double? ScaleFreedom => _options.Test == PoolingTest.Z ? null : _k - _q;

    private RegressionProfile Independent(double[] design, DesignMatrix matrix)
    {
        var profile = new RegressionProfile(_rows.Y, _rows.V, design, matrix.Columns.Count);
        return profile.DependentColumn < 0 ? profile : throw new PoolingException(Collinearity.Describe(design, matrix.Columns, profile.DependentColumn));
    }

    /// <summary>The coefficients of the design as it was given.</summary>
    private double[] Original(double[] gamma)
    {
        var alpha = new double[_q];
        for (var i = 0; i < _q; i++)
        {
            for (var j = i; j < _q; j++)
            {
                alpha[i] += _inverseR[i * _q + j] * gamma[j];
            }
        }

        return alpha;
    }

    private double[][]? ScaleCovariance(NewtonMaximum maximum, List<string> notes)
    {
        if (maximum.Active.Count > 0)
        {
            var names = maximum.Active.Select(i => _rows.Weigh([], 0)[i].Effect.Label);
            notes.Add($"The largest likelihood lies at the boundary, where τ² is 0 ({string.Join(", ", names)}): the coefficients of τ² have no standard errors there.");
            return null;
        }

        var information = new double[_q, _q];
        for (var i = 0; i < _q; i++)
        {
            for (var j = 0; j < _q; j++)
            {
                information[i, j] = maximum.Curvature[i * _q + j];
            }
        }

        var factor = ActiveSetNewton.Cholesky(information);
        var pivots = factor is null ? [] : Enumerable.Range(0, _q).Select(i => factor[i, i] * factor[i, i]).ToArray();
        if (factor is null || pivots.Min() <= Flat * Math.Max(1, pivots.Max()))
        {
            notes.Add("The likelihood hardly changes any more where the search ended, with τ² falling to 0 in some studies: the coefficients of τ² are not determined, and have no standard errors.");
            return null;
        }

        // The rows of the way back, each solved against the information.
        double[][] back = [.. Enumerable.Range(0, _q).Select(i => _inverseR[(i * _q)..((i + 1) * _q)])];
        return [.. back.Select(row => back.Select(other => row.Zip(ActiveSetNewton.Solve(factor, other), (a, b) => a * b).Sum()).ToArray())];
    }

    private ScaleCoefficient[] ScaleCoefficients(double[] alpha, double[][]? covariance) =>
    [
        .. alpha.Select((estimate, i) =>
        {
            if (covariance is null)
            {
                return new ScaleCoefficient(_scale.Columns[i], estimate, null, null, ScaleFreedom, null, null);
            }

            var c = new ReferenceDistribution(ScaleFreedom, _options.Level).Coefficient(_scale.Columns[i], estimate, Math.Sqrt(covariance[i][i]));
            return new ScaleCoefficient(c.Name, estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval);
        }),
    ];

    private ModeratorTest? ScaleTest(double[] alpha, double[][]? covariance)
    {
        var slopes = Slopes(_scale);
        return covariance is null || (slopes.Length == 1 && _scale.IsConstantOne(slopes[0]))
            ? null
            : new ReferenceDistribution(ScaleFreedom, _options.Level).Joint(
                WaldTest.Statistic([.. slopes.Select(i => alpha[i])], (i, j) => covariance[slopes[i]][slopes[j]]) ?? double.NaN, slopes.Length);
    }

    /// <summary>The columns but the intercept; all where there is none else.</summary>
    private static int[] Slopes(DesignMatrix design)
    {
        int[] slopes = [.. Enumerable.Range(0, design.Columns.Count).Where(column => !design.IsConstantOne(column))];
        return slopes.Length > 0 ? slopes : [0];
    }

    private ChiSquaredTest? AgainstConstant(double maximum)
    {
        double[] ones = [.. _rows.Y.Select(_ => 1.0)];
        var isContained = new WeightedFit(ones, ones, _z, _q).Residuals.Max(Math.Abs) < 1e-8;
        if (_q == 1 || !isContained)
        {
            return null;
        }

        var statistic = Math.Max(0, 2 * (maximum - LikelihoodTau2.LogLikelihood(_profile, _constant, Restricted)));
        return new ChiSquaredTest(statistic, _q - 1, ChiSquared.Upper(statistic, _q - 1));
    }

    private ModelFit Criteria(WeightedFit fit)
    {
        var (full, restricted) = (_likelihood.Value(fit, false), _likelihood.Value(fit, true));
        return ModelFit.Of(full, restricted, Restricted, _k, _p, _p + _q);
    }
}
