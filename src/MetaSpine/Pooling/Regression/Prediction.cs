namespace MetaSpine;

/// <summary>What a meta-regression predicts at given values of its moderators, on the analysis scale.</summary>
public sealed record Prediction
{
    /// <summary>The values of the moderators.</summary>
    public required ModeratorValues At { get; init; }

    /// <summary>The mean true effect there.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error, as the test scales it.</summary>
    public required double StandardError { get; init; }

    /// <summary>The degrees of freedom of the t distribution; null when the test is z.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>The confidence interval of the mean.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The interval for the true effect of a new study with these values; null under equal effects.</summary>
    public required Interval? PredictionInterval { get; init; }

    /// <summary>Estimate and intervals on the scale that people read.</summary>
    public required NaturalResult Natural { get; init; }

    /// <summary>What a careful reader should know: whether the values lie beyond those of the studies.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

public sealed partial record RegressionResult
{
    /// <summary>
    /// Predicts at values of the moderators: <c>result.Predict(("ablat", 33.5), ("alloc", "random"))</c>. Transformations, splines and interactions of the
    /// formula are made from them. A moderator of a design matrix from rows has the name of its column.
    /// </summary>
    /// <exception cref="ArgumentException">A moderator of the model has no value, a name is unknown, or a category does not occur.</exception>
    public Prediction Predict(params IReadOnlyList<(string Name, ModeratorValue Value)> at) => Predict(ModeratorValues.Of(at));

    /// <summary>Predicts at values of the moderators.</summary>
    /// <param name="at">The values, one for each moderator of the model.</param>
    /// <param name="method">How the prediction interval is made; as in the options of the fit where null.</param>
    /// <exception cref="ArgumentException">A moderator of the model has no value, a name is unknown, or a category does not occur.</exception>
    public Prediction Predict(ModeratorValues at, PredictionMethod? method = null)
    {
        ArgumentNullException.ThrowIfNull(at);
        var combination = Combine("prediction", NamedSource.Row(Design.Terms, at, Studies));
        Interval? prediction = Options.Method == PoolingMethod.EE
            ? null
            : PredictionIntervals.Predict(
                combination.Estimate, combination.StandardError, Tau2, combination.DegreesOfFreedom, StudyCount - Coefficients.Count, Options, method ?? Options.Prediction);
        return new Prediction
        {
            At = at,
            Estimate = combination.Estimate,
            StandardError = combination.StandardError,
            DegreesOfFreedom = combination.DegreesOfFreedom,
            Interval = combination.Interval,
            PredictionInterval = prediction,
            Natural = Natural(combination, prediction),
            Notes = NamedSource.Notes(Design.Terms, at, Studies),
        };
    }

    /// <summary>Predicts at several sets of values.</summary>
    /// <inheritdoc cref="Predict(ModeratorValues, PredictionMethod?)" path="/exception"/>
    public IReadOnlyList<Prediction> PredictAll(IEnumerable<ModeratorValues> at, PredictionMethod? method = null)
    {
        ArgumentNullException.ThrowIfNull(at);
        return [.. at.Select(values => Predict(values, method))];
    }

    /// <summary>A linear combination of the coefficients, with its inference.</summary>
    internal Coefficient Combine(string name, ReadOnlySpan<double> weights)
    {
        double estimate = 0, variance = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            estimate += weights[i] * Coefficients[i].Estimate;
            for (var j = 0; j < weights.Length; j++)
            {
                variance += weights[i] * weights[j] * Covariance[i][j];
            }
        }

        double? freedom = Options.Test == PoolingTest.Z ? null : Correction?.DegreesOfFreedom(weights) ?? StudyCount - Coefficients.Count;
        return new ReferenceDistribution(freedom, Options.Level).Coefficient(name, estimate, Math.Sqrt(Math.Max(0, variance)));
    }

    internal NaturalResult Natural(Coefficient c, Interval? prediction) =>
        new(Effects.Measure.ReadAs, Effects.BackTransform(c.Estimate), Back(c.Interval), prediction is { } interval ? Back(interval) : null);

    private Interval Back(Interval interval) =>
        interval with { Lower = Effects.BackTransform(interval.Lower), Upper = Effects.BackTransform(interval.Upper) };
}
