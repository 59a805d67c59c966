using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>
/// Every field of every generalised linear mixed model of the reference files, by metafor 3.8.1 with lme4. With lme4's defaults a fit stops early, and
/// metafor's log-likelihood of a mixed model lacks the penalty of the random effects: where a stored value is off for one of these
/// reasons, ours must be that of lme4 with tight convergence (make-lme4.R beside this file), and nearer to it than the files ask for.
/// </summary>
public sealed class CountModelReferenceTests
{
    private const string Folder = "glmm";

    /// <summary>What the files' README asks for, and what we hold against lme4 with tight convergence.</summary>
    private const double Tolerance = 2e-4, TightTolerance = 2e-5;

    /// <summary>Our likelihood may not be lower by more than this.</summary>
    private const double LikelihoodTolerance = 1e-6;

    /// <summary>
    /// Wald's test needs the Hessian of the saturated UM.RS model, by numerical differences in lme4: 161.195 for bcg with its defaults, 160.876 tight,
    /// 160.622 with seven points, where the likelihood-ratio tests differ by 0.002. Ours differentiates exactly; a test below
    /// has the statistic from a likelihood without lme4.
    /// </summary>
    private const double RoughHessian = 5e-3;

    /// <summary>The same differences cost its standard errors, and what is made of them, digits: debruin2009-plo with one point has 0.187671 for 0.187699899 (see CountModelTests).</summary>
    private const double RoughError = 5e-4;

    private static readonly JsonElement[] Tight =
        [.. JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Pooling/Counts/Reference/lme4.json"))).RootElement.EnumerateArray()];

    /// <summary>
    /// Wald's test of UM.RS by another way: R 4.2.2, the likelihood of the saturated model (its own effect for each trial, one normal distribution of the
    /// control logits) as sums over 2,001 points of a trapezoid around each trial's mode; four Newton steps with numDeriv from glmer's estimates (gradient
    /// 1e-8 at the end), and the covariance from numDeriv's Hessian with six Richardson steps, good to some 1e-8 of itself. glmer with 25 points has 160.6239.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(PoolingMethod.ML)]
    [InlineData(PoolingMethod.EE)]
    public void Wald_test_with_random_baselines_is_that_of_trapezoids(PoolingMethod method)
    {
        var data = new CountCase(Folder, "bcg-or").Data;
        var test = CountModels.Fit(Measures.OR, data, new CountModelOptions { Model = CountModel.UMRS, Method = method, Points = 15, Tau2Interval = false }).HeterogeneityWald!.Value;
        test.Statistic.ShouldBe(160.62340850, 1e-5);
        test.DegreesOfFreedom.ShouldBe(12);
    }

    public static TheoryData<string> Cases => [.. CountCase.Ids(Folder)];

    [Fact]
    public void All_files_are_there()
    {
        CountCase.Ids(Folder).Count.ShouldBe(10);
        Tight.Length.ShouldBe(38);
    }

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Every_field_of_every_fit_agrees(string id)
    {
        var test = new CountCase(Folder, id);
        foreach (var fit in test.Fits)
        {
            var options = Options(fit);
            var result = CountModels.Fit(Measures.Find(test.Measure!), test.Data, options);
            var tight = Tight.SingleOrDefault(t => Text(t, "id") == id && Text(t, "method") == Text(fit, "method")
                && Text(t, "model") == (Text(fit, "model") ?? "") && t.GetProperty("points").GetInt32() == options.Points);
            var mixed = tight.ValueKind != JsonValueKind.Undefined;
            (mixed || options.Method == PoolingMethod.EE).ShouldBeTrue();
            foreach (var field in fit.GetProperty("expect").EnumerateObject())
            {
                var (actual, stored) = (Field(result, field.Name), field.Value.GetDouble());
                var name = FormattableString.Invariant($"{id} {result.Model}, {options.Method}, {options.Points} points, {field.Name}: {actual:R}, stored {stored:R}");
                if (field.Name == "ll")
                {
                    var expected = mixed ? tight.GetProperty("ll").GetDouble() : stored;
                    (actual - expected).ShouldBeInRange(-LikelihoodTolerance, 10 * LikelihoodTolerance, name);
                    continue;
                }

                var unit = Unit(field.Name, result);
                if (Math.Abs(actual - stored) > Tolerance * unit)
                {
                    mixed.ShouldBeTrue(name);
                    var expected = FromTight(tight, field.Name);
                    var tolerance = double.IsNaN(expected) || field.Name == "QE_Wld" ? RoughHessian
                        : field.Name is "se" or "stat" or "pval" or "ci_lb" or "ci_ub" ? RoughError
                        : TightTolerance;
                    Math.Abs(actual - (double.IsNaN(expected) ? stored : expected)).ShouldBeLessThanOrEqualTo(tolerance * unit, name);
                }
            }
        }
    }

    internal static CountModelOptions Options(JsonElement fit)
    {
        var method = Enum.Parse<PoolingMethod>(Text(fit, "method")!);
        var model = Text(fit, "model") is { } name ? CountModels.Find(name) : CountModel.CMEL;
        return new CountModelOptions
        {
            Method = method,
            Model = model,

            // The equal-effects fit of UM.RS has a random baseline, and metafor's default of seven points whatever the file says.
            Points = fit.GetProperty("nAGQ").ValueKind == JsonValueKind.Null || (method == PoolingMethod.EE && model == CountModel.UMRS) ? 7 : fit.GetProperty("nAGQ").GetInt32(),
            Tau2Interval = false,
        };
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>The value that a difference is measured against: a p-value multiplies the error of its statistic by the statistic.</summary>
    private static double Unit(string field, CountModelResult result) => field switch
    {
        "pval" => result.PValue * (1 + result.Statistic * result.Statistic),
        "beta" or "ci_lb" or "ci_ub" => Math.Max(Math.Abs(result.Estimate), result.StandardError),
        "stat" => Math.Max(1, Math.Abs(result.Statistic)),
        "tau2" => Math.Max(result.Tau2, 0.01),
        "I2" => 100,
        _ => Field(result, field),
    };

    /// <summary>A field from lme4's tight fit; NaN where that has none.</summary>
    private static double FromTight(JsonElement tight, string field)
    {
        var (estimate, error) = (tight.GetProperty("beta").GetDouble(), tight.GetProperty("se").GetDouble());
        return field switch
        {
            "beta" => estimate,
            "se" => error,
            "stat" => estimate / error,
            "pval" => NormalDistribution.TwoSided(estimate / error),
            "ci_lb" => estimate - 1.959963984540054 * error,
            "ci_ub" => estimate + 1.959963984540054 * error,
            _ => tight.GetProperty(field) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : double.NaN,
        };
    }

    internal static double Field(CountModelResult result, string name) => name switch
    {
        "k" => result.StudyCount,
        "beta" => result.Estimate,
        "se" => result.StandardError,
        "stat" => result.Statistic,
        "pval" => result.PValue,
        "ci_lb" => result.Interval.Lower,
        "ci_ub" => result.Interval.Upper,
        "tau2" => result.Tau2,
        "I2" => result.I2!.Value,
        "H2" => result.H2!.Value,
        "ll" => result.Fit.LogLikelihood,
        "QE_Wld" => result.HeterogeneityWald!.Value.Statistic,
        "QE_LRT" => result.HeterogeneityLikelihoodRatio!.Value.Statistic,
        "QE_df" => result.HeterogeneityLikelihoodRatio!.Value.DegreesOfFreedom,
        _ => throw new InvalidOperationException($"The reference files name a field that no test compares: {name}"),
    };
}
