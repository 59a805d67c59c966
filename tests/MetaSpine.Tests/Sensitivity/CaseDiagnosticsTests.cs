using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>Case diagnostics and predictions: the reference files, metafor's numbers for other models, and naive refits.</summary>
public sealed class CaseDiagnosticsTests
{
    /// <summary>The agreement that the files ask for; metafor's REML is solved to 1e-13, ours to rounding.</summary>
    private const double Tolerance = 1e-7;

    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids];

    [Fact]
    public void All_files_are_there() => DiagnosticsCase.Ids.ShouldBe(["bcg", "egger2001", "hackshaw1998", "molloy2014", "normand1999", "raudenbush1985"]);

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Influence_agrees(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var influence = test.Pool().Influence();
        test.Agrees("influence", test.Y.Length, Value, _ => Tolerance, Unit);
        influence.Influential.Select(study => study.Row + 1).ShouldBe(test.Has("influential") ? ReferenceCase.Numbers(test["influential"]).Select(row => (int)row) : []);
        influence.Notes.Count.ShouldBe(Math.Max(1, influence.Influential.Count()));

        double Value(string column, int i)
        {
            var (study, deleted) = (influence.Studies[i], influence.Studies[i].Deleted!);
            return column switch
            {
                "rstudent" => deleted.Studentised,
                "dffits" => deleted.Dffits,
                "cook" => deleted.CooksDistance,
                "cov_r" => deleted.CovarianceRatio,
                "tau2_del" => deleted.Tau2,
                "QE_del" => deleted.Q.Statistic,
                "hat" => study.Hat,
                "weight" => 100 * study.Weight,
                "dfbs" => deleted.Dfbetas.ShouldHaveSingleItem(),
                _ => throw new InvalidOperationException(column),
            };
        }
    }

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Standardised_residuals_agree(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var influence = test.Pool().Influence();
        test.Agrees("rstandard", test.Y.Length, (column, i) => column switch
        {
            "resid" => influence.Studies[i].Residual,
            "se" => influence.Studies[i].ResidualStandardError,
            "z" => influence.Studies[i].Standardised!.Value,
            _ => throw new InvalidOperationException(column),
        }, _ => Tolerance, _ => 1e-2);
    }

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Predictions_agree(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var predictions = test.Pool().Blups();
        test.Agrees("blup", test.Y.Length, (column, i) => column switch
        {
            "pred" => predictions[i].Estimate,
            "se" => predictions[i].StandardError,
            "pi_lb" => predictions[i].PredictionInterval.Lower,
            "pi_ub" => predictions[i].PredictionInterval.Upper,
            _ => throw new InvalidOperationException(column),
        }, _ => Tolerance, _ => 1e-2);
    }

    /// <summary>metafor 3.8.1, printed by Reference/make-influence.R: a meta-regression of the BCG trials on latitude, z and Knapp-Hartung.</summary>
    [EveryCultureTheory]
    [MemberData(nameof(Regressions))]
    public void Influence_of_a_meta_regression_agrees(PoolingTest test, int row, double[] expected)
    {
        var result = Bcg.Regress(Bcg.Latitude, new PoolingOptions { Test = test });
        var study = result.Influence().Studies[row];
        var deleted = study.Deleted!;
        double[] actual =
        [
            deleted.Studentised, deleted.Dffits, deleted.CooksDistance, deleted.CovarianceRatio, deleted.Tau2, deleted.Q.Statistic, study.Hat, 100 * study.Weight,
            .. deleted.Dfbetas, study.Residual, study.ResidualStandardError, study.Standardised!.Value, study.Pearson,
        ];
        Near(actual, expected);
        study.Cholesky.ShouldBe(study.Pearson);
    }

    [EveryCultureTheory]
    [MemberData(nameof(RegressionPredictions))]
    public void Predictions_of_a_meta_regression_agree(PoolingTest test, int row, double[] expected)
    {
        var study = Bcg.Regress(Bcg.Latitude, new PoolingOptions { Test = test }).Blups()[row];
        var (interval, effect) = (study.PredictionInterval, study.RandomEffect);
        Near(
            [study.Estimate, study.StandardError, interval.Lower, interval.Upper, effect.Estimate, effect.StandardError, effect.PredictionInterval.Lower, effect.PredictionInterval.Upper],
            expected);
    }

    [EveryCultureTheory]
    [MemberData(nameof(GivenWeights))]
    public void Influence_with_given_weights_agrees(int row, double[] expected)
    {
        var weights = Enumerable.Range(1, 13).Select(i => 1.0 / i).ToArray();
        var result = Bcg.Pool(new PoolingOptions { Test = PoolingTest.Z, Weights = weights });
        var study = result.Influence().Studies[row];
        var deleted = study.Deleted!;
        Near(
            [deleted.Studentised, deleted.Dffits, deleted.CooksDistance, deleted.CovarianceRatio, study.Hat, deleted.Dfbetas[0], study.Residual, study.ResidualStandardError],
            expected);
        Should.Throw<ArgumentException>(() => result.Blups()).Message.ShouldContain("inverse-variance weights");
    }

    public static TheoryData<PoolingTest, int, double[]> Regressions => new()
    {
        { PoolingTest.Z, 0, [0.225873773192950, 0.063972937795465, 0.004804235887434, 1.244003576793456, 0.085883097006064, 30.724178652671768, 0.049023294959243, 2.822868801881302, 0.006508851579229, 0.022371799195790, 0.139696356585127, 0.618246441343828, 0.225955779513233, 0.220347634993399] },
        { PoolingTest.Z, 6, [-2.66868994835092, -0.64045685183933, 0.36426459731529, 0.45014590431354, 0.04047603345257, 21.74979298106012, 0.06404005526795, 3.79003076290597, -0.65505172264669, 0.42299306023388, -1.31943365838413, 0.52933339856528, -2.49263254871197, -2.41149792895622] },
        { PoolingTest.Z, 7, [0.5560274271349, 0.4434084915712, 0.2718841556001, 2.4270221992676, 0.1067973804222, 28.4856726022825, 0.3570340899915, 14.1278771496819, 0.4391892939889, -0.3429602479644, 0.1388065486682, 0.2272362175370, 0.6108469423263, 0.4898085681917] },
        { PoolingTest.KnappHartung, 0, [0.193600002907086, 0.054832222298766, 0.003697835517154, 1.365557371268041, 0.085883097006064, 30.724178652671768, 0.049023294959243, 2.822868801881302, 0.005578840194005, 0.019175224852873, 0.139696356585127, 0.618246441343828, 0.225955779513233, 0.220347634993399] },
        { PoolingTest.KnappHartung, 6, [-2.60391100238258, -0.62491060232991, 0.28037560959852, 0.29423055346398, 0.04047603345257, 21.74979298106012, 0.06404005526795, 3.79003076290597, -0.63915120180349, 0.41272545885485, -1.31943365838413, 0.52933339856528, -2.49263254871197, -2.41149792895622] },
        { PoolingTest.KnappHartung, 7, [0.5035537482323, 0.4015629392227, 0.2092700922032, 2.1375771954885, 0.1067973804222, 28.4856726022825, 0.3570340899915, 14.1278771496819, 0.3977419177166, -0.3105942439693, 0.1388065486682, 0.2272362175370, 0.6108469423263, 0.4898085681917] },
    };

    public static TheoryData<PoolingTest, int, double[]> RegressionPredictions => new()
    {
        { PoolingTest.Z, 0, [-1.00247207489390, 0.27344995085413, -1.53842413014223, -0.46652001964556, 0.02653561561144, 0.25011290732317, -0.46367667481058, 0.51674790603345] },
        { PoolingTest.Z, 6, [-0.6379634953280, 0.2598391293655, -1.1472388306587, -0.1286881599974, -0.3364989301138, 0.2410884985239, -0.8090237043075, 0.1360258440799] },
        { PoolingTest.Z, 7, [0.005105162847396, 0.061934891158719, -0.116284993210102, 0.126495318904894, 0.131959377991800, 0.172279823882603, -0.205702872081006, 0.469621628064606] },
        { PoolingTest.KnappHartung, 0, [-1.00247207489390, 0.28043425299946, -1.61970370412710, -0.38524044566070, 0.02653561561144, 0.25053779480796, -0.52489435280297, 0.57796558402584] },
        { PoolingTest.KnappHartung, 6, [-0.63796349532805, 0.26589430019830, -1.22319290421745, -0.05273408643865, -0.33649893011379, 0.24186101593463, -0.86883143699060, 0.19583357676303] },
        { PoolingTest.KnappHartung, 7, [0.005105162847396, 0.062103193016257, -0.131583043375693, 0.141793369070485, 0.131959377991800, 0.193478463714141, -0.293883849440353, 0.557802605423952] },
    };

    public static TheoryData<int, double[]> GivenWeights => new()
    {
        { 0, [0.13604168018733, 0.11808500695522, 0.01448596761080, 0.69024667816907, 0.31445218251769, 0.11808500695522, 0.07940828011057, 0.57327995592486] },
        { 6, [-0.87297436814377, -0.10314586693873, 0.01027425966439, 1.04622503855110, 0.04492174035967, -0.10314586693873, -0.65217860956761, 0.76135708592508] },
        { 7, [1.68006458496322, 0.13733261768811, 0.01757880230600, 1.00481985106981, 0.03930652281471, 0.13733261768811, 0.98067194755462, 0.61955791985893] },
    };

    [EveryCultureTheory]
    [InlineData(PoolingMethod.REML, PoolingTest.KnappHartung)]
    [InlineData(PoolingMethod.DL, PoolingTest.Z)]
    [InlineData(PoolingMethod.PM, PoolingTest.KnappHartungFloor)]
    [InlineData(PoolingMethod.EE, PoolingTest.T)]
    [InlineData(PoolingMethod.DL, PoolingTest.KnappHartungIqwig)]
    public void A_deleted_fit_is_the_fit_to_the_others(PoolingMethod method, PoolingTest test)
    {
        var options = new PoolingOptions { Method = method, Test = test };
        Prop.ForAll(SensitivityProblems.OfSize(3, 12), problem =>
        {
            var influence = MetaAnalysis.Pool(problem.Y, problem.V, options).Influence();
            for (var i = 0; i < problem.Y.Length; i++)
            {
                var twin = MetaAnalysis.Pool(problem.Without(i).Y, problem.Without(i).V, options);
                var deleted = influence.Studies[i].Deleted!;
                deleted.Coefficients[0].ShouldBe(twin.Estimate, 1e-12 * (1 + twin.StandardError));
                deleted.Tau2.ShouldBe(twin.Tau2, 1e-12 * (1 + twin.Tau2));
                deleted.Q.ShouldBe(twin.Q);
                deleted.Residual.ShouldBe(problem.Y[i] - twin.Estimate, 1e-12 * (1 + twin.StandardError));
            }

            influence.Studies.Sum(study => study.Hat).ShouldBe(1, 1e-12);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [EveryCultureFact]
    public void The_Kenward_Roger_covariance_enters_the_residual_and_the_ratio()
    {
        var options = new PoolingOptions { Test = PoolingTest.KenwardRoger };
        var (whole, deleted) = (Bcg.Pool(options), Bcg.Pool(options).Influence().Studies[12].Deleted!);
        var twin = Bcg.Pool(options, 12);
        deleted.CovarianceRatio.ShouldBe(Math.Pow(twin.StandardError / whole.StandardError, 2), 1e-12);
        deleted.ResidualStandardError.ShouldBe(Math.Sqrt(Bcg.V[12] + twin.Tau2 + twin.StandardError * twin.StandardError), 1e-12);
    }

    [EveryCultureFact]
    public void Pearson_residuals_square_to_Q_under_equal_effects()
    {
        var result = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE });
        result.Influence().Studies.Sum(study => study.Pearson * study.Pearson).ShouldBe(result.Q.Statistic, 1e-10);
        result.Blups().ShouldAllBe(study => study.Estimate == result.Estimate && study.OwnShare == 0);
    }

    [EveryCultureFact]
    public void Too_few_studies_are_told_how_many_are_needed()
    {
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).Influence()).Message.ShouldBe(
            "Case diagnostics need at least 3 studies, two more than coefficients, so that the model can be fitted without each of them; there is 1.");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 2).Influence()).Message.ShouldEndWith("there are 2.");
        Bcg.Pool(studies: 3).Influence().Studies.Count.ShouldBe(3);
        Should.Throw<PoolingException>(() => Bcg.Regress(Bcg.Latitude[..3]).Influence()).Message.ShouldContain("at least 4 studies");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).Blups()).Message.ShouldContain("at least two studies");
    }

    [EveryCultureFact]
    public void A_study_that_alone_carries_a_coefficient_has_no_deleted_fit()
    {
        var influence = Bcg.Regress([0, 0, 1, 0, 0]).Influence();
        var alone = influence.Studies[2];
        alone.Deleted.ShouldBeNull();
        alone.Standardised.ShouldBeNull();
        alone.Hat.ShouldBe(1, 1e-12);
        influence.Notes[0].ShouldBe("Study 3: the model cannot be fitted without it, as it alone carries one of the coefficients.");
    }

    [EveryCultureFact]
    public void Equal_estimates_leave_nothing_to_scale_by()
    {
        var equal = MetaAnalysis.Pool([1, 1, 1, 1], [1, 2, 3, 4]);
        Should.Throw<PoolingException>(() => equal.Influence()).Message.ShouldContain("standard errors are 0");
        MetaAnalysis.Pool([1, 1, 1, 1], [1, 2, 3, 4], new PoolingOptions { Test = PoolingTest.Z }).Influence().Influential.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void An_influential_study_has_its_sentence()
    {
        DiagnosticsCase.Load("normand1999").Pool().Influence().Notes.ShouldHaveSingleItem().ShouldBe(
            "Study 3 is influential (DFFITS -1.27 against 1.06; Cook's distance 0.68 against 0.45; DFBETAS -1.26 against 1): its estimate is 3.2 standard errors below "
            + "what the other studies predict, and without it the estimate goes from -0.537 to -0.282 and τ² from 0.7908 to 0.3097.");
        DiagnosticsCase.Load("bcg").Pool().Influence().Notes.ShouldHaveSingleItem().ShouldStartWith("No study is beyond the limits");
    }

    private static double Unit(string column) => column is "tau2_del" ? 1e-6 : column is "QE_del" ? 1 : 1e-2;

    private static void Near(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(expected[i], Tolerance * Math.Max(Math.Abs(expected[i]), 1e-2), FormattableString.Invariant($"number {i}"));
        }
    }
}
