namespace MetaSpine.Tests;

/// <summary>Small problems in which the random ones found digits that were lost, or worse.</summary>
public sealed class LostDigitsTests
{
    /// <summary>The imprecise fourth study draws the mean far away; from the mean, the precise ones differ in their third digit.</summary>
    [EveryCultureFact]
    public void A_regression_keeps_the_digits_of_precise_studies_beside_a_distant_one()
    {
        double[] y = [1.005, .9989, .9943, -4965, .9941], v = [1.6e-5, 1.8e-5, 2.4e-5, 9e5, 2e-5];
        var problem = new PoolingProblem(y, v, [[1, .5], [1, 1.25], [1, -.75], [1, 2.5], [1, 0]], v);
        var judge = problem.Judge("a distant study");
        judge.Number("Q", problem.Fit(new PoolingOptions { Method = PoolingMethod.DL }).Q.Statistic, data => data.At(0).Q);
        judge.Faults.ShouldBeEmpty();
    }

    /// <summary>Year, and year squared: a correlation of 1 - 2e-8. From the covariance, the joint statistic would have seven digits.</summary>
    [EveryCultureTheory]
    [InlineData(PoolingTest.Z, false)]
    [InlineData(PoolingTest.KnappHartung, false)]
    [InlineData(PoolingTest.KnappHartung, true)]
    public void A_joint_test_does_not_square_the_condition_of_the_moderators(PoolingTest test, bool weights)
    {
        double[] y = [.3, .1, .5, -.2, .4, .6, .2], v = [.04, .02, .1, .05, .03, .08, .06], years = [1995, 1998, 2001, 2003, 2008, 2014, 2019];
        var problem = new PoolingProblem(y, v, Array.ConvertAll(years, year => new[] { 1, year, year * year }), [1, 2, 3, 4, 5, 6, 7]);
        var options = new PoolingOptions { Test = test, Weights = weights ? problem.Given : null };
        var result = (RegressionResult)problem.Fit(options);
        var judge = problem.Judge("years");
        judge.Number("joint statistic", result.Moderators.Statistic, data => new TextbookInference(options, result.Tau2).Joint(data, [1, 2]).Statistic);
        judge.Faults.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void A_joint_Kenward_Roger_test_without_an_F_distribution_says_what_to_choose()
    {
        double[] y = [.4, .2, -3.3, -.3, .3], v = [1.2, 2, 2.45, .2, 1.75];
        var problem = new PoolingProblem(y, v, [[1, -1, 1], [1, 4, -2], [1, -4, 0], [1, -1, 4], [1, 1, 2]], v);
        Should.Throw<PoolingException>(() => problem.Fit(new PoolingOptions { Test = PoolingTest.KenwardRoger })).Message.ShouldStartWith("The Kenward-Roger test of 2 coefficients together has no F distribution");
    }
}
