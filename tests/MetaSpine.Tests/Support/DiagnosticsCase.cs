using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>One file of Reference/diagnostics: a data set and what metafor's diagnostics say of it.</summary>
internal sealed class DiagnosticsCase
{
    private readonly JsonElement _root;

    private DiagnosticsCase(string id)
    {
        Id = id;
        _root = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/diagnostics/{id}.json"))).RootElement;
    }

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.GetFiles(TestFiles.Path("Reference/diagnostics"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    public string Id { get; }

    public double[] Y => ReferenceCase.Numbers(_root.GetProperty("yi"));

    public double[] V => ReferenceCase.Numbers(_root.GetProperty("vi"));

    public static DiagnosticsCase Load(string id) => new(id);

    public bool Has(string name) => _root.GetProperty("expect").TryGetProperty(name, out _);

    public JsonElement this[string name] => _root.GetProperty("expect").GetProperty(name);

    public PooledResult Pool(PoolingMethod method = PoolingMethod.REML) => MetaAnalysis.Pool(Y, V, new PoolingOptions { Method = method, Test = PoolingTest.Z });

    /// <summary>Compares every column of a diagnostic with the numbers that belong to it; a column without them fails.</summary>
    /// <param name="name">The diagnostic.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="value">A row's value in a column.</param>
    /// <param name="tolerance">The relative tolerance of a column.</param>
    /// <param name="unit">What a value near 0 is compared with.</param>
    public void Agrees(string name, int rows, Func<string, int, double> value, Func<string, double> tolerance, Func<string, double> unit)
    {
        foreach (var column in this[name].EnumerateObject())
        {
            var expected = ReferenceCase.Numbers(column.Value);
            expected.Length.ShouldBe(rows, $"{Id}: {name}.{column.Name}");
            for (var i = 0; i < rows; i++)
            {
                var actual = value(column.Name, i);
                Math.Abs(actual - expected[i]).ShouldBeLessThanOrEqualTo(
                    tolerance(column.Name) * Math.Max(Math.Abs(expected[i]), unit(column.Name)),
                    FormattableString.Invariant($"{Id}: {name}.{column.Name}[{i}] is {actual:R}, expected {expected[i]:R}"));
            }
        }
    }
}
