namespace MetaSpine;

/// <summary>How the between-study variance of a location-scale model follows from its moderators.</summary>
public enum ScaleLink
{
    /// <summary>ln tau^2 is linear in the moderators: tau^2 is positive everywhere, and a coefficient multiplies it.</summary>
    Log,

    /// <summary>tau^2 itself is linear, kept from below 0 in every study.</summary>
    Identity,
}

/// <summary>A coefficient of the between-study variance.</summary>
/// <param name="Name">The column of the scale's design.</param>
/// <param name="Estimate">The estimate: of ln tau^2 or of tau^2.</param>
/// <param name="StandardError">From the observed information; null where the maximum lies at the boundary or at infinity.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="DegreesOfFreedom">Those of the t distribution, k - q; null when the test is z.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Interval">The Wald interval.</param>
public sealed record ScaleCoefficient(
    string Name, double Estimate, double? StandardError, double? Statistic, double? DegreesOfFreedom, double? PValue, Interval? Interval);

/// <summary>A predicted between-study variance.</summary>
/// <param name="Tau2">tau^2 at the values asked for.</param>
/// <param name="Interval">Its Wald interval, made on the scale of the link; null where the coefficients have no standard errors.</param>
public readonly record struct PredictedTau2(double Tau2, Interval? Interval);

/// <summary>
/// A location-scale model: both the mean of the true effects and their between-study variance depend on moderators (Viechtbauer and
/// Lopez-Lopez 2022, doi:10.1002/jrsm.1562).
/// </summary>
public sealed partial record LocationScaleResult
{
    /// <summary>All effect sizes that were given.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The options of the fit.</summary>
    public required PoolingOptions Options { get; init; }

    /// <summary>How tau^2 follows from its moderators.</summary>
    public required ScaleLink Link { get; init; }

    /// <summary>The studies in the model, in order, with their weights.</summary>
    public required IReadOnlyList<PooledStudy> Studies { get; init; }

    /// <summary>tau^2 of each of these studies.</summary>
    public required IReadOnlyList<double> StudyTau2 { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The design of the mean effect.</summary>
    public required DesignMatrix Location { get; init; }

    /// <summary>The design of the between-study variance.</summary>
    public required DesignMatrix Scale { get; init; }

    /// <summary>The coefficients of the mean effect, on the analysis scale.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>Their covariance, as the test scales it, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The coefficients of ln tau^2 or tau^2.</summary>
    public required IReadOnlyList<ScaleCoefficient> ScaleCoefficients { get; init; }

    /// <summary>Their covariance, row by row; null where they have no standard errors.</summary>
    public required IReadOnlyList<IReadOnlyList<double>>? ScaleCovariance { get; init; }

    /// <summary>The test of all coefficients of the mean but the intercept (of all where there is none else).</summary>
    public required ModeratorTest Moderators { get; init; }

    /// <summary>The Wald test of all scale coefficients but the intercept; null without any, or without standard errors.</summary>
    public required ModeratorTest? ScaleModerators { get; init; }

    /// <summary>
    /// The likelihood-ratio test against one tau^2 for all studies with the same mean; null where that model is not contained in this one, or is this one.
    /// Restricted likelihoods can be compared here, for both models have the same moderators of the mean.
    /// </summary>
    public required ChiSquaredTest? ConstantTau2 { get; init; }

    /// <summary>Cochran's Q of the residuals with weights 1/v.</summary>
    public required ChiSquaredTest Q { get; init; }

    /// <summary>The likelihoods and information criteria.</summary>
    public required ModelFit Fit { get; init; }

    /// <summary>How the solution was reached.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What a careful reader should know about this result.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Predicts the mean effect, and where the effect of a new study is expected, at values of all moderators.</summary>
    /// <exception cref="ArgumentException">A moderator of the model has no value, a name is unknown, or a category does not occur.</exception>
    public Prediction Predict(params IReadOnlyList<(string Name, ModeratorValue Value)> at)
    {
        var values = ModeratorValues.Of(at);
        var row = Row(Location.Terms, values);
        double estimate = 0, variance = 0;
        for (var i = 0; i < row.Length; i++)
        {
            estimate += row[i] * Coefficients[i].Estimate;
            for (var j = 0; j < row.Length; j++)
            {
                variance += row[i] * row[j] * Covariance[i][j];
            }
        }

        var freedom = Studies.Count - Coefficients.Count;
        var mean = new ReferenceDistribution(Options.Test == PoolingTest.Z ? null : freedom, Options.Level).Coefficient("prediction", estimate, Math.Sqrt(Math.Max(0, variance)));
        var prediction = PredictionIntervals.Predict(
            estimate, mean.StandardError, Tau2At(values).Tau2, mean.DegreesOfFreedom, freedom, Options, Options.Prediction);
        Interval Back(Interval interval) => interval with { Lower = Effects.BackTransform(interval.Lower), Upper = Effects.BackTransform(interval.Upper) };
        return new Prediction
        {
            At = values,
            Estimate = estimate,
            StandardError = mean.StandardError,
            DegreesOfFreedom = mean.DegreesOfFreedom,
            Interval = mean.Interval,
            PredictionInterval = prediction,
            Natural = new NaturalResult(Effects.Measure.ReadAs, Effects.BackTransform(estimate), Back(mean.Interval), Back(prediction)),
            Notes = [.. NotesOf(Location.Terms, values).Union(NotesOf(Scale.Terms, values))],
        };
    }

    /// <summary>Predicts the between-study variance at values of its moderators.</summary>
    /// <exception cref="ArgumentException">A moderator of the scale has no value, a name is unknown, or a category does not occur.</exception>
    public PredictedTau2 Tau2At(ModeratorValues at)
    {
        ArgumentNullException.ThrowIfNull(at);
        var row = Row(Scale.Terms, at);
        var predictor = row.Zip(ScaleCoefficients, (z, c) => z * c.Estimate).Sum();
        double Natural(double value) => Link == ScaleLink.Log ? Math.Exp(value) : Math.Max(0, value);
        if (ScaleCovariance is null)
        {
            return new PredictedTau2(Natural(predictor), null);
        }

        double variance = 0;
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                variance += row[i] * row[j] * ScaleCovariance[i][j];
            }
        }

        var bounds = new ReferenceDistribution(ScaleCoefficients[0].DegreesOfFreedom, Options.Level).Around(predictor, Math.Sqrt(Math.Max(0, variance)));
        return new PredictedTau2(Natural(predictor), bounds with { Lower = Natural(bounds.Lower), Upper = Natural(bounds.Upper) });
    }

    /// <summary>The row of one part, from values for both.</summary>
    private double[] Row(DesignTerms terms, ModeratorValues at)
    {
        string[] all = [.. Location.Terms.Used.Union(Scale.Terms.Used)];
        return at.Names.FirstOrDefault(name => !all.Contains(name)) is { } unknown
            ? throw new ArgumentException($"The model has no moderator '{unknown}'{NearestName.Ending(unknown, all)}", nameof(at))
            : NamedSource.Row(terms, Part(terms, at), Studies);
    }

    private IReadOnlyList<string> NotesOf(DesignTerms terms, ModeratorValues at) => NamedSource.Notes(terms, Part(terms, at), Studies);

    private static ModeratorValues Part(DesignTerms terms, ModeratorValues at) =>
        ModeratorValues.Of([.. at.Names.Where(terms.Used.Contains).Select(name => (name, at[name]))]);
}
