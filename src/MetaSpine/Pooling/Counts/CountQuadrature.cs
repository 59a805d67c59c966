namespace MetaSpine;

/// <summary>With how many quadrature points a model for counts is fitted: as many as it takes until more move nothing.</summary>
/// <param name="random">Whether the effects differ between studies.</param>
/// <param name="refuse">Throws where the maximum of equal effects is infinite.</param>
internal sealed class CountQuadrature(bool random, Action<CountSearch, CountMaximum> refuse)
{
    /// <summary>Points that the automatic choice starts from and ends with; each step doubles them. In one dimension equal steps follow on Gauss and Hermite's rule.</summary>
    private const int FewestPoints = 15, MostPoints = 120, MostInTwoDimensions = 60, FewestSteps = 240, MostSteps = 7680;

    /// <summary>The automatic choice is content when more points move nothing by as much.</summary>
    private const double Content = 1e-7;

    /// <summary>A peak that moves by as much with more points may be another one.</summary>
    private const double Astray = 1e-2;

    /// <summary>Fits with the given rule, or with more and more points until that changes nothing.</summary>
    public (CountMaximum Equal, CountMaximum Best, QuadratureRule Rule, bool IsSettled) Fit(CountSearch search, QuadratureRule? given)
    {
        var rule = given ?? QuadratureRule.Hermite(FewestPoints);
        var equal = search.EqualEffects(rule);
        refuse(search, equal);
        var best = random ? search.RandomEffects(equal, rule) : equal;
        var isSettled = given is not null;
        while (!isSettled && search.Interior(best.State).Length > 0 && More(search, rule, IsBounded(search, best)) is { } more)
        {
            var (before, beforeEqual, isBounded) = (best, equal, IsBounded(search, best));
            equal = search.Refined(equal.State, more);

            // Few points may hide a peak or make one up: without a sound one, and where it moves far, the whole range is searched again.
            best = !random ? equal
                : isBounded && !ReferenceEquals(before, beforeEqual) ? search.Refined(before.State, more)
                : search.RandomEffects(equal, more);
            if (random && isBounded && Moved(search, before, best) > Astray)
            {
                best = search.RandomEffects(equal, more);
            }

            rule = more;
            isSettled = isBounded && Moved(search, before, best) < Content && Moved(search, beforeEqual, equal) < Content;
            if (rule.IsEven && !IsBounded(search, best))
            {
                break;
            }
        }

        return (equal, best, rule, isSettled);
    }

    /// <summary>The interval of tau^2; at its upper end the integrands are wider than at the estimate, so that in one dimension more points show whether it holds.</summary>
    public static Interval Tau2Interval(CountSearch search, CountMaximum best, CountMaximum equal, QuadratureRule rule, CountModelOptions options)
    {
        var interval = new Tau2Profile(search, best, equal, rule).Interval(options.Level);
        while (options.Points is null && !search.Problem.RandomBaselines && More(search, rule, isBounded: true) is { } more)
        {
            var before = interval;
            interval = new Tau2Profile(search, best, equal, more).Interval(options.Level);
            rule = more;
            if (Near(before.Lower, interval.Lower) && Near(before.Upper, interval.Upper))
            {
                break;
            }
        }

        return interval;

        static bool Near(double a, double b) => a == b || Math.Abs(a - b) < Content * (1 + Math.Abs(b));
    }

    /// <summary>Whether the search ended, and not because a variance went as far as it is followed.</summary>
    public static bool IsBounded(CountSearch search, CountMaximum maximum) =>
        maximum.Converged
        && Math.Abs(maximum.State.Shared[search.Problem.Tau]) < CountSearch.Largest
        && Math.Abs(maximum.State.Shared[search.Problem.Sigma]) < CountSearch.Largest;

    /// <summary>The rule that the automatic choice takes next; null after the last.</summary>
    private static QuadratureRule? More(CountSearch search, QuadratureRule rule, bool isBounded) => (search.Problem.RandomBaselines, rule.IsEven) switch
    {
        (true, _) => rule.Count < MostInTwoDimensions ? QuadratureRule.Hermite(2 * rule.Count) : null,
        (_, true) => rule.Count < MostSteps ? QuadratureRule.Even(2 * rule.Count) : null,
        _ => isBounded && rule.Count < MostPoints ? QuadratureRule.Hermite(2 * rule.Count) : QuadratureRule.Even(FewestSteps),
    };

    /// <summary>The largest change of a parameter, in standard errors where those are above 1, and of the log-likelihood.</summary>
    private static double Moved(CountSearch search, CountMaximum before, CountMaximum after)
    {
        var moved = Math.Abs(after.Value - before.Value);
        foreach (var i in search.Interior(after.State))
        {
            moved = Math.Max(moved, Math.Abs(after.State.Shared[i] - before.State.Shared[i]) * Math.Min(1, Math.Sqrt(Math.Max(after.At.Information[i, i], 0))));
        }

        return moved;
    }
}
