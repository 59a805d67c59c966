namespace MetaSpine;

/// <summary>Reads one row after the other and keeps book of what is missing (the row has no estimate) and what is impossible (a fault).</summary>
internal sealed class RowReader(EffectData data)
{
    private int _row, _faultsBefore;

    public List<string> Faults { get; } = [];

    /// <summary>Whether the present row has no fault and misses nothing so far.</summary>
    public bool IsSound => Problem is null && Faults.Count == _faultsBefore;

    /// <summary>Why the present row cannot be used; null when nothing is missing.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was derived from other numbers than the usual ones; null when nothing.</summary>
    public string? Note { get; private set; }

    public void MoveTo(int row)
    {
        _row = row;
        _faultsBefore = Faults.Count;
        Problem = null;
        Note = null;
    }

    /// <summary>Nothing that would do is there.</summary>
    public double Missing(string problem)
    {
        Problem ??= problem;
        return double.NaN;
    }

    /// <summary>A value that was derived, with a note of how.</summary>
    public double Derived(double value, string note)
    {
        Note ??= note;
        return value;
    }

    public bool Has(string column) => !double.IsNaN(data.Value(column, _row));

    /// <summary>Whether a study reports all of them.</summary>
    public bool HasAll(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!Has(column))
            {
                return false;
            }
        }

        return true;
    }

    public double Number(string column)
    {
        var value = data.Value(column, _row);
        if (double.IsNaN(value))
        {
            Problem ??= $"{column} is missing";
        }
        else if (double.IsInfinity(value))
        {
            Fault(column, value, "must be finite");
        }

        return value;
    }

    /// <summary>A value that may be absent; NaN then.</summary>
    public double Optional(string column) => data.Value(column, _row);

    public double NonNegative(string column) => Checked(column, value => value >= 0, "must not be negative");

    /// <summary>A sampling variance or standard error that was given: 0 is as wrong as a negative one, since no study is without sampling error.</summary>
    public double SamplingError(string column) =>
        Checked(column, value => value > 0, "must be above 0: without sampling error the study would take all the weight; give its variance or standard error, or leave it out");

    public double Positive(string column) => Checked(column, value => value > 0, "must be above 0");

    /// <summary>The size of a sample that a standard deviation or a correlation comes from.</summary>
    public double SampleSize(string column) => Checked(column, value => value >= 2, "must be at least 2");

    public double Correlation(string column) => Checked(column, value => Math.Abs(value) <= 1, "must lie between -1 and 1");

    public double Proportion(string column) => Checked(column, value => value is >= 0 and <= 1, "must lie between 0 and 1");

    public double AtMostOne(string column) => Checked(column, value => value <= 1, "must be at most 1");

    /// <summary>A number of people from 1 on that fits a count.</summary>
    public double Whole(string column) => Checked(column, value => value is >= 1 and <= 1e9 && value == Math.Floor(value), "must be a whole number from 1 to 1e9");

    /// <summary>A number of predictors or items.</summary>
    public double AtLeast(string column, double least) =>
        Checked(column, value => value >= least, FormattableString.Invariant($"must be at least {least}"));

    /// <summary>The t statistic that a two-sided p-value belongs to; the p-value carries the sign of the effect.</summary>
    public double SignedP(string column, double freedom)
    {
        var p = Checked(column, value => value != 0 && Math.Abs(value) <= 1, "must be a two-sided p-value with the sign of the effect, not 0");
        return Math.Abs(p) is > 0 and <= 1 && freedom > 0 ? Math.Sign(p) * StudentT.UpperQuantile(Math.Abs(p) / 2, freedom) : double.NaN;
    }

    /// <summary>The root of a statistic that carries the sign of the effect: t from F, z from chi-squared, with 1 degree of freedom.</summary>
    public double SignedRoot(string column)
    {
        var value = Number(column);
        return double.IsNaN(value) ? value : Math.Sign(value) * Math.Sqrt(Math.Abs(value));
    }

    /// <summary>The F statistic that a p-value belongs to.</summary>
    public double UpperF(string column, double df1, double df2)
    {
        var p = Checked(column, value => value is > 0 and <= 1, "must be a p-value above 0");
        return p is > 0 and <= 1 && df1 > 0 && df2 > 0 ? FDistribution.UpperQuantile(p, df1, df2) : double.NaN;
    }

    /// <summary>A rule that takes several numbers to check.</summary>
    public void Demand(bool holds, string column, double value, string rule)
    {
        if (!holds && double.IsFinite(value))
        {
            Fault(column, value, rule);
        }
    }

    /// <summary>The rest of a group: read where given, else total less events.</summary>
    public double Rest(string rest, string events, double count, string total)
    {
        if (Has(rest) || !data.Has(total))
        {
            return NonNegative(rest);
        }

        var n = NonNegative(total);
        if (n < count)
        {
            Fault(events, count, FormattableString.Invariant($"is above the group's total, {total} = {n}"));
        }

        return n - count;
    }

    private double Checked(string column, Func<double, bool> valid, string rule)
    {
        var value = Number(column);
        if (double.IsFinite(value) && !valid(value))
        {
            Fault(column, value, rule);
        }

        return value;
    }

    private void Fault(string column, double value, string rule) =>
        Faults.Add(FormattableString.Invariant($"{data.Where(_row)}: {column} = {value} {rule}"));
}
