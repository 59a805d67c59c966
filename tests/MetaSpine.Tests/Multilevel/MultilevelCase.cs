using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>One file of Reference/multilevel: effects, their sampling covariance and groupings, and the fits of metafor's rma.mv.</summary>
internal sealed class MultilevelCase
{
    private readonly JsonElement _root;

    private MultilevelCase(string id)
    {
        Id = id;
        _root = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/multilevel/{id}.json"))).RootElement;
    }

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.GetFiles(TestFiles.Path("Reference/multilevel"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ];

    public string Id { get; }

    public static MultilevelCase Load(string id) => new(id);

    public IEnumerable<JsonElement> Fits => _root.GetProperty("fits").EnumerateArray();

    public SamplingCovariance Covariance => _root.GetProperty("V") is { ValueKind: JsonValueKind.Array } rows
        ? SamplingCovariance.FromRows([.. rows.EnumerateArray().Select(ReferenceCase.Numbers)])
        : SamplingCovariance.Diagonal(Numbers("vi"));

    public EffectSizes Effects => Measures.GEN.Compute(new EffectData { ["yi"] = Numbers("yi"), ["vi"] = Numbers("vi") });

    public DesignMatrix Design => DesignMatrix.FromRows(
        [.. _root.GetProperty("X_columns").EnumerateArray().Select(e => e.GetString()!)],
        [.. _root.GetProperty("X").EnumerateArray().Select(ReferenceCase.Numbers)]);

    public RandomTerm[] Random
    {
        get
        {
            var structures = _root.GetProperty("struct").EnumerateArray().Select(e => Enum.Parse<CovarianceStructure>(e.GetString()!)).ToList();
            return [.. _root.GetProperty("random").EnumerateArray().Select((e, i) => RandomTerm.Parse(e.GetString()!, structures[Math.Min(i, structures.Count - 1)]))];
        }
    }

    /// <summary>Every column of the data that can group effects.</summary>
    public Predictor[] Groupings => [.. _root.GetProperty("data").EnumerateObject().Select(column => Column(column.Name))];

    public Predictor Column(string name)
    {
        var values = _root.GetProperty("data").GetProperty(name).EnumerateArray().ToList();
        return values[0].ValueKind == JsonValueKind.Number
            ? Predictor.Numeric(name, values.ConvertAll(e => e.GetDouble()))
            : Predictor.Categorical(name, values.ConvertAll(e => e.GetString()));
    }

    /// <summary>The model of a fit. Tests: z, and t with residual or containment degrees of freedom.</summary>
    public MultilevelResult Fit(string method, string test, string freedom)
    {
        var options = new MultilevelOptions
        {
            Method = Enum.Parse<PoolingMethod>(method),
            Test = (test, freedom) switch { ("z", _) => MultilevelTest.Z, (_, "contain") => MultilevelTest.Containment, _ => MultilevelTest.T },
        };
        return Design.Columns.Count == 1
            ? MultilevelAnalysis.Pool(Effects, Random, Groupings, Covariance, options)
            : MultilevelAnalysis.Regress(Effects, Random, Groupings, Design, Covariance, options);
    }

    private double[] Numbers(string name) => ReferenceCase.Numbers(_root.GetProperty("data").GetProperty(name));
}
