using System.CommandLine;
using System.Globalization;

namespace MetaSpine.Cli;

/// <content>What the options say, read as tables, analyses and settings.</content>
internal sealed partial class InputOptions
{
    /// <summary>Whether the input is a table, and not a study or review file.</summary>
    public bool IsTable(ParseResult parsed)
    {
        var file = parsed.GetValue(_file)!;
        return file == "-" || FileKinds.IsTable(file);
    }

    /// <summary>The pooling options that the command line names.</summary>
    public PoolingOptions Pooling(ParseResult parsed)
    {
        var usual = Profile(parsed).Pooling;
        return usual with
        {
            Method = Code(parsed, _method, usual.Method, MethodNames.Method),
            Test = IsOfDependentEffects(parsed.GetValue(_test)) && (AsksForAnalysis(parsed) || !IsTable(parsed)) ? usual.Test : Code(parsed, _test, usual.Test, MethodNames.Test),
            Prediction = Code(parsed, _prediction, usual.Prediction, MethodNames.Prediction),
            Tau2Interval = Code(parsed, _tau2Interval, usual.Tau2Interval, MethodNames.Tau2Interval),
            Level = Level(parsed) ?? usual.Level,
        };
    }

    /// <summary>Whether only models of dependent effects have the test; the analysis says so where there is none.</summary>
    private static bool IsOfDependentEffects(string? test) =>
        test is not null && MethodNames.Tests.All(known => !known.Code.Equals(test, StringComparison.OrdinalIgnoreCase))
        && MultilevelNames.Tests.Any(known => known.Code.Equals(test, StringComparison.OrdinalIgnoreCase));

    private EffectSizeOptions Effects(ParseResult parsed, Measure measure)
    {
        var usual = Profile(parsed).EffectsFor(measure);
        return usual with
        {
            Add = Add(parsed) ?? usual.Add,
            To = Code(parsed, _to, usual.To, MethodNames.ZeroCells),
            Factors = parsed.GetValue(_flip) ? [-1] : usual.Factors,
            DropDoubleZero = parsed.GetValue(_drop00) || usual.DropDoubleZero,
            Variance = Code(parsed, _vtype, usual.Variance, code => MethodNames.Variance(code, measure)),
        };
    }

    private PoolingProfile Profile(ParseResult parsed) => Code(parsed, _profile, PoolingProfiles.Recommended, PoolingProfiles.Find);

    private static T Code<T>(ParseResult parsed, Option<string?> option, T usual, Func<string, T> find) =>
        parsed.GetValue(option) is { } code ? Usage.Checked(() => find(code)) : usual;

    /// <summary>The effect sizes of a table of studies.</summary>
    public EffectSizes Table(ParseResult parsed, Terminal terminal)
    {
        var data = Read(parsed, terminal).Data;
        var options = Effects(parsed, data.Measure);
        return Usage.Checked(() => data.Compute(options));
    }

    /// <summary>Whether more is asked for than the pooled result of the studies' effect sizes.</summary>
    public bool AsksForAnalysis(ParseResult parsed) =>
        new[] { _subgroup, _subgroupTau2, _formula, _model, _glmm, _scale, _scaleLink, _cluster, _robust, _also, _medians, _tau2, _threshold, _weights, _exact, _excludeRisk, _structure, _rho }
            .Any(option => parsed.GetValue(option) is not null)
        || parsed.GetValue(_predict) is [_, ..]
        || parsed.GetValue(_random) is [_, ..]
        || new[] { _flip, _keepDoubleZeros, _correlated, _noCorrect }.Any(option => parsed.GetValue(option));

    /// <summary>How many predictions are asked for.</summary>
    public int Predictions(ParseResult parsed) => parsed.GetValue(_predict)?.Length ?? 0;

    /// <summary>The analysis of a table that the command line describes.</summary>
    public AnalysisResult TableAnalysis(ParseResult parsed, Terminal terminal)
    {
        CheckModels(parsed);
        if (parsed.GetValue(_medians) is not null)
        {
            throw new UsageException("--medians is for study files, which say that a number is a median; a table holds means");
        }

        if (parsed.GetValue(_excludeRisk) is not null)
        {
            throw new UsageException("--exclude-risk-of-bias is for study and review files, which hold judgements; of a table, choose rows with --where");
        }

        _ = Pooling(parsed);
        var (table, data) = Read(parsed, terminal);
        _ = Effects(parsed, data.Measure);
        var file = parsed.GetValue(_file)!;
        var name = file == "-" ? "studies" : Path.GetFileNameWithoutExtension(file);
        try
        {
            return table.Analyse(Override(parsed, new Analysis { Id = name, Outcome = name, Measure = data.Measure.Code }));
        }
        catch (StudyFileException error) when (error.Faults.All(fault => fault.Position.File is null))
        {
            throw new UsageException(string.Join('\n', error.Faults.Select(fault => fault.Message)));
        }
    }

    /// <summary>The table and what its measure needs.</summary>
    private (StudyTable Table, TableData Data) Read(ParseResult parsed, Terminal terminal)
    {
        if ((parsed.GetValue(_analysis) ?? parsed.GetValue(_outcome)) is { } id)
        {
            throw new UsageException($"a table has no analyses or outcomes, so none called '{id}'");
        }

        var table = _table.Read(parsed, parsed.GetValue(_file)!, terminal);
        var measure = parsed.GetValue(_measure) is { } code ? Usage.Checked(() => Measures.Find(code)) : OnlyCandidate(table);
        return (table, TableInputOptions.Data(table, measure, terminal));
    }

    /// <summary>The analyses of a review (or of a single study) that were asked for, under the options that the command line names.</summary>
    public IReadOnlyList<AnalysisResult> Analyses(ParseResult parsed)
    {
        _table.RefuseFor(parsed, parsed.GetValue(_file)!);
        var file = StudyFile.Load(parsed.GetValue(_file)!);
        var review = file.Review ?? file.Study!.AsReview();
        var results = (parsed.GetValue(_analysis), parsed.GetValue(_outcome)) switch
        {
            ({ } id, _) => [Usage.Checked(() => review.Analyse(id))],
            (null, { } outcome) when review.Analyses.Any(analysis => analysis.Outcome == outcome) =>
                [.. review.Analyses.Where(analysis => analysis.Outcome == outcome).Select(review.Analyse)],
            (null, { } outcome) => [Usage.Checked(() => review.Analyse(outcome))],
            _ => review.AnalyseAll(),
        };
        return results.Count > 0 ? Overridden(parsed, review, results) : throw new InputException($"{parsed.GetValue(_file)} has no outcomes to analyse");
    }

    private IReadOnlyList<AnalysisResult> Overridden(ParseResult parsed, Review review, IReadOnlyList<AnalysisResult> results)
    {
        var measure = parsed.GetValue(_measure);
        var changed = AsksForAnalysis(parsed)
            || new[] { _measure, _method, _test, _prediction, _tau2Interval, _profile, _to, _vtype }.Any(option => parsed.GetValue(option) is not null)
            || Level(parsed) is not null || Add(parsed) is not null || parsed.GetValue(_drop00);
        if (!changed)
        {
            return results;
        }

        CheckModels(parsed);
        _ = (measure is null ? null : Usage.Checked(() => Measures.Find(measure)), Pooling(parsed));
        return
        [
            .. results.Select(result =>
            {
                _ = Effects(parsed, measure is null ? result.Measure : Measures.Find(measure));
                return review.Analyse(Override(parsed, result.Analysis));
            }),
        ];
    }

    /// <summary>An analysis with what the command line names in place of its own.</summary>
    private Analysis Override(ParseResult parsed, Analysis asked)
    {
        // Another program's defaults replace what the file asks for; what stands beside them on the command line wins.
        if (parsed.GetValue(_profile) is not null)
        {
            asked = asked with { Method = null, Test = null, Prediction = null, Tau2Interval = null, Tau2 = null, Weights = null, Level = null, Add = null, To = null, Drop00 = null, VarianceType = null };
        }

        // The file's choices within one model mean nothing in another.
        var model = parsed.GetValue(_model) ?? (parsed.GetValue(_glmm) is not null ? ModelNames.Of(PoolingModel.Glmm).Code
            : parsed.GetValue(_exact) is not null ? ModelNames.Of(PoolingModel.Exact).Code : null);
        if (model is not null)
        {
            asked = asked with
            {
                Method = null, Test = null, Prediction = null, Tau2Interval = null, Tau2 = null, Weights = null,
                Glmm = null, KeepDoubleZeros = null, Correlated = null, Correct = null, Exact = null,
                SubgroupTau2 = null, Scale = null, ScaleLink = null, Cluster = null, Robust = null, Also = [], Threshold = null,
            };
        }

        if (parsed.GetValue(_formula) is not null)
        {
            asked = asked with { Moderators = [] };
        }

        // A method estimates tau^2; a fixed tau^2 takes the place of the method, and has no interval.
        var tau2 = Number(parsed, _tau2, "a variance from 0, such as 0.05");
        asked = asked with
        {
            Tau2 = parsed.GetValue(_method) is null ? asked.Tau2 : null,
            Tau2Interval = tau2 is null ? asked.Tau2Interval : null,
            Method = tau2 is null ? asked.Method : null,
        };
        return asked with
        {
            Tau2 = tau2 ?? asked.Tau2,
            Weights = parsed.GetValue(_weights) ?? asked.Weights,
            KeepDoubleZeros = parsed.GetValue(_keepDoubleZeros) ? true : asked.KeepDoubleZeros,
            Correlated = parsed.GetValue(_correlated) ? true : asked.Correlated,
            Correct = parsed.GetValue(_noCorrect) ? false : asked.Correct,
            Exact = parsed.GetValue(_exact) ?? asked.Exact,
            Measure = parsed.GetValue(_measure) ?? asked.Measure,
            Profile = parsed.GetValue(_profile) ?? asked.Profile,
            Method = parsed.GetValue(_method) ?? asked.Method,
            Test = parsed.GetValue(_test) ?? asked.Test,
            Prediction = parsed.GetValue(_prediction) ?? asked.Prediction,
            Tau2Interval = parsed.GetValue(_tau2Interval) ?? asked.Tau2Interval,
            Add = Add(parsed) ?? asked.Add,
            To = parsed.GetValue(_to) ?? asked.To,
            Flip = parsed.GetValue(_flip) ? true : asked.Flip,
            Drop00 = parsed.GetValue(_drop00) ? true : asked.Drop00,
            VarianceType = parsed.GetValue(_vtype) ?? asked.VarianceType,
            Level = Level(parsed) ?? asked.Level,
            Subgroup = parsed.GetValue(_subgroup) ?? asked.Subgroup,
            SubgroupTau2 = parsed.GetValue(_subgroupTau2) ?? asked.SubgroupTau2,
            Formula = parsed.GetValue(_formula) ?? asked.Formula,
            Model = model ?? asked.Model,
            Glmm = parsed.GetValue(_glmm) ?? asked.Glmm,
            Scale = parsed.GetValue(_scale) ?? asked.Scale,
            ScaleLink = parsed.GetValue(_scaleLink) ?? asked.ScaleLink,
            Random = parsed.GetValue(_random) is [_, ..] random ? [.. random.Select(term => Term(term, parsed.GetValue(_structure)))] : asked.Random,
            Rho = Number(parsed, _rho, "a correlation from -1 to 1, such as 0.6", -1, 1) ?? asked.Rho,
            Cluster = parsed.GetValue(_cluster) ?? asked.Cluster,
            Robust = parsed.GetValue(_robust) ?? asked.Robust,
            Also = Also(parsed) is { } also ? [.. also] : asked.Also,
            Threshold = Number(parsed, _threshold, "a number, such as 0.9", double.MinValue) ?? asked.Threshold,
            Predict = parsed.GetValue(_predict) is [_, ..] predict ? [.. predict] : asked.Predict,
            Medians = parsed.GetValue(_medians) ?? asked.Medians,
            Exclude = parsed.GetValue(_excludeRisk) is { } words ? [.. asked.Exclude, new Exclusion { RiskOfBias = [.. words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] }] : asked.Exclude,
        };
    }

    /// <summary>Says what is wrong with the names of models before anything is read.</summary>
    private void CheckModels(ParseResult parsed)
    {
        _ = Code(parsed, _model, PoolingModel.InverseVariance, ModelNames.Model);
        _ = Code(parsed, _glmm, CountModel.CMEL, ModelNames.CountModel);
        _ = Code(parsed, _subgroupTau2, SubgroupTau2.Separate, ModelNames.SubgroupTau2);
        _ = Code(parsed, _scaleLink, ScaleLink.Log, ModelNames.ScaleLink);
        _ = Code(parsed, _robust, RobustType.CR2, ModelNames.Robust);
        _ = Code(parsed, _exact, true, ModelNames.IsMidP);
        _ = Number(parsed, _rho, "a correlation from -1 to 1, such as 0.6", -1, 1);
        _ = Code(parsed, _structure, CovarianceStructure.CS, MultilevelNames.Structure);
        if (parsed.GetValue(_structure) is not null && parsed.GetValue(_random)?.Any(term => term.Contains('|', StringComparison.Ordinal)) != true)
        {
            throw new UsageException("--structure goes with a term that has a bar, such as --random \"outcome | study\"");
        }

        foreach (var term in parsed.GetValue(_random) ?? [])
        {
            _ = Usage.Checked(() => RandomTerm.Parse(term));
        }

        _ = Number(parsed, _tau2, "a variance from 0, such as 0.05");
        _ = Number(parsed, _threshold, "a number, such as 0.9", double.MinValue);
        _ = Code<MedianMethod?>(parsed, _medians, null, code => ModelNames.Median(code));
        _ = parsed.GetValue(_formula) is { } formula ? Formula.Parse(formula) : null;
        _ = parsed.GetValue(_scale) is { } scale ? Formula.Parse(scale) : null;
        foreach (var values in parsed.GetValue(_predict) ?? [])
        {
            _ = Usage.Checked(() => ModeratorValues.Parse(values));
        }

        foreach (var code in Also(parsed) ?? [])
        {
            _ = Usage.Checked(() => ModelNames.FurtherInference(code));
        }
    }

    /// <summary>A term; the structure is for those with a bar.</summary>
    private static RandomEffects Term(string text, string? structure) => new() { Term = text, Structure = RandomTerm.Parse(text).Inner.Count > 0 ? structure : null };

    private string[]? Also(ParseResult parsed) => parsed.GetValue(_also)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Measure OnlyCandidate(StudyTable table) => table.Candidates switch
    {
        [var only] => only,
        [] => throw new InputException(
            $"{table.Name}: no measure can be computed from the columns {string.Join(", ", table.ColumnNames)}. "
            + "See metaspine measures for the columns that each needs, and say which is which with --map, such as --map ai=tpos"),
        var several => throw new UsageException(
            $"{table.Name} has the columns of several measures; choose one with --measure: {string.Join(", ", several.Select(measure => measure.Code))} (metaspine measures says what they are)"),
    };

    private double? Add(ParseResult parsed) => Number(parsed, _add, "a number from 0, such as 0.5");

    private static double? Number(ParseResult parsed, Option<string?> option, string expected, double least = 0, double most = double.MaxValue) => parsed.GetValue(option) is not { } text
        ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option.Name} {text}: expected {expected}");

    private double? Level(ParseResult parsed) => Percentage.Read(parsed, _level);
}
