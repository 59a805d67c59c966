namespace MetaSpine;

/// <summary>A log-likelihood and its derivatives in the logit of the mean and the logarithm of the dispersion.</summary>
internal readonly record struct BetaBinomialTerms(double Value, double Mean, double Dispersion, double MeanMean, double MeanDispersion, double DispersionDispersion);

/// <summary>
/// x of n where the probability has a beta distribution with mean mu and intraclass correlation gamma / (1 + gamma): Skellam (1948), Journal of the
/// Royal Statistical Society B 10:257, doi:10.1111/j.2517-6161.1948.tb00014.x, as a product of factors (Griffiths 1973, doi:10.2307/2529131), which
/// at gamma = 0 is the binomial distribution itself.
/// </summary>
internal static class BetaBinomialLikelihood
{
    public static BetaBinomialTerms At(double x, double n, double logit, double gamma)
    {
        var odds = Math.Exp(-Math.Abs(logit));
        var (small, large) = (odds / (1 + odds), 1 / (1 + odds));
        var (mu, rest) = logit < 0 ? (small, large) : (large, small);
        var events = Factors(x, mu, gamma);
        var others = Factors(n - x, rest, gamma);
        var all = Factors(n, 1, gamma);
        var first = events.Start - others.Start;
        var slope = mu * rest;
        var byGamma = events.Step + others.Step - all.Step;
        return new BetaBinomialTerms(
            LogBinomial(x, n) + events.Log + others.Log - all.Log,
            first * slope,
            byGamma * gamma,
            (events.StartStart + others.StartStart) * slope * slope + first * slope * (rest - mu),
            (events.StartStep - others.StartStep) * slope * gamma,
            (events.StepStep + others.StepStep - all.StepStep) * gamma * gamma + byGamma * gamma);
    }

    /// <summary>ln of start (start + step) (start + 2 step) ... with count factors, and its derivatives in start and step.</summary>
    private static (double Log, double Start, double Step, double StartStart, double StartStep, double StepStep) Factors(double count, double start, double step)
    {
        var sums = FactorSums.Below(count, start, step);
        return (sums.Log, sums.Inverse, sums.Index, -sums.InverseSquare, -sums.IndexSquare, -sums.SquareSquare);
    }

    private static double LogBinomial(double x, double n) => x == 0 || x == n
        ? 0
        : SaddlePoint.StirlingError(n) - SaddlePoint.StirlingError(x) - SaddlePoint.StirlingError(n - x) + Math.Log(n / (2 * Math.PI * x * (n - x))) / 2
            - x * Math.Log(x / n) - (n - x) * Math.Log((n - x) / n);
}
