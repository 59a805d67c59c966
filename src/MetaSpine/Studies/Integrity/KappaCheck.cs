namespace MetaSpine;

/// <summary>Whether a reported kappa follows from the agreement that is reported with it.</summary>
/// <remarks>Kappa = (observed - expected) / (1 - expected): J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
/// Measurement 1960;20:37-46, doi:10.1177/001316446002000104.</remarks>
public static class KappaCheck
{
    /// <summary>Checks kappa against the observed and the expected agreement.</summary>
    /// <param name="kappa">Kappa as printed.</param>
    /// <param name="observed">The observed agreement as printed: "92.86%" or "0.9286".</param>
    /// <param name="expected">The agreement expected by chance, likewise.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An agreement is not from 0 to 1 (100%).</exception>
    public static NumberCheck OfAgreement(string kappa, string observed, string expected)
    {
        var (o, e) = (PrintedNumber.Parse(observed, "agreement"), PrintedNumber.Parse(expected, "agreement"));
        foreach (var agreement in new[] { o.Value, e.Value })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(agreement, 0, nameof(observed));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(agreement, 1, nameof(observed));
        }

        // Kappa rises with the observed agreement and, below full agreement, falls with the expected one.
        return Compare(kappa, Kappa(o.Low, e.High), Kappa(o.Value, e.Value), Kappa(Math.Min(1, o.High), e.Low), $"{observed} observed and {expected} expected agreement give");
    }

    /// <summary>Checks kappa against the two by two table of two raters.</summary>
    /// <param name="kappa">Kappa as printed.</param>
    /// <param name="both">How many both include.</param>
    /// <param name="first">How many only the first includes.</param>
    /// <param name="second">How many only the second includes.</param>
    /// <param name="neither">How many neither includes.</param>
    /// <exception cref="FormatException">Kappa is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or all are zero.</exception>
    public static NumberCheck OfTable(string kappa, long both, long first, long second, long neither)
    {
        foreach (var count in new[] { both, first, second, neither })
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 0, nameof(both));
        double total = (double)both + first + second + neither;
        ArgumentOutOfRangeException.ThrowIfZero(total, nameof(both));
        var expected = (((double)both + first) * ((double)both + second) + ((double)second + neither) * ((double)first + neither)) / (total * total);
        var value = Kappa(((double)both + neither) / total, expected);
        return Compare(kappa, value, value, value, $"the table {both}, {first}, {second}, {neither} gives");
    }

    private static double Kappa(double observed, double expected) => (observed - expected) / (1 - expected);

    private static NumberCheck Compare(string kappa, double low, double middle, double high, string from)
    {
        var printed = PrintedNumber.Parse(kappa, "kappa");
        var isDefined = double.IsFinite(middle);
        var agrees = !isDefined || (printed.High >= low - 1e-12 && printed.Low <= high + 1e-12);
        var (computed, first, last) = (printed.Like(middle), printed.Like(low), printed.Like(high));
        return NumberCheck.Of(IntegrityRules.Kappa, agrees, kappa, isDefined ? computed : null, isDefined ? first == last ? first : $"{first} to {last}" : null,
            !isDefined ? $"{from} no kappa" : agrees ? $"{from} a kappa of {computed}" : $"{from} a kappa of {computed}, but the report prints {kappa}");
    }
}
