using System.Text.Json;

namespace MetaSpine.Tests.Studies;

public sealed class JsonSchemaTests
{
    public static TheoryData<string> Names() => SampleTests.Names();

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData(StudyFileKind.Study, "metaspine-study-1")]
    [InlineData(StudyFileKind.Review, "metaspine-review-1")]
    public void The_shipped_schema_is_that_of_the_model(StudyFileKind kind, string name)
    {
        var shipped = Samples.InRepository($"src/MetaSpine/schemas/{name}.schema.json");
        var received = Samples.InRepository($"src/MetaSpine/schemas/{name}.received.json");
        var generated = StudyFile.JsonSchema(kind);
        if (File.Exists(shipped) && File.ReadAllText(shipped).ReplaceLineEndings("\n") == generated)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, generated);
        Assert.Fail($"The model has changed. To accept its schema: mv {received} {shipped}");
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [MemberData(nameof(Names))]
    public void Every_sample_is_valid(string name)
    {
        var text = File.ReadAllText(Samples.Path(name));
        Validate(text.Contains("metaspine/review/1") ? StudyFileKind.Review : StudyFileKind.Study, text).ShouldBeEmpty();
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [MemberData(nameof(Names))]
    public void Every_sample_as_it_is_written_back_is_valid(string name)
    {
        var file = StudyFile.Load(Samples.Path(name));
        Validate(file.Kind, file.Study?.ToYaml() ?? file.Review!.ToYaml()).ShouldBeEmpty();
    }

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("")]
    [InlineData("citaton: {year: 2006}")]
    [InlineData("citation: {year: two thousand}")]
    [InlineData("citation: {doi: https://doi.org/10.1186/s1}")]
    [InlineData("population: {enrolled: -3}")]
    [InlineData("population: {enrolled: '1,234'}")]
    [InlineData("groups: {a b: {n: 3}}")]
    [InlineData("design: {type: case-series}")]
    [InlineData("outcomes: [{id: x, type: dichotomous, results: [{mean: 3}]}]")]
    [InlineData("outcomes: [{id: x, type: continuous, results: [{events: 3}]}]")]
    [InlineData("outcomes: [{id: x}]")]
    public void What_the_reader_refuses_the_schema_refuses(string line)
    {
        var text = line.Length == 0 ? "schema: metaspine/study/1\n" : $"schema: metaspine/study/1\nid: x\n{line}\n";
        Study.TryParse(text, "s", out _, out _).ShouldBeFalse();
        Validate(StudyFileKind.Study, text).ShouldNotBeEmpty();
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Every_key_is_explained()
    {
        foreach (var kind in Enum.GetValues<StudyFileKind>())
        {
            using var schema = JsonDocument.Parse(StudyFile.JsonSchema(kind));
            foreach (var record in schema.RootElement.GetProperty("$defs").EnumerateObject().Where(d => d.Value.TryGetProperty("properties", out _)))
                foreach (var key in record.Value.GetProperty("properties").EnumerateObject())
                    (key.Value.TryGetProperty("$ref", out _) || key.Value.GetProperty("description").GetString()!.EndsWith('.')).ShouldBeTrue($"{record.Name}.{key.Name}");
        }
    }

    private static List<string> Validate(StudyFileKind kind, string yaml)
    {
        using var schema = JsonDocument.Parse(StudyFile.JsonSchema(kind));
        return JsonSchemaValidator.Validate(schema.RootElement, YamlToJson.Convert(yaml));
    }
}
