namespace MetaSpine.Tests;

/// <summary>Location-scale models at the edges of what studies can be, and their maximum on random problems.</summary>
public sealed class LocationScaleEdgeTests
{
    private static readonly Formula One = Formula.Parse("~ 1");

    public static TheoryData<PoolingMethod, ScaleLink> Kinds => new()
    {
        { PoolingMethod.ML, ScaleLink.Log }, { PoolingMethod.ML, ScaleLink.Identity }, { PoolingMethod.REML, ScaleLink.Log }, { PoolingMethod.REML, ScaleLink.Identity },
    };

    [EveryCultureTheory]
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
    /// The likelihood written out anew, at a grid of constant tau^2 and of slopes on either side, never exceeds the maximum: 100 problems of 5 to 20
    /// studies, half of them with a tau^2 that rises with the moderator. Run once with 1,500 of each kind, none was higher.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_point_of_a_grid_is_higher_than_the_maximum(PoolingMethod method, ScaleLink link)
    {
        for (var problem = 0; problem < 100; problem++)
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
