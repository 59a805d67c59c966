using System.Globalization;

namespace MetaSpine;

/// <summary>The cells of a diagnostic study's table from the accuracy that it reports.</summary>
public static class TablesFromAccuracy
{
    private const int LargestTotal = 50_000;
    private const int Limit = 1000;

    /// <summary>A table whose proportions are farther off than this explains nothing.</summary>
    private const double Near = 0.02;

    /// <summary>All tables that reproduce the reported proportions to their digits.</summary>
    /// <remarks>
    /// At least three numbers besides the total are needed: four unknown cells have one equation each. Every table of the total is
    /// tried, so nothing depends on how a solution is rounded.
    /// </remarks>
    /// <param name="total">All participants, up to 50,000.</param>
    /// <param name="sensitivity">The sensitivity as a proportion, TP / (TP + FN); null where not reported.</param>
    /// <param name="specificity">The specificity as a proportion, TN / (TN + FP); null where not reported.</param>
    /// <param name="positivePredictiveValue">TP / (TP + FP) as a proportion; null where not reported.</param>
    /// <param name="negativePredictiveValue">TN / (TN + FN) as a proportion; null where not reported.</param>
    /// <param name="diseased">The number with the disease; null where not reported.</param>
    /// <returns>Tables whose A, B, C, D are TP, FN, FP, TN, the closest first.</returns>
    /// <exception cref="ArgumentException">A number is impossible, fewer than three are given, or no table fits.</exception>
    public static ConvertedTables Find(int total, ReportedNumber? sensitivity = null, ReportedNumber? specificity = null,
        ReportedNumber? positivePredictiveValue = null, ReportedNumber? negativePredictiveValue = null, int? diseased = null)
    {
        if (total is < 2 or > LargestTotal)
        {
            throw Given.Fault(nameof(total), FormattableString.Invariant($"The total must lie between 2 and {LargestTotal}, but is {total}."));
        }

        if (diseased is { } d && (d <= 0 || d >= total))
        {
            throw Given.Fault(nameof(diseased), FormattableString.Invariant(
                $"The number with the disease must lie between 1 and the total less 1, but is {d} of {total}."));
        }

        var search = new Search(total, diseased, Reported.Of(sensitivity, nameof(sensitivity)), Reported.Of(specificity, nameof(specificity)),
            Reported.Of(positivePredictiveValue, nameof(positivePredictiveValue)),
            Reported.Of(negativePredictiveValue, nameof(negativePredictiveValue)));
        if (search.Known < 3)
        {
            throw new ArgumentException("Besides the total, a table needs at least three of: sensitivity, specificity, positive predictive "
                + $"value, negative predictive value, number with the disease; {search.Known} given.");
        }

        var tables = search.Run(1);
        if (tables.Count > Limit)
        {
            throw new ArgumentException($"More than {Limit} tables have this accuracy; give more digits, or the number with the disease.");
        }

        if (tables.Count > 0)
        {
            return ConvertedTables.Of(tables, "cells from the reported accuracy, each proportion taken as exact to its last digit");
        }

        for (var widening = 2; widening * search.Half <= Near; widening *= 2)
        {
            var closest = search.Run(widening);
            if (closest.Count > 0)
            {
                var near = closest[0];
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"No table of {total} has this accuracy; a near one, TP {near.A}, FN {near.B}, FP {near.C}, TN {near.D}, has "
                    + $"{Search.Describe(near)}. Check the numbers, and whether some participants are left out of some of them."));
            }
        }

        throw new ArgumentException(FormattableString.Invariant($"No table of {total} comes near this accuracy; check the numbers."));
    }

    /// <summary>A reported proportion and how far it may be from the true one.</summary>
    private readonly record struct Reported(double Value, double Half)
    {
        public static Reported? Of(ReportedNumber? number, string name)
        {
            if (number is null)
            {
                return null;
            }

            var value = number.Value ?? throw Given.Fault(name, $"The {name} must be a number, but is '{number.Text}'.");
            return value is >= 0 and <= 1
                ? new Reported(value, TablesFromMargins.HalfDigit(number))
                : throw Given.Fault(name, $"The {name} must be a proportion from 0 to 1, but is {number.Text}; write 85% as 0.85.");
        }

        public double Low(int widening) => Value - widening * Half;

        public double High(int widening) => Value + widening * Half;
    }

    private sealed record Search(
        int Total, int? Diseased, Reported? Sensitivity, Reported? Specificity, Reported? Positive, Reported? Negative)
    {
        public int Known => (Diseased is null ? 0 : 1) + (Sensitivity is null ? 0 : 1) + (Specificity is null ? 0 : 1)
            + (Positive is null ? 0 : 1) + (Negative is null ? 0 : 1);

        /// <summary>Half of the last digit of the coarsest proportion.</summary>
        public double Half => Math.Max(
            Math.Max(Sensitivity?.Half ?? 0, Specificity?.Half ?? 0), Math.Max(Positive?.Half ?? 0, Negative?.Half ?? 0));

        /// <summary>The tables that fit, the closest first; one above the limit where there are more.</summary>
        public List<CountTable> Run(int widening)
        {
            // The search goes by the sensitivity; seen from the healthy side, the specificity has its part.
            if (Sensitivity is null && Specificity is not null)
            {
                var mirrored = new Search(Total, Total - Diseased, Specificity, Sensitivity, Negative, Positive).Run(widening);
                return mirrored.ConvertAll(t => new CountTable(t.D, t.C, t.B, t.A));
            }

            var found = new List<CountTable>();
            for (var diseased = Diseased ?? 1; diseased <= (Diseased ?? Total - 1) && found.Count <= Limit; diseased++)
            {
                Collect(diseased, widening, found);
            }

            found.Sort((x, y) => Distance(x).CompareTo(Distance(y)));
            return found;
        }

        public static string Describe(CountTable t) => string.Create(CultureInfo.InvariantCulture,
            $"sensitivity {Share(t.A, t.B):0.####}, specificity {Share(t.D, t.C):0.####}, "
            + $"PPV {Share(t.A, t.C):0.####}, NPV {Share(t.D, t.B):0.####}");

        private void Collect(int diseased, int widening, List<CountTable> found)
        {
            var healthy = Total - diseased;
            var (firstTrue, lastTrue) = Range(Sensitivity, diseased, widening);
            var (firstFalse, lastFalse) = Range(Specificity, healthy, widening);
            (firstFalse, lastFalse) = (healthy - lastFalse, healthy - firstFalse);
            if (Positive is { } share)
            {
                double least = share.Low(widening), most = share.High(widening);
                firstTrue = least is > 0 and < 1 ? Math.Max(firstTrue, Whole(firstFalse * least / (1 - least), up: true)) : firstTrue;
                lastTrue = most < 1 ? Math.Min(lastTrue, Whole(lastFalse * most / (1 - most), up: false)) : lastTrue;
            }

            for (var tp = firstTrue; tp <= lastTrue; tp++)
            {
                int low = firstFalse, high = lastFalse;
                if (Positive is { } ppv)
                {
                    low = Math.Max(low, Whole(tp / ppv.High(widening) - tp, up: true));
                    high = Math.Min(high, ppv.Low(widening) > 0 ? Whole(tp / ppv.Low(widening) - tp, up: false) : high);
                }

                if (Negative is { } npv)
                {
                    double below = npv.Low(widening), above = npv.High(widening);
                    var falseNegatives = diseased - tp;
                    low = above < 1 ? Math.Max(low, healthy - Whole(falseNegatives * above / (1 - above), up: false)) : low;
                    high = below < 1 ? Math.Min(high, healthy - Whole(falseNegatives * below / (1 - below), up: true)) : high;
                }

                for (var fp = low; fp <= high; fp++)
                {
                    var table = new CountTable(tp, diseased - tp, fp, healthy - fp);
                    if (Fits(Positive, tp, fp, widening) && Fits(Negative, table.D, table.B, widening))
                    {
                        found.Add(table);
                        if (found.Count > Limit)
                        {
                            return;
                        }
                    }
                }
            }
        }

        private static bool Fits(Reported? reported, int part, int rest, int widening) =>
            reported is not { } r || (part + rest > 0 && Share(part, rest) is var share && share >= r.Low(widening) && share <= r.High(widening));

        private static (int First, int Last) Range(Reported? reported, int size, int widening) => reported is { } r
            ? (Math.Max(0, Whole(size * r.Low(widening), up: true)), Math.Min(size, Whole(size * r.High(widening), up: false)))
            : (0, size);

        private static int Whole(double value, bool up) => (int)Math.Clamp(up ? Math.Ceiling(value) : Math.Floor(value), -1, LargestTotal);

        private double Distance(CountTable t) =>
            Off(Sensitivity, t.A, t.B) + Off(Specificity, t.D, t.C) + Off(Positive, t.A, t.C) + Off(Negative, t.D, t.B);

        private static double Off(Reported? reported, int part, int rest) =>
            reported is { } r ? Math.Pow((Share(part, rest) - r.Value) / r.Half, 2) : 0;

        private static double Share(int part, int rest) => (double)part / ((double)part + rest);
    }
}
