using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace MetaSpine.Tests.Studies;

/// <summary>Reads YAML as an editor's JSON Schema plug-in does: the core schema of YAML 1.2 decides what a plain scalar is.</summary>
internal static class YamlToJson
{
    internal static JsonElement Convert(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return JsonSerializer.SerializeToElement(Node(yaml.Documents[0].RootNode));
    }

    private static JsonNode? Node(YamlDotNet.RepresentationModel.YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Node(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new NotSupportedException(),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
