namespace MetaSpine;

/// <summary>
/// The grid of choices. Effect sizes are computed once for each measure and rule for zero cells, unless leaving out a study changes those of others; all
/// else is refits of them.
/// </summary>
internal sealed class MultiverseGrid
{
    public const string TestFactor = "test";
    public const string ZeroCellsFactor = "zero cells";
    public const int ModelPosition = 2;
    public const int FirstExclusion = 4;

    private static readonly string[] MantelHaenszelMeasures = ["OR", "RR", "RD", "IRR", "IRD"];

    private readonly IReadOnlyList<(Measure Measure, EffectData Data, IReadOnlyList<Study>? Studies)> _inputs;
    private readonly List<MultiverseZeroCells> _zeroCells = [];
    private readonly List<MultiverseExclusion> _exclusions = [];
    private readonly EffectSizes[,] _effects;
    private readonly bool[,][][] _leftOut;

    public MultiverseGrid(IReadOnlyList<(Measure Measure, EffectData Data, IReadOnlyList<Study>? Studies)> inputs, MultiverseOptions options)
    {
        (_inputs, Options) = (inputs, options);
        var effects = options.ZeroCells.Select(rule => inputs.Select(input => input.Measure.Compute(input.Data, rule.Options)).ToArray()).ToList();
        var kept = new List<int>();
        for (var z = 0; z < effects.Count; z++)
        {
            if (kept.Exists(other => Enumerable.Range(0, inputs.Count).All(m => Same(effects[z][m], effects[other][m]))))
            {
                WithoutConsequence.Add(options.ZeroCells[z].Name);
                continue;
            }

            kept.Add(z);
            _zeroCells.Add(options.ZeroCells[z]);
        }

        _effects = new EffectSizes[inputs.Count, kept.Count];
        var leftOut = options.Exclusions.Select(_ => new bool[inputs.Count, kept.Count][]).ToList();
        for (var m = 0; m < inputs.Count; m++)
        {
            for (var z = 0; z < kept.Count; z++)
            {
                _effects[m, z] = effects[kept[z]][m];
                for (var e = 0; e < leftOut.Count; e++)
                {
                    leftOut[e][m, z] = options.Exclusions[e].Of(_effects[m, z], inputs[m].Studies);
                }
            }
        }

        var acting = new List<int>();
        for (var e = 0; e < leftOut.Count; e++)
        {
            if (leftOut[e].Cast<bool[]>().Any(rows => rows.Contains(true)))
            {
                acting.Add(e);
                _exclusions.Add(options.Exclusions[e]);
            }
            else
            {
                WithoutConsequence.Add($"leaving out {options.Exclusions[e].Name}");
            }
        }

        _leftOut = new bool[inputs.Count, kept.Count][][];
        for (var m = 0; m < inputs.Count; m++)
        {
            for (var z = 0; z < kept.Count; z++)
            {
                _leftOut[m, z] = [.. acting.Select(e => leftOut[e][m, z])];
            }
        }

        Factors =
        [
            new("measure", [.. inputs.Select(input => input.Measure.Code)]),
            new(ZeroCellsFactor, [.. _zeroCells.Select(rule => rule.Name)]),
            new("model", [.. options.Models.Select(model => model.Name)]),
            new(TestFactor, [.. options.Tests.Select(test => MethodNames.Of(test).Name)]),
            .. _exclusions.Select(exclusion => new MultiverseFactor(exclusion.Name, ["kept", "left out"])),
        ];
        Combinations = Factors.Aggregate(1L, (product, factor) => product * factor.Levels.Count);
    }

    public MultiverseOptions Options { get; }

    /// <summary>Whether Mantel-Haenszel is defined for a measure.</summary>
    public static bool HasMantelHaenszel(Measure measure) => MantelHaenszelMeasures.Contains(measure.Code);

    public IReadOnlyList<MultiverseFactor> Factors { get; }

    /// <summary>Choices that were offered but change nothing here.</summary>
    public List<string> WithoutConsequence { get; } = [];

    public long Combinations { get; }

    public IReadOnlyList<Measure> Measures => [.. _inputs.Select(input => input.Measure)];

    /// <summary>Fits all, in parallel; each result has its own place, so that threads change nothing.</summary>
    public MultiverseFits Fit(IProgress<double>? progress, CancellationToken cancellation)
    {
        var fits = new MultiverseFits(new Specification?[Combinations], new string?[Combinations]);
        var work = new List<(int M, int Z, int Model, int Test)>();
        for (var m = 0; m < _inputs.Count; m++)
        {
            for (var z = 0; z < _zeroCells.Count; z++)
            {
                for (var model = 0; model < Options.Models.Count; model++)
                {
                    for (var test = 0; test < Options.Tests.Count; test++)
                    {
                        if (MakesSense(m, z, model, test))
                        {
                            work.Add((m, z, model, test));
                        }
                    }
                }
            }
        }

        var (done, gate) = (0, new Lock());
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Options.Threads == 0 ? -1 : Options.Threads };
        Parallel.ForEach(work, parallel, item =>
        {
            Fit(item, fits, cancellation);
            lock (gate)
            {
                done++;
                progress?.Report((double)done / work.Count);
            }
        });
        return fits;
    }

    /// <summary>Models for counts have their own zero cells and test, so that they stand once; a test that goes with random effects alone does not stand with equal ones.</summary>
    private bool MakesSense(int m, int z, int model, int test)
    {
        var (measure, choice) = (_inputs[m].Measure.Code, Options.Models[model]);
        return choice.Model switch
        {
            PoolingModel.MantelHaenszel => z == 0 && test == 0 && MantelHaenszelMeasures.Contains(measure),
            PoolingModel.Peto => z == 0 && test == 0 && measure is "OR" or "PETO",
            PoolingModel.Glmm => z == 0 && test == 0,
            _ => Options.Tests[test] switch
            {
                PoolingTest.Z or PoolingTest.T => true,
                PoolingTest.KenwardRoger => choice.Method == PoolingMethod.REML,
                _ => choice.Method != PoolingMethod.EE || !Options.Tests.Any(other => other is PoolingTest.Z or PoolingTest.T),
            },
        };
    }

    private void Fit((int M, int Z, int Model, int Test) item, MultiverseFits fits, CancellationToken cancellation)
    {
        var effects = _effects[item.M, item.Z];
        var masks = 1 << _exclusions.Count;
        var first = ((((item.M * _zeroCells.Count) + item.Z) * Options.Models.Count + item.Model) * Options.Tests.Count + item.Test) * masks;
        Func<List<int>, Specification>? pool = null;
        for (var mask = 0; mask < masks; mask++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = new List<int>();
            for (var row = 0; row < effects.Count; row++)
            {
                if (!IsLeftOut(_leftOut[item.M, item.Z], mask, row))
                {
                    rows.Add(row);
                }
            }

            try
            {
                pool ??= Pooler(effects, _zeroCells[item.Z].Options, Options.Models[item.Model], Options.Tests[item.Test]);
                fits.Results[first + mask] = pool(rows) with { Number = first + mask };
            }
            catch (Exception problem) when (problem is PoolingException or EffectDataException or ArgumentException)
            {
                fits.Problems[first + mask] = problem.Message;
            }
        }
    }

    /// <summary>The first exclusion is the most significant digit of the mask, as in the numbers of the grid.</summary>
    private static bool IsLeftOut(bool[][] leftOut, int mask, int row)
    {
        for (var e = 0; e < leftOut.Length; e++)
        {
            if ((mask >> (leftOut.Length - 1 - e) & 1) == 1 && leftOut[e][row])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A function that pools some rows.</summary>
    private Func<List<int>, Specification> Pooler(EffectSizes effects, EffectSizeOptions rule, MultiverseModel model, PoolingTest test)
    {
        if (model.Model != PoolingModel.InverseVariance)
        {
            return rows => Of(ByCounts(effects, model, effects.Data.Only([.. rows])));
        }

        var options = new PoolingOptions { Method = model.Method, Test = test, Level = Options.Level };
        if (DependOnEachOther(rule))
        {
            return rows => rows.Count == effects.Count ? Of(MetaAnalysis.Pool(effects, options)) : Of(MetaAnalysis.Pool(Only(effects, rule, rows), options));
        }

        var whole = MetaAnalysis.Pool(effects, options);
        var subsets = new SubsetModel(whole);
        var position = new int[effects.Count];
        Array.Fill(position, -1);
        for (var i = 0; i < whole.StudyCount; i++)
        {
            position[whole.Studies[i].Row] = i;
        }

        return rows =>
        {
            int[] studies = [.. rows.Select(row => position[row]).Where(i => i >= 0)];
            if (studies.Length == 0)
            {
                throw new PoolingException("No study is left to be pooled.");
            }

            var fit = subsets.Fit(studies)!;
            var coefficient = fit.Inference.Coefficient("estimate", fit.Coefficients[0]);
            double inverse = 0;
            foreach (var i in studies)
            {
                inverse += 1 / whole.Studies[i].Effect.Size;
            }

            return Of(coefficient.Estimate, coefficient.StandardError, coefficient.Interval, coefficient.PValue, effects.Measure, studies.Length / inverse) with
            {
                StudyCount = studies.Length, Tau2 = fit.Tau2, I2 = fit.I2,
            };
        };
    }

    /// <summary>Whether a study's effect size changes when another study is left out.</summary>
    private static bool DependOnEachOther(EffectSizeOptions rule) =>
        rule.To == ZeroCellRule.AllIfAnyZero || rule.Variance is VarianceType.AV or VarianceType.AVHO or VarianceType.AV2;

    private static EffectSizes Only(EffectSizes effects, EffectSizeOptions rule, List<int> rows) => rows.Count == 0
        ? throw new PoolingException("No study is left to be pooled.")
        : effects.Measure.Compute(effects.Data.Only([.. rows]), rule.Factors is { Count: > 1 } factors ? rule with { Factors = [.. rows.Select(row => factors[row])] } : rule);

    private IPooledEffect ByCounts(EffectSizes effects, MultiverseModel model, EffectData data) => model.Model switch
    {
        PoolingModel.MantelHaenszel => MantelHaenszel.Pool(effects.Measure, data, new StratifiedOptions { Level = Options.Level }),
        PoolingModel.Peto => PetoMethod.Pool(data, new StratifiedOptions { Level = Options.Level }),
        _ => CountModels.Fit(effects.Measure, data, new CountModelOptions { Model = model.Counts, Method = model.Method, Level = Options.Level, Tau2Interval = false }),
    };

    private static Specification Of(IPooledEffect pooled) =>
        Of(pooled.Estimate, pooled.StandardError ?? double.NaN, pooled.Interval, pooled.PValue, pooled.Effects.Measure, pooled.Effects.HarmonicMeanSize) with
        {
            StudyCount = pooled.StudyCount, Tau2 = pooled.Tau2 ?? double.NaN, I2 = pooled.I2 ?? double.NaN,
        };

    private static Specification Of(double estimate, double error, Interval interval, double p, Measure measure, double size)
    {
        double[] ends = [measure.Scale.Back(interval.Lower, size), measure.Scale.Back(interval.Upper, size)];
        return new Specification
        {
            Number = 0,
            Estimate = estimate,
            StandardError = error,
            Lower = interval.Lower,
            Upper = interval.Upper,
            PValue = p,
            Natural = measure.Scale.Back(estimate, size),
            NaturalLower = ends.Min(),
            NaturalUpper = ends.Max(),
        };
    }

    private static bool Same(EffectSizes a, EffectSizes b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (!a.Studies[i].Estimate.Equals(b.Studies[i].Estimate) || !a.Studies[i].Variance.Equals(b.Studies[i].Variance))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>What became of each combination: a result, a problem, or neither where it makes no sense.</summary>
internal sealed record MultiverseFits(Specification?[] Results, string?[] Problems);
