namespace MetaSpine;

/// <summary>The model in which each study has its own effect: its log-likelihood and Wald's test that the design explains them all.</summary>
internal readonly record struct SaturatedCounts(double LogLikelihood, ChiSquaredTest? Wald)
{
    public static SaturatedCounts Of(CountModelData data, double[][] design, double mu, QuadratureRule rule) =>
        data.RandomBaselines ? WithRandomBaselines(data, design, mu, rule) : ByStudy(data, design);

    /// <summary>Studies share nothing, so each has its estimate and its information from its own counts.</summary>
    private static SaturatedCounts ByStudy(CountModelData data, double[][] design)
    {
        double sum = 0;
        var effects = new List<double>();
        var weights = new List<double>();
        var rows = new List<double[]>();
        for (var i = 0; i < data.Studies.Length; i++)
        {
            double effect = 0, variance = 0, sign = 1;
            foreach (var arm in data.Studies[i])
            {
                var free = arm.Likelihood.Free;
                sum += free.LogLikelihood;
                effect += sign * free.Predictor;
                variance += 1 / free.Information;
                sign = -1;
            }

            if (double.IsFinite(effect) && double.IsFinite(variance))
            {
                effects.Add(effect);
                weights.Add(1 / variance);
                rows.Add(design[i]);
            }
        }

        return new(sum, Test([.. effects], (i, _) => weights[i], false, [.. rows]));
    }

    /// <summary>The studies share the distribution of the baselines. A treated group at its limit fits perfectly and says nothing more.</summary>
    private static SaturatedCounts WithRandomBaselines(CountModelData data, double[][] design, double mu, QuadratureRule rule)
    {
        var finite = Array.ConvertAll(data.Studies, study => study[0].Likelihood.Free.Information > 0);
        var problem = new CountProblem
        {
            Studies = [.. data.Studies.Select((study, i) => finite[i] ? study : [study[1]])],
            Design = design,
            OwnEffects = true,
            RandomBaselines = true,
        };
        var own = data.Studies.Select((study, i) => finite[i] ? study[0].Likelihood.Free.Predictor - mu : 0).ToArray();
        var maximum = new CountSearch(problem, false, mu, own).EqualEffects(rule);
        var used = Enumerable.Range(0, finite.Length).Where(i => finite[i]).ToArray();
        int[] shared = maximum.State.Shared[problem.Sigma] != 0 ? [problem.Mu, problem.Sigma] : [problem.Mu];
        var information = Information(problem, maximum, used, shared);
        return new(maximum.Value, Test([.. used.Select(i => maximum.State.Own[i])], (i, j) => information[i, j], true, [.. used.Select(i => design[i])]));
    }

    /// <summary>The information on the studies' effects once that on the shared parameters is spent.</summary>
    private static double[,] Information(CountProblem problem, CountMaximum maximum, int[] used, int[] shared)
    {
        // Schur's complement in the effects, from that in the shared parameters: D - B (S + B' D^-1 B)^-1 B', where S is what At returns.
        var (own, p) = (used.Length, shared.Length);
        var diagonal = new double[own];
        var cross = new double[own, p];
        var full = SmallMatrix.Part(maximum.At.Information, shared);
        for (var i = 0; i < own; i++)
        {
            diagonal[i] = maximum.At.OwnInformation[used[i]];
            for (var a = 0; a < p; a++)
            {
                cross[i, a] = -maximum.At.OwnFollow[used[i]][shared[a]] * diagonal[i];
            }

            for (var a = 0; a < p; a++)
            {
                for (var b = 0; b < p; b++)
                {
                    full[a, b] += cross[i, a] * cross[i, b] / diagonal[i];
                }
            }
        }

        var inverse = SmallMatrix.Inverse(full);
        var information = new double[own, own];
        for (var i = 0; i < own; i++)
        {
            for (var j = 0; j < own; j++)
            {
                information[i, j] = i == j ? diagonal[i] : 0;
                for (var a = 0; a < p && inverse is not null; a++)
                {
                    for (var b = 0; b < p; b++)
                    {
                        information[i, j] -= cross[i, a] * inverse[a, b] * cross[j, b];
                    }
                }
            }
        }

        return information;
    }

    /// <summary>The weighted sum of squares that generalised least squares leaves of the effects.</summary>
    private static ChiSquaredTest? Test(double[] effects, Func<int, int, double> information, bool coupled, double[][] design)
    {
        var (k, p) = (effects.Length, design.Length == 0 ? 0 : design[0].Length);
        if (k <= p)
        {
            return null;
        }

        var normal = new double[p, p];
        var right = new double[p];
        double total = 0;
        for (var i = 0; i < k; i++)
        {
            for (var j = coupled ? 0 : i; j < (coupled ? k : i + 1); j++)
            {
                var weight = information(i, j);
                total += effects[i] * weight * effects[j];
                for (var a = 0; a < p; a++)
                {
                    right[a] += design[i][a] * weight * effects[j];
                    for (var b = 0; b < p; b++)
                    {
                        normal[a, b] += design[i][a] * weight * design[j][b];
                    }
                }
            }
        }

        if (SmallMatrix.Solve(normal, right) is not { } coefficients)
        {
            return null;
        }

        for (var a = 0; a < p; a++)
        {
            total -= right[a] * coefficients[a];
        }

        return StratifiedTests.Test(Math.Max(0, total), k - p);
    }
}
