using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Selection models against metafor: its estimates where it found the maximum, and never a lower log-likelihood.</summary>
public sealed class SelectionReferenceTests
{
    /// <summary>Where metafor's likelihood is below ours by more, it stopped elsewhere.</summary>
    private const double Missed = 1e-5;

    /// <summary>The twin's, with room; and what metafor's Gaussian integrals of step functions leave.</summary>
    private const double Rounding = 1e-7;

    /// <summary>What metafor's optimiser leaves undone in the estimates.</summary>
    private const double Tolerance = 2e-3;

    /// <summary>A point whose log-likelihood is 1e-5 below the maximum is sqrt(2e-5) = 0.0045 standard errors away from it, in the direction that is known least.</summary>
    private const double Flat = .005;


    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids.Where(id => DiagnosticsCase.Load(id).Has("selmodel"))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Selection_models_agree_with_metafor(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var result = test.Pool(PoolingMethod.ML);
        var faults = new List<string>();
        var compared = 0;
        foreach (var expected in test["selmodel"].EnumerateArray())
        {
            var function = Function(expected);
            var side = expected.GetProperty("alternative").GetString() == "greater" ? SelectionSide.Greater : SelectionSide.Less;
            var fit = result.Selection(function, new SelectionOptions { Side = side, Intervals = false });
            var name = $"{id} {function} {side}";
            var likelihood = expected.GetProperty("ll").GetDouble();
            var weightsThere = ReferenceCase.Numbers(expected.GetProperty("delta"));
            var (effectThere, tau2There) = (ReferenceCase.Numbers(expected.GetProperty("beta"))[0], expected.GetProperty("tau2").GetDouble());
            if (fit.LogLikelihood < likelihood && function.Kind != SelectionKind.Step)
            {
                // metafor's integrals are good to 1e-4 of their size only: its likelihood at its own estimates, done with care.
                likelihood = SelectionTwin.LogLikelihood(test.Y, test.V, side, function, weightsThere, effectThere, tau2There);
                Math.Abs(likelihood - expected.GetProperty("ll").GetDouble()).ShouldBeLessThan(4e-3, name);
            }

            if (!(fit.LogLikelihood >= likelihood - Rounding) || !fit.Provenance.Converged)
            {
                faults.Add(FormattableString.Invariant($"{name}: {fit.LogLikelihood:R} against {likelihood:R}, {fit.Provenance.StoppedBecause}"));
                continue;
            }

            if (fit.LogLikelihood > likelihood + Missed)
            {
                continue;
            }

            compared++;
            double[] weights = [.. function.Kind == SelectionKind.Step ? fit.Steps.Select(step => step.Weight) : fit.Parameters.Select(parameter => parameter.Estimate)];
            double[] actual = [fit.Estimate, fit.Tau2.Estimate, .. weights, fit.SelectionTest!.Value.Statistic];
            double[] wanted = [effectThere, tau2There, .. weightsThere, expected.GetProperty("LRT").GetDouble()];
            double?[] errors = [fit.Coefficients[0].StandardError, fit.Tau2.StandardError, .. function.Kind == SelectionKind.Step ? [null] : Array.Empty<double?>(), .. fit.Parameters.Select(parameter => parameter.StandardError), 0];
            for (var i = 0; i < wanted.Length; i++)
            {
                if (!(Math.Abs(actual[i] - wanted[i]) <= Math.Max(Tolerance * Math.Max(.1, Math.Abs(wanted[i])), Flat * (errors[i] ?? 0))))
                {
                    faults.Add(FormattableString.Invariant($"{name}: [{i}] {actual[i]:R} against {wanted[i]:R}; ll {fit.LogLikelihood:R} against {likelihood:R}"));
                }
            }
        }

        faults.ShouldBeEmpty(string.Join("\n", faults));
        compared.ShouldBeGreaterThan(1, id);
    }

    private static SelectionFunction Function(JsonElement expected)
    {
        var steps = expected.GetProperty("steps").ValueKind == JsonValueKind.Null ? [] : ReferenceCase.Numbers(expected.GetProperty("steps"));
        var after = steps.Length == 0 ? 0 : steps[0];
        return expected.GetProperty("type").GetString() switch
        {
            "beta" => SelectionFunction.Beta(),
            "halfnorm" => SelectionFunction.HalfNormal(after),
            "negexp" => SelectionFunction.NegativeExponential(after),
            "negexppow" => SelectionFunction.NegativeExponentialPower(after),
            "logistic" => SelectionFunction.Logistic(after),
            "power" => SelectionFunction.Power(after),
            "stepfun" => SelectionFunction.Step(steps),
            var other => throw new InvalidOperationException(other),
        };
    }
}
