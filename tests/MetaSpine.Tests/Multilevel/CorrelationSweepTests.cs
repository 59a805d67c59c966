using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Results by an assumed correlation: each is the model fitted by itself.</summary>
public sealed class CorrelationSweepTests
{
    private static readonly EffectSizes Effects = Measures.SMD.Compute(new EffectData { ["di"] = [.12, .20, .75, .61, .33, .52, -.05, .10, .90, 1.02, .40, .28], ["n1i"] = Twelve(20, 3), ["n2i"] = Twelve(25, 4) });
    private static readonly Predictor Study = Predictor.Numeric("study", [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    private static readonly RandomTerm[] Random = [RandomTerm.Parse("study")];

    [Fact]
    public void Each_step_is_the_model_with_that_correlation()
    {
        var sweep = CorrelationSweep.Over(Effects, Random, [Study], Study);
        sweep.Steps.Select(step => step.Correlation).ShouldBe([0, .1, .2, .3, .4, .5, .6, .7, .8, .9]);
        foreach (var step in sweep.Steps.Where(step => step.Correlation is 0 or .6))
        {
            var alone = MultilevelAnalysis.Pool(Effects, Random, [Study], SamplingCovariance.WithinClusters(Effects, Study, step.Correlation));
            var result = step.Result.ShouldBeOfType<MultilevelPooledResult>();
            result.Estimate.ShouldBe(alone.Estimate);
            result.StandardError.ShouldBe(alone.StandardError);
            result.Components[0].Value.ShouldBe(alone.Components[0].Value);
        }

        sweep.Steps[9].Result!.Coefficients[0].StandardError.ShouldNotBe(sweep.Steps[0].Result!.Coefficients[0].StandardError);
    }

    [Fact]
    public void A_correlation_that_cannot_be_has_its_reason_in_place_of_a_result()
    {
        var sweep = CorrelationSweep.Over(Effects, Random, [Study], Study, correlations: [.5, 1]);
        sweep.Steps[0].Problem.ShouldBeNull();
        sweep.Steps[1].Result.ShouldBeNull();
        sweep.Steps[1].Problem.ShouldNotBeNull().ShouldStartWith("The sampling covariances are impossible");
        sweep.ToString().ShouldContain("With ρ = 1 there is no result.");
        Should.Throw<ArgumentException>(() => CorrelationSweep.Over(Effects, Random, [Study], Study, correlations: [])).Message.ShouldStartWith("There is no correlation to assume");
        Should.Throw<ArgumentException>(() => CorrelationSweep.Over(Effects, Random, [Study], Study, correlations: [2])).Message.ShouldStartWith("correlations is 2; a correlation must lie between -1 and 1.");
    }

    [Fact]
    public void A_sweep_shows_itself() => Snapshot.Verify(CorrelationSweep.Over(Effects, Random, [Study], Study).ToString(), "txt");

    [Fact]
    public void A_sweep_of_a_regression_shows_itself_as_Markdown()
    {
        var design = DesignMatrix.WithIntercept(Predictor.Numeric("dose", Twelve(1, 5)));
        Snapshot.Verify(CorrelationSweep.Over(Effects, Random, [Study], Study, design, [0, .8]).ToMarkdown(), "md");
    }

    [Fact]
    public void Json_and_rows_keep_all_digits()
    {
        var sweep = CorrelationSweep.Over(Effects, Random, [Study], Study, correlations: [0, .5]);
        var steps = JsonDocument.Parse(Report.Json(sweep)).RootElement.GetProperty("steps");
        var second = (MultilevelPooledResult)sweep.Steps[1].Result!;
        steps[1].GetProperty("coefficients")[0].GetProperty("estimate").GetDouble().ShouldBe(second.Estimate);
        steps[1].GetProperty("components").GetProperty("τ² study").GetDouble().ShouldBe(second.Components[0].Value);
        Report.Csv(sweep).ShouldStartWith("rho,coefficient,estimate,standard_error,statistic,df,p,lower,upper,τ² study\r\n0,estimate,");
        sweep.ToHtml().ShouldContain("<table");
    }

    /// <summary>Twelve numbers that vary without a pattern.</summary>
    private static double[] Twelve(double from, int turn) => [.. Enumerable.Range(0, 12).Select(i => from + (i * turn % 11))];
}
