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

    /// <summary>Studies whose variances differ by 700 in one cluster; the values are those of clubSandwich 0.5.8 for the same weights.</summary>
    [EveryCultureTheory]
    [InlineData(RobustType.CR0, 0.1145703640380861)]
    [InlineData(RobustType.CR1, 0.1322944610370849)]
    [InlineData(RobustType.CR2, 0.1615913211138685)]
    [InlineData(RobustType.CR3, 0.2322442925109824)]
    public void Very_unequal_variances_in_a_cluster_agree_with_clubSandwich(RobustType type, double error)
    {
        var robust = Uneven(["a", "a", "a", "b", "b", "c", "c", "d"], .9, type);
        var coefficient = robust.Coefficients.ShouldHaveSingleItem();
        coefficient.Estimate.ShouldBe(0.309735411926209, 1e-14);
        coefficient.StandardError.ShouldBe(error, 1e-13);
        var freedom = type == RobustType.CR2 ? 1.074074580763551 : 3;
        coefficient.DegreesOfFreedom.ShouldBe(freedom, 1e-12);
        var margin = StudentT.Quantile(.95, freedom) * error;
        coefficient.Interval.Lower.ShouldBe(0.309735411926209 - margin, 1e-10);
        coefficient.Interval.Upper.ShouldBe(0.309735411926209 + margin, 1e-10);
        coefficient.Interval.Level.ShouldBe(.9);
    }

    /// <summary>As models of dependent effects use them; clubSandwich 0.5.8.</summary>
    [EveryCultureTheory]
    [InlineData(RobustType.CR0, 1.11081191693041)]
    [InlineData(RobustType.CR1, 1.11081191693041)]
    [InlineData(RobustType.CR3, 1.05126412523009)]
    public void Every_kind_has_degrees_of_freedom_of_Satterthwaite(RobustType type, double expected)
    {
        double[] y = [.1, .9, .35, -.2, .6, .45, .8, .15], v = [.001, .5, .02, .3, .04, .0007, .15, .06];
        var data = ModelData.Of(MetaAnalysis.Pool(y, v));
        ClusterCovariance.Of(data, 0, [0, 0, 0, 1, 1, 2, 2, 3], type).SatterthwaiteOf(0).ShouldBe(expected, 1e-12);

        // The first of two columns is of one cluster only.
        var split = data with { X = [1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], Columns = ["first", "others"] };
        double.IsNaN(ClusterCovariance.Of(split, 0, [0, 0, 0, 1, 1, 2, 2, 3], type).SatterthwaiteOf(0)).ShouldBeTrue();
    }

    [EveryCultureFact]
    public void Fewer_than_four_degrees_of_freedom_are_noted_and_four_are_not()
    {
        Uneven(["a", "a", "a", "b", "b", "c", "d", "e"], .95, RobustType.CR1).Notes.ShouldBeEmpty();
        Uneven(["a", "a", "a", "b", "b", "c", "c", "d"], .95, RobustType.CR1).Notes.ShouldBe(
        [
            "The cluster-robust p-value and interval of the pooled estimate should not be trusted: fewer than 4 degrees of freedom, because there are too few clusters or one decides alone (Tipton 2015).",
        ]);
        Regressed().Robust(Districts).Notes.ShouldHaveSingleItem().ShouldContain(" interval of intercept, decade should not be trusted");
    }

    private static RobustResult Uneven(string[] clusters, double level, RobustType type) => MetaAnalysis.Pool(
        [.1, .9, .35, -.2, .6, .45, .8, .15], [.001, .5, .02, .3, .04, .0007, .15, .06], new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z, Level = level })
        .Robust(clusters, type);

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

    /// <summary>CR3 in other words: the coefficients without each cluster in turn, at the same tau^2, less those with all.</summary>
    [EveryCultureFact]
    public void CR3_is_the_jackknife_over_clusters()
    {
        var fixedTau2 = new PoolingOptions { Test = PoolingTest.Z, FixedTau2 = .08 };
        double squares = 0, product = 0;
        var all = Fit(Schools);
        foreach (var district in Schools.Select(row => row[0]).Distinct())
        {
            var without = Fit([.. Schools.Where(row => row[0] != district)]);
            var (intercept, slope) = (without.Coefficients[0].Estimate - all.Coefficients[0].Estimate, without.Coefficients[1].Estimate - all.Coefficients[1].Estimate);
            squares += slope * slope;
            product += intercept * slope;
        }

        var robust = all.Robust(Districts, RobustType.CR3);
        robust.Covariance[1][1].ShouldBe(squares, 1e-12);
        robust.Covariance[0][1].ShouldBe(product, 1e-12);

        RegressionResult Fit(double[][] rows) => MetaAnalysis.Regress(
            Measures.GEN.Compute(new EffectData { ["yi"] = rows.Select(row => row[1]).ToArray(), ["vi"] = rows.Select(row => row[2]).ToArray() }),
            DesignMatrix.FromRows(["intercept", "late"], [.. rows.Select(row => new[] { 1, row[4] })]), fixedTau2);
    }

    [EveryCultureFact]
    public void Estimates_of_0_are_no_evidence_and_equal_estimates_or_few_clusters_have_no_joint_test()
    {
        var options = new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z };
        MetaAnalysis.Pool([1, -1, 1, -1], [.5, .5, .5, .5], options).Robust(["a", "b", "c", "d"], RobustType.CR0).Test(0).ShouldBe(new RobustTest(0, 1, 3, 1));
        MetaAnalysis.Pool([2, 2, 2], [.5, .5, .5], options).Robust(["a", "b", "c"], RobustType.CR0).Test(0).ShouldBeNull();

        // Fifty of the 56 schools in one cluster: clubSandwich has -0.905 denominator degrees of freedom.
        Regressed().Robust([.. Districts.Select((_, i) => i < 50 ? "most" : $"{i % 3}")]).Test(0, 1, 2).ShouldBeNull();
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
            var model = MetaAnalysis.Regress(Effects, DesignMatrix.FromRows(["only 11", "others"], rows));
            var result = model.Robust(Districts, type);
            result.Coefficients[0].Estimate.ShouldBe(model.Coefficients[0].Estimate, 1e-13);
            result.Coefficients[1].Estimate.ShouldBe(model.Coefficients[1].Estimate, 1e-13);
            double.IsNaN(result.Coefficients[0].DegreesOfFreedom).ShouldBeTrue();
            double.IsNaN(result.Coefficients[0].PValue).ShouldBeTrue();

            // Its residuals sum to 0 in their own weights; CR2 weights them a little otherwise, and clubSandwich has the same value.
            result.Coefficients[0].StandardError.ShouldBe(type == RobustType.CR2 ? 0.004849352354840186 : 0, 1e-12);
            result.Coefficients[1].PValue.ShouldBeInRange(0, 1);
            result.Test(0, 1).ShouldBeNull();
        }
    }

    [EveryCultureFact]
    public void Bad_clusters_are_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => Pooled().Robust(["a", "b"])).Message.ShouldContain("2 clusters, but 56 effect sizes");
        Should.Throw<ArgumentException>(() => Pooled().Robust([.. Districts[..55], " "])).Message.ShouldContain("row 56");
        Should.Throw<PoolingException>(() => Pooled().Robust([.. Districts.Select(_ => "one")])).Message
            .ShouldBe("1 cluster cannot carry a robust covariance of 1 coefficient: at least 2 are needed.");
        Should.Throw<PoolingException>(() => Regressed().Robust([.. Districts.Select((_, i) => (i % 3).ToString(CultureInfo.InvariantCulture))])).Message
            .ShouldBe("3 clusters cannot carry a robust covariance of 3 coefficients: at least 4 are needed.");
        Should.Throw<ArgumentException>(() => Regressed().Robust(Districts).Test(3)).Message.ShouldContain("0 to 2");
        Should.Throw<ArgumentException>(() => Regressed().Robust(Districts).Test(1, 1));
        Should.Throw<ArgumentException>(() => Regressed().Robust(Districts).Test(0, 3)).Message.ShouldContain("0 to 2");
        Should.Throw<ArgumentNullException>(() => Regressed().Robust(Districts).Test(null!)).ParamName.ShouldBe("coefficients");
        Should.Throw<ArgumentNullException>(() => Pooled().Robust(null!)).ParamName.ShouldBe("clusters");
        Should.Throw<ArgumentNullException>(() => ClusterRobust.Robust(null!, Districts)).ParamName.ShouldBe("result");
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
