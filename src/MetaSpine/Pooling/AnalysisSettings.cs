namespace MetaSpine;

/// <summary>An analysis's codes as the options they stand for; every code that does not exist is reported with its place in the file.</summary>
internal sealed record AnalysisSettings(Measure Measure, EffectSizeOptions Effects, PoolingOptions Pooling)
{
    public PoolingModel Model { get; private init; }

    /// <summary>The options of the models mantel-haenszel and peto.</summary>
    public StratifiedOptions Stratified { get; private init; } = StratifiedOptions.Default;

    /// <summary>The options of the model glmm.</summary>
    public CountModelOptions Counts { get; private init; } = CountModelOptions.Default;

    public SubgroupTau2 SubgroupTau2 { get; private init; }

    public Formula? Formula { get; private init; }

    public MedianMethod? Medians { get; private init; }

    public static AnalysisSettings Of(Analysis analysis)
    {
        var codes = new AnalysisCodes(analysis);
        var profile = codes.Read("profile", analysis.Profile, PoolingProfiles.Recommended, PoolingProfiles.Find);
        var (effects, pooling) = (profile.Effects, profile.Pooling);
        var measure = codes.Read("measure", analysis.Measure, Measures.GEN, Measures.Find);
        effects = effects with
        {
            Add = analysis.Add ?? effects.Add,
            To = codes.Read("to", analysis.To, effects.To, MethodNames.ZeroCells),
            DropDoubleZero = analysis.Drop00 ?? effects.DropDoubleZero,
            Variance = codes.Read("vtype", analysis.VarianceType, effects.Variance, code => MethodNames.Variance(code, measure)),
        };
        pooling = pooling with
        {
            Method = codes.Read("method", analysis.Method, pooling.Method, MethodNames.Method),
            Test = codes.Read("test", analysis.Test, pooling.Test, MethodNames.Test),
            Prediction = codes.Read("prediction", analysis.Prediction, pooling.Prediction, MethodNames.Prediction),
            Tau2Interval = codes.Read("tau2_interval", analysis.Tau2Interval, pooling.Tau2Interval, MethodNames.Tau2Interval),
            Level = analysis.Level ?? pooling.Level,
        };
        var model = codes.Read("model", analysis.Model, PoolingModel.InverseVariance, ModelNames.Model);
        var settings = new AnalysisSettings(measure, effects, pooling)
        {
            Model = model,
            Stratified = new() { Level = pooling.Level, EffectSizes = effects with { DropDoubleZero = analysis.Drop00 ?? true } },
            Counts = new()
            {
                Level = pooling.Level,
                Model = codes.Read("glmm", analysis.Glmm, CountModelOptions.Default.Model, ModelNames.CountModel),
                Method = analysis.Method is null ? CountModelOptions.Default.Method : pooling.Method,
                Test = analysis.Test is null ? CountModelOptions.Default.Test : pooling.Test,
            },
            SubgroupTau2 = codes.Read("subgroup_tau2", analysis.SubgroupTau2, SubgroupTau2.Separate, ModelNames.SubgroupTau2),
            Formula = codes.Read<Formula?>("formula", analysis.Formula, null, Formula.Parse),
            Medians = codes.Read<MedianMethod?>("medians", analysis.Medians, null, code => ModelNames.Median(code)),
        };
        settings.CheckTogether(analysis, codes);
        codes.ThrowIfAny();
        return settings;
    }

    /// <summary>Refuses keys that say nothing beside the others: who writes them expects an effect.</summary>
    private void CheckTogether(Analysis analysis, AnalysisCodes codes)
    {
        codes.Refuse("formula", analysis.Formula is not null && analysis.Moderators.Count > 0, "it stands in place of moderators; keep one of the two");
        codes.Refuse("subgroup_tau2", analysis.SubgroupTau2 is not null && analysis.Subgroup is null, "there are no subgroups; name their moderator under subgroup");
        codes.Refuse("glmm", analysis.Glmm is not null && Model != PoolingModel.Glmm, "it says which model for counts; write model: glmm too");
        if (Model == PoolingModel.InverseVariance)
        {
            return;
        }

        var name = ModelNames.Of(Model).Code;
        codes.Refuse("prediction", analysis.Prediction is not null, $"the model {name} has no choice of it; leave it out");
        codes.Refuse("tau2_interval", analysis.Tau2Interval is not null, $"the model {name} has no choice of it; leave it out");
        var isGlmm = Model == PoolingModel.Glmm;
        codes.Refuse("method", analysis.Method is not null && !(isGlmm && Counts.Method is PoolingMethod.ML or PoolingMethod.EE),
            isGlmm ? "a model for counts is fitted by ML or under equal effects (EE)" : $"the model {name} has no choice of it; leave it out");
        codes.Refuse("test", analysis.Test is not null && !(isGlmm && Counts.Test is PoolingTest.Z or PoolingTest.T),
            isGlmm ? "a model for counts is tested by z or t" : $"the model {name} has no choice of it; leave it out");
    }
}

/// <summary>Reads the codes of an analysis and gathers what is wrong with them.</summary>
internal sealed class AnalysisCodes(Analysis analysis)
{
    private readonly List<FileFault> _faults = [];

    public T Read<T>(string key, string? code, T usual, Func<string, T> find)
    {
        try
        {
            return code is null ? usual : find(code);
        }
        catch (Exception e) when (e is ArgumentException or FormulaException)
        {
            Refuse(key, true, e.Message);
            return usual;
        }
    }

    public void Refuse(string key, bool isWrong, string reason)
    {
        if (isWrong && !_faults.Exists(fault => fault.Message.StartsWith($"{key} of", StringComparison.Ordinal)))
        {
            _faults.Add(new FileFault(analysis.PositionOf(key), $"{key} of the analysis {analysis.Id}: {reason}"));
        }
    }

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new StudyFileException(_faults);
        }
    }
}
