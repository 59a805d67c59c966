namespace MetaSpine;

/// <summary>Parameters as numbers without bounds and of the size of 1, as a search wants them.</summary>
internal static class ComponentScale
{
    /// <summary>Beyond this a bounded parameter is at its bound as far as a double shows.</summary>
    public const double Far = 18;

    /// <summary>The number that a search moves.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">Its value.</param>
    /// <param name="unit">The standard deviation that counts as 1.</param>
    public static double Search(ComponentParameter parameter, double value, double unit) => parameter.Kind switch
    {
        ParameterKind.Correlation => Math.Clamp(Math.Log((value - parameter.Lower) / (parameter.Upper - value)), -Far, Far),
        ParameterKind.Range => Math.Log(value / parameter.Start),
        _ => value / unit,
    };

    /// <summary>The value, and its derivative by the number that a search moves.</summary>
    public static (double Value, double Slope) Natural(ComponentParameter parameter, double search, double unit)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Correlation:
                var share = 1 / (1 + Math.Exp(-search));
                var width = parameter.Upper - parameter.Lower;
                return (parameter.Lower + width * share, width * share * (1 - share));
            case ParameterKind.Range:
                var range = parameter.Start * Math.Exp(Math.Clamp(search, -Far, Far));
                return (range, range);
            default:
                return (search * unit, unit);
        }
    }
}
