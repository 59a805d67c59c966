namespace MetaSpine.Tests;

/// <summary>Location-scale models at the edges of what studies can be, and their maximum on random problems.</summary>
public sealed class LocationScaleEdgeTests
{
    private static readonly Formula One = Formula.Parse("~ 1");

    public static TheoryData<PoolingMethod, ScaleLink> Kinds => new()
    {
        { PoolingMethod.ML, ScaleLink.Log }, { PoolingMethod.ML, ScaleLink.Identity }, { PoolingMethod.REML, ScaleLink.Log }, { PoolingMethod.REML, ScaleLink.Identity },
    };

    [CostlyTheory]
    [MemberData(nameof(Kinds))]
    public void Every_number_is_finite_or_an_error_counts_studies_and_coefficients(PoolingMethod method, ScaleLink link)
    {
        double[] dose = [1, 2, 4, 3];
        foreach (var (name, y, v) in EdgeTableTests.Table.Concat(EdgeTableTests.Equal))
        {
            var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v });
            foreach (var test in new[] { PoolingTest.Z, PoolingTest.T })
            {
                foreach (var scale in new[] { "~ 1", "~ dose" })
                {
                    LocationScaleResult Fit() =>
                        LocationScale.Fit(effects, One, Formula.Parse(scale), [Predictor.Numeric("dose", dose[..y.Length])], new PoolingOptions { Method = method, Test = test }, link);
                    var q = scale == "~ 1" ? 1 : 2;
                    if (y.Length < 1 + q)
                    {
                        Should.Throw<PoolingException>(Fit).Message.ShouldContain($"{(y.Length == 1 ? "1 study with all its values" : $"{y.Length} studies with all their values")} cannot carry 1 coefficients of the mean ((Intercept)) and {q} of");
                        continue;
                    }

                    var result = Fit();
                    PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{method} {link} {test} {scale}, {name}");
                    result.StudyTau2.ShouldAllBe(tau2 => tau2 >= 0);
                }
            }
        }
    }

    /// <summary>
    /// The likelihood written out anew, at a grid of constant tau^2 and of slopes on either side, never exceeds the maximum: 30 problems of 5 to 20
    /// studies, half of them with a tau^2 that rises with the moderator. Run once with 400 of each kind, none was higher.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_point_of_a_grid_is_higher_than_the_maximum(PoolingMethod method, ScaleLink link)
    {
        for (var problem = 0; problem < 30; problem++)
        {
            var random = new RandomStream(313, (ulong)problem);
            var k = 5 + random.NextBelow(16);
            var (y, v, z) = (new double[k], new double[k], new double[k]);
            for (var i = 0; i < k; i++)
            {
                z[i] = 2 * random.NextUniform() - 1;
                v[i] = Math.Exp(2 * random.NextNormal() - 2);
                y[i] = Math.Sqrt(v[i] + (problem % 2 == 0 ? 0.2 : 0.3 * Math.Exp(1.5 * z[i]))) * random.NextNormal();
            }

            var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v });
            var result = LocationScale.Fit(effects, One, Formula.Parse("~ z"), [Predictor.Numeric("z", z)], new PoolingOptions { Method = method, Test = PoolingTest.Z }, link);
            var maximum = method == PoolingMethod.ML ? result.Fit.LogLikelihood : result.Fit.RestrictedLogLikelihood;
            Likelihood(y, v, [.. result.StudyTau2], method).ShouldBe(maximum, 1e-9 * (1 + Math.Abs(maximum)));
            foreach (var tau2 in Grid(z, link))
            {
                Likelihood(y, v, tau2, method).ShouldBeLessThanOrEqualTo(maximum + 1e-9 * (1 + Math.Abs(maximum)), $"problem {problem}, {string.Join(' ', result.ScaleCoefficients.Select(c => c.Estimate))}");
            }
        }
    }

    /// <summary>
    /// Three or four coefficients of tau^2, heavy-tailed moderators and outliers make many maxima, some at infinity. Random points, and climbs from the best of them
    /// along the axes with the likelihood written out anew, never get above the maximum.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_random_search_climbs_higher_than_the_maximum(PoolingMethod method, ScaleLink link)
    {
        for (var problem = 0; problem < 6; problem++)
        {
            var (y, v, z) = Hard(problem);
            var (result, maximum) = Fitted(y, v, z, method, link);
            result.Provenance.Converged.ShouldBeTrue();
            var (random, q) = (new RandomStream(920, (ulong)problem), z[0].Length);
            double At(double[] alpha)
            {
                var tau2 = Array.ConvertAll(z, row => row.Zip(alpha, (a, b) => a * b).Sum());
                tau2 = link == ScaleLink.Log ? Array.ConvertAll(tau2, value => Math.Exp(Math.Min(value, 50))) : tau2;
                return tau2.Min() < 0 ? double.NegativeInfinity : Likelihood(y, v, tau2, method);
            }

            // The origin of the log link is tau^2 of 1; that of the identity link is open to all sides only from a constant.
            double[] Point(int n) => [.. Enumerable.Range(0, q).Select(j => random.NextNormal() * Math.Pow(3, n % 3 - 1) + (j > 0 ? 0 : link == ScaleLink.Log ? -1 : 1))];
            var best = Enumerable.Range(0, 300).Select(Point).Select(point => (Point: point, Value: At(point))).OrderByDescending(pair => pair.Value).Take(6)
                .Max(pair => double.IsFinite(pair.Value) ? Climb(pair.Point, At) : pair.Value);
            best.ShouldBeLessThanOrEqualTo(maximum + 1e-6, FormattableString.Invariant($"problem {problem}"));
        }
    }

    /// <summary>Problems of the same kind, and the log-likelihood that a search along the columns of the design alone does not find: 0.005 to 0.14 below it.</summary>
    [Theory]
    [InlineData(8, PoolingMethod.ML, ScaleLink.Log, -8.025627925)]
    [InlineData(23, PoolingMethod.ML, ScaleLink.Identity, -18.451505280)]
    [InlineData(42, PoolingMethod.ML, ScaleLink.Log, -8.933345904)]
    [InlineData(61, PoolingMethod.ML, ScaleLink.Log, -1.865939140)]
    [InlineData(61, PoolingMethod.REML, ScaleLink.Log, -2.042746616)]
    [InlineData(111, PoolingMethod.ML, ScaleLink.Log, -11.885838385)]
    public void A_hidden_maximum_is_found(int problem, PoolingMethod method, ScaleLink link, double reached)
    {
        var (y, v, z) = Hard(problem);
        var (result, maximum) = Fitted(y, v, z, method, link);

        // Some of these lie at infinity, where a climb ends when nothing changes any more.
        maximum.ShouldBeGreaterThanOrEqualTo(reached - 1e-6);
        Likelihood(y, v, [.. result.StudyTau2], method).ShouldBe(maximum, 1e-9 * (1 + Math.Abs(maximum)));
    }

    /// <summary>
    /// The cost of a fit is its steps, which no load of the machine changes: the 13 trials take hundreds (1.5 to 30 ms), and estimates and variances a hundred powers of ten
    /// apart, whose maxima lie at infinity, no more than the bound: 5,000 for each coefficient, what the last climb adds, and 6 climbs of 300 in each of 6 rounds.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_search_is_bounded(PoolingMethod method, ScaleLink link)
    {
        var options = new PoolingOptions { Method = method, Test = PoolingTest.Z };
        LocationScale.Fit(RegressionPeers.Effects, One, Formula.Parse("~ ablat"), RegressionPeers.Moderators, options, link).Provenance.Iterations.ShouldBeLessThan(1000);
        for (var problem = 0; problem < 6; problem++)
        {
            var random = new RandomStream(77, (ulong)problem);
            double Wide(double size) => Math.Exp(size * random.NextNormal());
            var (k, q) = (6 + problem, 2 + problem % 2);
            double[] y = [.. Enumerable.Range(0, k).Select(_ => random.NextNormal() * Wide(40))], v = [.. Enumerable.Range(0, k).Select(_ => Wide(40))];
            double[][] z = [.. Enumerable.Range(0, k).Select(_ => (double[])[1, .. Enumerable.Range(1, q - 1).Select(_ => random.NextNormal() * Wide(3))])];
            var (result, maximum) = Fitted(y, v, z, method, link);
            double.IsFinite(maximum).ShouldBeTrue();
            result.Provenance.Iterations.ShouldBeLessThan(5000 * q + 30 + 6 * 6 * 300);
        }
    }

    /// <summary>Where the curvature is so large that no damping makes it positive, the climb ends and says that it found nothing.</summary>
    [Fact]
    public void A_curvature_beyond_all_damping_ends_the_climb()
    {
        var found = new ActiveSetNewton(1, x => x[0], _ => ([1.0], [1.7e308]), []).From([2]);
        found.Converged.ShouldBeFalse();
        found.At.ShouldBe([2.0]);
    }

    /// <summary>6 to 17 studies, some far out, with three or four coefficients of tau^2, often of heavy-tailed moderators.</summary>
    private static (double[] Y, double[] V, double[][] Z) Hard(int problem)
    {
        var random = new RandomStream(919, (ulong)problem);
        var (q, k) = (3 + problem % 2, 6 + random.NextBelow(12));
        var (y, v, z) = (new double[k], new double[k], new double[k][]);
        for (var i = 0; i < k; i++)
        {
            z[i] = [1, .. Enumerable.Range(1, q - 1).Select(_ => problem % 3 == 0 ? random.NextNormal() : Math.Exp(1.5 * random.NextNormal()))];
            v[i] = Math.Exp(random.NextNormal() - 2);
            y[i] = Math.Sqrt(v[i] + 0.2) * random.NextNormal() * (random.NextBelow(5) == 0 ? 5 : 1);
        }

        return (y, v, z);
    }

    private static (LocationScaleResult Result, double Maximum) Fitted(double[] y, double[] v, double[][] z, PoolingMethod method, ScaleLink link)
    {
        var result = LocationScale.Fit(
            Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v }),
            DesignMatrix.FromRows(["intercept"], [.. z.Select(_ => (double[])[1])]),
            DesignMatrix.FromRows([.. z[0].Select((_, j) => FormattableString.Invariant($"z{j}"))], z),
            new PoolingOptions { Method = method, Test = PoolingTest.Z },
            link);
        return (result, method == PoolingMethod.ML ? result.Fit.LogLikelihood : result.Fit.RestrictedLogLikelihood);
    }

    /// <summary>Up along the axes, by steps that double after a success and halve after a failure.</summary>
    private static double Climb(double[] from, Func<double[], double> value)
    {
        var (at, current) = (from.ToArray(), value(from));
        var steps = Array.ConvertAll(from, _ => 0.5);
        for (var turn = 0; turn < 150; turn++)
        {
            for (var j = 0; j < at.Length; j++)
            {
                var before = at[j];
                at[j] = before + steps[j];
                var reached = value(at);
                (at[j], current, steps[j]) = reached > current ? (at[j], reached, 2 * steps[j]) : (before, current, -steps[j] / 2);
            }
        }

        return current;
    }

    private static IEnumerable<double[]> Grid(double[] z, ScaleLink link)
    {
        for (var level = -12; level <= 6; level++)
        {
            for (var slope = -12; slope <= 12; slope++)
            {
                var (a, b) = (level / 2.0, slope / 2.0);
                var tau2 = Array.ConvertAll(z, value => link == ScaleLink.Log ? Math.Exp(a + b * value) : Math.Exp(a) * (1 + b / 6 * value));
                yield return tau2;
            }
        }
    }

    private static double Likelihood(double[] y, double[] v, double[] tau2, PoolingMethod method)
    {
        double weights = 0, weighted = 0, logs = 0, squares = 0;
        for (var i = 0; i < y.Length; i++)
        {
            weights += 1 / (v[i] + tau2[i]);
            weighted += y[i] / (v[i] + tau2[i]);
            logs += Math.Log(2 * Math.PI * (v[i] + tau2[i]));
        }

        for (var i = 0; i < y.Length; i++)
        {
            squares += (y[i] - weighted / weights) * (y[i] - weighted / weights) / (v[i] + tau2[i]);
        }

        var full = -(logs + squares) / 2;
        return method == PoolingMethod.ML ? full : full + (Math.Log(2 * Math.PI) - Math.Log(weights) + Math.Log(y.Length)) / 2;
    }
}
