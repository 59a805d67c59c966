namespace MetaSpine.Tests;

/// <summary>
/// The edges of what studies can be, for every estimator, test, interval and model: every number of the result is finite, or an
/// error says what to do. The numbers are named one by one in <see cref="PublicNumbers"/>.
/// </summary>
public sealed class EdgeTableTests
{
    public static TheoryData<PoolingMethod> Methods => [.. Enum.GetValues<PoolingMethod>()];

    internal static (string Name, double[] Y, double[] V)[] Table =>
    [
        ("one study", [0.5], [0.04]),
        ("one study of 0", [0], [1]),
        ("two studies", [0, 1], [0.1, 0.2]),
        ("three studies", [0, 1, -2], [0.1, 0.2, 0.05]),
        ("two alike but for rounding", [0.1 + 0.2, 0.3], [0.1, 0.1]),
        ("an enormous variance", [1, 2, 3, 4.5], [1e12, 1, 1, 1]),
        ("a tiny variance", [1, 2, 3, 4.5], [1e-12, 1, 1, 1]),
        ("both", [1, 2, 3, 4.5], [1e-12, 1e12, 1, 1e-6]),
        ("two of such", [1, 2], [1e-12, 1e12]),
        ("all tiny", [1, 2, 3], [1e-12, 2e-12, 1e-12]),
        ("all enormous", [1, 2, 3], [1e12, 2e12, 1e12]),
        ("less spread than chance", [0.1, 0.11, 0.1, 0.12], [0.5, 0.4, 0.6, 0.3]),
        ("at the boundary", [-1, 1], [2, 2]),
        ("estimates of a hundred million", [1e8, 1e8 + 1, 1e8 - 2, 1e8 + 0.5], [0.5, 1, 0.25, 2]),
        ("estimates far apart", [1e8, -1e8, 0], [1, 1, 1]),
    ];

    /// <summary>Studies all equal, where the Knapp-Hartung standard error is 0.</summary>
    internal static (string Name, double[] Y, double[] V)[] Equal =>
        [("equal", [2, 2, 2], [1, 2, 4]), ("equal and 0", [0, 0, 0], [1, 2, 4]), ("equal with variances far apart", [7, 7, 7, 7], [1e-12, 1e12, 1, 1])];

    private static PoolingOptions Options(PoolingMethod method, PoolingTest test, Tau2IntervalMethod interval, double[] v) => new()
    {
        Method = method, Test = test, Tau2Interval = interval,
        Weights = method is PoolingMethod.GENQ or PoolingMethod.GENQM ? Array.ConvertAll(v, variance => 1 / Math.Sqrt(variance)) : null,
    };

    private static IEnumerable<PoolingTest> TestsOf(PoolingMethod method) =>
        Enum.GetValues<PoolingTest>().Where(test => test != PoolingTest.KenwardRoger || method == PoolingMethod.REML);

    private static IEnumerable<Tau2IntervalMethod> IntervalsOf(PoolingMethod method) =>
        Enum.GetValues<Tau2IntervalMethod>().Where(interval => interval != Tau2IntervalMethod.ProfileLikelihood || method is PoolingMethod.REML or PoolingMethod.ML);

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Every_number_of_a_pooled_result_is_finite(PoolingMethod method)
    {
        foreach (var (name, y, v) in Table)
        {
            foreach (var test in TestsOf(method))
            {
                var options = Options(method, test, Tau2IntervalMethod.QProfile, v);
                if ((name, test) is ("two of such", PoolingTest.KenwardRoger))
                {
                    Should.Throw<PoolingException>(() => MetaAnalysis.Pool(y, v, options)).Message.ShouldContain("choose the test knha");
                    continue;
                }

                var result = MetaAnalysis.Pool(y, v, options);
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{method} {test}, {name}");
                foreach (var prediction in Enum.GetValues<PredictionMethod>())
                {
                    if (result.PredictionIntervalBy(prediction) is { } interval)
                    {
                        (double.IsFinite(interval.Lower) && double.IsFinite(interval.Upper)).ShouldBeTrue($"{method} {test}, {name}: {prediction}");
                    }
                }
            }

            foreach (var interval in IntervalsOf(method))
            {
                var result = MetaAnalysis.Pool(y, v, Options(method, PoolingTest.Z, interval, v) with { I2From = HeterogeneityBasis.Q });
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{method} {interval}, {name}");
            }
        }
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Equal_estimates_are_tested_as_far_as_they_can_be(PoolingMethod method)
    {
        foreach (var (name, y, v) in Equal)
        {
            foreach (var test in TestsOf(method))
            {
                var options = Options(method, test, Tau2IntervalMethod.QProfile, v);
                if (test == PoolingTest.KenwardRoger && v.Max() > 1e9)
                {
                    Should.Throw<PoolingException>(() => MetaAnalysis.Pool(y, v, options)).Message.ShouldContain("choose the test knha");
                    continue;
                }

                var result = MetaAnalysis.Pool(y, v, options);
                var certain = result.StandardError == 0 && y[0] != 0;
                if (certain)
                {
                    // An estimate without a standard error is infinitely many of them from 0; a note says so.
                    double.IsPositiveInfinity(result.Statistic).ShouldBeTrue();
                    (test == PoolingTest.KnappHartung).ShouldBe(result.Notes.Any(note => note.Contains("no width", StringComparison.Ordinal)));
                }

                PublicNumbers.Of(result).Where(number => !certain || number.Name != "statistic").ShouldBeFinite(result.Notes, $"{method} {test}, {name}");
                result.Tau2.ShouldBe(0);
            }

            foreach (var interval in IntervalsOf(method))
            {
                var result = MetaAnalysis.Pool(y, v, Options(method, PoolingTest.Z, interval, v));
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{method} {interval}, {name}");
            }
        }
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Every_number_of_a_regression_is_finite_or_an_error_counts_studies_and_coefficients(PoolingMethod method)
    {
        foreach (var (name, y, v) in Table)
        {
            var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v });
            double[] dose = [1, 2, 4, 3];
            var design = DesignMatrix.WithIntercept(Predictor.Numeric("dose", dose[..y.Length]));
            foreach (var test in TestsOf(method).Where(test => test is not (PoolingTest.KnappHartungWider or PoolingTest.KnappHartungIqwig)))
            {
                var options = Options(method, test, Tau2IntervalMethod.QProfile, v);
                if (y.Length <= 2)
                {
                    Should.Throw<PoolingException>(() => MetaAnalysis.Regress(effects, design, options)).Message
                        .ShouldContain(y.Length == 1 ? "1 study with all its values cannot carry 2 coefficients" : "2 studies with all their values cannot carry 2 coefficients");
                    continue;
                }

                var result = MetaAnalysis.Regress(effects, design, options);
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{method} {test}, {name}");
            }

            foreach (var interval in y.Length <= 2 ? [] : IntervalsOf(method))
            {
                var result = MetaAnalysis.Regress(effects, design, Options(method, PoolingTest.Z, interval, v));
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{method} {interval}, {name}");
            }
        }
    }

    [EveryCultureTheory]
    [InlineData(PoolingTest.KnappHartung)]
    [InlineData(PoolingTest.T)]
    [InlineData(PoolingTest.Z)]
    public void Moderators_together_explain_nothing_where_all_estimates_agree(PoolingTest test)
    {
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [2, 2, 2, 2, 2, 2], ["vi"] = [1, 2, 1, 3, 1, 2] });
        var design = DesignMatrix.WithIntercept(Predictor.Numeric("dose", [1, 2, 3, 4, 5, 6]), Predictor.Numeric("age", [1, 0, 2, 1, 5, 3]));
        var moderators = MetaAnalysis.Regress(effects, design, new PoolingOptions { Test = test }).Moderators;
        (moderators.Statistic, moderators.PValue).ShouldBe((0, 1));
    }

    public static TheoryData<string> TableMeasures =>
        [.. Measures.All.Where(measure => measure.Family.Alternatives.Any(inputs => inputs.Select(input => input.Column).SequenceEqual(["ai", "bi", "ci", "di"]))).Select(measure => measure.Code)];

    [EveryCultureTheory]
    [MemberData(nameof(TableMeasures))]
    public void Zeros_in_every_position_of_a_table_give_finite_numbers_or_a_reason(string code)
    {
        var measure = Measures.Find(code);
        foreach (var rule in Enum.GetValues<ZeroCellRule>())
        {
            for (var zeros = 0; zeros < 16; zeros++)
            {
                int Cell(int position, int count) => (zeros >> position & 1) == 1 ? 0 : count;
                var data = new EffectData
                {
                    ["ai"] = [Cell(0, 7), 5], ["bi"] = [Cell(1, 9), 15], ["ci"] = [Cell(2, 4), 8], ["di"] = [Cell(3, 12), 11],
                };
                var effects = measure.Compute(data, new EffectSizeOptions { To = rule });
                var first = effects.Studies[0];
                if (first.Problem is null)
                {
                    double.IsFinite(first.Estimate).ShouldBeTrue($"{code} {rule} {zeros:x}");
                    double.IsFinite(first.Variance).ShouldBeTrue($"{code} {rule} {zeros:x}");
                }
                else
                {
                    first.Problem.Length.ShouldBeGreaterThan(10);
                }

                var result = MetaAnalysis.Pool(effects, new PoolingOptions { Test = PoolingTest.Z });
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{code} {rule} {zeros:x}");
                (result.StudyCount + result.Excluded.Count).ShouldBe(2);
            }
        }
    }

    [EveryCultureTheory]
    [InlineData("OR")]
    [InlineData("RR")]
    [InlineData("RD")]
    public void Zeros_in_every_position_go_through_Mantel_Haenszel_and_Peto(string code)
    {
        for (var zeros = 0; zeros < 256; zeros++)
        {
            double Cell(int position, int count) => (zeros >> position & 1) == 1 ? 0 : count;
            var data = new EffectData
            {
                ["ai"] = [Cell(0, 7), Cell(4, 5)], ["bi"] = [Cell(1, 9), Cell(5, 15)], ["ci"] = [Cell(2, 4), Cell(6, 8)], ["di"] = [Cell(3, 12), Cell(7, 11)],
            };
            Finite(() => MantelHaenszel.Pool(Measures.Find(code), data), $"{code} {zeros:x}");
            if (code == "OR")
            {
                Finite(() => PetoMethod.Pool(data), $"Peto {zeros:x}");
            }
        }

        static void Finite(Func<StratifiedResult> fit, string what)
        {
            try
            {
                var result = fit();
                PublicNumbers.Of(result).ShouldBeFinite(result.Notes, what);
            }
            catch (Exception refusal) when (refusal is PoolingException or EffectDataException)
            {
                refusal.Message.Length.ShouldBeGreaterThan(40, what);
            }
        }
    }

    [EveryCultureTheory]
    [InlineData(CountModel.UMFS)]
    [InlineData(CountModel.CMAL)]
    [InlineData(CountModel.CMEL)]
    public void Zeros_in_every_position_go_through_the_models_for_counts(CountModel model)
    {
        for (var zeros = 0; zeros < 16; zeros++)
        {
            double Cell(int position, int count) => (zeros >> position & 1) == 1 ? 0 : count;
            var data = new EffectData { ["ai"] = [Cell(0, 3), 2, 1], ["bi"] = [Cell(1, 9), 15, 8], ["ci"] = [Cell(2, 4), 3, 4], ["di"] = [Cell(3, 12), 11, 9] };
            foreach (var method in new[] { PoolingMethod.ML, PoolingMethod.EE })
            {
                try
                {
                    var result = CountModels.Fit(Measures.OR, data, new CountModelOptions { Model = model, Method = method, Tau2Interval = false });
                    PublicNumbers.Of(result).ShouldBeFinite(result.Notes, $"{model} {method} {zeros:x}");
                }
                catch (Exception refusal) when (refusal is PoolingException or EffectDataException)
                {
                    refusal.Message.Length.ShouldBeGreaterThan(40, $"{model} {method} {zeros:x}");
                }
            }
        }
    }
}
