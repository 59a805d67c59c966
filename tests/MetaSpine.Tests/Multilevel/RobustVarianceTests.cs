namespace MetaSpine.Tests;

/// <summary>Hierarchical effects by robust variance estimation, against robumeta 2.0 (model "HIER", small samples) on the schools of Konstantopoulos (2011).</summary>
public sealed class RobustVarianceTests
{
    private static readonly MultilevelCase Schools = MultilevelCase.Load("konstantopoulos2011-3level-year");

    [Fact]
    public void Hierarchical_effects_agree_with_robumeta()
    {
        var result = RobustVariance.FitHierarchical(Schools.Effects, Districts);
        (result.StudyCount, result.ClusterCount).ShouldBe((56, 11));
        result.Tau2.ShouldBe(0.0252924354129831, 1e-12);
        result.Omega2!.Value.ShouldBe(0.0329356046994524, 1e-12);
        result.I2.ShouldBeNull();
        Same(result.Coefficients[0], 0.129170205890644, 0.0796397806568409, 1.62193070881529, 7.11897753060788, 0.148132593412446, -0.058511808927955, 0.316852220709243);
    }

    [Fact]
    public void So_does_a_regression()
    {
        var result = RobustVariance.FitHierarchical(Schools.Effects, Districts, Schools.Design);
        result.Tau2.ShouldBe(0.0579905148598891, 1e-12);
        result.Omega2!.Value.ShouldBe(0.0214504762308988, 1e-12);
        Same(result.Coefficients[0], 0.12609692688147, 0.0842901922968565, 1.49598575404096, 6.070429120698, 0.184728113717823, -0.0795750798137615, 0.331768933576702);
        Same(result.Coefficients[1], 0.00506261971015782, 0.00911577483964583, 0.555369104570218, 3.26255040663605, 0.614471454743844, -0.0226708137699348, 0.0327960531902505);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => RobustVariance.FitCorrelated(Schools.Effects, Districts, rho: 1.5)).ParamName.ShouldBe("rho");
        var two = DesignMatrix.FromRows(["intercept"], [[1], [1]]);
        Should.Throw<ArgumentException>(() => RobustVariance.FitHierarchical(Schools.Effects, Districts, two)).Message.ShouldContain("has 2 rows, but there are 56 effect sizes");
    }

    private static string[] Districts => [.. Enumerable.Range(0, Schools.Effects.Count).Select(Schools.Column("district").Category)];

    /// <summary>robumeta prints 15 digits; years centred on their mean cost it five.</summary>
    private static void Same(RobustCoefficient coefficient, params double[] expected) =>
        new[] { coefficient.Estimate, coefficient.StandardError, coefficient.Statistic, coefficient.DegreesOfFreedom, coefficient.PValue, coefficient.Interval.Lower, coefficient.Interval.Upper }
            .ShouldBeNear(expected, 1e-8, coefficient.Name);
}
