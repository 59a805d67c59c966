using System.Globalization;

namespace MetaSpine;

/// <summary>What a trial sequential analysis assumes.</summary>
public sealed record TrialSequentialOptions
{
    /// <summary>The effect looked for, as a distance from no effect on the analysis scale: <c>Math.Log(0.8)</c> for a relative risk reduction of 20%. Its sign does not matter.</summary>
    public required double Effect { get; init; }

    /// <summary>Alpha, beta, their spending and the bounds of futility. <value>Default: two-sided 5%, power 90%, O'Brien-Fleming type, no futility.</value></summary>
    public SequentialOptions Bounds { get; init; } = SequentialOptions.Default;

    /// <summary>
    /// The required number of participants, from <see cref="RequiredInformation"/>, against which the studies' sizes are counted. <value>Default null: the statistical
    /// information is counted, 1/variance of the estimate against ((z(a) + z(b)) / effect)^2, which needs no assumption about the control group and in which the
    /// heterogeneity of all studies counts by itself.</value>
    /// </summary>
    public double? RequiredParticipants { get; init; }

    /// <summary>The order of the studies. <value>Default as given; dates are best given by sorting the studies.</value></summary>
    public StudyOrder Order { get; init; } = StudyOrder.AsGiven;

    /// <summary>A column that orders them instead, such as the year; the smallest first. <value>Default null: by <see cref="Order"/>.</value></summary>
    public Predictor? Column { get; init; }
}

/// <summary>A cumulative meta-analysis with bounds that allow for its repeated looks.</summary>
public sealed partial record TrialSequentialResult
{
    /// <summary>The pooled result of all studies.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>What was assumed.</summary>
    public required TrialSequentialOptions Options { get; init; }

    /// <summary>The required information: participants, or 1/variance.</summary>
    public required double Required { get; init; }

    /// <summary>One entry for each study that adds information.</summary>
    public required IReadOnlyList<TrialSequentialStep> Steps { get; init; }

    /// <summary>What was found; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The pooled result after one more study, against the bounds.</summary>
/// <param name="Label">The study added last.</param>
/// <param name="Information">The information so far: participants, or the sum of the weights 1/(v + tau^2) with tau^2 of all studies.</param>
/// <param name="Estimate">The pooled estimate, on the analysis scale.</param>
/// <param name="Z">The normal deviate of its p-value, with the sign of the distance from no effect.</param>
/// <param name="Look">The bounds; those of the required information from there on.</param>
/// <param name="AdjustedInterval">The interval that allows for the repeated looks: it excludes no effect where the bound is crossed. As many standard errors on either side as the bound is high, under t that of the same tail; null where the bound is infinite.</param>
/// <param name="IsConclusive">Whether the bound is crossed here.</param>
/// <param name="IsFutile">Whether the bound of futility is crossed here.</param>
public sealed record TrialSequentialStep(
    string Label, double Information, double Estimate, double Z, SequentialLook Look, Interval? AdjustedInterval, bool IsConclusive, bool IsFutile);

/// <summary>Trial sequential analysis (Wetterslev et al. 2008, doi:10.1016/j.jclinepi.2007.03.013; Brok et al. 2009, International Journal of Epidemiology 38:287, doi:10.1093/ije/dyn188).</summary>
public static class TrialSequentialAnalysis
{
    /// <summary>Puts a cumulative meta-analysis against bounds for its repeated looks.</summary>
    /// <param name="result">The pooled result; its options make each cumulative result.</param>
    /// <param name="options">The effect looked for, and the rest.</param>
    /// <exception cref="PoolingException">There is no study that adds information.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the measure has no value of no effect, or participants are counted but a study's size is not known.</exception>
    public static TrialSequentialResult TrialSequential(this PooledResult result, TrialSequentialOptions options)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        var bounds = options.Bounds.Validated();
        if (result.Effects.Measure.NullValue is not { } noEffect)
        {
            throw new ArgumentException($"A {result.Effects.Measure.Name} has no value of no effect, so that there is nothing to be conclusive about.", nameof(result));
        }

        var required = options.RequiredParticipants ?? RequiredInformation.Statistical(options.Effect, bounds);
        if (!(required > 0 && double.IsFinite(required)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The required number of participants must be above 0; it is {required}."), nameof(options));
        }

        var reached = Reached(result, options);
        var times = reached.Select(item => Math.Min(1, item.Information / required)).Distinct().ToList();
        var looks = SequentialBounds.Looks(times, bounds, bounds.Drift);
        var steps = reached.ConvertAll(item => Step(item.Step, item.Information, looks[times.IndexOf(Math.Min(1, item.Information / required))], noEffect, bounds.TwoSided, options.Effect));
        var analysis = new TrialSequentialResult { Model = result, Options = options, Required = required, Steps = steps, Notes = [] };
        return analysis with { Notes = Notes(analysis) };
    }

    /// <summary>The cumulative results that have more information than all before: under given weights an estimate may lose some with a study.</summary>
    private static List<(SubsetResult Step, double Information)> Reached(PooledResult result, TrialSequentialOptions options)
    {
        var reached = new List<(SubsetResult Step, double Information)>();
        var rows = new List<int>();
        var position = Enumerable.Range(0, result.StudyCount).ToDictionary(i => result.Studies[i].Row);
        double people = 0, most = 0;
        foreach (var step in Cumulative(result, options).Steps)
        {
            var size = result.Effects.Studies[step.Rows[0]].Size;
            people += size;
            if (options.RequiredParticipants is not null && double.IsNaN(size))
            {
                throw new ArgumentException($"The size of {step.Label} is not known; leave the required number of participants out, so that precision is counted.", nameof(options));
            }

            // Of the weights, with the heterogeneity of all studies: first studies that agree by chance would have more information than all of them together.
            rows.AddRange(step.Rows.Where(row => position.ContainsKey(row)).Select(row => position[row]));
            var information = options.RequiredParticipants is not null ? people
                : result.Options.Weights is null ? Weight(result, rows)
                : 1 / (step.StandardError * step.StandardError);
            if (step.Problem is null && double.IsFinite(information) && information > most * (1 + 1e-9))
            {
                reached.Add((step, information));
                most = information;
            }
        }

        return reached.Count > 0 ? reached : throw new PoolingException("No study adds information: their standard errors are 0 or not known.");
    }

    private static CumulativeResult Cumulative(PooledResult result, TrialSequentialOptions options) =>
        options.Column is { } column ? result.Cumulative(column) : result.Cumulative(options.Order);

    private static double Weight(PooledResult result, List<int> studies)
    {
        double sum = 0;
        foreach (var i in studies)
        {
            sum += 1 / (result.Studies[i].Effect.Variance + result.Tau2);
        }

        return sum;
    }

    private static TrialSequentialStep Step(SubsetResult step, double information, SequentialLook look, double noEffect, bool twoSided, double effect)
    {
        var z = Math.Sign(step.Estimate - noEffect) * NormalDistribution.UpperQuantile(step.PValue / 2);
        var towards = twoSided ? Math.Abs(z) : Math.Sign(effect) * z;
        Interval? adjusted = null;
        if (double.IsFinite(look.Bound))
        {
            var margin = step.StandardError * (step.DegreesOfFreedom is { } freedom ? StudentT.UpperQuantile(NormalDistribution.Upper(look.Bound), freedom) : look.Bound);
            adjusted = new Interval(step.Estimate - margin, step.Estimate + margin, 1 - (twoSided ? 2 : 1) * look.CumulativeAlpha);
        }

        return new TrialSequentialStep(step.Label, information, step.Estimate, z, look, adjusted, towards >= look.Bound, look.FutilityBound is { } futility && towards < futility);
    }

    private static List<string> Notes(TrialSequentialResult analysis)
    {
        var last = analysis.Steps[^1];
        var unit = analysis.Options.RequiredParticipants is null ? "information" : "participants";
        var notes = new List<string>
        {
            Text($"The studies have {100 * last.Information / analysis.Required:0}% of the {unit} that an effect of {analysis.Model.Effects.BackTransform(analysis.Options.Effect):G3} needs with a power of {100 * (1 - analysis.Options.Bounds.Beta):0.#}% ({last.Information:0.#} of {analysis.Required:0.#})."),
        };
        var first = analysis.Steps.FirstOrDefault(step => step.IsConclusive);
        notes.Add(first is not null
            ? Text($"The bound for repeated looks is crossed with {first.Label} (z = {first.Z:0.00} against {first.Look.Bound:0.00}): the result is conclusive{(analysis.Steps[^1].IsConclusive ? "" : ", though the last result is no longer beyond its bound")}.")
            : analysis.Steps.FirstOrDefault(step => step.IsFutile) is { } futile
                ? Text($"The bound of futility is crossed with {futile.Label}: an effect as large as the one looked for is unlikely to be found.")
                : Text($"No bound is crossed (z = {last.Z:0.00} against {last.Look.Bound:0.00} at the last study): more studies are needed."));
        if (analysis.Steps.Any(step => Math.Abs(step.Z) >= NormalDistribution.UpperQuantile(analysis.Options.Bounds.SideAlpha)) && first is null)
        {
            notes.Add("The usual limit of significance was crossed at some time, which repeated looks make likely without any effect.");
        }

        if (analysis.Model.StudyCount > analysis.Steps.Count)
        {
            notes.Add(Text($"{analysis.Model.StudyCount - analysis.Steps.Count} of the {analysis.Model.StudyCount} studies made the estimate no more precise, as they disagree with those before; they have no look of their own."));
        }

        notes.Add("Bounds that are set after the data are seen describe the evidence; they do not keep an error rate.");
        return notes;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
