using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine.Tests;

/// <summary>Cluster-robust covariances of the 56 schools in 11 districts against metafor and clubSandwich; ../Reference/make-robust-and-resampling.R prints these values.</summary>
public sealed class ClusterRobustTests
{
    /// <summary>Both programs solve for tau^2 to 1e-12, and the last digits of the printed values are uncertain by as much again.</summary>
    private const double Tolerance = 1e-10;

    private static readonly double[][] Schools =
    [
        .. File.ReadLines(TestFiles.Path("Pooling/Reference/schools.csv")).Skip(1)
            .Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()),
    ];

    private static readonly string[] Districts = [.. Schools.Select(row => row[0].ToString(CultureInfo.InvariantCulture))];

    private static EffectSizes Effects => Measures.GEN.Compute(new EffectData
    {
        ["yi"] = Schools.Select(row => row[1]).ToArray(), ["vi"] = Schools.Select(row => row[2]).ToArray(),
    });

    private static PooledResult Pooled(PoolingTest test = PoolingTest.Z) => MetaAnalysis.Pool(Effects, new PoolingOptions { Test = test });

    private static RegressionResult Regressed(PoolingTest test = PoolingTest.Z) => MetaAnalysis.Regress(
        Effects, DesignMatrix.FromRows(["intercept", "decade", "late"], [.. Schools.Select(row => new[] { 1, row[3], row[4] })]), new PoolingOptions { Test = test });

    [EveryCultureTheory]
    [InlineData(RobustType.CR0, 0.00530587459503377, 10, 0.1095566253339984)]
    [InlineData(RobustType.CR1, 0.00583646205453715, 10, 0.1249580242495470)]
    [InlineData(RobustType.CR1p, 0.00583646205453715, 10, 0.1249580242495470)]
    [InlineData(RobustType.CR1S, 0.00583646205453715, 10, 0.1249580242495470)]
    [InlineData(RobustType.CR2, 0.00611856231734138, 7.37316688042772, 0.143783907282744)]
    public void The_pooled_estimate_agrees(RobustType type, double variance, double freedom, double p)
    {
        var coefficient = Pooled().Robust(Districts, type).Coefficients.ShouldHaveSingleItem();
        coefficient.Estimate.ShouldBe(Pooled().Estimate, 1e-14);
        Math.Pow(coefficient.StandardError, 2).ShouldBe(variance, Tolerance * variance);
        coefficient.DegreesOfFreedom.ShouldBe(freedom, Tolerance * freedom);
        coefficient.PValue.ShouldBe(p, 1e-9);
    }

    [EveryCultureTheory]
    [InlineData(RobustType.CR0, 0.0875601714127656, 0.0700994753294441, 0.0798237757905694, 0.7761733270306888, 0.4919485100851626)]
    [InlineData(RobustType.CR1p, 0.1026734019818191, 0.0821989209601445, 0.0936016739941747, 0.5644896923859557, 0.5897542001819185)]
    [InlineData(RobustType.CR1S, 0.0935505522586776, 0.0748952922807659, 0.0852848753958917, 0.6799534931012647, 0.5336712610753297)]
    [InlineData(RobustType.CR1, 0.0918338825250037, 0.0735209499776062, 0.0837198823434995, 0.7056121154824446, 0.5221261730121668)]
    public void The_coefficients_agree_with_metafor(RobustType type, double first, double second, double third, double f, double p)
    {
        var result = Regressed().Robust(Districts, type);
        result.ClusterCount.ShouldBe(11);
        double[] expected = [first, second, third];
        for (var j = 0; j < 3; j++)
        {
            result.Coefficients[j].StandardError.ShouldBe(expected[j], Tolerance);
            result.Coefficients[j].DegreesOfFreedom.ShouldBe(8);
        }

        var test = result.Moderators!.Value;
        test.Statistic.ShouldBe(f, 1e-9);
        test.DegreesOfFreedom.ShouldBe(2);
        test.ResidualDegreesOfFreedom.ShouldBe(8);
        test.PValue.ShouldBe(p, 1e-9);
    }

    [EveryCultureFact]
    public void Bias_reduced_covariance_degrees_of_freedom_and_HTZ_tests_agree_with_clubSandwich()
    {
        double[] covariance =
        [
            0.01442812007999630, -0.00782990818985697, 0.00248997132612643, -0.00782990818985697, 0.00800259364413737, -0.00412422371863606,
            0.00248997132612643, -0.00412422371863606, 0.00710386165325900,
        ];
        double[] freedom = [2.73300640108162, 3.30773029372672, 7.34506508442693];
        double[] p = [0.652445161437627, 0.597695147555713, 0.702501139375776];
        var result = Regressed().Robust(Districts);
        for (var i = 0; i < 3; i++)
        {
            result.Coefficients[i].DegreesOfFreedom.ShouldBe(freedom[i], 1e-9);
            result.Coefficients[i].PValue.ShouldBe(p[i], 1e-9);
            for (var j = 0; j < 3; j++)
            {
                result.Covariance[i][j].ShouldBe(covariance[i * 3 + j], 1e-12);
            }
        }

        Agrees(result.Moderators!.Value, 2, 0.429279823245854, 4.059157360933321, 0.677454274153357);
        Agrees(result.Test(0, 1, 2)!.Value, 3, 0.733585348639358, 2.814981658489413, 0.600770728651165);
        var single = result.Test(1)!.Value;
        Agrees(single, 1, Math.Pow(result.Coefficients[1].Statistic, 2), freedom[1], p[1]);

        static void Agrees(RobustTest test, int q, double f, double df, double p)
        {
            test.DegreesOfFreedom.ShouldBe(q);
            test.Statistic.ShouldBe(f, 1e-9);
            test.ResidualDegreesOfFreedom.ShouldBe(df, 1e-9);
            test.PValue.ShouldBe(p, 1e-9);
        }
    }

    [EveryCultureFact]
    public void With_every_study_its_own_cluster_CR0_is_the_sandwich_of_White()
    {
        var result = Bcg.Regress(Bcg.Latitude, new PoolingOptions { Test = PoolingTest.Z });
        var x = Matrix<double>.Build.Dense(13, 2, (i, j) => j == 0 ? 1 : Bcg.Latitude[i]);
        var w = Matrix<double>.Build.DenseOfDiagonalArray([.. Bcg.V.Select(v => 1 / (v + result.Tau2))]);
        var bread = (x.Transpose() * w * x).Inverse();
        var residuals = Vector<double>.Build.DenseOfArray(Bcg.Y) - x * (bread * x.Transpose() * w * Vector<double>.Build.DenseOfArray(Bcg.Y));
        var meat = x.Transpose() * w * Matrix<double>.Build.DenseOfDiagonalVector(residuals.PointwisePower(2)) * w * x;
        var expected = bread * meat * bread;

        var robust = result.Robust([.. Enumerable.Range(0, 13).Select(i => $"trial {i}")], RobustType.CR0);
        robust.Covariance[0][0].ShouldBe(expected[0, 0], 1e-12);
        robust.Covariance[0][1].ShouldBe(expected[0, 1], 1e-12);
        robust.Covariance[1][1].ShouldBe(expected[1, 1], 1e-12);
    }

    [EveryCultureFact]
    public void The_models_own_test_plays_no_part()
    {
        PoolingTest[] forSeveral = [PoolingTest.T, PoolingTest.KnappHartung, PoolingTest.KnappHartungFloor, PoolingTest.KenwardRoger];
        foreach (var type in Enum.GetValues<RobustType>())
        {
            var (pooled, regressed) = (Pooled().Robust(Districts, type), Regressed().Robust(Districts, type));
            foreach (var test in Enum.GetValues<PoolingTest>())
            {
                Pooled(test).Robust(Districts, type).Coefficients.ShouldBe(pooled.Coefficients);
            }

            foreach (var test in forSeveral)
            {
                var actual = Regressed(test).Robust(Districts, type);
                actual.Coefficients.ShouldBe(regressed.Coefficients);
                actual.Moderators.ShouldBe(regressed.Moderators);
            }
        }
    }

    [EveryCultureFact]
    public void Names_and_order_of_clusters_do_not_matter()
    {
        var expected = Regressed().Robust(Districts).Coefficients[1];
        var renamed = Regressed().Robust([.. Districts.Select(district => $"İ{1000 - int.Parse(district, CultureInfo.InvariantCulture)}")]).Coefficients[1];
        renamed.ShouldBe(expected);
    }

    [EveryCultureFact]
    public void A_coefficient_that_one_cluster_decides_has_no_p_value()
    {
        var rows = Schools.Select(row => row[0] == 11 ? new double[] { 1, 0 } : [0, 1]).ToArray();
        foreach (var type in Enum.GetValues<RobustType>())
        {
            var result = MetaAnalysis.Regress(Effects, DesignMatrix.FromRows(["only 11", "others"], rows)).Robust(Districts, type);
            double.IsNaN(result.Coefficients[0].DegreesOfFreedom).ShouldBeTrue();
            double.IsNaN(result.Coefficients[0].PValue).ShouldBeTrue();
            result.Coefficients[1].PValue.ShouldBeInRange(0, 1);
            result.Test(0, 1).ShouldBeNull();
        }
    }

    [EveryCultureFact]
    public void Bad_clusters_are_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => Pooled().Robust(["a", "b"])).Message.ShouldContain("2 clusters, but 56 effect sizes");
        Should.Throw<ArgumentException>(() => Pooled().Robust([.. Districts[..55], " "])).Message.ShouldContain("row 56");
        Should.Throw<PoolingException>(() => Pooled().Robust([.. Districts.Select(_ => "one")])).Message.ShouldContain("at least 2");
        Should.Throw<PoolingException>(() => Regressed().Robust([.. Districts.Select((_, i) => (i % 3).ToString(CultureInfo.InvariantCulture))])).Message.ShouldContain("at least 4");
        Should.Throw<ArgumentException>(() => Regressed().Robust(Districts).Test(3)).Message.ShouldContain("0 to 2");
        Should.Throw<ArgumentException>(() => Regressed().Robust(Districts).Test(1, 1));
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool(Effects, new PoolingOptions { Weighted = false }).Robust(Districts)).Message.ShouldContain("without weights");
    }

    /// <summary>
    /// A study a million times as precise as its neighbour in the cluster: the dense formulas of Pustejovsky and Tipton (2018) in 80-digit arithmetic; with
    /// estimates of a hundred million, whose differences keep their digits.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(0)]
    [InlineData(1e8)]
    public void Errors_keep_their_digits_where_one_study_outweighs_the_rest(double base_)
    {
        var pooled = MetaAnalysis.Pool([base_, base_ + 1, base_ + 3, base_ + 2.5], [1e-6, 2, 1, 4], new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z })
            .Robust(["a", "a", "b", "c"]).Coefficients.Single();
        pooled.StandardError.ShouldBe(0.0032417923183562243, 1e-14);
        pooled.DegreesOfFreedom.ShouldBe(1.0000008000000881, 1e-12);

        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [base_, base_ + 1, base_ + 3, base_ + 2.5, base_ - 1], ["vi"] = [1e-6, 2, 1, 4, .5] });
        var regression = MetaAnalysis.Regress(
            effects, DesignMatrix.FromRows(["intercept", "x"], [[1, 0], [1, 1], [1, 3], [1, 2], [1, 5]]), new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z })
            .Robust(["a", "a", "b", "b", "c"]);
        regression.Coefficients[0].StandardError.ShouldBe(0.0034027137077915979, 1e-14);
        regression.Coefficients[1].StandardError.ShouldBe(0.45961182301112592, 1e-13);
        regression.Coefficients[0].DegreesOfFreedom.ShouldBe(1.0000000169205778, 1e-12);
        regression.Coefficients[1].DegreesOfFreedom.ShouldBe(1.0324202425310692, 1e-12);
    }
}
