using System.Globalization;

namespace MetaSpine;

/// <summary>The family of a <see cref="SelectionFunction"/>.</summary>
public enum SelectionKind
{
    /// <summary>p^(a - 1) (1 - p)^(b - 1).</summary>
    Beta,

    /// <summary>exp(-d p^2).</summary>
    HalfNormal,

    /// <summary>exp(-d p).</summary>
    NegativeExponential,

    /// <summary>exp(-a p^(1/b)).</summary>
    NegativeExponentialPower,

    /// <summary>2 / (1 + exp(d p)).</summary>
    Logistic,

    /// <summary>(1 - p)^d.</summary>
    Power,

    /// <summary>A weight for each interval of the p-value.</summary>
    Step,

    /// <summary>A weight for the estimates on the wrong side of a known value.</summary>
    Truncation,
}

/// <summary>
/// How much more likely a study is to be published than one with another p-value: the weight w(p) of a selection model. Made by its static
/// methods; the likelihood and its sources are described at <see cref="SelectionModels"/>.
/// </summary>
public sealed record SelectionFunction
{
    private SelectionFunction(SelectionKind kind, string name, params string[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    /// <summary>The family.</summary>
    public SelectionKind Kind { get; }

    /// <summary>Its name in words, with its cut points.</summary>
    public string Name { get; private init; }

    /// <summary>The parameters that are estimated.</summary>
    public IReadOnlyList<string> Parameters { get; private init; }

    /// <summary>The upper ends of the p-value's intervals, the last of them 1; empty unless <see cref="Kind"/> is <see cref="SelectionKind.Step"/>.</summary>
    public IReadOnlyList<double> Cuts { get; private init; } = [];

    /// <summary>The given weight of each interval, NaN where it is estimated; the first is 1. Empty unless <see cref="Kind"/> is <see cref="SelectionKind.Step"/>.</summary>
    public IReadOnlyList<double> Weights { get; private init; } = [];

    /// <summary>Whether the weights of the intervals must not rise with p.</summary>
    public bool IsDecreasing { get; private init; }

    /// <summary>Up to this p-value all studies are published alike, and the function begins there; 0 for none.</summary>
    public double After { get; private init; }

    /// <summary>p-values below count as this one (beta and power, whose weights would otherwise be without bounds).</summary>
    internal double Lowest { get; private init; }

    /// <summary>p-values above count as this one.</summary>
    internal double Highest { get; private init; } = 1;

    /// <summary>The value that divides the estimates under truncation, on the analysis scale.</summary>
    public double Cut { get; private init; }

    /// <summary>The beta function, flexible enough for almost any selection (Citkowicz and Vevea 2017, Psychological Methods 22:28, doi:10.1037/met0000119).</summary>
    /// <param name="lowest">p-values below count as this one. <value>Default 0.00001, as in metafor: the weight has no bound at 0.</value></param>
    /// <param name="highest">p-values above count as this one. <value>Default 0.99999.</value></param>
    /// <exception cref="ArgumentException">Not 0 &lt; lowest &lt; highest &lt; 1.</exception>
    public static SelectionFunction Beta(double lowest = 1e-5, double highest = 1 - 1e-5) =>
        lowest > 0 && lowest < highest && highest < 1
            ? new SelectionFunction(SelectionKind.Beta, "beta", "exponent of p", "exponent of 1 - p") { Lowest = lowest, Highest = highest }
            : throw new ArgumentException(Text($"p-values can be kept between two numbers above 0 and below 1 only; they are {lowest} and {highest}."));

    /// <summary>The half-normal function (Preston, Ashby and Smyth 2004, Journal of Evaluation in Clinical Practice 10:313).</summary>
    /// <param name="after">All p-values up to this one are published alike. <value>Default 0.</value></param>
    /// <exception cref="ArgumentException"><paramref name="after"/> is not a probability below 1.</exception>
    public static SelectionFunction HalfNormal(double after = 0) => new SelectionFunction(SelectionKind.HalfNormal, "half-normal", "steepness").From(after);

    /// <summary>The negative exponential function (Preston, Ashby and Smyth 2004).</summary>
    /// <inheritdoc cref="HalfNormal"/>
    public static SelectionFunction NegativeExponential(double after = 0) =>
        new SelectionFunction(SelectionKind.NegativeExponential, "negative exponential", "steepness").From(after);

    /// <summary>The negative exponential of a power of p (Begg and Mazumdar 1994, Biometrics 50:1088, use it for simulations).</summary>
    /// <inheritdoc cref="HalfNormal"/>
    public static SelectionFunction NegativeExponentialPower(double after = 0) =>
        new SelectionFunction(SelectionKind.NegativeExponentialPower, "negative exponential power", "steepness", "root").From(after);

    /// <summary>The logistic function (Preston, Ashby and Smyth 2004).</summary>
    /// <inheritdoc cref="HalfNormal"/>
    public static SelectionFunction Logistic(double after = 0) => new SelectionFunction(SelectionKind.Logistic, "logistic", "steepness").From(after);

    /// <summary>The power function, as parametrised in metafor. p-values count as 0.00001 to 0.99999.</summary>
    /// <inheritdoc cref="HalfNormal"/>
    public static SelectionFunction Power(double after = 0) =>
        new SelectionFunction(SelectionKind.Power, "power", "exponent of 1 - p").From(after) with { Lowest = 1e-5, Highest = 1 - 1e-5 };

    /// <summary>
    /// A step function: a weight for each interval of the p-value, that of the first being 1 (Hedges 1992, Statistical Science 7:246,
    /// doi:10.1214/ss/1177011364; Vevea and Hedges 1995, Psychometrika 60:419, doi:10.1007/BF02294384). With one cut it is the three-parameter model.
    /// </summary>
    /// <param name="cuts">The ends of the intervals, rising, above 0 and below 1 (a last 1 may be written): 0.025, 0.5. One-sided unless the options say otherwise.</param>
    /// <exception cref="ArgumentException">The cuts do not rise between 0 and 1, or there is none.</exception>
    public static SelectionFunction Step(params IReadOnlyList<double> cuts)
    {
        var ends = Ends(cuts);
        return Stepped("step function", ends, [1, .. Enumerable.Repeat(double.NaN, ends.Length - 1)]);
    }

    /// <summary>A step function whose weights never rise with p, so that it cannot favour the less significant study.</summary>
    /// <inheritdoc cref="Step"/>
    public static SelectionFunction DecreasingStep(params IReadOnlyList<double> cuts)
    {
        var step = Step(cuts);
        return step with { IsDecreasing = true, Name = "decreasing " + step.Name };
    }

    /// <summary>
    /// A step function whose weights are all given: what the estimate would be if selection were like this, where there are too few studies to
    /// estimate the weights (Vevea and Woods 2005, Psychological Methods 10:428, doi:10.1037/1082-989X.10.4.428).
    /// </summary>
    /// <param name="cuts">The ends of the intervals, as in <see cref="Step"/>.</param>
    /// <param name="weights">The weight of each interval, one more than cuts; they are divided by the first.</param>
    /// <exception cref="ArgumentException">The cuts do not rise between 0 and 1, or a weight is missing, negative or not finite, or the first is 0.</exception>
    public static SelectionFunction FixedSteps(IReadOnlyList<double> cuts, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var ends = Ends(cuts);
        if (weights.Count != ends.Length)
        {
            throw new ArgumentException(Text($"There are {ends.Length} intervals of the p-value but {weights.Count} weights; give one weight for each interval, that up to 1 included."), nameof(weights));
        }

        if (weights.Any(weight => !(weight >= 0 && double.IsFinite(weight))) || weights[0] == 0)
        {
            throw new ArgumentException("The weights of a selection model are 0 or more, the first of them above 0.", nameof(weights));
        }

        return Stepped("given weights", ends, [.. weights.Select(weight => weight / weights[0])]);
    }

    /// <summary>The weights that Vevea and Woods (2005, Psychological Methods 10:428, doi:10.1037/1082-989X.10.4.428) give for a selection of one-sided p-values.</summary>
    /// <param name="severe">Whether selection is severe, not moderate.</param>
    /// <param name="twoTailed">Whether results far off on either side are favoured. <value>Default false: those on one side.</value></param>
    public static SelectionFunction VeveaWoods(bool severe, bool twoTailed = false) =>
        FixedSteps(
            [.005, .01, .05, .1, .25, .35, .5, .65, .75, .9, .95, .99, .995],
            (severe, twoTailed) switch
            {
                (false, false) => [1, .99, .95, .8, .75, .65, .6, .55, .5, .5, .5, .5, .5, .5],
                (true, false) => [1, .99, .9, .75, .6, .5, .4, .35, .3, .25, .1, .1, .1, .1],
                (false, true) => [1, .99, .95, .9, .8, .75, .6, .6, .75, .8, .9, .95, .99, 1],
                (true, true) => [1, .99, .9, .75, .6, .5, .25, .25, .5, .6, .75, .9, .99, 1],
            }) with { Name = $"{(severe ? "severe" : "moderate")} {(twoTailed ? "two" : "one")}-tailed weights of Vevea and Woods" };

    /// <summary>
    /// Truncation: studies whose estimate is not beyond a known value are published with another probability (Rust, Lehmann and Farley 1990,
    /// Journal of Marketing Research 27:220).
    /// </summary>
    /// <param name="cut">The value on the analysis scale. <value>Default 0.</value></param>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public static SelectionFunction Truncation(double cut = 0) =>
        double.IsFinite(cut)
            ? new SelectionFunction(SelectionKind.Truncation, Text($"truncation at {cut:0.####}"), "weight on the other side") { Cut = cut }
            : throw new ArgumentException("The value of a truncation must be finite.", nameof(cut));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public bool Equals(SelectionFunction? other) =>
        other is not null && Kind == other.Kind && After == other.After && Cut == other.Cut && IsDecreasing == other.IsDecreasing
        && Lowest == other.Lowest && Highest == other.Highest && Cuts.SequenceEqual(other.Cuts) && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, After, Cut, IsDecreasing, Lowest, Highest, Cuts.Count);

    private static SelectionFunction Stepped(string name, double[] ends, double[] weights)
    {
        var free = Enumerable.Range(0, ends.Length).Where(i => double.IsNaN(weights[i]));
        return new SelectionFunction(SelectionKind.Step, $"{name} ({string.Join(", ", ends.SkipLast(1).Select(end => Text($"{end}")))})", [.. free.Select(i => Text($"weight of p from {ends[i - 1]} to {ends[i]}"))])
        {
            Cuts = ends,
            Weights = weights,
        };
    }

    private SelectionFunction From(double after) =>
        after is >= 0 and < 1
            ? this with { After = after, Name = after == 0 ? Name : Text($"{Name} from p = {after} on") }
            : throw new ArgumentException(Text($"The p-value from which selection begins must be a probability below 1; it is {after}."));

    private static double[] Ends(IReadOnlyList<double> cuts)
    {
        ArgumentNullException.ThrowIfNull(cuts);
        double[] ends = cuts is [.., 1.0] ? [.. cuts] : [.. cuts, 1];
        for (var i = 0; i < ends.Length; i++)
        {
            if (!(ends[i] > (i == 0 ? 0 : ends[i - 1])) || ends[i] > 1)
            {
                throw new ArgumentException(Text($"The cut points of a step function rise from above 0 to below 1; {ends[i]} does not fit."), nameof(cuts));
            }
        }

        return ends.Length > 1 ? ends : throw new ArgumentException("A step function needs at least one cut point, such as 0.025.", nameof(cuts));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
