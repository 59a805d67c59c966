namespace MetaSpine;

/// <summary>An analysis's codes as the options they stand for; every code that does not exist is reported with its place in the file.</summary>
internal sealed record AnalysisSettings(Measure Measure, EffectSizeOptions Effects, PoolingOptions Pooling)
{
    public static AnalysisSettings Of(Analysis analysis)
    {
        var faults = new List<FileFault>();
        var profile = Code(analysis, "profile", analysis.Profile, PoolingProfiles.Recommended, PoolingProfiles.Find, faults);
        var (effects, pooling) = (profile.Effects, profile.Pooling);
        var measure = Code(analysis, "measure", analysis.Measure, Measures.GEN, Measures.Find, faults);
        effects = effects with
        {
            Add = analysis.Add ?? effects.Add,
            To = Code(analysis, "to", analysis.To, effects.To, MethodNames.ZeroCells, faults),
            DropDoubleZero = analysis.Drop00 ?? effects.DropDoubleZero,
            Variance = Code(analysis, "vtype", analysis.VarianceType, effects.Variance, code => MethodNames.Variance(code, measure), faults),
        };
        pooling = pooling with
        {
            Method = Code(analysis, "method", analysis.Method, pooling.Method, MethodNames.Method, faults),
            Test = Code(analysis, "test", analysis.Test, pooling.Test, MethodNames.Test, faults),
            Prediction = Code(analysis, "prediction", analysis.Prediction, pooling.Prediction, MethodNames.Prediction, faults),
            Tau2Interval = Code(analysis, "tau2_interval", analysis.Tau2Interval, pooling.Tau2Interval, MethodNames.Tau2Interval, faults),
            Level = analysis.Level ?? pooling.Level,
        };
        return faults.Count == 0 ? new AnalysisSettings(measure, effects, pooling) : throw new StudyFileException(faults);
    }

    private static T Code<T>(Analysis analysis, string key, string? code, T usual, Func<string, T> find, List<FileFault> faults)
    {
        try
        {
            return code is null ? usual : find(code);
        }
        catch (ArgumentException e)
        {
            faults.Add(new FileFault(analysis.PositionOf(key), $"{key} of the analysis {analysis.Id}: {e.Message}"));
            return usual;
        }
    }
}
