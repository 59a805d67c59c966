using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// Requests of kind <c>multilevel</c>: estimates <c>yi</c>, <c>vi</c> and grouping columns under <c>data</c>, the design <c>X</c> with its intercept in it, the sampling covariance <c>V</c>,
/// the terms of <c>random</c> with their <c>struct</c>, and fits that name a method and a test, or a cluster-robust covariance.
/// </summary>
internal static class MultilevelBatch
{
    private const string Diagonal = "diagonal vi";

    /// <summary>Written by the program that made the reference files, and without meaning here.</summary>
    private const string Seconds = "seconds";

    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var columns = request["data"].Members().ToList();
        RequestPart Column(string name) => columns.Find(column => column.Name == name) is { Name: not null } found
            ? found.Part
            : throw new BatchException("missing-field", $"the data have no column '{name}'{NearestName.Hint(name, columns.ConvertAll(column => column.Name))}", $"data.{name}");
        var covariance = Covariance(request.Optional("V"));
        var data = BatchRequest.WithColumn(new EffectData(request.Optional("slab") is { } slab ? Array.ConvertAll(slab.Items(), item => item.Text()) : null), "yi", Column("yi"));
        data = covariance is null || columns.Exists(column => column.Name == "vi")
            ? BatchRequest.WithColumn(data, "vi", Column("vi"))
            : data.With("vi", [.. Enumerable.Range(0, covariance.Count).Select(row => covariance[row, row])]);
        var effects = BatchRequest.Effects(Measures.GEN, data, EffectSizeOptions.Default);
        if (covariance is not null && covariance.Count != effects.Count)
        {
            throw new BatchException("bad-data", FormattableString.Invariant($"V has {covariance.Count} rows for {effects.Count} effects; give one row for each"), "V");
        }

        var random = Random(request);
        var groupings = random.SelectMany(term => term.Grouping.Concat(term.Inner)).Distinct().Select(name => Grouping(name, Column(name), effects.Count)).ToList();
        var design = request.Optional("X") is null ? null : BatchRequest.Matrix(request, "X", effects.Count);
        BatchRequest.WriteEffects(answer, effects);
        BatchRequest.WriteFits<(MultilevelResult Model, MultilevelRobustResult? Robust)>(
            request, answer, ["method", "test", "dfs", "level", "robust", "cluster", Seconds],
            fit =>
            {
                var options = Options(fit);
                var model = design is null
                    ? (MultilevelResult)MultilevelAnalysis.Pool(effects, random, groupings, covariance, options)
                    : MultilevelAnalysis.Regress(effects, random, groupings, design, covariance, options);
                return (model, Robust(fit, model, Column));
            },
            (writer, result) =>
            {
                if (result.Robust is { } robust)
                {
                    Write(writer, robust);
                }
                else
                {
                    Write(writer, result.Model);
                }
            });
    }

    private static SamplingCovariance? Covariance(RequestPart? part)
    {
        if (part is not { } given || (given.Element.ValueKind == JsonValueKind.String && given.Text() == Diagonal))
        {
            return null;
        }

        if (given.Element.ValueKind != JsonValueKind.Array)
        {
            throw new BatchException("wrong-type", $"expected the rows of a matrix, or the words \"{Diagonal}\"", given.Path);
        }

        double[][] rows = Array.ConvertAll(given.Items(), row => Array.ConvertAll(row.Items(), item => item.NumberOrMissing()));
        return BatchRequest.Checked("bad-data", given.Path, () => SamplingCovariance.FromRows(rows));
    }

    /// <summary>The terms; the structures belong to those with something before the bar, in their order, and the last stands for all that follow.</summary>
    private static RandomTerm[] Random(RequestPart request)
    {
        var structures = request.Optional("struct") is { } given ? Texts(given) : [];
        var inner = 0;
        return Array.ConvertAll(Texts(request["random"]), part =>
        {
            var term = BatchRequest.Checked("bad-random", part.Path, () => RandomTerm.Parse(part.Text()));
            if (term.Inner.Count == 0 || structures.Length == 0)
            {
                return term;
            }

            var structure = structures[Math.Min(inner++, structures.Length - 1)];
            return term with { Structure = BatchRequest.Named(structure, "bad-random", MultilevelNames.Structure, CovarianceStructure.CS) };
        });
    }

    /// <summary>A list of texts, or one text.</summary>
    private static RequestPart[] Texts(RequestPart part) => part.Element.ValueKind == JsonValueKind.String ? [part] : part.Items();

    /// <summary>A column of numbers, or of texts; null where missing.</summary>
    private static Predictor Grouping(string name, RequestPart part, int count)
    {
        var items = part.Items();
        if (items.Length != count)
        {
            throw new BatchException("bad-data", FormattableString.Invariant($"{name} has {items.Length} values for {count} effects; give one for each"), part.Path);
        }

        return Array.Exists(items, item => item.Element.ValueKind == JsonValueKind.String)
            ? Predictor.Categorical(name, Array.ConvertAll(items, item => item.Element.ValueKind == JsonValueKind.Null ? null : Name(item)))
            : Predictor.Numeric(name, Array.ConvertAll(items, item => item.NumberOrMissing()));
    }

    private static string Name(RequestPart item) => item.Element.ValueKind == JsonValueKind.Number ? item.Element.GetRawText() : item.Text();

    private static MultilevelOptions Options(RequestPart fit) => new()
    {
        Method = BatchRequest.Named(fit.Optional("method"), "unknown-method", MethodNames.Method, PoolingMethod.REML),
        Test = Test(fit),
        Level = BatchRequest.Level(fit.Optional("level")),
    };

    /// <summary>metafor's two words, a test and its degrees of freedom, as one; z unless given, as there.</summary>
    private static MultilevelTest Test(RequestPart fit)
    {
        var test = BatchRequest.Named(fit.Optional("test"), "unknown-test", MultilevelNames.Test, MultilevelTest.Z);
        return test != MultilevelTest.T ? test : BatchRequest.Named(fit.Optional("dfs"), "unknown-test", dfs => dfs.ToLowerInvariant() switch
        {
            "residual" => MultilevelTest.T,
            "contain" => MultilevelTest.Containment,
            "satterthwaite" => MultilevelTest.Satterthwaite,
            "kenward-roger" => MultilevelTest.KenwardRoger,
            _ => throw new ArgumentException($"there are no degrees of freedom '{dfs}'{NearestName.Hint(dfs, ["residual", "contain", "satterthwaite", "kenward-roger"])}"),
        }, test);
    }

    private static MultilevelRobustResult? Robust(RequestPart fit, MultilevelResult model, Func<string, RequestPart> column)
    {
        if (fit.Optional("robust") is null && fit.Optional("cluster") is null)
        {
            return null;
        }

        var type = BatchRequest.Named(fit.Optional("robust"), "unknown-robust", ModelNames.Robust, RobustType.CR2);
        return model.Robust(fit.Optional("cluster") is { } cluster
            ? Array.ConvertAll(column(cluster.Text()).Items(), item => item.Element.ValueKind == JsonValueKind.Null ? "" : Name(item))
            : null, type);
    }

    private static void Write(Utf8JsonWriter writer, MultilevelResult result)
    {
        writer.WriteNumber("k", result.StudyCount);
        writer.WriteNumber("p", result.Coefficients.Count);
        FitAnswer.WriteCoefficients(writer, result.Coefficients, alone: false);
        FitAnswer.WriteEach(writer, "ddf", result.Coefficients, c => c.DegreesOfFreedom ?? double.NaN);

        // As metafor has them: intercepts under sigma2, the first term with something before its bar under tau2 and rho, the second under gamma2 and phi.
        string[] inner = [.. result.Random.Where(term => term.Inner.Count > 0).Select(term => term.ToString()[2..])];
        Components("sigma2", c => !inner.Contains(c.Term));
        Components("tau2", c => c.Term == inner.ElementAtOrDefault(0) && c.Kind == ComponentKind.Variance);
        Components("rho", c => c.Term == inner.ElementAtOrDefault(0) && c.Kind != ComponentKind.Variance);
        Components("gamma2", c => c.Term == inner.ElementAtOrDefault(1) && c.Kind == ComponentKind.Variance);
        Components("phi", c => c.Term == inner.ElementAtOrDefault(1) && c.Kind != ComponentKind.Variance);
        writer.WriteFinite("QE", result.Q.Statistic);
        writer.WriteFinite("QEp", result.Q.PValue);
        writer.WriteFinite("QM", result.Moderators.Statistic);
        writer.WriteFinite("QMp", result.Moderators.PValue);
        writer.WriteFinite("ll", result.Fit.LogLikelihood);
        writer.WriteFinite("ll_reml", result.Fit.RestrictedLogLikelihood);
        writer.WriteFinite("AIC", result.Fit.Aic);
        writer.WriteFinite("BIC", result.Fit.Bic);
        writer.WriteFinite("AICc", result.Fit.Aicc);

        void Components(string name, Func<VarianceComponent, bool> belongs)
        {
            double[] values = [.. result.Components.Where(belongs).Select(c => c.Value)];
            ResultJson.Numbers(writer, name, values.Length == 0 ? [0] : values);
        }
    }

    private static void Write(Utf8JsonWriter writer, MultilevelRobustResult result)
    {
        writer.WriteNumber("clusters", result.ClusterCount);
        Each("beta", c => c.Estimate);
        Each("se", c => c.StandardError);
        Each("tstat", c => c.Statistic);
        Each("df", c => c.DegreesOfFreedom);
        Each("pval", c => c.PValue);
        Each("ci_lb", c => c.Interval.Lower);
        Each("ci_ub", c => c.Interval.Upper);
        if (result.Moderators is { } test)
        {
            writer.WriteFinite("F", test.Statistic);
            writer.WriteNumber("df1", test.DegreesOfFreedom);
            writer.WriteFinite("df2", test.ResidualDegreesOfFreedom);
            writer.WriteFinite("Fp", test.PValue);
        }

        void Each(string name, Func<RobustCoefficient, double?> value) => FitAnswer.WriteEach(writer, name, result.Coefficients, c => value(c) ?? double.NaN);
    }
}
