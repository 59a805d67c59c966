namespace MetaSpine;

/// <summary>Fits a model of dependent effects and says what its numbers mean.</summary>
internal sealed record MultilevelFit(
    EffectSizes Effects,
    MultilevelOptions Options,
    IReadOnlyList<RandomTerm> Random,
    IReadOnlyList<PooledStudy> Studies,
    IReadOnlyList<ExcludedStudy> Excluded,
    IReadOnlyList<VarianceComponent> Components,
    IReadOnlyList<Coefficient> Coefficients,
    IReadOnlyList<IReadOnlyList<double>> Covariance,
    ModeratorTest Moderators,
    ChiSquaredTest Q,
    ModelFit Criteria,
    Provenance Provenance,
    IReadOnlyList<string> Notes,
    MultilevelModel Model,
    MultilevelFreedom Freedom)
{
    public static MultilevelFit Of(
        EffectSizes effects,
        IReadOnlyList<RandomTerm> random,
        IReadOnlyList<Predictor> groupings,
        SamplingCovariance? covariance,
        DesignMatrix? design,
        MultilevelOptions options,
        double[]? near = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(groupings);
        var restricted = IsRestricted(options);
        if (covariance is not null && covariance.Count != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"V is of {covariance.Count} effects, but there are {effects.Count} effect sizes: give a row for each, in the same order."), nameof(covariance));
        }

        var (rows, excluded) = Rows(effects, random, groupings, design);
        var columns = design?.Columns ?? ["estimate"];
        var (k, p) = (rows.Length, columns.Count);
        if (k <= p)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{(k == 1 ? "1 effect" : $"{k} effects")} cannot carry {(p == 1 ? "1 coefficient" : $"{p} coefficients")} and variances between them: at least {p + 1} are needed."));
        }

        var y = Array.ConvertAll(rows, row => effects.Studies[row].Estimate);
        var v = covariance?.Of(rows) ?? SamplingCovariance.Diagonal(Array.ConvertAll(rows, row => effects.Studies[row].Variance));
        double[] x = [.. rows.SelectMany(row => Enumerable.Range(0, p).Select(column => design?[row, column] ?? 1))];
        var unit = Unit(y, v, x, columns);
        var notes = new List<string>();
        RandomPart[] parts = [.. random.SelectMany(term => RandomParts.Of(term, name => Column(groupings, name), rows, unit))];
        Identifiability.Check(parts);
        var likelihood = new MixedLikelihood(y, v, x, p, parts);
        var held = Held(random, parts, notes);
        var maximum = ComponentSearch.Highest(likelihood, held, restricted, unit, parts.Sum(part => part.Apart.Count), near);
        var model = new MultilevelModel(rows, y, v, x, columns, parts, likelihood, maximum, unit, groupings, covariance);
        var freedom = new MultilevelFreedom(model, options.Test);
        var fit = maximum.Fit;
        var components = ComponentValues.Of(model);
        notes.AddRange(Identifiability.Notes(model));
        return new MultilevelFit(
            effects,
            options,
            random,
            [.. rows.Zip(model.Shares(), (row, share) => new PooledStudy(effects.Studies[row], row, share))],
            excluded,
            components,
            [.. columns.Select((name, j) => new ReferenceDistribution(freedom.Of(j), options.Level).Coefficient(name, fit.Coefficients[j], Math.Sqrt(freedom.Covariance[j * p + j])))],
            [.. Enumerable.Range(0, p).Select(i => freedom.Covariance[(i * p)..(i * p + p)])],
            Joint(model, freedom, options.Level),
            new ChiSquaredTest(likelihood.Q, k - p, ChiSquared.Upper(likelihood.Q, k - p)),
            ModelFit.Of(fit.LogLikelihood, fit.RestrictedLogLikelihood, restricted, k, p, p + maximum.IsEstimated.Count(estimated => estimated)),
            new Provenance(options.Method.ToString(), maximum.Evaluations, maximum.Converged, Account(maximum, components)),
            notes,
            model,
            freedom);
    }

    /// <summary>Why the search stopped, how many of its starts agree, and which numbers lie at the end of what is possible.</summary>
    private static string Account(ComponentMaximum maximum, IReadOnlyList<VarianceComponent> components) =>
        (maximum.Converged ? "the gradient is 0 to rounding" : "no step raises the likelihood, but its gradient is not 0")
        + (maximum.Starts > 1 ? FormattableString.Invariant($"; {maximum.Agreeing} of {maximum.Starts} starts led to the highest likelihood") : "")
        + string.Concat(components.Where(component => component.IsAtBound)
            .Select(component => FormattableString.Invariant($"; {component.Kind.ToString().ToLowerInvariant()} of {component.Label} at its end, {component.Value:0.##}")));

    private static ModeratorTest Joint(MultilevelModel model, MultilevelFreedom freedom, double level)
    {
        var (tested, fit) = (model.Tested, model.Maximum.Fit);
        var wald = WaldTest.Statistic(Array.ConvertAll(tested, j => fit.Coefficients[j]), (i, j) => freedom.Covariance[tested[i] * model.P + tested[j]]) ?? double.NaN;
        var (scale, residual) = freedom.OfJoint(tested);
        return new ReferenceDistribution(residual, level).Joint(scale * wald, tested.Length);
    }

    private static bool IsRestricted(MultilevelOptions options)
    {
        if (!(options.Level is > 0 and < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The level {options.Level} is no proportion between 0 and 1, such as 0.95."), nameof(options));
        }

        return options.Method switch
        {
            PoolingMethod.REML => true,
            PoolingMethod.ML when options.Test == MultilevelTest.KenwardRoger => throw new ArgumentException("The Kenward-Roger test is defined for REML; choose the method REML, or the test satterthwaite.", nameof(options)),
            PoolingMethod.ML => false,
            _ => throw new ArgumentException($"Models of dependent effects are fitted by REML or ML, not by {options.Method}.", nameof(options)),
        };
    }

    private static (int[] Rows, IReadOnlyList<ExcludedStudy> Excluded) Rows(
        EffectSizes effects, IReadOnlyList<RandomTerm> random, IReadOnlyList<Predictor> groupings, DesignMatrix? design)
    {
        if (design is not null && design.RowCount != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The design matrix has {design.RowCount} rows, but there are {effects.Count} effect sizes: give one row per effect size, in the same order."), nameof(design));
        }

        foreach (var given in groupings.Where(given => given.Count != effects.Count))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"'{given.Name}' has {given.Count} values, but there are {effects.Count} effect sizes: give one per effect size, in the same order."), nameof(groupings));
        }

        var usable = UsableRows.Select(effects, design);
        Predictor[] needed = [.. random.SelectMany(term => term.Grouping.Concat(term.Inner)).Distinct().Select(name => Column(groupings, name))];
        var (rows, excluded) = (new List<int>(), usable.Excluded.ToList());
        foreach (var row in usable.Rows)
        {
            if (Array.Find(needed, column => column.IsMissing(row)) is { } missing)
            {
                excluded.Add(new ExcludedStudy(effects.Studies[row].Label, row, $"its '{missing.Name}' is missing"));
            }
            else
            {
                rows.Add(row);
            }
        }

        return ([.. rows], [.. excluded.OrderBy(study => study.Row)]);
    }

    private static Predictor Column(IReadOnlyList<Predictor> groupings, string name) =>
        groupings.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"There is no variable '{name}'{NearestName.Hint(name, [.. groupings.Select(column => column.Name)])}", nameof(groupings));

    /// <summary>The values at which parameters are fixed: those that a term fixes, and 0 for a grouping of one level, whose effect is the intercept's.</summary>
    private static double?[] Held(IReadOnlyList<RandomTerm> random, RandomPart[] parts, List<string> notes)
    {
        var held = parts.Select(part => new double?[part.Factor.Parameters.Count]).ToArray();
        var next = 0;
        foreach (var term in random)
        {
            var own = term.Inner.Count > 0 ? 1 : term.Grouping.Count;
            ComponentValues.Fix(term, parts.AsSpan(next, own), held.AsSpan(next, own));
            next += own;
        }

        for (var part = 0; part < parts.Length; part++)
        {
            if (parts[part].Widths.Length == 1 && parts[part].Widths[0] == 1)
            {
                held[part][0] = 0;
                notes.Add($"'{parts[part].Name}' has one level only, whose effect cannot be told from the average: its variance is fixed at 0.");
            }
        }

        return [.. held.SelectMany(part => part)];
    }

    /// <summary>The standard deviation of the residuals of least squares, or of the sampling errors where that is nothing.</summary>
    private static double Unit(double[] y, SamplingCovariance v, double[] x, IReadOnlyList<string> columns)
    {
        var (k, p) = (y.Length, columns.Count);
        var fit = new OrthogonalFit(k, p);
        var ones = Enumerable.Repeat(1.0, k).ToArray();
        if (fit.Fit(y, ones, x, Weighting.Unit) is var dependent and >= 0)
        {
            throw new PoolingException(Collinearity.Describe(x, columns, dependent));
        }

        var typical = k / Enumerable.Range(0, k).Sum(i => 1 / v[i, i]);
        return Math.Sqrt(Math.Max(OrthogonalFit.Dot(fit.Residuals, fit.Residuals) / (k - p) / 2, typical / 100));
    }
}
