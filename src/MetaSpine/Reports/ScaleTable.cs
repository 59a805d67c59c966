namespace MetaSpine;

/// <summary>One estimate on the scale that it was computed on and, where that is another, on the scale that people read.</summary>
internal static class ScaleTable
{
    /// <summary>The estimate with its error and test, and the interval on both scales.</summary>
    public static Table Of(EffectSizes effects, double level, CoefficientRow row, string? statistic = null)
    {
        if (effects.Measure.NullValue is null)
        {
            // A test of an arbitrary value, such as a proportion of 50%.
            row = row with { Statistic = null, PValue = null };
        }

        var own = CoefficientTable.Of("", [row with { Name = effects.Measure.Name }], level, exponentiated: false, statistic);
        var columns = own.Columns.Select(column => column.Heading == "b" ? column with { Heading = "Estimate" } : column).ToList();
        if (ReferenceEquals(effects.Measure.Scale, Scale.Identity))
        {
            return own with { Columns = columns };
        }

        string Natural(string heading) =>
            heading == "Estimate" ? Number(effects, row.Estimate, row.Interval!.Value)
            : heading.EndsWith("CI", StringComparison.Ordinal) ? Range(effects, row.Interval!.Value)
            : "";
        return new Table(columns, [own.Rows[0], [NaturalName(effects.Measure), .. columns.Skip(1).Select(column => Natural(column.Heading))]]);
    }

    /// <summary>The name of the natural scale, with its unit.</summary>
    public static string NaturalName(Measure measure) => measure.ReadAs == "proportion" ? "proportion, %" : measure.ReadAs;

    /// <summary>An estimate on the analysis scale as people read it, so precise as its interval.</summary>
    public static string Number(EffectSizes effects, double estimate, Interval interval) =>
        new NaturalFormat(effects.Measure, Back(effects, interval)).Number(effects.BackTransform(estimate));

    /// <summary>An interval on the analysis scale as people read it.</summary>
    public static string Range(EffectSizes effects, Interval interval)
    {
        var natural = Back(effects, interval);
        return new NaturalFormat(effects.Measure, natural).Range(natural);
    }

    public static Interval Back(EffectSizes effects, Interval interval) =>
        interval with { Lower = effects.BackTransform(interval.Lower), Upper = effects.BackTransform(interval.Upper) };
}
