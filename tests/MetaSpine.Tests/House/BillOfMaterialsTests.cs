using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace MetaSpine.Tests;

/// <summary>
/// The bills of materials that the packages carry (CycloneDX 1.6, ECMA-424), written anew from what the build resolved: neither a dependency
/// nor a version can change without its line changing. No time stands in them, so that a package can be made again.
/// </summary>
public sealed class BillOfMaterialsTests
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("MetaSpine", "library", "MathNet.Numerics", "YamlDotNet")]
    [InlineData("MetaSpine.Cli", "application", "MathNet.Numerics", "MetaSpine", "System.CommandLine", "YamlDotNet")]
    public void The_bill_names_what_the_build_resolved(string project, string kind, params string[] expected)
    {
        var folder = Path.Combine(TestFiles.RepositoryRoot, "src", project);
        var resolved = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "obj", "project.assets.json")))!;
        var packages = (string)resolved["packageFolders"]!.AsObject().First().Key;

        // What only helps to build has no assembly for run time.
        var used = resolved["targets"]!["net10.0"]!.AsObject().Where(item => item.Value!["runtime"] is not null).OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        used.Select(item => item.Key.Split('/')[0]).ShouldBe(expected);

        var itself = $"{project}/{resolved["project"]!["version"]}";
        var bill = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = Component(kind, itself, "MIT", null) },
            ["components"] = new JsonArray([.. used.Select(item =>
                Component("library", item.Key, Licence(packages, resolved, item.Key), (string?)resolved["libraries"]![item.Key]!["sha512"]))]),
            ["dependencies"] = new JsonArray(
            [
                Dependencies(itself, Direct(resolved).Select(name => used.Single(item => item.Key.StartsWith($"{name}/", StringComparison.Ordinal)).Key)),
                .. used.Select(item => Dependencies(item.Key, item.Value!["dependencies"]?.AsObject().Select(needed => $"{needed.Key}/{needed.Value}") ?? [])),
            ]),
        };
        Snapshot.VerifyFile($"{bill.ToJsonString(Format)}\n", $"src/{project}/bom.cdx.json");
    }

    private static IEnumerable<string> Direct(JsonNode resolved) => resolved["projectFileDependencyGroups"]!["net10.0"]!.AsArray()
        .Select(item => ((string)item!).Split(' ')[0]).Where(name => name != "Microsoft.NET.ILLink.Tasks").Order(StringComparer.Ordinal);

    private static JsonObject Component(string kind, string item, string licence, string? hash)
    {
        var component = new JsonObject
        {
            ["type"] = kind,
            ["bom-ref"] = Reference(item),
            ["name"] = item.Split('/')[0],
            ["version"] = item.Split('/')[1],
            ["purl"] = Reference(item),
            ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = licence } }),
        };
        if (hash is not null)
        {
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(hash)) });
        }

        return component;
    }

    private static JsonObject Dependencies(string item, IEnumerable<string> needed) =>
        new JsonObject { ["ref"] = Reference(item), ["dependsOn"] = new JsonArray([.. needed.Select(other => JsonValue.Create(Reference(other)))]) };

    private static string Reference(string item) => $"pkg:nuget/{item.Replace('/', '@')}";

    /// <summary>The licence that a package declares; a project of this house has its own.</summary>
    private static string Licence(string packages, JsonNode resolved, string item)
    {
        if ((string?)resolved["libraries"]![item]!["type"] == "project")
        {
            return "MIT";
        }

        var manifest = Path.Combine(packages, item.ToLowerInvariant(), $"{item.Split('/')[0].ToLowerInvariant()}.nuspec");
        return XDocument.Load(manifest).Descendants().Single(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression").Value;
    }
}
