namespace MetaSpine;

/// <summary>A 2x2 table of counts: the first group's events and non-events, then the second's.</summary>
/// <param name="A">Events of the first group; true positives.</param>
/// <param name="B">Non-events of the first group; false negatives.</param>
/// <param name="C">Events of the second group; false positives.</param>
/// <param name="D">Non-events of the second group; true negatives.</param>
public readonly record struct CountTable(int A, int B, int C, int D)
{
    /// <summary>The odds ratio AD / BC; infinite where only B or C is 0.</summary>
    public double OddsRatio => (double)A * D / ((double)B * C);

    /// <summary>The phi coefficient, from -1 to 1: the correlation of group and event.</summary>
    public double Phi => Cross / Math.Sqrt(Margins);

    /// <summary>The chi-squared statistic of Pearson.</summary>
    public double ChiSquared => Total * Cross * Cross / Margins;

    /// <summary>The chi-squared statistic with the continuity correction of Yates.</summary>
    public double YatesChiSquared
    {
        get
        {
            var corrected = Math.Max(0, Math.Abs(Cross) - .5 * Total);
            return Total * corrected * corrected / Margins;
        }
    }

    /// <summary>The sum of the cells.</summary>
    public double Total => (double)A + B + C + D;

    private double Cross => (double)A * D - (double)B * C;

    private double Margins => ((double)A + B) * ((double)C + D) * ((double)A + C) * ((double)B + D);
}

/// <summary>The tables that reproduce the reported numbers.</summary>
public sealed record ConvertedTables : Converted
{
    /// <summary>Every table that reproduces the numbers to the digits reported, the one that comes closest first; never empty.</summary>
    public required ValueList<CountTable> Tables { get; init; }

    /// <summary>The table that comes closest.</summary>
    public CountTable Table => Tables[0];

    /// <summary>Whether no other table reproduces the numbers.</summary>
    public bool IsUnique => Tables.Count == 1;

    /// <summary>Returns the closest table and the number of others.</summary>
    public override string ToString() => IsUnique ? $"{Table}" : $"{Table} and {Tables.Count - 1} more";

    internal static ConvertedTables Of(List<CountTable> tables, string assumption) => new()
    {
        Tables = tables.ToValueList(),
        Assumptions = [assumption],
        Warnings = tables.Count == 1 ? []
            : [$"{tables.Count} tables reproduce the reported numbers to the digits given; the closest comes first, but any may be the true one."],
    };
}
