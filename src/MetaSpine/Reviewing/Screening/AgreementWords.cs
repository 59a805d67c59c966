namespace MetaSpine;

/// <summary>The words by which coefficients of agreement are commonly read. They are conventions, each with its source, and no test.</summary>
public static class AgreementWords
{
    /// <summary>The bands of the Cochrane Handbook 5.1, section 7.2.6: fair from 0.40, good from 0.60, excellent from 0.75.</summary>
    /// <param name="kappa">The coefficient.</param>
    public static string Cochrane(double kappa) => Hundredths(kappa) switch
    {
        >= 75 => "excellent",
        >= 60 => "good",
        >= 40 => "fair",
        _ => "below fair",
    };

    /// <summary>The bands of Landis and Koch 1977 (Biometrics 33, 159-174, doi:10.2307/2529310).</summary>
    /// <param name="kappa">The coefficient.</param>
    public static string LandisKoch(double kappa) => kappa < 0 ? "poor" : Hundredths(kappa) switch
    {
        > 80 => "almost perfect",
        > 60 => "substantial",
        > 40 => "moderate",
        > 20 => "fair",
        _ => "slight",
    };

    /// <summary>Both sources give their bounds to two decimals, and so the coefficient is rounded before it is read.</summary>
    private static double Hundredths(double kappa) => Math.Round(100 * kappa, MidpointRounding.AwayFromZero);
}
