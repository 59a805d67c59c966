using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Models of dependent effects against metafor's rma.mv.</summary>
public sealed class MultilevelReferenceTests
{
    public static TheoryData<string> Cases => [.. MultilevelCase.Ids];

    [Fact]
    public void All_files_are_there() => MultilevelCase.Ids.Count.ShouldBe(8);

    /// <summary>
    /// metafor stops where nlminb does, with the variances of UN up to 1e-4 off, where the likelihood is flat, and ours has the higher likelihood in every case.
    /// Coefficients and errors follow: where metafor's are compared at its own variances, in the next test, they agree to rounding.
    /// </summary>
    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Reference_fits_agree(string id)
    {
        var test = MultilevelCase.Load(id);
        foreach (var fit in test.Fits.Where(fit => !fit.TryGetProperty("robust", out _)))
        {
            var (method, freedom) = (fit.GetProperty("method").GetString()!, fit.GetProperty("dfs").GetString()!);
            var name = $"{id} {method} {fit.GetProperty("test").GetString()} {freedom}";
            var result = test.Fit(method, fit.GetProperty("test").GetString()!, freedom);
            var expect = fit.GetProperty("expect");
            double[] Expected(string field) => expect.GetProperty(field) is { ValueKind: JsonValueKind.Array } array ? ReferenceCase.Numbers(array) : [expect.GetProperty(field).GetDouble()];
            var gain = method == "REML" ? result.Fit.RestrictedLogLikelihood - Expected("ll_reml")[0] : result.Fit.LogLikelihood - Expected("ll")[0];
            gain.ShouldBeInRange(-1e-12, 1e-7, name);
            result.Provenance.Converged.ShouldBeTrue(name);
            var flat = id.Contains("un", StringComparison.Ordinal) || id.Contains("bivariate-year", StringComparison.Ordinal) ? 4 : 1;
            Variances(result).ShouldBeNear(Expected("sigma2").Concat(Expected("tau2")).Where(value => value != 0), flat * 1e-4, name);
            Correlations(result).ShouldBeNear(Expected("rho").Where(value => value != 0), flat * 1e-4, name);
            void Beside(string field, Func<Coefficient, double> number, Func<Coefficient, double> size)
            {
                foreach (var (coefficient, expected) in result.Coefficients.Zip(Expected(field)))
                {
                    Math.Abs(number(coefficient) - expected).ShouldBeLessThanOrEqualTo(flat * 1e-5 * size(coefficient), $"{name}, {field} of {coefficient.Name}");
                }
            }

            Beside("se", c => c.StandardError, c => c.StandardError);
            Beside("beta", c => c.Estimate, c => c.StandardError + Math.Abs(c.Estimate));
            Beside("ci_lb", c => c.Interval.Lower, c => 3 * c.StandardError + Math.Abs(c.Estimate));
            Beside("ci_ub", c => c.Interval.Upper, c => 3 * c.StandardError + Math.Abs(c.Estimate));
            Beside("stat", c => c.Statistic, c => 1 + Math.Abs(c.Statistic));

            // A p-value's relative error is z^2 times that of its statistic.
            Beside("pval", c => c.PValue, c => c.PValue * (1 + c.Statistic * c.Statistic));
            result.Coefficients.Select(c => c.DegreesOfFreedom ?? double.NaN).ShouldBe(Expected("ddf"), name);
            new[] { result.Q.Statistic }.ShouldBeNear(Expected("QE"), 1e-10, name);
            new[] { result.Q.PValue }.ShouldBeNear(Expected("QEp"), 1e-8, name);
            new[] { result.Moderators.PValue }.ShouldBeNear(Expected("QMp"), flat * 1e-5 * (1 + result.Moderators.Statistic * result.Moderators.DegreesOfFreedom), name);
        }
    }

    /// <summary>The files print variances with 15 digits.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void At_the_variances_of_metafor_the_numbers_are_those_of_metafor(string id)
    {
        var test = MultilevelCase.Load(id);
        foreach (var fit in test.Fits.Where(fit => !fit.TryGetProperty("robust", out _)))
        {
            var expect = fit.GetProperty("expect");
            double[] Expected(string field) => expect.GetProperty(field) is { ValueKind: JsonValueKind.Array } array ? ReferenceCase.Numbers(array) : [expect.GetProperty(field).GetDouble()];
            var model = test.Fit("REML", "z", "residual").Model;
            double[] deviations = [.. Expected("sigma2").Concat(Expected("tau2")).Where(value => value != 0).Select(Math.Sqrt)];
            double[] correlations = [.. Expected("rho").Where(value => value != 0)];
            double[] theta = model.Parts[0].Factor is FreeFactor
                ? [deviations[0], correlations[0] * deviations[1], Math.Sqrt(1 - correlations[0] * correlations[0]) * deviations[1]]
                : [.. deviations, .. correlations];
            var at = model.Likelihood.At(theta, restricted: true)!;
            at.Coefficients.ShouldBeNear(Expected("beta"), 1e-8, id);
            Enumerable.Range(0, model.P).Select(j => Math.Sqrt(at.Covariance[j * (model.P + 1)])).ShouldBeNear(Expected("se"), 1e-8, id);
            at.LogLikelihood.ShouldBe(Expected("ll")[0], 1e-10);
            at.RestrictedLogLikelihood.ShouldBe(Expected("ll_reml")[0], 1e-10);
        }
    }

    private static IEnumerable<double> Variances(MultilevelResult result) => result.Components.Where(c => c.Kind == ComponentKind.Variance).Select(c => c.Value);

    private static IEnumerable<double> Correlations(MultilevelResult result) => result.Components.Where(c => c.Kind == ComponentKind.Correlation).Select(c => c.Value);
}
