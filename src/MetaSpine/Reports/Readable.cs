using System.Globalization;

namespace MetaSpine;

/// <summary>Numbers as people read them in a paper: rounded, never "-0.00", never NaN.</summary>
internal static class Readable
{
    /// <summary>What stands for a number that there is not.</summary>
    public const string None = "not estimable";

    /// <summary>Two decimals below 10, one below 100, none above; small numbers keep two significant digits.</summary>
    public static string Significant(double value)
    {
        var size = Math.Abs(value);
        return size is > 0 and < 1e-5 or >= 1e7
            ? Finite(value, value.ToString("0.0e+0", CultureInfo.InvariantCulture))
            : Fixed(value, SignificantDecimals(value));
    }

    /// <summary>How many decimals <see cref="Significant"/> gives: at least 2 below 10, and at most 6.</summary>
    public static int SignificantDecimals(double value) => Math.Abs(value) switch
    {
        >= 99.95 => 0,
        >= 9.995 => 1,
        >= 0.0995 or 0 or double.NaN => 2,
        var size => Math.Min(6, 1 - (int)Math.Floor(Math.Log10(size))),
    };

    /// <summary>A fixed number of decimals.</summary>
    public static string Fixed(double value, int decimals)
    {
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Finite(value, text.StartsWith('-') && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[1..] : text);
    }

    /// <summary>So many decimals that the interval's half-width shows with two digits, and at most one above that; between 0 and 6.</summary>
    public static int DecimalsFor(Interval interval)
    {
        var half = (interval.Upper - interval.Lower) / 2;
        return half > 0 && double.IsFinite(half)
            ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(half)), half < 100 ? 1 : 0, 6)
            : 2;
    }

    /// <summary>A p-value with its sign of relation: "p = 0.012", "p &lt; 0.001".</summary>
    public static string PValue(double p) => $"p {PRelation(p)}";

    /// <summary>A p-value for a column headed p: "0.012", "&lt;0.001".</summary>
    public static string PCell(double p) => PRelation(p).Replace("= ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A level as a percentage without needless decimals: 95, 99.9.</summary>
    public static string Level(double level) => (100 * level).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands set apart by commas: 357,347; with its decimals where it has any.</summary>
    public static string Count(double count) => Finite(count, count.ToString("#,##0.##", CultureInfo.InvariantCulture));

    /// <summary>All digits that the number has, so that reading it gives the same number; empty where there is none.</summary>
    public static string Exact(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string PRelation(double p) => p switch
    {
        double.NaN => $"= {None}",
        < 0.001 => "< 0.001",
        > 0.995 => "> 0.99",
        _ => $"= {Fixed(p, p < 0.0995 ? 3 : 2)}",
    };

    private static string Finite(double value, string text) =>
        double.IsNaN(value) ? None : double.IsInfinity(value) ? (value > 0 ? "infinity" : "-infinity") : text;
}

/// <summary>How the numbers of one measure are written on the scale that people read: as a percentage, a ratio or a plain number.</summary>
internal sealed class NaturalFormat
{
    private const int LongHeading = 14;

    private readonly double _factor;
    private readonly int _decimals;
    private readonly bool _ratio;

    /// <param name="measure">The measure.</param>
    /// <param name="interval">The interval that is to be shown well, on the natural scale; it decides the decimals.</param>
    public NaturalFormat(Measure measure, Interval interval)
    {
        IsPercent = measure.ReadAs == "proportion";
        _factor = IsPercent ? 100 : 1;
        Heading = IsPercent ? "Proportion, %"
            : measure.ReadAs.Length > LongHeading && measure.NullValue is not null ? measure.Code
            : PooledReport.Capital(measure.ReadAs);
        _ratio = measure.NullValue is 0 && ReferenceEquals(measure.Scale, Scale.Log);
        _decimals = _ratio
            ? Readable.SignificantDecimals(interval.Lower)
            : Readable.DecimalsFor(interval with { Lower = _factor * interval.Lower, Upper = _factor * interval.Upper });
    }

    /// <summary>The format of several intervals on the natural scale: the narrowest one decides how many decimals all of them get.</summary>
    public static NaturalFormat For<T>(Measure measure, IEnumerable<T> items, Func<T, Interval> interval)
    {
        var narrowest = new Interval(0, double.PositiveInfinity, 0.95);
        foreach (var item in items)
        {
            var found = interval(item);
            if (found.Upper > found.Lower && found.Upper - found.Lower < narrowest.Upper - narrowest.Lower)
            {
                narrowest = found;
            }
        }

        return new NaturalFormat(measure, double.IsFinite(narrowest.Upper) ? narrowest : narrowest with { Upper = 1 });
    }

    /// <summary>Whether numbers are percentages.</summary>
    public bool IsPercent { get; }

    /// <summary>The heading of a column of these numbers; a long name of a comparison gives way to its code, such as SMD.</summary>
    public string Heading { get; }

    /// <summary>The unit behind a number in running text.</summary>
    public string Unit => IsPercent ? "%" : "";

    /// <summary>The number without a unit. Ratios keep fewer decimals from 10 on, and more where they would show as 0.</summary>
    public string Number(double value) =>
        _ratio && (value >= 9.995 || value < 0.5 * Math.Pow(10, -_decimals)) ? Readable.Significant(value) : Readable.Fixed(_factor * value, _decimals);

    /// <summary>Both bounds: "0.12 to 1.26".</summary>
    public string Range(Interval interval) => $"{Number(interval.Lower)} to {Number(interval.Upper)}";
}
