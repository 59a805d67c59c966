namespace MetaSpine;

/// <summary>Where a fit is: the parameters that all studies share, and one for each study where the model has such.</summary>
internal sealed record CountState(double[] Shared, double[] Own);

/// <summary>The log-likelihood with the studies' own parameters eliminated from slope and curvature.</summary>
/// <param name="Value">The log-likelihood.</param>
/// <param name="Slope">Its gradient in the shared parameters, along the path on which the own ones follow.</param>
/// <param name="Information">Its negative Hessian there (Schur's complement), row by row.</param>
/// <param name="OwnStep">The Newton step of each study's own parameter while the shared ones stay.</param>
/// <param name="OwnInformation">The negative second derivative in each own parameter.</param>
/// <param name="OwnFollow">How each own parameter follows a step of the shared ones, row by row.</param>
/// <param name="OwnGain">What the own steps promise: the sum of slope^2 / curvature.</param>
internal sealed record CountSlope(double Value, double[] Slope, double[,] Information, double[] OwnStep, double[] OwnInformation, double[][] OwnFollow, double OwnGain);

/// <summary>The likelihood of a generalised linear mixed model for counts.</summary>
/// <remarks>
/// Shared are the coefficients of the effect (none where each study has its own effect), then mu, tau, sigma and phi. The effect's
/// deviation is tau (cos(phi) u + sin(phi) v) and the baseline's sigma v, so that their correlation is sin(phi).
/// </remarks>
internal sealed class CountProblem
{
    private const int Alpha = 0, Delta = 1, TauSlot = 2, SigmaSlot = 3, PhiSlot = 4;

    /// <summary>The studies' counts.</summary>
    public required CountArm[][] Studies { get; init; }

    /// <summary>The design matrix: one row per study.</summary>
    public required double[][] Design { get; init; }

    /// <summary>Whether each study has its own baseline, to be estimated.</summary>
    public bool OwnBaselines { get; init; }

    /// <summary>Whether each study has its own effect: the saturated model.</summary>
    public bool OwnEffects { get; init; }

    /// <summary>Whether baselines are normally distributed over studies, about mu.</summary>
    public bool RandomBaselines { get; init; }

    public int CoefficientCount => OwnEffects ? 0 : Design[0].Length;

    public int Mu => CoefficientCount;

    public int Tau => CoefficientCount + 1;

    public int Sigma => CoefficientCount + 2;

    public int Phi => CoefficientCount + 3;

    public int SharedCount => CoefficientCount + 4;

    public bool HasOwn => OwnBaselines || OwnEffects;

    public CountSlope At(CountState state, QuadratureRule rule)
    {
        var p = SharedCount;
        var slope = new double[p];
        var information = new double[p, p];
        var ownStep = new double[HasOwn ? Studies.Length : 0];
        var ownInformation = new double[ownStep.Length];
        var ownFollow = new double[ownStep.Length][];
        double value = 0, ownGain = 0;
        var map = new double[Jet.Size, p];
        var own = OwnBaselines ? Alpha : Delta;
        for (var i = 0; i < Studies.Length; i++)
        {
            var study = Study(i, state, rule);
            value += study.Value;
            Map(i, map);
            for (var a = 0; a < p; a++)
            {
                slope[a] += Along(study, map, a);
            }

            AddCurvature(study, map, information);
            if (HasOwn)
            {
                var curvature = Math.Max(-study.Curvature(own, own), double.Epsilon);
                ownInformation[i] = curvature;
                ownStep[i] = study.Slope(own) / curvature;
                ownGain += study.Slope(own) * ownStep[i];
                ownFollow[i] = new double[p];
                for (var a = 0; a < p; a++)
                {
                    double cross = 0;
                    for (var s = 0; s < Jet.Size; s++)
                    {
                        cross += study.Curvature(own, s) * map[s, a];
                    }

                    ownFollow[i][a] = cross / curvature;
                    slope[a] += cross * ownStep[i];
                    for (var b = 0; b <= a; b++)
                    {
                        information[a, b] -= ownFollow[i][b] * cross;
                        information[b, a] = information[a, b];
                    }
                }
            }
        }

        return new CountSlope(value, slope, information, ownStep, ownInformation, ownFollow, ownGain);
    }

    /// <summary>The log-likelihood of one study, with its derivatives.</summary>
    public Jet Study(int i, CountState state, QuadratureRule rule)
    {
        double delta = 0;
        for (var column = 0; column < CoefficientCount; column++)
        {
            delta += Design[i][column] * state.Shared[column];
        }

        var alpha = Jet.Variable(OwnBaselines ? state.Own[i] : RandomBaselines ? state.Shared[Mu] : 0, Alpha);
        var effect = Jet.Variable(OwnEffects ? state.Own[i] : delta, Delta);
        var tau = Jet.Variable(state.Shared[Tau], TauSlot);
        var sigma = Jet.Variable(state.Shared[Sigma], SigmaSlot);
        var phi = Jet.Variable(state.Shared[Phi], PhiSlot);
        var (across, along) = (tau * Jet.Cos(phi), tau * Jet.Sin(phi));
        var arms = new RandomPredictor[Studies[i].Length];
        for (var j = 0; j < arms.Length; j++)
        {
            var arm = Studies[i][j];
            arms[j] = new RandomPredictor(
                arm.Likelihood,
                arm.Baseline * alpha + arm.Effect * effect,
                arm.Spread * across,
                arm.Spread * along + arm.Baseline * sigma);
        }

        var random = state.Shared[Tau] != 0;
        if (!RandomBaselines)
        {
            return random ? MarginalLikelihood.OverOne(arms, rule) : MarginalLikelihood.Fixed(arms);
        }

        if (random)
        {
            return MarginalLikelihood.OverTwo(arms, rule);
        }

        for (var j = 0; j < arms.Length; j++)
        {
            arms[j] = arms[j] with { U = arms[j].V };
        }

        return state.Shared[Sigma] != 0 ? MarginalLikelihood.OverOne(arms, rule) : MarginalLikelihood.Fixed(arms);
    }

    /// <summary>How the five numbers that a study's likelihood depends on change with the shared parameters.</summary>
    private void Map(int i, double[,] map)
    {
        for (var column = 0; column < CoefficientCount; column++)
        {
            map[Delta, column] = Design[i][column];
        }

        map[Alpha, Mu] = RandomBaselines ? 1 : 0;
        map[TauSlot, Tau] = map[SigmaSlot, Sigma] = map[PhiSlot, Phi] = 1;
    }

    private static double Along(in Jet study, double[,] map, int parameter)
    {
        double sum = 0;
        for (var s = 0; s < Jet.Size; s++)
        {
            sum += study.Slope(s) * map[s, parameter];
        }

        return sum;
    }

    private static void AddCurvature(in Jet study, double[,] map, double[,] information)
    {
        var p = information.GetLength(0);
        for (var a = 0; a < p; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                double sum = 0;
                for (var s = 0; s < Jet.Size; s++)
                {
                    for (var t = 0; t < Jet.Size && map[s, a] != 0; t++)
                    {
                        sum += map[s, a] * study.Curvature(s, t) * map[t, b];
                    }
                }

                information[a, b] -= sum;
                information[b, a] = information[a, b];
            }
        }
    }
}
