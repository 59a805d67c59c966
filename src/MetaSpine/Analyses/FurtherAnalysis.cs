namespace MetaSpine;

/// <summary>What an analysis by inverse variance asks for beside its main results.</summary>
internal static class FurtherAnalysis
{
    /// <summary>Makes what is asked for; what cannot be made is left out and said in the problems.</summary>
    public static FurtherResults? Of(ModelResult model, Analysis analysis, AnalysisSettings settings, IModerators moderators, List<string> problems)
    {
        if (analysis.Cluster is null && analysis.Threshold is null && settings.Also.Count == 0 && settings.Predict.Count == 0)
        {
            return null;
        }

        var pooled = model as PooledResult;
        bool Asks(FurtherInference inference) => settings.Also.Contains(inference);
        var isTestable = pooled is null || settings.Measure.NullValue is not null;
        return new FurtherResults
        {
            Robust = analysis.Cluster is { } cluster
                ? Tried(problems, "Cluster-robust standard errors cannot be computed", () => model.Robust(Clusters(model.Studies, cluster, moderators), settings.Robust))
                : null,
            Permutation = (Asks(FurtherInference.Permutation) || Asks(FurtherInference.PermutationIntervals)) && isTestable
                ? Tried(problems, "The permutation test cannot be made", () => model.Permute(new PermutationOptions { Intervals = Asks(FurtherInference.PermutationIntervals) }))
                : null,
            Bootstrap = Asks(FurtherInference.Bootstrap) && pooled is not null
                ? Tried(problems, "The bootstrap cannot be made", () => pooled.Bootstrap())
                : null,
            ParametricBootstrap = Asks(FurtherInference.ParametricBootstrap) && pooled is not null
                ? Tried(problems, "The parametric bootstrap cannot be made", () => pooled.Bootstrap(new BootstrapOptions { Kind = BootstrapKind.Parametric }))
                : null,
            AllSubsets = Asks(FurtherInference.AllSubsets) && pooled is null
                ? Tried(problems, "The models of all subsets cannot be compared", () => AllSubsets(model, analysis, settings, moderators))
                : null,
            Terms = Asks(FurtherInference.Terms) && model is RegressionResult terms
                ? Tried(problems, "The terms cannot be taken one by one", () => RegressionTerms.Of(terms))
                : null,
            Predictions = model is RegressionResult regression ? Predictions(settings, at => regression.Predict(at), problems) : [],
            HenmiCopas = Asks(FurtherInference.HenmiCopas) && pooled is not null
                ? Tried(problems, "The Henmi-Copas interval cannot be computed", pooled.HenmiCopasInterval)
                : null,
            Nagashima = Asks(FurtherInference.Nagashima) && pooled is not null
                ? Tried(problems, "The prediction interval of Nagashima et al. cannot be computed", () => pooled.NagashimaPrediction()!)
                : null,
            Share = analysis.Threshold is { } threshold ? pooled?.ShareBeyond(threshold) : null,
            Profiles = Asks(FurtherInference.ProfileLikelihood)
                ? Tried(problems, "The profile-likelihood intervals cannot be computed", () => Profiles(model)) ?? []
                : [],
        };
    }

    /// <summary>What a meta-regression predicts where the analysis asks for it. Values that do not fit the model are the analysis's fault, and said as such.</summary>
    public static IReadOnlyList<Prediction> Predictions(AnalysisSettings settings, Func<ModeratorValues, Prediction> predict, List<string> problems)
    {
        Prediction Predicted(ModeratorValues at)
        {
            try
            {
                return predict(at);
            }
            catch (ArgumentException e)
            {
                throw new PoolingException(Wording.Sentence(e));
            }
        }

        return [.. settings.Predict.Select(at => Tried(problems, $"There is no prediction at {at}", () => Predicted(at))).OfType<Prediction>()];
    }

    /// <summary>Likelihoods under REML cannot be compared between moderators, so that random effects are fitted by ML here.</summary>
    private static MultimodelResult AllSubsets(ModelResult model, Analysis analysis, AnalysisSettings settings, IModerators moderators)
    {
        var formula = settings.Formula ?? Formula.Parse($"~ {string.Join(" + ", analysis.Moderators.Select(name => $"`{name}`"))}");
        var method = settings.Pooling.Method == PoolingMethod.EE ? PoolingMethod.EE : PoolingMethod.ML;
        return Multimodel.AllSubsets(
            model.Effects, formula, [.. formula.Moderators.Select(moderators.Predictor)],
            new PoolingOptions { Method = method, Test = PoolingTest.Z, Level = settings.Pooling.Level });
    }

    /// <summary>The location-scale model that the analysis asks for.</summary>
    public static LocationScaleResult LocationScale(EffectSizes effects, Analysis analysis, AnalysisSettings settings, IModerators moderators)
    {
        var scale = settings.Scale!;
        var (names, known) = (settings.Formula?.Moderators ?? analysis.Moderators, moderators.Names);
        Predictor[] used = [.. names.Concat(scale.Moderators).Distinct(StringComparer.Ordinal).Where(known.Contains).Select(moderators.Predictor)];
        bool IsComplete(int row) => UsableRows.IsUsable(effects.Studies[row]) && !Array.Exists(used, moderator => moderator.IsMissing(row));
        return MetaSpine.LocationScale.Fit(
            effects,
            AnalysisDesign.Location(analysis, settings, effects, moderators, IsComplete),
            AnalysisDesign.Of("scale", scale, analysis, effects.Count, moderators, IsComplete),
            settings.Pooling,
            settings.ScaleLink);
    }

    /// <summary>Does something that may be impossible for these studies, and says why if it is.</summary>
    public static T? Tried<T>(List<string> problems, string otherwise, Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (PoolingException e)
        {
            problems.Add($"{otherwise}: {e.Message}");
            return null;
        }
    }

    /// <summary>The cluster of each row, which every study of the model must have; empty text for others without one.</summary>
    public static IReadOnlyList<string> Clusters(IEnumerable<PooledStudy> studies, string name, IModerators moderators)
    {
        var clusters = moderators.Categories(name);
        string[] without = [.. studies.Where(study => string.IsNullOrWhiteSpace(clusters[study.Row])).Select(study => study.Effect.Label)];
        return without.Length == 0
            ? [.. clusters.Select(cluster => cluster ?? "")]
            : throw new PoolingException($"{name} is missing for {string.Join(", ", without)}; give each a cluster, one of its own where it stands alone.");
    }

    private static IReadOnlyList<CoefficientProfile> Profiles(ModelResult model) => model switch
    {
        PooledResult pooled => [pooled.ProfileLikelihoodInterval()],
        RegressionResult regression => [.. Enumerable.Range(0, regression.Coefficients.Count).Select(regression.ProfileLikelihoodInterval)],
        _ => [],
    };
}

/// <summary>The design matrices that an analysis names.</summary>
internal static class AnalysisDesign
{
    /// <summary>Whether there is a meta-regression.</summary>
    public static bool HasModerators(Analysis analysis) => analysis.Formula is not null || analysis.Moderators.Count > 0;

    /// <summary>The design of the meta-regression, its categories and knots from the studies that can be used; the intercept alone without one.</summary>
    public static DesignMatrix Location(Analysis analysis, AnalysisSettings settings, EffectSizes effects, IModerators moderators, Func<int, bool> isUsed) =>
        settings.Formula is { } formula ? Of("formula", formula, analysis, effects.Count, moderators, isUsed)
        : analysis.Moderators.Count > 0 ? DesignMatrix.WithIntercept([.. analysis.Moderators.Select(moderators.Predictor)])
        : Formula.Parse("~ 1").Design([], effects.Count, isUsed);

    /// <summary>The design of a formula; a wrong name is a fault with its place in the file.</summary>
    public static DesignMatrix Of(string key, Formula formula, Analysis analysis, int count, IModerators moderators, Func<int, bool> isUsed)
    {
        try
        {
            return formula.Design([.. moderators.Names.Select(moderators.Predictor)], count, isUsed);
        }
        catch (FormulaException e) when (analysis.PositionOf(key) is { File: not null } position)
        {
            throw new StudyFileException([new FileFault(position, $"{key} of the analysis {analysis.Id}: {e.Message}")]);
        }
    }
}
