using System.Globalization;

namespace MetaSpine;

/// <summary>The cells of a 2x2 table from its margins and a measure of association.</summary>
/// <remarks>
/// Given the margins, the odds ratio, phi and the signed chi-squared statistic rise with the first cell, so all tables whose value
/// rounds to the reported one are found by bisection. A number is taken to be as exact as it is written: 2.5 stands for 2.45 to
/// 2.55, 2.50 (<c>2.50m</c>, or a <see cref="ReportedNumber"/> of that text) for 2.495 to 2.505.
/// </remarks>
public static class TablesFromMargins
{
    /// <summary>More tables than these tell nothing.</summary>
    private const int Limit = 1000;

    /// <summary>From an odds ratio.</summary>
    /// <param name="oddsRatio">The odds ratio of the first group to the second, from 0.</param>
    /// <param name="total">All participants.</param>
    /// <param name="firstGroup">Participants of the first group, above 0 and below the total.</param>
    /// <param name="events">Participants with the event, above 0 and below the total.</param>
    /// <exception cref="ArgumentException">A number is impossible, or no table fits; the message names the nearest.</exception>
    public static ConvertedTables FromOddsRatio(ReportedNumber oddsRatio, int total, int firstGroup, int events)
    {
        var value = Value(oddsRatio, "odds ratio", nameof(oddsRatio));
        Given.NotNegative(value, "odds ratio", nameof(oddsRatio));
        return Find(oddsRatio, new Margins(total, firstGroup, events), [Range.Around(value, oddsRatio)], t => t.OddsRatio, "odds ratio");
    }

    /// <summary>From a phi coefficient.</summary>
    /// <param name="phi">The phi coefficient, from -1 to 1, above 0 where the first group has the higher risk.</param>
    /// <param name="total">All participants.</param>
    /// <param name="firstGroup">Participants of the first group, above 0 and below the total.</param>
    /// <param name="events">Participants with the event, above 0 and below the total.</param>
    /// <exception cref="ArgumentException">A number is impossible, or no table fits; the message names the nearest.</exception>
    public static ConvertedTables FromPhi(ReportedNumber phi, int total, int firstGroup, int events)
    {
        var value = Given.Correlation(Value(phi, "phi coefficient", nameof(phi)), nameof(phi));
        return Find(phi, new Margins(total, firstGroup, events), [Range.Around(value, phi)], t => t.Phi, "phi coefficient");
    }

    /// <summary>From a chi-squared statistic.</summary>
    /// <param name="chiSquared">The statistic, from 0.</param>
    /// <param name="total">All participants.</param>
    /// <param name="firstGroup">Participants of the first group, above 0 and below the total.</param>
    /// <param name="events">Participants with the event, above 0 and below the total.</param>
    /// <param name="direction">Whether the first group has the lower or the higher risk; null: unknown, and both are searched.</param>
    /// <param name="yates">Whether the statistic has the continuity correction of Yates. <value>Default false.</value></param>
    /// <exception cref="ArgumentException">A number is impossible, or no table fits; the message names the nearest.</exception>
    public static ConvertedTables FromChiSquared(
        ReportedNumber chiSquared, int total, int firstGroup, int events, FirstGroup? direction = null, bool yates = false)
    {
        var value = Given.NotNegative(Value(chiSquared, "chi-squared statistic", nameof(chiSquared)), "chi-squared statistic", nameof(chiSquared));
        return Find(chiSquared, new Margins(total, firstGroup, events), Range.Around(value, chiSquared).Towards(direction),
            t => Math.Sign(t.Phi) * (yates ? t.YatesChiSquared : t.ChiSquared),
            yates ? $"chi-squared statistic with the correction of {Sources.Yates}" : "chi-squared statistic");
    }

    /// <summary>From the two-sided p-value of Pearson's chi-squared test (1 degree of freedom, without continuity correction).</summary>
    /// <param name="pValue">The p-value, above 0 and up to 1.</param>
    /// <param name="total">All participants.</param>
    /// <param name="firstGroup">Participants of the first group, above 0 and below the total.</param>
    /// <param name="events">Participants with the event, above 0 and below the total.</param>
    /// <param name="direction">Whether the first group has the lower or the higher risk; null: unknown, and both are searched.</param>
    /// <exception cref="ArgumentException">A number is impossible, or no table fits; the message names the nearest.</exception>
    public static ConvertedTables FromPValue(ReportedNumber pValue, int total, int firstGroup, int events, FirstGroup? direction = null)
    {
        var p = Given.PValue(Value(pValue, "p-value", nameof(pValue)), nameof(pValue));
        var half = .5 * Math.Pow(10, -pValue.Decimals) + 1e-9 * p;
        var range = new Range(Statistic(Math.Min(1, p + half)), Statistic(p), p > half ? Statistic(p - half) : double.PositiveInfinity);
        return Find(pValue, new Margins(total, firstGroup, events), range.Towards(direction), t => Math.Sign(t.Phi) * t.ChiSquared, "p-value of the chi-squared test",
            chiSquared => ChiSquared.Upper(Math.Abs(chiSquared), 1));

        static double Statistic(double p) => ChiSquared.UpperQuantile(p, 1);
    }

    private static double Value(ReportedNumber number, string what, string name)
    {
        ArgumentNullException.ThrowIfNull(number, name);
        return number.Value ?? throw Given.Fault(name, $"The {what} must be a number, but is '{number.Text}'.");
    }

    private static ConvertedTables Find(
        ReportedNumber reported, Margins margins, Range[] ranges, Func<CountTable, double> statistic, string what, Func<double, double>? print = null)
    {
        var tables = new List<CountTable>();
        var nearest = (Distance: double.PositiveInfinity, Table: default(CountTable));
        foreach (var (low, target, high) in ranges)
        {
            var first = margins.First(t => statistic(t) >= low);
            for (var a = first; a <= margins.Highest && statistic(margins.At(a)) <= high; a++)
            {
                if (!tables.Contains(margins.At(a)))
                {
                    tables.Add(margins.At(a));
                }

                if (tables.Count > Limit)
                {
                    throw new ArgumentException(
                        $"More than {Limit} tables have these margins and {WithArticle(what)} of {reported.Text}; give it with more digits.");
                }
            }

            var above = margins.First(t => statistic(t) >= target);
            foreach (var a in (int[])[above - 1, above])
            {
                if (a >= margins.Lowest && a <= margins.Highest && Math.Abs(statistic(margins.At(a)) - target) < nearest.Distance)
                {
                    nearest = (Math.Abs(statistic(margins.At(a)) - target), margins.At(a));
                }
            }
        }

        if (tables.Count == 0)
        {
            var t = nearest.Table;
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"No table with {margins} has {WithArticle(what)} of {reported.Text}; the nearest, {t.A}, {t.B}, {t.C}, {t.D}, has "
                + $"{(print ?? Math.Abs)(statistic(t)):0.####}. Check the margins, whether the {what} is adjusted, and its digits."));
        }

        tables.Sort((x, y) => Distance(x).CompareTo(Distance(y)));
        return ConvertedTables.Of(
            tables, $"cells from the margins and the {what} {reported.Text}, taken as unadjusted and exact to its last digit");

        double Distance(CountTable table)
        {
            var least = double.PositiveInfinity;
            foreach (var range in ranges)
            {
                least = Math.Min(least, Math.Abs(statistic(table) - range.Target));
            }

            return least;
        }
    }

    /// <summary>Half of the last digit written, with room for the rounding of a number that is written in full.</summary>
    internal static double HalfDigit(ReportedNumber reported) =>
        .5 * Math.Pow(10, -reported.Decimals) + 1e-9 * Math.Max(1, Math.Abs(reported.Value ?? 0));

    private static string WithArticle(string what) => what[0] == 'o' ? $"an {what}" : $"a {what}";

    /// <summary>A statistic as it was computed from a reported number, and the bounds within which it rounds to that number.</summary>
    private readonly record struct Range(double Low, double Target, double High)
    {
        public static Range Around(double value, ReportedNumber reported) => new(value - HalfDigit(reported), value, value + HalfDigit(reported));

        /// <summary>The range of the signed statistic, or both ranges where the sign is unknown.</summary>
        public Range[] Towards(FirstGroup? direction)
        {
            var mirrored = new Range(-High, -Target, -Low);
            return direction switch
            {
                FirstGroup.Lower => [mirrored],
                FirstGroup.Higher => [this],
                _ => [this, mirrored],
            };
        }
    }

    /// <summary>The margins of a table, all above 0, which leave it one free cell.</summary>
    private readonly record struct Margins
    {
        private readonly int _total, _first, _events;

        public Margins(int total, int firstGroup, int events)
        {
            Inside(firstGroup, total, "first group", nameof(firstGroup));
            Inside(events, total, "number of events", nameof(events));
            (_total, _first, _events) = (total, firstGroup, events);
        }

        public int Lowest => (int)Math.Max(0, (long)_first + _events - _total);

        public int Highest => Math.Min(_first, _events);

        public CountTable At(int a) => new(a, _first - a, _events - a, (int)((long)_total - _first - _events + a));

        /// <summary>The least first cell that fulfils a condition which stays fulfilled from there on; one too many where none does.</summary>
        public int First(Func<CountTable, bool> condition)
        {
            int low = Lowest, high = Highest + 1;
            while (low < high)
            {
                var middle = low + (high - low) / 2;
                (low, high) = condition(At(middle)) ? (low, middle) : (middle + 1, high);
            }

            return low;
        }

        public override string ToString() => FormattableString.Invariant($"{_first} of {_total} in the first group and {_events} events");

        private static void Inside(int value, int total, string what, string name)
        {
            if (value <= 0 || value >= total)
            {
                throw Given.Fault(name, string.Create(CultureInfo.InvariantCulture,
                    $"The {what} must lie between 1 and the total less 1, but is {value} of {total}."));
            }
        }
    }
}
