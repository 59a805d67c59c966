namespace MetaSpine;

/// <summary>
/// Bounds for repeated looks at accumulating data, exact under normality whatever the number and the times of the looks (Lan and DeMets 1983, doi:10.1093/biomet/70.3.659;
/// Jennison and Turnbull 2000, Group Sequential Methods with Applications to Clinical Trials, chapters 7 and 19).
/// </summary>
public static class SequentialBounds
{
    /// <summary>The bounds of looks at given shares of the information.</summary>
    /// <param name="fractions">The shares, rising, above 0 and up to 1.</param>
    /// <param name="options">How; <see cref="SequentialOptions.Default"/> where null.</param>
    /// <returns>
    /// The bounds. Where the last look has all of the information, the amount of it is such that the power is 1 - beta in spite of the
    /// looks; bounds of futility then meet those of efficacy at the last look.
    /// </returns>
    /// <exception cref="ArgumentException">The shares do not rise within (0, 1], or an option is out of range.</exception>
    public static SequentialDesign Design(IReadOnlyList<double> fractions, SequentialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        options = (options ?? SequentialOptions.Default).Validated();
        for (var j = 0; j < fractions.Count; j++)
        {
            if (!(fractions[j] > (j == 0 ? 0 : fractions[j - 1]) && fractions[j] <= 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"The shares of the information must rise, above 0 and up to 1; {fractions[j]} does not fit."), nameof(fractions));
            }
        }

        if (fractions.Count == 0)
        {
            throw new ArgumentException("There must be at least one look.", nameof(fractions));
        }

        if (fractions[^1] < 1)
        {
            return new SequentialDesign { Options = options, Looks = Looks(fractions, options, options.Drift), Inflation = null };
        }

        // The drift at which the sequence has its power: monotone in the drift, by root finding.
        double Short(double inflation) => Lacking(Looks(fractions, options, options.Drift * Math.Sqrt(inflation)), options, fractions, inflation);
        var root = RootFinding.TryFind(Short, .5, 4, out var found) ? found
            : throw new ArgumentException("With these looks and bounds of futility no amount of information gives the power asked for; use fewer looks or a larger beta.", nameof(options));
        return new SequentialDesign { Options = options, Looks = Looks(fractions, options, options.Drift * Math.Sqrt(root)), Inflation = root };
    }

    /// <summary>What is missing of the power; with futility, of the meeting of the two bounds at the last look.</summary>
    private static double Lacking(SequentialLook[] looks, SequentialOptions options, IReadOnlyList<double> fractions, double inflation)
    {
        if (options.Futility == Futility.None)
        {
            return 1 - options.Beta - looks[^1].Power;
        }

        var futility = LastFutility(fractions, options, options.Drift * Math.Sqrt(inflation));
        return double.IsPositiveInfinity(futility) ? double.NegativeInfinity : looks[^1].Bound - futility;
    }

    /// <summary>The bound of futility at the last look if it spends what is left; infinite where the bounds meet before.</summary>
    private static double LastFutility(IReadOnlyList<double> fractions, SequentialOptions options, double drift)
    {
        var looks = Looks(fractions, options, drift, last: false);
        return looks.SkipLast(1).Any(look => look.FutilityBound >= look.Bound) ? double.PositiveInfinity : looks[^1].FutilityBound ?? double.NegativeInfinity;
    }

    private static double Spent(Spending spending, double error, double t) => Math.Min(error, spending == Spending.Pocock
        ? error * Math.Log(1 + (Math.E - 1) * t)
        : 2 * NormalDistribution.Upper(NormalDistribution.UpperQuantile(error / 2) / Math.Sqrt(t)));

    /// <param name="times">The shares of the information.</param>
    /// <param name="options">How.</param>
    /// <param name="drift">The expected z at full information under the effect looked for.</param>
    /// <param name="last">Whether the bound of futility of a last look with full information is that of efficacy, as the sequence ends there.</param>
    internal static SequentialLook[] Looks(IReadOnlyList<double> times, SequentialOptions options, double drift, bool last = true)
    {
        var looks = new SequentialLook[times.Count];
        var (under, without, with) = (ScoreDensity.Start, ScoreDensity.Start, ScoreDensity.Start);
        double alphaSpent = 0, betaSpent = 0, power = 0;
        for (var j = 0; j < times.Count; j++)
        {
            var t = times[j];
            var root = Math.Sqrt(t);
            var alpha = Spent(options.AlphaSpending, options.SideAlpha, t);
            var unstopped = options.Futility == Futility.Binding ? with : without;
            var bound = Solve(b => unstopped.Above(t, b * root, 0) - (alpha - alphaSpent), alpha - alphaSpent);
            double? futility = null;
            if (options.Futility != Futility.None)
            {
                var beta = Spent(options.BetaSpending, options.Beta, t);
                var value = Solve(b => beta - betaSpent - Inside(under, t, b * root, drift, options.TwoSided), beta - betaSpent, fromBelow: true);
                futility = t == 1 ? last ? bound : value
                    : !double.IsFinite(value) || (options.TwoSided && value <= 0) ? null
                    : Math.Min(value, bound);
                betaSpent = futility is null ? betaSpent : beta;
            }

            power += under.Above(t, bound * root, drift) + (options.TwoSided ? under.Below(t, -bound * root, drift) : 0);
            looks[j] = new SequentialLook(t, alpha, bound, futility, power);
            alphaSpent = alpha;
            if (j + 1 < times.Count)
            {
                var next = times[j + 1];
                var edge = Math.Min(bound, 40) * root;
                (double, double)[] open = [(options.TwoSided ? -edge : double.NegativeInfinity, edge)];
                (double, double)[] kept = futility is not { } inner ? open
                    : options.TwoSided ? [(-edge, -inner * root), (inner * root, edge)] : [(inner * root, edge)];
                without = without.Continue(t, open, 0, next);
                with = options.Futility == Futility.Binding ? with.Continue(t, kept, 0, next) : without;
                under = under.Continue(t, kept, drift, next);
            }
        }

        return looks;
    }

    /// <summary>The probability of being where the effect looked for is out of reach: below a bound, or between it and its mirror image.</summary>
    private static double Inside(ScoreDensity density, double t, double edge, double drift, bool twoSided) =>
        twoSided ? (edge <= 0 ? 0 : density.Below(t, edge, drift) - density.Below(t, -edge, drift)) : density.Below(t, edge, drift);

    /// <summary>The bound at which a falling function is 0; where there is nothing to spend, or less left than is to be spent, infinite on the side that says so.</summary>
    private static double Solve(Func<double, double> function, double spend, bool fromBelow = false) =>
        spend <= 0 ? fromBelow ? double.NegativeInfinity : double.PositiveInfinity
        : RootFinding.TryFind(function, fromBelow ? -12 : -8, 39, out var root) ? root
        : double.PositiveInfinity;
}
