namespace MetaSpine;

/// <summary>
/// A two-by-two table given its margins. The treated events then have Fisher's noncentral hypergeometric distribution: P(j) is proportional
/// to C(n1, j) C(n2, m - j) exp(j theta), with theta the log odds ratio.
/// </summary>
/// <remarks>
/// Sums run outwards from the mode by the ratio of neighbouring terms, as in Liao and Rosen (2001), The American Statistician 55:366,
/// doi:10.1198/000313001753272547: no factorial, no overflow, and no more terms than matter.
/// </remarks>
internal sealed class ConditionalTable(double events, double n1, double n2, double allEvents)
{
    /// <summary>A term so much smaller than the largest, and all beyond it, change no moment.</summary>
    private const double Negligible = 1e-30;

    /// <summary>A log odds ratio beyond this leaves one table possible, to the last bit.</summary>
    private const double End = 300;

    public double Events => events;

    public double Lowest { get; } = Math.Max(0, allEvents - n2);

    public double Highest { get; } = Math.Min(n1, allEvents);

    /// <summary>The log-probability of the observed events and its derivatives in theta, which are the cumulants.</summary>
    public Derivatives At(double theta)
    {
        theta = Math.Clamp(theta, -End, End);
        var odds = Math.Exp(theta);
        var mode = Mode(odds);
        double others = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, term = 1;
        for (var j = mode; j < Highest && term > Negligible; j++)
        {
            term *= Ratio(j, odds);
            Add(j + 1 - mode);
        }

        term = 1;
        for (var j = mode; j > Lowest && term > Negligible; j--)
        {
            term /= Ratio(j - 1, odds);
            Add(j - 1 - mode);
        }

        var sum = 1 + others;
        m1 /= sum;
        m2 /= sum;
        m3 /= sum;
        m4 /= sum;
        var variance = m2 - m1 * m1;
        var fourth = m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 * m1 * m1 * m1;
        return new Derivatives(
            LogRatio(mode, odds) - (others < .5 ? others - SaddlePoint.Deviance(others, sum) : Math.Log(sum)),
            events - mode - m1,
            -variance,
            -(m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1),
            -(fourth - 3 * variance * variance));

        void Add(double distance)
        {
            var moment = term * distance;
            others += term;
            m1 += moment;
            m2 += moment *= distance;
            m3 += moment *= distance;
            m4 += moment * distance;
        }
    }

    /// <summary>The conditional maximum-likelihood estimate: where the mean is the observed number.</summary>
    public FreeFit Free()
    {
        if (events == Lowest || events == Highest)
        {
            return new(Lowest == Highest ? 0 : events == Lowest ? double.NegativeInfinity : double.PositiveInfinity, 0, 0);
        }

        var theta = Math.Log(events * (n2 - allEvents + events) / ((n1 - events) * (allEvents - events)));
        var at = At(theta);
        for (var i = 0; i < 100 && Math.Abs(at.First) > 1e-13 * Math.Max(1, events); i++)
        {
            theta += Math.Clamp(at.First / -at.Second, -2, 2);
            at = At(theta);
        }

        return new(theta, -at.Second, at.Value);
    }

    /// <summary>All probabilities from <see cref="Lowest"/> to <see cref="Highest"/>, up to a common factor, the largest 1.</summary>
    public double[] Terms(double theta)
    {
        var odds = Math.Exp(Math.Clamp(theta, -End, End));
        var terms = new double[(int)(Highest - Lowest) + 1];
        var mode = Mode(odds);
        terms[(int)(mode - Lowest)] = 1;
        for (var j = mode; j < Highest; j++)
        {
            terms[(int)(j + 1 - Lowest)] = terms[(int)(j - Lowest)] * Ratio(j, odds);
        }

        for (var j = mode; j > Lowest; j--)
        {
            terms[(int)(j - 1 - Lowest)] = terms[(int)(j - Lowest)] / Ratio(j - 1, odds);
        }

        return terms;
    }

    /// <summary>P(j + 1) / P(j).</summary>
    private double Ratio(double j, double odds) => (n1 - j) / (j + 1) * ((allEvents - j) / (n2 - allEvents + j + 1)) * odds;

    /// <summary>The logarithm of P(observed) / P(from).</summary>
    private double LogRatio(double from, double odds)
    {
        double log = 0, product = 1;
        for (var j = Math.Min(from, events); j < Math.Max(from, events); j++)
        {
            product *= Ratio(j, odds);
            if (product is < 1e-100 or > 1e100)
            {
                log += Math.Log(product);
                product = 1;
            }
        }

        log += Math.Log(product);
        return from < events ? log : -log;
    }

    /// <summary>The root of ratio = 1 is the solution of a quadratic; its rounding is put right by a walk uphill.</summary>
    private double Mode(double odds)
    {
        var half = odds * (n1 + allEvents + 2) + n2 - allEvents;
        var product = odds * (n1 + 1) * (allEvents + 1);
        var root = 2 * product / (half + Math.Sqrt(Math.Max(0, half * half - 4 * (odds - 1) * product)));
        var mode = double.IsFinite(root) ? Math.Clamp(Math.Floor(root), Lowest, Highest) : odds > 1 ? Highest : Lowest;
        while (mode < Highest && Ratio(mode, odds) > 1)
        {
            mode++;
        }

        while (mode > Lowest && Ratio(mode - 1, odds) < 1)
        {
            mode--;
        }

        return mode;
    }
}
