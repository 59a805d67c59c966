using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine.Tests;

/// <summary>The likelihood of dependent effects against a slow, obvious one with a dense k x k matrix, and its gradient against differences.</summary>
public sealed class MixedLikelihoodTests
{
    private const int K = 42;

    public static TheoryData<CovarianceStructure> Structures => [.. Enum.GetValues<CovarianceStructure>()];

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_dense_twin_agrees(CovarianceStructure structure)
    {
        var (likelihood, parts, v, y, x) = Problem(structure);
        var theta = Theta(likelihood);
        var dense = Dense(parts, v, y, x, likelihood.Parameters, theta);
        foreach (var restricted in new[] { true, false })
        {
            var fit = likelihood.At(theta, restricted)!;
            fit.LogLikelihood.ShouldBe(dense.Full, 1e-10 * Math.Abs(dense.Full));
            fit.RestrictedLogLikelihood.ShouldBe(dense.Restricted, 1e-10 * Math.Abs(dense.Restricted));
            fit.Coefficients.ShouldBeNear(dense.Coefficients, 1e-10, "coefficients");
            fit.Covariance.ShouldBeNear(dense.Covariance.ToRowMajorArray(), 1e-10, "covariance");
        }
    }

    /// <summary>Differences of the fourth order at steps of 1e-3 leave about 1e-9 of the third derivative's size.</summary>
    [Theory]
    [MemberData(nameof(Structures))]
    public void The_gradient_is_that_of_differences(CovarianceStructure structure)
    {
        var (likelihood, _, _, _, _) = Problem(structure);
        var theta = Theta(likelihood);
        foreach (var restricted in new[] { true, false })
        {
            var gradient = new double[theta.Length];
            likelihood.At(theta, restricted, gradient);
            for (var i = 0; i < theta.Length; i++)
            {
                double At(double step)
                {
                    var moved = (double[])theta.Clone();
                    moved[i] += step;
                    var fit = likelihood.At(moved, restricted)!;
                    return restricted ? fit.RestrictedLogLikelihood : fit.LogLikelihood;
                }

                const double H = 1e-3;
                var slope = (8 * (At(H) - At(-H)) - (At(2 * H) - At(-2 * H))) / (12 * H);
                gradient[i].ShouldBe(slope, 1e-6 * Math.Max(1, Math.Abs(slope)), $"parameter {i}, {(restricted ? "REML" : "ML")}");
            }
        }
    }

    /// <summary>Turned so that two of its effects come first, an unstructured matrix is the same, and its gradient that of differences.</summary>
    [Fact]
    public void An_unstructured_matrix_in_leading_numbers_is_the_same()
    {
        var (likelihood, parts, v, y, x) = Problem(CovarianceStructure.UN);
        var theta = Theta(likelihood);
        var start = theta.Length - parts[^1].Factor.Parameters.Count;
        var (turned, numbers) = LeadingFactor.Of(parts[^1], theta.AsSpan(start), 3, 1);
        var other = new MixedLikelihood(y, v, x, 2, [.. parts[..^1], turned]);
        double[] there = [.. theta[..start], .. numbers];
        var gradient = new double[there.Length];
        other.At(there, true, gradient)!.RestrictedLogLikelihood.ShouldBe(likelihood.At(theta, true)!.RestrictedLogLikelihood, 1e-11);
        for (var i = start; i < there.Length; i++)
        {
            double At(double step) => other.At([.. there.Select((value, j) => i == j ? value + step : value)], true)!.RestrictedLogLikelihood;
            const double H = 1e-3;
            gradient[i].ShouldBe((8 * (At(H) - At(-H)) - (At(2 * H) - At(-2 * H))) / (12 * H), 1e-6 * Math.Max(1, Math.Abs(gradient[i])), $"number {i - start}");
        }
    }

    /// <summary>A variance of exactly 0 and a correlation of exactly 1 have a likelihood, which that of values beside them approaches.</summary>
    [Fact]
    public void Boundaries_are_limits()
    {
        var (likelihood, _, _, _, _) = Problem(CovarianceStructure.CS);
        var theta = Theta(likelihood);
        var last = theta.Length - 1;
        theta[0] = 0;
        theta[last] = 1;
        var at = likelihood.At(theta, true)!.RestrictedLogLikelihood;
        theta[0] = 1e-6;
        theta[last] = 1 - 1e-12;
        likelihood.At(theta, true)!.RestrictedLogLikelihood.ShouldBe(at, 1e-8);
    }

    /// <summary>Two crossed groupings, nested ones, a term of the structure, and a V with blocks.</summary>
    private static (MixedLikelihood Likelihood, RandomPart[] Parts, SamplingCovariance V, double[] Y, double[] X) Problem(CovarianceStructure structure)
    {
        var random = new Random(7);
        double[] y = [.. Enumerable.Range(0, K).Select(_ => random.NextDouble())];
        double[] x = [.. Enumerable.Range(0, K).SelectMany(_ => new[] { 1, random.NextDouble() })];
        Predictor[] columns =
        [
            Predictor.Numeric("study", [.. Enumerable.Range(0, K).Select(i => (double)(i / 6))]),
            Predictor.Numeric("effect", [.. Enumerable.Range(0, K).Select(i => (double)i)]),
            Predictor.Categorical("lab", [.. Enumerable.Range(0, K).Select(_ => "lab " + random.Next(5))]),
            Predictor.Numeric("time", [.. Enumerable.Range(0, K).Select(i => i % 4 * 1.5)]),
            Predictor.Numeric("north", [.. Enumerable.Range(0, K).Select(_ => random.NextDouble())]),
        ];
        var v = SamplingCovariance.FromRows([.. Enumerable.Range(0, K).Select(i => (double[])[.. Enumerable.Range(0, K).Select(j => i == j ? .1 + .01 * i : i / 3 == j / 3 ? .04 : 0)])]);
        var isSpatial = structure is >= CovarianceStructure.SPEXP and <= CovarianceStructure.SPSPH;
        RandomTerm[] terms =
        [
            RandomTerm.Parse("study/effect"), RandomTerm.Parse("lab"),
            RandomTerm.Parse(isSpatial ? "north + time | study" : structure is CovarianceStructure.GEN or CovarianceStructure.GDIAG ? "north | study" : "time | study", structure),
        ];
        RandomPart[] parts = [.. terms.SelectMany(term => RandomParts.Of(term, name => columns.Single(column => column.Name == name), [.. Enumerable.Range(0, K)], .4))];
        return (new MixedLikelihood(y, v, x, 2, parts), parts, v, y, x);
    }

    private static double[] Theta(MixedLikelihood likelihood) =>
        [.. likelihood.Parameters.Select((parameter, i) => parameter.Kind switch { ParameterKind.Correlation => .3, ParameterKind.Range => .7, _ => .2 + .05 * i })];

    private static (double Full, double Restricted, double[] Coefficients, Matrix<double> Covariance) Dense(
        RandomPart[] parts, SamplingCovariance v, double[] y, double[] x, IReadOnlyList<ComponentParameter> parameters, double[] theta)
    {
        var marginal = Matrix<double>.Build.Dense(K, K, (i, j) => v[i, j]);
        var first = 0;
        foreach (var part in parts)
        {
            var own = theta[first..(first += part.Factor.Parameters.Count)];
            for (var i = 0; i < K; i++)
            {
                for (var j = 0; j < K; j++)
                {
                    if (part.Levels[i] == part.Levels[j])
                    {
                        var width = part.Widths[part.Levels[i]];
                        var factor = new double[width * width];
                        part.Factor.Fill(own, part.Levels[i], factor);
                        var lower = Matrix<double>.Build.DenseOfRowMajor(width, width, factor);
                        var covariance = lower * lower.Transpose();
                        marginal[i, j] += part.Entries[i].Sum(a => part.Entries[j].Sum(b => a.Value * b.Value * covariance[a.Effect, b.Effect]));
                    }
                }
            }
        }

        first.ShouldBe(parameters.Count);
        var design = Matrix<double>.Build.DenseOfRowMajor(K, 2, x);
        var inverse = marginal.Inverse();
        var information = design.Transpose() * inverse * design;
        var coefficients = information.Inverse() * design.Transpose() * inverse * Vector<double>.Build.Dense(y);
        var residuals = Vector<double>.Build.Dense(y) - design * coefficients;
        var full = -.5 * (K * Math.Log(2 * Math.PI) + Math.Log(marginal.Determinant()) + residuals * inverse * residuals);
        var restricted = full + .5 * (2 * Math.Log(2 * Math.PI) - Math.Log(information.Determinant()) + Math.Log((design.Transpose() * design).Determinant()));
        return (full, restricted, coefficients.ToArray(), information.Inverse());
    }
}
