namespace MetaSpine;

/// <summary>Reads one row after the other and keeps book of what is missing (the row has no estimate) and what is impossible (a fault).</summary>
internal sealed class RowReader(EffectData data)
{
    private int _row;

    public List<string> Faults { get; } = [];

    /// <summary>Why the present row cannot be used; null when nothing is missing.</summary>
    public string? Problem { get; private set; }

    public void MoveTo(int row)
    {
        _row = row;
        Problem = null;
    }

    public bool Has(string column) => !double.IsNaN(data.Value(column, _row));

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

    public double Positive(string column) => Checked(column, value => value > 0, "must be above 0");

    public double AtLeastOne(string column) => Checked(column, value => value >= 1, "must be at least 1");

    public double Correlation(string column) => Checked(column, value => Math.Abs(value) <= 1, "must lie between -1 and 1");

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
        Faults.Add(FormattableString.Invariant($"{data.Label(_row)} (row {_row + 1}): {column} = {value} {rule}"));
}
