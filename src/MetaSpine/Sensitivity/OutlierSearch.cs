namespace MetaSpine;

/// <summary>A maximum of the likelihood of random effects with outliers.</summary>
/// <param name="Coefficients">The coefficients.</param>
/// <param name="Tau2">tau^2: the squared scale of the t distribution, the variance of the ordinary studies of the mixture.</param>
/// <param name="Second">delta of the t distribution, the outlying studies' variance of the mixture.</param>
/// <param name="Share">The share of outlying studies of the mixture; 0 for the t distribution.</param>
/// <param name="LogLikelihood">The log-likelihood.</param>
/// <param name="At">The optimiser's point; null where normal random effects fit as well.</param>
internal sealed record OutlierMaximum(double[] Coefficients, double Tau2, double Second, double Share, double LogLikelihood, double[]? At);

/// <summary>Finds the highest of the maxima, with all coefficients free or one of them fixed.</summary>
internal sealed class OutlierSearch
{
    private readonly RandomEffectsShape _shape;
    private readonly CancellationToken _cancellation;

    public OutlierSearch(ModelData data, RandomEffectsShape shape, CancellationToken cancellation)
    {
        (Data, _shape, _cancellation) = (data, shape, cancellation);
        Normal = NormalFit(data);
        Best = Highest(data, Normal, Starts(data, Normal));
    }

    public ModelData Data { get; }

    /// <summary>The fit of normal random effects.</summary>
    public OutlierMaximum Normal { get; }

    public OutlierMaximum Best { get; }

    /// <summary>A scale for steps along a coefficient: its standard error under normal random effects.</summary>
    public double StandardError(int j) => Math.Sqrt(new RegressionProfile(Data.Y, Data.V, Data.X, Data.P).Solve(Normal.Tau2).Covariance[j * Data.P + j]);

    /// <summary>The fit with one coefficient fixed, from where the last one ended and from some starts of its own.</summary>
    public OutlierMaximum Fixed(int j, double value, OutlierMaximum last)
    {
        var p = Data.P;
        var y = new double[Data.K];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = Data.Y[i] - value * Data.X[i * p + j];
        }

        var rest = Data with { Y = y, X = [.. Data.X.Where((_, index) => index % p != j)], Columns = [.. Data.Columns.Where((_, index) => index != j)] };
        var normal = NormalFit(rest);
        var starts = new List<double[]>();
        foreach (var earlier in new[] { last, Best })
        {
            if (earlier.At is { } at)
            {
                // A point of the full model has a coefficient more.
                starts.Add([.. at.Length == rest.P + Shapes ? at[..rest.P] : [.. at[..p].Where((_, index) => index != j)], .. at[^Shapes..]]);
            }
        }

        starts.AddRange(Starts(rest, normal).Take(starts.Count == 0 ? int.MaxValue : 2));
        return Highest(rest, normal, starts);
    }

    /// <summary>The studies' weights and probabilities of being outlying at the best fit.</summary>
    public (double[] Weights, double[] Shares) Posterior() => Best.At is { } at
        ? Likelihood(Data).Posterior(at)
        : (Array.ConvertAll(Data.V, v => 1 / (v + Best.Tau2)), new double[Data.K]);

    private int Shapes => _shape == RandomEffectsShape.Mixture ? 3 : 2;

    private HeavyTails Likelihood(ModelData data) => _shape == RandomEffectsShape.Mixture ? new TwoNormals(data) : new StudentEffects(data);

    private OutlierMaximum NormalFit(ModelData data)
    {
        var profile = new RegressionProfile(data.Y, data.V, data.X, data.P);
        var tau2 = LikelihoodTau2.Maximise(profile, false).Tau2;
        return new OutlierMaximum(
            profile.Solve(tau2).Coefficients, tau2, _shape == RandomEffectsShape.Mixture ? tau2 : 0, 0, LikelihoodTau2.LogLikelihood(profile, tau2, false), null);
    }

    private OutlierMaximum Highest(ModelData data, OutlierMaximum normal, IEnumerable<double[]> starts)
    {
        var likelihood = Likelihood(data);
        double[][] constraints = [.. likelihood.Bounded.Select(index => Enumerable.Range(0, likelihood.Dimension).Select(i => i == index ? 1.0 : 0).ToArray())];
        var newton = new ActiveSetNewton(likelihood.Dimension, likelihood.Value, likelihood.Derivatives, constraints);
        var best = normal;
        foreach (var start in starts)
        {
            _cancellation.ThrowIfCancellationRequested();
            var found = newton.From(start);

            // Normal random effects are the limit of both, and stay where nothing but rounding speaks for more.
            if (found.Value > best.LogLikelihood + (best.At is null ? 1e-9 : 0))
            {
                best = Read(likelihood, found);
            }
        }

        return best;
    }

    private static OutlierMaximum Read(HeavyTails likelihood, NewtonMaximum found)
    {
        var (p, at) = (likelihood.Data.P, found.At);
        return likelihood is StudentEffects student
            ? new OutlierMaximum(at[..p], Math.Exp(at[p] + student.LowestScale), Math.Exp(at[p + 1] + StudentEffects.LowestShape), 0, found.Value, at)
            : new OutlierMaximum(at[..p], at[p], at[p] + at[p + 1], 1 / (1 + Math.Exp(-at[p + 2])), found.Value, at);
    }

    /// <summary>Normal coefficients and those without one study, each with several shapes; the first two are the most different ones.</summary>
    private IEnumerable<double[]> Starts(ModelData data, OutlierMaximum normal)
    {
        var typical = data.V.Order().ElementAt(data.K / 2);
        var spread = Math.Max(normal.Tau2, typical);
        if (_shape == RandomEffectsShape.StudentT)
        {
            var lowest = new StudentEffects(data).LowestScale;
            foreach (var (scale, delta) in new[] { (.3, .3), (1e-3, 1), (1e-6, 3), (1, .05), (.1, 1), (.01, .3), (1e-9, 10) })
            {
                yield return [.. normal.Coefficients, Math.Log(scale * spread) - lowest, Math.Log(delta) - StudentEffects.LowestShape];
            }
        }
        else
        {
            foreach (var (tau2, excess, share) in new[] { (.1, 5.0, .1), (.5, 2, .4), (0, 20, .05), (0, 1, .5), (.9, 10, .02) })
            {
                yield return [.. normal.Coefficients, tau2 * normal.Tau2, excess * spread, Math.Log(share / (1 - share))];
            }
        }

        // Each study as the outlier: the others alone, and it as far out as it is.
        var worst = Enumerable.Range(0, data.K).Where(_ => data.K > data.P + 2).OrderByDescending(i => Deviation(data, normal, i)).Take(_shape == RandomEffectsShape.Mixture ? 20 : 2);
        foreach (var i in worst)
        {
            var others = data with
            {
                Y = [.. data.Y.Where((_, index) => index != i)],
                V = [.. data.V.Where((_, index) => index != i)],
                X = [.. data.X.Where((_, index) => index / Math.Max(1, data.P) != i)],
            };
            var profile = new RegressionProfile(others.Y, others.V, others.X, others.P);
            if (profile.DependentColumn >= 0)
            {
                continue;
            }

            var tau2 = LikelihoodTau2.Maximise(profile, false).Tau2;
            var coefficients = profile.Solve(tau2).Coefficients;
            var away = data.Y[i] - OrthogonalFit.Dot(data.X.AsSpan(i * data.P, data.P), coefficients);
            yield return _shape == RandomEffectsShape.Mixture
                ? [.. coefficients, tau2, Math.Max(away * away, typical), Math.Log(1.0 / (data.K - 1))]
                : [.. coefficients, Math.Log(Math.Max(tau2, 1e-4 * typical)) - new StudentEffects(data).LowestScale, -StudentEffects.LowestShape];
        }
    }

    private static double Deviation(ModelData data, OutlierMaximum normal, int i) =>
        Math.Abs(data.Y[i] - OrthogonalFit.Dot(data.X.AsSpan(i * data.P, data.P), normal.Coefficients)) / Math.Sqrt(data.V[i] + normal.Tau2);
}
