namespace MetaSpine;

/// <summary>What was converted from the numbers that a paper gives: the value with what had to be assumed.</summary>
public abstract record Converted
{
    /// <summary>What the conversion took for granted, in sentences that name their source.</summary>
    public required ValueList<string> Assumptions { get; init; }

    /// <summary>What speaks against the conversion in this case; none when nothing does.</summary>
    public ValueList<string> Warnings { get; init; } = [];
}

/// <summary>An estimate with its standard error, ready for pooling.</summary>
public sealed record ConvertedEstimate : Converted
{
    /// <summary>The estimate: the logarithm for ratios (hazard, odds, risk), else on the scale of the numbers given.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error, above 0, on the same scale.</summary>
    public required double StandardError { get; init; }

    /// <summary>Its sampling variance, the square of the standard error.</summary>
    public double Variance => StandardError * StandardError;

    /// <summary>Returns the estimate and its standard error.</summary>
    public override string ToString() => $"{Given.Text(Estimate)} (SE {Given.Text(StandardError)})";
}

/// <summary>A single converted number, with an interval where one was given to convert.</summary>
public sealed record ConvertedValue : Converted
{
    /// <summary>The value, on its natural scale.</summary>
    public required double Value { get; init; }

    /// <summary>The interval on the scale of the value, converted bound by bound; null where none was given.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Returns the value with its interval.</summary>
    public override string ToString() =>
        Interval is { } i ? $"{Given.Text(Value)} [{Given.Text(i.Lower)}; {Given.Text(i.Upper)}]" : Given.Text(Value);
}

/// <summary>A group's mean and standard deviation.</summary>
public sealed record ConvertedMean : Converted
{
    /// <summary>The mean, in the unit of the numbers given.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation of the participants (not of the mean), above 0.</summary>
    public required double Sd { get; init; }

    /// <summary>The number of participants.</summary>
    public required double N { get; init; }

    /// <summary>Whether the numbers look skewed; null where they could not tell.</summary>
    public SkewnessTest? Skewness { get; init; }

    /// <summary>Returns the mean, the standard deviation and the number of participants.</summary>
    public override string ToString() => $"mean {Given.Text(Mean)}, SD {Given.Text(Sd)}, n {Given.Text(N)}";
}
