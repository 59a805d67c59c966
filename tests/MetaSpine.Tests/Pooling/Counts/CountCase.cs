using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>One file of Reference/mantel-haenszel or Reference/glmm.</summary>
internal sealed class CountCase
{
    private readonly JsonElement _root;

    public CountCase(string folder, string id)
    {
        _root = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/{folder}/{id}.json"))).RootElement;
        Data = _root.GetProperty("data").EnumerateObject()
            .Aggregate(new EffectData(), (data, column) => data.With(column.Name, ReferenceCase.Numbers(column.Value)));
    }

    public static IReadOnlyList<string> Ids(string folder) =>
    [
        .. Directory.GetFiles(TestFiles.Path($"Reference/{folder}"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    public EffectData Data { get; }

    /// <summary>The measure of the file; those of mantel-haenszel have one for each fit.</summary>
    public string? Measure => _root.TryGetProperty("measure", out var measure) ? measure.GetString() : null;

    public IEnumerable<JsonElement> Fits => _root.GetProperty("fits").EnumerateArray();
}
