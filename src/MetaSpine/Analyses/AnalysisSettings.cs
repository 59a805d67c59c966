namespace MetaSpine;

/// <summary>An analysis's codes as the options they stand for; every code that does not exist is reported with its place in the file.</summary>
internal sealed record AnalysisSettings(Measure Measure, EffectSizeOptions Effects, PoolingOptions Pooling)
{
    private string _outcome = "";

    public PoolingModel Model { get; private init; }

    /// <summary>The options of the models mantel-haenszel and peto.</summary>
    public StratifiedOptions Stratified { get; private init; } = StratifiedOptions.Default;

    /// <summary>The options of the model glmm.</summary>
    public CountModelOptions Counts { get; private init; } = CountModelOptions.Default;

    public SubgroupTau2 SubgroupTau2 { get; private init; }

    public Formula? Formula { get; private init; }

    public MedianMethod? Medians { get; private init; }

    /// <summary>The moderators of tau^2; null without a location-scale model.</summary>
    public Formula? Scale { get; private init; }

    public ScaleLink ScaleLink { get; private init; }

    public RobustType Robust { get; private init; }

    /// <summary>Whether the tails of the model exact are those of mid-p.</summary>
    public bool IsMidP { get; private init; } = true;

    /// <summary>The model of dependent effects; null where each study has one effect.</summary>
    public MultilevelSettings? Multilevel { get; private init; }

    public IReadOnlyList<FurtherInference> Also { get; private init; } = [];

    /// <summary>Where the meta-regression predicts.</summary>
    public IReadOnlyList<ModeratorValues> Predict { get; private init; } = [];

    /// <summary>What an analysis writes in place of a moderator's name for the same weight to every study.</summary>
    public const string EqualWeights = "equal";

    /// <summary>The moderator that gives the weights; null where they are equal or inverse variances.</summary>
    public static string? GivenWeights(Analysis analysis) => analysis.Weights == EqualWeights ? null : analysis.Weights;

    public static AnalysisSettings Of(Analysis analysis)
    {
        var codes = new AnalysisCodes(analysis);
        var profile = codes.Read("profile", analysis.Profile, PoolingProfiles.Recommended, PoolingProfiles.Find);
        var measure = codes.Read("measure", analysis.Measure, Measures.GEN, Measures.Find);
        var (effects, pooling) = (profile.EffectsFor(measure), profile.Pooling);
        var model = codes.Read("model", analysis.Model, PoolingModel.InverseVariance, ModelNames.Model);
        effects = effects with
        {
            Add = analysis.Add ?? effects.Add,
            To = codes.Read("to", analysis.To, effects.To, MethodNames.ZeroCells),
            DropDoubleZero = analysis.Drop00 ?? effects.DropDoubleZero,
            Correct = model == PoolingModel.InverseVariance ? analysis.Correct ?? effects.Correct : effects.Correct,
            Factors = analysis.Flip == true ? [-1] : effects.Factors,
            Variance = codes.Read("vtype", analysis.VarianceType, effects.Variance, code => MethodNames.Variance(code, measure)),
        };
        pooling = pooling with
        {
            Method = codes.Read("method", analysis.Method, pooling.Method, MethodNames.Method),
            Test = analysis.Random.Count > 0 ? pooling.Test : codes.Read("test", analysis.Test, pooling.Test, MethodNames.Test),
            Prediction = codes.Read("prediction", analysis.Prediction, pooling.Prediction, MethodNames.Prediction),
            Tau2Interval = codes.Read("tau2_interval", analysis.Tau2Interval, pooling.Tau2Interval, MethodNames.Tau2Interval),
            Level = analysis.Level ?? pooling.Level,
            FixedTau2 = analysis.Tau2,

            // Review Manager 5 takes Q around the Mantel-Haenszel estimate unless inverse variance is chosen there.
            QAround = analysis.Model is null ? pooling.QAround : QCentre.InverseVariance,
            Weighted = analysis.Weights != EqualWeights,
            Weights = GivenWeights(analysis) is null ? null : [],
        };
        var settings = new AnalysisSettings(measure, effects, pooling)
        {
            _outcome = analysis.Outcome,
            Model = model,
            Stratified = profile.Stratified with
            {
                Level = pooling.Level,
                Correct = analysis.Correct ?? StratifiedOptions.Default.Correct,
                EffectSizes = effects with { DropDoubleZero = analysis.Drop00 ?? (!profile.Stratified.CorrectEstimate || effects.DropDoubleZero) },
            },
            Counts = new()
            {
                Level = pooling.Level,
                Model = codes.Read("glmm", analysis.Glmm, CountModelOptions.Default.Model, ModelNames.CountModel),
                Method = analysis.Method is null ? CountModelOptions.Default.Method : pooling.Method,
                Test = analysis.Test is null ? CountModelOptions.Default.Test : pooling.Test,
                KeepDoubleZeros = analysis.KeepDoubleZeros ?? CountModelOptions.Default.KeepDoubleZeros,
                Correlated = analysis.Correlated ?? CountModelOptions.Default.Correlated,
            },
            SubgroupTau2 = codes.Read("subgroup_tau2", analysis.SubgroupTau2, SubgroupTau2.Separate, ModelNames.SubgroupTau2),
            Formula = codes.Read<Formula?>("formula", analysis.Formula, null, Formula.Parse),
            Medians = codes.Read<MedianMethod?>("medians", analysis.Medians, null, code => ModelNames.Median(code)),
            Scale = codes.Read<Formula?>("scale", analysis.Scale, null, Formula.Parse),
            ScaleLink = codes.Read("scale_link", analysis.ScaleLink, ScaleLink.Log, ModelNames.ScaleLink),
            Robust = codes.Read("robust", analysis.Robust, RobustType.CR2, ModelNames.Robust),
            IsMidP = codes.Read("exact", analysis.Exact, true, ModelNames.IsMidP),
            Multilevel = analysis.Random.Count > 0 ? MultilevelSettings.Of(analysis, profile.Pooling, pooling, codes) : null,
            Also = [.. analysis.Also.Select(code => codes.Read<FurtherInference?>("also", code, null, text => ModelNames.FurtherInference(text))).OfType<FurtherInference>().Distinct()],
            Predict = [.. analysis.Predict.Select(text => codes.Read<ModeratorValues?>("predict", text, null, ModeratorValues.Parse)).OfType<ModeratorValues>()],
        };
        settings.CheckTogether(analysis, codes);
        codes.ThrowIfAny();
        return settings;
    }

    /// <summary>The settings for the studies of a review: where all report ready estimates of the outcome, they are taken as they are, whatever the measure.</summary>
    public AnalysisSettings For(Review review)
    {
        var found = review.Studies.Select(study => study.FindOutcome(_outcome)).OfType<Outcome>().ToList();
        return found.Count > 0 && found.TrueForAll(outcome => outcome.Type == OutcomeType.Estimate) && ReadyMeasures.Like(Measure) is var ready && ready != Measure
            ? this with { Measure = ready, Effects = Effects with { Variance = null } }
            : this;
    }

    /// <summary>Refuses keys that say nothing beside the others: who writes them expects an effect.</summary>
    private void CheckTogether(Analysis analysis, AnalysisCodes codes)
    {
        codes.Refuse("formula", analysis.Formula is not null && analysis.Moderators.Count > 0, "it stands in place of moderators; keep one of the two");
        codes.Refuse("subgroup_tau2", analysis.SubgroupTau2 is not null && analysis.Subgroup is null, "there are no subgroups; name their moderator under subgroup");
        codes.Refuse("glmm", analysis.Glmm is not null && Model != PoolingModel.Glmm, "it says which model for counts; write model: glmm too");
        codes.Refuse("scale_link", analysis.ScaleLink is not null && analysis.Scale is null, "there is no scale; write the moderators of tau^2 as scale: ~ name");
        codes.Refuse("robust", analysis.Robust is not null && analysis.Cluster is null, "there are no clusters; name their moderator under cluster");
        codes.Refuse("predict", analysis.Predict.Count > 0 && !AnalysisDesign.HasModerators(analysis), "there is no meta-regression to predict from; write its moderators or its formula");
        codes.Refuse("correct", analysis.Correct is not null && Model != PoolingModel.MantelHaenszel && !(Model == PoolingModel.InverseVariance && Measure.CorrectsBias),
            "it belongs to the Cochran-Mantel-Haenszel test (write model: mantel-haenszel too) and to measures whose bias is corrected, such as SMD");
        codes.Refuse("exact", analysis.Exact is not null && Model != PoolingModel.Exact, "it says how the exact model counts; write model: exact too");
        codes.Refuse("rho", analysis.Rho is not null && Multilevel is null, "it correlates the errors of dependent effects; write their model too, as random: study/effect");
        codes.Refuse("rho", analysis.Rho is not null && analysis.Cluster is null, "it is the correlation within clusters; name them under cluster, as cluster: study");
        var hasRandomBaselines = Model == PoolingModel.Glmm && Counts.Model == CountModel.UMRS;
        codes.Refuse("keep_double_zeros", analysis.KeepDoubleZeros is not null && !hasRandomBaselines, "such studies inform random baselines only; write glmm: UM.RS too, with model: glmm");
        codes.Refuse("correlated", analysis.Correlated is not null && !hasRandomBaselines, "only random baselines can be correlated with the effect; write glmm: UM.RS too, with model: glmm");
        codes.Refuse("flip", analysis.Flip == true && Measure.NullValue != 0, $"{Measure.Code} has no effect at another value than 0, or at none, so that a sign means nothing; leave it out");
        if (Multilevel is not null)
        {
            MultilevelSettings.CheckTogether(analysis, Model, codes);
            return;
        }

        if (Model == PoolingModel.InverseVariance)
        {
            CheckPooling(analysis, codes);
            CheckGiven(analysis, codes);
            CheckFurther(analysis, codes);
            return;
        }

        var name = ModelNames.Of(Model).Code;
        var measures = ModelNames.MeasuresOf(Model);
        codes.Refuse("model", !measures.Contains(Measure.Code) && !codes.HasRefused("measure"), $"{name} does not pool {Measure.Code}; it pools {string.Join(", ", measures)}");
        (string Key, bool IsThere)[] further =
        [
            ("flip", analysis.Flip == true), ("tau2", analysis.Tau2 is not null), ("weights", analysis.Weights is not null),
            ("subgroup_tau2", analysis.SubgroupTau2 is not null), ("scale", analysis.Scale is not null), ("scale_link", analysis.ScaleLink is not null),
            ("threshold", analysis.Threshold is not null), ("cluster", analysis.Cluster is not null), ("robust", analysis.Robust is not null), ("also", analysis.Also.Count > 0),
            ("predict", analysis.Predict.Count > 0),
        ];
        foreach (var (key, isThere) in further)
        {
            codes.Refuse(key, isThere, $"it goes with inverse variance and not with the model {name}; leave one of the two out");
        }

        codes.Refuse("prediction", analysis.Prediction is not null, $"the model {name} has no choice of it; leave it out");
        codes.Refuse("tau2_interval", analysis.Tau2Interval is not null, $"the model {name} has no choice of it; leave it out");
        var isGlmm = Model == PoolingModel.Glmm;
        codes.Refuse("method", analysis.Method is not null && !(isGlmm && Counts.Method is PoolingMethod.ML or PoolingMethod.EE),
            isGlmm ? "a model for counts is fitted by ML or under equal effects (EE)" : $"the model {name} has no choice of it; leave it out");
        codes.Refuse("test", analysis.Test is not null && !(isGlmm && Counts.Test is PoolingTest.Z or PoolingTest.T),
            isGlmm ? "a model for counts is tested by z or t" : $"the model {name} has no choice of it; leave it out");
    }

    /// <summary>Refuses what the pooling itself refuses, with its place.</summary>
    private void CheckPooling(Analysis analysis, AnalysisCodes codes)
    {
        var needsWeights = Pooling.Method is PoolingMethod.GENQ or PoolingMethod.GENQM && Pooling.Weights is null;
        codes.Refuse("method", needsWeights && analysis.Tau2 is null,
            $"the generalised Q estimator ({MethodNames.Of(Pooling.Method).Code}) needs weights; name their moderator under weights (with equal weights it is HE)");
        try
        {
            _ = MetaAnalysis.Validated(Pooling);
        }
        catch (ArgumentException e)
        {
            var key = !(analysis.Tau2 is null or (>= 0 and < double.PositiveInfinity)) ? "tau2" : Pooling.Test == PoolingTest.KenwardRoger ? "test" : Pooling.Tau2Interval == Tau2IntervalMethod.ProfileLikelihood ? "tau2_interval" : "method";
            codes.Refuse(key, true, e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
        }
    }

    /// <summary>Refuses what a given tau^2 or given weights leave no place for.</summary>
    private void CheckGiven(Analysis analysis, AnalysisCodes codes)
    {
        codes.Refuse("tau2", analysis.Tau2 is not null && Pooling.Method == PoolingMethod.EE, "under equal effects (EE) tau^2 is 0; leave one of the two out");
        codes.Refuse("tau2", analysis.Tau2 is not null && analysis.Method is not null && Pooling.Method != PoolingMethod.EE,
            $"it takes the place of the estimate by {MethodNames.Of(Pooling.Method).Code}; leave tau2 or method out");
        codes.Refuse("tau2_interval", analysis.Tau2Interval is not null && analysis.Tau2 is not null, "a fixed tau^2 has no interval; leave one of the two out");
        var given = analysis.Tau2 is not null ? "tau2" : "weights";
        codes.Refuse(given, Scale is not null && (analysis.Tau2 ?? (object?)analysis.Weights) is not null, "a location-scale model estimates its own; leave scale or this out");
        codes.Refuse("weights", analysis.Weights is not null && analysis.Cluster is not null, "cluster-robust standard errors are those of inverse-variance weights; leave cluster or this out");
        FurtherInference[] refitted =
        [
            FurtherInference.Permutation, FurtherInference.PermutationIntervals, FurtherInference.Bootstrap, FurtherInference.ParametricBootstrap, FurtherInference.AllSubsets,
        ];
        foreach (var further in Also.Where(refitted.Contains))
        {
            codes.Refuse("also", (analysis.Tau2 ?? (object?)analysis.Weights) is not null, $"{ModelNames.Of(further).Code} estimates tau^2 and weights studies by inverse variances, so that {given} has no place beside it");
        }
    }

    /// <summary>Refuses what the method or the test of an analysis by inverse variance does not allow.</summary>
    private void CheckFurther(Analysis analysis, AnalysisCodes codes)
    {
        var (method, test) = (MethodNames.Of(Pooling.Method).Code, MethodNames.Of(Pooling.Test).Code);
        var isRefitted = Pooling.Test is PoolingTest.Z or PoolingTest.T or PoolingTest.KnappHartung or PoolingTest.KnappHartungFloor;
        codes.Refuse("scale", Scale is not null && Pooling.Method is not (PoolingMethod.REML or PoolingMethod.ML), $"a location-scale model is fitted by REML or ML, not {method}");
        codes.Refuse("scale", Scale is not null && !isRefitted, $"a location-scale model is tested by z, t, knha or adhoc, not {test}");
        foreach (var further in Also.Where(further => further is not (FurtherInference.HenmiCopas or FurtherInference.ProfileLikelihood or FurtherInference.AllSubsets or FurtherInference.Nagashima or FurtherInference.Terms)))
        {
            var code = ModelNames.Of(further).Code;
            codes.Refuse("also", !isRefitted, $"{code} refits the model many times, with the test z, t, knha or adhoc, not {test}");
            codes.Refuse("also", Pooling.I2From != HeterogeneityBasis.Tau2, $"{code} takes I^2 from tau^2; the profile {analysis.Profile} takes it from Q");
        }

        var isRandom = Pooling.Method != PoolingMethod.EE;
        codes.Refuse("also", Also.Contains(FurtherInference.Nagashima) && !(isRandom && analysis.Tau2 is null), "nagashima predicts with a tau^2 that is not known; it goes with random effects without a fixed tau^2");
        codes.Refuse("threshold", analysis.Threshold is not null && !isRandom, "under equal effects (EE) all settings have the same effect; leave one of the two out");
        codes.Refuse("threshold", analysis.Threshold is { } value && !double.IsNaN(value) && !Measure.Scale.NeedsSize && !double.IsFinite(Measure.Scale.Forward(value)),
            FormattableString.Invariant($"{Measure.Code} cannot be {analysis.Threshold}; write the value as readers see it"));
        codes.Refuse(
            "also",
            (Also.Contains(FurtherInference.Permutation) || Also.Contains(FurtherInference.PermutationIntervals)) && Measure.NullValue is null && Formula is null && analysis.Moderators.Count == 0,
            $"a permutation test of {Measure.Code} would test an arbitrary value; it makes sense with moderators only");
        codes.Refuse("also", Also.Contains(FurtherInference.Terms) && !AnalysisDesign.HasModerators(analysis), "terms are those of a meta-regression; write its moderators or its formula");
        var terms = Formula?.Terms.Count ?? analysis.Moderators.Count;
        codes.Refuse("also", Also.Contains(FurtherInference.AllSubsets) && terms is 0 or > Multimodel.MostTerms, FormattableString.Invariant(
            $"all-subsets compares the models of 1 to {Multimodel.MostTerms} terms; moderators or formula have {terms}"));
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
        if (isWrong && !HasRefused(key))
        {
            Refuse(key, analysis.PositionOf(key), reason);
        }
    }

    /// <summary>Refuses a part of a key's value, at its own place.</summary>
    public void Refuse(string key, SourcePosition at, string reason) => _faults.Add(new FileFault(at, $"{key} of the analysis {analysis.Id}: {reason}"));

    public bool HasRefused(string key) => _faults.Exists(fault => fault.Message.StartsWith($"{key} of", StringComparison.Ordinal));

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new StudyFileException(_faults);
        }
    }
}
