using System.Text.Json;

namespace MetaSpine;

/// <summary>Requests of kind <c>univariate</c>: studies under one measure, and any number of fits of them.</summary>
internal static class UnivariateBatch
{
    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var effects = Effects(request);
        var fits = request.Optional("fits")?.Items() ?? [];

        WriteColumn(answer, "yi", effects, study => study.Estimate);
        WriteColumn(answer, "vi", effects, study => study.Variance);
        answer.WriteStartArray("fits");
        foreach (var fit in fits)
        {
            answer.WriteStartObject();
            try
            {
                FitAnswer.Write(answer, Fit(fit, effects));
            }
            catch (BatchException error)
            {
                Batch.WriteError(answer, error);
            }

            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    private static EffectSizes Effects(RequestPart request)
    {
        var code = request["measure"];
        if (!Measures.TryFind(code.Text(), out var measure))
        {
            throw new BatchException("unknown-measure", $"there is no measure '{code.Text()}'; known: {string.Join(", ", Measures.All.Select(known => known.Code))}", code.Path);
        }

        var data = Data(request, measure);
        try
        {
            return measure.Compute(data, Options(request.Optional("options"), measure));
        }
        catch (EffectDataException error)
        {
            throw new BatchException("bad-data", string.Join("; ", error.Faults), "data");
        }
    }

    private static EffectData Data(RequestPart request, Measure measure)
    {
        // Other columns, such as moderators, may hold anything.
        var inputs = measure.Family.Alternatives.SelectMany(set => set).Select(input => input.Column).Append("ni").ToHashSet();
        var data = new EffectData(request.Optional("slab") is { } slab ? Array.ConvertAll(slab.Items(), item => item.Text()) : null);
        foreach (var (name, part) in request["data"].Members())
        {
            if (inputs.Contains(name))
            {
                var values = Array.ConvertAll(part.Items(), item => item.NumberOrMissing());
                data = Checked("bad-data", part.Path, () => data.With(name, values));
            }
        }

        return data;
    }

    private static EffectSizeOptions Options(RequestPart? options, Measure measure) => options is not { } given
        ? EffectSizeOptions.Default
        : new EffectSizeOptions
        {
            Add = given.Optional("add")?.Number() is { } add ? add >= 0 ? add : throw new BatchException("bad-option", "add must not be negative", "options.add") : null,
            To = Named(given.Optional("to"), "bad-option", MethodNames.ZeroCells, ZeroCellRule.OnlyZero),
            DropDoubleZero = given.Optional("drop00")?.Flag() ?? false,
            Variance = Named<VarianceType?>(given.Optional("vtype"), "bad-option", code => MethodNames.Variance(code, measure), null),
            Correct = given.Optional("correct")?.Flag() ?? true,
        };

    private static ModelResult Fit(RequestPart fit, EffectSizes effects)
    {
        var options = new PoolingOptions
        {
            Method = Named(fit.Optional("method"), "unknown-method", MethodNames.Method, PoolingMethod.REML),
            Test = Named(fit.Optional("test"), "unknown-test", MethodNames.Test, PoolingTest.KnappHartung),
            Level = Level(fit.Optional("level")),
        };
        try
        {
            if (fit.Optional("mods") is { } mods)
            {
                return MetaAnalysis.Regress(effects, Design(mods, effects.Count), options);
            }

            var result = MetaAnalysis.Pool(effects, options);
            return result.StudyCount > 1 || options is { Method: PoolingMethod.EE, Test: PoolingTest.Z }
                ? result
                : throw new BatchException("one-study", "one study leaves nothing to estimate heterogeneity or degrees of freedom from; method EE with test z gives its own estimate", fit.Path);
        }
        catch (PoolingException error)
        {
            throw new BatchException("cannot-pool", error.Message, fit.Path);
        }
        catch (ArgumentException error)
        {
            throw new BatchException("bad-option", BatchException.Sentence(error), fit.Path);
        }
    }

    private static T Named<T>(RequestPart? part, string code, Func<string, T> find, T absent) =>
        part is { } given ? Checked(code, given.Path, () => find(given.Text())) : absent;

    /// <summary>Runs what may find an argument wrong, and reports that under the code and path.</summary>
    private static T Checked<T>(string code, string path, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException error)
        {
            throw new BatchException(code, BatchException.Sentence(error), path);
        }
    }

    /// <summary>A level as a percentage (90) or as a proportion (0.9).</summary>
    private static double Level(RequestPart? part)
    {
        var level = part?.Number() ?? 95;
        level = level >= 1 ? level / 100 : level;
        return level is > 0 and < 1 ? level : throw new BatchException("bad-level", "the level must lie between 0 and 100, such as 95", part!.Value.Path);
    }

    /// <summary>The design matrix for all studies: those that <c>rows</c> does not name have no values, and so stay out of the fit.</summary>
    private static DesignMatrix Design(RequestPart mods, int count)
    {
        var x = Array.ConvertAll(mods["X"].Items(), row => Array.ConvertAll(row.Items(), value => value.NumberOrMissing()));
        int[] rows = mods.Optional("rows") is { } given ? Array.ConvertAll(given.Items(), row => row.WholeNumber()) : [.. Enumerable.Range(1, x.Length)];
        var width = x.Length == 0 ? 0 : x[0].Length;
        string[] columns = mods.Optional("columns") is { } names
            ? Array.ConvertAll(names.Items(), name => name.Text())
            : [.. Enumerable.Range(1, width).Select(i => FormattableString.Invariant($"X{i}"))];
        if (x.Length != rows.Length || x.Length == 0)
        {
            throw new BatchException("bad-design", FormattableString.Invariant($"X has {x.Length} rows, but {rows.Length} rows are named; give one row of X for each, and at least one"), mods.Path);
        }

        var full = new double[count][];
        Array.Fill(full, [.. Enumerable.Repeat(double.NaN, columns.Length)]);
        for (var i = 0; i < rows.Length; i++)
        {
            full[rows[i] >= 1 && rows[i] <= count ? rows[i] - 1 : throw new BatchException("bad-design", FormattableString.Invariant($"row {rows[i]} is named, but the data have rows 1 to {count}"), mods.Path)] = x[i];
        }

        return Checked("bad-design", mods.Path, () => DesignMatrix.FromRows(columns, full));
    }

    private static void WriteColumn(Utf8JsonWriter answer, string name, EffectSizes effects, Func<EffectSize, double> value)
    {
        answer.WriteStartArray(name);
        foreach (var study in effects.Studies)
        {
            answer.WriteFinite(value(study));
        }

        answer.WriteEndArray();
    }
}
