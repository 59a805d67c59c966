using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>One file of Reference/univariate: a data set under a measure, its effect sizes, and many fits with their results.</summary>
internal sealed class ReferenceCase
{
    private readonly JsonElement _root;

    private ReferenceCase(string id)
    {
        Id = id;
        _root = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/univariate/{id}.json"))).RootElement;
        Fits = [.. _root.GetProperty("fits").EnumerateArray().Select(fit => new ReferenceFit(this, fit))];
    }

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.GetFiles(TestFiles.Path("Reference/univariate"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    public static ReferenceCase Load(string id) => new(id);

    public string Id { get; }

    public string Measure => _root.GetProperty("measure").GetString()!;

    public IReadOnlyList<ReferenceFit> Fits { get; }

    public double[] Estimates => Numbers(_root.GetProperty("yi"));

    public double[] Variances => Numbers(_root.GetProperty("vi"));

    public EffectData Data
    {
        get
        {
            var labels = _root.TryGetProperty("slab", out var slab) ? slab.EnumerateArray().Select(e => e.GetString()!).ToArray() : null;
            var columns = _root.GetProperty("data").EnumerateObject().ToList();
            return columns switch
            {
                [var a, var b] => new EffectData(labels) { [a.Name] = Numbers(a.Value), [b.Name] = Numbers(b.Value) },
                [var a, var b, var c] => new EffectData(labels) { [a.Name] = Numbers(a.Value), [b.Name] = Numbers(b.Value), [c.Name] = Numbers(c.Value) },
                [var a, var b, var c, var d] => new EffectData(labels)
                {
                    [a.Name] = Numbers(a.Value), [b.Name] = Numbers(b.Value), [c.Name] = Numbers(c.Value), [d.Name] = Numbers(d.Value),
                },
                [var a, var b, var c, var d, var e, var f] => new EffectData(labels)
                {
                    [a.Name] = Numbers(a.Value), [b.Name] = Numbers(b.Value), [c.Name] = Numbers(c.Value),
                    [d.Name] = Numbers(d.Value), [e.Name] = Numbers(e.Value), [f.Name] = Numbers(f.Value),
                },
                _ => throw new InvalidOperationException($"{Id} has {columns.Count} columns"),
            };
        }
    }

    public EffectSizeOptions Options
    {
        get
        {
            var options = EffectSizeOptions.Default;
            if (!_root.TryGetProperty("options", out var given))
            {
                return options;
            }

            foreach (var option in given.EnumerateObject())
            {
                options = (option.Name, option.Value.ToString()) switch
                {
                    ("add", _) => options with { Add = option.Value.GetDouble() },
                    ("to", "all") => options with { To = ZeroCellRule.All },
                    ("to", "if0all") => options with { To = ZeroCellRule.AllIfAnyZero },
                    ("vtype", var type) => options with { Variance = Enum.Parse<VarianceType>(type) },
                    _ => throw new InvalidOperationException($"{Id} has the option {option.Name} = {option.Value}"),
                };
            }

            return options;
        }
    }

    /// <summary>Whether the effect sizes themselves are only near the truth: metafor's optimiser leaves tetrachoric correlations up to 3e-4 off.</summary>
    public bool IsApproximate => Measure == "RTET";

    public EffectSizes Effects => Measures.Find(Measure).Compute(Data, Options);

    /// <summary>The effect sizes that the fits are of: ours, or the stored ones where those are approximate.</summary>
    public EffectSizes FittedEffects => IsApproximate
        ? Measures.GEN.Compute(new EffectData { ["yi"] = Estimates, ["vi"] = Variances })
        : Effects;

    public static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? double.NaN : e.GetDouble())];
}

/// <summary>One fit of a reference case.</summary>
internal sealed class ReferenceFit(ReferenceCase parent, JsonElement fit)
{
    public string Name => $"{parent.Id} {fit.GetProperty("method").GetString()} {fit.GetProperty("test").GetString()}{(Columns is null ? "" : $" ~ {string.Join(" + ", Columns)}")}";

    public JsonElement Expect => fit.GetProperty("expect");

    /// <summary>An expected field: one number, or one for each coefficient or bound.</summary>
    public double[] Number(string field) => Expect.GetProperty(field) is { ValueKind: JsonValueKind.Array } array
        ? ReferenceCase.Numbers(array)
        : [Expect.GetProperty(field).GetDouble()];

    public string[]? Columns => fit.TryGetProperty("mods", out var mods) ? [.. mods.GetProperty("columns").EnumerateArray().Select(e => e.GetString()!)] : null;

    public PoolingOptions Options => new()
    {
        Method = Enum.Parse<PoolingMethod>(fit.GetProperty("method").GetString()!),
        Test = fit.GetProperty("test").GetString() switch
        {
            "z" => PoolingTest.Z,
            "t" => PoolingTest.T,
            "knha" => PoolingTest.KnappHartung,
            "adhoc" => PoolingTest.KnappHartungFloor,
            var other => throw new InvalidOperationException($"test {other}"),
        },
        Level = fit.TryGetProperty("level", out var level) ? level.GetDouble() / 100 : 0.95,
    };

    /// <summary>The design matrix with a row for each study of the case; the rows that the fit does not use are NaN.</summary>
    public DesignMatrix? Design(int studies)
    {
        if (Columns is not { } columns)
        {
            return null;
        }

        var mods = fit.GetProperty("mods");
        var rows = Enumerable.Range(0, studies).Select(_ => Enumerable.Repeat(double.NaN, columns.Length).ToArray()).ToArray();
        var given = mods.GetProperty("X").EnumerateArray().ToList();
        var indices = mods.GetProperty("rows").EnumerateArray().Select(e => e.GetInt32()).ToList();
        for (var i = 0; i < indices.Count; i++)
        {
            rows[indices[i] - 1] = ReferenceCase.Numbers(given[i]);
        }

        return DesignMatrix.FromRows(columns, rows);
    }
}
