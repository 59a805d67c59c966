using System.Text.Json;

namespace MetaSpine;

/// <summary>What the kinds of requests share: studies, options, designs, and fits that fail each for itself.</summary>
internal static class BatchRequest
{
    public static Measure Measure(RequestPart code) => Measures.TryFind(code.Text(), out var measure)
        ? measure
        : throw new BatchException("unknown-measure", $"there is no measure '{code.Text()}'; known: {string.Join(", ", Measures.All.Select(known => known.Code))}", code.Path);

    public static EffectSizes Effects(RequestPart request)
    {
        var measure = Measure(request["measure"]);
        return Effects(measure, Data(request, measure), Options(request, measure, EffectSizeOptions.Default));
    }

    public static EffectSizes Effects(Measure measure, EffectData data, EffectSizeOptions options)
    {
        try
        {
            return measure.Compute(data, options);
        }
        catch (EffectDataException error)
        {
            throw BadData(error);
        }
        catch (ArgumentException error)
        {
            throw new BatchException("bad-option", Wording.Sentence(error), "options");
        }
    }

    public static EffectData Data(RequestPart request, Measure measure)
    {
        // Other columns, such as moderators, may hold anything.
        var inputs = measure.Family.Alternatives.SelectMany(set => set).Select(input => input.Column).Append("ni").ToHashSet();
        var data = new EffectData(request.Optional("slab") is { } slab ? Array.ConvertAll(slab.Items(), item => item.Text()) : null);
        foreach (var (name, part) in request["data"].Members())
        {
            if (inputs.Contains(name))
            {
                data = WithColumn(data, name, part);
            }
        }

        return data;
    }

    public static EffectData WithColumn(EffectData data, string name, RequestPart part)
    {
        var values = Array.ConvertAll(part.Items(), item => item.NumberOrMissing());
        return Checked("bad-data", part.Path, () => data.With(name, values));
    }

    public static EffectSizeOptions Options(RequestPart request, Measure measure, EffectSizeOptions usual) =>
        request.Optional("options")?.Only("add", "to", "drop00", "vtype", "correct", "onlyo1", "addyi", "addvi", "flip") is not { } given
        ? usual
        : usual with
        {
            Add = given.Optional("add")?.Number() is { } add ? add >= 0 ? add : throw new BatchException("bad-option", "add must not be negative", "options.add") : null,
            To = Named(given.Optional("to"), "bad-option", MethodNames.ZeroCells, usual.To),
            DropDoubleZero = given.Optional("drop00")?.Flag() ?? usual.DropDoubleZero,
            Variance = Named<VarianceType?>(given.Optional("vtype"), "bad-option", code => MethodNames.Variance(code, measure), null),
            Correct = given.Optional("correct")?.Flag() ?? true,
            AddOnlyToEvents = given.Optional("onlyo1")?.Flag() ?? usual.AddOnlyToEvents,
            AddInEstimate = given.Optional("addyi")?.Flag() ?? usual.AddInEstimate,
            AddInVariance = given.Optional("addvi")?.Flag() ?? usual.AddInVariance,
            Factors = given.Optional("flip") is { } flip ? Factors(flip) : null,
        };

    /// <summary>As metafor's escalc: true turns every sign, a number multiplies all estimates, a list each its own.</summary>
    private static double[]? Factors(RequestPart flip) => flip.Element.ValueKind switch
    {
        JsonValueKind.True => [-1],
        JsonValueKind.False => null,
        JsonValueKind.Array => Array.ConvertAll(flip.Items(), Factor),
        _ => [Factor(flip)],
    };

    private static double Factor(RequestPart flip) => flip.Element.ValueKind switch
    {
        JsonValueKind.True => -1,
        JsonValueKind.False => 1,
        _ => flip.Number(),
    };

    /// <summary>Writes the studies' estimates; null for a kind in which each fit has its own measure.</summary>
    public static void WriteEffects(Utf8JsonWriter answer, EffectSizes? effects)
    {
        WriteColumn(answer, "yi", effects, study => study.Estimate);
        WriteColumn(answer, "vi", effects, study => study.Variance);
    }

    /// <summary>Answers each fit in its place. One that fails is answered by its error and leaves the others alone.</summary>
    public static void WriteFits<T>(RequestPart request, Utf8JsonWriter answer, string[] fields, Func<RequestPart, T> run, Action<Utf8JsonWriter, T> write)
    {
        var fits = request.Optional("fits")?.Items() ?? [];
        if (fields.FirstOrDefault(name => name != "measure" && request.Optional(name) is not null) is { } misplaced)
        {
            throw new BatchException("unknown-field", $"the field '{misplaced}' belongs into each of the fits", misplaced);
        }

        answer.WriteStartArray("fits");
        foreach (var fit in fits)
        {
            answer.WriteStartObject();
            try
            {
                write(answer, Fitted(fit.Only(fields), run));
            }
            catch (BatchException error)
            {
                Batch.WriteError(answer, error);
            }

            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    public static T Named<T>(RequestPart? part, string code, Func<string, T> find, T absent) =>
        part is { } given ? Checked(code, given.Path, () => find(given.Text())) : absent;

    /// <summary>A level as a percentage (90) or as a proportion (0.9).</summary>
    public static double Level(RequestPart? part)
    {
        var level = part?.Number() ?? 95;
        level = level >= 1 ? level / 100 : level;
        return level is > 0 and < 1 ? level : throw new BatchException("bad-level", "the level must lie between 0 and 100, such as 95", part!.Value.Path);
    }

    /// <summary>The design matrix for all studies: those that <c>rows</c> does not name have no values, and so stay out of the fit.</summary>
    public static DesignMatrix Design(RequestPart mods, int count)
    {
        mods.Only("X", "rows", "columns", "formula");
        var x = Rows(mods["X"]);
        int[] rows = mods.Optional("rows") is { } given ? Array.ConvertAll(given.Items(), row => row.WholeNumber()) : [.. Enumerable.Range(1, count)];
        var columns = Columns(mods.Optional("columns"), "X", x);
        if (x.Length != rows.Length || x.Length == 0)
        {
            var wanted = mods.Optional("rows") is null ? $"there are {count} studies and 'rows' does not say which it covers" : $"'rows' names {rows.Length}";
            throw new BatchException("bad-design", FormattableString.Invariant($"X has {x.Length} rows, but {wanted}; give one row of X for each, and at least one"), mods.Path);
        }

        if (rows.GroupBy(row => row).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            throw new BatchException("bad-design", FormattableString.Invariant($"'rows' names row {twice} more than once"), mods.Path);
        }

        var full = new double[count][];
        Array.Fill(full, [.. Enumerable.Repeat(double.NaN, columns.Length)]);
        for (var i = 0; i < rows.Length; i++)
        {
            full[rows[i] >= 1 && rows[i] <= count ? rows[i] - 1 : throw new BatchException("bad-design", FormattableString.Invariant($"row {rows[i]} is named, but the data have rows 1 to {count}"), mods.Path)] = x[i];
        }

        return Checked("bad-design", mods.Path, () => DesignMatrix.FromRows(columns, full));
    }

    /// <summary>A matrix with a row for each study, under <c>X</c> or <c>Z</c>; its columns' names under <c>X_columns</c> or <c>Z_columns</c>.</summary>
    public static DesignMatrix Matrix(RequestPart request, string name, int count)
    {
        var part = request[name];
        var rows = Rows(part);
        var columns = Columns(request.Optional($"{name}_columns"), name, rows);
        return rows.Length == count && count > 0
            ? Checked("bad-design", part.Path, () => DesignMatrix.FromRows(columns, rows))
            : throw new BatchException("bad-design", FormattableString.Invariant($"{name} has {rows.Length} rows for {count} studies; give one row for each study, and at least one"), part.Path);
    }

    private static double[][] Rows(RequestPart part) => Array.ConvertAll(part.Items(), row => Array.ConvertAll(row.Items(), value => value.NumberOrMissing()));

    private static string[] Columns(RequestPart? names, string letter, double[][] rows) => names is { } given
        ? Array.ConvertAll(given.Items(), name => name.Text())
        : [.. Enumerable.Range(1, rows.Length == 0 ? 0 : rows[0].Length).Select(i => FormattableString.Invariant($"{letter}{i}"))];

    /// <summary>Runs a part of a request, and reports what goes wrong in it under its path.</summary>
    public static T Fitted<T>(RequestPart fit, Func<RequestPart, T> run)
    {
        try
        {
            return run(fit);
        }
        catch (PoolingException error)
        {
            throw new BatchException("cannot-pool", error.Message, fit.Path);
        }
        catch (EffectDataException error)
        {
            throw BadData(error);
        }
        catch (ArgumentException error)
        {
            throw new BatchException("bad-option", Wording.Sentence(error), fit.Path);
        }
    }

    private static BatchException BadData(EffectDataException error) => new("bad-data", string.Join("; ", error.Faults), "data");

    /// <summary>Runs what may find an argument wrong, and reports that under the code and path.</summary>
    public static T Checked<T>(string code, string path, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException error)
        {
            throw new BatchException(code, Wording.Sentence(error), path);
        }
    }

    private static void WriteColumn(Utf8JsonWriter answer, string name, EffectSizes? effects, Func<EffectSize, double> value)
    {
        if (effects is null)
        {
            answer.WriteNull(name);
            return;
        }

        answer.WriteStartArray(name);
        foreach (var study in effects.Studies)
        {
            answer.WriteFinite(value(study));
        }

        answer.WriteEndArray();
    }
}
