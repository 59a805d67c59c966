namespace MetaSpine;

/// <summary>Whether a published kappa can follow from the agreement that is published beside it.</summary>
/// <param name="Reported">The kappa that is printed.</param>
/// <param name="Computed">The kappa that the printed shares give.</param>
/// <param name="Lowest">The least kappa that the shares allow before they were rounded.</param>
/// <param name="Highest">The largest one.</param>
/// <param name="Agrees">Whether the printed kappa, before it was rounded, can lie between them.</param>
public sealed record PublishedKappa(double Reported, double Computed, double Lowest, double Highest, bool Agrees)
{
    /// <summary>Recomputes a kappa. Every number is taken as rounded (or cut) at its last digit.</summary>
    /// <param name="observed">The observed agreement as it is printed: <c>71.91%</c> or <c>0.7191</c>.</param>
    /// <param name="expected">The agreement expected by chance, in the same form.</param>
    /// <param name="kappa">The kappa as it is printed: <c>0.4367</c>.</param>
    /// <exception cref="ArgumentException">A text is no number, or a share is not between 0 and 1.</exception>
    public static PublishedKappa Check(string observed, string expected, string kappa)
    {
        ArgumentNullException.ThrowIfNull(kappa);
        var (o, e, k) = (Share(observed), Share(expected), Printed(kappa));

        // Kappa rises with the observed agreement and falls with the expected.
        var (low, high) = (Kappa(o.Value - o.Ulp, e.Value + e.Ulp), Kappa(o.Value + o.Ulp, e.Value - e.Ulp));
        var rounding = 1e-12;
        return new(k.Value, Kappa(o.Value, e.Value), low, high, k.Value + k.Ulp >= low - rounding && k.Value - k.Ulp <= high + rounding);
    }

    /// <summary>The finding in a sentence.</summary>
    public override string ToString() => FormattableString.Invariant($"the shares give kappa {Computed:0.0000} (rounding allows {Lowest:0.0000} to {Highest:0.0000}), and {Reported} is printed: ")
        + (Agrees ? "they agree" : "the text disagrees with itself");

    private static double Kappa(double observed, double expected) => (observed - expected) / (1 - expected);

    private static (double Value, double Ulp) Share(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isPercent = text.TrimEnd().EndsWith('%');
        var (value, ulp) = Printed(isPercent ? text.TrimEnd()[..^1].TrimEnd() : text);
        (value, ulp) = isPercent ? (value / 100, ulp / 100) : (value, ulp);
        return value is >= 0 and <= 1 && value + ulp > 0
            ? (value, ulp)
            : throw new ArgumentException($"'{NumberText.Shorten(text)}' is not a share: expected a percentage such as 71.91% or a proportion such as 0.7191.", nameof(text));
    }

    /// <summary>A printed number and the size of its last digit.</summary>
    private static (double Value, double Ulp) Printed(string text) =>
        NumberText.Value(text.Trim()) is { } value
            ? (value, Math.Pow(10, -NumberText.Decimals(text.Trim())))
            : throw new ArgumentException($"'{NumberText.Shorten(text)}' is not a number; expected one such as 0.4367.", nameof(text));
}
