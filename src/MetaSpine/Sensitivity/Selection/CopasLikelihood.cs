namespace MetaSpine;

/// <summary>
/// The log-likelihood of the Copas model at a given selection of the studies (Copas and Shi 2001, doi:10.1177/096228020101000402, equation 6): a study of standard error s is selected with
/// probability Phi(u), u = gamma0 + gamma1 / s, more often the larger its estimate is, by the correlation rho of the two errors. Its within-study
/// variance, which selection has made smaller, is s^2 / (1 - rho^2 lambda(u)(u + lambda(u))) with lambda = phi/Phi. The parameters are mu, rho, tau^2 and a
/// slope in s.
/// </summary>
/// <param name="y">Estimates, large ones being favoured, in units of the typical standard error.</param>
/// <param name="s">Their standard errors, likewise.</param>
/// <param name="u">Their selection; empty where all are selected.</param>
internal sealed class CopasLikelihood(double[] y, double[] s, double[] u) : ILikelihood
{
    /// <summary>Below, the normal tail is written by its expansion, before it underflows.</summary>
    private const double DeepTail = -30;

    private readonly double[] _shrink = Array.ConvertAll(u, value => Hazard(value) * (value + Hazard(value)));

    public int Size => 4;

    /// <summary>Whether any study can be left out, so that the correlation counts.</summary>
    public bool Selects => u.Length > 0;

    public double Value(double[] scaled)
    {
        var (mu, rho, tau2, slope) = (scaled[0], scaled[1], scaled[2], scaled[3]);
        double sum = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var residual = y[i] - mu - s[i] * slope;
            var (variance, pull, offset) = Selection(i, rho, tau2);
            sum += -.5 * (Math.Log(2 * Math.PI * variance) + residual * residual / variance);
            sum += u.Length == 0 ? 0 : LogLower(offset + pull * residual) - LogLower(u[i]);
        }

        return double.IsFinite(sum) ? sum : double.NegativeInfinity;
    }

    /// <summary>The best mean at a correlation and a tau^2, without a slope: the likelihood is concave in it, so that Newton's method climbs.</summary>
    public double Mean(double start, double rho, double tau2)
    {
        var mu = start;
        for (var step = 0; step < 30; step++)
        {
            double gradient = 0, curvature = 0;
            for (var i = 0; i < y.Length; i++)
            {
                var (variance, pull, offset) = Selection(i, rho, tau2);
                var hazard = pull == 0 ? 0 : Hazard(offset + pull * (y[i] - mu));
                gradient += (y[i] - mu) / variance - pull * hazard;
                curvature += 1 / variance + pull * pull * hazard * (offset + pull * (y[i] - mu) + hazard);
            }

            var move = gradient / curvature;
            mu += move;
            if (Math.Abs(move) < 1e-6)
            {
                break;
            }
        }

        return mu;
    }

    /// <summary>Study i's variance, and the probit of its selection as a function of its residual: offset + pull residual.</summary>
    private (double Variance, double Pull, double Offset) Selection(int i, double rho, double tau2)
    {
        if (u.Length == 0)
        {
            return (tau2 + s[i] * s[i], 0, 0);
        }

        var within = s[i] * s[i] / (1 - _shrink[i] * rho * rho);
        var variance = tau2 + within;
        var steep = Math.Sqrt(variance / (variance - rho * rho * within));
        return (variance, rho * Math.Sqrt(within) / variance * steep, u[i] * steep);
    }

    public (double[] Gradient, double[] Hessian) Derivatives(double[] scaled)
    {
        var sum = At(scaled);
        var (gradient, hessian) = (new double[4], new double[16]);
        for (var a = 0; a < 4; a++)
        {
            gradient[a] = sum.Slope(a);
            for (var b = 0; b < 4; b++)
            {
                hessian[4 * a + b] = sum.Curvature(a, b);
            }
        }

        return (gradient, hessian);
    }

    private Jet At(double[] scaled)
    {
        var (mu, rho, tau2, slope) = (Jet.Variable(scaled[0], 0), Jet.Variable(scaled[1], 1), Jet.Variable(scaled[2], 2), Jet.Variable(scaled[3], 3));
        Jet sum = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var residual = (Jet)y[i] - mu - s[i] * slope;
            if (u.Length == 0)
            {
                sum += Normal(residual, tau2 + s[i] * s[i]);
                continue;
            }

            var within = s[i] * s[i] * Jet.Power((Jet)1 - _shrink[i] * (rho * rho), -1);
            var variance = tau2 + within;
            var selected = ((Jet)u[i] + rho * Jet.Power(within, .5) * residual / variance) * Jet.Power(variance / (variance - rho * rho * within), .5);
            sum += Normal(residual, variance) + LogLower(selected) - LogLower(u[i]);
        }

        return sum;
    }

    private static Jet Normal(in Jet residual, in Jet variance) =>
        -.5 * (Jet.Log(variance) + residual * residual / variance + Math.Log(2 * Math.PI));

    private static Jet LogLower(in Jet x)
    {
        var hazard = Hazard(x.Value);
        return x.Chain(LogLower(x.Value), hazard, -hazard * (x.Value + hazard));
    }

    private static double LogLower(double x) =>
        x > DeepTail ? Math.Log(NormalDistribution.Lower(x)) : NormalDistribution.LogDensity(x) - Math.Log(Hazard(x));

    /// <summary>phi/Phi; in the deep tail -x + 1/(x - ...) as a continued fraction.</summary>
    private static double Hazard(double x) => x > DeepTail
        ? NormalDistribution.Density(x) / NormalDistribution.Lower(x)
        : -x - 1 / (x + 2 / (x + 3 / (x + 4 / x)));
}
