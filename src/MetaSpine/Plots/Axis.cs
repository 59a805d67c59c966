using System.Globalization;

namespace MetaSpine;

/// <summary>
/// An axis: where values lie in the picture, and which of them are marked. It runs from one pixel to another, in either
/// direction; a vertical one has its labels one above the other.
/// </summary>
internal sealed class Axis
{
    /// <summary>Between the labels of neighbouring ticks, in pixels.</summary>
    private const double LabelGap = 10;

    /// <summary>A logarithmic axis shows 1e-12 to 1e12.</summary>
    private const int MostDecades = 12;

    /// <summary>A linear axis is divided into at most that many pieces.</summary>
    private const int MostPieces = 7;

    /// <summary>So many ticks let a reader interpolate.</summary>
    private const int FewTicks = 3;

    private readonly bool _log;
    private readonly bool _vertical;
    private readonly bool _whole;
    private readonly double _start;
    private readonly double _end;

    private Axis(bool log, double lower, double upper, double start, double end, double textSize, bool vertical, bool whole = false, IReadOnlyList<(double, string)>? ticks = null)
    {
        _log = log;
        _whole = whole;
        _vertical = vertical;
        Lower = lower;
        Upper = upper;
        _start = start;
        _end = end;
        Ticks = ticks ?? ChooseTicks(textSize);
    }

    public double Lower { get; }

    public double Upper { get; }

    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>Where a value lies; values beyond the axis lie at its end.</summary>
    public double At(double value) => Beyond(Math.Clamp(value, Lower, Upper));

    /// <summary>The same, of an axis that runs along x.</summary>
    public double X(double value) => At(value);

    /// <summary>Where a value would lie if the axis went on.</summary>
    public double Beyond(double value) => _start + (_end - _start) * (Scaled(value) - Scaled(Lower)) / (Scaled(Upper) - Scaled(Lower));

    /// <summary>Whether a value lies on the axis.</summary>
    public bool Covers(double value) => value >= Lower && value <= Upper;

    /// <summary>An axis that covers exactly a range.</summary>
    public static Axis Exactly(bool log, double lower, double upper, double start, double end, double textSize, bool vertical = false, bool whole = false, IReadOnlyList<(double, string)>? ticks = null) =>
        new(log, lower, upper, start, end, textSize, vertical, whole, ticks);

    /// <summary>An axis that covers a range and ends on round values.</summary>
    public static Axis Covering(bool log, double lower, double upper, double start, double end, double textSize, bool vertical = false)
    {
        if (log)
        {
            lower = Math.Clamp(lower, 1e-12, 1e11);
            upper = Math.Clamp(upper, lower, 1e12);
        }

        if (!(upper - lower > 1e-9 * Math.Abs(upper)))
        {
            (lower, upper) = log ? (lower / 1.5, upper * 1.5) : (lower - Half(lower), upper + Half(upper));
        }

        if (log && upper / lower > 3)
        {
            lower = Grid(1, 1.5, 2, 3, 5, 7).Last(value => value <= lower * (1 + 1e-9));
            upper = Grid(1, 1.5, 2, 3, 5, 7).First(value => value >= upper * (1 - 1e-9));
            return new Axis(log, lower, upper, start, end, textSize, vertical);
        }

        for (var pieces = MostPieces; ; pieces--)
        {
            var step = RoundStep((upper - lower) / pieces);
            var first = Math.Floor(lower / step + 1e-9) * step;
            var axis = new Axis(log, log && first <= 0 ? lower : first, Math.Ceiling(upper / step - 1e-9) * step, start, end, textSize, vertical);
            if (pieces == 1 || (axis.Ticks.Count > 1 && Math.Abs(axis.At(axis.Ticks[0].Value) - start) < 0.01 && Math.Abs(axis.At(axis.Ticks[^1].Value) - end) < 0.01))
            {
                return axis;
            }
        }
    }

    private static double Half(double value) => value == 0 ? 1 : Math.Abs(value) / 2;

    private double Scaled(double value) => _log ? Math.Log(value) : value;

    /// <summary>The first set of ticks, from dense to sparse, whose labels leave each other room; the fullest where all are few.</summary>
    private List<(double, string)> ChooseTicks(double textSize)
    {
        List<(double, string)> few = [];
        var slack = 1e-9 * Math.Min(Upper - Lower, _log ? Lower : double.MaxValue);
        foreach (var (values, format) in Candidates())
        {
            List<(double, string)> ticks = [.. values
                .Where(value => value >= Lower - slack && value <= Upper + slack)
                .Select(value => (value, PlotNumbers.Minus(value.ToString(format, CultureInfo.InvariantCulture))))];
            if (HaveRoom(ticks, textSize))
            {
                if (ticks.Count >= FewTicks)
                {
                    return ticks;
                }

                few = ticks.Count > few.Count ? ticks : few;
            }
        }

        return few;
    }

    private IEnumerable<(IEnumerable<double> Values, string Format)> Candidates()
    {
        const string shortest = "0.############";
        if (_log && Upper / Lower > 3)
        {
            yield return (Grid(1, 2, 5), shortest);
            yield return (Grid(1, 3), shortest);
            for (var every = 1; every <= 2 * MostDecades; every *= 2)
            {
                var step = every;
                yield return (Grid(1).Where((_, index) => (index - MostDecades) % step == 0), shortest);
            }
        }

        for (var pieces = MostPieces; pieces >= 1; pieces--)
        {
            var step = Math.Max(RoundStep((Upper - Lower) / pieces), _whole ? 1 : 0);
            var first = Math.Ceiling(Lower / step - 1e-9);
            var digits = Math.Max(0, (int)-Math.Floor(Math.Log10(step) + 1e-9));
            yield return (Enumerable.Range(0, pieces + 2).Select(i => (first + i) * step), "F" + digits.ToString(CultureInfo.InvariantCulture));
        }
    }

    private bool HaveRoom(List<(double Value, string Label)> ticks, double textSize)
    {
        for (var i = 1; i < ticks.Count; i++)
        {
            var needed = _vertical
                ? 1.8 * textSize
                : (TextMetrics.Width(ticks[i - 1].Label, textSize) + TextMetrics.Width(ticks[i].Label, textSize)) / 2 + LabelGap;
            if (Math.Abs(At(ticks[i].Value) - At(ticks[i - 1].Value)) < needed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The given mantissas in all decades.</summary>
    private static IEnumerable<double> Grid(params double[] mantissas) =>
        from decade in Enumerable.Range(-MostDecades, 2 * MostDecades + 1)
        from mantissa in mantissas
        select decade < 0 ? mantissa / Math.Pow(10, -decade) : mantissa * Math.Pow(10, decade);

    /// <summary>The smallest of 1, 2 or 5 times a power of ten that is not below the given step.</summary>
    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        var mantissa = step / power;
        return power * (mantissa <= 1.0000001 ? 1 : mantissa <= 2.0000001 ? 2 : mantissa <= 5.0000001 ? 5 : 10);
    }
}
