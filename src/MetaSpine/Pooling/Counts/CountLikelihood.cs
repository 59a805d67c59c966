namespace MetaSpine;

/// <summary>A function of one number and its first four derivatives.</summary>
internal readonly record struct Derivatives(double Value, double First, double Second, double Third, double Fourth)
{
    /// <summary>The function of a jet.</summary>
    public Jet Of(in Jet argument) => argument.Chain(Value, First, Second);

    public Jet SlopeOf(in Jet argument) => argument.Chain(First, Second, Third);

    public Jet CurvatureOf(in Jet argument) => argument.Chain(Second, Third, Fourth);
}

/// <summary>The free estimate of one linear predictor. At the end of its range it is infinite, with no information.</summary>
internal readonly record struct FreeFit(double Predictor, double Information, double LogLikelihood);

/// <summary>The log-likelihood, with all its constants, of one count as a function of its linear predictor; concave.</summary>
internal abstract class CountLikelihood
{
    public abstract Derivatives At(double predictor);

    /// <summary>What the count alone says, without a model for the predictor.</summary>
    public abstract FreeFit Free { get; }

    /// <summary>x times ln y, 0 for x = 0.</summary>
    protected static double TimesLog(double x, double y) => x == 0 ? 0 : x * Math.Log(y);
}

/// <summary>x events of n, with logit p = predictor + offset.</summary>
internal sealed class BinomialLikelihood(double x, double n, double offset = 0) : CountLikelihood
{
    /// <summary>The largest log-likelihood: of p = x/n. C. Loader's form, in which nothing large cancels.</summary>
    private readonly double _largest = x == 0 || x == n
        ? 0
        : SaddlePoint.StirlingError(n) - SaddlePoint.StirlingError(x) - SaddlePoint.StirlingError(n - x) + Math.Log(n / (2 * Math.PI * x * (n - x))) / 2;

    public double Events => x;

    public double Total => n;

    public override FreeFit Free => new(Math.Log(x / (n - x)) - offset, x * (n - x) / n, _largest);

    public override Derivatives At(double predictor)
    {
        var logit = predictor + offset;
        var odds = Math.Exp(-Math.Abs(logit));
        var (small, large) = (odds / (1 + odds), 1 / (1 + odds));
        var (p, q) = logit < 0 ? (small, large) : (large, small);
        var (logP, logQ) = logit < 0 ? (logit - Log1P(odds), -Log1P(odds)) : (-Log1P(odds), -logit - Log1P(odds));
        var variance = n * p * q;
        return new Derivatives(
            _largest + x * logP + (n - x) * logQ - TimesLog(x, x / n) - TimesLog(n - x, (n - x) / n),
            x * q - (n - x) * p,
            -variance,
            variance * (p - q),
            -variance * (1 - 6 * p * q));
    }

    private static double Log1P(double x) => x < 1e-5 ? x * (1 - x * (0.5 - x / 3)) : Math.Log(1 + x);
}

/// <summary>x events in person-time t, with log rate = predictor.</summary>
internal sealed class PoissonLikelihood(double x, double time) : CountLikelihood
{
    private readonly double _largest = x == 0 ? 0 : -SaddlePoint.StirlingError(x) - Math.Log(2 * Math.PI * x) / 2;

    public override FreeFit Free => new(Math.Log(x / time), x, _largest);

    public override Derivatives At(double predictor)
    {
        var mean = time * Math.Exp(predictor);
        var deviance = x == 0 ? mean : mean - x - x * (Math.Log(time / x) + predictor);
        return new Derivatives(_largest - deviance, x - mean, -mean, -mean, -mean);
    }
}

/// <summary>The treated events of a table given both its margins, with log odds ratio = predictor: the noncentral hypergeometric distribution.</summary>
internal sealed class HypergeometricLikelihood : CountLikelihood
{
    private readonly ConditionalTable _table;

    public HypergeometricLikelihood(double events, double n1, double n2, double allEvents)
    {
        _table = new ConditionalTable(events, n1, n2, allEvents);
        Free = _table.Free();
    }

    public override FreeFit Free { get; }

    public override Derivatives At(double predictor) => _table.At(predictor);
}
