namespace MetaSpine;

/// <summary>A linear combination of coefficients: a name, and a weight for some of them.</summary>
/// <param name="Name">What it says, as in "random - systematic".</param>
/// <param name="Weights">The weights by the names of the coefficients; the others have weight 0.</param>
public sealed record LinearCombination(string Name, IReadOnlyList<(string Coefficient, double Weight)> Weights)
{
    /// <summary>A combination: <c>LinearCombination.Of("random - systematic", ("allocrandom", 1), ("allocsystematic", -1))</c>.</summary>
    public static LinearCombination Of(string name, params IReadOnlyList<(string Coefficient, double Weight)> weights)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(weights);
        return new(name, weights);
    }
}

/// <summary>A tested linear combination of coefficients, on the analysis scale.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error, as the test scales it.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="DegreesOfFreedom">Those of the t distribution; null when the test is z.</param>
/// <param name="PValue">Two-sided, for this test alone.</param>
/// <param name="AdjustedPValue">Adjusted for the number of tests.</param>
/// <param name="Interval">The confidence interval, for this combination alone.</param>
public sealed record Contrast(
    string Name, double Estimate, double StandardError, double Statistic, double? DegreesOfFreedom, double PValue, double AdjustedPValue, Interval Interval);

/// <summary>Several contrasts, tested together.</summary>
/// <param name="Contrasts">Each, in the order asked for.</param>
/// <param name="Adjustment">How the p-values are adjusted.</param>
/// <param name="Joint">The test that all are 0; null where one is a combination of the others.</param>
public sealed record ContrastSet(IReadOnlyList<Contrast> Contrasts, Multiplicity Adjustment, ModeratorTest? Joint);

/// <summary>The test of a term of the formula: all its coefficients at once.</summary>
/// <param name="Term">The term, as in "factor(alloc)" or "ablat:alloc".</param>
/// <param name="Test">The test.</param>
public sealed record TermTest(string Term, ModeratorTest Test);

public sealed partial record RegressionResult
{
    /// <summary>
    /// The test of each term but the intercept, given all others. Where a term is part of an interaction, its test concerns the reference category
    /// or the value 0 of the other moderators, and is seldom what one wants.
    /// </summary>
    /// <exception cref="PoolingException">The coefficients of a term depend on each other to rounding, as raw powers of a calendar year do.</exception>
    public IReadOnlyList<TermTest> TermTests =>
    [
        .. Design.Terms.Terms.Where(term => term.Variables.Count > 0).Select(term => new TermTest(term.Name, Together(term.Columns))),
    ];

    /// <summary>Tests that some coefficients are all 0.</summary>
    /// <param name="names">Names of coefficients or of terms.</param>
    /// <exception cref="ArgumentException">A name does not exist, or there is none.</exception>
    /// <exception cref="PoolingException">The coefficients depend on each other to rounding.</exception>
    public ModeratorTest Test(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var columns = names.SelectMany(ColumnsOf).Distinct().ToList();
        return columns.Count > 0 ? Together(columns) : throw new ArgumentException("Name the coefficients or terms to test.", nameof(names));
    }

    /// <summary>Tests linear combinations of the coefficients.</summary>
    /// <param name="combinations">The combinations.</param>
    /// <param name="adjustment">How the p-values are adjusted for their number. <value>Default Holm: valid whatever the dependence, and sharper than Bonferroni.</value></param>
    /// <exception cref="ArgumentException">A coefficient does not exist, or there is no combination.</exception>
    public ContrastSet Contrasts(IReadOnlyList<LinearCombination> combinations, Multiplicity adjustment = Multiplicity.Holm)
    {
        ArgumentNullException.ThrowIfNull(combinations);
        return Contrasts([.. combinations.Select(combination => (combination.Name, Weights(combination)))], adjustment);
    }

    /// <summary>The difference between the predictions at two sets of values, first minus second.</summary>
    /// <exception cref="ArgumentException">A moderator of the model has no value, a name is unknown, or a category does not occur.</exception>
    public Contrast Difference(ModeratorValues first, ModeratorValues second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (a, b) = (NamedSource.Row(Design.Terms, first, Studies), NamedSource.Row(Design.Terms, second, Studies));
        return Contrasts([($"({first}) - ({second})", Minus(a, b))], Multiplicity.None).Contrasts[0];
    }

    internal ContrastSet Contrasts(IReadOnlyList<(string Name, double[] Weights)> rows, Multiplicity adjustment)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("There is no contrast to test.", nameof(rows));
        }

        Coefficient[] tested = [.. rows.Select(row => Combine(row.Name, row.Weights))];
        var adjusted = MultiplicityAdjustment.Adjust(Array.ConvertAll(tested, c => c.PValue), adjustment);
        return new ContrastSet(
            [.. tested.Select((c, i) => new Contrast(c.Name, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, adjusted[i], c.Interval))],
            adjustment,
            Joint([.. rows.Select(row => row.Weights)]));
    }

    internal static double[] Minus(double[] a, double[] b) => [.. a.Select((value, i) => value - b[i])];

    private ModeratorTest Together(IEnumerable<int> columns) => Joint([.. columns.Select(Unit)]) ?? throw new PoolingException(
        $"The coefficients {string.Join(", ", columns.Select(column => Design.Columns[column]))} depend on each other too closely for a joint test: centre or rescale their moderators, or use poly() or ns().");

    private ModeratorTest? Joint(double[][] rows)
    {
        double Product(double[] a, double[] b)
        {
            double sum = 0;
            for (var i = 0; i < a.Length; i++)
            {
                for (var j = 0; a[i] != 0 && j < b.Length; j++)
                {
                    sum += a[i] * b[j] * Covariance[i][j];
                }
            }

            return sum;
        }

        var estimates = Array.ConvertAll(rows, row => row.Zip(Coefficients, (weight, c) => weight * c.Estimate).Sum());
        if (WaldTest.Statistic(estimates, (i, j) => Product(rows[i], rows[j])) is not { } wald)
        {
            return null;
        }

        var (scale, freedom) = Correction?.Joint(rows) ?? (1, StudyCount - Coefficients.Count);
        return new ReferenceDistribution(Options.Test == PoolingTest.Z ? null : freedom, Options.Level).Joint(scale * wald, rows.Length);
    }

    private double[] Unit(int column) => [.. Enumerable.Range(0, Coefficients.Count).Select(i => i == column ? 1.0 : 0)];

    private double[] Weights(LinearCombination combination)
    {
        var weights = new double[Coefficients.Count];
        foreach (var (name, weight) in combination.Weights)
        {
            weights[CoefficientIndex(name)] += double.IsFinite(weight)
                ? weight
                : throw new ArgumentException($"The weight of '{name}' in '{combination.Name}' is not a finite number.");
        }

        return Array.Exists(weights, weight => weight != 0) ? weights : throw new ArgumentException($"All weights of '{combination.Name}' are 0.");
    }

    private int CoefficientIndex(string name)
    {
        var index = Design.Columns.ToList().IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"There is no coefficient '{name}'{NearestName.Ending(name, [.. Design.Columns])}");
    }

    private IEnumerable<int> ColumnsOf(string name) =>
        Design.Terms.Terms.FirstOrDefault(term => term.Name == name)?.Columns ?? [CoefficientIndex(name)];
}
